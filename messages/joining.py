"""What is said to somebody at the door of a group's chat: within minutes, before they pressed Start."""

from collections.abc import Sequence
from typing import assert_never

from domain.groups import (
    AlreadyAsked,
    AlreadyMember,
    Asked,
    AskOutcome,
    Coordinates,
    Crowded,
    Group,
    GroupClosed,
    TooManyOpen,
    Waiting,
)
from messages import groups
from messages.languages import Speaker, speaker
from messages.markup import Html, LinkButton, Message, join, render, rows, shortened


def at_the_door(group: Group, standing: AskOutcome, link: str, language: str, *, is_heard: bool) -> Message | None:
    """Where they stand, and how to hear of the answer; None when there is nothing to say any more.

    `is_heard`: they have pressed Start before, so the answer reaches them anyway. `link` opens the group there.
    """
    say = speaker(language)
    said = _said(group, standing, say)
    if said is None:
        return None
    waits = isinstance(standing, AlreadyAsked | Waiting)
    if waits and not is_heard:
        said = join([said, say("Press the button below and Start, so that I can tell you the answer.")], "\n\n")
    return Message(said, rows(LinkButton(say.plain("The group"), link)))


def _said(group: Group, standing: AskOutcome, say: Speaker) -> Html | None:
    name = groups.name(group, say.language)
    match standing:
        case AlreadyAsked():
            return say(
                "The chat is for the members of {group}. The coordinators have your request; when they accept it, you "
                "are let in by yourself.",
                group=name,
            )
        case Waiting(position=position):
            return say(
                "You are number {position} on the waiting list of {group}. When you move up, you are let in by "
                "yourself.",
                position=position,
                group=name,
            )
        case GroupClosed() | Crowded() | TooManyOpen():
            return render("{said}", said=groups.said_of(standing, say.language))
        case Asked() | AlreadyMember() | Coordinates():
            return None
        case _:
            assert_never(standing)


def which_group(choices: Sequence[tuple[Group, str]], language: str) -> Message:
    """The chat belongs to several groups; a way to the card of each."""
    say = speaker(language)
    text = say(
        "This chat is for the members of several groups. Choose the one you would like to join; when its coordinators "
        "accept you, you are let in by yourself."
    )
    return Message(text, rows(*(LinkButton(shortened(group.code), link) for group, link in choices)))
