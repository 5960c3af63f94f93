"""What organisers do on their pages: the same services, with the same rights, as behind the buttons in the chat."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from domain.retries import MayGo
from domain.reviews import Published, Review, Reviewed
from messages.organiser_pages import News
from services import broadcasts, letters, reviews
from services.work import Work
from web.forms import Form
from web.organiser_views import View


@dataclass(frozen=True)
class Done:
    """The page to go to, and what is said there."""

    place: str
    news: News


@dataclass(frozen=True)
class Shown:
    """A page instead, as an answer to the form: nothing was done, and what was typed stands in it."""

    place: str
    view: View
    status: int


Deed = Callable[[Work, Form], Awaitable[Done | Shown]]


async def accept(work: Work, form: Form) -> Done:
    """Accept this version of a result."""
    outcome = await reviews.review(work, form.number("result"), form.number("version"), Review.ACCEPT)
    return Done("results", News.ACCEPTED if isinstance(outcome, Reviewed) else News.TOO_LATE)


async def ask_changes(work: Work, form: Form) -> Done:
    """Ask for changes, in words."""
    outcome = await reviews.ask_changes(work, form.number("result"), form.number("version"), form["reason"])
    return Done("results", News.CHANGES_ASKED if isinstance(outcome, Reviewed) else News.TOO_LATE)


async def publish(work: Work, form: Form) -> Done:
    """Make a result public."""
    outcome = await reviews.publish(work, form.number("result"), form.number("version"))
    return Done("results", News.PUBLISHED if isinstance(outcome, Published) else News.TOO_LATE)


async def try_again(work: Work, form: Form) -> Done:
    """Have a dead letter handled once more."""
    await letters.try_again(work, form.number("letter"))
    return Done("deliveries", News.RETRIED)


async def resend(work: Work, form: Form) -> Done:
    """Send a message once more that did not arrive."""
    retry = await letters.send_again(work, form.number("message"), form.number("ending"))
    return Done("deliveries", News.RESENT if isinstance(retry, MayGo) else News.NOT_RESENT)


async def stop(work: Work, form: Form) -> Done:
    """Let nothing more of a broadcast go out."""
    spared = await broadcasts.stop(work, form.number("broadcast"))
    return Done("broadcasts", News.WAS_OVER if spared is None else News.STOPPED)


async def send_again(work: Work, form: Form) -> Done:
    """Send a broadcast again to those of whom nobody knows."""
    again = await broadcasts.send_again(work, form.number("broadcast"))
    return Done("broadcasts", News.SENT_AGAIN if again else News.NOTHING_UNCERTAIN)


DEEDS: Mapping[str, Deed] = {
    "results/accept": accept,
    "results/changes": ask_changes,
    "results/publish": publish,
    "deliveries/again": try_again,
    "deliveries/send": resend,
    "broadcasts/stop": stop,
    "broadcasts/again": send_again,
}
"""By the place that the form is sent to."""
