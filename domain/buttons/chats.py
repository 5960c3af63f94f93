"""Buttons around a group's chat, and what takes up Telegram's answers there."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("kc")
@dataclass(frozen=True)
class NewChatCode(Action):
    """A one-time code that links a chat to a group."""

    group_id: int


@coded("kl")
@dataclass(frozen=True)
class SetChatLanguage(Action):
    """Speak this language in the chat of a group."""

    group_id: int
    language: str


@coded("ku")
@dataclass(frozen=True)
class Unlink(Action):
    """Untie a group and its chat: asks first."""

    group_id: int


@coded("kuy")
@dataclass(frozen=True)
class UnlinkForSure(Action):
    """Untie a group and its chat after having been asked."""

    group_id: int


@coded("kw")
@dataclass(frozen=True)
class ShowOutsiders(Action):
    """A page of those who are in the chat without belonging there, counted from 0."""

    group_id: int
    page: int


@coded("kr")
@dataclass(frozen=True)
class InviteToReminders(Action):
    """Post a button into the chat with which members let the bot write to them."""

    group_id: int


# --- Answers of Telegram ----------------------------------------------------------------------


@coded("kfs")
@dataclass(frozen=True)
class StandingAsked(Action):
    """We asked what we are in a chat."""


@coded("kfi")
@dataclass(frozen=True)
class InviteLinkMade(Action):
    """The link that asks the bot was made."""


@coded("kfb")
@dataclass(frozen=True)
class BoardPosted(Action):
    """The board of a group was posted: it is to be pinned."""

    group_id: int


@coded("kfr")
@dataclass(frozen=True)
class PersonRemoved(Action):
    """Somebody was removed from a chat, and may come back."""

    person_id: int
