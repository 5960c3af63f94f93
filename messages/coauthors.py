"""What is said about co-authors: choosing them, and asking them whether it is right."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.buttons.dialogs import Skip
from domain.buttons.results import ConfirmCoauthor, DeclineCoauthor, NameCoauthor, ShowResult, TurnCoauthors
from domain.coauthors import MOST_COAUTHORS, CoauthorState
from domain.paging import ListPage
from domain.people import Person
from domain.results import Result
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, Row, join, rows, shortened
from messages.turning import by_page


@dataclass(frozen=True)
class Choice:
    """A page of the people who can be named; `chosen`: ids of those who are."""

    people: Sequence[Person]
    chosen: frozenset[int]
    page: ListPage


def question(named: Sequence[str], say: Speaker) -> Html:
    """Who wrote it, too?"""
    text = say(
        "Did somebody of the group write it with you? Choose at most {most}. Each is asked when you send it. Whoever "
        "is named does not review it.",
        most=MOST_COAUTHORS,
    )
    return join([text, say("Named: {names}", names=", ".join(named))], "\n\n") if named else text


def choices(choice: Choice, named: Sequence[str], revision: int, say: Speaker) -> tuple[Row, ...]:
    """A button for each person, the pages, and the way on."""
    go_on = say.plain("Go on") if named else say.plain("Nobody else")
    turn = by_page(choice.page, lambda page: TurnCoauthors(page, revision), say.language)
    return rows(
        *(_person(person, choice, revision, say) for person in choice.people), turn, Button(go_on, Skip(revision))
    )


def _person(person: Person, choice: Choice, revision: int, say: Speaker) -> Button:
    without = say.plain("Without {name}", name=person.name)
    label = without if person.id in choice.chosen else person.name
    return Button(shortened(label), NameCoauthor(person.id, choice.page.number, revision))


def ask(result: Result, author: str, language: str) -> Message:
    """To somebody who was named."""
    say = speaker(language)
    text = say(
        "{author} names you as a co-author of <b>{title}</b>. Is that right? Until you say no, you do not review it.",
        author=author or say.plain("Somebody"),
        title=result.title,
    )
    yes = Button(say.plain("I wrote it, too"), ConfirmCoauthor(result.id))
    no = Button(say.plain("Do not name me"), DeclineCoauthor(result.id))
    return Message(text, rows((yes, no), Button(say.plain("Show the result"), ShowResult(result.id))))


def answered(state: CoauthorState, language: str) -> str:
    """The toast after an answer."""
    say = speaker(language)
    if state is CoauthorState.CONFIRMED:
        return say.plain("Thank you. You are named as a co-author.")
    return say.plain("You are not named.")


def declined(title: str, language: str) -> Message:
    """In place of the question: whoever is not named may not be allowed to read it."""
    say = speaker(language)
    return Message(say("You are not named as a co-author of <b>{title}</b>.", title=title))
