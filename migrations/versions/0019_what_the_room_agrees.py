"""Ground rules, can we live with it, and what words mean

Revision: 0019, after 0018
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _rules()
    _consent()
    op.create_table(
        "meetings_term",
        *_of_every_row("meetings_term"),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("word", "meaning")),
        sa.Column("times", sa.Integer(), nullable=False),
        _no_longer_than("meetings_term", "word", 60),
        _no_longer_than("meetings_term", "meaning", 600),
    )
    op.create_table(
        "meetings_question",
        *_of_every_row("meetings_question"),
        sa.Column("word", sa.String(), nullable=True),
        _no_longer_than("meetings_question", "word", 60),
    )


def downgrade() -> None:
    for name in ("question", "term", "stance", "consent", "rules_version", "ground_rule"):
        op.drop_table(f"meetings_{name}")


def _rules() -> None:
    table = "meetings_ground_rule"
    op.create_table(
        table,
        *_of_every_row(table),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("text", "by", "replaces")),
        sa.Column("rank", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("since", "until")),
        sa.Column("read_at", sa.String(24), nullable=True),
        _one_of(table, "state", "proposed", "agreed", "going", "gone"),
        _no_longer_than(table, "text", 280),
        sa.CheckConstraint("(state = 'proposed') = (since IS NULL)", name=op.f(f"ck_{table}_since")),
        sa.CheckConstraint("(state = 'gone') = (until IS NOT NULL)", name=op.f(f"ck_{table}_until")),
    )
    op.create_table(
        "meetings_rules_version",
        *_of_every_row("meetings_rules_version"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.String(24), nullable=False),
        sa.UniqueConstraint("room_id", "number", name="uq_meetings_rules_version_room_id_number"),
        sa.CheckConstraint("number > 0", name=op.f("ck_meetings_rules_version_number")),
    )


def _consent() -> None:
    table = "meetings_consent"
    counts = ("began", "written", "asking", "yes", "yes_but", "not_yet")
    op.create_table(
        table,
        *_of_every_row(table),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("mode", "state", "asked", "target")),
        sa.Column("target_id", sa.String(), nullable=False),
        _one_of(table, "mode", "named", "voice", "unsigned"),
        _one_of(table, "state", "writing", "revealed"),
        _one_of(table, "target", "rules", "aim", "decision"),
        sa.CheckConstraint("written >= 0", name=op.f(f"ck_{table}_written")),
        sa.CheckConstraint("yes >= 0 AND yes_but >= 0 AND not_yet >= 0", name=op.f(f"ck_{table}_counts")),
    )
    op.create_table(
        "meetings_stance",
        *_of_every_row("meetings_stance"),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("capture_id", "speaker", "text")),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        _one_of("meetings_stance", "says", "yes", "yes_but", "not_yet"),
        _no_longer_than("meetings_stance", "text", 600),
        sa.ForeignKeyConstraint(
            ["room_id", "capture_id"],
            ["meetings_consent.room_id", "meetings_consent.id"],
            name="fk_meetings_stance_room_id_capture_id",
        ),
    )


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


def _no_longer_than(table: str, name: str, limit: int) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length({name}) <= {limit}", name=op.f(f"ck_{table}_{name}_length"))
