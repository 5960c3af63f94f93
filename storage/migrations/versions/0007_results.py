"""Results in full: kinds, versions, co-authors, comments, rounds, and what publishing them leaves elsewhere."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigId, Json, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", sa.String(length=96), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("key", name="uq_notices_key"),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notices_pending",
            ["not_before"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )

    op.create_table(
        "publications",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("target", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "target", name="pk_publications"),
    )
    op.create_table(
        "rounds",
        sa.Column("id", BigId, nullable=False),
        sa.Column("titles", Json, nullable=False),
        sa.Column("group_id", BigId, nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name="fk_rounds_created_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_rounds_group_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
    )
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.create_index("ix_rounds_group_id", ["group_id"], unique=False)

    op.create_table(
        "coauthors",
        sa.Column("result_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_coauthors_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name="fk_coauthors_result_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("result_id", "person_id", name="pk_coauthors"),
    )
    with op.batch_alter_table("coauthors", schema=None) as batch_op:
        batch_op.create_index("ix_coauthors_person_id", ["person_id"], unique=False)

    op.create_table(
        "comments",
        sa.Column("id", BigId, nullable=False),
        sa.Column("result_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_comments_person_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name="fk_comments_result_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
    )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.create_index("ix_comments_person_id", ["person_id"], unique=False)
        batch_op.create_index("ix_comments_result_id", ["result_id"], unique=False)

    op.create_table(
        "files",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("result_id", BigId, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("shown_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name="fk_files_result_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("name", name="pk_files"),
    )
    with op.batch_alter_table("files", schema=None) as batch_op:
        batch_op.create_index("ix_files_result_id", ["result_id"], unique=False)

    op.create_table(
        "result_versions",
        sa.Column("result_id", BigId, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("file_id", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("file_kind", sa.String(length=16), nullable=True),
        sa.Column("by", BigId, nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name="fk_result_versions_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name="fk_result_versions_result_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("result_id", "version", name="pk_result_versions"),
    )
    with op.batch_alter_table("result_versions", schema=None) as batch_op:
        batch_op.create_index("ix_result_versions_by", ["by"], unique=False)

    op.create_table(
        "corrections",
        sa.Column("id", BigId, nullable=False),
        sa.Column("result_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("accessible", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("file_id", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("file_kind", sa.String(length=16), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", BigId, nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_corrections_decided_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_corrections_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name="fk_corrections_result_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index("ix_corrections_person_id", ["person_id"], unique=False)
        batch_op.create_index("ix_corrections_result_id", ["result_id"], unique=False)

    with op.batch_alter_table("results", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=24), server_default="statement", nullable=False))
        batch_op.add_column(sa.Column("language", sa.String(length=8), server_default="en", nullable=False))
        batch_op.add_column(sa.Column("accessible", sa.String(length=16), server_default="no", nullable=False))
        batch_op.add_column(sa.Column("round_id", BigId, nullable=True))
        batch_op.add_column(sa.Column("corrected_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("correction", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawal", sa.Text(), server_default="", nullable=False))
        batch_op.create_index("ix_results_round_id", ["round_id"], unique=False)
        batch_op.create_foreign_key("fk_results_round_id", "rounds", ["round_id"], ["id"], ondelete="SET NULL")
