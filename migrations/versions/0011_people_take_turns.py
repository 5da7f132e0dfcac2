"""People take turns: hands, the floor, who is still to come, who is ready

Revision: 0011, after 0010
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = ("meetings_hand", "meetings_floor", "meetings_turn", "meetings_ready", "meetings_ready_count")


def upgrade() -> None:
    hand, floor, turn, ready, count = TABLES
    op.create_table(hand, *_of_every_row(hand), _id("member_id"))
    op.create_table(
        floor,
        *_of_every_row(floor),
        _id("member_id", nullable=True),
        sa.Column("is_round", sa.Boolean(), nullable=False),
        sa.Column("to_come", sa.Integer(), nullable=False),
        sa.UniqueConstraint("room_id", name=f"uq_{floor}_room_id"),
        sa.CheckConstraint("to_come >= 0", name=op.f(f"ck_{floor}_to_come")),
    )
    op.create_table(turn, *_of_every_row(turn), _id("member_id"), sa.Column("number", sa.Integer(), nullable=False))
    op.create_table(ready, *_of_every_row(ready), _id("item_id", nullable=True))
    op.create_table(
        count,
        *_of_every_row(count),
        _id("item_id"),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.UniqueConstraint("room_id", name=f"uq_{count}_room_id"),
        sa.CheckConstraint("count >= 0", name=op.f(f"ck_{count}_count")),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _of_every_row(table: str) -> Iterator[sa.schema.SchemaItem]:
    yield from (sa.Column(name, sa.String(), nullable=False) for name in ("room_id", "id"))
    yield from (sa.Column(name, sa.String(), nullable=True) for name in ("owner_id", "locked_by"))
    yield sa.Column("created_at", sa.String(24), nullable=False)
    yield from (sa.Column(name, sa.String(24), nullable=True) for name in ("removed_at", "redacted_at"))
    yield sa.PrimaryKeyConstraint("room_id", "id", name=f"pk_{table}")
    yield sa.ForeignKeyConstraint(["room_id"], ["rooms_head.room_id"], name=f"fk_{table}_room_id", ondelete="CASCADE")
