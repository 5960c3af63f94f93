"""What is said about roles: who holds what, giving and taking one."""

from collections.abc import Collection, Sequence
from typing import assert_never

from domain.buttons.manage import Manage
from domain.buttons.roles import (
    AskTake,
    BeginGrant,
    ListRoles,
    TakeForSure,
)
from domain.groups import Group
from domain.paging import ListPage
from domain.people import Person
from domain.permissions import Role
from domain.roles import (
    Granted,
    GrantOutcome,
    Held,
    HeldAlready,
    LastOwner,
    Taken,
    TakeOutcome,
)
from messages import groups
from messages.labels import labelled
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, join, render, rows
from messages.organise import to_cockpit
from messages.turning import by_page
from messages.ways import home, in_pairs


def known_as(person: Person) -> str:
    """A name with the last digits of the number: people may share a name."""
    return f"{person.name} (…{str(person.id)[-4:]})"


def called(role: Role, group_code: str, language: str) -> str:
    """Such as "coordinator of PWG 3"."""
    say = speaker(language)
    match role:
        case Role.OWNER:
            return say.plain("owner")
        case Role.ORGANISER:
            return say.plain("organiser")
        case Role.COORDINATOR if group_code:
            return say.plain("coordinator of {group}", group=group_code)
        case Role.COORDINATOR:
            return say.plain("coordinator")
        case _:
            raise ValueError(role)


def listed(held: Sequence[Held], takeable: Collection[int], page: ListPage, language: str, notice: str = "") -> Message:
    """A page of who holds what; `notice` is said first."""
    say = speaker(language)
    heading = say("<b>Who does what</b>")
    parts = [render("{notice}", notice=notice), heading] if notice else [heading]
    lines = [_entry(number, one, say) for number, one in enumerate(held, 1)]
    buttons = [
        Button(say.plain("{number} · Take away", number=number), AskTake(one.id))
        for number, one in enumerate(held, 1)
        if one.id is not None and one.id in takeable
    ]
    turn = by_page(page, ListRoles, language)
    grant = Button(say.plain("Give a role"), BeginGrant())
    return Message(join([*parts, join(lines)], "\n\n"), rows(*in_pairs(buttons), turn, grant, to_cockpit(language)))


def _entry(number: int, held: Held, say: Speaker) -> Html:
    role = called(held.role, held.group_code, say.language)
    line = labelled(f"{number}. {known_as(held.person)}", role, say)
    if held.id is None:
        line = say("{line}, by the settings", line=line)
    return line if held.person.can_be_written_to else say("{line}, cannot be written to", line=line)


def ask_take(held: Held, language: str) -> Message:
    """Sure?"""
    say = speaker(language)
    text = say(
        "Take the role away?\n\n{person} would not be {role} any more, and is told so.",
        person=known_as(held.person),
        role=called(held.role, held.group_code, language),
    )
    take = Button(say.plain("Take it away"), TakeForSure(held.id or 0))
    return Message(text, rows((take, Button(say.plain("Back"), ListRoles(0)))))


def taken(outcome: TakeOutcome, held: Held, language: str) -> str:
    """What came of taking it away."""
    say = speaker(language)
    role = called(held.role, held.group_code, language)
    match outcome:
        case Taken(is_orphaned=True):
            return say.plain(
                "{person} is not {role} any more. Nobody coordinates {group} now: name somebody.",
                person=held.person.name,
                role=role,
                group=held.group_code,
            )
        case Taken():
            return say.plain("{person} is not {role} any more.", person=held.person.name, role=role)
        case LastOwner():
            return say.plain(
                "{person} is the only owner. Make somebody else an owner first; then this one can go.",
                person=held.person.name,
            )
        case _:
            assert_never(outcome)


def granted(outcome: GrantOutcome, person: Person, role: Role, group_code: str, language: str) -> str:
    """What came of giving it."""
    say = speaker(language)
    values = {"person": person.name, "role": called(role, group_code, language)}
    match outcome:
        case HeldAlready():
            return say.plain("{person} is {role} already.", **values)
        case Granted() if person.can_be_written_to and person.stopped_at is None:
            return say.plain("{person} is {role} now, and is told so.", **values)
        case Granted():
            return say.plain("{person} is {role} now, but does not hear from me: tell them to press Start.", **values)
        case _:
            assert_never(outcome)


def news(fact: str, role: Role, group: Group | None, language: str) -> Message:
    """For whom it concerns: what they can do now ("granted"), or no longer ("taken")."""
    say = speaker(language)
    to_home = home(say)
    if fact != "granted":
        text = say("You are not {role} any more.", role=called(role, group.code if group else "", language))
        return Message(text, rows(to_home))
    if group is None:
        return Message(_what_now(role, say), rows(to_home))
    text = say(
        "You are coordinator of {group} now. /manage shows what waits for you: requests, sessions, webinars, results. "
        "You get a card here for everything that needs your answer.",
        group=groups.name(group, language),
    )
    return Message(text, rows((Button(say.plain("Open the group"), Manage(group.id)), to_home)))


def left(held: Held, language: str) -> Message:
    """For somebody who gave up a role of their own."""
    say = speaker(language)
    text = say("You are not {role} any more.", role=called(held.role, held.group_code, language))
    return Message(text, rows(home(say)))


def _what_now(role: Role, say: Speaker) -> Html:
    if role is Role.OWNER:
        return say(
            "You are an owner of this bot now. /organise shows all groups and gives roles; you hear of everything "
            "that goes wrong."
        )
    return say(
        "You are organiser now. /organise shows all groups and gives roles, /manage opens each group, /broadcast "
        "writes to many."
    )
