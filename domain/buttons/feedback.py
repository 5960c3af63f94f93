"""Buttons of what comes after a webinar: the survey, the recording, the summary."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded
from domain.feedback import Wish


@coded("ya")
@dataclass(frozen=True)
class RateWebinar(Action):
    """How useful was it?"""

    webinar_id: int
    rating: int


@coded("yw")
@dataclass(frozen=True)
class ChooseWish(Action):
    """What next?"""

    webinar_id: int
    wish: Wish


@coded("ym")
@dataclass(frozen=True)
class WantRecording(Action):
    """Send me the recording and the slides."""

    webinar_id: int


@coded("ys")
@dataclass(frozen=True)
class MakeResult(Action):
    """Begin an interim result with what is known of a webinar."""

    webinar_id: int
