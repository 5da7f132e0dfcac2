"""One flush tells everybody what they may see, and makes as few packets of it as there are things to see."""

import json
from datetime import UTC, datetime

import pytest

from app.board.rows import Card
from app.rooms.attendance import RECORD, Attendance
from app.rooms.kernel import Who
from app.rooms.log import Entry, Put, wire_json
from app.rooms.unsent import Telling, Unsent
from app.rooms.values import id_from

AT = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)
MAYA, TOM, ROSA = (
    Who(member_id=id_from(name), part="member", permissions=frozenset({"rooms.view"}))
    for name in ("Maya", "Tom", "Rosa")
)


def written(seq: int, who: Who, *, hidden: bool = False) -> Unsent:
    card = Card(
        id=id_from("card", seq),
        owner_id=who.member_id,
        created_at=AT,
        board_id=id_from("board"),
        column="value",
        text="Words",
        rank="a",
        hidden=hidden,
    )
    entry = Entry(seq, AT, who.member_id, id_from("said", seq), "{}", (Put(card, wire_json(card)),))
    return Unsent(entry, (None,))


def here(who: Who) -> Attendance:
    values = {"id": id_from("here", who.member_id), "owner_id": who.member_id, "member_id": who.member_id}
    return Attendance.model_validate({**values, "created_at": AT, "day": "2026-11-26", "from_": AT})


def test_what_looks_the_same_to_its_writer_is_one_packet_for_all() -> None:
    telling = Telling([written(1, MAYA), written(2, TOM)], "epoch")
    (packet, seen), *others = (telling.to(who) for who in (MAYA, TOM, ROSA))
    assert packet is not None
    assert seen == {1, 2}
    assert all(other is packet for other, _ in others)


def test_what_is_face_down_is_told_to_its_writer_and_the_rest_to_all() -> None:
    telling = Telling([written(1, MAYA, hidden=True), written(2, TOM)], "epoch")
    assert [telling.to(who)[1] for who in (MAYA, TOM, ROSA)] == [{1, 2}, {2}, {2}]
    assert telling.to(TOM)[0] is telling.to(ROSA)[0]


@pytest.mark.parametrize("hers", [{1}, {5}, {1, 3, 5}, {2, 3}, {1, 2, 3, 4, 5}])
def test_what_only_she_sees_stands_in_its_place_among_the_rest(hers: set[int]) -> None:
    everything = range(1, 6)
    changes = [written(seq, MAYA if seq in hers else TOM, hidden=seq in hers) for seq in everything]
    telling = Telling(changes, "epoch")
    assert told(telling, MAYA) == [*everything]
    for somebody in (TOM, ROSA):
        assert told(telling, somebody) == [seq for seq in everything if seq not in hers]


def test_of_an_entry_about_many_each_sees_what_is_theirs_and_the_coach_all_of_it() -> None:
    anne = Who(member_id=id_from("Anne"), part="coach", permissions=frozenset({"rooms.view", RECORD}))
    came = [here(who) for who in (MAYA, TOM)]
    entry = Entry(1, AT, None, id_from("came"), '{"type":"t"}', tuple(Put(row, wire_json(row)) for row in came))
    telling = Telling([Unsent(entry, (None, None))], "epoch")
    assert [put(telling, who) for who in (MAYA, TOM)] == [[(came[0].id, True)], [(came[1].id, True)]]
    assert put(telling, anne) == [(row.id, False) for row in came]
    assert telling.to(ROSA) == (None, frozenset())


def put(telling: Telling, who: Who) -> list[tuple[str, bool]]:
    """(id, whether since when is told) of every attendance that is told."""
    packet, _ = telling.to(who)
    assert packet is not None
    return [(row["id"], row["from"] is not None) for row in json.loads(packet.body)["put"]["attendance"]]


def told(telling: Telling, who: Who) -> list[int]:
    packet, _ = telling.to(who)
    return [] if packet is None else [delta["seq"] for delta in json.loads(f"[{packet.body}]")]
