"""Coaches sign in at a provider: identities, and accounts without a password

Revision: 0006, after 0005
"""

import secrets

import sqlalchemy as sa
from alembic import op
from pwdlib.hashers.argon2 import Argon2Hasher

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _password(may_be_missing=True)
    op.create_table(
        "people_identity",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("issuer", "subject", "account_id")),
        sa.Column("linked_at", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_people_identity"),
        sa.ForeignKeyConstraint(["account_id"], ["people_account.id"], name="fk_people_identity_account_id"),
    )
    op.create_index("ix_people_identity_account_id", "people_identity", ["account_id"])


def downgrade() -> None:
    op.drop_table("people_identity")
    # Who never had a password gets one that nobody knows.
    accounts = sa.table("people_account", sa.column("password_hash", sa.String))
    nobodys = Argon2Hasher().hash(secrets.token_urlsafe())
    op.execute(accounts.update().where(accounts.c.password_hash.is_(None)).values(password_hash=nobodys))
    _password(may_be_missing=False)


def _password(*, may_be_missing: bool) -> None:
    with op.batch_alter_table("people_account") as table:
        table.alter_column("password_hash", existing_type=sa.String(), nullable=may_be_missing)
