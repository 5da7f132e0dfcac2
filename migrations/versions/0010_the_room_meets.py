"""The room meets: a series, its meetings, and what each is about

Revision: 0010, after 0009
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STEPS = ("objective", "roles", "agenda", "work", "record", "next", "evaluate")
LEADS = ("leader", "recorder", "timekeeper", "facilitator", "coach", "data_partner", "member")


def upgrade() -> None:
    op.create_table(
        "meetings_series",
        *_of_every_row("meetings_series"),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("starts_on", "start", "timezone")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("every_weeks", "minutes", "sequence")),
        sa.UniqueConstraint("room_id", name="uq_meetings_series_room_id"),
        sa.CheckConstraint("every_weeks IN (1, 2)", name=op.f("ck_meetings_series_every_weeks")),
        sa.CheckConstraint("minutes BETWEEN 10 AND 240", name=op.f("ck_meetings_series_minutes")),
    )
    _meetings()
    _items()


def downgrade() -> None:
    for table in ("meetings_item", "meetings_meeting", "meetings_series"):
        op.drop_table(table)


def _meetings() -> None:
    table = "meetings_meeting"
    texts = ("series_id", "template", "objective", "reason", "started_by", "item_id", "paused_by")
    op.create_table(
        table,
        *_of_every_row(table),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.String(24), nullable=False),
        *(sa.Column(name, sa.String(24), nullable=True) for name in ("started_at", "ended_at", "paused_at")),
        *(sa.Column(name, sa.String(), nullable=True) for name in texts),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("minutes", "sequence")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("is_without_coaches", "is_stopped")),
        _one_of(table, "state", "planned", "live", "ended", "skipped"),
        sa.CheckConstraint("minutes BETWEEN 10 AND 240", name=op.f(f"ck_{table}_minutes")),
        sa.CheckConstraint("(state IN ('live', 'ended')) = (started_at IS NOT NULL)", name=op.f(f"ck_{table}_started")),
        sa.CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name=op.f(f"ck_{table}_ended")),
        _no_longer_than(table, "objective", 120),
        _no_longer_than(table, "reason", 600),
    )
    live = sa.text("state = 'live'")
    op.create_index(
        "uq_meetings_meeting_live", table, ["room_id"], unique=True, sqlite_where=live, postgresql_where=live
    )


def _items() -> None:
    table = "meetings_item"
    texts = ("lead_id", "tool", "opens", "note", "link")
    op.create_table(
        table,
        *_of_every_row(table),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("meeting_id", "rank", "title")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("meeting_step", "state")),
        sa.Column("lead", sa.Text(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=True) for name in texts),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("minutes", "seconds", "spent_ms")),
        *(sa.Column(name, sa.String(24), nullable=True) for name in ("began_at", "ends_at", "rings_at")),
        sa.ForeignKeyConstraint(
            ["room_id", "meeting_id"],
            ["meetings_meeting.room_id", "meetings_meeting.id"],
            name=f"fk_{table}_room_id_meeting_id",
        ),
        _one_of(table, "meeting_step", *STEPS),
        _one_of(table, "lead", *LEADS),
        _one_of(table, "state", "waiting", "now", "done", "left"),
        sa.CheckConstraint("minutes BETWEEN 1 AND 180", name=op.f(f"ck_{table}_minutes")),
        sa.CheckConstraint("seconds >= 0", name=op.f(f"ck_{table}_seconds")),
        sa.CheckConstraint("began_at IS NULL OR state = 'now'", name=op.f(f"ck_{table}_began")),
        sa.CheckConstraint("(began_at IS NULL) = (ends_at IS NULL)", name=op.f(f"ck_{table}_ends")),
        sa.CheckConstraint("rings_at IS NULL OR ends_at IS NOT NULL", name=op.f(f"ck_{table}_rings")),
        _no_longer_than(table, "title", 120),
        _no_longer_than(table, "note", 600),
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
