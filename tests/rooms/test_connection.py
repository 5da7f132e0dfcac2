"""What a frame means: schemas, limits and effects, without a socket and without a clock."""

import json
from typing import Any

from app.rooms.connection import BAD_A_MINUTE, FLOOD_A_MINUTE, Allowance, Close, Connection, Pong, Submit, Tell
from app.rooms.dispatch import Failed, Refused
from app.rooms.frames import FRAME_LIMIT, Presence
from app.settings import Settings
from app.tools import registry

ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
RENAME = {"type": "rooms.rename_room", "name": "Sepsis"}


def connection(commands_per_minute: int = 120) -> Connection:
    return Connection(registry(), Allowance(Settings(commands_per_minute=commands_per_minute)), 15)


def do(command: dict[str, Any], id: str = ID) -> str:
    return json.dumps({"type": "do", "id": id, "command": command})


def test_C1_a_command_goes_to_the_writer_under_the_clients_id() -> None:
    (effect,) = connection().receive(do(RENAME), 0.0, ())
    assert isinstance(effect, Submit)
    assert (effect.id, effect.command.wire_type()) == (ID, "rooms.rename_room")


def test_H3_a_frame_may_hold_several_messages() -> None:
    frame = f'[{do(RENAME)},{{"type":"ping","t":7}},{{"type":"presence","view":"board"}}]'
    assert [type(effect) for effect in connection().receive(frame, 0.0, ())] == [Submit, Pong, Presence]


def test_C7_a_wrong_field_is_refused_by_its_name() -> None:
    (effect,) = connection().receive(do({"type": "rooms.rename_room", "name": "x" * 61}), 0.0, ())
    assert isinstance(effect, Tell)
    assert effect.answer == Refused(ID, "bad_command", {"field": "name", "reason": "string_too_long", "limit": 60})


def test_C7_a_field_that_is_not_known_is_refused() -> None:
    (effect,) = connection().receive(do({**RENAME, "colour": "red"}), 0.0, ())
    assert isinstance(effect, Tell)
    assert isinstance(effect.answer, Refused)
    assert effect.answer.params == {"field": "colour", "reason": "extra_forbidden"}


def test_C6_a_command_that_nobody_knows_is_refused() -> None:
    (effect,) = connection().receive(do({"type": "rooms.fly"}), 0.0, ())
    assert isinstance(effect, Tell)
    assert effect.answer == Refused(ID, "unknown_command", {"type": "rooms.fly"})


def test_C7_unreadable_json_and_oversized_frames_end_the_connection() -> None:
    assert connection().receive("{", 0.0, ()) == [Close(4400)]
    assert connection().receive('"' + "x" * FRAME_LIMIT + '"', 0.0, ()) == [Close(4400)]
    assert connection().receive('"' + "é" * (FRAME_LIMIT // 2) + '"', 0.0, ()) == [Close(4400)]


def test_C7_ten_bad_messages_within_a_minute_end_the_connection() -> None:
    talking = connection()
    effects = [talking.receive('{"type":"presence"}', float(n), ()) for n in range(BAD_A_MINUTE)]
    assert effects == [[]] * (BAD_A_MINUTE - 1) + [[Close(4400)]]


def test_C7_ten_bad_messages_over_two_minutes_are_forgiven() -> None:
    talking = connection()
    assert all(talking.receive('{"type":"presence"}', n * 12.0, ()) == [] for n in range(20))


def test_C9_over_the_rate_a_command_fails_and_says_when_to_try_again() -> None:
    talking = connection()
    for n in range(120):
        assert isinstance(talking.receive(do(RENAME), n / 1000, ())[0], Submit)
    (effect,) = talking.receive(do(RENAME), 0.12, ())
    assert isinstance(effect, Tell)
    assert isinstance(effect.answer, Failed)
    assert effect.answer.code == "too_many"
    assert isinstance(talking.receive(do(RENAME), 0.12 + effect.answer.retry_ms / 1000, ())[0], Submit)


def test_C9_a_retry_of_a_stored_command_is_free() -> None:
    talking = connection(1)
    talking.receive(do(RENAME), 0.0, ())
    assert isinstance(talking.receive(do(RENAME), 0.0, {ID})[0], Submit)


def test_C9_who_floods_is_sent_away() -> None:
    talking = connection(1)
    talking.receive(do(RENAME), 0.0, ())
    effects = [talking.receive(do(RENAME), 0.0, ())[0] for _ in range(FLOOD_A_MINUTE)]
    assert all(isinstance(effect, Tell) for effect in effects[:-1])
    assert isinstance(effects[-1], Close)
    assert effects[-1].code == 4429


def test_C9_two_tabs_share_one_bucket() -> None:
    allowance = Allowance(Settings(commands_per_minute=1))
    tabs = [Connection(registry(), allowance, 15) for _ in range(2)]
    assert isinstance(tabs[0].receive(do(RENAME), 0.0, ())[0], Submit)
    assert isinstance(tabs[1].receive(do(RENAME), 0.0, ())[0], Tell)


def test_N1_presence_beyond_its_rate_is_dropped_and_harms_nothing() -> None:
    talking = connection()
    said = [talking.receive('{"type":"presence","view":"board"}', 0.0, ()) for _ in range(20)]
    assert sum(map(len, said)) == 15
