"""What one viewer gets to see: deltas and snapshots through `seen_by`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.db import iso
from app.rooms.kernel import Row, Who
from app.rooms.log import Entry, Put, by_kind, dumps, wire_json
from app.rooms.outbox import Packet

PART_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What one viewer sees of one row that an entry put."""

    noun: str
    put: str | None = None
    """The row's JSON as they may see it."""
    drop: str | None = None
    """Its id as JSON, where they saw it until now."""
    in_full: bool = False
    hides: bool = False
    """From them it is hidden who is behind this row."""


def glimpse(put: Put, before: Row | None, who: Who) -> Glimpse | None:
    """None where they see nothing of it. `before` is the row that it replaced."""
    row = put.row
    if row.is_shelved:
        # Whoever comes back may hold it from long ago.
        return Glimpse(row.noun, drop=f'"{row.id}"')
    seen = row.seen_by(who)
    if seen is row:
        return Glimpse(row.noun, put=put.json, in_full=True)
    if seen is not None:
        return Glimpse(row.noun, put=wire_json(seen))
    was_seen = before is not None and before.seen_by(who) is not None
    if was_seen or row.is_hidden:
        return Glimpse(row.noun, drop=f'"{row.id}"' if was_seen else None, hides=row.is_hidden)
    return None


def glimpses(entry: Entry, before: Sequence[Row | None], who: Who) -> dict[int, Glimpse]:
    """By the place of its row among the puts. `before` holds the rows that these replaced."""
    found = (glimpse(put, old, who) for put, old in zip(entry.puts, before, strict=True))
    return {n: seen for n, seen in enumerate(found) if seen is not None}


def delta_json(entry: Entry, seen: Mapping[int, Glimpse], private: Iterable[Row], who: Who) -> str | None:
    """The delta of an entry for one viewer, or None when they see nothing of it.

    They see this of its rows, and of what is unlogged in it their own: `private` holds that, and may hold more.

    Who made the change, and what it was, is told only to those who see one of its rows in full and from whom none is
    hidden: such a row must not say who is behind it.
    """
    in_order = [seen[n] for n in sorted(seen)]
    puts = [(one.noun, one.put) for one in in_order if one.put is not None]
    drops = [(one.noun, one.drop) for one in in_order if one.drop is not None]
    drops += [(kind.noun, f'"{id}"') for kind, id in entry.drops]
    own = [mine for row in private if who.owns(row) and (mine := row.seen_by(who)) is not None]
    puts += [(row.noun, wire_json(row)) for row in own]
    if not puts and not drops:
        return None
    tells = (bool(own) or any(one.in_full for one in in_order)) and not any(one.hides for one in in_order)
    by = f'"{entry.by}"' if tells and entry.by else "null"
    fact = entry.fact if tells else "null"
    return (
        f'{{"type":"delta","seq":{entry.seq},"at":"{iso(entry.at)}","by":{by},"fact":{fact},'
        f'"put":{by_kind(puts)},"drop":{by_kind(drops)}}}'
    )


def snapshot_packets(epoch: str, seq: int, rows: Iterable[tuple[str, str]]) -> list[Packet]:
    """The room as one viewer sees it, in parts that a slow line can swallow. `rows` are (noun, JSON)."""
    parts: list[list[tuple[str, str]]] = [[]]
    size = 0
    for noun, json in rows:
        if size > PART_BYTES:
            parts.append([])
            size = 0
        parts[-1].append((noun, json))
        size += len(json)
    return [
        Packet(
            f'{{"type":"snapshot","epoch":"{epoch}","seq":{seq},"part":{n},"of":{len(parts)},"rows":{by_kind(part)}}}',
            counts=False,
            reaches=resume_point(epoch, seq) if n == len(parts) else None,
        )
        for n, part in enumerate(parts, 1)
    ]


def resume_point(epoch: str, seq: int) -> str:
    """How far somebody is, as one word: the id of a stream's events."""
    return f"{epoch}.{seq}"


def hello_json(member_id: str, epoch: str, seq: int, now: int, build: str, tick_ms: int) -> str:
    return dumps(
        {
            "type": "hello",
            "member_id": member_id,
            "epoch": epoch,
            "seq": seq,
            "now": now,
            "build": build,
            "tick_ms": tick_ms,
        }
    )
