"""The pinned message of a group's chat: what is next, and the ways to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.events import Event
from domain.groups import Group
from messages import dates, groups
from messages.languages import Speaker, pick, speaker
from messages.markup import Html, LinkButton, Message, join, render, rows, shortened
from messages.sessions import answer_buttons


@dataclass(frozen=True)
class Board:
    """What a board says. `chores`: how many are open."""

    group: Group
    session: Event | None
    webinars: Sequence[Event]
    chores: int


def board(shown: Board, start_link: Callable[[str], str], zone: str, language: str) -> Message:
    """The whole board; `start_link` makes the address that opens something in the private chat."""
    say = speaker(language)
    parts = [
        groups.name(shown.group, language),
        _session(shown.session, zone, say),
        _webinars(shown.webinars, zone, say),
    ]
    if shown.chores:
        parts.append(say("Open chores: {count}", count=shown.chores))
    links = [_link(event, f"w_{event.id}", start_link, say) for event in shown.webinars]
    session = shown.session
    answers = answer_buttons(session.id, language) if session else ()
    agenda = LinkButton(say.plain("The session"), start_link(f"s_{session.id}")) if session else None
    group = LinkButton(say.plain("The group"), start_link(f"g_{shown.group.id}"))
    return Message(join(parts, "\n\n"), rows(answers, agenda, *links, group))


def _session(session: Event | None, zone: str, say: Speaker) -> Html:
    if session is None:
        return say("No session is planned.")
    return say("Next session: {title}\n{when}", **_told(session, zone, say))


def _webinars(webinars: Sequence[Event], zone: str, say: Speaker) -> Html:
    if not webinars:
        return say("No webinar is planned.")
    entries = (render("{title}\n{when}", **_told(event, zone, say)) for event in webinars)
    return join([say("<b>Webinars</b>"), *entries])


def _told(event: Event, zone: str, say: Speaker) -> dict[str, object]:
    when = dates.in_zone(event.starts_at, zone, say.language)
    return {"title": pick(event.titles, say.language), "when": when}


def _link(event: Event, payload: str, start_link: Callable[[str], str], say: Speaker) -> LinkButton:
    return LinkButton(shortened(pick(event.titles, say.language)), start_link(payload))


def closed(group: Group, language: str, *, moved: bool) -> Message:
    """In place of a board whose chat belongs to the group no longer."""
    say = speaker(language)
    name = groups.name(group, language)
    if moved:
        return Message(say("{group} has moved to another chat.", group=name))
    return Message(say("This chat is no longer that of {group}.", group=name))


def reminders(group: Group, link: str, language: str) -> Message:
    """Posted on request: the button with which each member lets the bot write to them."""
    say = speaker(language)
    text = say(
        "Reminders and news of {group} come to your private chat with me. Tap below once and press Start.",
        group=groups.name(group, language),
    )
    return Message(text, rows(LinkButton(say.plain("Activate reminders"), link)))
