"""Buttons, a file for each feature: what each one means and the code it goes by."""

from domain.buttons import (
    applications,
    broadcasts,
    chores,
    dialogs,
    group_editing,
    groups,
    manage,
    organise,
    results,
    roles,
    screens,
    session_changes,
    sessions,
    settings,
    webinars,
)

__all__ = [
    "applications",
    "broadcasts",
    "chores",
    "dialogs",
    "group_editing",
    "groups",
    "manage",
    "organise",
    "results",
    "roles",
    "screens",
    "session_changes",
    "sessions",
    "settings",
    "webinars",
]
