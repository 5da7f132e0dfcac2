"""Who does this well already: places to ask, to visit and to learn from."""

from app.ideas.messages import (
    AddBenchmark,
    BenchmarkAdded,
    BenchmarkRemoved,
    BenchmarkRestored,
    RemoveBenchmark,
    RestoreBenchmark,
)
from app.ideas.rows import Benchmark
from app.ideas.rules.words import refuse_unless_recording
from app.rooms.kernel import Ask, Change, Room


def add_benchmark(room: Room, command: AddBenchmark, ask: Ask) -> Change:
    benchmark = ask.new(
        Benchmark,
        id=room.free(Benchmark, command.benchmark_id),
        place=command.place,
        text=command.text or None,
        url=command.url,
        author_id=ask.who.member_id,
    )
    return Change(BenchmarkAdded(benchmark_id=benchmark.id), puts=(benchmark,))


def remove_benchmark(room: Room, command: RemoveBenchmark, ask: Ask) -> Change:
    benchmark = _own(room, command.benchmark_id, ask)
    removed = benchmark.but(removed_at=benchmark.removed_at or ask.at)
    return Change(BenchmarkRemoved(benchmark_id=benchmark.id), puts=removed.unless(benchmark))


def restore_benchmark(room: Room, command: RestoreBenchmark, ask: Ask) -> Change:
    benchmark = _own(room, command.benchmark_id, ask)
    return Change(BenchmarkRestored(benchmark_id=benchmark.id), puts=benchmark.but(removed_at=None).unless(benchmark))


def _own(room: Room, id: str, ask: Ask) -> Benchmark:
    benchmark = room.get(Benchmark, id, removed=True)
    if not benchmark.is_words_of(ask.who):
        refuse_unless_recording(ask)
    return benchmark
