"""Meetings are planned ahead, and what was left goes on next time

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meetings_series", sa.Column("plans_at", sa.String(24), nullable=True))
    op.add_column("meetings_item", sa.Column("carried_from", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("meetings_item", "carried_from")
    op.drop_column("meetings_series", "plans_at")
