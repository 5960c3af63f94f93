"""Which messages said what was handed in: whoever edits one of them afterwards hands in a new version."""

import sqlalchemy as sa
from alembic import op

from storage.types import Json

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("results", schema=None) as batch_op:
        batch_op.add_column(sa.Column("said_by", Json, nullable=True))
