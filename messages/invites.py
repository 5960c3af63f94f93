"""What is said about invitations: to those who make them, and to those who follow a link."""

from collections.abc import Mapping, Sequence

from domain.buttons.groups import ShowGroup
from domain.buttons.invites import (
    AcceptInvite,
    DeclineInvite,
    InviteGuests,
    InvitePresenter,
    ListInvites,
    MakeGuestInvite,
    MakePresenterInvite,
    RevokeInvite,
)
from domain.buttons.screens import Open, Page
from domain.events import Event
from domain.groups import Group
from domain.invites import USES, Invite
from domain.paging import ListPage
from messages import dates, groups, manage
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, Message, join, render, rows, shortened
from messages.turning import by_page, by_start
from messages.ways import home, in_pairs


def listed(
    group: Group,
    invites: Sequence[Invite],
    events: Mapping[int, Event],
    page: ListPage,
    zone: str,
    language: str,
) -> Message:
    """A page of the invitations that somebody may still accept."""
    say = speaker(language)
    parts = [
        say("{group}: invitations", group=groups.name(group, language)),
        say("A link makes guests, who come to sessions, or a presenter. It is shown once; whoever has it can use it."),
    ]
    parts += [_line(n, one, events.get(one.event_id or 0), zone, say) for n, one in enumerate(invites, 1)]
    buttons = [
        Button(say.plain("{number} · Take back", number=n), RevokeInvite(one.id, page.number))
        for n, one in enumerate(invites, 1)
    ]
    turn = by_page(page, lambda to: ListInvites(group.id, to), language)
    make = (
        Button(say.plain("Invite guests"), InviteGuests(group.id)),
        Button(say.plain("Invite a presenter"), InvitePresenter(group.id, 0)),
    )
    return Message(
        join(parts, "\n\n"),
        rows(*in_pairs(buttons), turn, make, manage.back(group.id, language)),
    )


def _line(number: int, invite: Invite, event: Event | None, zone: str, say: Speaker) -> Html:
    until = dates.in_zone(invite.expires_at, zone, say.language)
    if event is not None:
        title = pick(event.titles, say.language)
        return say("{n}. A presenter of “{title}”, until {until}", n=number, title=title, until=until)
    return say.plural(
        "{n}. {count} guest, until {until}",
        "{n}. {count} guests, until {until}",
        invite.uses_left,
        n=number,
        until=until,
    )


def ask_uses(group: Group, language: str) -> Message:
    """How many?"""
    say = speaker(language)
    text = say("How many guests of {group} may use the link?", group=groups.name(group, language))
    choices = tuple(Button(str(uses), MakeGuestInvite(group.id, uses)) for uses in USES)
    return Message(text, rows(choices, Button(say.plain("Back"), ListInvites(group.id, 0))))


def ask_event(group: Group, events: Sequence[Event], page: ListPage, zone: str, language: str) -> Message:
    """At which event?"""
    say = speaker(language)
    back = Button(say.plain("Back"), ListInvites(group.id, 0))
    if not events:
        return Message(say("No webinar and no session of this group is announced."), rows(back))
    lines = [
        render(
            "{n}. {title}\n{when}", n=n, title=pick(e.titles, language), when=dates.in_zone(e.starts_at, zone, language)
        )
        for n, e in enumerate(events, 1)
    ]
    buttons = [
        Button(shortened(f"{n} · {pick(e.titles, language)}"), MakePresenterInvite(e.id))
        for n, e in enumerate(events, 1)
    ]
    turn = by_start(page, lambda to: InvitePresenter(group.id, to), language)
    return Message(join([say("Who speaks where?"), *lines], "\n\n"), rows(*buttons, turn, back))


def made(group: Group, event: Event | None, invite: Invite, link: str, zone: str, language: str) -> Message:
    """The link: this once."""
    say = speaker(language)
    heading = (
        say("An invitation to speak at <b>{title}</b>.", title=pick(event.titles, language))
        if event
        else say.plural(
            "An invitation for {count} guest of {group}.",
            "An invitation for {count} guests of {group}.",
            invite.uses_left,
            group=groups.name(group, language),
        )
    )
    parts = [
        heading,
        render("<code>{link}</code>", link=link),
        say(
            "Copy the link and send it on. It is good until {until}, and it is not shown again.",
            until=dates.in_zone(invite.expires_at, zone, language),
        ),
    ]
    return Message(join(parts, "\n\n"), rows(Button(say.plain("All invitations"), ListInvites(group.id, 0))))


def revoked(language: str) -> str:
    """The toast after *Take back*."""
    return speaker(language).plain("Taken back. The link is good for nothing any more.")


# --- For whoever follows a link ---------------------------------------------------------------


def offer(group: Group, event: Event | None, inviter: str | None, token: str, zone: str, language: str) -> Message:
    """What accepting would mean."""
    say = speaker(language)
    values = {"by": inviter or say.plain("the organisers"), "group": groups.name(group, language)}
    if event is not None:
        when = dates.in_zone(event.starts_at, zone, language)
        parts = [
            say("{by} invites you to speak for {group}.", **values),
            render("<b>{title}</b>\n{when}", title=pick(event.titles, language), when=when),
            say("If you accept, I will ask you in time for your title, your slides and a technical check."),
        ]
    else:
        parts = [
            say("{by} invites you as a guest of {group}.", **values),
            say("Guests come to the sessions of the group and hear of them here. They take no seat."),
        ]
    choice = (Button(say.plain("Accept"), AcceptInvite(token)), Button(say.plain("No, thanks"), DeclineInvite()))
    return Message(join(parts, "\n\n"), rows(choice))


def not_good(language: str) -> Message:
    """The same for every reason: nobody learns which invitations there are."""
    say = speaker(language)
    text = say("This invitation is not valid, or not any more. Ask whoever sent it to you for a new one.")
    return Message(text, rows(home(say)))


def belongs_already(group: Group, event: Event | None, language: str) -> Message:
    """They need no invitation."""
    say = speaker(language)
    show = Button(say.plain("Show the group"), ShowGroup(group.id))
    if event is not None:
        text = say("You speak at <b>{title}</b> already.", title=pick(event.titles, language))
        return Message(text, rows((Button(say.plain("Your talk"), Open(Page.TALKS)), home(say))))
    return Message(say("You belong to {group} already.", group=groups.name(group, language)), rows((show, home(say))))


def welcome(group: Group, language: str) -> Message:
    """To a new guest."""
    say = speaker(language)
    text = say(
        "Welcome! You are a guest of {group} now. /sessions shows when it meets.", group=groups.name(group, language)
    )
    return Message(text, rows((Button(say.plain("Show the group"), ShowGroup(group.id)), home(say))))


def declined(language: str) -> Message:
    """After *No, thanks*: the link is as good as before."""
    say = speaker(language)
    return Message(say("All right, nothing has changed."), rows(home(say)))


def accepted_news(name: str, group: Group, event: Event | None, language: str) -> Message:
    """For whoever made the invitation."""
    say = speaker(language)
    if event is not None:
        text = say("{name} has accepted to speak at <b>{title}</b>.", name=name, title=pick(event.titles, language))
    else:
        text = say("{name} is a guest of {group} now.", name=name, group=groups.name(group, language))
    return Message(text, rows(manage.back(group.id, language)))
