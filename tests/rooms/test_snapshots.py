"""P9: when everybody returns at once, a snapshot is made once for each class of viewers."""

from typing import Any, Self

import orjson

from app.rooms.kernel import Row, Who
from app.rooms.room import Replica
from app.rooms.snapshots import Snapshots
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, NOBODY, NOON, ROOM, TOM

SEES = frozenset({"rooms.view"})


class Word(Row):
    """Said openly: its owner sees no more of it than the others."""

    noun = "word"
    text: str | None

    def seen_by(self, who: Who) -> Self | None:
        return self.but(locked_by=None)


class Whisper(Word):
    """Its owner alone sees what it says."""

    noun = "whisper"

    def seen_by(self, who: Who) -> Self | None:
        return self if who.owns(self) else self.but(text=None)


class Secret(Word):
    """Its owner alone sees that it is there."""

    noun = "secret"

    def seen_by(self, who: Who) -> Self | None:
        return self if who.owns(self) else None


def row(kind: type[Word], owner: str, text: str = "words") -> Word:
    return kind(id=id_from(kind.noun, owner), owner_id=owner, created_at=NOON, text=text)


def viewer(member_id: str, permissions: frozenset[str] = SEES) -> Who:
    return Who(member_id, "member", permissions=permissions)


def texts(snapshots: Snapshots, who: Who, *private: Row) -> dict[str, Any]:
    """Kind → the texts that somebody gets."""
    told: dict[str, Any] = {}
    for packet in snapshots.seen_by(who, private):
        for noun, rows in orjson.loads(packet.body)["rows"].items():
            told.setdefault(noun, []).extend(row["text"] for row in rows)
    return told


def test_those_who_have_said_something_openly_share_one_snapshot() -> None:
    snapshots = Snapshots(Replica(ROOM, rows=[row(Word, ANNE), row(Word, MAYA)]))
    packets = [snapshots.seen_by(viewer(member_id), ()) for member_id in (ANNE, MAYA, TOM)]
    assert all(one is packets[0] for one in packets)


def test_other_rights_are_another_snapshot() -> None:
    snapshots = Snapshots(Replica(ROOM, rows=[row(Word, ANNE)]))
    assert snapshots.seen_by(viewer(ANNE), ()) is not snapshots.seen_by(viewer(ANNE, frozenset()), ())


def test_what_is_mine_alone_is_in_my_snapshot_and_in_no_other() -> None:
    snapshots = Snapshots(Replica(ROOM, rows=[row(Whisper, ANNE, "psst"), row(Secret, MAYA, "never")]))
    assert texts(snapshots, viewer(ANNE)) == {"whisper": ["psst"]}
    assert texts(snapshots, viewer(MAYA)) == {"whisper": [None], "secret": ["never"]}
    assert texts(snapshots, viewer(TOM)) == {"whisper": [None]}


def test_unlogged_rows_come_to_their_owner_with_the_rest() -> None:
    snapshots = Snapshots(Replica(ROOM, rows=[row(Word, ANNE, "open")]))
    assert texts(snapshots, viewer(MAYA), row(Secret, MAYA, "a wish")) == {"word": ["open"], "secret": ["a wish"]}
    assert texts(snapshots, viewer(NOBODY)) == {"word": ["open"]}
