"""Where a vote was cut

Revision: 0024, after 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("votes_ballot", sa.Column("line", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("votes_ballot", "line")
