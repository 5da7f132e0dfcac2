"""A path is a row of its own

Revision: 0026, after 0025
"""

import json
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

PATH, TOTALS = "process_map_path", "process_map_totals"
KEYS = ("room_id", "id")


def upgrade() -> None:
    op.create_table(
        PATH,
        *(sa.Column(name, sa.String(), nullable=False) for name in KEYS),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("owner_id", "locked_by")),
        sa.Column("created_at", sa.String(24), nullable=False),
        *(sa.Column(name, sa.String(24), nullable=True) for name in ("removed_at", "redacted_at")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("step_ids", "shares")),
        sa.PrimaryKeyConstraint(*KEYS, name=f"pk_{PATH}"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms_head.room_id"], name=f"fk_{PATH}_room_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            [*KEYS], ["process_map_map.room_id", "process_map_map.id"], name=f"fk_{PATH}_room_id_id"
        ),
    )
    with op.batch_alter_table(TOTALS) as batch:
        batch.add_column(sa.Column("missing_more", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table(TOTALS) as batch:
        batch.alter_column("missing_more", server_default=None)
    _move_paths(op.get_bind())


def downgrade() -> None:
    """The build before counts a path anew with the next change of its map."""
    with op.batch_alter_table(TOTALS) as batch:
        batch.drop_column("missing_more")
    op.drop_table(PATH)


def _move_paths(sql: sa.Connection) -> None:
    """Who comes back from before would miss the new rows: these rooms are read anew."""
    totals, paths = _table(TOTALS, "created_at", "path"), _table(PATH, "created_at", "step_ids", "shares")
    moved = sql.execute(sa.select(totals)).mappings().all()
    for row in moved:
        path = json.loads(row["path"])
        ids, shares = ([step[name] for step in path] for name in ("step_id", "share"))
        kept = {name: row[name] for name in (*KEYS, "created_at")}
        sql.execute(paths.insert().values(**kept, step_ids=json.dumps(ids), shares=json.dumps(shares)))
    sql.execute(totals.update().values(path="[]"))
    heads = sa.table("rooms_head", sa.column("room_id", sa.String()), sa.column("epoch", sa.String()))
    for room_id in {row["room_id"] for row in moved}:
        sql.execute(heads.update().where(heads.c.room_id == room_id).values(epoch=str(uuid4())))


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(column, sa.String()) for column in (*KEYS, *columns)))
