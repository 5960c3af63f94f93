"""What is said to those who answer applications: the card, the lists, the reason for a no, who was faster."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from domain.buttons.applications import (
    Accept,
    AnswerHere,
    Decline,
    DeclineWithReason,
    ListRequests,
    ListWaiting,
    UndoAnswer,
    Verdict,
)
from domain.buttons.coding import Action
from domain.groups import (
    AlreadyDecided,
    Application,
    ApplicationState,
    DecideOutcome,
    Declined,
    Group,
    GroupClosed,
    Seated,
    Waitlisted,
)
from domain.paging import ListPage
from messages import dialogs, groups, manage
from messages.applications import answers
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows, shortened
from messages.turning import by_page


@dataclass(frozen=True)
class Shown:
    """What the card of an application shows to one reader. `decided_by`: a name; None where nobody is known."""

    application: Application
    applicant: str
    group: Group
    members: int
    decided_by: str | None
    can_undo: bool
    is_reachable: bool


def card(shown: Shown, language: str) -> Message:
    """The card that comes by itself and edits itself. Once it is decided, it says by whom."""
    say, number = speaker(language), shown.application.id
    accept, decline, undo = Accept(number), Decline(number), UndoAnswer(number)
    return Message(_text(shown, say), rows(*_choices(shown, accept, decline, undo, say)))


def card_here(shown: Shown, language: str) -> Message:
    """The same in the place of a list, with the way back to it."""
    say, number = speaker(language), shown.application.id
    accept, decline, undo = (AnswerHere(number, v) for v in (Verdict.ACCEPT, Verdict.DECLINE, Verdict.UNDO))
    back = Button(say.plain("All requests"), ListRequests(shown.group.id, 0))
    return Message(_text(shown, say), rows(*_choices(shown, accept, decline, undo, say), back))


def _text(shown: Shown, say: Speaker) -> Html:
    application, name = shown.application, groups.name(shown.group, say.language)
    asks = say("<b>{applicant}</b> asks to join {group}.", applicant=shown.applicant, group=name)
    parts = [asks, *answers(application.motivation, application.affiliation, say)]
    if application.state is ApplicationState.OPEN:
        parts.append(groups.quota(shown.group, shown.members, say.language))
    else:
        parts.append(render("<b>{decided}</b>", decided=_decided(application.state, shown.decided_by, say)))
    if application.reason:
        parts.append(say("Reason: {reason}", reason=application.reason))
    if not shown.is_reachable:
        parts.append(say("{applicant} cannot be written to and hears nothing from the bot.", applicant=shown.applicant))
    if shown.can_undo and shown.is_reachable:
        parts.append(say("You can take this back for a minute; after that, {name} is told.", name=shown.applicant))
    elif shown.can_undo:
        parts.append(say("You can take this back for a minute."))
    return join(parts, "\n\n")


def _choices(shown: Shown, accept: Action, decline: Action, undo: Action, say: Speaker) -> list[Row]:
    if shown.application.state is ApplicationState.OPEN:
        reason = Button(say.plain("Decline with a reason"), DeclineWithReason(shown.application.id))
        return [(Button(say.plain("Accept"), accept), Button(say.plain("Decline"), decline)), (reason,)]
    return [(Button(say.plain("Undo"), undo),)] if shown.can_undo else []


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
        case ApplicationState.CLOSED:
            return say.plain("Closed: the group has ended")
        case ApplicationState.OPEN:
            return say.plain("Not decided yet")
        case _:
            assert_never(state)


def decided(outcome: DecideOutcome, faster: str | None, language: str) -> str:
    """The toast after an answer; `faster` is the name of who decided before."""
    say = speaker(language)
    match outcome:
        case Seated():
            return say.plain("Accepted.")
        case Waitlisted(position=position):
            return say.plain("Accepted. All seats are taken: number {position} on the waiting list.", position=position)
        case Declined():
            return say.plain("Declined.")
        case GroupClosed():
            return say.plain("The group has ended: the application is closed, and the applicant is told.")
        case AlreadyDecided(state=state):
            return _already(state, faster, say)
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
        case ApplicationState.CLOSED:
            return say.plain("The group has ended; the application is closed.")
        case ApplicationState.OPEN:
            return say.plain("Not decided yet")
        case _:
            assert_never(state)


def undone(language: str) -> str:
    """The toast after *Undo*."""
    return speaker(language).plain("Taken back. Nobody was told.")


# --- The reason for a no ----------------------------------------------------------------------


def ask_reason(applicant: str, most: int, revision: int, language: str) -> Message:
    """Why not?"""
    say = speaker(language)
    text = say(
        "Why is <b>{applicant}</b> not accepted? They get your words; {most} characters at most.",
        applicant=applicant,
        most=most,
    )
    return dialogs.question(text, language, step=1, of=1, revision=revision)


def too_late(outcome: DecideOutcome, faster: str | None, group_id: int, language: str) -> Message:
    """Somebody was faster while the reason was typed."""
    say = speaker(language)
    said = render("{text}", text=decided(outcome, faster, language))
    back = Button(say.plain("All requests"), ListRequests(group_id, 0))
    return Message(join([said, say("Your words were not sent.")]), rows(back))


# --- Lists ------------------------------------------------------------------------------------


def requests(
    group: Group, asked: Sequence[tuple[Application, str]], waiting: int, page: ListPage, language: str
) -> Message:
    """A page of the open applications, each with the applicant's name."""
    say = speaker(language)
    parts = [groups.name(group, language)]
    parts.append(say("Who asks to join; the oldest first.") if asked else say("Nobody waits for an answer."))
    buttons = [Button(shortened(name), AnswerHere(a.id, Verdict.SHOW)) for a, name in asked]
    label = say.plain("Waiting list: {count}", count=waiting)
    queue = Button(label, ListWaiting(group.id, 0)) if waiting else None
    turn = by_page(page, lambda to: ListRequests(group.id, to), language)
    return Message(join(parts, "\n\n"), rows(*buttons, turn, queue, manage.back(group.id, language)))


def waiting_list(group: Group, waiting: Sequence[tuple[int, str]], page: ListPage, language: str) -> Message:
    """A page of those who wait for a seat: position and name."""
    say = speaker(language)
    lines = [say("{position}. {name}", position=position, name=name) for position, name in waiting]
    if not lines:
        lines = [say("Nobody is on the waiting list.")]
    heading = join([groups.name(group, language), say("The first in line gets the next free seat.")], "\n\n")
    turn = by_page(page, lambda to: ListWaiting(group.id, to), language)
    back = Button(say.plain("All requests"), ListRequests(group.id, 0))
    return Message(join([heading, join(lines)], "\n\n"), rows(turn, back))
