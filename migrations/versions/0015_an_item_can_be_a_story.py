"""An item can be somebody's story

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meetings_item") as batch:
        batch.add_column(sa.Column("is_story", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("meetings_item") as batch:
        batch.alter_column("is_story", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("meetings_item") as batch:
        batch.drop_column("is_story")
