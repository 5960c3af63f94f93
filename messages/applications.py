"""What is said to those who ask to join a group: the questions, and the news."""

from typing import assert_never

from domain.buttons.dialogs import HandIn
from domain.buttons.groups import ShowGroup
from domain.buttons.screens import Open, Page
from domain.chats import Access
from domain.groups import AlreadyDecided, Group, Withdrawn, WithdrawOutcome
from messages import groups
from messages.dialogs import question
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, LinkButton, Message, join, rows
from messages.ways import home

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
            *answers(motivation, affiliation, say),
            say("The coordinators of the group and the organisers will see this and your name, nobody else."),
        ],
        "\n\n",
    )
    hand_in = (Button(say.plain("Hand in"), HandIn(revision)),)
    return question(text, language, step=3, of=STEPS, revision=revision, choices=(hand_in,))


def answers(motivation: str, affiliation: str, say: Speaker) -> list[Html]:
    """What an applicant typed, a paragraph each; nothing for what was skipped."""
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
    return Message(text, rows((show, home(say))))


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


def news(fact: str, group: Group, position: int, reason: str, door: Access | None, language: str) -> Message:
    """What the applicant is told: "accepted", "promoted", "waiting", "declined" or "closed"."""
    say = speaker(language)
    name = groups.name(group, language)
    webinars = Button(say.plain("Webinars"), Open(Page.WEBINARS))
    match fact:
        case "accepted":
            return _welcome(say("You are now a member of {group}. Welcome!", group=name), group, door, say)
        case "promoted":
            text = say("A seat is free: you are now a member of {group}. Welcome!", group=name)
            return _welcome(text, group, door, say)
        case "waiting":
            show = Button(say.plain("Show the group"), ShowGroup(group.id))
            return Message(_waiting(name, position, say), rows(show))
        case "declined":
            return Message(_declined(name, reason, say), rows(webinars))
        case "closed":
            text = say(
                "{group} has ended, so your application for it is closed. Its results and webinars stay open to "
                "everybody.",
                group=name,
            )
            return Message(text, rows(webinars))
        case _:
            raise ValueError(f"{fact} is no news to an applicant")


def _welcome(text: Html, group: Group, door: Access | None, say: Speaker) -> Message:
    show = Button(say.plain("Show the group"), ShowGroup(group.id))
    if door is None:
        return Message(text, rows(show))
    if door.link is None:
        chat = say("The group talks in the chat <b>{title}</b>; the link follows.", title=door.title)
        return Message(join([text, chat], "\n\n"), rows(show))
    chat = say("The group talks in the chat <b>{title}</b>. Ask to be let in, and you are.", title=door.title)
    return Message(join([text, chat], "\n\n"), rows(LinkButton(say.plain("Join the chat"), door.link), show))


def _waiting(name: Html, position: int, say: Speaker) -> Html:
    return say(
        "Your application for {group} is accepted, but all seats are taken. You are number {position} on "
        "the waiting list and move up by yourself; I will tell you.",
        group=name,
        position=position,
    )


def _declined(name: Html, reason: str, say: Speaker) -> Html:
    text = say(
        "Your application for {group} was not accepted this time. Its webinars are open to everybody.",
        group=name,
    )
    if not reason:
        return text
    return join([text, say("The coordinators write:\n<blockquote>{reason}</blockquote>", reason=reason)], "\n\n")
