"""What is said about applications: the questions, the card of those who decide, the news for the applicant."""

from typing import assert_never

from domain.buttons.applications import Accept, Decline
from domain.buttons.dialogs import HandIn
from domain.buttons.groups import ShowGroup
from domain.buttons.screens import Open, Page
from domain.groups import (
    AlreadyDecided,
    Application,
    ApplicationState,
    DecideOutcome,
    Declined,
    Group,
    Seated,
    Waitlisted,
    Withdrawn,
    WithdrawOutcome,
)
from messages import groups
from messages.dialogs import question
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, join, render, rows

STEPS = 3


def ask_motivation(group: Group, revision: int, language: str) -> Message:
    """The first question."""
    say = speaker(language)
    text = say("Why would you like to join {group}? One sentence is enough.", group=groups.name(group, language))
    return question(text, language, step=1, of=STEPS, revision=revision, skippable=True)


def ask_affiliation(revision: int, language: str) -> Message:
    """The second question."""
    say = speaker(language)
    text = say("Where do you work or study, or which organisation do you speak for?")
    return question(text, language, step=2, of=STEPS, revision=revision, skippable=True)


def preview(group: Group, name: str, motivation: str, affiliation: str, revision: int, language: str) -> Message:
    """What will be handed in, and who will see it."""
    say = speaker(language)
    text = join(
        [
            say("Hand this in?"),
            say("{name} asks to join {group}.", name=name, group=groups.name(group, language)),
            *_answers(motivation, affiliation, say),
            say("The coordinators of the group and the organisers will see this and your name, nobody else."),
        ],
        "\n\n",
    )
    hand_in = (Button(say.plain("Hand in"), HandIn(revision)),)
    return question(text, language, step=3, of=STEPS, revision=revision, choices=(hand_in,))


def _answers(motivation: str, affiliation: str, say: Speaker) -> list[Html]:
    parts = []
    if motivation:
        parts.append(say("Motivation:\n<blockquote>{motivation}</blockquote>", motivation=motivation))
    if affiliation:
        parts.append(say("Affiliation: {affiliation}", affiliation=affiliation))
    return parts


def handed_in(group: Group, language: str) -> Message:
    """In place of the preview."""
    say = speaker(language)
    text = say(
        "Handed in. The coordinators of {group} decide; the answer comes here.", group=groups.name(group, language)
    )
    show = Button(say.plain("Show the group"), ShowGroup(group.id))
    return Message(text, rows((show, Button(say.plain("Home"), Open(Page.HOME)))))


def card(
    application: Application, applicant: str, group: Group, members: int, decided_by: str | None, language: str
) -> Message:
    """For those who decide. Once it is decided, it says by whom and has no buttons."""
    say = speaker(language)
    asks = say("<b>{applicant}</b> asks to join {group}.", applicant=applicant, group=groups.name(group, language))
    parts = [asks, *_answers(application.motivation, application.affiliation, say)]
    if application.state is ApplicationState.OPEN:
        accept = Button(say.plain("Accept"), Accept(application.id))
        decline = Button(say.plain("Decline"), Decline(application.id))
        parts.append(groups.quota(group, members, language))
        return Message(join(parts, "\n\n"), rows((accept, decline)))
    parts.append(render("<b>{decided}</b>", decided=_decided(application.state, decided_by, say)))
    return Message(join(parts, "\n\n"))


def _decided(state: ApplicationState, by: str | None, say: Speaker) -> str:
    name = by or say.plain("somebody who has left")
    match state:
        case ApplicationState.ACCEPTED:
            return say.plain("Accepted by {name}", name=name)
        case ApplicationState.WAITING:
            return say.plain("Accepted by {name}; on the waiting list", name=name)
        case ApplicationState.DECLINED:
            return say.plain("Declined by {name}", name=name)
        case ApplicationState.WITHDRAWN:
            return say.plain("Withdrawn")
        case ApplicationState.OPEN:
            return say.plain("Not decided yet")
        case _:
            assert_never(state)


def decided(outcome: DecideOutcome, faster: str | None, language: str) -> str:
    """The toast after *Accept* or *Decline*; `faster` is the name of who decided before."""
    say = speaker(language)
    match outcome:
        case Seated():
            return say.plain("Accepted.")
        case Waitlisted(position=position):
            return say.plain("Accepted. All seats are taken: number {position} on the waiting list.", position=position)
        case Declined():
            return say.plain("Declined.")
        case AlreadyDecided(state=state):
            return _already(state, faster, say)
        case _:
            assert_never(outcome)


def withdrawn(outcome: WithdrawOutcome, language: str) -> str:
    """The toast after *Withdraw*."""
    say = speaker(language)
    match outcome:
        case Withdrawn():
            return say.plain("Your application is withdrawn.")
        case AlreadyDecided():
            return say.plain("Your application was answered before.")
        case _:
            assert_never(outcome)


def _already(state: ApplicationState, by: str | None, say: Speaker) -> str:
    name = by or say.plain("somebody who has left")
    match state:
        case ApplicationState.ACCEPTED | ApplicationState.WAITING:
            return say.plain("Already accepted by {name}.", name=name)
        case ApplicationState.DECLINED:
            return say.plain("Already declined by {name}.", name=name)
        case ApplicationState.WITHDRAWN:
            return say.plain("The application was withdrawn.")
        case ApplicationState.OPEN:
            return say.plain("Not decided yet")
        case _:
            assert_never(state)


def news(fact: str, group: Group, position: int, language: str) -> Message:
    """What the applicant is told: "accepted", "promoted", "waiting" or "declined"."""
    say = speaker(language)
    name = groups.name(group, language)
    show = Button(say.plain("Show the group"), ShowGroup(group.id))
    match fact:
        case "accepted":
            return Message(say("You are now a member of {group}. Welcome!", group=name), rows(show))
        case "promoted":
            return Message(say("A seat is free: you are now a member of {group}. Welcome!", group=name), rows(show))
        case "waiting":
            text = say(
                "Your application for {group} is accepted, but all seats are taken. You are number {position} on "
                "the waiting list and move up by yourself; I will tell you.",
                group=name,
                position=position,
            )
            return Message(text, rows(show))
        case _:
            text = say(
                "Your application for {group} was not accepted this time. Its webinars are open to everybody.",
                group=name,
            )
            return Message(text, rows(Button(say.plain("Webinars"), Open(Page.WEBINARS))))
