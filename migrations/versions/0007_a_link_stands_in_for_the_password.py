"""Whom a one-time link or a provider has just let in needs no password for a while

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people_session", sa.Column("vouched_at", sa.String(24), nullable=True))


def downgrade() -> None:
    op.drop_column("people_session", "vouched_at")
