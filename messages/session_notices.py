"""What people are told about sessions: the question whether they will come, reminders, what became of an answer."""

from datetime import datetime
from typing import assert_never

from domain.buttons.sessions import ShowSession
from domain.events import Event
from domain.sessions import Answer, Answered, AnswerOutcome, CalledOff, TooLate
from messages import dates
from messages.languages import speaker
from messages.markup import Button, Message, rows
from messages.session_links import name, reminder_buttons
from messages.sessions import answer_buttons, start_and_length


def answered(outcome: AnswerOutcome, language: str) -> str:
    """The toast after an answer."""
    say = speaker(language)
    match outcome:
        case Answered(answer=Answer.YES):
            return say.plain("Noted: you will be there.")
        case Answered(answer=Answer.MAYBE):
            return say.plain("Noted: maybe.")
        case Answered():
            return say.plain("Noted: you cannot come. You will get no reminder.")
        case TooLate():
            return say.plain("This session is over.")
        case CalledOff():
            return say.plain("This session was cancelled.")
        case _:
            assert_never(outcome)


def reminder(session: Event, group_code: str, now: datetime, zone: str, language: str) -> Message:
    """The reminder, with the time that truly remains."""
    say = speaker(language)
    text = say(
        "Starts in {remaining}: <b>{name}</b>\n{when}",
        remaining=dates.duration(session.starts_at - now, language),
        name=name(session, group_code, language),
        when=dates.in_zone(session.starts_at, zone, language),
    )
    return Message(text, rows(reminder_buttons(session, now, language)))


def ask(session: Event, group_code: str, now: datetime, zone: str, language: str) -> Message:
    """Will you be there? Asked once."""
    say = speaker(language)
    text = say(
        "Will you be there? <b>{name}</b>\n{when}",
        name=name(session, group_code, language),
        when=start_and_length(session, now, zone, language),
    )
    details = Button(say.plain("Details"), ShowSession(session.id))
    return Message(text, rows(answer_buttons(session.id, language), details))
