"""What people have put: sealed papers of a secret ballot, dots of an open one. The rules see no difference."""

from collections.abc import Iterable
from typing import Any

from app.rooms.kernel import Ask, Room, Row, Who
from app.rooms.paper import Paper, mine, put_in, reads_mine
from app.rooms.rows import Member, person
from app.rooms.values import id_from
from app.votes.rows import Ballot, Choice, Dots
from app.votes.rules.counting import one_each


def my_paper(room: Room, command: Any, who: Who) -> Iterable[tuple[type[Row], dict[str, Any]]]:
    """What a rule reads of who votes. On an open ballot nobody acts without their name, and there is no paper."""
    ballot = room.find(Ballot, command.ballot_id)
    is_open = ballot is None or ballot.mode == "open"
    return () if is_open else reads_mine("ballot_id", whose="for_member")(room, command, who)


def choice_of(room: Room, ballot: Ballot, member_id: str) -> Choice:
    """What this member has put, where the rule reads it."""
    if ballot.mode == "secret":
        return mine(room, ballot, member_id, Choice) or Choice(by=member_id)
    dots = room.find(Dots, dots_id(ballot, member_id))
    return dots.choice if dots is not None else Choice(by=member_id)


def put(room: Room, ballot: Ballot, choice: Choice, ask: Ask) -> tuple[Row, ...]:
    """The choice of one member instead of what they had; of a secret ballot without a name."""
    if ballot.mode == "secret":
        return (put_in(room, ballot, choice.by, choice, ask),)
    standing = room.find(Dots, dots_id(ballot, choice.by))
    dots = standing or ask.new(
        Dots, id=dots_id(ballot, choice.by), owner_id=choice.by, ballot_id=ballot.id, member_id=choice.by
    )
    said = {name: getattr(choice, name) for name in Choice.model_fields if name != "by"}
    return dots.but(**said).unless(standing) if standing else (dots.but(**said),)


def all_choices(room: Any, ballot: Ballot, papers: Iterable[Paper] | None = None) -> list[Choice]:
    """What everybody has put, once a person, in an order that says nothing."""
    if ballot.mode == "open":
        # Dots of an entry that turned out to be somebody else stand behind that one's own.
        dots = sorted(room.where(Dots, ballot_id=ballot.id), key=lambda of: of.id != dots_id(ballot, of.member_id))
        said = [row.choice for row in dots]
    else:
        found = room.where(Paper, box_id=ballot.id) if papers is None else papers
        said = [Choice.model_validate_json(paper.body) for paper in found if not paper.is_empty]
    who = {member.id: person(room, member.id) for member in room.where(Member) if member.same_as is not None}
    return sorted(one_each(said, who), key=lambda choice: choice.model_dump_json(exclude={"by"}))


def changed(room: Room, ballot: Ballot, change: dict[str, Choice], ask: Ask) -> tuple[Row, ...]:
    """All papers of a ballot with some of them changed (member → choice): each is sealed anew, so that none stands
    out."""
    if ballot.mode == "open":
        return tuple(row for choice in change.values() for row in put(room, ballot, choice, ask))
    papers = room.where(Paper, box_id=ballot.id)
    said = {paper.id: Choice.model_validate_json(paper.body) for paper in papers if not paper.is_empty}
    now = {id: change.get(choice.by, choice).model_dump_json() for id, choice in said.items()}
    return tuple(paper.but(body=now.get(paper.id, paper.body)) for paper in papers)


def dots_id(ballot: Ballot, member_id: str) -> str:
    return id_from(ballot.id, "dots", member_id)
