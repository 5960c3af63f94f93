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
    false,
    literal_column,
    text,
    true,
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
    Column("quiet_from", Integer),  # minutes after midnight in their zone; None: no quiet hours
    Column("quiet_until", Integer),
    Column("silent_until", UtcDateTime),  # no reminders before
    Column("created_at", UtcDateTime, nullable=False),
)

leads = Table(
    "leads",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("minutes", Integer, primary_key=True),
)

consents = Table(
    "consents",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("purpose", String(16), nullable=False),  # to what: domain.consents
    Column("given", Boolean, nullable=False),  # False: taken back
    Column("wording", Integer, nullable=False),  # which version of the words they were shown
    Column("at", UtcDateTime, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),  # SHA-256; the token itself is never stored
    Column("created_at", UtcDateTime, nullable=False),
)

roles = Table(
    "roles",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("role", String(16), nullable=False),  # guest | coordinator | organiser | owner
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
    Column("shows_members", Boolean, nullable=False, server_default=true()),  # members see each other's names
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
    Column("state", String(16), nullable=False),  # open | waiting | accepted | declined | withdrawn | closed
    Column("queued_at", UtcDateTime),  # when it joined the waiting list; its order is (queued_at, id)
    Column("created_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("reason", Text, nullable=False, server_default=""),  # said to the applicant with a no
    Column("revision", Integer, nullable=False, server_default="0"),  # raised by every change of the state
    Column("undo_until", UtcDateTime),  # whoever decided may take it back before; None: it stands
)
Index(
    "uq_applications_undecided",
    applications.c.group_id,
    applications.c.person_id,
    unique=True,
    sqlite_where=text("state IN ('open', 'waiting')"),
    postgresql_where=text("state IN ('open', 'waiting')"),
)

removals = Table(
    "removals",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("group_id", BigId, ForeignKey("groups.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("seated_at", UtcDateTime, nullable=False),  # when they had taken the seat
    Column("taken", Integer, nullable=False),  # seats taken before
    Column("reason", Text, nullable=False),  # said to the person; may be empty
    Column("removed_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("removed_at", UtcDateTime, nullable=False),
    Column("undo_until", UtcDateTime),  # as in applications; then the seat goes to whoever waits
    Column("undone_at", UtcDateTime),
)
for table in (applications, removals):
    unsettled = text("undo_until IS NOT NULL")
    Index(f"ix_{table.name}_undo_until", table.c.undo_until, sqlite_where=unsettled, postgresql_where=unsettled)

invites = Table(
    "invites",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),  # SHA-256; the token itself is never stored
    Column("purpose", String(16), nullable=False),  # guest | presenter | chat
    Column("group_id", BigId, ForeignKey("groups.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("event_id", BigId, ForeignKey("events.id", ondelete="CASCADE")),
    Column("created_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("uses_left", Integer, nullable=False),
    Column("revoked_at", UtcDateTime),
)

# --- Telegram's group chats -------------------------------------------------------------------

chats = Table(
    "chats",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),  # Telegram's chat id
    Column("title", String(128), nullable=False),
    Column("is_forum", Boolean, nullable=False),
    Column("standing", String(16), nullable=False),  # of the bot: member | administrator | restricted | out
    Column("rights", Json, nullable=False),  # of the bot as administrator, by Telegram's names
    Column("invite_link", Text),  # the one link that asks the bot
    Column("added_by", BigId),
    Column("leave_at", UtcDateTime),  # a stranger's group is left then, unless it is linked before
    Column("seen_at", UtcDateTime, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("group_id", BigId, ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "chat_id", BigId, ForeignKey("chats.id", onupdate="CASCADE", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("thread_id", BigId),  # a topic of the chat; None: the chat itself
    Column("topic", String(16), nullable=False),  # open | closed | gone
    Column("language", String(8), nullable=False),  # in which the bot speaks there
    Column("linked_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("linked_at", UtcDateTime, nullable=False),
)

chat_members = Table(
    "chat_members",
    metadata,
    Column("chat_id", BigId, ForeignKey("chats.id", onupdate="CASCADE", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, primary_key=True, index=True),  # known to Telegram, perhaps not yet to us
    Column("is_in", Boolean, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)

join_requests = Table(
    "join_requests",
    metadata,
    Column("chat_id", BigId, ForeignKey("chats.id", onupdate="CASCADE", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("user_chat_id", BigId, nullable=False),  # writable for five minutes after the request
    Column("asked_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),  # open | approved | declined | over
)

# --- Events -----------------------------------------------------------------------------------

series = Table(
    "series",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("group_id", BigId, ForeignKey("groups.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("rule", String(24), nullable=False),  # once | weekly | ...: domain.recurrence.Rule
    Column("first_wall", String(16), nullable=False),  # "2022-03-22T16:00", local to the zone
    Column("zone", String(64), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("times", Integer),
    Column("until", String(10)),
    Column("exceptions", Json, nullable=False),  # ISO dates left out
    Column("created_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("created_at", UtcDateTime, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", String(16), nullable=False),  # webinar | session
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
    Column("revision", Integer, nullable=False),  # raised by a new time, duration or state
    Column("sequence", Integer, nullable=False, server_default="0"),  # raised by every change: calendars, two editors
    Column("series_id", BigId, ForeignKey("series.id", ondelete="SET NULL"), index=True),
    Column("moderator_id", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("backstage_link", Text),  # for presenters, before the others come
    Column("capacity", Integer),  # most people; None: as many as come
    Column("registers", Boolean, nullable=False, server_default=false()),  # people register; the others may just come
    Column("recording_link", Text),  # afterwards
    Column("changed_at", UtcDateTime),  # when `sequence` last rose: calendars ask for it
)

registrations = Table(
    "registrations",
    metadata,
    Column("event_id", BigId, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("state", String(16), nullable=False),  # registered | waiting | withdrawn
    Column("queued_at", UtcDateTime, nullable=False),  # the order of the waiting list
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("scope", String(16), primary_key=True),  # webinar | group | language | all
    Column("target_id", BigId, primary_key=True),  # event id, group id, number of the language, 0 for all
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
    Column("purpose", String(16), nullable=False, server_default="reminder"),  # what is due: services.occasions
    Column("lead", Integer, nullable=False),  # minutes before the start; negative: after it
    Column("due_at", UtcDateTime, nullable=False),
    Column("fired_at", UtcDateTime),
    UniqueConstraint("event_id", "revision", "purpose", "lead"),
)
Index(
    "ix_occasions_due",
    occasions.c.due_at,
    sqlite_where=text("fired_at IS NULL"),
    postgresql_where=text("fired_at IS NULL"),
)

timings = Table(
    "timings",
    metadata,
    Column("purpose", String(16), primary_key=True),  # as in occasions
    Column("minutes", Integer, nullable=False),  # before the start; the defaults are in the domain
)

# --- Sessions ---------------------------------------------------------------------------------

answers = Table(
    "answers",
    metadata,
    Column("event_id", BigId, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("answer", String(8)),  # yes | maybe | no; None: not said
    Column("former", String(8)),  # what was said before the session was moved; None once it is answered anew
    Column("answered_at", UtcDateTime),
    Column("attended", Boolean),  # None: not noted
    Column("noted_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
)

agenda = Table(
    "agenda",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("event_id", BigId, ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="SET NULL")),  # who proposed it
    Column("text", Text, nullable=False),
    Column("state", String(16), nullable=False),  # proposed | taken | dropped
    Column("place", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

minutes = Table(
    "minutes",
    metadata,
    Column("event_id", BigId, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("author_id", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("text", Text, nullable=False),
    Column("file_id", Text),
    Column("file_name", Text),
    Column("version", Integer, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
)

polls = Table(
    "polls",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("group_id", BigId, ForeignKey("groups.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # open | closed | dropped
    Column("event_id", BigId, ForeignKey("events.id", ondelete="SET NULL")),  # what came of it
    Column("created_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("created_at", UtcDateTime, nullable=False),
)

slots = Table(
    "slots",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("poll_id", BigId, ForeignKey("polls.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("place", Integer, nullable=False),  # fairest first
    Column("starts_at", UtcDateTime, nullable=False),
    Column("outside", Json, nullable=False),  # ids of those for whom it is before 07 or after 22
)

votes = Table(
    "votes",
    metadata,
    Column("slot_id", BigId, ForeignKey("slots.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("vote", String(8), nullable=False),  # yes | if_need | no
    Column("at", UtcDateTime, nullable=False),
)

# --- Talks ------------------------------------------------------------------------------------

talks = Table(
    "talks",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("event_id", BigId, ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("state", String(16), nullable=False),  # asked | confirmed | declined
    Column("title", Text, nullable=False),
    Column("abstract", Text, nullable=False),
    Column("bio", Text, nullable=False),
    Column("recording", Boolean),  # consent; None: not answered
    Column("slides_id", Text),  # Telegram's file id
    Column("slides_name", Text),
    Column("checked_at", UtcDateTime),  # the technical check went well
    Column("invited_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("event_id", "person_id"),
)

chores = Table(
    "chores",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", String(96), nullable=False, unique=True),  # the fact it comes from: the same one comes once
    Column("kind", String(24), nullable=False),  # what is to be done: domain.chores
    Column("group_id", BigId, ForeignKey("groups.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("event_id", BigId, ForeignKey("events.id", ondelete="CASCADE")),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Column("done_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
)

# --- Around a webinar -------------------------------------------------------------------------

questions = Table(
    "questions",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("event_id", BigId, ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="SET NULL"), index=True),  # who asks
    Column("text", Text, nullable=False),
    Column("state", String(16), nullable=False),  # open | answered | dropped
    Column("merged_into", BigId, ForeignKey("questions.id", ondelete="SET NULL")),
    Column("place", Integer, nullable=False),  # as the moderators rank them
    Column("asked_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("answer", Text),  # written after the event; None: answered aloud, or not at all
)

feedback = Table(
    "feedback",
    metadata,
    Column("event_id", BigId, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("rating", Integer),  # first tap: 1 to 5
    Column("wish", String(16)),  # second tap: what they would like next
    Column("wants_recording", Boolean, nullable=False, server_default=false()),
    Column("told_at", UtcDateTime),  # where the recording and the slides are
    Column("at", UtcDateTime, nullable=False),
)

shares = Table(
    "shares",
    metadata,
    Column("inline_message_id", String(64), primary_key=True),  # a card that somebody put into a chat of theirs
    Column("event_id", BigId, ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("language", String(8), nullable=False),
    Column("content_hash", String(64)),
    Column("shared_at", UtcDateTime, nullable=False),
)

# --- Results ----------------------------------------------------------------------------------

rounds = Table(
    "rounds",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("titles", Json, nullable=False),
    Column("group_id", BigId, ForeignKey("groups.id", ondelete="CASCADE"), index=True),  # None: every group
    Column("due_at", UtcDateTime, nullable=False),
    Column("created_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("reminded_at", UtcDateTime),  # when those who owe something were last reminded
    Column("closed_at", UtcDateTime),
)

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
    Column("state", String(16), nullable=False),  # domain.results.ResultState
    Column("reason", Text, nullable=False),  # what the reviewer asked for
    Column("version", Integer, nullable=False),  # raised by each submission
    Column("created_at", UtcDateTime, nullable=False),
    Column("submitted_at", UtcDateTime),
    Column("decided_at", UtcDateTime),
    Column("decided_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("published_at", UtcDateTime),
    Column("published_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
    Column("kind", String(24), nullable=False, server_default="statement"),  # domain.results.ResultKind
    Column("language", String(8), nullable=False, server_default="en"),  # in which it is written, ISO 639-1
    Column("accessible", String(16), nullable=False, server_default="no"),  # the file: yes | no | to_follow
    Column("round_id", BigId, ForeignKey("rounds.id", ondelete="SET NULL"), index=True),
    Column("corrected_at", UtcDateTime),
    Column("correction", Text, nullable=False, server_default=""),  # what was corrected, said in public
    Column("withdrawn_at", UtcDateTime),
    Column("withdrawal", Text, nullable=False, server_default=""),  # why, said in public
    Column("said_by", Json),  # {message id: domain.submissions.Step} of what was handed in; the author may edit it
)

result_versions = Table(
    "result_versions",
    metadata,
    Column("result_id", BigId, ForeignKey("results.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("link", Text),
    Column("file_id", Text),
    Column("file_name", Text),
    Column("file_kind", String(16)),
    Column("by", BigId, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("at", UtcDateTime, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("result_id", BigId, ForeignKey("results.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("base", Integer, nullable=False),  # the version that it corrects
    Column("accessible", String(16), nullable=False),  # as in results
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("link", Text),
    Column("file_id", Text),
    Column("file_name", Text),
    Column("file_kind", String(16)),
    Column("sentence", Text, nullable=False),  # what was corrected
    Column("state", String(16), nullable=False),  # draft | proposed | applied | declined
    Column("created_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", BigId, ForeignKey("people.id", ondelete="SET NULL")),
)

coauthors = Table(
    "coauthors",
    metadata,
    Column("result_id", BigId, ForeignKey("results.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("state", String(16), nullable=False),  # asked | confirmed | declined
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
)

comments = Table(
    "comments",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("result_id", BigId, ForeignKey("results.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

publications = Table(
    "publications",
    metadata,
    Column("subject", String(64), primary_key=True),  # "result:5", "webinar:7"
    Column("target", String(24), primary_key=True),  # channel | homepage
    Column("state", String(16), nullable=False),  # owed | done | failed | withdrawn
    Column("reference", Text),  # of the post, or of the homepage's answer
    Column("content_hash", String(64)),
    Column("error", Text),
    Column("at", UtcDateTime, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", String(96), nullable=False, unique=True),  # the fact and its moment; the receiver sees it, too
    Column("subject", String(64), nullable=False),
    Column("body", Text, nullable=False),  # JSON as it is signed
    Column("state", String(16), nullable=False),  # pending | sent | failed
    Column("attempt", Integer, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("error", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
)
UNSENT = text("state = 'pending'")
Index("ix_notices_pending", notices.c.not_before, sqlite_where=UNSENT, postgresql_where=UNSENT)

files = Table(
    "files",
    metadata,
    Column("name", String(64), primary_key=True),  # random: nobody can guess it
    Column("result_id", BigId, ForeignKey("results.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("shown_name", Text, nullable=False),  # what it is called when it is saved
    Column("media_type", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("stored_at", UtcDateTime, nullable=False),
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

# --- Organisers' pages ------------------------------------------------------------------------

web_links = Table(
    "web_links",
    metadata,
    Column("token_hash", String(64), primary_key=True),  # SHA-256; the token itself is never stored
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

web_sessions = Table(
    "web_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),  # as in web_links
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
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
    Column("thread_id", BigId),  # in a group chat: the topic
    Column("language", String(8)),  # in a group chat: what is spoken there
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
DEAD = text("state = 'dead'")
Index("ix_inbox_dead", inbox.c.id, sqlite_where=DEAD, postgresql_where=DEAD)

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
    Column("follow", String(64)),  # what takes Telegram's answer up once the call has succeeded: domain.follow_ups
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
IS_PENDING = outbox.c.state == literal_column("'pending'")
"""Written out, not bound: SQLite uses a partial index only where it sees the index's own condition."""

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
UNDELIVERED = text("state IN ('failed', 'uncertain')")
Index("ix_outbox_undelivered", outbox.c.id, sqlite_where=UNDELIVERED, postgresql_where=UNDELIVERED)
Index(
    "uq_outbox_card",
    outbox.c.card_id,
    unique=True,
    sqlite_where=text("state = 'pending' AND payload IS NULL"),
    postgresql_where=text("state = 'pending' AND payload IS NULL"),
)

erasures = Table(
    "erasures",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId),  # None once nothing is left of them
    Column("name", Text),  # by which others' messages may still name them; None like the id
    Column("language", String(8)),  # of the last word to them; None like the id, or where none can be said
    Column("on_request", Boolean, nullable=False, server_default=false()),  # organisers do it for them
    Column("salt", String(32), nullable=False),
    Column("person_hash", String(64), nullable=False),  # SHA-256 of salt and id: a restored backup forgets them again
    Column("state", String(16), nullable=False),  # asked | erased | wiped | told | cleared | done
    Column("asked_at", UtcDateTime, nullable=False),
    Column("erased_at", UtcDateTime),
    Column("done_at", UtcDateTime),
)
Index("uq_erasures_person_id", erasures.c.person_id, unique=True)
OPEN = text("state != 'done'")
Index("ix_erasures_open", erasures.c.id, sqlite_where=OPEN, postgresql_where=OPEN)

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
