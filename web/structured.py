"""What search engines read beside the words: a webinar by schema.org, as JSON-LD."""

from typing import Any

import orjson
from markupsafe import Markup

from domain.pages import PublicWebinar, Standing, is_web_address
from messages.pages import WebinarView

_STATUS = {Standing.CANCELLED: "https://schema.org/EventCancelled"}
_SCHEDULED = "https://schema.org/EventScheduled"


def event(view: WebinarView, address: str, organiser: str) -> Markup:
    """The webinar as the content of a script element, of which nothing can end that element."""
    return as_data(_event(view, view.source, address, organiser))


def as_data(value: object) -> Markup:
    """JSON in which no character means anything to HTML."""
    text = orjson.dumps(value).decode()
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - the line above


def _event(view: WebinarView, webinar: PublicWebinar, address: str, organiser: str) -> dict[str, Any]:
    links = [link for link in (webinar.join_link,) if link and is_web_address(link)]
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": view.title.text,
        "description": view.abstract.text,
        "startDate": view.when.starts,
        "endDate": view.when.ends,
        "eventStatus": _STATUS.get(webinar.standing, _SCHEDULED),
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": next(iter(links), address)},
        "organizer": {"@type": "Organization", "name": organiser},
        "performer": [{"@type": "Organization", "name": name} for name in webinar.speakers],
        "inLanguage": list(webinar.languages),
        "isAccessibleForFree": True,
        "url": address,
    }
