"""500 people put 5 votes each within 5 seconds, in one room: `python -m bench.votes [--people 500] [--over 5]`.

In secret and in the open. Each vote is fsynced before it is acked; afterwards the tally has to be what was acked.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from bench.listener import Listener, upgrade
from bench.rooms import OUR_CORE, Bigroom

EACH, OPTIONS = 5, 15
ANSWER = re.compile(rb'"type":"(ack|refused|failed)","id":"([0-9a-f-]{36})"(?:,"code":"(\w+)")?')
PATIENCE = 60.0
GO_ALONG = 1.0
MOST_TOLD = 10


class Unmeasured(Exception):
    """Not every vote was acked: which connections went, and why; what was refused; what nobody answered."""


class Voter(Listener):
    """A connection that notes when each of its votes is answered."""

    def __init__(self, request: bytes, ready: bytes) -> None:
        super().__init__(request, ready)
        self.acked: Callable[[str, float], None] = lambda id, at: None
        self.refused: Callable[[str, str], None] = lambda id, code: None

    def _frame(self, opcode: int, seen: bytes, start: int, end: int, now: float) -> None:
        super()._frame(opcode, seen, start, end, now)
        for answer, id, code in ANSWER.findall(seen, start, end):
            if answer == b"ack":
                self.acked(id.decode(), now)
            else:
                self.refused(id.decode(), code.decode())


class Polling(Bigroom):
    """The server of the bench, with a ballot in its room."""

    def listener(self, n: int) -> Voter:
        path = f"/api/rooms/{self._room.room_id}/live"
        request = upgrade(self.port(), path, cookie=self._members[n].cookie, subprotocol="bigroom.v1")
        return Voter(request, b'"type":"at"')

    async def leads(self, what: str, **fields: Any) -> None:
        await asyncio.to_thread(self._room.do, {"type": f"votes.{what}", **fields}, self._room.coach)

    async def cards(self) -> list[str]:
        board, ids = await asyncio.to_thread(self._room.lens_board), [str(uuid4()) for _ in range(OPTIONS)]
        for id in ids:
            card = {"card_id": id, "board_id": board["id"], "column": "value", "text": f"Card {id[:4]}"}
            await asyncio.to_thread(self._room.do, {"type": "board.add_card", **card}, self._room.coach)
        return ids

    async def rows(self, kind: str, ballot_id: str) -> list[dict[str, Any]]:
        found = (await asyncio.to_thread(self._room.snapshot, self._room.coach))["rows"].get(kind, [])
        return [row for row in found if ballot_id in (row["id"], row.get("ballot_id"))]


@dataclass
class Figures:
    mode: str
    sent: int
    acked: int
    last: float
    """Seconds from the first vote to the last ack."""
    p50: float
    p99: float
    cpu: float
    spent: int
    points: int
    revealed_in: float


async def measured(room: Polling, cards: list[str], mode: str, over: float) -> Figures:
    ballot_id = str(uuid4())
    draft = {"ballot_id": ballot_id, "question": "Which first?", "of": "cards", "of_ids": cards, "mode": mode}
    await room.leads("draft_ballot", **draft)
    await room.leads("open_ballot", ballot_id=ballot_id)
    options = [row["id"] for row in await room.rows("option", ballot_id)]
    sent: dict[str, float] = {}
    took: dict[str, float] = {}
    everything = asyncio.Event()
    total = room.people * EACH
    lost: list[str] = []
    refused: Counter[str] = Counter()

    def answered() -> None:
        if len(took) + refused.total() >= total:
            everything.set()

    def acked(id: str, at: float) -> None:
        took.setdefault(id, at - sent[id])
        answered()

    def said_no(id: str, code: str) -> None:
        refused[code] += 1
        answered()

    def went(n: int, why: str) -> None:
        lost.append(f"person {n} after {time.perf_counter() - began:.1f} s: {why}")
        # They hear of no more votes: there is nothing to wait for but others that go along.
        loop.call_later(GO_ALONG, everything.set)

    chance, loop = random.Random(1), asyncio.get_running_loop()

    def votes(voter: Voter, option_id: str) -> None:
        id, command = str(uuid4()), {"ballot_id": ballot_id, "option_id": option_id, "votes": 1}
        sent[id] = time.perf_counter()
        voter.send(json.dumps({"type": "do", "id": id, "command": {"type": "votes.set_votes", **command}}))

    began, cpu = time.perf_counter(), room.cpu()
    for n, voter in enumerate(room.listeners):
        assert isinstance(voter, Voter)
        voter.acked, voter.refused, voter.lost = acked, said_no, partial(went, n)
        for option_id in chance.sample(options, EACH):
            loop.call_later(chance.random() * over, partial(votes, voter, option_id))
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await everything.wait()
    if len(took) < total:
        raise Unmeasured(why_not(len(took), total, lost, refused))
    for voter in room.listeners:
        voter.lost = lambda why: None
    last, cpu = time.perf_counter() - began, room.cpu() - cpu
    await room.leads("close_ballot", ballot_id=ballot_id)
    revealing = time.perf_counter()
    await room.leads("reveal_ballot", ballot_id=ballot_id)
    revealed_in = time.perf_counter() - revealing
    (tally,) = await room.rows("tally", ballot_id)
    await room.leads("void_ballot", ballot_id=ballot_id, reason="Measured")
    cuts = statistics.quantiles(took.values(), n=100)
    points = sum(line["points"] for line in tally["lines"])
    return Figures(mode, len(sent), len(took), last, cuts[49], cuts[98], cpu, tally["spent"], points, revealed_in)


def why_not(acked: int, total: int, lost: list[str], refused: Counter[str]) -> str:
    said = [f"{acked} of {total} votes were acked."]
    if lost:
        more = f", and {len(lost) - MOST_TOLD} more" if len(lost) > MOST_TOLD else ""
        said.append(f"Connections that went: {'; '.join(lost[:MOST_TOLD])}{more}.")
    if refused:
        said.append(f"Not taken: {', '.join(f'{count} {code}' for code, count in refused.most_common())}.")
    if not lost and not refused:
        said.append(f"The rest was not answered within {PATIENCE:.0f} s.")
    return " ".join(said)


async def bench(people: int, over: float) -> None:
    os.sched_setaffinity(0, {OUR_CORE})
    room = Polling(people)
    try:
        await room.join()
        cards = await room.cards()
        tell("| mode | people | votes acked | of | last ack s | p50 ms | p99 ms | server CPU s | tally | reveal ms |")
        tell("|---|---|---|---|---|---|---|---|---|---|")
        for mode in ("secret", "open"):
            got = await measured(room, cards, mode, over)
            exact = "exact" if got.spent == got.points == got.acked else f"{got.spent} and {got.points}"
            tell(
                f"| {got.mode} | {people} | {got.acked} | {got.sent} | {got.last:.1f} | {got.p50 * 1000:.0f} "
                f"| {got.p99 * 1000:.0f} | {got.cpu:.1f} | {exact} | {got.revealed_in * 1000:.0f} |"
            )
    finally:
        room.close()


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--over", type=float, default=5.0, help="seconds in which all votes are sent")
    asked = parser.parse_args()
    try:
        asyncio.run(bench(asked.people, asked.over))
    except Unmeasured as why:
        sys.exit(str(why))


if __name__ == "__main__":
    main()
