"""The one place that changes a room: a thread that decides and stores commands in groups.

While one group is being made durable, the commands of all rooms pile up for the next: there is no timer.

What fails                          What is said, and what the room knows afterwards
a rule refuses                      `refused`; nothing is stored, the others in the group go on
a group of several                  nothing was decided: each of its commands is tried alone
one alone, a promise of the schema  `refused not_possible`, and our defect in the log
one alone, anything else            `failed storage`: the same id again later
a COMMIT that failed                perhaps it had not: every group reads where the log ends before it decides
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from queue import SimpleQueue
from typing import Any

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from app.db import Database
from app.people.keys import Keys
from app.rooms.clock import Clock
from app.rooms.dispatch import Answer, Dispatch, Failed, Group, Refused, Request
from app.rooms.kernel import Row
from app.rooms.log import Entry
from app.rooms.messages import BEGIN_A_ROOM
from app.rooms.paper import all_opened
from app.rooms.registry import Registry
from app.rooms.room import Overlay, Replica
from app.rooms.store import Store
from app.rooms.unsigned import Keyed
from app.rooms.values import id_from

log = structlog.get_logger()

MOST_IN_A_GROUP = 256
RETRY_MS = 1000
TAIL = 500
"""Entries that a room in memory keeps for those who come back."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody came to a room that is not in memory.

    On the loop `opened` gets its replica and the tail of its log, or `failed` is told that nobody can say now.
    """

    room_id: str
    opened: Callable[[Replica | None, list[Entry]], None]
    failed: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Nobody is left in a room: it leaves the writer's memory."""

    room_id: str


@dataclass(frozen=True, slots=True)
class Following:
    """Another process may have written to a room that is in memory here: read the log. `done` is told on the loop."""

    room_id: str
    done: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Probing:
    """Nobody may want anything for a while: see whether something can be stored again."""


@dataclass(frozen=True, slots=True)
class Changes:
    """New entries of one room, or its whole replica anew when the log cannot tell (another epoch)."""

    room_id: str
    entries: list[Entry]
    anew: Replica | None = None
    is_ours: bool = True
    """Whether this process wrote them."""
    private: tuple[Row, ...] | None = None
    """All unlogged rows of the room as they are now; None where nobody else can have changed any."""
    keys: dict[str, bytes] | None = None
    """The keys of all open captures, when one began or ended."""


@dataclass
class News:
    """What one group brought, handed to the event loop in one piece and in order."""

    changes: list[Changes] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)
    """Called behind the changes: a room that was opened, somebody who waited for them."""
    answers: list[tuple[Request, Answer]] = field(default_factory=list)


Job = Request | Opening | Following | Forgetting | Probing


