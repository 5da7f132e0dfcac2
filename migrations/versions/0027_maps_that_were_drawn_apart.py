"""Maps that were drawn apart

Revision: 0027, after 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("process_map_change") as batch:
        batch.add_column(sa.Column("apart", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("process_map_change") as batch:
        batch.alter_column("apart", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("process_map_change") as batch:
        batch.drop_column("apart")
