"""Buttons of broadcasts."""

from dataclasses import dataclass

from domain.broadcasts import Audience
from domain.buttons.coding import Action, coded


@coded("xa")
@dataclass(frozen=True)
class ChooseAudience(Action):
    """For whom; `target_id` 0 asks which group or webinar."""

    audience: Audience
    target_id: int
    revision: int


@coded("xs")
@dataclass(frozen=True)
class StartBroadcast(Action):
    """Send it to the people shown; their number was on the button. `revision` is 0 on a second organiser's card."""

    broadcast_id: int
    recipients: int
    revision: int


@coded("xp")
@dataclass(frozen=True)
class StopBroadcast(Action):
    """Nothing more of this goes out."""

    broadcast_id: int


@coded("xc")
@dataclass(frozen=True)
class ResumeRun(Action):
    """An owner lets a paused broadcast go on."""

    broadcast_id: int


@coded("xr")
@dataclass(frozen=True)
class RetryUncertain(Action):
    """Send again to those of whom nobody knows."""

    broadcast_id: int


@coded("xl")
@dataclass(frozen=True)
class LeaveUncertain(Action):
    """Do not send again to those of whom nobody knows."""

    broadcast_id: int


@coded("xt")
@dataclass(frozen=True)
class ListTargets(Action):
    """A page of the groups or webinars to choose from, counted from 0."""

    audience: Audience
    page: int
    revision: int


@coded("xd")
@dataclass(frozen=True)
class ResumeBroadcast(Action):
    """Go on with the draft that was kept. `revision` is that of the dialog."""

    revision: int


@coded("xn")
@dataclass(frozen=True)
class NewBroadcast(Action):
    """Throw the kept draft away and write anew. `revision` is that of the dialog."""

    revision: int


@coded("xy")
@dataclass(frozen=True)
class PreviewOnly(Action):
    """In the preview of a broadcast, in the place of *Stop these messages*."""


@coded("xo")
@dataclass(frozen=True)
class StopMessages(Action):
    """Below every broadcast: stop these messages."""


@coded("xb")
@dataclass(frozen=True)
class StartMessages(Action):
    """Take `/stop` back."""
