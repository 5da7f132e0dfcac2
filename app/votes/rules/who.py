"""Who votes: by what they are in the room, or by a switch that everybody sees; and who all could have."""

from datetime import datetime
from typing import Any

from app.rooms.attendance import PATIENTS, Attendance
from app.rooms.kernel import Ask, Refusal, Room, Row
from app.rooms.rows import Member, active_member, person
from app.rooms.values import id_from
from app.votes.rows import Ballot, Voter


def voter_id(ballot_id: str, member_id: str) -> str:
    return id_from(ballot_id, "voter", member_id)


def votes_in(room: Any, ballot: Ballot, member: Member) -> bool:
    """Rule 12: members do; coaches and sponsors by their switch; observers and walls never."""
    if member.part in ("observer", "wall"):
        return False
    # By its id: a switch of another entry that has turned out to be this person is not theirs.
    switch = room.find(Voter, voter_id(ballot.id, member.id))
    return switch.votes if switch is not None else member.part == "member"


def electorate(room: Any, ballot: Ballot, at: datetime) -> frozenset[str]:
    """Rule 5: who was here at some moment while it was open, and votes. Leaving takes nobody out."""
    if ballot.opened_at is None:
        return frozenset()
    until = ballot.closed_at or at
    here = {
        person(room, row.member_id)
        for row in room.where(Attendance)
        if _overlaps(row, ballot.opened_at, until) and row.removed_at is None
    }
    members = (room.find(Member, id) for id in here)
    return frozenset(member.id for member in members if member is not None and votes_in(room, ballot, member))


def counts_who_is_here(ballot: Row) -> bool:
    """While people vote, whoever comes in is of them. One that hangs out for days waits for nobody who looks in."""
    return isinstance(ballot, Ballot) and ballot.state == "open" and not ballot.apart


def _overlaps(row: Attendance, since: datetime, until: datetime) -> bool:
    began, ended = row.from_, row.until or row.lasts_until
    return (began is None or began <= until) and (ended is None or ended >= since)


def speaks_for_patients(room: Any, member_id: str) -> bool:
    member = room.find(Member, member_id)
    return member is not None and member.voice in PATIENTS


def whose(room: Room, ballot: Ballot, for_member: str | None, handed: bool | None, ask: Ask) -> Member:
    """Who asks; or somebody without a device, for whom who may do so puts down what they say. Whoever asks for it may
    press on a device that is handed to them: what they have put is on their own screen, too, if they have one."""
    if for_member is not None and not ask.who.may("votes.proxy"):
        raise Refusal("not_allowed", needs="votes.proxy")
    member = active_member(room, for_member or str(ask.who.member_id))
    if for_member not in (None, ask.who.member_id) and not member.without_device and not handed:
        raise Refusal("votes_alone")
    if not votes_in(room, ballot, member):
        raise Refusal("does_not_vote")
    return member
