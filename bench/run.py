"""Bigroom beside a plain broadcast, interleaved in one run; medians. `python -m bench.run [--quick]`."""

import argparse
import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.rooms import OUR_CORE, Bigroom, Measured, Plain

PEOPLE = (25, 500)
IN_FLIGHT = 64
PACE = 0.02
"""Seconds between two changes while latency is measured."""
BUSY = 0.9
"""Above this share of its core the generator was the limit."""
TOLD = f"""Medians of interleaved rounds on one machine, loopback, no TLS: the servers on one core, we on the other.
p50 and p99: from sending a change to every receiver, one change each {PACE * 1000:.0f} ms.
Changes a second and CPU a delivery: {IN_FLIGHT} changes in flight, all card edits, each fsynced before anybody sees it.
The plain broadcast keeps nothing, checks nothing and knows nobody. Bigroom's limits on commands and tabs are raised
by settings. Rates of rounds in which the generator was over {BUSY:.0%} busy are discarded."""
RESULTS = Path(__file__).parent / "results"


@dataclass
class Round:
    """One measurement of one server."""

    server: str
    people: int
    p50_ms: float
    p99_ms: float
    changes_a_second: float
    cpu_us_a_delivery: float
    bytes_a_delivery: float
    generator_busy: float


class Numbers:
    """Gives each change a number that no other has."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        self.last += 1
        return self.last


async def latency(room: Measured, numbers: Numbers, seconds: float) -> tuple[float, float]:
    """p50 and p99 in ms from sending a change to each receiver, at a meeting's calm pace."""
    sent: dict[int, float] = {}
    took: list[float] = []
    room.listen(lambda n, at: took.append(at - sent[n]) if n in sent else None)
    for _ in range(int(seconds / PACE)):
        n = numbers.next()
        sent[n] = time.perf_counter()
        room.say(n)
        await asyncio.sleep(PACE)
    await until(lambda: len(took) >= len(sent) * room.people)
    cuts = statistics.quantiles(took, n=100)
    return cuts[49] * 1000, cuts[98] * 1000


async def throughput(room: Measured, numbers: Numbers, seconds: float) -> tuple[float, float, float, float]:
    """Changes a second with 64 in flight, the server's CPU and bytes a delivery, and how busy we were ourselves."""
    deliveries = waiting = 0
    seen: dict[int, int] = {}
    ends = time.perf_counter() + seconds

    def heard(n: int, at: float) -> None:
        nonlocal deliveries, waiting
        deliveries += 1
        seen[n] = seen.get(n, 0) + 1
        if seen[n] == room.people:
            waiting -= 1
            if at < ends:
                say()

    def say() -> None:
        nonlocal waiting
        waiting += 1
        room.say(numbers.next())

    room.listen(heard)
    received, cpu, began = sum(one.bytes for one in room.listeners), room.cpu(), time.perf_counter()
    ours = time.process_time()
    for _ in range(IN_FLIGHT):
        say()
    await until(lambda: waiting == 0 and time.perf_counter() >= ends)
    took, ours = time.perf_counter() - began, time.process_time() - ours
    received = sum(one.bytes for one in room.listeners) - received
    changes = deliveries / room.people
    return changes / took, (room.cpu() - cpu) / deliveries * 1e6, received / deliveries, ours / took


async def until(is_so: Callable[[], bool]) -> None:
    """A bounded wait: a run that hangs is a result, too."""
    for _ in range(3000):
        if is_so():
            return
        await asyncio.sleep(0.01)
    raise RuntimeError("not everything arrived within 30 s")


async def measure(rooms: list[Measured], rounds: int, seconds: float) -> list[Round]:
    numbers, done = Numbers(), []
    for _ in range(rounds):
        for room in rooms:
            p50, p99 = await latency(room, numbers, seconds)
            rate, cpu, size, busy = await throughput(room, numbers, seconds)
            done.append(Round(room.name, room.people, p50, p99, rate, cpu, size, busy))
    return done


async def bench(rounds: int, seconds: float) -> None:
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}.jsonl"
    os.sched_setaffinity(0, {OUR_CORE})
    tell(
        "| people | server | p50 ms | p99 ms | changes/s | CPU µs a delivery | bytes a delivery |"
        " joins/s | CPU ms a join | memory KB a connection |"
    )
    tell("|---|---|---|---|---|---|---|---|---|---|")
    for people in PEOPLE:
        rooms: list[Measured] = [Bigroom(people), Plain(people)]
        try:
            joins = {room.name: await room.join() for room in rooms}
            done = await measure(rooms, rounds, seconds)
        finally:
            for room in rooms:
                room.close()
        with file.open("a") as lines:
            lines.writelines(json.dumps(asdict(one)) + "\n" for one in done)
        for room in rooms:
            tell(row(room, [one for one in done if one.server == room.name], joins[room.name]))
    tell("")
    tell(TOLD)


def row(room: Measured, done: list[Round], join: tuple[float, float, float]) -> str:
    def middle(name: str) -> float:
        return float(statistics.median(getattr(one, name) for one in done))

    free = [one.changes_a_second for one in done if one.generator_busy <= BUSY]
    rate = f"{statistics.median(free):.0f}" if free else "discarded: the generator was the limit"
    took, cpu, memory = join
    return (
        f"| {room.people} | {room.name} | {middle('p50_ms'):.1f} | {middle('p99_ms'):.1f} "
        f"| {rate} | {middle('cpu_us_a_delivery'):.1f} "
        f"| {middle('bytes_a_delivery'):.0f} | {room.people / took:.0f} | {cpu / room.people * 1000:.2f} "
        f"| {memory / room.people / 1024:.0f} |"
    )


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    quick = parser.parse_args().quick
    asyncio.run(bench(rounds=2 if quick else 5, seconds=1.5 if quick else 4.0))


if __name__ == "__main__":
    main()
