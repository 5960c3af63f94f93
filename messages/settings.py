"""The settings screens."""

from datetime import datetime

from domain.buttons.dialogs import Cancel
from domain.buttons.quiet import AskOwnLead, AskQuiet, AskSilence
from domain.buttons.screens import Open, Page
from domain.buttons.settings import AskLanguage, AskLeads, AskZone, SetLanguage, SetZone, ToggleLead
from domain.buttons.webinars import ShowFollowed
from domain.people import Person
from messages import dates, quiet
from messages.languages import LANGUAGES, Speaker, speaker
from messages.markup import Button, Message, join, rows
from messages.ways import home, in_pairs


def settings(person: Person, leads: tuple[int, ...], zone: str, now: datetime, language: str) -> Message:
    """Every setting with its value."""
    say = speaker(language)
    reminders = ", ".join(dates.lead(minutes, language) for minutes in leads)
    values = [
        say("Language: {language}", language=LANGUAGES[language][0]),
        say("Time zone: {city}, now {time}", city=dates.city(zone, language), time=dates.clock(now, zone, language)),
        say("Reminders before an event: {leads}", leads=reminders or say.plain("none")),
        say("Quiet hours: {hours}", hours=quiet.hours(person, language)),
    ]
    notes = [quiet.silence(person, zone, now, language)]
    if person.stopped_at is not None:
        notes.append(say("All messages are stopped."))
    buttons = rows(
        (Button(say.plain("Language"), AskLanguage()), Button(say.plain("Time zone"), AskZone())),
        (Button(say.plain("Reminders"), AskLeads()), Button(say.plain("Quiet hours"), AskQuiet())),
        (Button(say.plain("Silence for a while"), AskSilence()), Button(say.plain("What I follow"), ShowFollowed())),
        (Button(say.plain("My calendar"), Open(Page.CALENDAR)), home(say)),
    )
    parts = [say("<b>Settings</b>"), join(values), *notes]
    return Message(join([part for part in parts if part], "\n\n"), buttons)


def languages(language: str) -> Message:
    """Which language? Each is called by its own name."""
    say = speaker(language)
    choices = tuple(Button(name, SetLanguage(code)) for code, (name, _) in LANGUAGES.items())
    return Message(say("Which language shall I speak?"), rows(choices, _back(say)))


def zones(suggested: list[str], now: datetime, language: str) -> Message:
    """Where are you? The current time is what everybody can check."""
    say = speaker(language)
    buttons = [Button(_place(zone, now, language), SetZone(zone)) for zone in suggested]
    pairs = in_pairs(buttons)
    text = say("What time is it where you are? Tap it, or type the name of a large city in your time zone.")
    return Message(text, rows(*pairs, _back(say)))


def zones_found(found: list[str], now: datetime, language: str) -> Message:
    """The places that match what was typed: nothing counts before it was tapped."""
    say = speaker(language)
    buttons = [Button(_place(zone, now, language), SetZone(zone)) for zone in found]
    return Message(say("Is this the time where you are?"), rows(*buttons, _back(say)))


def leads(offered: tuple[int, ...], chosen: tuple[int, ...], language: str) -> Message:
    """When to remind; several may be on. Lead times of one's own stand among those on offer."""
    say = speaker(language)
    buttons = [
        Button(("✓ " if minutes in chosen else "") + dates.lead(minutes, language), ToggleLead(minutes))
        for minutes in sorted({*offered, *chosen}, reverse=True)
    ]
    pairs = in_pairs(buttons)
    own = Button(say.plain("Another time"), AskOwnLead())
    return Message(
        say("How long before an event shall I remind you? Tap to switch on or off."), rows(*pairs, own, _back(say))
    )


def own_lead(language: str) -> Message:
    """Which other lead time?"""
    say = speaker(language)
    text = say("How long before an event shall I remind you? Send it like 45 minutes, 3 hours or 2 days.")
    return Message(text, rows((Button(say.plain("Back"), AskLeads()), Button(say.plain("Cancel"), Cancel()))))


def saved(language: str) -> str:
    """The toast after a change."""
    return speaker(language).plain("Saved.")


def _place(zone: str, now: datetime, language: str) -> str:
    return f"{dates.clock(now, zone, language)} {dates.city(zone, language)}"


def _back(say: Speaker) -> Button:
    return Button(say.plain("Back"), Open(Page.SETTINGS))
