"""What happens in Telegram's chats without anybody asking us: values, made of updates at the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """What somebody is in a chat. `OUT`: left, or was removed."""

    OUT = "out"
    RESTRICTED = "restricted"
    MEMBER = "member"
    ADMINISTRATOR = "administrator"


_STANDINGS: Mapping[str, Standing] = {
    "creator": Standing.ADMINISTRATOR,
    "administrator": Standing.ADMINISTRATOR,
    "member": Standing.MEMBER,
    "restricted": Standing.RESTRICTED,
    "left": Standing.OUT,
    "kicked": Standing.OUT,
}


def standing_of(member: Mapping[str, object]) -> tuple[Standing, frozenset[str]]:
    """What Telegram's ChatMember says: the standing, and the names of the rights that are granted."""
    standing = _STANDINGS[str(member["status"])]
    if standing is Standing.RESTRICTED and not member.get("is_member"):
        standing = Standing.OUT  # restricted for the day they come back
    return standing, frozenset(name for name, granted in member.items() if name.startswith("can_") and granted)


@dataclass(frozen=True)
class SeenChat:
    """A group chat as an update shows it."""

    id: int
    title: str
    is_forum: bool = False
    is_supergroup: bool = True


@dataclass(frozen=True)
class BotMoved:
    """The bot was added, removed, promoted, demoted or restricted. `rights`: those granted, by Telegram's names.

    `by`: who did it; None for an anonymous administrator.
    """

    chat: SeenChat
    standing: Standing
    rights: frozenset[str] = frozenset()
    by: int | None = None


@dataclass(frozen=True)
class PersonMoved:
    """Somebody came into a chat or left it, by themselves or by an administrator (`by`).

    `by_message`: told by a message in the chat; administrators are told apart from it, too.
    """

    chat: SeenChat
    person_id: int
    name: str
    language: str | None
    was_in: bool
    is_in: bool
    by: int | None = None
    by_message: bool = False


@dataclass(frozen=True)
class JoinAsked:
    """Somebody asks to be let in. `user_chat_id` can be written to for five minutes, whatever else.

    `bio`: what they say of themselves in their profile; "" if nothing.
    """

    chat: SeenChat
    person_id: int
    name: str
    language: str | None
    user_chat_id: int
    link: str | None = None
    bio: str = ""


@dataclass(frozen=True)
class ChatMigrated:
    """A group became a supergroup with another id; told from both sides."""

    old_id: int
    new_id: int


class TopicChange(StrEnum):
    """What became of a topic. Telegram tells nobody when one is deleted: the next send finds out."""

    OPENED = "opened"
    CLOSED = "closed"
    RENAMED = "renamed"


@dataclass(frozen=True)
class TopicChanged:
    """A topic was closed, opened again or renamed. `thread_id` None: the general one."""

    chat: SeenChat
    thread_id: int | None
    change: TopicChange
    name: str = ""


@dataclass(frozen=True)
class ChatChanged:
    """A new title."""

    chat: SeenChat


@dataclass(frozen=True)
class CardShared:
    """Somebody put a card that we offered (`result_id`) into a chat of theirs; nobody tells us which."""

    result_id: str
    inline_message_id: str


Happened = BotMoved | PersonMoved | JoinAsked | ChatMigrated | TopicChanged | ChatChanged | CardShared
