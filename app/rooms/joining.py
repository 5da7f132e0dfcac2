"""Joining: a browser becomes a member of a room, by a link or by the way back of somebody who was here before."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from pydantic import model_validator
from sqlmodel import Session

from app.people import invitations, memberships, sessions, ways_back
from app.people.fields import Body, TokenText
from app.people.invitations import Invited
from app.people.memberships import Claim
from app.people.people import People
from app.people.phrases import is_a_phrase
from app.people.problems import Problem, not_now, wrong_link
from app.people.routes import AnyBrowser, ThePeople
from app.people.sessions import Browser, Cookie
from app.people.tokens import has_the_shape_of_a_token
from app.people.ways_back import Person
from app.rooms.engine import Engine, Failure
from app.rooms.inviting import shown
from app.rooms.kernel import Command, Refusal
from app.rooms.messages import ComeBack, Join, RaisePart
from app.rooms.rows import Invitation, Member
from app.rooms.rules.invitations import is_higher, is_open
from app.rooms.values import Key, Name, Title
from app.rooms.visitors import TheEngine, find, member_now, member_of

router = APIRouter(prefix="/api")


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
