"""Group chats, sessions, talks, roles by link: what a working group lives from."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigId, Json, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_chats()
    _add_sessions_and_talks()
    _widen_the_older_tables()


def _add_chats() -> None:
    op.create_table(
        "chats",
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=128), nullable=False),
        sa.Column("is_forum", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("rights", Json, nullable=False),
        sa.Column("invite_link", sa.Text(), nullable=True),
        sa.Column("added_by", BigId, nullable=True),
        sa.Column("leave_at", UtcDateTime(), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chats"),
    )
    op.create_table(
        "timings",
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("purpose", name="pk_timings"),
    )
    op.create_table(
        "chat_members",
        sa.Column("chat_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("is_in", sa.Boolean(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name="fk_chat_members_chat_id", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", "person_id", name="pk_chat_members"),
    )
    with op.batch_alter_table("chat_members") as table:
        table.create_index("ix_chat_members_person_id", ["person_id"], unique=False)

    op.create_table(
        "join_requests",
        sa.Column("chat_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("user_chat_id", BigId, nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name="fk_join_requests_chat_id", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_join_requests_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "person_id", name="pk_join_requests"),
    )
    op.create_table(
        "links",
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("chat_id", BigId, nullable=False),
        sa.Column("thread_id", BigId, nullable=True),
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("linked_by", BigId, nullable=True),
        sa.Column("linked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name="fk_links_chat_id", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_links_group_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["linked_by"], ["people.id"], name="fk_links_linked_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("group_id", name="pk_links"),
    )
    with op.batch_alter_table("links") as table:
        table.create_index("ix_links_chat_id", ["chat_id"], unique=False)


def _add_sessions_and_talks() -> None:
    op.create_table(
        "series",
        sa.Column("id", BigId, nullable=False),
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("rule", sa.String(length=24), nullable=False),
        sa.Column("first_wall", sa.String(length=16), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.Column("exceptions", Json, nullable=False),
        sa.Column("created_by", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name="fk_series_created_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_series_group_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
    )
    with op.batch_alter_table("series") as table:
        table.create_index("ix_series_group_id", ["group_id"], unique=False)

    op.create_table(
        "agenda",
        sa.Column("id", BigId, nullable=False),
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_agenda_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_agenda_person_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_agenda"),
    )
    with op.batch_alter_table("agenda") as table:
        table.create_index("ix_agenda_event_id", ["event_id"], unique=False)

    op.create_table(
        "answers",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("noted_by", BigId, nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_answers_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["noted_by"], ["people.id"], name="fk_answers_noted_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_answers_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "person_id", name="pk_answers"),
    )
    with op.batch_alter_table("answers") as table:
        table.create_index("ix_answers_person_id", ["person_id"], unique=False)

    op.create_table(
        "chores",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", sa.String(length=96), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("event_id", BigId, nullable=True),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("done_by", BigId, nullable=True),
        sa.ForeignKeyConstraint(["done_by"], ["people.id"], name="fk_chores_done_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_chores_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_chores_group_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_chores_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_chores"),
        sa.UniqueConstraint("key", name="uq_chores_key"),
    )
    with op.batch_alter_table("chores") as table:
        table.create_index("ix_chores_group_id", ["group_id"], unique=False)

    op.create_table(
        "invites",
        sa.Column("id", BigId, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("event_id", BigId, nullable=True),
        sa.Column("created_by", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name="fk_invites_created_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_invites_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_invites_group_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_invites"),
        sa.UniqueConstraint("token_hash", name="uq_invites_token_hash"),
    )
    with op.batch_alter_table("invites") as table:
        table.create_index("ix_invites_group_id", ["group_id"], unique=False)

    op.create_table(
        "minutes",
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("author_id", BigId, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name="fk_minutes_author_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_minutes_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name="pk_minutes"),
    )
    op.create_table(
        "polls",
        sa.Column("id", BigId, nullable=False),
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("event_id", BigId, nullable=True),
        sa.Column("created_by", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name="fk_polls_created_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_polls_event_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_polls_group_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_polls"),
    )
    with op.batch_alter_table("polls") as table:
        table.create_index("ix_polls_group_id", ["group_id"], unique=False)

    op.create_table(
        "talks",
        sa.Column("id", BigId, nullable=False),
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column("recording", sa.Boolean(), nullable=True),
        sa.Column("slides_id", sa.Text(), nullable=True),
        sa.Column("slides_name", sa.Text(), nullable=True),
        sa.Column("checked_at", UtcDateTime(), nullable=True),
        sa.Column("invited_by", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_talks_event_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["invited_by"], ["people.id"], name="fk_talks_invited_by", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_talks_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_talks"),
        sa.UniqueConstraint("event_id", "person_id", name="uq_talks_event_id_person_id"),
    )
    with op.batch_alter_table("talks") as table:
        table.create_index("ix_talks_person_id", ["person_id"], unique=False)

    op.create_table(
        "slots",
        sa.Column("id", BigId, nullable=False),
        sa.Column("poll_id", BigId, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("outside", Json, nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name="fk_slots_poll_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_slots"),
    )
    with op.batch_alter_table("slots") as table:
        table.create_index("ix_slots_poll_id", ["poll_id"], unique=False)

    op.create_table(
        "votes",
        sa.Column("slot_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("vote", sa.String(length=8), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_votes_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name="fk_votes_slot_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("slot_id", "person_id", name="pk_votes"),
    )
    with op.batch_alter_table("votes") as table:
        table.create_index("ix_votes_person_id", ["person_id"], unique=False)


def _widen_the_older_tables() -> None:
    with op.batch_alter_table("applications") as table:
        table.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("cards") as table:
        table.add_column(sa.Column("thread_id", BigId, nullable=True))
        table.add_column(sa.Column("language", sa.String(length=8), nullable=True))

    with op.batch_alter_table("events") as table:
        table.add_column(sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("series_id", BigId, nullable=True))
        table.add_column(sa.Column("moderator_id", BigId, nullable=True))
        table.add_column(sa.Column("backstage_link", sa.Text(), nullable=True))
        table.create_index("ix_events_series_id", ["series_id"], unique=False)
        table.create_foreign_key("fk_events_moderator_id", "people", ["moderator_id"], ["id"], ondelete="SET NULL")
        table.create_foreign_key("fk_events_series_id", "series", ["series_id"], ["id"], ondelete="SET NULL")

    with op.batch_alter_table("groups") as table:
        table.add_column(sa.Column("shows_members", sa.Boolean(), server_default=sa.true(), nullable=False))

    with op.batch_alter_table("occasions") as table:
        table.add_column(sa.Column("purpose", sa.String(length=16), server_default="reminder", nullable=False))
        table.drop_constraint("uq_occasions_event_id_revision_lead", type_="unique")
        table.create_unique_constraint(
            "uq_occasions_event_id_revision_purpose_lead", ["event_id", "revision", "purpose", "lead"]
        )

    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("follow", sa.String(length=64), nullable=True))
