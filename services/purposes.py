"""Which service acts on which kind of occasion."""

from collections.abc import Mapping

from domain.occasions import Purpose
from services import asking, attendance, minutes, reminders, sessions, talks
from services.occasions import Act

PURPOSES: Mapping[Purpose, Act] = {
    Purpose.REMINDER: reminders.remind,
    Purpose.ASK: asking.ask,
    Purpose.LINK: sessions.open_link,
    Purpose.ATTENDANCE: attendance.ask,
    Purpose.MINUTES: minutes.chase,
    Purpose.MINUTES_AGAIN: minutes.chase,
    Purpose.TALK_CONFIRM: talks.ask,
    Purpose.TALK_DETAILS: talks.ask,
    Purpose.TALK_SLIDES: talks.ask,
    Purpose.TALK_CHECK: talks.ask,
    Purpose.TALK_SILENT: talks.hand_on,
    Purpose.TALK_BACKSTAGE: talks.open_backstage,
    Purpose.TALK_THANKS: talks.thank,
}
