"""What happens in Telegram's group chats without anybody asking us: values, made of updates at the door."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """What somebody is in a chat. `OUT`: left, or was removed."""

    OUT = "out"
    RESTRICTED = "restricted"
    MEMBER = "member"
    ADMINISTRATOR = "administrator"


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
    """Somebody came into a chat or left it, by themselves or by an administrator (`by`)."""

    chat: SeenChat
    person_id: int
    name: str
    language: str | None
    was_in: bool
    is_in: bool
    by: int | None = None


@dataclass(frozen=True)
class JoinAsked:
    """Somebody asks to be let in. `user_chat_id` can be written to for five minutes, whatever else."""

    chat: SeenChat
    person_id: int
    name: str
    language: str | None
    user_chat_id: int
    link: str | None = None


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


Happened = BotMoved | PersonMoved | JoinAsked | ChatMigrated | TopicChanged | ChatChanged
