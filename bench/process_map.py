"""A map of 200 steps and 12 lanes, 30 people, one of whom drags 15 times a second: `python -m bench.process_map`.

How long until the others see where it is and where it was dropped, what a drag costs each of them in bytes and the
server in CPU, and what an edit of a time and one of the way cost, after which the server counts the whole map anew.
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

from app.process_map.rows import MapEdge, MapStep, ProcessMap
from app.process_map.rules.quantities import counted
from bench.listener import Listener, upgrade
from bench.rooms import OUR_CORE, Bigroom

STEPS, LANES, PEOPLE = 200, 12, 30
EDITS = 20
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

    def __init__(self, people: int, steps: int) -> None:
        super().__init__(people)
        self.steps = steps

    def draw(self) -> None:
        """Half of the steps are waits; a branch comes back to the path after each tenth."""
        self.map_id = str(uuid4())
        self._room.do({"type": "process_map.add_map", "map_id": self.map_id, "title": "A long way"}, self._room.coach)
        steps = []
        for n in range(self.steps):
            kind = "start" if n == 0 else "end" if n == self.steps - 1 else ("activity", "wait")[n % 2]
            onward: list[dict[str, object]] = [{"to": n + 1}] if n < self.steps - 1 else []
            if 0 < n < self.steps - 5 and n % 10 == 0:
                onward = [{"to": n + 1, "share": 0.7, "label": "yes"}, {"to": n + 4, "share": 0.3, "label": "no"}]
            time = {"amount": n % 50 + 1, "unit": "minutes"}
            steps.append({"text": f"Step {n}", "kind": kind, "lane": n % LANES, "process": time, "wait": time})
            steps[-1]["next"] = onward
        lanes = [f"Lane {n}" for n in range(LANES)]
        importing = {"map_id": self.map_id, "lanes": lanes, "steps": steps}
        self._room.do({"type": "process_map.import_steps", **importing}, self._room.coach)
        rows = self._room.snapshot(self._room.coach)["rows"]["map_step"]
        self.step = next(row for row in rows if row["text"] == "Step 101")

    def counting(self) -> list[float]:
        """Seconds of CPU for what the whole map adds up to, a few times."""
        rows = self._room.snapshot(self._room.coach)["rows"]
        (map,) = (ProcessMap.model_validate(row) for row in rows["process_map"])
        steps = [MapStep.model_validate(row) for row in rows["map_step"]]
        edges = [MapEdge.model_validate(row) for row in rows["map_edge"]]
        took = []
        for _ in range(EDITS):
            began = time.thread_time()
            counted(map, steps, edges)
            took.append(time.thread_time() - began)
        return took

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


class Cost:
    """What each watcher is sent and the server works, from here on."""

    def __init__(self, room: Drawing) -> None:
        self._room = room
        self._bytes, self._cpu, self._began = self._sent(), room.cpu(), time.perf_counter()

    def _sent(self) -> int:
        return sum(one.bytes for one in self._room.listeners[1:])

    def kib(self, times: int) -> float:
        """A watcher, of each of so many."""
        return (self._sent() - self._bytes) / (len(self._room.listeners) - 1) / times / 1024

    def cpu_ms(self, times: int) -> float:
        return (self._room.cpu() - self._cpu) / times * 1000

    def of_a_core(self) -> float:
        return (self._room.cpu() - self._cpu) / (time.perf_counter() - self._began)


async def bench(people: int, steps: int) -> None:
    os.sched_setaffinity(0, {OUR_CORE})
    room = Drawing(people, steps)
    try:
        await asyncio.to_thread(room.draw)
        await room.join()
        await asyncio.sleep(SETTLED)
        tell(f"{people} people, {steps} steps, {LANES} lanes; {DRAGS} drags of {SECONDS} s at {A_SECOND} a second")
        await _drags(room)
        await _times(room)
        await _ways(room)
        _told("counting alone, of CPU", await asyncio.to_thread(room.counting))
    finally:
        room.close()


async def _drags(room: Drawing) -> None:
    sent: dict[float, float] = {}
    dropped: dict[float, float] = {}
    cost, x = Cost(room), 100
    for _ in range(DRAGS):
        for _ in range(A_SECOND * SECONDS):
            x += 7
            sent[x] = room.drag(x)
            await asyncio.sleep(1 / A_SECOND)
        dropped[x] = room.drop(x)
        await asyncio.sleep(0.2)
    await asyncio.sleep(SETTLED)
    held, drops = room.waits("held"), room.waits("dropped")
    _told("held: seen by the others after", [at - sent[mark] for mark, at in held if mark in sent])
    tell(f"held: {len(held)} of {len(sent) * (room.people - 1)} places were seen; a newer one stands for those between")
    _told("dropped: seen by the others after", [at - dropped[mark] for mark, at in drops if mark in dropped])
    tell(f"a drag costs a watcher {cost.kib(DRAGS):.1f} KiB; the server {cost.of_a_core():.0%} of a core meanwhile")


async def _times(room: Drawing) -> None:
    cost, edited = Cost(room), []
    for n in range(EDITS):
        amount = {"amount": 1000 + n, "unit": "hours"}
        edited.append(room.does("set_step", step_id=room.step["id"], wait=amount))
        await asyncio.sleep(0.15)
    await asyncio.sleep(SETTLED)
    counts = sorted({mark for mark, _ in room.waits("counted")})[-EDITS:]
    edit_of = dict(zip(counts, edited, strict=False))
    _told("totals after an edit", [at - edit_of[mark] for mark, at in room.waits("counted") if mark in edit_of])
    tell(f"an edit of a time costs a watcher {cost.kib(EDITS):.1f} KiB, the server {cost.cpu_ms(EDITS):.1f} ms of CPU")


async def _ways(room: Drawing) -> None:
    """A step goes and comes back: another way each time."""
    cost = Cost(room)
    for n in range(EDITS):
        room.does(("remove_steps", "restore_steps")[n % 2], step_ids=[room.step["id"]])
        await asyncio.sleep(0.15)
    await asyncio.sleep(SETTLED)
    tell(f"an edit of the way costs a watcher {cost.kib(EDITS):.1f} KiB, the server {cost.cpu_ms(EDITS):.1f} ms of CPU")


def _told(what: str, took: list[float]) -> None:
    cuts = statistics.quantiles(took, n=100)
    tell(f"{what}: p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms ({len(took)})")


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--steps", type=int, default=STEPS)
    asked = parser.parse_args()
    asyncio.run(bench(asked.people, asked.steps))


if __name__ == "__main__":
    main()
