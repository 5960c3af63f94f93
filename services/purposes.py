"""Which service acts on which kind of occasion."""

from collections.abc import Mapping

from domain.occasions import Purpose
from services import asking, reminders, sessions
from services.occasions import Act

PURPOSES: Mapping[Purpose, Act] = {
    Purpose.REMINDER: reminders.remind,
    Purpose.ASK: asking.ask,
    Purpose.LINK: sessions.open_link,
}
