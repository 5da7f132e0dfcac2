"""How long a room is kept after its last change, and which night's round has been made

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "keeping_kept_for",
        sa.Column("room_id", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("room_id", name="pk_keeping_kept_for"),
        sa.ForeignKeyConstraint(
            ["room_id"], ["rooms_head.room_id"], name="fk_keeping_kept_for_room_id", ondelete="CASCADE"
        ),
        sa.CheckConstraint("days > 0", name=op.f("ck_keeping_kept_for_days")),
    )
    op.create_table(
        "keeping_round",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name", "night")),
        sa.PrimaryKeyConstraint("name", name="pk_keeping_round"),
    )


def downgrade() -> None:
    op.drop_table("keeping_round")
    op.drop_table("keeping_kept_for")
