"""What is said when a session changes: to those concerned, and to the coordinator who changes it."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from domain.buttons.sessions import ShowSession
from domain.events import Event
from domain.sessions import Cancelled, Difference, Moved, Relinked, Renamed, Resized
from messages import dates
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, Message, join, rows
from messages.sessions import answer_buttons, name, reminder_buttons


def changed(
    session: Event, group_code: str, news: Sequence[Difference], now: datetime, zone: str, language: str
) -> Message:
    """What is new about a session, old to new, told once; after a move everybody is asked anew."""
    say = speaker(language)
    named = name(session, group_code, language)
    lines = [said(one, session, zone, say) for one in news]
    if any(isinstance(one, Cancelled) for one in news):
        return Message(join([say("Cancelled: <b>{name}</b>", name=named), *lines]))
    when = dates.in_zone(session.starts_at, zone, language)
    if any(isinstance(one, Moved) for one in news):
        text = join([say("Moved: <b>{name}</b>", name=named), *lines, say("Will you be there?")])
        details = Button(say.plain("Details"), ShowSession(session.id))
        return Message(text, rows(answer_buttons(session.id, language), details))
    heading = say("Changed: <b>{name}</b>\n{when}", name=named, when=when)
    return Message(join([heading, *lines]), rows(reminder_buttons(session, now, language)))


def said(one: Difference, session: Event, zone: str, say: Speaker) -> Html:
    """One thing that is new."""
    match one:
        case Cancelled():
            return say("It was to be on {when}.", when=dates.day_and_time(session.starts_at, zone, say.language))
        case Moved(before=before, now=now):
            old, new = dates.day_and_time(before, zone, say.language), dates.in_zone(now, zone, say.language)
            return say("before: {old}\nnow: {new}", old=old, new=new)
        case Resized(before=before_minutes, now=minutes):
            old, new = dates.lead(before_minutes, say.language), dates.lead(minutes, say.language)
            return say("Length: {new}, before {old}", new=new, old=old)
        case Renamed(before=before_titles, now=titles):
            old, new = pick(before_titles, say.language), pick(titles, say.language)
            return say("Title: {new}, before {old}", new=new, old=old)
        case Relinked():
            return say("There is a new join link; the old one no longer counts.")
        case _:
            assert_never(one)
