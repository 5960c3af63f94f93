"""What is said about the agenda of a session: the points, the question for one, what became of it."""

from typing import assert_never

from domain.agenda import (
    Agenda,
    Over,
    Point,
    PointState,
    Proposed,
    ProposeOutcome,
    Settled,
    SettledBefore,
    SettleOutcome,
    TooMany,
)
from domain.buttons.agenda import DropPoint, MovePoint, OpenAgenda, ProposePoint, ShowAgenda, TakePoint
from domain.buttons.sessions import ShowSession
from domain.events import Event
from messages.dialogs import question
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows
from messages.session_links import name
from messages.turning import by_page


def points(shown: Agenda, language: str) -> Message:
    """A page of the points: those on the agenda, then those that are proposed."""
    say = speaker(language)
    parts = [say("<b>Agenda</b> of {name}", name=name(shown.session, shown.group.code, language))]
    numbered = list(enumerate(shown.points, shown.first))
    taken = [_line(n, point, shown, say) for n, point in numbered if point.state is PointState.TAKEN]
    proposed = [_line(n, point, shown, say) for n, point in numbered if point.state is PointState.PROPOSED]
    if taken:
        parts.append(join(taken))
    elif not shown.taken:
        parts.append(say("Nothing is on the agenda yet."))
    if proposed:
        heading = say("Proposed:") if shown.may_run else say("Proposed by you:")
        parts.append(join([heading, *proposed]))
    buttons = [_point_buttons(n, point, shown, say) for n, point in numbered]
    turn = by_page(shown.page, lambda page: ShowAgenda(shown.session.id, page), language)
    propose = Button(say.plain("Propose a point"), ProposePoint(shown.session.id)) if shown.may_propose else None
    details = Button(say.plain("Session"), ShowSession(shown.session.id))
    return Message(join(parts, "\n\n"), rows(*buttons, turn, propose, details))


def _line(number: int, point: Point, shown: Agenda, say: Speaker) -> Html:
    author = shown.names.get(point.person_id or 0)
    if author is None or point.person_id == shown.reader_id:
        return render("{n}. {text}", n=number, text=point.text)
    return say("{n}. {text} ({name})", n=number, text=point.text, name=author)


def _point_buttons(number: int, point: Point, shown: Agenda, say: Speaker) -> Row:
    drop = Button(say.plain("{number} · Drop", number=number), DropPoint(point.id, shown.page.number))
    if not shown.may_run:
        is_own = point.person_id == shown.reader_id and point.state is PointState.PROPOSED
        withdraw = Button(say.plain("{number} · Withdraw", number=number), DropPoint(point.id, shown.page.number))
        return (withdraw,) if is_own and shown.may_propose else ()
    if point.state is PointState.PROPOSED:
        return Button(say.plain("{number} · Take", number=number), TakePoint(point.id, shown.page.number)), drop
    up = Button(say.plain("{number} · Up", number=number), MovePoint(point.id, -1, shown.page.number))
    down = Button(say.plain("{number} · Down", number=number), MovePoint(point.id, 1, shown.page.number))
    return (*((up,) if number > 1 else ()), *((down,) if number < shown.taken else ()), drop)


def agenda_button(session_id: int, proposed: int, say: Speaker) -> Button:
    """From the card of a session to its agenda; with how many points wait for the reader's word."""
    label = say.plain("Agenda ({count} proposed)", count=proposed) if proposed else say.plain("Agenda")
    return Button(label, OpenAgenda(session_id))


def ask(session: Event, group_code: str, revision: int, language: str) -> Message:
    """The one question."""
    say = speaker(language)
    text = say(
        "What should be talked about at {name}? Send one line. Whoever runs the session decides.",
        name=name(session, group_code, language),
    )
    return question(text, language, step=1, of=1, revision=revision)


def proposed(outcome: ProposeOutcome, language: str) -> str:
    """What became of the wish to propose something."""
    say = speaker(language)
    match outcome:
        case Proposed():
            return say.plain("Proposed. The coordinators decide whether it is taken.")
        case TooMany(most=most):
            return say.plain("{most} of your points are not decided yet. Withdraw one, or wait.", most=most)
        case Over():
            return say.plain("This session is over or cancelled; its agenda stays as it is.")
        case _:
            assert_never(outcome)


def settled(outcome: SettleOutcome, language: str) -> str:
    """The toast after taking or dropping a point."""
    say = speaker(language)
    match outcome:
        case Settled(state=PointState.TAKEN):
            return say.plain("It is on the agenda.")
        case Settled():
            return say.plain("Dropped.")
        case SettledBefore(state=PointState.TAKEN):
            return say.plain("It is on the agenda already.")
        case SettledBefore():
            return say.plain("It was dropped before.")
        case Over():
            return proposed(outcome, language)
        case _:
            assert_never(outcome)
