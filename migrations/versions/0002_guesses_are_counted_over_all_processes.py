"""Guesses are counted over all processes

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people_guess",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("id", "kind", "address")),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people_guess"),
    )
    op.create_index("ix_people_guess_kind_address", "people_guess", ["kind", "address"])
    op.create_index("ix_people_guess_at", "people_guess", ["at"])


def downgrade() -> None:
    op.drop_table("people_guess")
