"""A patient is shadowed

Revision: 0025, after 0024
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

RECORD, POINT = "process_map_shadowing", "process_map_touchpoint"


def upgrade() -> None:
    op.create_table(
        RECORD,
        *_of_every_row(RECORD),
        *_belongs_to(RECORD, "map_id", "process_map_map"),
        *_texts("letter", "day", nullable=False),
        *_texts("observer_id", "note"),
        sa.Column("consent", sa.Boolean(), nullable=False),
        _holds(RECORD, "consent", "consent"),
        _holds(RECORD, "note_length", "length(note) <= 600"),
    )
    op.create_table(
        POINT,
        *_of_every_row(POINT),
        *_belongs_to(POINT, "shadowing_id", RECORD),
        *_texts("rank", nullable=False),
        *_texts("step_id", "place", "who", "what", "quote"),
        sa.Column("at", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("waited", "minutes", "feeling")),
        *(_holds(POINT, f"{name}_length", f"length({name}) <= 120") for name in ("place", "who")),
        *(_holds(POINT, f"{name}_length", f"length({name}) <= 280") for name in ("what", "quote")),
        _holds(POINT, "minutes", "at >= 0 AND waited >= 0 AND minutes >= 0"),
        _holds(POINT, "feeling", "feeling BETWEEN -2 AND 2"),
    )


def downgrade() -> None:
    op.drop_table(POINT)
    op.drop_table(RECORD)


def _of_every_row(table: str) -> Iterator[sa.schema.SchemaItem]:
    yield from _texts("room_id", "id", nullable=False)
    yield from _texts("owner_id", "locked_by")
    yield sa.Column("created_at", sa.String(24), nullable=False)
    yield from (sa.Column(name, sa.String(24), nullable=True) for name in ("removed_at", "redacted_at"))
    yield sa.PrimaryKeyConstraint("room_id", "id", name=f"pk_{table}")
    yield sa.ForeignKeyConstraint(["room_id"], ["rooms_head.room_id"], name=f"fk_{table}_room_id", ondelete="CASCADE")


def _texts(*names: str, nullable: bool = True) -> Iterator[sa.schema.SchemaItem]:
    yield from (sa.Column(name, sa.String(), nullable=nullable) for name in names)


def _belongs_to(table: str, column: str, to: str) -> Iterator[sa.schema.SchemaItem]:
    yield from _texts(column, nullable=False)
    yield sa.ForeignKeyConstraint(
        ["room_id", column], [f"{to}.room_id", f"{to}.id"], name=f"fk_{table}_room_id_{column}"
    )


def _holds(table: str, name: str, promise: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(promise, name=op.f(f"ck_{table}_{name}"))
