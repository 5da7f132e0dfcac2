"""Papers in boxes, and the score of a meeting

Revision: 0016, after 0015
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rooms_paper",
        *_of_every_row("rooms_paper"),
        sa.Column("box_id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "meetings_score",
        *_of_every_row("meetings_score"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("began", "given")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "distribution")),
        sa.Column("mean", sa.Float(), nullable=True),
        sa.Column("forgotten_at", sa.String(24), nullable=True),
        _one_of("meetings_score", "state", "open", "revealed", "void"),
        sa.CheckConstraint("given >= 0", name=op.f("ck_meetings_score_given")),
        sa.CheckConstraint("mean BETWEEN 0 AND 10", name=op.f("ck_meetings_score_mean")),
        sa.CheckConstraint("state = 'revealed' OR mean IS NULL", name=op.f("ck_meetings_score_revealed")),
        _belongs_to("meetings_score", "id", "meetings_meeting"),
    )
    op.create_table(
        "meetings_score_word",
        *_of_every_row("meetings_score_word"),
        sa.Column("score_id", sa.String(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        _one_of("meetings_score_word", "says", "keep", "change"),
        sa.CheckConstraint("length(text) <= 40", name=op.f("ck_meetings_score_word_text_length")),
        sa.CheckConstraint("times > 0", name=op.f("ck_meetings_score_word_times")),
        _belongs_to("meetings_score_word", "score_id", "meetings_score"),
    )


def downgrade() -> None:
    for table in ("meetings_score_word", "meetings_score", "rooms_paper"):
        op.drop_table(table)


def _of_every_row(table: str) -> Iterator[sa.schema.SchemaItem]:
    yield from (sa.Column(name, sa.String(), nullable=False) for name in ("room_id", "id"))
    yield from (sa.Column(name, sa.String(), nullable=True) for name in ("owner_id", "locked_by"))
    yield sa.Column("created_at", sa.String(24), nullable=False)
    yield from (sa.Column(name, sa.String(24), nullable=True) for name in ("removed_at", "redacted_at"))
    yield sa.PrimaryKeyConstraint("room_id", "id", name=f"pk_{table}")
    yield sa.ForeignKeyConstraint(["room_id"], ["rooms_head.room_id"], name=f"fk_{table}_room_id", ondelete="CASCADE")


def _belongs_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["room_id", column], [f"{other}.room_id", f"{other}.id"], name=f"fk_{table}_room_id_{column}"
    )


def _one_of(table: str, name: str, *choices: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return sa.CheckConstraint(f"{name} IN ({listed})", name=op.f(f"ck_{table}_{name}"))
