"""Who waits at the door, who has turned out to be whom, and short codes

Revision: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rooms_member") as member:
        member.add_column(sa.Column("is_stranger", sa.Boolean(), nullable=False, server_default=sa.false()))
        member.add_column(sa.Column("waits_until", sa.String(24), nullable=True))
        member.add_column(sa.Column("same_as", sa.String(), nullable=True))
        member.create_check_constraint(op.f("ck_rooms_member_waits"), "(state = 'waiting') = (waits_until IS NOT NULL)")
    with op.batch_alter_table("rooms_member") as member:
        member.alter_column("is_stranger", server_default=None)
    op.create_table(
        "people_room_code",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("room_id", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_people_room_code"),
    )
    op.create_index("ix_people_room_code_room_id", "people_room_code", ["room_id"])


def downgrade() -> None:
    op.drop_table("people_room_code")
    with op.batch_alter_table("rooms_member") as member:
        member.drop_constraint(op.f("ck_rooms_member_waits"), type_="check")
        for name in ("same_as", "waits_until", "is_stranger"):
            member.drop_column(name)
