"""Change ideas, what becomes of them, and who does it well already

Revision: 0020, after 0019
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

STATES = (
    "raw",
    "clarified",
    "merged",
    "on_ballot",
    "selected",
    "not_now",
    "testing",
    "adopted",
    "adapted",
    "abandoned",
)


def upgrade() -> None:
    _capture()
    _idea()
    _step_and_merge()
    op.create_table(
        "ideas_benchmark",
        *_of_every_row("ideas_benchmark"),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("place", "text", "url", "author_id")),
        _no_longer_than("ideas_benchmark", "place", 120),
        _no_longer_than("ideas_benchmark", "text", 600),
    )


def downgrade() -> None:
    for name in ("benchmark", "merge", "step", "idea", "capture"):
        op.drop_table(f"ideas_{name}")


def _capture() -> None:
    table = "ideas_capture"
    op.create_table(
        table,
        *_of_every_row(table),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("began", "written", "asking")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("mode", "state", "asked")),
        sa.Column("until", sa.String(24), nullable=True),
        _one_of(table, "mode", "named", "voice", "unsigned"),
        _one_of(table, "state", "writing", "revealed"),
        sa.CheckConstraint("written >= 0", name=op.f(f"ck_{table}_written")),
    )


def _idea() -> None:
    table = "ideas_idea"
    said = ("text", "note", "original", "letter", "voice", "concept")
    people = ("author_id", "proxy_for", "corrected_by", "speaker")
    points_to = ("capture_id", "merged_into", "card_id", "theme_id", "aim_id")
    op.create_table(
        table,
        *_of_every_row(table),
        *(sa.Column(name, sa.String(), nullable=True) for name in (*said, *people, *points_to)),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("hidden", "held", "from_patient")),
        sa.Column("outside_control", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.String(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("impact", "effort")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "credited")),
        _one_of(table, "state", *STATES),
        sa.CheckConstraint("(state = 'merged') = (merged_into IS NOT NULL)", name=op.f(f"ck_{table}_merged")),
        *(
            sa.CheckConstraint(f"{name} IS NULL OR {name} BETWEEN 1 AND 5", name=op.f(f"ck_{table}_{name}"))
            for name in ("impact", "effort")
        ),
        *(_no_longer_than(table, name, most) for name, most in (("text", 280), ("original", 280), ("note", 600))),
        _points_to(table, "card_id", "board_card"),
        _points_to(table, "theme_id", "board_theme"),
        _points_to(table, "aim_id", "roadmap_aim"),
    )


def _step_and_merge() -> None:
    op.create_table(
        "ideas_step",
        *_of_every_row("ideas_step"),
        sa.Column("idea_id", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("ballot_id", "reason", "by")),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("round", "points", "place")),
        _one_of("ideas_step", "state", *STATES),
        _no_longer_than("ideas_step", "reason", 600),
        _points_to("ideas_step", "idea_id", "ideas_idea"),
    )
    op.create_table(
        "ideas_merge",
        *_of_every_row("ideas_merge"),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("into_id", "asked_by")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "idea_ids", "waiting", "spoken_for")),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("nobodys", sa.Boolean(), nullable=False),
        sa.Column("settled_by", sa.String(), nullable=True),
        _one_of("ideas_merge", "state", "asked", "merged", "declined", "undone"),
        _points_to("ideas_merge", "into_id", "ideas_idea"),
    )


def _of_every_row(table: str) -> Iterator[sa.schema.SchemaItem]:
    yield from (sa.Column(name, sa.String(), nullable=False) for name in ("room_id", "id"))
    yield from (sa.Column(name, sa.String(), nullable=True) for name in ("owner_id", "locked_by"))
    yield sa.Column("created_at", sa.String(24), nullable=False)
    yield from (sa.Column(name, sa.String(24), nullable=True) for name in ("removed_at", "redacted_at"))
    yield sa.PrimaryKeyConstraint("room_id", "id", name=f"pk_{table}")
    yield sa.ForeignKeyConstraint(["room_id"], ["rooms_head.room_id"], name=f"fk_{table}_room_id", ondelete="CASCADE")


def _points_to(table: str, name: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["room_id", name], [f"{other}.room_id", f"{other}.id"], name=f"fk_{table}_room_id_{name}"
    )


def _one_of(table: str, name: str, *choices: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return sa.CheckConstraint(f"{name} IN ({listed})", name=op.f(f"ck_{table}_{name}"))


def _no_longer_than(table: str, name: str, limit: int) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length({name}) <= {limit}", name=op.f(f"ck_{table}_{name}_length"))
