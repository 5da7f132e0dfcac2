"""People write in silence: captures, their keys, and entries of the log without a name

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CAPTURED = ("board_card", "board_card_text")


def upgrade() -> None:
    op.add_column("rooms_log", sa.Column("receipt", sa.String(), nullable=True))
    op.create_table(
        "rooms_capture_key",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("room_id", "capture_id", "wrapped")),
        sa.PrimaryKeyConstraint("room_id", "capture_id", name="pk_rooms_capture_key"),
        _in_room("rooms_capture_key"),
    )
    _captures()
    for table in CAPTURED:
        for name in ("capture_id", "speaker"):
            op.add_column(table, sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    for table in CAPTURED:
        for name in ("speaker", "capture_id"):
            op.drop_column(table, name)
    op.drop_table("board_capture")
    op.drop_table("rooms_capture_key")
    op.drop_column("rooms_log", "receipt")


def _captures() -> None:
    op.create_table(
        "board_capture",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("room_id", "id", "board_id")),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("owner_id", "locked_by", "column")),
        sa.Column("created_at", sa.String(24), nullable=False),
        *(sa.Column(name, sa.String(24), nullable=True) for name in ("removed_at", "redacted_at")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("mode", "state", "asked", "audience")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("written", "asking", "began")),
        sa.PrimaryKeyConstraint("room_id", "id", name="pk_board_capture"),
        _in_room("board_capture"),
        sa.ForeignKeyConstraint(
            ["room_id", "board_id"],
            ["board_board.room_id", "board_board.id"],
            name="fk_board_capture_room_id_board_id",
        ),
        _one_of("mode", "named", "voice", "unsigned"),
        _one_of("state", "writing", "revealed"),
        _one_of("audience", "all", "coaches"),
        sa.CheckConstraint("written >= 0", name=op.f("ck_board_capture_written")),
    )


def _in_room(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["room_id"], ["rooms_head.room_id"], name=f"fk_{table}_room_id", ondelete="CASCADE")


def _one_of(column: str, *choices: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_board_capture_{column}"))
