"""What an operator watches, for Prometheus. Counts only: never a text, a name or a choice."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from app.rooms.dispatch import Acked, Answer, Refused
from app.rooms.engine import Engine


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

    def collect(self) -> Iterable[GaugeMetricFamily]:
        rooms = self._engine.rooms.values()
        yield GaugeMetricFamily("bigroom_rooms", "Rooms in memory.", len(rooms))
        yield GaugeMetricFamily("bigroom_connections", "Open connections.", sum(len(room.seats) for room in rooms))
        yield GaugeMetricFamily("bigroom_writes", "1 while commands can be stored.", int(self._engine.writes))

    def text(self) -> bytes:
        return generate_latest(self._registry)
