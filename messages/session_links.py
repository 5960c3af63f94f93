"""Which session, and where its join link is: what all messages about sessions have in common."""

from datetime import datetime
from typing import assert_never

from domain.buttons.sessions import JoinSession, ShowSession
from domain.events import Event
from domain.sessions import CalledOff, LinkMissing, LinkOpen, LinkOpensAt, LinkOutcome, TooLate
from messages import dates
from messages.labels import labelled
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, LinkButton, Message, Row, rows


def name(session: Event, group_code: str, language: str) -> Html:
    """Which session: "PWG 3: Virtual session"."""
    return labelled(group_code, pick(session.titles, language), speaker(language))


def join_button(session: Event, now: datetime, say: Speaker) -> LinkButton | None:
    """The way in, from when it is open."""
    link = session.link_at(now)
    return LinkButton(say.plain("Join link"), link) if link else None


def link_state(outcome: LinkOutcome, zone: str, language: str) -> str:
    """Where the join link is, without the link itself."""
    say = speaker(language)
    match outcome:
        case LinkOpen():
            return say.plain("The join link is open.")
        case LinkOpensAt(at=at):
            shown = dates.in_zone(at, zone, language)
            return say.plain("The join link opens here 15 minutes before the start: {when}.", when=shown)
        case LinkMissing():
            return say.plain("There is no join link yet.")
        case TooLate():
            return say.plain("This session is over.")
        case CalledOff():
            return say.plain("This session was cancelled.")
        case _:
            assert_never(outcome)


def link(session: Event, group_code: str, now: datetime, language: str) -> Message:
    """The link itself, for somebody who may have it now."""
    say = speaker(language)
    return Message(name(session, group_code, language), rows(join_button(session, now, say)))


def reminder_buttons(session: Event, now: datetime, language: str) -> Row:
    """The way in, or where it will be, if there is one; and the card."""
    say = speaker(language)
    details = Button(say.plain("Details"), ShowSession(session.id))
    if session.link is None:
        return (details,)
    way_in = join_button(session, now, say) or Button(say.plain("Join link"), JoinSession(session.id))
    return (way_in, details)
