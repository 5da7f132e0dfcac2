"""Who agrees that two ideas are the same one."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal, Self

from sqlalchemy import ForeignKeyConstraint, Text
from sqlmodel import Field

from app.db import JsonText
from app.ideas.rows.ideas import Idea, IdeaState, Ids, passed_on
from app.ideas.rows.letters import Letter
from app.rooms.kernel import Row, Standing, in_room
from app.rooms.values import Id, Value, one_of

MergeState = Literal["asked", "merged", "declined", "undone"]
MERGE_STATES: tuple[MergeState, ...] = ("asked", "merged", "declined", "undone")


class Before(Value):
    """An idea as it was before it became one with another."""

    idea_id: Id
    state: IdeaState
    letter: Letter | None = None


class Merge(Row):
    """Somebody asks whether ideas are the same one. It happens when everybody whose idea it is has said yes."""

    noun = "merge"
    indexes: ClassVar[tuple[str, ...]] = ("into_id", "state")
    people: ClassVar[tuple[str, ...]] = ("asked_by", "settled_by")

    into_id: Id
    idea_ids: Ids = Field(default=(), sa_type=JsonText)
    state: MergeState = Field(default="asked", sa_type=Text)
    asked_by: Id
    waiting: Ids = Field(default=(), sa_type=JsonText)
    """Whose yes is missing."""
    nobodys: bool = False
    """Among them is an idea without a name, and who keeps the record has not said yes for it."""
    spoken_for: Ids = Field(default=(), sa_type=JsonText)
    """Those whose yes somebody else has said: they are away, or have no device."""
    settled_by: Id | None = None
    """Who said the last yes, or no, or took it back."""
    before: tuple[Before, ...] = Field(default=(), sa_type=JsonText)
    """What taking it back gives back."""

    def passed_on(self, was: str, now: str) -> Self:
        merge = super().passed_on(was, now)
        lists = {name: getattr(merge, name) for name in ("waiting", "spoken_for")}
        changed = {name: passed_on(list, was, now) for name, list in lists.items() if was in list}
        return merge.but(**changed) if changed else merge


def all_in(room: Standing, idea_id: str, now: Mapping[str, Idea] | None = None) -> Iterator[Idea]:
    """Every idea that has become one with this one, also by way of another; `now` is what has just changed."""
    changed = now or {}
    standing = (idea for idea in room.where(Idea, merged_into=idea_id) if idea.id not in changed)
    for child in (*standing, *(idea for idea in changed.values() if idea.merged_into == idea_id)):
        yield child
        yield from all_in(room, child.id, changed)


def is_from_patient(room: Standing, idea: Idea) -> bool:
    """Whether a patient or carer has proposed it, or one that has become one with it."""
    return any(one.from_patient for one in (idea, *all_in(room, idea.id)))


class MergeTable(Merge, table=True):
    __tablename__ = "ideas_merge"
    __table_args__ = in_room(
        one_of("state", *MERGE_STATES),
        ForeignKeyConstraint(["room_id", "into_id"], ["ideas_idea.room_id", "ideas_idea.id"]),
    )
    room_id: Id
