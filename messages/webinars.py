"""What is said about webinars."""

from dataclasses import dataclass
from datetime import datetime

from domain.buttons.sharing import PostToChat
from domain.buttons.webinar_editing import RunWebinar
from domain.buttons.webinars import (
    FollowAll,
    ListWebinars,
    RemindMe,
    ShowWebinar,
    Unsubscribe,
)
from domain.events import Event, EventState
from domain.groups import Group
from domain.registering import NOT_BOOKED, Booking
from domain.sharing import query_for
from domain.webinars import Following
from messages import calendar, dates, groups, questions, registering
from messages.languages import Speaker, locale_of, pick, speaker
from messages.markup import AnyButton, Button, Html, LinkButton, Message, Row, ShareButton, join, render, rows


def title(event: Event, language: str) -> str:
    """The title in this language."""
    return pick(event.titles, language)


@dataclass(frozen=True)
class Card:
    """What the card of a webinar shows to one person.

    `link`: to join, if they may have it now; `is_expected`: they get it although others have to register. `runs`: they
    move and cancel it; `has_chat`: its group has one to post in. `can_share`: the bot is set up to offer cards in other
    chats. `asked`: how many questions they asked there; `sees_questions`: they may see what everybody asks.
    """

    webinar: Event
    group: Group | None
    following: Following
    booking: Booking = NOT_BOOKED
    link: str | None = None
    is_expected: bool = False
    runs: bool = False
    has_chat: bool = False
    can_share: bool = False
    asked: int = 0
    sees_questions: bool = False

    @property
    def is_reminded(self) -> bool:
        """Whether reminders go to the person: they follow it, or come to it, and have not said no."""
        event = self.webinar
        comes = self.booking.is_registered and event.id not in self.following.not_these
        return comes or self.following.follows(event.id, event.group_id, event.languages)


def card(shown: Card, now: datetime, zone: str, language: str) -> Message:
    """Everything about one webinar."""
    say, event = speaker(language), shown.webinar
    parts = [
        render("<b>{title}</b>", title=title(event, language)),
        when(event, now, zone, say),
        facts(event, shown.group, say),
        _link_note(shown, now, say),
        registering.places(event, shown.booking, now, language),
        render("{abstract}", abstract=pick(event.abstracts, language)),
        registering.standing(shown.booking, language) if event.is_to_start(now) else Html(""),
        say("You will be reminded.") if event.is_to_start(now) and shown.is_reminded else Html(""),
        registering.counts(event, shown.booking, language) if shown.runs else Html(""),
    ]
    return Message(join([part for part in parts if part], "\n\n"), rows(*_card_buttons(shown, now, say)))


def _link_note(shown: Card, now: datetime, say: Speaker) -> Html:
    """Where the join link will be, for those who look for it too early."""
    event = shown.webinar
    if event.link is None or shown.link is not None or not event.is_to_start(now):
        return Html("")
    if event.registers and not shown.is_expected:
        return say("The join link is for those who are registered.")
    return say("The join link opens here 15 minutes before the start.")


def _card_buttons(shown: Card, now: datetime, say: Speaker) -> list[Row | AnyButton | None]:
    """Row by row: what one does now, what one asks for, what one does with it, what those do who run it, the list."""
    event = shown.webinar
    return [
        join_button(shown.link, say.language),
        recording_button(event, now, say.language),
        registering.button(event, shown.booking, now, say.language),
        questions.buttons_of(event, now, say.language, has_asked=shown.asked > 0, sees=shown.sees_questions),
        (_reminder_switch(shown, say), calendar.webinar_button(event.id, say)) if event.is_to_start(now) else None,
        _share(event, say) if shown.can_share and is_public(event) else None,
        _post(event, say) if shown.runs and shown.has_chat and is_public(event) else None,
        registering.export_button(event, shown.booking, say.language) if shown.runs else None,
        Button(say.plain("Run this webinar"), RunWebinar(event.id)) if shown.runs else None,
        _all(say),
    ]


