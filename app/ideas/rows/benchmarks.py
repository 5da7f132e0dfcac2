"""Who does it well already."""

from typing import Annotated, ClassVar

from pydantic import Field as Limits

from app.rooms.kernel import Row, in_room
from app.rooms.values import NOTE, TITLE, Id, Note, Title, no_longer_than

Url = Annotated[str, Limits(pattern=r"^https?://\S+$", max_length=500)]


class Benchmark(Row):
    """Who does this well already, and what one could learn there."""

    noun = "benchmark"
    words: ClassVar[tuple[str, ...]] = ("place", "text", "url")
    people: ClassVar[tuple[str, ...]] = ("author_id",)

    place: Title | None
    text: Note | None = None
    url: Url | None = None
    author_id: Id | None = None


class BenchmarkTable(Benchmark, table=True):
    __tablename__ = "ideas_benchmark"
    __table_args__ = in_room(no_longer_than("place", TITLE), no_longer_than("text", NOTE))
    room_id: Id
