"""What waits for one connection: in order, joined, bounded."""

import json

from app.rooms.outbox import WAITING_LIMIT, Outbox, Packet


def test_everything_that_waits_leaves_as_one_frame() -> None:
    outbox = Outbox()
    for n in range(3):
        outbox.put(Packet(f'{{"n":{n}}}'))
    assert json.loads(outbox.take()) == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert not outbox


def test_the_same_packet_is_the_same_frame_for_everybody() -> None:
    packet, boxes = Packet('{"n":1}'), [Outbox(), Outbox()]
    for box in boxes:
        box.put(packet)
    frames = [box.take() for box in boxes]
    assert frames[0] is frames[1]


def test_P6_an_outbox_is_full_beyond_a_mebibyte() -> None:
    outbox = Outbox()
    outbox.put(Packet("x" * WAITING_LIMIT))
    assert not outbox.is_full
    outbox.put(Packet("x"))
    assert outbox.is_full


def test_P6_parts_of_a_snapshot_do_not_count() -> None:
    outbox = Outbox()
    outbox.put(Packet("x" * 2 * WAITING_LIMIT, counts=False))
    assert not outbox.is_full
