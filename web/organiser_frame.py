"""Wraps what an organisers' page shows: for whoever is signed in with their menu, for everybody else at the door."""

from collections.abc import Mapping
from types import SimpleNamespace
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.pages import readable
from domain.process import Process
from domain.web_sessions import form_token
from messages.organiser_labels import labels
from messages.organiser_pages import News, Words
from services.web_access import ENTRANCE
from services.work import Work
from web.organiser_views import View
from web.rendering import render
from web.static_files import NAMES

HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""A page of one person: kept nowhere, framed nowhere, and its forms go to this host only."""

MENU = {
    "": "overview",
    "results": "results",
    "programme": "programme",
    "texts": "texts",
    "people": "people",
    "broadcasts": "broadcasts",
    "deliveries": "deliveries",
    "charts": "charts",
    "audit": "audit",
}


def root_of(process: Process) -> str:
    """The path that a proxy takes off: "" or such as "/prework"."""
    return urlsplit(process.web_url or "").path


def base_of(process: Process) -> str:
    """Where the organisers' pages begin in addresses."""
    return f"{root_of(process)}/{ENTRANCE}"


def inside(work: Work, session: str, place: str, view: View, *, news: str = "", status: int = 200) -> Response:
    """A page for whoever is signed in. `news`: what was just done, by its name."""
    words = Words(work.language, work.zone)
    known = news in set(News)
    values = {
        "me": work.person.name,
        "place": place,
        "menu": MENU,
        "token": form_token(session),
        "w": words,
        "news": words.news(News(news)) if known else "",
        **view.values,
    }
    response = _page(view.template, work.language, work.process, view.label, values, status)
    if view.refresh:
        # As a header: in the page it would count as a trap for readers of screens, who here have asked for it.
        response.headers["Refresh"] = str(view.refresh)
    return response


def at_the_door(process: Process, language: str, status: int = 403) -> Response:
    """What everybody sees who is not signed in, wherever they look."""
    values = {"token": "", "text": labels(language).not_signed_in}
    return _page("door.html", language, process, "door", values, status)


def entrance(process: Process, language: str, link: str, place: str) -> Response:
    """The one button behind a link: programs that look at links press none. `place`: of the page that comes next."""
    return _page("enter.html", language, process, "door", {"token": "", "link": link, "to": place}, 200)


def told(process: Process, language: str, label: str, text: str, status: int) -> Response:
    """A sentence and the way back."""
    return _page("told.html", language, process, label, {"token": "", "text": text}, status)


def turn_to(process: Process, place: str, news: News) -> Response:
    """To a page after a deed. `news`: what is said there of it."""
    return RedirectResponse(f"{base_of(process)}/{place}?said={news.value}", 303, HEADERS)


def _page(
    template: str, language: str, process: Process, label: str, values: Mapping[str, object], status: int
) -> Response:
    t: SimpleNamespace = labels(language)
    shared = {
        "t": t,
        "language": language,
        "root": root_of(process),
        "base": base_of(process),
        "static": NAMES,
        "heading": getattr(t, label),
        "me": "",
        "news": "",
    }
    document = render(f"organisers/{template}", **(shared | dict(values)))
    return HTMLResponse(readable(document.content.decode()), status, HEADERS)
