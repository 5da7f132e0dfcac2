"""Who was here, what waits for a coach, and private words

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CARD = 280
HELD = ("board_card", "board_card_text")
TABLES = ("rooms_attendance", "rooms_hold", "rooms_word")


def upgrade() -> None:
    _rows(
        "rooms_attendance",
        _text("meeting_id", nullable=True),
        *(_text(name) for name in ("member_id", "day")),
        *(_moment(name, nullable=True) for name in ("from_", "until", "lasts_until")),
        sa.Column("by_phone", sa.Boolean(), nullable=False),
    )
    _rows("rooms_hold", _text("member_id"), _moment("looked_at", nullable=True))
    _rows(
        "rooms_word",
        _text("member_id"),
        _text("by", nullable=True),
        sa.Column("said_to", sa.Text(), nullable=False),
        _text("text", nullable=True),
        _moment("read_at", nullable=True),
        _moment("forgotten_at"),
        _check("rooms_word", "said_to", "said_to IN ('coaches', 'member')"),
        _check("rooms_word", "text_length", f"length(text) <= {CARD}"),
    )
    for table in HELD:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
        with op.batch_alter_table(table) as batch:
            batch.alter_column("held", server_default=None)


def downgrade() -> None:
    for table in HELD:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("held")
    for table in reversed(TABLES):
        op.drop_table(table)


def _rows(table: str, *fields: SchemaItem) -> None:
    """A table of rows that people in a room see: what every row has, then its own."""
    op.create_table(
        table,
        *(_text(name) for name in ("room_id", "id")),
        *(_text(name, nullable=True) for name in ("owner_id", "locked_by")),
        _moment("created_at"),
        *(_moment(name, nullable=True) for name in ("removed_at", "redacted_at")),
        *fields,
        sa.PrimaryKeyConstraint("room_id", "id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms_head.room_id"], name=f"fk_{table}_room_id", ondelete="CASCADE"),
    )


def _text(name: str, *, nullable: bool = False) -> SchemaItem:
    return sa.Column(name, sa.String(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> SchemaItem:
    return sa.Column(name, sa.String(24), nullable=nullable)


def _check(table: str, name: str, promise: str) -> SchemaItem:
    return sa.CheckConstraint(promise, name=op.f(f"ck_{table}_{name}"))
