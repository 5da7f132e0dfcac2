"""A room with its log, people, roadmap and board

Revision: 0001, the first
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

PARTS = ("coach", "member", "sponsor", "observer", "wall")
NAME, TITLE, CARD, NOTE = 60, 120, 280, 600

TABLES = (
    *("people_account", "people_session", "people_membership", "people_account_membership"),
    *("people_token", "people_invitation_token", "people_way_back"),
    *("rooms_head", "rooms_log"),
    *("rooms_room", "rooms_member", "rooms_invitation", "rooms_place", "rooms_role"),
    *("roadmap_step", "roadmap_aim"),
    *("board_board", "board_theme", "board_card", "board_card_text"),
)


def upgrade() -> None:
    _accounts_and_browsers()
    _ways_in()
    _log()
    _room()
    _people_of_the_room()
    _roadmap()
    _board()
    _cards()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _accounts_and_browsers() -> None:
    op.create_table(
        "people_account",
        *(_text(name) for name in ("id", "email", "name", "password_hash")),
        _moment("created_at"),
        _moment("disabled_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_people_account"),
        sa.UniqueConstraint("email", name="uq_people_account_email"),
    )
    op.create_table(
        "people_session",
        *(_text(name) for name in ("id", "token_hash")),
        _text("account_id", nullable=True),
        *(_moment(name) for name in ("created_at", "seen_at")),
        *(_moment(name, nullable=True) for name in ("ends_at", "ended_at")),
        sa.PrimaryKeyConstraint("id", name="pk_people_session"),
        sa.UniqueConstraint("token_hash", name="uq_people_session_token_hash"),
        _belongs_to("people_account", "people_session", "account_id"),
    )
    for column in ("account_id", "ends_at", "ended_at"):
        op.create_index(f"ix_people_session_{column}", "people_session", [column])
    for table, whose, owner in (
        ("people_membership", "session_id", "people_session"),
        ("people_account_membership", "account_id", "people_account"),
    ):
        op.create_table(
            table,
            *(_text(name) for name in (whose, "room_id", "member_id")),
            sa.PrimaryKeyConstraint(whose, "room_id", name=f"pk_{table}"),
            _belongs_to(owner, table, whose),
        )


def _ways_in() -> None:
    op.create_table(
        "people_token",
        *(_text(name) for name in ("hash", "purpose")),
        _text("account_id", nullable=True),
        *(_moment(name, nullable=True) for name in ("expires_at", "used_at")),
        sa.PrimaryKeyConstraint("hash", name="pk_people_token"),
        _belongs_to("people_account", "people_token", "account_id"),
        _one_of("people_token", "purpose", "setup", "operator_invite", "sign_in"),
        _check("people_token", "account_id", "(purpose = 'sign_in') = (account_id IS NOT NULL)"),
    )
    op.create_table(
        "people_invitation_token",
        *(_text(name) for name in ("hash", "room_id", "invitation_id")),
        sa.PrimaryKeyConstraint("hash", name="pk_people_invitation_token"),
    )
    op.create_index("ix_people_invitation_token_room_id", "people_invitation_token", ["room_id"])
    op.create_table(
        "people_way_back",
        *(_text(name) for name in ("room_id", "member_id", "link_hash", "phrase_hash")),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("room_id", "member_id", name="pk_people_way_back"),
        sa.UniqueConstraint("link_hash", name="uq_people_way_back_link_hash"),
        sa.UniqueConstraint("phrase_hash", name="uq_people_way_back_phrase_hash"),
    )


def _log() -> None:
    op.create_table(
        "rooms_head",
        _text("room_id"),
        _number("seq"),
        _text("epoch"),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("room_id", name="pk_rooms_head"),
    )
    op.create_table(
        "rooms_log",
        _text("room_id"),
        _number("seq"),
        _moment("at"),
        _text("by", nullable=True),
        _text("command_id"),
        _number("shape"),
        *(_long(name) for name in ("fact", "puts", "drops", "kept", "resets")),
        sa.PrimaryKeyConstraint("room_id", "seq", name="pk_rooms_log"),
        _in_room("rooms_log"),
        _check("rooms_log", "seq", "seq > 0"),
    )
    op.create_index("uq_rooms_log_command", "rooms_log", ["room_id", "command_id"], unique=True)


def _room() -> None:
    _rows(
        "rooms_room",
        *(_text(name) for name in ("name", "method", "language", "timezone")),
        _number("method_version"),
        *(_long(name) for name in ("pathway", "door")),
        _one_of("rooms_room", "door", "open", "lobby"),
        _no_longer_than("rooms_room", "name", NAME),
    )
    _rows(
        "rooms_place",
        _text("view"),
        _text("by", nullable=True),
        sa.UniqueConstraint("room_id", name="uq_rooms_place_room_id"),
    )


def _people_of_the_room() -> None:
    _rows(
        "rooms_member",
        _text("name"),
        *(_text(name, nullable=True) for name in ("voice", "microsystem")),
        *(_long(name) for name in ("part", "state")),
        _truth("without_device"),
        _one_of("rooms_member", "part", *PARTS),
        _one_of("rooms_member", "state", "active", "waiting", "removed"),
        _no_longer_than("rooms_member", "name", NAME),
    )
    _rows(
        "rooms_invitation",
        _long("part"),
        _moment("expires_at", nullable=True),
        _number("max_uses", nullable=True),
        _number("uses"),
        _moment("revoked_at", nullable=True),
        _one_of("rooms_invitation", "part", *PARTS),
        _check("rooms_invitation", "uses", "max_uses IS NULL OR uses <= max_uses"),
    )
    _rows(
        "rooms_role",
        _long("role"),
        _text("member_id", nullable=True),
        _one_of("rooms_role", "role", "leader", "recorder", "timekeeper", "facilitator"),
        sa.UniqueConstraint("room_id", "role", name="uq_rooms_role_room_id_role"),
    )


def _roadmap() -> None:
    _rows(
        "roadmap_step",
        *(_text(name) for name in ("stage", "key")),
        _long("state"),
        *(_text(name, nullable=True) for name in ("note", "changed_by")),
        _moment("changed_at", nullable=True),
        _one_of("roadmap_step", "state", "not_started", "doing", "done"),
        _no_longer_than("roadmap_step", "note", NOTE),
        sa.UniqueConstraint("room_id", "stage", "key", name="uq_roadmap_step_room_id_stage_key"),
    )
    _rows(
        "roadmap_aim",
        *(_long(name) for name in ("kind", "state")),
        _long("slots", nullable=True),
        _moment("agreed_at", nullable=True),
        _one_of("roadmap_aim", "kind", "global", "specific"),
        _one_of("roadmap_aim", "state", "draft", "proposed", "agreed"),
    )


def _board() -> None:
    _rows(
        "board_board",
        _text("title"),
        _text("step_key", nullable=True),
        *(_long(name) for name in ("audience", "columns")),
        _one_of("board_board", "audience", "all", "coaches"),
    )
    _rows(
        "board_theme",
        *(_text(name) for name in ("board_id", "rank")),
        _long("audience"),
        *(_text(name, nullable=True) for name in ("title", "reason")),
        _moment("chosen_at", nullable=True),
        _one_of("board_theme", "audience", "all", "coaches"),
        _no_longer_than("board_theme", "title", TITLE),
        _no_longer_than("board_theme", "reason", NOTE),
        _belongs_to_row("board_board", "board_theme", "board_id"),
    )


def _cards() -> None:
    _rows(
        "board_card",
        *(_text(name) for name in ("board_id", "column", "rank")),
        *(_long(name) for name in ("audience", "evidence")),
        _number("rev"),
        *(_text(name, nullable=True) for name in ("text", "kind", "author_id", "proxy_for", "voice")),
        *(_text(name, nullable=True) for name in ("corrected_by", "original", "theme_id")),
        _long("confidence", nullable=True),
        *(_truth(name) for name in ("from_patient", "hidden")),
        _one_of("board_card", "audience", "all", "coaches"),
        _one_of("board_card", "confidence", "know", "think", "find_out"),
        _no_longer_than("board_card", "text", CARD),
        _belongs_to_row("board_board", "board_card", "board_id"),
    )
    _rows(
        "board_card_text",
        _text("card_id"),
        _long("audience"),
        *(_text(name, nullable=True) for name in ("text", "by")),
        _number("base_rev"),
        _truth("hidden"),
        _one_of("board_card_text", "audience", "all", "coaches"),
        _no_longer_than("board_card_text", "text", CARD),
        _belongs_to_row("board_card", "board_card_text", "card_id"),
    )


def _rows(table: str, *fields: SchemaItem) -> None:
    """A table of rows that people in a room see: what every row has, then its own."""
    op.create_table(
        table,
        *(_text(name) for name in ("room_id", "id")),
        *(_text(name, nullable=True) for name in ("owner_id", "locked_by")),
        _moment("created_at"),
        *(_moment(name, nullable=True) for name in ("removed_at", "redacted_at")),
        *fields,
        sa.PrimaryKeyConstraint("room_id", "id", name=f"pk_{table}"),
        _in_room(table),
    )


def _text(name: str, *, nullable: bool = False) -> SchemaItem:
    return sa.Column(name, sa.String(), nullable=nullable)


def _long(name: str, *, nullable: bool = False) -> SchemaItem:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> SchemaItem:
    return sa.Column(name, sa.String(24), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> SchemaItem:
    return sa.Column(name, sa.Integer(), nullable=nullable, autoincrement=False)


def _truth(name: str) -> SchemaItem:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _check(table: str, name: str, promise: str) -> SchemaItem:
    return sa.CheckConstraint(promise, name=op.f(f"ck_{table}_{name}"))


def _one_of(table: str, column: str, *choices: str) -> SchemaItem:
    return _check(table, column, f"{column} IN ({', '.join(repr(choice) for choice in choices)})")


def _no_longer_than(table: str, column: str, limit: int) -> SchemaItem:
    return _check(table, f"{column}_length", f"length({column}) <= {limit}")


def _in_room(table: str) -> SchemaItem:
    name = f"fk_{table}_room_id"
    return sa.ForeignKeyConstraint(["room_id"], ["rooms_head.room_id"], name=name, ondelete="CASCADE")


def _belongs_to(other: str, table: str, column: str) -> SchemaItem:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}")


def _belongs_to_row(other: str, table: str, column: str) -> SchemaItem:
    """The other row is of the same room: rooms are walls."""
    columns, others = ["room_id", column], [f"{other}.room_id", f"{other}.id"]
    return sa.ForeignKeyConstraint(columns, others, name=f"fk_{table}_room_id_{column}")
