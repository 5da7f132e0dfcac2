"""A browser at the door of a room: who it already is there, and how it becomes somebody."""

from dataclasses import dataclass

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.people import memberships, sessions
from app.people.memberships import Claim
from app.people.people import People
from app.people.problems import Problem
from app.people.sessions import Browser, Cookie
from app.people.ways_back import Person
from app.rooms.engine import Engine, Failure
from app.rooms.kernel import Command, Refusal
from app.rooms.lookup import member_of
from app.rooms.routes import problem_of
from app.rooms.rows import Member


@dataclass
class Arrival:
    """One request to join. A browser that we have not met gets a session, and a cookie with whatever is answered."""

    people: People
    engine: Engine
    browser: Browser | None
    token: str

    @classmethod
    def of(cls, request: Request, people: People, engine: Engine, browser: Browser | None) -> "Arrival":
        return cls(people, engine, browser, request.cookies.get(people.cookie_name, ""))

    async def member(self, room_id: str) -> Member | None:
        """Who this browser already is in the room."""
        browser = self.browser
        return await self.people.read(lambda sql: member_of(sql, browser, room_id)) if browser else None

    async def rooms(self) -> tuple[str, ...]:
        """The rooms in which this browser is somebody."""
        browser = self.browser
        return tuple(await self.people.read(lambda sql: memberships.all_of(sql, browser))) if browser else ()

    async def met(self) -> Browser:
        if self.browser is None:
            cookie = await self.people.run(lambda sql: sessions.begin(sql, self.people.now()))
            self.browser, self.token = cookie.browser, cookie.token
        return self.browser

    async def run(self, room_id: str, command: Command, member_id: str) -> None:
        await self.engine.run(room_id, command, member_id)

    async def become(self, person: Person, command: Command | None, *, only_here: bool) -> None:
        """This browser is this person from now on, if the room agrees.

        The membership is written first. Should we die in between, it names a member who does not exist and counts
        as none; the other way round the room would have a member whom nobody can be.
        """
        browser = await self.met()

        def remember(sql: Session) -> Claim:
            return memberships.remember(sql, browser, person.room_id, person.member_id, only_here=only_here)

        claim = await self.people.run(remember)
        try:
            if command is not None:
                await self.run(person.room_id, command, person.member_id)
        except Refusal:
            await self.people.run(lambda sql: memberships.take_back(sql, claim))
            raise
        except Failure:
            # Perhaps it was stored after all: then the next try finds the member, and nobody joins twice.
            if claim.before is not None:
                await self.people.run(lambda sql: memberships.take_back(sql, claim))
            raise

    async def forget_by_itself(self) -> None:
        browser = await self.met()
        self.browser = await self.people.run(lambda sql: sessions.forget_by_itself(sql, browser, self.people.now()))

    def give_cookie(self, response: Response) -> None:
        """With every join anew, so that a weekly hour keeps it fresh."""
        if self.browser is not None:
            self.people.set_cookie(response, Cookie(self.token, self.browser))

    def problem(self, no: Refusal | Failure | Problem) -> Problem:
        """A no with the cookie: the next try is then the same browser's."""
        problem = no if isinstance(no, Problem) else problem_of(no)
        carrier = Response()
        self.give_cookie(carrier)
        if "set-cookie" in carrier.headers:
            problem.headers = {**(problem.headers or {}), "Set-Cookie": carrier.headers["set-cookie"]}
        return problem
