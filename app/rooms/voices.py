"""Where people speak from: on what they write, as far as that may be known."""

from collections.abc import Sequence
from typing import Any, TypeVar

from app.rooms.capture import Capture, Captured, voices_to_show
from app.rooms.kernel import Ask, Room
from app.rooms.rows import Member

OF_PATIENTS = frozenset({"patient", "carer"})
"""Voices that speak for those who are cared for: what they write is marked without being asked."""

C = TypeVar("C", bound=Captured)


def voice_of(room: Room, member_id: str | None) -> str | None:
    member = room.find(Member, member_id) if member_id else None
    return member.voice if member else None


def by_whom(
    room: Room, capture: Capture | None, proxy_for: str | None, from_patient: bool | None, ask: Ask
) -> dict[str, Any]:
    """Who something new is by and for, as far as the capture it is written in lets anybody know."""
    voice = voice_of(room, proxy_for or ask.who.member_id)
    if capture is None or not capture.is_nameless:
        is_patients = voice in OF_PATIENTS if from_patient is None else from_patient
        return {"author_id": ask.who.member_id, "proxy_for": proxy_for, "voice": voice, "from_patient": is_patients}
    # That a patient speaks is the voice once more: it shows at the reveal, if the voice may.
    return {"voice": voice if capture.mode == "voice" else None, "from_patient": bool(from_patient)}


def with_voices(capture: Capture, rows: Sequence[C]) -> Sequence[C]:
    """What is about to be shown, with where people speak from as far as that names nobody."""
    if capture.mode != "voice":
        return rows
    said: list[Any] = list(rows)
    labels = voices_to_show((row.speaker, row.voice) for row in said)
    voices = [row.voice if row.voice in labels else None for row in said]
    return [
        row.but(voice=voice, from_patient=row.from_patient or voice in OF_PATIENTS)
        for row, voice in zip(said, voices, strict=True)
    ]
