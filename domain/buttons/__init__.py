"""Buttons, a file for each feature: what each one means and the code it goes by."""

from domain.buttons import (
    applications,
    broadcasts,
    dialogs,
    groups,
    manage,
    organise,
    results,
    screens,
    settings,
    webinars,
)

__all__ = [
    "applications",
    "broadcasts",
    "dialogs",
    "groups",
    "manage",
    "organise",
    "results",
    "screens",
    "settings",
    "webinars",
]
