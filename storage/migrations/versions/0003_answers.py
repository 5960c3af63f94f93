"""What somebody had answered before a session was moved: they are asked again, and are reminded of it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("answers") as table:
        table.add_column(sa.Column("former", sa.String(length=8), nullable=True))
