"""Which start payload opens in private what a button shows: for cards that a whole group sees."""

from domain.buttons.calendar import WebinarFile
from domain.buttons.coding import Action
from domain.buttons.groups import ListGroups, ShowGroup
from domain.buttons.results import ListResults, ShowResult
from domain.buttons.screens import Open, Page
from domain.buttons.sessions import ListSessions, ShowSession
from domain.buttons.webinars import ListWebinars, RemindMe, ShowWebinar

HOME = Page.HOME.value
"""The payload that opens nothing in particular."""


def payload_of(action: Action) -> str | None:
    """The payload of `/start`; None where a button has no place outside the private chat."""
    match action:
        case ShowWebinar(webinar_id=number):
            return f"w_{number}"
        case RemindMe(webinar_id=number):
            return f"m_{number}"
        case WebinarFile(webinar_id=number):
            return f"k_{number}"
        case ShowGroup(group_id=number):
            return f"g_{number}"
        case ShowResult(result_id=number):
            return f"r_{number}"
        case ShowSession(session_id=number):
            return f"s_{number}"
        case _:
            return _page_of(action)


def _page_of(action: Action) -> str | None:
    """Lists go on where only one person turns the pages."""
    match action:
        case ListWebinars():
            return Page.WEBINARS.value
        case ListGroups():
            return Page.GROUPS.value
        case ListResults():
            return Page.RESULTS.value
        case ListSessions():
            return Page.SESSIONS.value
        case Open(page=page) if page is not Page.HOME:
            return page.value
        case _:
            return None
