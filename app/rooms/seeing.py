"""What one viewer gets to see: deltas and snapshots through `seen_by`."""

from collections.abc import Iterable, Sequence

from app.db import iso
from app.rooms.kernel import Row, Who
from app.rooms.log import Entry, by_kind, dumps, wire_json
from app.rooms.outbox import Packet

PART_BYTES = 256 * 1024


def delta_json(entry: Entry, before: Sequence[Row | None], who: Who) -> str | None:
    """The delta of an entry for one viewer, or None when they see nothing of it.

    `before` holds the rows that the puts replaced. Who made the change, and what it was, is told only to those who
    see one of its rows in full and from whom none is hidden: such a row must not say who is behind it.
    """
    puts: list[tuple[str, str]] = []
    drops: list[tuple[str, str]] = []
    in_full = hides = False
    for put, old in zip(entry.puts, before, strict=True):
        if put.row.is_shelved:
            # Whoever comes back may hold it from long ago.
            drops.append((put.row.noun, f'"{put.row.id}"'))
            continue
        seen = put.row.seen_by(who)
        hides = hides or (seen is None and put.row.is_hidden)
        if seen is put.row:
            puts.append((seen.noun, put.json))
            in_full = True
        elif seen is not None:
            puts.append((seen.noun, wire_json(seen)))
        elif old is not None and old.seen_by(who) is not None:
            drops.append((old.noun, f'"{old.id}"'))
    for kind, id in entry.drops:
        drops.append((kind.noun, f'"{id}"'))
    for row in entry.private:
        own = row.seen_by(who) if who.owns(row) else None
        if own is not None:
            puts.append((own.noun, wire_json(own)))
            in_full = True
    if not puts and not drops:
        return None
    tells = in_full and not hides
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
