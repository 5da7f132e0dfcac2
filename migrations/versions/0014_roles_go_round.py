"""Meeting roles go round: who has held, claimed, been asked and declined; wishes, figures, suggestions

Revision: 0014, after 0013
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ROLES = ("leader", "recorder", "timekeeper", "facilitator")
WHYS = ("never_yet", "fewest", "longest_ago", "stays", "nobody")


def upgrade() -> None:
    _table("meetings_held", *_ids("meeting_id", "day", "member_id"), *_role("meetings_held"))
    _table(
        "meetings_claim",
        *_ids("member_id"),
        *_ids("meeting_id", "after_id", nullable=True),
        *_role("meetings_claim"),
    )
    _table("meetings_offer", *_ids("member_id"), *_ids("by", nullable=True), *_role("meetings_offer"))
    _table("meetings_declined", sa.Column("offer_ids", sa.Text(), nullable=False))
    _table("meetings_preference", *_ids("member_id"), sa.Column("types_little", sa.Boolean(), nullable=False))
    _table("meetings_data_partner", *_ids("member_id"))
    table = "meetings_suggestion"
    _table(
        table,
        *_ids("member_id", "last_day", nullable=True),
        *_role(table),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("passed_over", sa.Text(), nullable=False),
        _one_of(table, "why", *WHYS),
        sa.CheckConstraint("times >= 0", name=op.f(f"ck_{table}_times")),
        sa.CheckConstraint("(why = 'nobody') = (member_id IS NULL)", name=op.f(f"ck_{table}_nobody")),
    )


def downgrade() -> None:
    for name in ("suggestion", "data_partner", "preference", "declined", "offer", "claim", "held"):
        op.drop_table(f"meetings_{name}")


def _table(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(name, *_of_every_row(name), *columns)


def _ids(*names: str, nullable: bool = False) -> Iterator[sa.schema.SchemaItem]:
    yield from (sa.Column(name, sa.String(), nullable=nullable) for name in names)


def _role(table: str) -> Iterator[sa.schema.SchemaItem]:
    yield sa.Column("role", sa.Text(), nullable=False)
    yield _one_of(table, "role", *ROLES)


def _of_every_row(table: str) -> Iterator[sa.schema.SchemaItem]:
    yield from (sa.Column(name, sa.String(), nullable=False) for name in ("room_id", "id"))
    yield from (sa.Column(name, sa.String(), nullable=True) for name in ("owner_id", "locked_by"))
    yield sa.Column("created_at", sa.String(24), nullable=False)
    yield from (sa.Column(name, sa.String(24), nullable=True) for name in ("removed_at", "redacted_at"))
    yield sa.PrimaryKeyConstraint("room_id", "id", name=f"pk_{table}")
    yield sa.ForeignKeyConstraint(["room_id"], ["rooms_head.room_id"], name=f"fk_{table}_room_id", ondelete="CASCADE")


def _one_of(table: str, name: str, *choices: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return sa.CheckConstraint(f"{name} IN ({listed})", name=op.f(f"ck_{table}_{name}"))
