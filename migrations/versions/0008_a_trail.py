"""A trail of who came in and what was given, copied and taken away, which only grows

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WRITTEN = ("id", "at", "what", "room_id", "digest")
CHAIN = ("n", "previous", "hash")
NO = "an entry of the trail stays as it is"


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("room_id", sa.String(), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("previous", sa.String(), nullable=True),
        sa.Column("hash", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
        sa.UniqueConstraint("n", name="uq_audit_entry_n"),
        sa.CheckConstraint(
            "(n IS NULL) = (hash IS NULL) AND (n IS NULL) = (previous IS NULL) AND (n IS NULL OR n > 0)",
            name=op.f("ck_audit_entry_chained"),
        ),
    )
    op.create_index("ix_audit_entry_room_id", "audit_entry", ["room_id"])
    if op.get_bind().dialect.name == "sqlite":
        _refuse_on_sqlite()
    else:
        _refuse_on_postgresql()


def downgrade() -> None:
    op.drop_table("audit_entry")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_entry_stays()")


def _changed(is_not: str) -> str:
    """Anything but: a place in the chain for an entry that has none, and details that go."""
    other = " OR ".join(f"NEW.{name} {is_not} OLD.{name}" for name in WRITTEN)
    moved = " OR ".join(f"NEW.{name} {is_not} OLD.{name}" for name in CHAIN)
    said = f"NEW.details IS NOT NULL AND NEW.details {is_not} OLD.details"
    return f"{other} OR ({said}) OR (OLD.n IS NOT NULL AND ({moved}))"


def _refuse_on_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{NO}'); END"
    op.execute(f"CREATE TRIGGER audit_entry_not_deleted BEFORE DELETE ON audit_entry {refuse}")
    op.execute(
        f"CREATE TRIGGER audit_entry_not_changed BEFORE UPDATE ON audit_entry WHEN {_changed('IS NOT')} {refuse}"
    )


def _refuse_on_postgresql() -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{NO}'; END $$"
    )
    refuse = "EXECUTE FUNCTION audit_entry_stays()"
    op.execute(f"CREATE TRIGGER audit_entry_not_deleted BEFORE DELETE ON audit_entry FOR EACH ROW {refuse}")
    op.execute(f"CREATE TRIGGER audit_entry_not_emptied BEFORE TRUNCATE ON audit_entry {refuse}")
    op.execute(
        "CREATE TRIGGER audit_entry_not_changed BEFORE UPDATE ON audit_entry FOR EACH ROW "
        f"WHEN ({_changed('IS DISTINCT FROM')}) {refuse}"
    )
