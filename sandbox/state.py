"""What the local Telegram remembers: accounts, chats, messages, links, requests, files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
"""An object of the Bot API as decoded JSON."""

ChatKind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

ANONYMOUS_ADMIN_ID = 1087968824
"""GroupAnonymousBot: the sender that bots see when an administrator writes as the group."""
CHANNEL_BOT_ID = 136817688
"""Channel_Bot: the sender that bots see when somebody writes as a channel."""
TELEGRAM_ID = 777000
"""Telegram itself: the sender of automatic forwards from a linked channel."""


@dataclass(eq=False)
class User:
    """An account: a person or a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "en"
    is_bot: bool = False
    deactivated: bool = False
    note: str = ""
    zone: str | None = None
    """The time zone of their phone, as the page shows times to them; bots never learn it."""

    @property
    def full_name(self) -> str:
        """First and last name as a client shows them."""
        return " ".join(filter(None, (self.first_name, self.last_name)))


@dataclass(eq=False)
class Member:
    """How somebody belongs to a chat; `rights` holds the flags of an administrator or of somebody restricted."""

    user: User
    status: Status = "member"
    rights: Json = field(default_factory=dict)
    custom_title: str | None = None
    is_anonymous: bool = False
    until_date: int = 0

    @property
    def is_in(self) -> bool:
        """Whether the chat is open to this account."""
        if self.status == "restricted":
            return bool(self.rights.get("is_member", True))
        return self.status in {"creator", "administrator", "member"}

    @property
    def is_admin(self) -> bool:
        """Whether this account administers the chat."""
        return self.status in {"creator", "administrator"}


@dataclass(eq=False)
class Topic:
    """A topic of a forum; its id is the id of the service message that opened it."""

    id: int
    name: str
    icon_color: int = 7322096
    icon_custom_emoji_id: str | None = None
    is_closed: bool = False


@dataclass(eq=False)
class InviteLink:
    """A link by which people join a chat, or ask to."""

    link: str
    creator: User
    creates_join_request: bool = False
    is_primary: bool = False
    is_revoked: bool = False
    name: str | None = None
    expire_date: int | None = None
    member_limit: int | None = None
    joined: set[int] = field(default_factory=set)


@dataclass(eq=False)
class JoinRequest:
    """Somebody waits to be let into a chat; `user_chat_id` may be written to for five minutes."""

    user: User
    date: int
    link: InviteLink | None = None
    bio: str | None = None


@dataclass(eq=False)
class Version:
    """What a message said before it was edited."""

    date: int
    content: Json
    reply_markup: Json | None


@dataclass(eq=False)
class Message:
    """A message as stored. `content` holds the Bot API's fields of its kind: text and entities, document, …"""

    chat: "Chat"
    message_id: int
    date: int
    sender: User | None
    content: Json
    sender_chat: "Chat | None" = None
    author: User | None = None
    """Who really wrote it, where a channel or an anonymous administrator speaks."""
    thread_id: int | None = None
    reply_to: "Message | None" = None
    reply_markup: Json | None = None
    extra: Json = field(default_factory=dict)
    edit_date: int | None = None
    history: list[Version] = field(default_factory=list)
    deleted: bool = False
    silent: bool = False
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text, or the caption of a file; empty when there is neither."""
        return str(self.content.get("text", self.content.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        """The entities of the text or the caption, offsets in UTF-16 units."""
        return list(self.content.get("entities") or self.content.get("caption_entities") or [])

    @property
    def keyboard(self) -> list[list[Json]]:
        """The rows of inline buttons below the message; empty when there are none."""
        return list((self.reply_markup or {}).get("inline_keyboard") or [])

    @property
    def labels(self) -> list[list[str]]:
        """The labels of the inline buttons, row by row."""
        return [[str(button["text"]) for button in row] for row in self.keyboard]

    @property
    def is_service(self) -> bool:
        """Whether it reports an event instead of saying something."""
        return not self.content.keys() & SPOKEN

    @property
    def album(self) -> str | None:
        """The id of the album the message belongs to."""
        return self.extra.get("media_group_id")


SPOKEN = frozenset(
    {"text", "photo", "document", "voice", "video", "audio", "animation", "sticker", "video_note", "location"}
    | {"contact", "venue", "poll", "dice"}
)
"""The fields of a message that somebody said or showed; any other content is a service message."""


@dataclass(eq=False)
class Chat:
    """A chat; `user`/`bot`/`started`/`blocked` matter in private ones, the rest in groups and channels."""

    id: int
    kind: ChatKind
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    description: str | None = None
    user: User | None = None
    bot: "Any" = None
    started: bool = False
    blocked: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    general_closed: bool = False
    """Whether the general topic of a forum, which has no id, is closed."""
    links: dict[str, InviteLink] = field(default_factory=dict)
    requests: dict[int, JoinRequest] = field(default_factory=dict)
    permissions: Json = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    linked_chat: "Chat | None" = None
    migrated_to: "Chat | None" = None
    deleted: bool = False
    protect_content: bool = False
    last_message_id: int = 0
    last_bot_id: int | None = None

    def __iter__(self) -> Iterator[Message]:
        """The messages that were not deleted, oldest first."""
        return (message for message in list(self.messages.values()) if not message.deleted)

    @property
    def is_group(self) -> bool:
        """Whether several people write here."""
        return self.kind in {"group", "supergroup"}

    @property
    def name(self) -> str:
        """What a client shows as the name of the chat."""
        return self.title or (self.user.full_name if self.user else str(self.id))

    def member(self, user_id: int) -> Member | None:
        """How the account belongs to the chat; None when it never did."""
        return self.members.get(user_id)


@dataclass(eq=False)
class StoredFile:
    """A file that somebody uploaded; `data` is shorter than `size` where only a size was invented."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    size: int
    data: bytes
    name: str | None = None
    mime: str | None = None
    gone: bool = False


@dataclass(eq=False)
class CallbackQuery:
    """A button somebody pressed; `answer` is what the bot answered (text, show_alert, url) or None so far."""

    id: str
    user: User
    message: Message | None
    data: str
    bot: "Any"
    asked_at: int
    answer: Json | None = None

    @property
    def toast(self) -> str | None:
        """The text that appeared; None when there was no answer or it had no text."""
        return None if self.answer is None else self.answer.get("text")


@dataclass(eq=False)
class InlineQuery:
    """What somebody typed after the bot's name; `results` is what the bot offered, None so far."""

    id: str
    user: User
    query: str
    bot: "Any"
    asked_at: int
    offset: str = ""
    results: list[Json] | None = None
    answer: Json | None = None


@dataclass(frozen=True)
class Call:
    """One call of a bot, as the inspector and the tests see it. `status` 0: the connection broke instead."""

    number: int
    method: str
    params: Json
    at: Any
    monotonic: float
    ok: bool
    status: int
    description: str | None
    result: Any
    bot: Any
    seconds: float = 0.0
    """How long the answer took (monotonic)."""
