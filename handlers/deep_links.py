"""Which start payload opens in private what a button shows: for cards that a whole group sees."""

from domain.buttons.coding import Action
from domain.buttons.groups import ShowGroup
from domain.buttons.results import ShowResult
from domain.buttons.sessions import ShowSession
from domain.buttons.webinars import RemindMe, ShowWebinar

HOME = "home"
"""The payload that opens nothing in particular."""


def payload_of(action: Action) -> str | None:
    """The payload of `/start`; None where a button has no place outside the private chat."""
    match action:
        case ShowWebinar(webinar_id=number) | RemindMe(webinar_id=number):
            return f"w_{number}"
        case ShowGroup(group_id=number):
            return f"g_{number}"
        case ShowResult(result_id=number):
            return f"r_{number}"
        case ShowSession(session_id=number):
            return f"s_{number}"
        case _:
            return None
