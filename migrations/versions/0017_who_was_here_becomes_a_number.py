"""Who was here becomes a number after eight weeks

Revision: 0017, after 0016
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLE = "rooms_attended"
KEPT = timedelta(weeks=8, days=1)


def upgrade() -> None:
    op.create_table(
        TABLE,
        *(sa.Column(name, sa.String(), nullable=False) for name in ("room_id", "id", "day")),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("owner_id", "locked_by", "meeting_id", "key")),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(24), nullable=False),
        *(sa.Column(name, sa.String(24), nullable=True) for name in ("removed_at", "redacted_at")),
        sa.PrimaryKeyConstraint("room_id", "id", name=f"pk_{TABLE}"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms_head.room_id"], name=f"fk_{TABLE}_room_id", ondelete="CASCADE"),
        sa.CheckConstraint("by IN ('all', 'voice', 'microsystem')", name=op.f(f"ck_{TABLE}_by")),
        sa.CheckConstraint("count >= 0", name=op.f(f"ck_{TABLE}_count")),
    )
    op.add_column("rooms_attendance", sa.Column("due_at", sa.String(24), nullable=True))
    _when_each_is_due()


def downgrade() -> None:
    op.drop_column("rooms_attendance", "due_at")
    op.drop_table(TABLE)


def _when_each_is_due() -> None:
    """What is open ends when it was to end; what has ended is counted eight weeks after its day."""
    names = ("room_id", "id", "day", "lasts_until", "due_at")
    rows = sa.table("rooms_attendance", *(sa.column(name, sa.String()) for name in names))
    sql = op.get_bind()
    sql.execute(rows.update().where(rows.c.lasts_until.is_not(None)).values(due_at=rows.c.lasts_until))
    for (day,) in sql.execute(sa.select(rows.c.day).where(rows.c.lasts_until.is_(None)).distinct()).all():
        due = f"{datetime.fromisoformat(day) + KEPT:%Y-%m-%dT%H:%M:%S}.000Z"
        sql.execute(rows.update().where(rows.c.lasts_until.is_(None), rows.c.day == day).values(due_at=due))
