"""A map of 200 steps and 12 lanes, 30 people, one of whom drags 15 times a second: `python -m bench.process_map`.

How long until the others see where it is and where it was dropped, what a drag costs each of them in bytes and the
server in CPU, and what an edit of a time costs, after which the server counts the whole map anew.
"""

import argparse
import asyncio
import json
import os
import re
import statistics
import sys
import time
from uuid import uuid4

from bench.listener import Listener, upgrade
from bench.rooms import OUR_CORE, Bigroom

STEPS, LANES, PEOPLE = 200, 12, 30
A_SECOND, SECONDS, DRAGS = 15, 2, 6
WIDEST = 65536
SETTLED = 1.0
CURSOR = re.compile(rb'"cursor":\[([0-9.e-]+),')
DROPPED = re.compile(rb'steps_moved.*?"x":(\d+)', re.DOTALL)
COUNTED = re.compile(rb'"map_totals":\[\{.*?"lead":(\d+)', re.DOTALL)


class Watcher(Listener):
    """Notes when it sees a step held, dropped, or the totals change."""

    def __init__(self, request: bytes, ready: bytes) -> None:
        super().__init__(request, ready)
        self.seen: dict[tuple[str, float], float] = {}

    def _frame(self, opcode: int, seen: bytes, start: int, end: int, now: float) -> None:
        super()._frame(opcode, seen, start, end, now)
        frame = seen[start:end]
        for at in CURSOR.findall(frame):
            self.seen.setdefault(("held", round(float(at) * WIDEST)), now)
        for x in DROPPED.findall(frame):
            self.seen.setdefault(("dropped", int(x)), now)
        for lead in COUNTED.findall(frame):
            self.seen.setdefault(("counted", int(lead)), now)


class Drawing(Bigroom):
    """The server of the bench, with a map in its room."""

    def listener(self, n: int) -> Watcher:
        path = f"/api/rooms/{self._room.room_id}/live"
        request = upgrade(self.port(), path, cookie=self._members[n].cookie, subprotocol="bigroom.v1")
        return Watcher(request, b'"type":"at"')

    def draw(self) -> None:
        """Half of the steps are waits; a branch comes back to the path after each tenth."""
        self.map_id = str(uuid4())
        self._room.do({"type": "process_map.add_map", "map_id": self.map_id, "title": "A long way"}, self._room.coach)
        steps = []
        for n in range(STEPS):
            kind = "start" if n == 0 else "end" if n == STEPS - 1 else ("activity", "wait")[n % 2]
            onward: list[dict[str, object]] = [{"to": n + 1}] if n < STEPS - 1 else []
            if 0 < n < STEPS - 5 and n % 10 == 0:
                onward = [{"to": n + 1, "share": 0.7, "label": "yes"}, {"to": n + 4, "share": 0.3, "label": "no"}]
            time = {"amount": n % 50 + 1, "unit": "minutes"}
            steps.append({"text": f"Step {n}", "kind": kind, "lane": n % LANES, "process": time, "wait": time})
            steps[-1]["next"] = onward
        lanes = [f"Lane {n}" for n in range(LANES)]
        importing = {"map_id": self.map_id, "lanes": lanes, "steps": steps}
        self._room.do({"type": "process_map.import_steps", **importing}, self._room.coach)
        rows = self._room.snapshot(self._room.coach)["rows"]["map_step"]
        self.step = next(row for row in rows if row["text"] == "Step 101")

    def drag(self, x: int) -> float:
        """Where the first of the people holds the step now."""
        spot = {"view": f"process_map/{self.map_id}", "editing": self.step["id"], "cursor": [x / WIDEST, 0.1]}
        self.listeners[0].send(json.dumps({"type": "presence", **spot}))
        return time.perf_counter()

    def does(self, what: str, **fields: object) -> float:
        command = {"type": f"process_map.{what}", **fields}
        self.listeners[0].send(json.dumps({"type": "do", "id": str(uuid4()), "command": command}))
        return time.perf_counter()

    def drop(self, x: int) -> float:
        place = {"step_id": self.step["id"], "lane_id": self.step["lane_id"], "x": x, "y": 12}
        return self.does("move_steps", map_id=self.map_id, places=[place])

    def waits(self, what: str) -> list[tuple[float, float]]:
        """(what was seen, when) of every watcher but the one who does it."""
        watchers = [one for one in self.listeners[1:] if isinstance(one, Watcher)]
        return [(mark, at) for one in watchers for (kind, mark), at in one.seen.items() if kind == what]


async def bench(people: int) -> None:
    os.sched_setaffinity(0, {OUR_CORE})
    room = Drawing(people)
    try:
        await asyncio.to_thread(room.draw)
        await room.join()
        await asyncio.sleep(SETTLED)
        sent: dict[float, float] = {}
        dropped: dict[float, float] = {}
        before, cpu, began = sum(one.bytes for one in room.listeners[1:]), room.cpu(), time.perf_counter()
        x = 100
        for _ in range(DRAGS):
            for _ in range(A_SECOND * SECONDS):
                x += 7
                sent[x] = room.drag(x)
                await asyncio.sleep(1 / A_SECOND)
            dropped[x] = room.drop(x)
            await asyncio.sleep(0.2)
        await asyncio.sleep(SETTLED)
        took, cpu = time.perf_counter() - began, room.cpu() - cpu
        cost = (sum(one.bytes for one in room.listeners[1:]) - before) / (people - 1) / DRAGS
        edits, cpu_edits, before = 20, room.cpu(), sum(one.bytes for one in room.listeners[1:])
        edited = []
        for n in range(edits):
            amount = {"amount": 1000 + n, "unit": "hours"}
            edited.append(room.does("set_step", step_id=room.step["id"], wait=amount))
            await asyncio.sleep(0.15)
        await asyncio.sleep(SETTLED)
        cpu_edits = (room.cpu() - cpu_edits) / edits
        cost_edits = (sum(one.bytes for one in room.listeners[1:]) - before) / (people - 1) / edits
        counts = sorted({mark for mark, _ in room.waits("counted")})[-edits:]
        edit_of = dict(zip(counts, edited, strict=False))
        tell(f"{people} people, {STEPS} steps, {LANES} lanes; {DRAGS} drags of {SECONDS} s at {A_SECOND} a second")
        held, drops = room.waits("held"), room.waits("dropped")
        _told("held: seen by the others after", [at - sent[mark] for mark, at in held if mark in sent])
        tell(f"held: {len(held)} of {len(sent) * (people - 1)} places were seen; a newer one stands for those between")
        _told("dropped: seen by the others after", [at - dropped[mark] for mark, at in drops if mark in dropped])
        _told("totals after an edit", [at - edit_of[mark] for mark, at in room.waits("counted") if mark in edit_of])
        tell(f"a drag costs a watcher {cost / 1024:.1f} KiB; the server {cpu / took * 100:.0f} % of a core meanwhile")
        tell(f"an edit of a time costs a watcher {cost_edits / 1024:.1f} KiB")
        tell(f"and the server {cpu_edits * 1000:.0f} ms of CPU")
    finally:
        room.close()


def _told(what: str, took: list[float]) -> None:
    cuts = statistics.quantiles(took, n=100)
    tell(f"{what}: p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms ({len(took)})")


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    asyncio.run(bench(parser.parse_args().people))


if __name__ == "__main__":
    main()
