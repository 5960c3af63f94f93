"""What is said about working groups."""

from collections.abc import Sequence
from typing import assert_never

from domain.buttons.applications import AskToJoin, Withdraw
from domain.buttons.groups import Leave, LeaveForSure, ListGroups, ShowGroup
from domain.buttons.webinars import ShowWebinar
from domain.chats import Access
from domain.events import Event
from domain.groups import (
    AlreadyAsked,
    AlreadyMember,
    Asked,
    AskOutcome,
    Coordinates,
    Crowded,
    Group,
    GroupClosed,
    LeaveOutcome,
    Left,
    NotMember,
    TooManyOpen,
    Waiting,
)
from domain.paging import ListPage
from messages import dates
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, LinkButton, Message, join, render, rows, shortened
from messages.turning import by_page
from messages.ways import home, in_pairs

MOST_TITLE_IN_LIST, MOST_THEME_IN_LIST = 150, 300
"""Six groups fit into one message whatever was imported; the card shows everything."""


MOST_TITLE = 100
"""What is shown of the title of a group beside something else, in characters."""


def name(group: Group, language: str) -> Html:
    """Such as "PWG 3 Climate change", the code in bold."""
    return render("<b>{code}</b> {title}", code=group.code, title=pick(group.titles, language))


def in_full(group: Group | None, language: str) -> str:
    """Such as "PWG 3: Climate change", for those to whom the code says nothing; "" where there is no group."""
    if group is None:
        return ""
    title = shortened(pick(group.titles, language), MOST_TITLE)
    return speaker(language).plain("{code}: {title}", code=group.code, title=title)


def quota(group: Group, members: int, language: str) -> Html:
    """Such as "Members: 5 of 7-10"."""
    say = speaker(language)
    if group.least_members == group.most_members:
        return say("Members: {members} of {most}", members=members, most=group.most_members)
    least, most = group.least_members, group.most_members
    return say("Members: {members} of {least}-{most}", members=members, least=least, most=most)


def listed(entries: Sequence[tuple[Group, int, Event | None]], page: ListPage, zone: str, language: str) -> Message:
    """A page of `/join`; an entry is a group, its taken seats and its next webinar."""
    say = speaker(language)
    if not entries:
        return Message(say("There are no working groups yet."), rows(home(say)))
    heading = say("<b>Working groups</b>\nChoose one to read more, or to ask to join.")
    texts = [_entry(group, members, webinar, zone, say) for group, members, webinar in entries]
    buttons = [Button(group.code, ShowGroup(group.id)) for group, _, _ in entries]
    pairs = in_pairs(buttons)
    return Message(join([heading, *texts], "\n\n"), rows(*pairs, by_page(page, ListGroups, language), home(say)))


def _entry(group: Group, members: int, webinar: Event | None, zone: str, say: Speaker) -> Html:
    title, theme = pick(group.titles, say.language), pick(group.themes, say.language)
    lines = [
        render("<b>{code}</b> {title}", code=group.code, title=shortened(title, MOST_TITLE_IN_LIST)),
        render("{theme}", theme=shortened(theme, MOST_THEME_IN_LIST)),
    ]
    lines.append(quota(group, members, say.language))
    if webinar is not None:
        when = dates.in_zone(webinar.starts_at, zone, say.language)
        lines.append(say("Next webinar: {when}", when=when))
    return join(line for line in lines if line)


def card(
    group: Group,
    members: int,
    webinar: Event | None,
    standing: AskOutcome,
    application_id: int | None,
    zone: str,
    language: str,
    *,
    access: Access | None = None,
) -> Message:
    """Everything about one group, and where the reader stands in it; `access`: the way into its chat, if theirs."""
    say = speaker(language)
    parts = [
        name(group, language),
        render("{theme}", theme=pick(group.themes, language)),
        quota(group, members, language),
        _next_webinar(webinar, zone, say),
        render("{standing}", standing=said_of(standing, language)),
        say("The link to the group's chat follows.") if access and access.link is None else Html(""),
    ]
    chat = LinkButton(say.plain("Open the chat"), access.link) if access and access.link else None
    details = Button(say.plain("Next webinar"), ShowWebinar(webinar.id)) if webinar else None
    choice = _choice(group, standing, application_id, say)
    buttons = rows(chat, choice, details, (Button(say.plain("All groups"), ListGroups(0)), home(say)))
    return Message(join([part for part in parts if part], "\n\n"), buttons)


def _next_webinar(webinar: Event | None, zone: str, say: Speaker) -> Html:
    if webinar is None:
        return Html("")
    return say(
        "Next webinar: {title}\n{when}",
        title=pick(webinar.titles, say.language),
        when=dates.in_zone(webinar.starts_at, zone, say.language),
    )


def said_of(standing: AskOutcome, language: str) -> str:
    """Where somebody stands: a sentence without markup; "" when they may ask."""
    say = speaker(language)
    match standing:
        case Asked():
            return ""
        case AlreadyMember():
            return say.plain("You are a member.")
        case Coordinates():
            return say.plain("You coordinate this group.")
        case AlreadyAsked():
            return say.plain("You have asked to join. The coordinators have not answered yet.")
        case Waiting(position=position):
            return say.plain("You are number {position} on the waiting list.", position=position)
        case GroupClosed(opens_on=None):
            return say.plain("This group takes no members at the moment.")
        case GroupClosed(opens_on=opens_on):
            return say.plain("This group opens on {day}. Ask to join then.", day=dates.day(opens_on, language))
        case Crowded():
            return say.plain(
                "Very many people have asked to join this group and wait for an answer. Try again in a few days."
            )
        case TooManyOpen(most=most):
            return say.plain(
                "You have {most} applications that are not answered yet; that is the most. "
                "Withdraw one, or wait for an answer, to ask here.",
                most=most,
            )
        case _:
            assert_never(standing)


def _choice(group: Group, standing: AskOutcome, application_id: int | None, say: Speaker) -> Button | None:
    if isinstance(standing, Asked):
        return Button(say.plain("Ask to join"), AskToJoin(group.id))
    if isinstance(standing, AlreadyMember):
        return Button(say.plain("Leave"), Leave(group.id))
    if application_id is not None and isinstance(standing, AlreadyAsked | Waiting):
        return Button(say.plain("Withdraw"), Withdraw(application_id))
    return None


def leaving(group: Group, waiting: int, language: str) -> Message:
    """Asks before a seat is given back, with what follows."""
    say = speaker(language)
    question = say("Leave {group}?", group=name(group, language))
    if waiting:
        follows = say("Your seat goes to the next person on the waiting list at once.")
    else:
        follows = say("Your seat becomes free.")
    way_back = say("To come back, you would have to ask again.")
    stay = Button(say.plain("Stay"), ShowGroup(group.id))
    leave = Button(say.plain("Leave for good"), LeaveForSure(group.id))
    return Message(join([question, join([follows, way_back], " ")], "\n\n"), rows((leave, stay)))


def left(outcome: LeaveOutcome, language: str) -> str:
    """The toast after leaving."""
    say = speaker(language)
    match outcome:
        case Left():
            return say.plain("You have left the group.")
        case NotMember():
            return say.plain("You are not a member of this group.")
        case _:
            assert_never(outcome)
