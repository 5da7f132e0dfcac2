"""Writing in silence: what is written during a capture is its writer's alone, until all of it is shown at once.

A tool has a kind of `Capture` (what is captured, and where) and kinds of `Captured` rows (what people write in it).
In a capture without names whatever somebody writes belongs to an alias of theirs: neither rows nor log say whose it
is. The alias comes from a key that is destroyed at the reveal, so that afterwards nobody can find out.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Literal, TypeVar

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from app.db import JsonText
from app.rooms.kernel import Ask, Refusal, Room, Row
from app.rooms.unsigned import Keyed
from app.rooms.values import Id, id_from, one_of

Mode = Literal["named", "voice", "unsigned"]
FEWEST = 4
"""So many people at least stand behind a voice that is shown, so that it is nobody's name."""


class Capture(Keyed):
    """Some people write in silence. `mode` says how what they wrote will appear."""

    server_only: ClassVar[tuple[str, ...]] = ("owner_id", "asked", "began")

    mode: Mode = Field(sa_type=Text)
    state: Literal["writing", "revealed"] = Field(default="writing", sa_type=Text)
    written: int = 0
    """How much there is. Never whose."""
    asking: int = 0
    """How many have asked for more time."""
    asked: tuple[str, ...] = Field(default=(), sa_type=JsonText)
    """Their aliases, so that each counts once."""

    @property
    def is_open(self) -> bool:
        return self.state == "writing" and self.removed_at is None

    @property
    def is_nameless(self) -> bool:
        return self.mode != "named"

    def is_about(self, id: str) -> bool:
        """Whether one who writes for that row is writing in this capture."""
        raise NotImplementedError


class Captured(Row):
    """What may be written in a capture. While `hidden` only its owner sees it."""

    hidden: bool = False
    capture_id: Id | None = None
    speaker: Id | None = None
    """The alias of whose words it holds, while it is hidden."""

    @property
    def is_hidden(self) -> bool:
        return self.hidden

    @property
    def is_gone(self) -> bool:
        """Taken back by its writer: it will not be shown."""
        return self.removed_at is not None or self.redacted_at is not None


C = TypeVar("C", bound=Captured)


def promises_of_a_capture() -> tuple[CheckConstraint, ...]:
    """What SQL holds for every kind of capture."""
    return (
        one_of("mode", "named", "voice", "unsigned"),
        one_of("state", "writing", "revealed"),
        CheckConstraint("written >= 0", name="written"),
    )


def written_in(room: Room, capture: Capture | None, speaker_id: str | None, ask: Ask) -> dict[str, Any]:
    """Fields of a row that is written now, by whoever asks, in the words of `speaker_id`."""
    writer = ask.who.member_id or ""
    if capture is None:
        return {"owner_id": ask.who.member_id}
    if not capture.is_nameless:
        return {"owner_id": ask.who.member_id, "hidden": True, "capture_id": capture.id}
    return {
        "owner_id": room.alias(capture.id, writer),
        "speaker": room.alias(capture.id, speaker_id or writer),
        "hidden": True,
        "capture_id": capture.id,
    }


def refuse_if_over(row: Captured, capture_id: str | None) -> None:
    """Said while it was hidden and arrived after the reveal: it must not be done in anybody's name by itself."""
    if capture_id is not None and not row.hidden:
        raise Refusal("capture_over")


def asked_once(room: Room, capture: Capture, ask: Ask) -> Capture:
    """The capture when whoever asks needs more time; the same again for one who has said so."""
    alias = room.alias(capture.id, ask.who.member_id or "", "time")
    asked = tuple(sorted({*capture.asked, alias}))
    return capture if alias in capture.asked else capture.but(asked=asked, asking=len(asked))


def shuffled(rows: Iterable[C], ask: Ask) -> list[C]:
    """In an order that neither time nor author has a part in, the same again on a retry."""
    return sorted(rows, key=lambda row: id_from(ask.command_id, "shuffle", row.id))


def shown(row: C, capture: Capture, ask: Ask) -> C:
    """The row as everybody may see it. Without names, nothing in it tells when it was written."""
    if not capture.is_nameless:
        return row.but(hidden=False)
    return row.but(hidden=False, owner_id=None, speaker=None, created_at=ask.at)


def voices_to_show(voices: Iterable[tuple[str | None, str | None]]) -> set[str]:
    """Of (speaker, voice) the voices that name nobody: at least four people speak from each of them.

    Those who are left without a voice are four or more, too, or nobody: fewer would be known by what they are not.
    """
    speakers: defaultdict[str | None, set[str | None]] = defaultdict(set)
    for speaker, voice in voices:
        speakers[voice].add(speaker)
    groups = sorted((len(who), voice) for voice, who in speakers.items() if voice is not None and len(who) >= FEWEST)
    silent: set[str | None] = set().union(*(who for voice, who in speakers.items() if (len(who), voice) not in groups))
    while groups and 0 < len(silent) < FEWEST:
        silent |= speakers[groups.pop(0)[1]]
    return {voice for _, voice in groups}


def gone_and_kept(rows: Sequence[C]) -> tuple[list[C], list[C]]:
    return [row for row in rows if row.is_gone], [row for row in rows if not row.is_gone]
