"""What each page of the organisers shows: the template, and what it is given. Every view asks for its own right."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from domain.broadcasts import BroadcastState, Fate
from domain.events import Event
from domain.paging import ListPage
from messages import dates
from messages.languages import pick
from services import audit, letters, organiser_pages, programme
from services.work import Work
from web.charts import bars

MOST_TYPED = 64

LIVE_SECONDS = 5


@dataclass(frozen=True)
class View:
    """`label`: the name of the heading among the fixed words. `refresh`: seconds until the page asks anew; 0: never."""

    template: str
    label: str
    values: Mapping[str, Any] = field(default_factory=dict)
    refresh: int = 0


Viewer = Callable[[Work, QueryParams], Awaitable[View]]


def page_in(query: QueryParams, name: str = "page") -> int:
    """The wished page, from 0; what is no number is the first."""
    text = query.get(name, "")
    return int(text) - 1 if text.isascii() and text.isdecimal() and len(text) <= 6 else 0


def turn(page: ListPage, name: str = "page", query: str = "") -> Mapping[str, object]:
    """The ways to the pages around this one; `query` stands before the number."""
    return {"number": page.number + 1, "of": page.of, "name": name, "query": query}


async def overview(work: Work, query: QueryParams) -> View:
    """How every group is doing."""
    del query
    shown = await organiser_pages.get_overview(work)
    return View("overview.html", "overview", {"standings": shown.standings, "wanted": shown.wanted})


async def people(work: Work, query: QueryParams) -> View:
    """Who is known, and who can be written to."""
    typed = query.get("q", "").strip()[:MOST_TYPED]
    shown = await organiser_pages.list_people(work, typed, page_in(query))
    wanted = urlencode({"q": typed}) + "&" if typed else ""
    return View("people.html", "people", {"typed": typed, "shown": shown, "turn": turn(shown.page, query=wanted)})


async def queue(work: Work, query: QueryParams) -> View:
    """Results that wait."""
    shown = await organiser_pages.list_queue(work, page_in(query))
    return View(
        "results.html", "queue", {"entries": shown.entries, "turn": turn(shown.page), "start": work.process.start_link}
    )


async def broadcasts(work: Work, query: QueryParams) -> View:
    """Messages for many, and how far they are."""
    shown = await organiser_pages.list_broadcasts(work, page_in(query))
    is_live = query.get("live") == "1"
    running = any(one.state is BroadcastState.SENDING for one, _ in shown.runs)
    values = {
        "shown": shown,
        "turn": turn(shown.page),
        "is_live": is_live,
        "running": running,
        "fates": Fate,
        "states": BroadcastState,
    }
    return View("broadcasts.html", "broadcasts", values, LIVE_SECONDS if is_live and running else 0)


async def deliveries(work: Work, query: QueryParams) -> View:
    """What failed."""
    size = organiser_pages.PAGE_SIZE
    dead = await letters.list_dead(work, page_in(query, "dead"), size)
    lost = await letters.list_undelivered(work, page_in(query, "lost"), size)
    values = {"dead": dead, "lost": lost, "turn_dead": turn(dead.page, "dead"), "turn_lost": turn(lost.page, "lost")}
    return View("deliveries.html", "deliveries", values)


async def deeds(work: Work, query: QueryParams) -> View:
    """The audit."""
    shown = await audit.list_deeds(work, page_in(query), None, organiser_pages.PAGE_SIZE)
    return View("audit.html", "audit", {"deeds": shown.deeds, "turn": turn(shown.page)})


async def planned(work: Work, query: QueryParams) -> View:
    """The programme as a table."""
    del query
    return View("programme.html", "programme", {"programme": await programme.show(work)})


async def charts(work: Work, query: QueryParams) -> View:
    """Numbers, drawn."""
    del query
    shown = await organiser_pages.get_charts(work)
    sessions = [(_named(one.event, work), one.said["yes"], one.attended) for one in shown.sessions]
    drawn = {
        "sign_up_bars": [(number,) for _, number in shown.sign_ups],
        "reminder_bars": [(number,) for _, number in shown.reminders],
        "session_bars": [(yes, came) for _, yes, came in sessions],
        "result_bars": [(submitted, public) for _, submitted, public in shown.results],
    }
    return View("charts.html", "charts", {"shown": shown, "sessions": sessions, "bars": bars} | drawn)


def _named(event: Event, work: Work) -> str:
    when = dates.day_and_time(event.starts_at, work.zone, work.language)
    return f"{pick(event.titles, work.language)} · {when}"


VIEWS: Mapping[str, Viewer] = {
    "": overview,
    "results": queue,
    "programme": planned,
    "people": people,
    "broadcasts": broadcasts,
    "deliveries": deliveries,
    "charts": charts,
    "audit": deeds,
}
"""By the place below /organisers."""
