"""Buttons: what each one means, as values that fit into Telegram's 64 bytes.

A code is never used again for something else: cards from last year still carry it.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar, get_type_hints

from domain.broadcasts import Audience
from domain.webinars import Scope

MOST_BYTES = 64

A = TypeVar("A", bound="type[Action]")


class Action:
    """Base of all button meanings: frozen dataclasses of int, str and StrEnum fields."""


_BY_CODE: dict[str, type[Action]] = {}
_CODES: dict[type[Action], str] = {}
_TYPES: dict[type[Action], tuple[type[Any], ...]] = {}


class Unreadable(ValueError):
    """Callback data that no button of ours carries."""


def _coded(code: str) -> Any:
    def register(action: A) -> A:
        if code in _BY_CODE:
            raise ValueError(f"button code {code!r} is taken by {_BY_CODE[code].__name__}")
        _BY_CODE[code] = action
        _CODES[action] = code
        hints = get_type_hints(action)
        _TYPES[action] = tuple(hints[field.name] for field in fields(action))  # type: ignore[arg-type]
        return action

    return register


def code_of(action: type[Action]) -> str:
    """The code that begins the callback data of this kind of button."""
    return _CODES[action]


def encode(action: Action) -> str:
    """The callback data of a button; raise ValueError when it exceeds 64 bytes."""
    values = (getattr(action, field.name) for field in fields(action))  # type: ignore[arg-type]
    data = ":".join([_CODES[type(action)], *(str(value) for value in values)])
    if len(data.encode()) > MOST_BYTES:
        raise ValueError(f"callback data of {len(data.encode())} bytes: {data}")
    return data


def decode(data: str) -> Action:
    """Read callback data strictly: any bytes can come from a client. Raise Unreadable."""
    code, *raw = data.split(":")
    action = _BY_CODE.get(code)
    if action is None or len(raw) != len(_TYPES[action]):
        raise Unreadable(data)
    try:
        return action(*(_read(kind, text) for kind, text in zip(_TYPES[action], raw, strict=True)))
    except ValueError as error:
        raise Unreadable(data) from error


def _read(kind: type[Any], text: str) -> Any:
    if kind is int:
        number = int(text) if len(text) <= 19 else None
        if str(number) != text:  # " 7", "07", "7_0" are numbers too, but not as we write them
            raise Unreadable(text)
        return number
    return kind(text)


class Page(StrEnum):
    """Screens that can always be asked for again."""

    HOME = "home"
    GROUPS = "groups"
    WEBINARS = "webinars"
    RESULTS = "results"
    SETTINGS = "settings"
    HELP = "help"
    PRIVACY = "privacy"


@_coded("o")
@dataclass(frozen=True)
class Open(Action):
    """Show a screen in place of this one."""

    page: Page


@_coded("c")
@dataclass(frozen=True)
class Cancel(Action):
    """Leave the dialog; its draft is kept."""


@_coded("b")
@dataclass(frozen=True)
class Back(Action):
    """One question back. `revision` is that of the dialog."""

    revision: int


# --- Webinars ---


@_coded("wl")
@dataclass(frozen=True)
class ListWebinars(Action):
    """A page of the upcoming webinars, counted from 0."""

    page: int


@_coded("wd")
@dataclass(frozen=True)
class ShowWebinar(Action):
    """Details of one webinar."""

    webinar_id: int


@_coded("wr")
@dataclass(frozen=True)
class RemindMe(Action):
    """Ask how wide: this webinar, the group's, all."""

    webinar_id: int


@_coded("ws")
@dataclass(frozen=True)
class Subscribe(Action):
    """Follow; `webinar_id` is the card that the button stands on."""

    webinar_id: int
    scope: Scope


@_coded("wu")
@dataclass(frozen=True)
class Unsubscribe(Action):
    """No reminders of this webinar any more."""

    webinar_id: int


@_coded("wf")
@dataclass(frozen=True)
class ShowFollowed(Action):
    """What I follow."""


@_coded("wa")
@dataclass(frozen=True)
class FollowAll(Action):
    """Follow every webinar, also those to come."""


@_coded("wx")
@dataclass(frozen=True)
class UnfollowAll(Action):
    """End every subscription."""


# --- Groups ---


@_coded("gp")
@dataclass(frozen=True)
class ListGroups(Action):
    """A page of the working groups, counted from 0."""

    page: int


@_coded("gd")
@dataclass(frozen=True)
class ShowGroup(Action):
    """A working group's card."""

    group_id: int


@_coded("gj")
@dataclass(frozen=True)
class AskToJoin(Action):
    """Begin an application."""

    group_id: int


@_coded("gw")
@dataclass(frozen=True)
class Withdraw(Action):
    """Withdraw an application."""

    application_id: int


@_coded("gl")
@dataclass(frozen=True)
class Leave(Action):
    """Leave a group: asks first."""

    group_id: int


