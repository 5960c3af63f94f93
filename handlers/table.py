"""Everything that can be asked, feature by feature."""

from collections.abc import Mapping

from handlers import (
    applications,
    broadcasts,
    chores,
    digest,
    group_editing,
    groups,
    manage,
    organise,
    results,
    roles,
    sessions,
    settings,
    start,
    submissions,
    webinars,
)
from handlers.dialogs import Flow, routes_for
from handlers.routes import Route

FLOWS: Mapping[str, Flow] = {
    "submit": submissions.FLOW,
    "apply": applications.FLOW,
    "broadcast": broadcasts.FLOW,
    "group": group_editing.FLOW,
    "grant": roles.FLOW,
}

ROUTES: list[Route] = [
    *start.ROUTES,
    *webinars.ROUTES,
    *groups.ROUTES,
    *applications.ROUTES,
    *manage.ROUTES,
    *submissions.ROUTES,
    *results.ROUTES,
    *broadcasts.ROUTES,
    *settings.ROUTES,
    *organise.ROUTES,
    *group_editing.ROUTES,
    *digest.ROUTES,
    *sessions.ROUTES,
    *roles.ROUTES,
    *chores.ROUTES,
    *routes_for(FLOWS),
]
