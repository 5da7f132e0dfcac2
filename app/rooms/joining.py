"""Joining: by an invitation, by a short code, or by the way back of somebody who was here before."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from pydantic import model_validator
from sqlmodel import Session

from app.people import codes, invitations, ways_back
from app.people.codes import is_a_code
from app.people.fields import Body, TokenText
from app.people.invitations import Invited
from app.people.people import People
from app.people.phrases import is_a_phrase
from app.people.problems import Problem, not_now, wrong_link
from app.people.routes import AnyBrowser, ThePeople
from app.people.tokens import has_the_shape_of_a_token, token_in
from app.people.ways_back import Person
from app.rooms import inviting, my_rooms
from app.rooms.arrivals import Arrival
from app.rooms.engine import Failure
from app.rooms.kernel import Refusal
from app.rooms.lookup import find, find_person
from app.rooms.messages import ComeBack, Join, Knock, RaisePart, UseLink
from app.rooms.routes import TheEngine, problem_of
from app.rooms.rows import Invitation, Member
from app.rooms.rules.invitations import is_higher
from app.rooms.values import Key, Name, Title

router = APIRouter()
router.include_router(my_rooms.router)
router.include_router(inviting.router)


class Joining(Body):
    """One of token, code and way_back; a newcomer says a name, too."""

    token: TokenText | None = None
    code: TokenText | None = None
    way_back: TokenText | None = None
    name: Name | None = None
    voice: Key | None = None
    microsystem: Title | None = None
    as_new: bool = False
    shared_computer: bool = False

    @model_validator(mode="after")
    def _one_of_them(self) -> "Joining":
        if sum(given is not None for given in (self.token, self.code, self.way_back)) != 1:
            raise ValueError("give token, code or way_back")
        return self


@router.post("/api/join")
async def join(
    body: Joining,
    request: Request,
    response: Response,
    people: ThePeople,
    engine: TheEngine,
    browser: AnyBrowser,
) -> dict[str, Any]:
    """A browser already in the room stays that member, unless somebody else sits at it now (`as_new`)."""
    arrival = Arrival.of(request, people, engine, browser)
    person, is_new = await _person(arrival, body, people.address(request))
    if body.shared_computer:
        await arrival.forget_by_itself()
    arrival.give_cookie(response)
    member = await people.read(lambda sql: find_person(sql, person.room_id, person.member_id))
    if member is None:
        # Denied in this very moment.
        raise arrival.problem(wrong_link())
    if member.state == "waiting":
        response.status_code = 202
        return {"waiting": True, "room_id": person.room_id, "member_id": member.id}
    joined: dict[str, Any] = {"room_id": person.room_id, "member_id": member.id, "part": member.part}
    if is_new and member.part != "wall":
        made = await people.run(lambda sql: ways_back.make(sql, people.keys, person, people.now(), member.id))
        joined["way_back"] = inviting.shown(people, request, made)
    return joined


async def _person(arrival: Arrival, body: Joining, address: str) -> tuple[Person, bool]:
    """Who this is from now on, and whether nobody knew them before."""
    if body.token is not None:
        return await _by_invitation(arrival, body, token_in(body.token))
    if body.code is not None:
        return await _by_code(arrival, body, body.code, address)
    return await _by_way_back(arrival, body, address), False


async def _by_invitation(arrival: Arrival, body: Joining, token: str) -> tuple[Person, bool]:
    invited = await arrival.people.read(lambda sql: invitations.by_link(sql, token))
    if invited is None:
        raise wrong_link()
    invitation = await arrival.people.read(lambda sql: find(sql, Invitation, invited.room_id, invited.invitation_id))
    if invitation is None:
        raise wrong_link()
    me = await arrival.member(invited.room_id)
    if me is not None and not (body.as_new and _may_be_another(me)):
        await _stay(arrival, invited, invitation, me)
        return Person(invited.room_id, me.id), False
    return await _be_new(arrival, body, invited, invitation, only_here=me is not None), True


async def _stay(arrival: Arrival, invited: Invited, invitation: Invitation, me: Member) -> None:
    """The same person. Who had left comes back by a link that still counts; a higher part raises."""
    try:
        if me.state == "removed":
            _refuse_closed(arrival, invitation)
            await arrival.run(invited.room_id, ComeBack(member_id=me.id), me.id)
        elif me.state == "waiting":
            _refuse_closed(arrival, invitation)
            await arrival.run(invited.room_id, UseLink(member_id=me.id, invitation_id=invitation.id), me.id)
        elif is_higher(invitation.part, me.part):
            raising = RaisePart(member_id=me.id, invitation_id=invitation.id)
            await arrival.run(invited.room_id, raising, me.id)
    except (Refusal, Failure) as no:
        raise _told(no) from None


async def _be_new(
    arrival: Arrival, body: Joining, invited: Invited, invitation: Invitation, *, only_here: bool
) -> Person:
    _refuse_closed(arrival, invitation)
    person = Person(invited.room_id, str(uuid4()))
    said = await _said(arrival, body)
    command = Join(member_id=person.member_id, invitation_id=invitation.id, **said)
    await _become(arrival, person, command, only_here=only_here)
    return person


async def _by_code(arrival: Arrival, body: Joining, typed: str, address: str) -> tuple[Person, bool]:
    """A code leads to the door, and no further."""
    room_id = await _room_of_code(arrival, typed, address)
    me = await arrival.member(room_id)
    if me is None or (body.as_new and _may_be_another(me)):
        person = Person(room_id, str(uuid4()))
        knock = Knock(member_id=person.member_id, **await _said(arrival, body))
        await _become(arrival, person, knock, only_here=me is not None)
        return person, True
    try:
        if me.state == "removed":
            await arrival.run(room_id, ComeBack(member_id=me.id), me.id)
        elif me.state == "waiting" and body.name is not None:
            await arrival.run(room_id, Knock(member_id=me.id, **await _said(arrival, body)), me.id)
    except (Refusal, Failure) as no:
        raise _told(no) from None
    return Person(room_id, me.id), False


async def _room_of_code(arrival: Arrival, typed: str, address: str) -> str:
    """Guesses are counted before anything is looked up; who is in the room already needs no guess."""
    people = arrival.people
    wait = await people.phrase_tries.take(address)
    among = None if wait is None else await arrival.rooms()
    room_id = None
    if is_a_code(typed):
        room_id = await people.read(lambda sql: _of_code(sql, arrival, typed, among))
    if room_id is None:
        raise wrong_link() if wait is None else not_now("use_the_link", wait)
    if wait is None:
        await people.phrase_tries.give_back(address)
    return room_id


def _of_code(sql: Session, arrival: Arrival, typed: str, among: Sequence[str] | None) -> str | None:
    """The room that was shown this code, or that meets now and has it."""
    people, now = arrival.people, arrival.people.now()
    shown = codes.room_of(sql, people.keys, typed, now, among)
    if shown is not None:
        return shown
    meeting = arrival.engine.registry.meeting_now(sql.connection(), now)
    ids = [room_id for room_id in meeting if among is None or room_id in among]
    return codes.room_among(people.keys, typed, now, ids)


def _may_be_another(me: Member) -> bool:
    """Who was taken out does not come back as somebody else: a coach sees who it is."""
    return me.removed_at is None and (me.state != "waiting" or me.is_stranger)


async def _said(arrival: Arrival, body: Joining) -> dict[str, Any]:
    """What a newcomer says of themselves; a name at least."""
    if body.name is None:
        await arrival.met()
        raise arrival.problem(Problem(422, "bad_command", field="name", reason="missing"))
    return {"name": body.name, "voice": body.voice, "microsystem": body.microsystem}


async def _become(arrival: Arrival, person: Person, command: Join | Knock, *, only_here: bool) -> None:
    try:
        await arrival.become(person, command, only_here=only_here)
    except (Refusal, Failure) as no:
        raise arrival.problem(_told(no)) from None


async def _by_way_back(arrival: Arrival, body: Joining, address: str) -> Person:
    """The person whom a way back names, on whichever device."""
    person = await _named(arrival.people, body, address)
    member = await arrival.people.read(lambda sql: find_person(sql, person.room_id, person.member_id))
    if member is None:
        raise wrong_link()
    person = Person(person.room_id, member.id)
    comes_back = ComeBack(member_id=member.id) if member.state == "removed" else None
    sitting = await arrival.member(person.room_id)
    try:
        await arrival.become(person, comes_back, only_here=sitting is not None and sitting.id != member.id)
    except (Refusal, Failure) as no:
        raise arrival.problem(_told(no)) from None
    return person


async def _named(people: People, body: Joining, address: str) -> Person:
    """Links are found without limit; what can be guessed is counted before it is looked up."""
    if body.way_back is not None and has_the_shape_of_a_token(token_in(body.way_back)):
        token = token_in(body.way_back)
        person = await people.read(lambda sql: ways_back.by_link(sql, token))
    else:
        person = await _guessed(people, body.way_back or "", address)
    if person is None:
        raise wrong_link()
    return person


async def _guessed(people: People, phrase: str, address: str) -> Person | None:
    wait = await people.phrase_tries.take(address)
    if wait is not None:
        raise not_now("use_the_link", wait)
    if not is_a_phrase(phrase):
        return None
    person = await people.read(lambda sql: ways_back.by_phrase(sql, people.keys, phrase))
    if person is not None:
        await people.phrase_tries.give_back(address)
    return person


def _refuse_closed(arrival: Arrival, invitation: Invitation) -> None:
    if not invitation.is_open(arrival.engine.clock.now()):
        raise wrong_link()


def _told(no: Refusal | Failure) -> Problem:
    """A link that closed in this very moment is answered as any closed link."""
    return wrong_link() if isinstance(no, Refusal) and no.code == "not_found" else problem_of(no)
