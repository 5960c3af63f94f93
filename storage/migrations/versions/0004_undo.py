"""What can be undone for a minute: answers to applications, and removals, which are rows of their own."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigId, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UNSETTLED = sa.text("undo_until IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("applications") as table:
        table.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("undo_until", UtcDateTime(), nullable=True))
        table.create_index(
            "ix_applications_undo_until", ["undo_until"], sqlite_where=UNSETTLED, postgresql_where=UNSETTLED
        )

    op.create_table(
        "removals",
        sa.Column("id", BigId, nullable=False),
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("seated_at", UtcDateTime(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("removed_by", BigId, nullable=True),
        sa.Column("removed_at", UtcDateTime(), nullable=False),
        sa.Column("undo_until", UtcDateTime(), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_removals_group_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_removals_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["removed_by"], ["people.id"], name="fk_removals_removed_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_removals"),
    )
    with op.batch_alter_table("removals") as table:
        table.create_index("ix_removals_group_id", ["group_id"], unique=False)
        table.create_index("ix_removals_person_id", ["person_id"], unique=False)
        table.create_index("ix_removals_undo_until", ["undo_until"], sqlite_where=UNSETTLED, postgresql_where=UNSETTLED)