@_coded("gly")
@dataclass(frozen=True)
class LeaveForSure(Action):
    """Leave a group after having been asked."""

    group_id: int


@_coded("as")
@dataclass(frozen=True)
class Skip(Action):
    """Skip an optional question. `revision` is that of the dialog."""

    revision: int


@_coded("ah")
@dataclass(frozen=True)
class HandIn(Action):
    """Hand in what the dialog has gathered. `revision` is that of the dialog."""

    revision: int


@_coded("aa")
@dataclass(frozen=True)
class Accept(Action):
    """Accept an application."""

    application_id: int


@_coded("ad")
@dataclass(frozen=True)
class Decline(Action):
    """Decline an application."""

    application_id: int


# --- Results ---


@_coded("rg")
@dataclass(frozen=True)
class ChooseGroup(Action):
    """The group a result is for."""

    group_id: int
    revision: int


@_coded("rd")
@dataclass(frozen=True)
class ResumeDraft(Action):
    """Go on with the draft that was kept."""

    result_id: int


@_coded("rn")
@dataclass(frozen=True)
class NewDraft(Action):
    """Put the kept draft aside for good and begin anew."""

    result_id: int


@_coded("rs")
@dataclass(frozen=True)
class ShowResult(Action):
    """One result."""

    result_id: int


@_coded("ra")
@dataclass(frozen=True)
class AcceptResult(Action):
    """Accept this version."""

    result_id: int
    version: int


@_coded("rc")
@dataclass(frozen=True)
class AskChanges(Action):
    """Ask for changes to this version: the reason is typed next."""

    result_id: int
    version: int


@_coded("re")
@dataclass(frozen=True)
class Revise(Action):
    """Work on a result that came back."""

    result_id: int


@_coded("rp")
@dataclass(frozen=True)
class PublishResult(Action):
    """Make this version public."""

    result_id: int
    version: int


@_coded("rf")
@dataclass(frozen=True)
class ShowFile(Action):
    """The file of a result."""

    result_id: int


@_coded("rx")
@dataclass(frozen=True)
class DropFile(Action):
    """Hand in without the file or link chosen before. `revision` is that of the dialog."""

    revision: int


@_coded("rl")
@dataclass(frozen=True)
class ListResults(Action):
    """A page of the results, counted from 0."""

    page: int


# --- Broadcasts ---


@_coded("xa")
@dataclass(frozen=True)
class ChooseAudience(Action):
    """For whom; `target_id` 0 asks which group or webinar."""

    audience: Audience
    target_id: int
    revision: int


@_coded("xs")
@dataclass(frozen=True)
class StartBroadcast(Action):
    """Send it to the people shown; their number was on the button. `revision` is 0 on a second organiser's card."""

    broadcast_id: int
    recipients: int
    revision: int


@_coded("xp")
@dataclass(frozen=True)
class StopBroadcast(Action):
    """Nothing more of this goes out."""

    broadcast_id: int


@_coded("xr")
@dataclass(frozen=True)
class RetryUncertain(Action):
    """Send again to those of whom nobody knows."""

    broadcast_id: int


@_coded("xl")
@dataclass(frozen=True)
class LeaveUncertain(Action):
    """Do not send again to those of whom nobody knows."""

    broadcast_id: int


@_coded("xt")
@dataclass(frozen=True)
class ListTargets(Action):
    """A page of the groups or webinars to choose from, counted from 0."""

    audience: Audience
    page: int
    revision: int


@_coded("xd")
@dataclass(frozen=True)
class ResumeBroadcast(Action):
    """Go on with the draft that was kept. `revision` is that of the dialog."""

    revision: int


@_coded("xn")
@dataclass(frozen=True)
class NewBroadcast(Action):
    """Throw the kept draft away and write anew. `revision` is that of the dialog."""

    revision: int


@_coded("xy")
@dataclass(frozen=True)
class PreviewOnly(Action):
    """In the preview of a broadcast, in the place of *Stop these messages*."""


@_coded("xo")
@dataclass(frozen=True)
class StopMessages(Action):
    """Below every broadcast: stop these messages."""


@_coded("xb")
@dataclass(frozen=True)
class StartMessages(Action):
    """Take `/stop` back."""


# --- Settings ---


@_coded("sl")
@dataclass(frozen=True)
class AskLanguage(Action):
    """Which language?"""


@_coded("sl1")
@dataclass(frozen=True)
class SetLanguage(Action):
    """Speak this language from now on."""

    language: str


@_coded("sz")
@dataclass(frozen=True)
class AskZone(Action):
    """Where are you?"""


@_coded("sz1")
@dataclass(frozen=True)
class SetZone(Action):
    """Show times of this zone (IANA name)."""

    zone: str


@_coded("sr")
@dataclass(frozen=True)
class AskLeads(Action):
    """When to remind?"""


@_coded("sr1")
@dataclass(frozen=True)
class ToggleLead(Action):
    """Remind, or no longer remind, this many minutes ahead."""

    minutes: int
