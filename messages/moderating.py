"""What is said to those who moderate a webinar, or speak there: the questions in order, and each one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from domain.buttons.questions import (
    AnswerQuestion,
    ChooseSame,
    ListQuestions,
    MergeQuestion,
    MoveQuestion,
    ReopenQuestion,
    SettleQuestion,
    ShowQuestion,
    Verdict,
    Way,
)
from domain.buttons.webinars import ShowWebinar
from domain.events import Event
from domain.paging import ListPage
from domain.questions import MOST_ANSWER, Cluster, Question, QuestionState, is_held, takes_questions
from messages import dialogs
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows, shortened
from messages.turning import by_page

MOST_NAMED = 2

MOST_SAME = 5
"""So many of those that ask the same are quoted below one."""

MOST_SHOWN = 120
"""What is shown of a question where others are the matter, in characters."""


@dataclass(frozen=True)
class Entry:
    """A question with those that ask the same; `names`: who asked, empty where that is not to be seen."""

    cluster: Cluster
    names: tuple[str, ...] = ()

    @property
    def head(self) -> Question:
        """The question that stands for all."""
        return self.cluster.head


@dataclass(frozen=True)
class Box:
    """A page of the open questions at a webinar. `link`: by which people ask."""

    event: Event
    entries: tuple[Entry, ...]
    page: ListPage
    answered: int
    may_moderate: bool
    link: str


def listed(box: Box, now: datetime, language: str, *, undo: Question | None = None) -> Message:
    """The questions in order; `undo`: the one that was settled just now."""
    say = speaker(language)
    parts = [say("<b>Questions</b> · {title}", title=pick(box.event.titles, language))]
    numbered = list(enumerate(box.entries, box.page.offset + 1))
    parts += [_entry(number, entry, say, named=box.may_moderate) for number, entry in numbered]
    if not box.entries:
        parts.append(say("No open questions."))
    if box.answered:
        parts.append(say.plural("{count} question is answered.", "{count} questions are answered.", box.answered))
    if box.may_moderate and takes_questions(box.event, now):
        parts.append(say("People ask here: {link}", link=box.link))
    choose = tuple(Button(str(number), ShowQuestion(entry.head.id)) for number, entry in numbered)
    turn = by_page(box.page, lambda page: ListQuestions(box.event.id, page), language)
    back = Button(say.plain("Undo"), ReopenQuestion(undo.id)) if undo else None
    return Message(
        join(parts, "\n\n"), rows(choose if box.may_moderate else None, turn, back, _webinar(box.event, say))
    )


def _entry(number: int, entry: Entry, say: Speaker, *, named: bool) -> Html:
    line = render("{number}. {question}", number=number, question=entry.head.text)
    below = _asked_by(entry, say, named=named)
    return join([line, render("<i>{below}</i>", below=below)]) if below else line


def _asked_by(entry: Entry, say: Speaker, *, named: bool) -> Html | None:
    """Who asked, and how many they are where there are several."""
    many = entry.cluster.askers > 1
    counted = say.plural("asked by {count} person", "asked by {count} people", entry.cluster.askers) if many else None
    if not named:
        return counted
    names = ", ".join(entry.names[:MOST_NAMED]) or say.plain("Somebody who has left")
    if len(entry.names) > MOST_NAMED:
        names += ", …"
    return render("{counted}: {names}", counted=counted, names=names) if counted else render("{names}", names=names)


def detail(entry: Entry, event: Event, position: int, count: int, now: datetime, language: str) -> Message:
    """One question, and what a moderator can do with it. `position`: in the list, counted from 1."""
    say = speaker(language)
    parts = [
        say("Question {number} of {count} · {title}", number=position, count=count, title=pick(event.titles, language)),
        render("<blockquote>{question}</blockquote>", question=entry.head.text),
        *(render("• {question}", question=shortened(one.text, MOST_SHOWN)) for one in entry.cluster.same[:MOST_SAME]),
        _asked_by(entry, say, named=True),
    ]
    buttons = rows(
        _moves(entry.head, position, count, say),
        Button(say.plain("Answer in writing"), AnswerQuestion(entry.head.id)) if is_held(event, now) else None,
        (
            Button(say.plain("Answered"), SettleQuestion(entry.head.id, Verdict.ANSWERED)),
            Button(say.plain("Drop"), SettleQuestion(entry.head.id, Verdict.DROPPED)),
        ),
        Button(say.plain("Same as …"), ChooseSame(entry.head.id, 0)) if count > 1 else None,
        Button(say.plain("Back"), ListQuestions(event.id, 0)),
    )
    return Message(join([part for part in parts if part], "\n\n"), buttons)


def _moves(question: Question, position: int, count: int, say: Speaker) -> Row:
    up = (Button(say.plain("Up"), MoveQuestion(question.id, question.place, Way.UP)),) if position > 1 else ()
    down = (Button(say.plain("Down"), MoveQuestion(question.id, question.place, Way.DOWN)),) if position < count else ()
    return up + down


def choose_same(question: Question, others: Sequence[Question], page: ListPage, language: str) -> Message:
    """Which of the others asks the same?"""
    say = speaker(language)
    asked = say("Which question asks the same as this one?")
    quoted = render("<blockquote>{question}</blockquote>", question=shortened(question.text, MOST_SHOWN))
    numbered = list(enumerate(others, page.offset + 1))
    lines = [render("{n}. {question}", n=n, question=shortened(other.text, MOST_SHOWN)) for n, other in numbered]
    buttons = [Button(str(n), MergeQuestion(question.id, other.id)) for n, other in numbered]
    turn = by_page(page, lambda to: ChooseSame(question.id, to), language)
    back = Button(say.plain("Back"), ShowQuestion(question.id))
    return Message(join([asked, quoted, *lines], "\n\n"), rows(tuple(buttons), turn, back))


def moved(way: Way, language: str) -> str:
    """The toast after *Up* or *Down*."""
    say = speaker(language)
    match way:
        case Way.UP:
            return say.plain("One up.")
        case Way.DOWN:
            return say.plain("One down.")
        case _:
            assert_never(way)


def settled(verdict: Verdict, language: str) -> str:
    """The toast after *Answered* or *Drop*."""
    say = speaker(language)
    match verdict:
        case Verdict.ANSWERED:
            return say.plain("Answered.")
        case Verdict.DROPPED:
            return say.plain("Dropped. Whoever asked is not told.")
        case _:
            assert_never(verdict)


def settled_before(state: QuestionState, by: str | None, language: str) -> str:
    """Somebody was faster; `by`: who, where that is known."""
    say = speaker(language)
    name = by or say.plain("Somebody who has left")
    if state is QuestionState.DROPPED:
        return say.plain("{name} has dropped this question already.", name=name)
    return say.plain("{name} has already marked this question as answered.", name=name)


def merged(language: str) -> str:
    """The toast after *Same as …*."""
    return speaker(language).plain("They count as one question from now on.")


def reopened(language: str) -> str:
    """The toast after *Undo*."""
    return speaker(language).plain("It is open again.")


# --- Answering in writing ---------------------------------------------------------------------


def ask_answer(entry: Entry, revision: int, language: str) -> Message:
    """What is the answer?"""
    say = speaker(language)
    count = entry.cluster.askers
    text = say.plural(
        "What is the answer? At most {most} characters. It goes to the person who asked.",
        "What is the answer? At most {most} characters. It goes to the {count} people who asked.",
        count,
        most=MOST_ANSWER,
    )
    quoted = render("<blockquote>{question}</blockquote>", question=entry.head.text)
    return dialogs.question(join([quoted, text], "\n\n"), language, step=1, of=1, revision=revision)


def answered(told: int, box: Box, now: datetime, language: str) -> Message:
    """Who gets the answer, above what is left."""
    say = speaker(language)
    if told:
        done = say.plural("The answer goes to {count} person.", "The answer goes to {count} people.", told)
    else:
        done = say("The answer is kept. Nobody who asked can be written to.")
    message = listed(box, now, language)
    return Message(join([done, message.text], "\n\n"), message.buttons)


def too_late(why: str, box: Box, now: datetime, language: str) -> Message:
    """Somebody was faster while the answer was typed."""
    message = listed(box, now, language)
    return Message(join([render("{why}", why=why), message.text], "\n\n"), message.buttons)


def _webinar(event: Event, say: Speaker) -> Button:
    return Button(say.plain("Back to the webinar"), ShowWebinar(event.id))
