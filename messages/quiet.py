"""What is said about quiet hours and silence."""

from datetime import date, datetime

from domain.buttons.dialogs import Cancel
from domain.buttons.quiet import (
    AskQuiet,
    AskSilence,
    AskSilentUntil,
    NoQuiet,
    QuietFrom,
    QuietUntil,
    SilentFor,
    SilentUntil,
    SpeakAgain,
)
from domain.buttons.screens import Open, Page
from domain.people import Person
from domain.quiet import DAY, STEP
from messages import dates
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, join, rows
from messages.ways import in_rows

IN_A_ROW = 4
"""Half hours beside each other: two hours a row. Six break in two on a narrow screen."""


def hours(person: Person, language: str) -> str:
    """Such as "22:00 to 07:00"."""
    say = speaker(language)
    if person.quiet_from is None or person.quiet_until is None:
        return say.plain("none set")
    begin, end = dates.wall_clock(person.quiet_from, language), dates.wall_clock(person.quiet_until, language)
    return say.plain("{begin} to {end}", begin=begin, end=end)


def silence(person: Person, zone: str, now: datetime, language: str) -> Html:
    """Until when nothing is said; empty when nobody asked for that."""
    if person.silent_until is None or person.silent_until <= now:
        return Html("")
    say, when = speaker(language), dates.in_zone(person.silent_until, zone, language)
    return say("No reminders and announcements before {when}.", when=when)


def ask_begin(person: Person, language: str) -> Message:
    """From when? What quiet hours do is said first."""
    say = speaker(language)
    text = [
        say("<b>Quiet hours</b>: {hours}", hours=hours(person, language)),
        say(
            "A reminder that falls into them waits for their end. If the event starts before that, it comes on time "
            "without a sound, and so does what is urgent."
        ),
        say("From when shall it be quiet?"),
    ]
    off = Button(say.plain("No quiet hours"), NoQuiet()) if person.quiet_from is not None else None
    choices = [Button(dates.wall_clock(minutes, language), QuietFrom(minutes)) for minutes in range(0, DAY, STEP)]
    return Message(join(text, "\n\n"), rows(*in_rows(choices, IN_A_ROW), off, _settings(say)))


def ask_end(begin: int, language: str) -> Message:
    """Until when?"""
    say = speaker(language)
    begins = dates.wall_clock(begin, language)
    choices = [
        Button(dates.wall_clock(end, language), QuietUntil(begin, end)) for end in range(0, DAY, STEP) if end != begin
    ]
    text = say("Quiet from {begin}. Until when?", begin=begins)
    return Message(text, rows(*in_rows(choices, IN_A_ROW), Button(say.plain("Back"), AskQuiet())))


def ask_silence(person: Person, zone: str, now: datetime, language: str) -> Message:
    """How long?"""
    say = speaker(language)
    now_silent = silence(person, zone, now, language)
    text = [
        say("<b>Silence for a while</b>"),
        now_silent,
        say(
            "No reminders and no announcements until then. What falls into that time is not sent later; that something "
            "you follow was moved or cancelled is told at the end, if it is still to come."
        ),
    ]
    again = Button(say.plain("Speak again"), SpeakAgain()) if now_silent else None
    lengths = (Button(say.plain("1 day"), SilentFor(1)), Button(say.plain("1 week"), SilentFor(7)))
    until = Button(say.plain("Until a date"), AskSilentUntil())
    return Message(join([part for part in text if part], "\n\n"), rows(again, (*lengths, until), _settings(say)))


def ask_date(language: str) -> Message:
    """Until which date?"""
    say = speaker(language)
    text = say("On which day shall I speak again? Send it like {example}.", example="24.03.2023")
    return Message(text, rows((Button(say.plain("Back"), AskSilence()), Button(say.plain("Cancel"), Cancel()))))


def confirm_date(day: date, language: str) -> Message:
    """The day as it was read: nothing counts before it was tapped."""
    say = speaker(language)
    shown = dates.day(day, language)
    silent = Button(say.plain("Silent until {day}", day=shown), SilentUntil(day.toordinal()))
    text = say("No reminders and announcements before {when}.", when=shown)
    return Message(text, rows(silent, (Button(say.plain("Back"), AskSilence()), Button(say.plain("Cancel"), Cancel()))))


def silenced(until: datetime, zone: str, language: str) -> str:
    """The toast after a choice."""
    return speaker(language).plain("Silent until {when}.", when=dates.day_and_time(until, zone, language))


def speaking(language: str) -> str:
    """The toast after *Speak again*."""
    return speaker(language).plain("You will be reminded again.")


def _settings(say: Speaker) -> Button:
    return Button(say.plain("Back"), Open(Page.SETTINGS))