class Writer:
    """One thread with one connection. A room is always written by the same one."""

    def __init__(
        self,
        database: Database,
        registry: Registry,
        clock: Clock,
        deliver: Callable[[News], None],
        name: str = "writer",
        keys: Keys | None = None,
    ) -> None:
        self.writes = True
        """Whether the last group could be stored."""
        self._database = database
        self._store = Store(database, registry)
        self._dispatch = Dispatch(registry, clock)
        self._keys = keys
        self._deliver = deliver
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._rooms: dict[str, Replica] = {}
        self._connection: Connection | None = None
        self._remembers_erased = False
        """Whether something erased may still stand in the write-ahead file."""
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def put(self, job: Job) -> None:
        self._jobs.put(job)

    def stop(self, within: float | None = None) -> None:
        """Finish what was given, then end. A database that does not answer is waited for so long and no longer."""
        self._jobs.put(None)
        self._thread.join(within)

    def _run(self) -> None:
        while True:
            jobs = self._next_group()
            if None in jobs:
                self._work([job for job in jobs if job is not None])
                self._let_go()
                return
            self._work([job for job in jobs if job is not None])

    def _next_group(self) -> list[Job | None]:
        jobs = [self._jobs.get()]
        while len(jobs) < MOST_IN_A_GROUP and not self._jobs.empty():
            jobs.append(self._jobs.get())
        return jobs

    def _work(self, jobs: list[Job]) -> None:
        requests = [job for job in jobs if isinstance(job, Request)]
        if self._database.is_sqlite:
            self._attempt(requests)
        else:
            # One transaction a room: groups across rooms deadlock between processes.
            for room_id in dict.fromkeys(request.room_id for request in requests):
                self._attempt([request for request in requests if request.room_id == room_id])
        for job in jobs:
            if isinstance(job, Opening):
                self._open(job)
            elif isinstance(job, Following):
                self._follow(job)
            elif isinstance(job, Forgetting):
                self._rooms.pop(job.room_id, None)
            elif isinstance(job, Probing):
                self._probe()
        if self._remembers_erased:
            self._forget_erased()

    def _attempt(self, requests: list[Request]) -> None:
        if not requests:
            return
        news = News()
        try:
            self._store_group(requests, news)
        except SQLAlchemyError as trouble:
            self._let_go()
            if len(requests) > 1:
                self._deliver(news)
                for request in requests:
                    self._attempt([request])
                return
            news.answers = [(requests[0], self._why_not(requests[0], trouble))]
        except Exception:
            log.exception("writer_broke", rooms=sorted({request.room_id for request in requests}))
            self._let_go()
            news.answers = [(request, Failed(request.id, "storage", RETRY_MS)) for request in requests]
        self._deliver(news)

    def _store_group(self, requests: list[Request], news: News) -> None:
        """One transaction. Until it has committed, `news` holds only what the log already said."""
        decided: list[tuple[Replica, Group]] = []
        homeless: list[Request] = []
        with self._transaction() as connection:
            for room_id in dict.fromkeys(request.room_id for request in requests):
                mine = [request for request in requests if request.room_id == room_id]
                replica = self._ready(connection, room_id, mine, news)
                if replica is None:
                    homeless += mine
                    continue
                group = self._decide(connection, replica, mine)
                decided.append((replica, group))
                if group.entries:
                    self._write(connection, replica, group)
        self.writes = True
        news.answers += [(request, Refused(request.id, "not_found", {"kind": "room"})) for request in homeless]
        for replica, group in decided:
            self._keep(replica, group, news)

    def _decide(self, connection: Connection, replica: Replica, requests: list[Request]) -> Group:
        def read_rows(kind: type[Row], fields: dict[str, Any]) -> Iterable[Row]:
            return self._store.rows(connection, kind, room_id=replica.id, **fields)

        def read_shelf() -> Iterable[Row]:
            return self._store.shelved(connection, replica.id)

        known = self._store.known(connection, replica.id, [request.id for request in requests])
        group = Group(Overlay(replica), known, read_rows, read_shelf, seq=replica.seq, epoch=replica.epoch)
        for request in requests:
            self._dispatch.decide(group, request)
        return group

    def _write(self, connection: Connection, replica: Replica, group: Group) -> None:
        if replica.seq == 0:
            self._store.begin_room(connection, replica.id, group.entries[0].at, replica.epoch)
        for reveal in group.reveals:
            self._store.burn(connection, replica.id, reveal)
        self._store.write(connection, group.overlay, group.entries)
        for capture_id in group.opened:
            if self._keys and capture_id in group.overlay.keys:
                wrapped = self._keys.wrap(group.overlay.keys[capture_id])
                self._store.keep_key(connection, replica.id, capture_id, wrapped)
        for reveal in group.reveals:
            self._store.forget_who(connection, replica.id, reveal)
        for seq, erased in groupby(group.erased, key=lambda of: of[0]):
            self._store.erase(connection, group.overlay.id, [id for _, id in erased], seq)

    def _keep(self, replica: Replica, group: Group, news: News) -> None:
        for entry in group.entries:
            apply(replica, entry)
        replica.keys = dict(group.overlay.keys)
        self._rooms[replica.id] = replica
        if group.entries:
            keys = dict(replica.keys) if group.opened or group.reveals else None
            news.changes.append(Changes(replica.id, group.entries, keys=keys))
        news.answers += group.answers
        self._remembers_erased = self._remembers_erased or bool(group.erased or group.reveals)

    def _ready(self, connection: Connection, room_id: str, requests: Iterable[Request], news: News) -> Replica | None:
        """The room as SQL has it now, locked until the transaction ends; None where there is no such room."""
        head = self._store.head(connection, room_id)
        if head is None:
            first = next((request for request in requests if isinstance(request.command, BEGIN_A_ROOM)), None)
            # A room that comes again under its old id is another life of it, and has an epoch of its own.
            return None if first is None else Replica(room_id, epoch=id_from(room_id, "epoch", first.id))
        seq, epoch = head
        replica = self._rooms.get(room_id)
        if replica is None:
            return self._load(connection, room_id, seq, epoch)
        if replica.epoch != epoch:
            replica = self._load(connection, room_id, seq, epoch)
            private = self._private(connection, replica.id, replica.keys)
            news.changes.append(Changes(room_id, [], anew=replica.copy(), is_ours=False, private=private))
        elif replica.seq < seq:
            # Somebody else wrote, or a COMMIT that we were told had failed had not.
            self._read_on(connection, replica, seq, news)
        return replica

    def _read_on(self, connection: Connection, replica: Replica, seq: int, news: News) -> None:
        """What the log holds above the replica, up to `seq`: later entries may belong to another epoch."""
        missed = [entry for entry in self._store.entries(connection, replica.id, replica.seq) if entry.seq <= seq]
        keys = self._missed_keys(connection, replica.id, missed)
        private = self._private(connection, replica.id, replica.keys if keys is None else keys)
        # Only once all is read: what the replica has and the news have not, nobody would ever be told.
        for entry in missed:
            apply(replica, entry)
        if keys is not None:
            replica.keys = dict(keys)
        news.changes.append(Changes(replica.id, missed, is_ours=False, private=private, keys=keys))

    def _private(self, connection: Connection, room_id: str, keys: Mapping[str, bytes]) -> tuple[Row, ...]:
        """Unlogged rows: nothing else tells that another process has changed one."""
        kinds = self._dispatch.registry.private_kinds
        rows = (row for kind in kinds for row in self._store.rows(connection, kind, room_id=room_id))
        return tuple(all_opened(rows, keys))

    def _follow(self, following: Following) -> None:
        news = News(after=[following.done])
        try:
            with self._transaction() as connection:
                self._catch_up(connection, following.room_id, news)
        except SQLAlchemyError as trouble:
            self._let_go()
            log.warning("room_not_followed", room=following.room_id, error=type(trouble).__name__)
        self._deliver(news)

    def _catch_up(self, connection: Connection, room_id: str, news: News) -> None:
        """Without the room's lock, which the process that writes needs: what is committed does not change.

        Only a room that begins anew is read under it, as it takes several statements.
        """
        replica = self._rooms.get(room_id)
        seq, epoch = self._store.ends(connection, [room_id]).get(room_id, (0, ""))
        if replica is None or not epoch:
            return
        if epoch != replica.epoch:
            self._rooms[room_id] = self._ready(connection, room_id, (), news) or replica
        elif seq > replica.seq:
            self._read_on(connection, replica, seq, news)

    def _probe(self) -> None:
        try:
            with self._transaction() as connection:
                self._store.touch(connection)
        except SQLAlchemyError:
            self._let_go()
        else:
            self.writes = True

    def _load(self, connection: Connection, room_id: str, seq: int, epoch: str) -> Replica:
        replica = self._store.load(connection, room_id, seq, epoch)
        replica.keys = self._unwrapped(connection, room_id)
        return replica

    def _missed_keys(self, connection: Connection, room_id: str, missed: Iterable[Entry]) -> dict[str, bytes] | None:
        """All keys anew when another process began or ended a capture, a box or a question."""
        if not any(isinstance(put.row, Keyed) for entry in missed for put in entry.puts):
            return None
        return self._unwrapped(connection, room_id)

    def _unwrapped(self, connection: Connection, room_id: str) -> dict[str, bytes]:
        """An operator's writer has no master key, and opens none."""
        if self._keys is None:
            return {}
        wrapped = self._store.keys(connection, room_id)
        keys = {capture_id: self._keys.unwrap(key) for capture_id, key in wrapped.items()}
        return {capture_id: key for capture_id, key in keys.items() if key is not None}

    def _open(self, opening: Opening) -> None:
        news = News()
        try:
            news.after.append(self._opened(opening, news))
        except SQLAlchemyError:
            self._let_go()
            news.after.append(self._opened_on_a_new_line(opening, news))
        self._deliver(news)

    def _opened(self, opening: Opening, news: News) -> Callable[[], None]:
        with self._transaction() as connection:
            replica = self._ready(connection, opening.room_id, (), news)
            tail = self._store.entries(connection, opening.room_id, 0, TAIL) if replica else []
        if replica is not None:
            self._rooms[opening.room_id] = replica
        return partial(opening.opened, replica and replica.copy(), tail)

    def _opened_on_a_new_line(self, opening: Opening, news: News) -> Callable[[], None]:
        """Once more: the database may have come back since our line to it was cut."""
        try:
            return self._opened(opening, news)
        except SQLAlchemyError as trouble:
            self._let_go()
            log.warning("room_not_opened", room=opening.room_id, error=type(trouble).__name__)
            return opening.failed

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        if self._connection is None:
            self._connection = self._database.engine.connect()
        with self._connection.begin():
            yield self._connection

    def _forget_erased(self) -> None:
        try:
            self._remembers_erased = not self._store.forget_erased()
        except SQLAlchemyError:
            log.warning("checkpoint_waits", exc_info=True)

    def _why_not(self, request: Request, trouble: SQLAlchemyError) -> Answer:
        """One command alone: a broken promise of the schema is final and our defect; else it is storage."""
        if isinstance(trouble, IntegrityError | DataError):
            log.error("promise_broken", room=request.room_id, command=request.id, error=type(trouble.orig).__name__)
            return Refused(request.id, "not_possible", {})
        self.writes = False
        log.error("not_stored", room=request.room_id, command=request.id, error=type(trouble).__name__)
        return Failed(request.id, "storage", RETRY_MS)

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except SQLAlchemyError:
                connection.invalidate()


def apply(replica: Replica, entry: Entry) -> None:
    """One stored entry into a replica: the same on the writer's thread and on the loop."""
    replica.change((put.row for put in entry.puts), entry.drops)
    replica.seq = entry.seq
    replica.epoch = entry.epoch or replica.epoch
