"""What a shared webinar says: in chats that the bot is not in, and in the chats of the groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.events import Event, EventState
from domain.groups import Group
from domain.registering import public_link
from messages import dates, groups
from messages.languages import Speaker, pick, speaker
from messages.markup import Html, LinkButton, Message, join, render, rows, shortened
from messages.webinars import join_button, recording_button, title

MOST_ABSTRACT = 400

StartLink = Callable[[str], str]
"""Payload -> the address that opens it in the private chat with the bot."""


@dataclass(frozen=True)
class Offer:
    """One card that can be shared. `id`: by which Telegram tells that it was; `note` stands below the title."""

    id: str
    title: str
    note: str
    card: Message


@dataclass(frozen=True)
class Offers:
    """What is offered. `next_offset`: where the next page begins, "" for none. `way_out`: said when nothing was found.

    The way out leads into the private chat with the bot, to `payload`.
    """

    entries: Sequence[Offer] = ()
    next_offset: str = ""
    way_out: str = ""
    payload: str = ""


def card(event: Event, group: Group | None, start_link: StartLink, now: datetime, language: str) -> Message:
    """What everybody may know of a webinar; a join link only where it is public."""
    say = speaker(language)
    parts = [
        render("<b>{title}</b>", title=title(event, language)),
        _when(event, now, say),
        _facts(event, group, now, say),
        render("{abstract}", abstract=shortened(pick(event.abstracts, language), MOST_ABSTRACT)),
    ]
    remind = LinkButton(say.plain("Remind me"), start_link(f"m_{event.id}")) if event.is_to_start(now) else None
    details = LinkButton(say.plain("Details"), start_link(f"w_{event.id}"))
    ways = (details,) if remind is None else (remind, details)
    join_now = join_button(public_link(event, now), language)
    recording = recording_button(event, now, language)
    return Message(join([part for part in parts if part], "\n\n"), rows(join_now, recording, ways))


def _when(event: Event, now: datetime, say: Speaker) -> Html:
    start = dates.for_everybody(event.starts_at, event.zone, say.language)
    length = dates.duration(timedelta(minutes=event.minutes), say.language)
    when = say("{start}, {length}", start=start, length=length)
    if event.state is not EventState.ANNOUNCED:
        return join([say("<b>Cancelled</b>"), render("<s>{when}</s>", when=when)])
    return join([when, say("This webinar is over.")]) if event.ends_at <= now else when


def _facts(event: Event, group: Group | None, now: datetime, say: Speaker) -> Html:
    lines = [say("Organised by {group}", group=groups.in_full(group, say.language))]
    if event.speakers:
        lines.append(say("With: {speakers}", speakers=", ".join(event.speakers)))
    if event.state is EventState.ANNOUNCED and now < event.ends_at:
        free = say("Open to everybody, no registration.")
        lines.append(say("Please register with the bot: tap Details.") if event.registers else free)
    return join(lines)


def offer(offer_id: str, event: Event, group_code: str, shared: Message, zone: str, language: str) -> Offer:
    """The line that somebody sees who looks for a card; the time in their own zone."""
    note = f"{dates.in_zone(event.starts_at, zone, language)} · {group_code}"
    return Offer(offer_id, title(event, language), note, shared)


def nothing_found(payload: str, language: str) -> Offers:
    """The way to the bot itself."""
    return Offers(way_out=speaker(language).plain("No webinar found. See the list"), payload=payload)


def posted(language: str, *, again: bool) -> str:
    """The toast after *Post to our chat*."""
    say = speaker(language)
    if again:
        return say.plain("It stands in your chat already, and is always up to date there.")
    return say.plain("It is posted in your chat, and edits itself when something changes.")
