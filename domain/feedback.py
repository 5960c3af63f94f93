"""Feedback after a webinar: two taps, who gets the recording, and what is counted for the coordinators."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.events import Event, EventKind, EventState
from domain.talks import Talk, TalkState

RATINGS = (1, 2, 3, 4, 5)
"""How useful it was: 1 not at all, 5 very."""


class Wish(StrEnum):
    """What somebody would like next."""

    MORE = "more"  # on this topic
    JOIN = "join"  # the group
    NOTHING = "nothing"


class Part(StrEnum):
    """What the survey asks now."""

    RATING = "rating"
    WISH = "wish"
    THANKS = "thanks"


@dataclass(frozen=True)
class Feedback:
    """What one person has answered about one webinar. `told_at`: when the recording was sent to them."""

    rating: int | None = None
    wish: Wish | None = None
    wants_recording: bool = False
    told_at: datetime | None = None

    @property
    def part(self) -> Part:
        """The first of the questions that is not answered."""
        if self.rating is None:
            return Part.RATING
        return Part.WISH if self.wish is None else Part.THANKS


NO_FEEDBACK = Feedback()


def takes_feedback(event: Event, now: datetime) -> bool:
    """Whether there is anything to say: a webinar that has taken place."""
    return event.kind is EventKind.WEBINAR and event.state is EventState.ANNOUNCED and now >= event.ends_at


def has_recording(event: Event) -> bool:
    """Whether there is a recording to be seen; of what was cancelled there is none, whatever was stored before."""
    return bool(event.recording_link) and event.state is EventState.ANNOUNCED


def may_pass_on(talk: Talk) -> bool:
    """Whether the slides of a talk go to those who ask for them: handed in, held, and no "no" to a recording."""
    return talk.slides_id is not None and talk.state is not TalkState.DECLINED and talk.recording is not False


@dataclass(frozen=True)
class Summary:
    """What came of a webinar, in numbers. `mean`: of the ratings, None where nobody rated it."""

    followers: int
    rated: int
    mean: float | None
    more: int
    join: int
    recordings: int
    asked: int
    answered: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell: nobody followed it, and nobody said or asked anything."""
        return not any((self.followers, self.rated, self.recordings, self.asked))
