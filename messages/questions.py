"""What is said to those who ask the speakers: the question, what was asked, what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from domain.buttons.dialogs import HandIn
from domain.buttons.questions import AskSpeakers, ListOwnQuestions, OpenQuestions, TakeQuestionBack
from domain.buttons.webinars import ShowWebinar
from domain.events import Event, EventState
from domain.paging import ListPage
from domain.questions import MOST_TEXT, Closed, NotAsked, Question, QuestionState, TooMany, takes_questions
from messages import dialogs
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows, shortened
from messages.turning import by_time
from messages.ways import in_pairs

MOST_QUOTED = 100
"""What is shown of an answer in the list, in characters."""


@dataclass(frozen=True)
class Mine:
    """A page of somebody's questions at a webinar, newest first."""

    event: Event
    questions: tuple[Question, ...]
    page: ListPage
    may_ask: bool


def buttons_of(event: Event, now: datetime, language: str, *, has_asked: bool, sees: bool) -> Row:
    """The row on the card of a webinar; `sees`: this reader may see what people ask."""
    say = speaker(language)
    ask_ = (Button(say.plain("Ask the speakers"), AskSpeakers(event.id)),) if takes_questions(event, now) else ()
    mine = (Button(say.plain("My questions"), ListOwnQuestions(event.id, 0)),) if has_asked else ()
    return ask_ + mine + list_button(event, language, sees=sees)


def list_button(event: Event, language: str, *, sees: bool) -> Row:
    """The way to what everybody asks, once there is anything to ask about."""
    if not (sees and event.state is EventState.ANNOUNCED):
        return ()
    return (Button(speaker(language).plain("Questions"), OpenQuestions(event.id)),)


def ask(event: Event, revision: int, language: str) -> Message:
    """What would you like to know?"""
    say = speaker(language)
    text = say(
        "What would you like to ask at <b>{title}</b>? One question, at most {most} characters.\n\n"
        "Your name is seen by those who moderate, and by nobody else.",
        title=pick(event.titles, language),
        most=MOST_TEXT,
    )
    return dialogs.question(text, language, step=1, of=2, revision=revision)


def preview(event: Event, typed: str, revision: int, language: str) -> Message:
    """The question as it will be asked."""
    say = speaker(language)
    text = say(
        "Your question at <b>{title}</b>:\n\n<blockquote>{question}</blockquote>",
        title=pick(event.titles, language),
        question=typed,
    )
    send = (Button(say.plain("Send"), HandIn(revision)),)
    return dialogs.question(text, language, step=2, of=2, revision=revision, choices=(send,))


def asked(event: Event, language: str) -> Message:
    """After *Send*."""
    say = speaker(language)
    text = say(
        "Your question is with those who moderate <b>{title}</b>. What is not answered there is answered in writing.",
        title=pick(event.titles, language),
    )
    another = Button(say.plain("Ask another one"), AskSpeakers(event.id))
    return Message(text, rows((another, _mine(event, say)), _webinar(event, say)))


def not_asked(outcome: NotAsked, language: str) -> str:
    """Why there is nothing to ask, without markup."""
    say = speaker(language)
    match outcome:
        case Closed():
            return say.plain(
                "Questions can be asked until the end of a webinar. This one is over, or does not take place."
            )
        case TooMany(most=most):
            return say.plain_plural(
                "{count} question of yours waits there already. Take it back to ask another one.",
                "{count} questions of yours wait there already. Take one back to ask another one.",
                most,
            )
        case _:
            assert_never(outcome)


def refused(outcome: NotAsked, event: Event, language: str) -> Message:
    """The same as a message, with the ways on."""
    say = speaker(language)
    mine = _mine(event, say) if isinstance(outcome, TooMany) else None
    text = render("<b>{title}</b>\n\n{why}", title=pick(event.titles, language), why=not_asked(outcome, language))
    return Message(text, rows(mine, _webinar(event, say)))


def own(mine: Mine, language: str) -> Message:
    """What I have asked, and what became of it."""
    say = speaker(language)
    heading = say("Your questions at <b>{title}</b>", title=pick(mine.event.titles, language))
    first = mine.page.offset + 1
    entries = [_own(number, question, say) for number, question in enumerate(mine.questions, first)]
    take_back = [
        Button(say.plain("{number} · Take it back", number=number), TakeQuestionBack(question.id, mine.page.number))
        for number, question in enumerate(mine.questions, first)
        if question.state is QuestionState.OPEN
    ]
    another = Button(say.plain("Ask another one"), AskSpeakers(mine.event.id)) if mine.may_ask else None
    turn = by_time(mine.page, lambda page: ListOwnQuestions(mine.event.id, page), language)
    parts = entries or [say("None at the moment.")]
    return Message(
        join([heading, *parts], "\n\n"), rows(*in_pairs(take_back), turn, another, _webinar(mine.event, say))
    )


def _own(number: int, question: Question, say: Speaker) -> Html:
    return render(
        "{number}. {question}\n<i>{state}</i>", number=number, question=question.text, state=_state(question, say)
    )


def _state(question: Question, say: Speaker) -> Html:
    match question.state:
        case QuestionState.OPEN:
            return say("open")
        case QuestionState.ANSWERED:
            # The whole of it came as a message of its own: five of them would not fit into this one.
            begins = shortened(question.answer, MOST_QUOTED) if question.answer else ""
            return say("Answer: {answer}", answer=begins) if begins else say("answered")
        case QuestionState.DROPPED:
            return say("not taken up")
        case _:
            assert_never(question.state)


def taken_back(language: str) -> str:
    """The toast after *Take back*."""
    return speaker(language).plain("Taken back. Nobody sees it any more.")


def answer(question: Question, event: Event, language: str) -> Message:
    """What was written to somebody who had asked, after the webinar."""
    say = speaker(language)
    text = say(
        "You asked at <b>{title}</b>:\n\n<blockquote>{question}</blockquote>\n\nThe answer:\n\n{answer}",
        title=pick(event.titles, language),
        question=question.text,
        answer=question.answer,
    )
    return Message(text, rows((_mine(event, say), _webinar(event, say))))


def _mine(event: Event, say: Speaker) -> Button:
    return Button(say.plain("My questions"), ListOwnQuestions(event.id, 0))


def _webinar(event: Event, say: Speaker) -> Button:
    return Button(say.plain("Back to the webinar"), ShowWebinar(event.id))
