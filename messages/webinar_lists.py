"""What is said where webinars are listed: those to come, and those that have begun."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.buttons.calendar import WebinarFile
from domain.buttons.coding import Action
from domain.buttons.webinars import ListOfGroup, ListPastWebinars, ListWebinars, RemindMe, ShowFollowed, ShowWebinar
from domain.events import Event
from domain.groups import Group
from domain.paging import ListPage
from domain.places import SharedZone
from messages import dates
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, LinkButton, Message, Row, join, render, rows
from messages.turning import by_start, by_time
from messages.ways import home, in_rows
from messages.webinars import follow_all, recording_button, title

EVERY_GROUP = 0

GROUPS_IN_A_ROW = 4

ToGroup = Callable[[int, int], Action]
"""(group id, page) -> the list of that group."""


@dataclass(frozen=True)
class Listed:
    """One page. `followed`: ids of those the person is reminded of. `groups`: those that have something to list;
    `group_id`: the one that is chosen, or `EVERY_GROUP`. `has_past`: some have begun already.
    """

    webinars: Sequence[Event]
    page: ListPage
    groups: Sequence[Group] = ()
    group_id: int = EVERY_GROUP
    followed: frozenset[int] = frozenset()
    has_past: bool = False


def upcoming(listed: Listed, zone: str, language: str) -> Message:
    """A page of `/webinars`, soonest first."""
    say = speaker(language)
    if not listed.webinars and listed.group_id == EVERY_GROUP:
        return _nothing_announced(listed, say)
    numbered = list(enumerate(listed.webinars, 1))
    entries = [_entry(number, event, _mark(event.id in listed.followed, say), zone, say) for number, event in numbered]
    buttons = [_entry_buttons(n, event, event.id in listed.followed, say) for n, event in numbered]
    turn = by_start(listed.page, lambda page: _to_upcoming(listed.group_id, page), language)
    choice = _group_rows(listed, _to_upcoming, say)
    return Message(
        _text(say("<b>Upcoming webinars</b>"), entries, zone, say),
        rows(*buttons, turn, *choice, (*_past(listed, say), home(say))),
    )


def past(listed: Listed, now: datetime, zone: str, language: str) -> Message:
    """A page of the webinars that have begun, newest first."""
    say = speaker(language)
    numbered = list(enumerate(listed.webinars, 1))
    entries = [_entry(number, event, _standing(event, now, say), zone, say) for number, event in numbered]
    buttons = [_past_buttons(number, event, now, say) for number, event in numbered]
    turn = by_time(listed.page, lambda page: ListPastWebinars(listed.group_id, page), language)
    choice = _group_rows(listed, ListPastWebinars, say)
    to_upcoming = Button(say.plain("Upcoming webinars"), _to_upcoming(listed.group_id, 0))
    return Message(
        _text(say("<b>Past webinars</b>"), entries, zone, say), rows(*buttons, turn, *choice, (to_upcoming, home(say)))
    )


def _text(heading: Html, entries: Sequence[Html], zone: str, say: Speaker) -> Html:
    above = [heading]
    if not entries:
        return join([heading, say("There is nothing here.")], "\n\n")
    if not isinstance(zone, SharedZone):
        above.append(say("All times: {city}", city=dates.city(zone, say.language)))
    return join([*above, *entries], "\n\n")


def _nothing_announced(listed: Listed, say: Speaker) -> Message:
    followed = Button(say.plain("What I follow"), ShowFollowed())
    text = say("No webinar is announced at the moment.")
    return Message(text, rows(follow_all(say.language), followed, (*_past(listed, say), home(say))))


def _entry(number: int, event: Event, mark: Html, zone: str, say: Speaker) -> Html:
    return render(
        "{number}. <b>{title}</b>\n{when}{mark}",
        number=number,
        title=title(event, say.language),
        when=dates.in_list(event.starts_at, zone, say.language),
        mark=mark,
    )


def _mark(is_followed: bool, say: Speaker) -> Html:
    return say(" · reminder set") if is_followed else Html("")


def _standing(event: Event, now: datetime, say: Speaker) -> Html:
    if now < event.ends_at:
        return say(" · it is on now")
    return say(" · recorded") if event.recording_link else Html("")


def _entry_buttons(number: int, event: Event, is_followed: bool, say: Speaker) -> Row:
    details = Button(say.plain("{number} · Details", number=number), ShowWebinar(event.id))
    file = Button(say.plain("{number} · Calendar", number=number), WebinarFile(event.id))
    if is_followed:
        return (file, details)
    return (Button(say.plain("{number} · Remind me", number=number), RemindMe(event.id)), file, details)


def _past_buttons(number: int, event: Event, now: datetime, say: Speaker) -> Row:
    details = Button(say.plain("{number} · Details", number=number), ShowWebinar(event.id))
    recording = recording_button(event, now, say.language)
    if recording is None:
        return (details,)
    return (details, LinkButton(say.plain("{number} · Recording", number=number), recording.url))


def _to_upcoming(group_id: int, page: int) -> ListWebinars | ListOfGroup:
    return ListOfGroup(group_id, page) if group_id else ListWebinars(page)


def _group_rows(listed: Listed, to: ToGroup, say: Speaker) -> list[Row]:
    """Each group that has something, the chosen one marked, and all; nothing where there is only one."""
    if len(listed.groups) < 2 and listed.group_id == EVERY_GROUP:
        return []
    named = [(group.id, group.code) for group in listed.groups]
    buttons = [
        Button(f"• {label}" if group_id == listed.group_id else label, to(group_id, 0))
        for group_id, label in [(EVERY_GROUP, say.plain("All groups")), *named]
    ]
    return in_rows(buttons, GROUPS_IN_A_ROW)


def _past(listed: Listed, say: Speaker) -> Row:
    return (Button(say.plain("Past webinars"), ListPastWebinars(listed.group_id, 0)),) if listed.has_past else ()
