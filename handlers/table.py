"""Everything that can be asked, feature by feature."""

from collections.abc import Mapping

from handlers import settings, start, webinars
from handlers.dialogs import Flow, routes_for
from handlers.routes import Route

FLOWS: Mapping[str, Flow] = {}

ROUTES: list[Route] = [
    *start.ROUTES,
    *webinars.ROUTES,
    *settings.ROUTES,
    *routes_for(FLOWS),
]
