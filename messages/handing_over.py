"""What is said when a group is handed over: who could take it, what follows, and what came of it."""

from collections.abc import Collection, Sequence
from typing import assert_never

from domain.buttons.roles import (
    AskHandOver,
    AskStepDown,
    HandOverAndLeave,
    HandOverAndStay,
    ListHeirs,
    StepDownForSure,
)
from domain.groups import Group
from domain.paging import ListPage
from domain.people import Person
from domain.roles import HandedOver, HandOverOutcome, NobodyElse, NotAnHeir, StepDownOutcome, SteppedDown
from messages import groups, manage
from messages.languages import Speaker, speaker
from messages.markup import Button, Message, rows, shortened
from messages.roles import known_as
from messages.turning import by_page


def heirs(
    group: Group,
    people: Sequence[Person],
    coordinators: Collection[int],
    page: ListPage,
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
    turn = by_page(page, lambda to: ListHeirs(group.id, to), language)
    step_down = Button(say.plain("Just stop coordinating"), AskStepDown(group.id)) if leaves else None
    return Message(text, rows(*buttons, turn, step_down, manage.back(group.id, language)))


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
