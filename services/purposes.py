"""Which service acts on which kind of occasion."""

from collections.abc import Mapping

from domain.occasions import Purpose
from services import answering, asking, attendance, feedback, minutes, reminders, runway, sessions, summaries
from services.occasions import Act

PURPOSES: Mapping[Purpose, Act] = {
    Purpose.REMINDER: reminders.remind,
    Purpose.ASK: asking.ask,
    Purpose.LINK: sessions.open_link,
    Purpose.ATTENDANCE: attendance.ask,
    Purpose.MINUTES: minutes.chase,
    Purpose.MINUTES_AGAIN: minutes.chase,
    Purpose.TALK_CONFIRM: runway.ask,
    Purpose.TALK_DETAILS: runway.ask,
    Purpose.TALK_SLIDES: runway.ask,
    Purpose.TALK_CHECK: runway.ask,
    Purpose.TALK_SILENT: runway.hand_on,
    Purpose.TALK_BACKSTAGE: runway.open_backstage,
    Purpose.TALK_THANKS: runway.thank,
    Purpose.QUESTIONS: answering.hand_over,
    Purpose.FEEDBACK: feedback.ask,
    Purpose.SUMMARY: summaries.tell,
}
