"""Everything that can be asked, feature by feature."""

from collections.abc import Mapping

from handlers import (
    applications,
    broadcasts,
    chats,
    chores,
    deciding,
    digest,
    exports,
    group_editing,
    groups,
    invites,
    manage,
    members,
    organise,
    results,
    roles,
    scheduling,
    session_changes,
    sessions,
    settings,
    start,
    submissions,
    talks,
    webinars,
)
from handlers.dialogs import Flow, routes_for
from handlers.routes import Route

FLOWS: Mapping[str, Flow] = {
    "session": scheduling.FLOW,
    "session_change": session_changes.FLOW,
    "submit": submissions.FLOW,
    "apply": applications.FLOW,
    "broadcast": broadcasts.FLOW,
    "group": group_editing.FLOW,
    "grant": roles.FLOW,
    "talk": talks.FLOW,
    "slides": talks.SLIDES_FLOW,
}

ROUTES: list[Route] = [
    *start.ROUTES,
    *webinars.ROUTES,
    *groups.ROUTES,
    *applications.ROUTES,
    *deciding.ROUTES,
    *manage.ROUTES,
    *members.ROUTES,
    *submissions.ROUTES,
    *results.ROUTES,
    *broadcasts.ROUTES,
    *settings.ROUTES,
    *organise.ROUTES,
    *group_editing.ROUTES,
    *digest.ROUTES,
    *exports.ROUTES,
    *chats.ROUTES,
    *sessions.ROUTES,
    *scheduling.ROUTES,
    *session_changes.ROUTES,
    *roles.ROUTES,
    *chores.ROUTES,
    *invites.ROUTES,
    *talks.ROUTES,
    *routes_for(FLOWS),
]
