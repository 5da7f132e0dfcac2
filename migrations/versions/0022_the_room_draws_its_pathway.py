"""The room draws its pathway

Revision: 0022, after 0021
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KINDS = ("start", "end", "activity", "decision", "wait", "document", "handover", "cloud")


def upgrade() -> None:
    _map()
    op.create_table(
        "process_map_lane",
        *_of_every_row("process_map_lane"),
        *_points_to("process_map_lane", "map_id", "map"),
        *_texts("rank", nullable=False),
        *_texts("name", "from_id"),
        _no_longer_than("process_map_lane", "name", 120),
    )
    _step()
    op.create_table(
        "process_map_edge",
        *_of_every_row("process_map_edge"),
        *_points_to("process_map_edge", "map_id", "map"),
        *_points_to("process_map_edge", "from_id", "step"),
        *_points_to("process_map_edge", "to_id", "step"),
        *_texts("label", "gone_with", "copy_of"),
        sa.Column("share", sa.Float(), nullable=True),
        sa.Column("heals", sa.Text(), nullable=False),
        _no_longer_than("process_map_edge", "label", 40),
        _holds("process_map_edge", "share", "share BETWEEN 0 AND 1"),
        _holds("process_map_edge", "ends", "from_id <> to_id"),
    )
    _totals()


def downgrade() -> None:
    for name in ("totals", "edge", "step", "lane", "map"):
        op.drop_table(f"process_map_{name}")


def _map() -> None:
    table = "process_map_map"
    op.create_table(
        table,
        *_of_every_row(table),
        *_texts("rank", nullable=False),
        *_texts("title", "version_of", "author_id"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "unit")),
        sa.Column("demand", sa.Float(), nullable=True),
        sa.Column("available", sa.Text(), nullable=True),
        sa.Column("agreed_at", sa.String(24), nullable=True),
        _one_of(table, "state", "current", "agreed", "ideal"),
        _one_of(table, "unit", "minutes", "hours", "days"),
        _no_longer_than(table, "title", 120),
        _holds(table, "demand", "demand >= 0"),
        _holds(table, "agreed", "(state = 'agreed') = (agreed_at IS NOT NULL)"),
    )


def _step() -> None:
    table = "process_map_step"
    op.create_table(
        table,
        *_of_every_row(table),
        *_points_to(table, "map_id", "map"),
        *_points_to(table, "lane_id", "lane"),
        *_texts("text", "note", "staff", "from_id", "author_id"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "card_ids")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("process", "wait", "value", "low", "high")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("x", "y", "rev")),
        *(sa.Column(name, sa.Float(), nullable=True) for name in ("complete", "volume")),
        sa.Column("shadowed", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("placed", "hot")),
        _one_of(table, "kind", *KINDS),
        _one_of(table, "value", "adding", "necessary", "not_adding"),
        _no_longer_than(table, "text", 120),
        _no_longer_than(table, "note", 600),
        _no_longer_than(table, "staff", 120),
        _holds(table, "place", "x BETWEEN 0 AND 65536 AND y BETWEEN 0 AND 65536"),
        _holds(table, "complete", "complete BETWEEN 0 AND 100"),
        _holds(table, "volume", "volume >= 0"),
        _holds(table, "shadowed", "shadowed > 0"),
    )


def _totals() -> None:
    table = "process_map_totals"
    sums = ("lead", "process", "wait", "adding", "necessary", "not_adding")
    op.create_table(
        table,
        *_of_every_row(table),
        *(sa.Column(name, sa.Float(), nullable=True) for name in (*sums, "adding_percent", "complete_percent", "takt")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("slow", "missing", "path", "hints")),
        sa.Column("longest_wait", sa.String(), nullable=True),
        sa.Column("partial", sa.Boolean(), nullable=False),
        _foreign(table, "id", "map"),
    )


def _of_every_row(table: str) -> Iterator[sa.schema.SchemaItem]:
    yield from _texts("room_id", "id", nullable=False)
    yield from _texts("owner_id", "locked_by")
    yield sa.Column("created_at", sa.String(24), nullable=False)
    yield from (sa.Column(name, sa.String(24), nullable=True) for name in ("removed_at", "redacted_at"))
    yield sa.PrimaryKeyConstraint("room_id", "id", name=f"pk_{table}")
    yield sa.ForeignKeyConstraint(["room_id"], ["rooms_head.room_id"], name=f"fk_{table}_room_id", ondelete="CASCADE")


def _texts(*names: str, nullable: bool = True) -> Iterator[sa.schema.SchemaItem]:
    yield from (sa.Column(name, sa.String(), nullable=nullable) for name in names)


def _points_to(table: str, column: str, to: str) -> Iterator[sa.schema.SchemaItem]:
    yield from _texts(column, nullable=False)
    yield _foreign(table, column, to)


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    there = [f"process_map_{to}.room_id", f"process_map_{to}.id"]
    return sa.ForeignKeyConstraint(["room_id", column], there, name=f"fk_{table}_room_id_{column}")


def _one_of(table: str, name: str, *choices: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return _holds(table, name, f"{name} IN ({listed})")


def _no_longer_than(table: str, name: str, limit: int) -> sa.CheckConstraint:
    return _holds(table, f"{name}_length", f"length({name}) <= {limit}")


def _holds(table: str, name: str, promise: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(promise, name=op.f(f"ck_{table}_{name}"))
