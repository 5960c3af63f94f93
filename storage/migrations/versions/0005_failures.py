"""The way to what failed: dead letters and undelivered messages are few among many."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DEAD = sa.text("state = 'dead'")
UNDELIVERED = sa.text("state IN ('failed', 'uncertain')")


def upgrade() -> None:
    op.create_index("ix_inbox_dead", "inbox", ["id"], sqlite_where=DEAD, postgresql_where=DEAD)
    op.create_index("ix_outbox_undelivered", "outbox", ["id"], sqlite_where=UNDELIVERED, postgresql_where=UNDELIVERED)
