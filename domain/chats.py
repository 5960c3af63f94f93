"""Telegram's group chats: what the bot is there, what it may do, and who belongs into them."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.happenings import Standing

CODE_LIFETIME = timedelta(minutes=30)
"""How long the code for `/link` counts."""

STRANGERS_STAY = timedelta(days=1)
"""How long the bot stays, silent, in a chat that nobody links."""

FIRST_SUPERGROUP = -1_000_000_000_000
"""Ids of supergroups are below it, those of basic groups above: core.telegram.org/api/bots/ids."""


class Right(StrEnum):
    """What the bot uses as an administrator, by Telegram's names."""

    INVITE = "can_invite_users"
    PIN = "can_pin_messages"
    RESTRICT = "can_restrict_members"
    DELETE = "can_delete_messages"
    WRITE = "can_send_messages"


NEEDED = (Right.INVITE, Right.PIN, Right.RESTRICT)
"""Without these something does not work; deleting commands is only tidier."""


_REFUSALS: Mapping[str, Right] = {
    "invite": Right.INVITE,
    "pinned": Right.PIN,
    "restrict": Right.RESTRICT,
    "send": Right.WRITE,
}


def right_in(refusal: str) -> Right | None:
    """Which right Telegram says is missing: "not enough rights to manage pinned messages in the chat"."""
    said = refusal.lower()
    if "topic_closed" in said:
        return Right.WRITE
    if "not enough rights" not in said:
        return None
    return next((right for word, right in _REFUSALS.items() if word in said), None)


class Topic(StrEnum):
    """What became of the topic that is linked. Only in an open one is posted; else in the general topic."""

    OPEN = "open"
    CLOSED = "closed"
    GONE = "gone"


@dataclass(frozen=True)
class GroupChat:
    """A chat as the bot knows it. `invite_link`: the one link that asks the bot; None: there is none yet."""

    id: int
    title: str
    is_forum: bool = False
    standing: Standing = Standing.MEMBER
    rights: frozenset[str] = frozenset()
    invite_link: str | None = None
    added_by: int | None = None
    leave_at: datetime | None = None

    @property
    def is_attached(self) -> bool:
        """Whether the bot is in the chat, so that anything can be sent there."""
        return self.standing is not Standing.OUT

    @property
    def is_supergroup(self) -> bool:
        """Whether Telegram treats it as a supergroup."""
        return self.id <= FIRST_SUPERGROUP

    def may(self, right: Right) -> bool:
        """Whether the bot has this right as an administrator."""
        return self.standing is Standing.ADMINISTRATOR and right.value in self.rights

    @property
    def missing(self) -> tuple[Right, ...]:
        """What the bot would need and may not do."""
        is_mute = self.standing is Standing.RESTRICTED and Right.WRITE.value not in self.rights
        return (*((Right.WRITE,) if is_mute else ()), *(right for right in NEEDED if not self.may(right)))


class Change(StrEnum):
    """What coordinators hear of when the bot's place in a chat changes."""

    DETACHED = "detached"
    BACK = "back"
    RIGHTS_LOST = "rights_lost"
    NOTHING = "nothing"


def decide_change(old: GroupChat, new: GroupChat) -> Change:
    """What is worth telling about a new standing or new rights."""
    if not new.is_attached:
        return Change.DETACHED if old.is_attached else Change.NOTHING
    if not old.is_attached:
        return Change.BACK
    return Change.RIGHTS_LOST if set(new.missing) - set(old.missing) else Change.NOTHING


@dataclass(frozen=True)
class Access:
    """The way into a group's chat, for those who belong there. `link` None: it is still to be made."""

    title: str
    link: str | None


@dataclass(frozen=True)
class Circle:
    """Everybody to whom a linked chat is open: by group, and by what they are for the whole process."""

    seats: Mapping[int, Set[int]] = field(default_factory=dict)
    """Person ids by the id of the group they sit in."""
    coordinators: Set[int] = frozenset()
    others: Set[int] = frozenset()
    """Guests, presenters, organisers, owners."""

    def holds(self, person_id: int) -> bool:
        """Whether this person belongs into the chat."""
        seated = any(person_id in people for people in self.seats.values())
        return seated or person_id in self.coordinators or person_id in self.others


@dataclass(frozen=True)
class SeatGoes:
    """Who leaves the chat gives back their seat in this group."""

    group_id: int


@dataclass(frozen=True)
class SeatStays:
    """They left the chat, but nobody can tell that they mean the group: it is noted. `group_ids`: who hears of it."""

    group_ids: tuple[int, ...]


@dataclass(frozen=True)
class NoSeat:
    """They had no seat in a group of this chat."""


DepartureOutcome = SeatGoes | SeatStays | NoSeat


def decide_departure(circle: Circle, person_id: int) -> DepartureOutcome:
    """What leaving a chat, or being removed from it, means for the seats in its groups."""
    seated = tuple(sorted(group for group, people in circle.seats.items() if person_id in people))
    if person_id in circle.coordinators:
        return SeatStays(seated or tuple(sorted(circle.seats)))
    if not seated:
        return NoSeat()
    return SeatGoes(seated[0]) if len(seated) == 1 else SeatStays(seated)
