"""What is said about who was at a session."""

from collections.abc import Sequence

from domain.attendance import Attendee, Presence, Sheet
from domain.buttons.attendance import MarkPresence, SaveAttendance, ShowAttendance
from domain.buttons.minutes import ReadMinutes, WriteMinutes
from domain.paging import page_at
from messages import dates
from messages.labels import labelled
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows, shortened
from messages.session_links import name
from messages.turning import by_page
from messages.ways import in_pairs

PAGE_SIZE = 10

MOST_NAMES = 40


def card(sheet: Sheet, zone: str, language: str) -> Message:
    """The question with everybody to tick; once it is saved, what was noted."""
    if not sheet.is_saved:
        return question(sheet, zone, language)
    say = speaker(language)
    there = [one for one in sheet.attendees if one.was_there]
    away = [one for one in sheet.attendees if not one.was_there]
    lines = [_listed(say("Were there"), there, say), _listed(say("Were not there"), away, say)]
    change = Button(say.plain("Change"), ShowAttendance(sheet.session.id, 0))
    return Message(join([_heading(sheet, zone, say), join(lines)], "\n\n"), rows((change, _minutes(sheet, say))))


def question(sheet: Sheet, zone: str, language: str) -> Message:
    """Who was there? A button for everybody invited, page by page."""
    say, session_id = speaker(language), sheet.session.id
    page = page_at(sheet.page, len(sheet.attendees), PAGE_SIZE)
    shown = sheet.attendees[page.part]
    there = sum(one.was_there for one in sheet.attendees)
    text = say("Who was there? Tap a name to change it; ticked are those who had said so. Then save.")
    counted = say("There: {there} of {invited}", there=there, invited=len(sheet.attendees))
    turn = by_page(page, lambda other: ShowAttendance(session_id, other), language)
    bottom: Row = (Button(say.plain("Save"), SaveAttendance(session_id)), _minutes(sheet, say))
    ticks = in_pairs([_tick(one, session_id, page.number) for one in shown])
    return Message(join([_heading(sheet, zone, say), text, counted], "\n\n"), rows(*ticks, turn, bottom))


def _heading(sheet: Sheet, zone: str, say: Speaker) -> Html:
    when = dates.in_zone(sheet.session.starts_at, zone, say.language)
    return render("<b>{name}</b>\n{when}", name=name(sheet.session, sheet.group.code, say.language), when=when)


def _tick(one: Attendee, session_id: int, page: int) -> Button:
    wanted = Presence.AWAY if one.was_there else Presence.THERE
    label = shortened(f"✓ {one.name}" if one.was_there else one.name)
    return Button(label, MarkPresence(session_id, one.person_id, page, wanted))


def _listed(label: Html, people: Sequence[Attendee], say: Speaker) -> Html:
    if not people:
        return labelled(label, 0, say)
    names = ", ".join(one.name for one in people[:MOST_NAMES])
    more = " …" if len(people) > MOST_NAMES else ""
    return labelled(label, f"{len(people)} ({names}{more})", say)


def _minutes(sheet: Sheet, say: Speaker) -> Button:
    if sheet.has_minutes:
        return Button(say.plain("Minutes"), ReadMinutes(sheet.session.id))
    return Button(say.plain("Write the minutes"), WriteMinutes(sheet.session.id))


def saved(language: str) -> str:
    """The toast after *Save*."""
    return speaker(language).plain("Saved.")
