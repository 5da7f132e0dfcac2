"""From when a step is slow

Revision: 0028, after 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TABLE = "process_map_totals"


def upgrade() -> None:
    """Until its next change a map names all of its slow steps, as before."""
    with op.batch_alter_table(TABLE) as batch:
        batch.add_column(sa.Column("slow_more", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("slow_from", sa.Float(), nullable=True))
    with op.batch_alter_table(TABLE) as batch:
        batch.alter_column("slow_more", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as batch:
        batch.drop_column("slow_from")
        batch.drop_column("slow_more")
