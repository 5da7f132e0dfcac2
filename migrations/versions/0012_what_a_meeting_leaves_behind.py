"""What a meeting leaves behind: actions, decisions, and what was parked

Revision: 0012, after 0011
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _actions()
    _decisions()
    _parked()


def downgrade() -> None:
    for table in ("meetings_parked", "meetings_decision", "meetings_action"):
        op.drop_table(table)


def _actions() -> None:
    table = "meetings_action"
    op.create_table(
        table,
        *_of_every_row(table),
        *_texts("text", "author_id", "meeting_id", "item_id", "due_meeting_id", "due_on"),
        *_texts("answered_by", "answered_for"),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("rev", "carried")),
        sa.Column("sponsor_ask", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.String(24), nullable=True) for name in ("settled_at", "answered_at")),
        _one_of(table, "state", "open", "done", "dropped"),
        _check(table, "carried", "carried >= 0"),
        _check(table, "due", "due_meeting_id IS NULL OR due_on IS NULL"),
        _check(table, "settled", "(state = 'open') = (settled_at IS NULL)"),
        _check(table, "answered", "(answered_by IS NULL) = (answered_at IS NULL)"),
        _no_longer_than(table, "text", 280),
        _points(table, "member_id", "rooms_member"),
        _points(table, "meeting_id", "meetings_meeting"),
        _points(table, "due_meeting_id", "meetings_meeting"),
    )


def _decisions() -> None:
    table = "meetings_decision"
    op.create_table(
        table,
        *_of_every_row(table),
        *_texts("text", "author_id", "corrected_by", "original", "dissent", "review_on", "meeting_id", "item_id"),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        _one_of(table, "method", "consensus", "multi_vote", "leader"),
        _no_longer_than(table, "text", 280),
        _no_longer_than(table, "original", 280),
        _no_longer_than(table, "dissent", 600),
        _points(table, "meeting_id", "meetings_meeting"),
    )


def _parked() -> None:
    table = "meetings_parked"
    op.create_table(
        table,
        *_of_every_row(table),
        *_texts("text", "author_id", "card_id", "meeting_id", "item_id"),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _one_of(table, "state", "parked", "on_agenda", "dropped"),
        _check(table, "on_agenda", "(state = 'on_agenda') = (item_id IS NOT NULL)"),
        _check(table, "says", "text IS NULL OR card_id IS NULL"),
        _no_longer_than(table, "text", 120),
        _points(table, "card_id", "board_card"),
        _points(table, "meeting_id", "meetings_meeting"),
    )


def _of_every_row(table: str) -> Iterator[sa.schema.SchemaItem]:
    yield from (sa.Column(name, sa.String(), nullable=False) for name in ("room_id", "id"))
    yield from _texts("owner_id", "locked_by")
    yield sa.Column("created_at", sa.String(24), nullable=False)
    yield from (sa.Column(name, sa.String(24), nullable=True) for name in ("removed_at", "redacted_at"))
    yield sa.PrimaryKeyConstraint("room_id", "id", name=f"pk_{table}")
    yield sa.ForeignKeyConstraint(["room_id"], ["rooms_head.room_id"], name=f"fk_{table}_room_id", ondelete="CASCADE")


def _texts(*names: str) -> Iterator[sa.Column[str]]:
    return (sa.Column(name, sa.String(), nullable=True) for name in names)


def _points(table: str, field: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_room_id_{field}"
    return sa.ForeignKeyConstraint(["room_id", field], [f"{to}.room_id", f"{to}.id"], name=name)


def _check(table: str, name: str, promise: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(promise, name=op.f(f"ck_{table}_{name}"))


def _one_of(table: str, name: str, *choices: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return _check(table, name, f"{name} IN ({listed})")


def _no_longer_than(table: str, name: str, limit: int) -> sa.CheckConstraint:
    return _check(table, f"{name}_length", f"length({name}) <= {limit}")
