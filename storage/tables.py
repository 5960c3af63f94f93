"""Every table, in one place; the migrations in `storage/migrations` create exactly this."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.types import BigId, Json, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# --- People -----------------------------------------------------------------------------------

people = Table(
    "people",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),  # the Telegram user id, the only key of a person
    Column("name", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    Column("zone", String(64)),  # None: the zone of the process
    Column("started_at", UtcDateTime),  # pressed Start; before that Telegram lets nobody write to them
    Column("blocked_at", UtcDateTime),
    Column("stopped_at", UtcDateTime),  # /stop: nothing but direct answers
    Column("created_at", UtcDateTime, nullable=False),
)

leads = Table(
    "leads",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("minutes", Integer, primary_key=True),
)

roles = Table(
    "roles",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("role", String(16), nullable=False),  # coordinator | organiser
    Column("group_id", BigId, ForeignKey("groups.id", ondelete="CASCADE")),
    UniqueConstraint("person_id", "role", "group_id"),
)

Index(
    "uq_roles_everywhere",
    roles.c.person_id,
    roles.c.role,
    unique=True,
    sqlite_where=text("group_id IS NULL"),
    postgresql_where=text("group_id IS NULL"),
)

# --- Groups -----------------------------------------------------------------------------------

groups = Table(
    "groups",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("code", String(16), nullable=False, unique=True),  # "PWG 1"
    Column("titles", Json, nullable=False),  # {language: title}
    Column("themes", Json, nullable=False),  # {language: one or two sentences}
    Column("least_members", Integer, nullable=False),
    Column("most_members", Integer, nullable=False),
    Column("opens_on", String(10)),  # ISO dates, local to the process
    Column("closes_on", String(10)),
)

seats = Table(
    "seats",
    metadata,
    Column("group_id", BigId, ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("taken_at", UtcDateTime, nullable=False),
)

applications = Table(
    "applications",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("group_id", BigId, ForeignKey("groups.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("motivation", Text, nullable=False),
    Column("affiliation", Text, nullable=False),
    Column("state", String(16), nullable=False),  # open | waiting | accepted | declined | withdrawn
    Column("queued_at", UtcDateTime),  # when it joined the waiting list; its order is (queued_at, id)
    Column("created_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
)
Index(
    "uq_applications_undecided",
    applications.c.group_id,
    applications.c.person_id,
    unique=True,
    sqlite_where=text("state IN ('open', 'waiting')"),
    postgresql_where=text("state IN ('open', 'waiting')"),
)

# --- Events -----------------------------------------------------------------------------------

events = Table(
    "events",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", String(16), nullable=False),  # webinar
    Column("slug", String(64), nullable=False, unique=True),  # stable name in programme files
    Column("group_id", BigId, ForeignKey("groups.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("titles", Json, nullable=False),
    Column("abstracts", Json, nullable=False),
    Column("speakers", Json, nullable=False),  # names of organisations, in order
    Column("languages", Json, nullable=False),  # spoken languages, ISO 639-1
    Column("starts_at", UtcDateTime, nullable=False, index=True),
    Column("minutes", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("link", Text),
    Column("link_policy", String(16), nullable=False),  # public | guarded (from T-15 min, through the bot)
    Column("state", String(16), nullable=False),  # draft | announced | cancelled
    Column("revision", Integer, nullable=False),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("scope", String(16), primary_key=True),  # webinar | group | all
    Column("target_id", BigId, primary_key=True),  # event id, group id, 0 for all
    Column("wanted", Boolean, nullable=False),  # False: "not this one", below a wider yes
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_subscriptions_scope_target", "scope", "target_id"),
)

occasions = Table(
    "occasions",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("event_id", BigId, ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("lead", Integer, nullable=False),  # minutes before the start
    Column("due_at", UtcDateTime, nullable=False),
    Column("fired_at", UtcDateTime),
    UniqueConstraint("event_id", "revision", "lead"),
)
Index(
    "ix_occasions_due",
    occasions.c.due_at,
    sqlite_where=text("fired_at IS NULL"),
    postgresql_where=text("fired_at IS NULL"),
)

# --- Results ----------------------------------------------------------------------------------

results = Table(
    "results",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("group_id", BigId, ForeignKey("groups.id", ondelete="CASCADE")),
    Column("author_id", BigId, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("link", Text),
    Column("file_id", Text),
    Column("file_name", Text),
    Column("file_kind", String(16)),  # document | photo
    Column("state", String(16), nullable=False),  # draft | submitted | changes_asked | accepted | published
    Column("reason", Text, nullable=False),  # what the reviewer asked for
    Column("version", Integer, nullable=False),  # raised by each submission
    Column("created_at", UtcDateTime, nullable=False),
    Column("submitted_at", UtcDateTime),
    Column("decided_at", UtcDateTime),
    Column("decided_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("published_at", UtcDateTime),
    Column("published_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
)

# --- Broadcasts -------------------------------------------------------------------------------

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("author_id", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("html", Text, nullable=False),
    Column("audience", String(16), nullable=False),  # everybody | group | webinar
    Column("target_id", BigId, nullable=False),  # group or event id, else 0
    Column("state", String(16), nullable=False),  # draft | asked | sending | stopped | done
    Column("total", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("started_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("shown_at", UtcDateTime),  # when its progress was last told
    Column("finished_at", UtcDateTime),
)

# --- Dialogs and cards ------------------------------------------------------------------------

dialogs = Table(
    "dialogs",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(32), nullable=False),
    Column("step", String(32), nullable=False),
    Column("data", Json, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("is_open", Boolean, nullable=False),  # False: left or over; the revision goes on rising
    Column("updated_at", UtcDateTime, nullable=False),
)

cards = Table(
    "cards",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("subject", String(64), nullable=False),  # "application:5", "dialog"
    Column("chat_id", BigId, nullable=False),
    Column("message_id", BigId),  # None until sent, or when sending it stayed uncertain
    Column("content_hash", String(64)),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("subject", "chat_id"),
)

# --- The two doors ----------------------------------------------------------------------------

inbox = Table(
    "inbox",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("bot_id", BigId, nullable=False),
    Column("generation", Integer, nullable=False),  # raised when Telegram starts its numbers anew
    Column("update_id", BigId, nullable=False),
    Column("lane", BigId, nullable=False),  # chat, or person in private: one at a time
    Column("raw", Text, nullable=False),  # the JSON as Telegram sent it; emptied by retention
    Column("state", String(8), nullable=False),  # new | done | dead
    Column("attempts", Integer, nullable=False),
    Column("error", Text),
    Column("received_at", UtcDateTime, nullable=False),
    Column("retry_at", UtcDateTime),
    Column("done_at", UtcDateTime),
    UniqueConstraint("bot_id", "generation", "update_id"),
)
Index(
    "ix_inbox_new",
    inbox.c.id,
    sqlite_where=text("state = 'new'"),
    postgresql_where=text("state = 'new'"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", String(128), nullable=False, unique=True),  # the fact and its moment
    Column("kind", String(32), nullable=False),
    Column("lane", Integer, nullable=False),
    Column("policy", String(16), nullable=False),  # at_least_once | at_most_once
    Column("method", String(32), nullable=False),
    Column("chat_id", BigId),  # None: a call without a chat (answerCallbackQuery)
    Column("person_id", BigId),  # who is to read it, when one person is
    Column("payload", Json),  # finished parameters; None: rendered at the claim from kind and refs
    Column("refs", Json, nullable=False),  # ids that the renderer of the kind needs
    Column("card_id", BigId, ForeignKey("cards.id", ondelete="CASCADE")),
    Column("event_id", BigId),
    Column("revision", Integer),  # of the event; an older revision is not sent
    Column("broadcast_id", BigId),
    Column("not_before", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("state", String(16), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("owner", String(32)),
    Column("lease_until", UtcDateTime),
    Column("message_id", BigId),
    Column("error", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
)
PENDING = text("state = 'pending'")
Index(
    "ix_outbox_pending",
    outbox.c.lane,
    outbox.c.not_before,
    outbox.c.id,
    sqlite_where=PENDING,
    postgresql_where=PENDING,
)
for name, columns, condition in (
    ("ix_outbox_run", ("broadcast_id", "not_before", "id"), "state = 'pending' AND broadcast_id IS NOT NULL"),
    ("ix_outbox_broadcast", ("broadcast_id", "state"), "broadcast_id IS NOT NULL"),
    ("ix_outbox_event", ("event_id", "revision"), "state = 'pending' AND event_id IS NOT NULL"),
    ("ix_outbox_expiry", ("expires_at",), "state = 'pending'"),
):
    # Partial, all of them: a row on its way out touches only the indexes that it is in.
    Index(
        name, *(outbox.c[column] for column in columns), sqlite_where=text(condition), postgresql_where=text(condition)
    )
Index(
    "ix_outbox_sending",
    outbox.c.id,
    sqlite_where=text("state = 'sending'"),
    postgresql_where=text("state = 'sending'"),
)
Index(
    "uq_outbox_card",
    outbox.c.card_id,
    unique=True,
    sqlite_where=text("state = 'pending' AND payload IS NULL"),
    postgresql_where=text("state = 'pending' AND payload IS NULL"),
)

pauses = Table(
    "pauses",
    metadata,
    Column("scope", String(32), primary_key=True),  # all | private | chat:ID
    Column("until", UtcDateTime, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("name", String(32), primary_key=True),  # bot_id, bot_username, update_generation, …
    Column("value", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor_id", BigId),  # None: the clock or the command line
    Column("action", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("before", Json),
    Column("after", Json),
)
