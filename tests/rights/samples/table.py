"""Every sample, by route."""

from collections import defaultdict
from collections.abc import Mapping

from domain.buttons.coding import Action
from handlers.routes import ButtonPress, Command, DialogInput
from handlers.table import ROUTES
from tests.rights.samples import (
    applications,
    audit,
    broadcasts,
    calendar,
    chats,
    deciding,
    discussing,
    finding,
    hubs,
    invites,
    meetings,
    organising,
    public,
    publications,
    questions,
    quiet,
    registering,
    results,
    rounds,
    sessions,
    talks,
    webinar_editing,
)
from tests.rights.samples.sample import Route, Sample

FEATURES = (
    public,
    quiet,
    calendar,
    registering,
    applications,
    deciding,
    results,
    discussing,
    rounds,
    publications,
    broadcasts,
    hubs,
    sessions,
    meetings,
    finding,
    chats,
    invites,
    talks,
    webinar_editing,
    questions,
    organising,
    audit,
)

ALL: list[Sample] = [sample for feature in FEATURES for sample in feature.SAMPLES]

SAMPLES: Mapping[Route, list[Sample]] = defaultdict(list)
for one in ALL:
    SAMPLES[one.route].append(one)

Asked = Command | ButtonPress | DialogInput
"""Routes on which somebody asks for something. Happenings and follow-ups are nobody's requests: Telegram tells what
happened, or answers the bot's own call; nothing in them claims a right, and none of them answers whoever caused it.
"""


def route_name(route: Asked) -> Route:
    """By what the samples call it."""
    match route:
        case Command(name=name):
            return f"/{name}"
        case ButtonPress(action=action):
            return action
        case DialogInput(dialog=name):
            return name


BY_NAME: Mapping[Route, Asked] = {
    route_name(r): r for r in ROUTES if isinstance(r, Command | ButtonPress | DialogInput)
}


def label(route: Route) -> str:
    """How a route is called in the report of a test."""
    return route.__name__ if isinstance(route, type) and issubclass(route, Action) else str(route)