def _reminder_switch(shown: Card, say: Speaker) -> Button:
    if shown.is_reminded:
        return Button(say.plain("No reminder"), Unsubscribe(shown.webinar.id))
    return Button(say.plain("Remind me"), RemindMe(shown.webinar.id))


def _share(event: Event, say: Speaker) -> ShareButton:
    """For everybody: into any chat, by way of the query that finds exactly this one."""
    return ShareButton(say.plain("Share"), query_for(event.id))


def _post(event: Event, say: Speaker) -> Button:
    return Button(say.plain("Post to our chat"), PostToChat(event.id))


def when(event: Event, now: datetime, zone: str, say: Speaker) -> Html:
    """From when to when, and whether that still holds."""
    start, end = dates.day_and_time(event.starts_at, zone, say.language), dates.clock(event.ends_at, zone, say.language)
    line = say("{start} to {end}, {city} time", start=start, end=end, city=dates.city(zone, say.language))
    if event.state is EventState.CANCELLED:
        return join([say("<b>Cancelled</b>"), render("<s>{when}</s>", when=line)])
    if event.ends_at <= now:
        return join([line, say("This webinar is over.")])
    return line


def facts(event: Event, group: Group | None, say: Speaker) -> Html:
    """Who holds it, in which language, who speaks, for whom it is."""
    names = locale_of(say.language).languages
    spoken = ", ".join(names.get(code, code) for code in event.languages)
    organiser = groups.in_full(group, say.language)
    lines = [say("Organised by {group}", group=organiser), say("Language: {spoken}", spoken=spoken)]
    if event.speakers:
        lines.append(say("With: {speakers}", speakers=", ".join(event.speakers)))
    if not event.registers:
        lines.append(say("Open to everybody, no registration."))
    return join(lines)


def is_public(event: Event) -> bool:
    """Whether people may spread the word."""
    return event.state is EventState.ANNOUNCED


def join_button(link: str | None, language: str) -> LinkButton | None:
    """The way into the webinar, for who may have it now."""
    return LinkButton(speaker(language).plain("Join the webinar"), link) if link else None


def recording_button(event: Event, now: datetime, language: str) -> LinkButton | None:
    """What was recorded, once it is over."""
    if not (event.recording_link and is_public(event) and event.ends_at <= now):
        return None
    return LinkButton(speaker(language).plain("Recording"), event.recording_link)


def _all(say: Speaker) -> Button:
    return Button(say.plain("All webinars"), ListWebinars(0))


def follow_all(language: str) -> Button:
    """Follow every webinar, also those to come."""
    return Button(speaker(language).plain("Follow all webinars"), FollowAll())


def subscribed(leads: tuple[int, ...], language: str, *, ahead: tuple[int, ...] | None = None) -> str:
    """The toast after *Remind me*; `ahead`: those of the lead times that are not over, where it is one webinar."""
    say = speaker(language)
    if not leads:
        return say.plain("Noted. You have switched reminders off: see /settings.")
    if ahead == ():
        return say.plain("Noted. This one starts too soon for a reminder.")
    times = [say.plain("{lead} before", lead=dates.lead(minutes, language)) for minutes in ahead or leads]
    return say.plain("We will remind you: {times}.", times=", ".join(times))


def unsubscribed(language: str) -> str:
    """The toast after *No reminder*."""
    return speaker(language).plain("No reminder of this webinar.")


def reminder(event: Event, link: str | None, now: datetime, zone: str, language: str) -> Message:
    """The reminder itself, with the time that truly remains. `link`: to join, if this reader may have it now."""
    say = speaker(language)
    text = say(
        "Starts in {remaining}: <b>{title}</b>\n{when}",
        remaining=dates.duration(event.starts_at - now, language),
        title=title(event, language),
        when=dates.in_zone(event.starts_at, zone, language),
    )
    return Message(
        text,
        rows(
            join_button(link, language),
            (Button(say.plain("Details"), ShowWebinar(event.id)), calendar.webinar_button(event.id, say)),
            Button(say.plain("No reminder"), Unsubscribe(event.id)),
        ),
    )
