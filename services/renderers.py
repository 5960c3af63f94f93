"""Which service words which kind of delivery when it is claimed."""

from collections.abc import Mapping

from services import alarms, reminders, webinars
from services.rendering import Renderer

RENDERERS: Mapping[str, Renderer] = {
    "alarm": alarms.render_alarms,
    "sorry": alarms.render_apologies,
    "reminder": reminders.render_reminders,
    "change": webinars.render_changes,
}
"""By the kind of the delivery; cards of all kinds share one renderer."""
