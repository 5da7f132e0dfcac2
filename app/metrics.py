"""What an operator watches, for Prometheus. Counts only: never a text, a name or a choice."""

from collections.abc import Iterable
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app.rooms.dispatch import Acked, Answer, Refused
from app.rooms.engine import Engine
from app.rooms.seat import Transport


class Metrics(Collector):
    """Counts answers and reads the engine's state when asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._registry = CollectorRegistry()
        self._answers = Counter("bigroom_answers", "Answers to commands.", ["outcome"], registry=self._registry)
        self._registry.register(self)

    def answered(self, answer: Answer) -> None:
        outcome = "acked" if isinstance(answer, Acked) else "refused" if isinstance(answer, Refused) else "failed"
        self._answers.labels(outcome).inc()

    def collect(self) -> Iterable[Metric]:
        rooms = self._engine.rooms.values()
        yield GaugeMetricFamily("bigroom_rooms", "Rooms in memory.", len(rooms))
        connections = GaugeMetricFamily("bigroom_connections", "Open connections.", labels=["transport"])
        for transport in get_args(Transport):
            open_ones = (seat.transport == transport for room in rooms for seat in room.seats)
            connections.add_metric([transport], sum(open_ones))
        yield connections
        yield GaugeMetricFamily("bigroom_writes", "1 while commands can be stored.", int(self._engine.writes))
        neighbours, polled = self._engine.neighbours, self._engine.found_by_polling
        yield GaugeMetricFamily("bigroom_bus_up", "1 while other processes can be heard.", int(neighbours.is_up))
        yield CounterMetricFamily("bigroom_bus_hints", "Hints of other processes that were heard.", neighbours.hints)
        yield CounterMetricFamily("bigroom_found_by_polling", "Times that a room had moved without a hint.", polled)

    def text(self) -> bytes:
        return generate_latest(self._registry)
