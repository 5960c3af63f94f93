"""What is said about roles: who holds what, giving and taking one, handing over a group."""

from collections.abc import Collection, Sequence
from typing import assert_never

from domain.buttons.manage import Manage
from domain.buttons.roles import (
    AskHandOver,
    AskStepDown,
    AskTake,
    BeginGrant,
    HandOverAndLeave,
    HandOverAndStay,
    ListHeirs,
    ListRoles,
    StepDownForSure,
    TakeForSure,
)
from domain.buttons.screens import Open, Page
from domain.groups import Group
from domain.people import Person
from domain.permissions import Role
from domain.roles import (
    Granted,
    GrantOutcome,
    HandedOver,
    HandOverOutcome,
    Held,
    HeldAlready,
    LastOwner,
    NobodyElse,
    NotAnHeir,
    StepDownOutcome,
    SteppedDown,
    Taken,
    TakeOutcome,
)
from messages import groups, manage
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows, shortened
from messages.organise import to_cockpit


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


def listed(
    held: Sequence[Held], takeable: Collection[int], page: int, pages: int, language: str, notice: str = ""
) -> Message:
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
    pager = _pager(page, pages, say, ListRoles(page - 1), ListRoles(page + 1))
    grant = Button(say.plain("Give a role"), BeginGrant())
    return Message(
        join([*parts, join(lines)], "\n\n"), rows(*manage.in_pairs(buttons), pager, grant, to_cockpit(language))
    )


def _entry(number: int, held: Held, say: Speaker) -> Html:
    role = called(held.role, held.group_code, say.language)
    line = render("{n}. {person}: {role}", n=number, person=known_as(held.person), role=role)
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
    home = Button(say.plain("Home"), Open(Page.HOME))
    if fact != "granted":
        text = say("You are not {role} any more.", role=called(role, group.code if group else "", language))
        return Message(text, rows(home))
    if group is None:
        return Message(_what_now(role, say), rows(home))
    text = say(
        "You are coordinator of {group} now. /manage shows what waits for you: requests, sessions, webinars, results. "
        "You get a card here for everything that needs your answer.",
        group=groups.name(group, language),
    )
    return Message(text, rows((Button(say.plain("Open the group"), Manage(group.id)), home)))


def left(held: Held, language: str) -> Message:
    """For somebody who gave up a role of their own."""
    say = speaker(language)
    text = say("You are not {role} any more.", role=called(held.role, held.group_code, language))
    return Message(text, rows(Button(say.plain("Home"), Open(Page.HOME))))


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


# --- Handing over -----------------------------------------------------------------------------


def heirs(
    group: Group,
    people: Sequence[Person],
    coordinators: Collection[int],
    page: int,
    pages: int,
    *,
    leaves: bool,
    language: str,
) -> Message:
    """Who takes over? `leaves`: the reader coordinates the group, and somebody else does, too."""
    say = speaker(language)
    name = groups.name(group, language)
    text = say("Hand over {group}\n\nWho coordinates it from now on?", group=name)
    if not people:
        text = say("Hand over {group}\n\nThere is nobody else in the group yet who could take over.", group=name)
    buttons = [Button(_heir(one, one.id in coordinators, say), AskHandOver(group.id, one.id)) for one in people]
    pager = _pager(page, pages, say, ListHeirs(group.id, page - 1), ListHeirs(group.id, page + 1))
    step_down = Button(say.plain("Just stop coordinating"), AskStepDown(group.id)) if leaves else None
    return Message(text, rows(*buttons, pager, step_down, manage.back(group.id, language)))


def _heir(person: Person, coordinates: bool, say: Speaker) -> str:
    name = shortened(known_as(person), 30)
    return say.plain("{name}, coordinator", name=name) if coordinates else name


def ask_hand_over(group: Group, heir: Person, *, coordinates: bool, leaves: bool, language: str) -> Message:
    """Sure, and does the giver stay? `coordinates`: the heir does already; `leaves`: the reader could go."""
    say = speaker(language)
    values = {"group": groups.name(group, language), "heir": known_as(heir)}
    text = (
        say("{heir} coordinates {group} already. You can leave it to them.", **values)
        if coordinates
        else say("Shall {heir} coordinate {group}? They can then do everything you can do here.", **values)
    )
    go = Button(say.plain("Yes, and I stop"), HandOverAndLeave(group.id, heir.id)) if leaves else None
    stay_label = say.plain("Yes, and I stay") if leaves else say.plain("Yes")
    stay = None if coordinates else Button(stay_label, HandOverAndStay(group.id, heir.id))
    return Message(text, rows(go, stay, Button(say.plain("Back"), ListHeirs(group.id, 0))))


def handed_over(outcome: HandOverOutcome, heir: str, language: str) -> str:
    """What came of it."""
    say = speaker(language)
    match outcome:
        case HandedOver(has_left=True):
            return say.plain("{heir} coordinates the group now. Thank you for your work.", heir=heir)
        case HandedOver():
            return say.plain("{heir} coordinates the group now, too.", heir=heir)
        case NotAnHeir():
            return say.plain("Only members and coordinators of the group can take it over.")
        case _:
            assert_never(outcome)


def ask_step_down(group: Group, language: str) -> Message:
    """Sure?"""
    say = speaker(language)
    text = say(
        "Stop coordinating {group}? The other coordinators go on; you keep your seat, if you have one.",
        group=groups.name(group, language),
    )
    stop = Button(say.plain("Stop coordinating"), StepDownForSure(group.id))
    return Message(text, rows((stop, Button(say.plain("Back"), ListHeirs(group.id, 0)))))


def stepped_down(outcome: StepDownOutcome, language: str) -> str:
    """What came of it."""
    say = speaker(language)
    match outcome:
        case SteppedDown():
            return say.plain("Done. Thank you for your work.")
        case NobodyElse():
            return say.plain("You are the only coordinator. Choose who takes over; then you can go.")
        case _:
            assert_never(outcome)


def _pager(page: int, pages: int, say: Speaker, before: ListRoles | ListHeirs, after: ListRoles | ListHeirs) -> Row:
    previous = (Button(say.plain("Previous"), before),) if page > 0 else ()
    following = (Button(say.plain("Next"), after),) if page < pages - 1 else ()
    return previous + following
