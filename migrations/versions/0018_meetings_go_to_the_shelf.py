"""What belongs to meetings that are long over is put away

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meetings_item", sa.Column("shelved_at", sa.String(24), nullable=True))


def downgrade() -> None:
    op.drop_column("meetings_item", "shelved_at")
