"""The room votes

Revision: 0021, after 0020
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

LIVE = sa.text("state NOT IN ('decided', 'void') AND NOT apart")


def upgrade() -> None:
    _ballot()
    op.create_table(
        "votes_option",
        *_of_every_row("votes_option"),
        *_belongs_to("votes_option", "ballot_id"),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("letter", "of_id")),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("was", "reason")),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.String(24), nullable=True),
        _no_longer_than("votes_option", "reason", 600),
    )
    op.create_table(
        "votes_voter",
        *_of_every_row("votes_voter"),
        *_belongs_to("votes_voter", "ballot_id"),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("votes", sa.Boolean(), nullable=False),
    )
    _counts()
    op.create_table(
        "votes_dots",
        *_of_every_row("votes_dots"),
        *_belongs_to("votes_dots", "ballot_id"),
        sa.Column("member_id", sa.String(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("votes", "refunded")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("abstaining", "finished", "proxy")),
    )


def downgrade() -> None:
    for name in ("dots", "tally", "turnout", "voter", "option", "ballot"):
        op.drop_table(f"votes_{name}")


def _ballot() -> None:
    table = "votes_ballot"
    numbers = ("began", "given", "votes_each", "per_item", "round")
    moments = ("opened_at", "ends_at", "paused_at", "closed_at", "revealed_at", "decided_at", "until", "due_at")
    op.create_table(
        table,
        *_of_every_row(table),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in numbers),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("seconds", "electorate")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "of", "mode", "weights", "sure", "kept")),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("question", "previous_id", "reason", "void_reason")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("votes_set", "must_use_all", "apart")),
        *(sa.Column(name, sa.String(24), nullable=True) for name in moments),
        sa.Column("preset", sa.String(), nullable=False),
        sa.Column("void_why", sa.Text(), nullable=True),
        _one_of(table, "of", "ideas", "themes", "cards"),
        _one_of(table, "mode", "secret", "open"),
        _one_of(table, "state", "draft", "clarify", "open", "closed", "revealed", "decided", "void"),
        _one_of(table, "void_why", "coach", "no_votes", "forgotten", "lost"),
        _no_longer_than(table, "question", 120),
        _no_longer_than(table, "reason", 600),
        _no_longer_than(table, "void_reason", 600),
        sa.CheckConstraint("votes_each > 0 AND per_item > 0 AND round > 0", name=op.f(f"ck_{table}_limits")),
        sa.CheckConstraint("(state = 'void') = (void_why IS NOT NULL)", name=op.f(f"ck_{table}_void")),
        sa.CheckConstraint("NOT apart OR until IS NOT NULL", name=op.f(f"ck_{table}_apart")),
    )
    op.create_index("uq_votes_ballot_live", table, ["room_id"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE)


def _counts() -> None:
    op.create_table(
        "votes_turnout",
        *_of_every_row("votes_turnout"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("finished", "of")),
        sa.Column("patients_waiting", sa.Boolean(), nullable=True),
        sa.CheckConstraint("finished >= 0 AND of >= 0", name=op.f("ck_votes_turnout_counts")),
        _points_to_ballot("votes_turnout", "id"),
    )
    numbers = ("electorate", "ballots", "abstained", "under_spent", "by_proxy", "spent")
    op.create_table(
        "votes_tally",
        *_of_every_row("votes_tally"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("lines", "groups", "cuts", "from_patients")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in numbers),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.CheckConstraint("ballots + abstained <= electorate", name=op.f("ck_votes_tally_turnout")),
        _points_to_ballot("votes_tally", "id"),
    )


def _of_every_row(table: str) -> Iterator[sa.schema.SchemaItem]:
    yield from (sa.Column(name, sa.String(), nullable=False) for name in ("room_id", "id"))
    yield from (sa.Column(name, sa.String(), nullable=True) for name in ("owner_id", "locked_by"))
    yield sa.Column("created_at", sa.String(24), nullable=False)
    yield from (sa.Column(name, sa.String(24), nullable=True) for name in ("removed_at", "redacted_at"))
    yield sa.PrimaryKeyConstraint("room_id", "id", name=f"pk_{table}")
    yield sa.ForeignKeyConstraint(["room_id"], ["rooms_head.room_id"], name=f"fk_{table}_room_id", ondelete="CASCADE")


def _belongs_to(table: str, column: str) -> Iterator[sa.schema.SchemaItem]:
    yield sa.Column(column, sa.String(), nullable=False)
    yield _points_to_ballot(table, column)


def _points_to_ballot(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["room_id", column], ["votes_ballot.room_id", "votes_ballot.id"], name=f"fk_{table}_room_id_{column}"
    )


def _one_of(table: str, name: str, *choices: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return sa.CheckConstraint(f"{name} IN ({listed})", name=op.f(f"ck_{table}_{name}"))


def _no_longer_than(table: str, name: str, limit: int) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length({name}) <= {limit}", name=op.f(f"ck_{table}_{name}_length"))
