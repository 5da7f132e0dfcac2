"""Maps have versions

Revision: 0023, after 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "process_map_change",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("room_id", "id", "was_id")),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("owner_id", "locked_by")),
        sa.Column("created_at", sa.String(24), nullable=False),
        *(sa.Column(name, sa.String(24), nullable=True) for name in ("removed_at", "redacted_at")),
        *(sa.Column(f"saved{what}", sa.Float(), nullable=True) for what in ("", "_process", "_wait", "_percent")),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("room_id", "id", name="pk_process_map_change"),
        sa.ForeignKeyConstraint(
            ["room_id"], ["rooms_head.room_id"], name="fk_process_map_change_room_id", ondelete="CASCADE"
        ),
        *(
            sa.ForeignKeyConstraint(
                ["room_id", name],
                ["process_map_map.room_id", "process_map_map.id"],
                name=f"fk_process_map_change_room_id_{name}",
            )
            for name in ("id", "was_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("process_map_change")
