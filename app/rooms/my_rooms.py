"""The rooms of a browser: those it is in, a new one that a coach makes, and the account that keeps them."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from pydantic import Field, ValidationError
from sqlalchemy import Connection, select
from sqlmodel import Session

from app.people import accounts, memberships
from app.people.fields import Body, Email, Password
from app.people.people import People
from app.people.problems import Problem
from app.people.routes import (
    KnownBrowser,
    ThePeople,
    hash_new,
    making_account,
    refuse_taken,
    signed_in,
)
from app.people.rows import Account
from app.people.sessions import Browser, Cookie
from app.people.ways_back import Person
from app.rooms.arrivals import Arrival
from app.rooms.engine import Engine, Failure
from app.rooms.kernel import Refusal, table_of
from app.rooms.lookup import people_of
from app.rooms.messages import MakeRoom
from app.rooms.registry import bad_command
from app.rooms.routes import TheEngine, problem_of
from app.rooms.rows import MemberTable, RoomTable

router = APIRouter(prefix="/api")

Text = Annotated[str, Field(max_length=400)]


class NewRoom(Body):
    """`MakeRoom` holds the limits of these."""

    name: Text
    method: Text
    pathway: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    language: Text | None = None
    timezone: Text | None = None


class NewAccount(Body):
    email: Email
    password: Password


@router.post("/rooms", status_code=201)
async def make_room(
    body: NewRoom, request: Request, people: ThePeople, engine: TheEngine, browser: KnownBrowser
) -> dict[str, str]:
    """A new room with its first coach: the account of this browser."""
    account = await people.read(lambda sql: accounts.of(sql, browser))
    if account is None:
        raise Problem(401, "not_signed_in")
    await _refuse_too_many(people, browser)
    person = Person(str(uuid4()), str(uuid4()))
    command = _command(body, engine, person, account)
    try:
        await Arrival.of(request, people, engine, browser).become(person, command, only_here=False)
    except (Refusal, Failure) as no:
        raise problem_of(no) from None
    return {"room_id": person.room_id, "member_id": person.member_id}


@router.get("/rooms")
async def my_rooms(people: ThePeople, engine: TheEngine, browser: KnownBrowser) -> list[dict[str, Any]]:
    """The rooms of this browser, by name, with what each tool tells of them."""

    def work(sql: Session) -> list[dict[str, Any]]:
        mine = [dict(found._mapping) for found in _mine(sql, people_of(sql, memberships.all_of(sql, browser)))]
        told = _told(sql.connection(), engine, tuple(room["id"] for room in mine))
        return [{**room, "stage": None, "next_meeting": None, **told(room["id"])} for room in mine]

    return sorted(await people.read(work), key=lambda room: (str(room["name"]).casefold(), room["id"]))


@router.post("/account", status_code=201)
async def make_account(
    body: NewAccount, response: Response, people: ThePeople, browser: KnownBrowser
) -> dict[str, str]:
    """Whoever came by a coach's link becomes somebody who can sign in, as the same person everywhere."""
    if browser.account_id is not None:
        raise Problem(409, "has_account")
    name = await people.read(lambda sql: _name_as_coach(sql, browser))
    if name is None:
        raise Problem(403, "not_allowed", needs="rooms.manage")
    password_hash = await hash_new(people, body.password, name, body.email)

    def work(sql: Session) -> Cookie:
        refuse_taken(sql, body.email)
        made = accounts.make(sql, email=body.email, name=name, password_hash=password_hash, now=people.now())
        return signed_in(people, sql, browser, made)

    cookie = await making_account(people, work)
    people.set_cookie(response, cookie)
    return {"account_id": str(cookie.browser.account_id)}


def _command(body: NewRoom, engine: Engine, person: Person, account: Account) -> MakeRoom:
    if not any(key == body.method for key, _version in engine.registry.methods):
        raise Problem(422, "bad_command", field="method", reason="unknown")
    try:
        return MakeRoom(**body.model_dump(exclude_none=True), member_id=person.member_id, coach_name=account.name)
    except ValidationError as wrong:
        raise problem_of(bad_command(wrong)) from None


async def _refuse_too_many(people: People, browser: Browser) -> None:
    def coached(sql: Session) -> int:
        return sum(1 for mine in _mine(sql, people_of(sql, memberships.all_of(sql, browser))) if mine.part == "coach")

    most = people.settings.rooms_per_account
    if await people.read(coached) >= most:
        raise Problem(409, "too_many_rooms", most=most)


def _told(connection: Connection, engine: Engine, ids: tuple[str, ...]) -> Callable[[str], dict[str, Any]]:
    asked = [tool.in_my_rooms(connection, ids) for tool in engine.registry.tools if tool.in_my_rooms and ids]
    return lambda id: {name: value for told in asked for name, value in told.get(id, {}).items()}


def _mine(sql: Session, members: dict[str, str]) -> list[Any]:
    """Room and part of each of these members who is in their room now."""
    room, member = table_of(RoomTable), table_of(MemberTable)
    wanted = (
        select(
            room.c.room_id.label("id"),
            room.c.name,
            room.c.method,
            room.c.method_version,
            member.c.id.label("member_id"),
            member.c.part,
        )
        .join(member, member.c.room_id == room.c.room_id)
        .where(member.c.id.in_(members.values()), member.c.state == "active")
    )
    return [mine for mine in sql.execute(wanted) if members.get(mine.id) == mine.member_id]


def _name_as_coach(sql: Session, browser: Browser) -> str | None:
    member = table_of(MemberTable)
    mine = people_of(sql, memberships.all_of(sql, browser))
    wanted = select(member.c.room_id, member.c.id, member.c.name).where(
        member.c.id.in_(mine.values()), member.c.part == "coach", member.c.state == "active"
    )
    return next((name for room_id, id, name in sql.execute(wanted) if mine.get(room_id) == id), None)
