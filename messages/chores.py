"""What is said about chores: a line for each, their card, and the list of a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from domain.buttons.chores import ListChores, TickOff, TickOffInList
from domain.buttons.manage import Manage
from domain.buttons.minutes import WriteMinutes
from domain.buttons.questions import OpenQuestions
from domain.chores import Chore, ChoreKind, DoneBefore, TickedOff, TickOutcome
from domain.events import Event
from domain.groups import Group
from domain.paging import ListPage
from domain.people import Person
from messages import groups, manage
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows
from messages.turning import by_page
from messages.ways import in_pairs


@dataclass(frozen=True)
class Told:
    """A chore with what it is about; None: not known any more, or nothing of the kind.

    `questions`: how many to the speakers are still open at the event.
    """

    chore: Chore
    group: Group
    event: Event | None
    person: Person | None
    questions: int = 0


def line(told: Told, language: str) -> Html:
    """What is to be done, in one sentence or two."""
    say = speaker(language)
    group = told.group.code
    title = pick(told.event.titles, language) if told.event else group
    name = told.person.name if told.person else say.plain("Somebody")
    match told.chore.kind:
        case ChoreKind.COORDINATOR_WANTED:
            return say("{group} has no coordinator. Name somebody: /organise, Roles.", group=group)
        case ChoreKind.LINK_MISSING:
            return say("There is no link for the presenters of “{title}”.", title=title)
        case ChoreKind.MINUTES:
            return say("Nobody has written the minutes of “{title}”.", title=title)
        case ChoreKind.QUESTIONS_OPEN:
            return _questions(told.questions, title, say)
        case _:
            return _about_a_talk(told.chore.kind, name, title, say)


def _questions(count: int, title: str, say: Speaker) -> Html:
    if not count:
        return say("All questions at “{title}” are answered.", title=title)
    return say.plural(
        "{count} question was not answered at “{title}”.",
        "{count} questions were not answered at “{title}”.",
        count,
        title=title,
    )


def _about_a_talk(kind: ChoreKind, name: str, title: str, say: Speaker) -> Html:
    match kind:
        case ChoreKind.TALK_DECLINED:
            return say("{name} cannot speak at “{title}”. Look for somebody else.", name=name, title=title)
        case ChoreKind.TALK_UNCONFIRMED:
            return say("{name} has not said yet whether they will speak at “{title}”.", name=name, title=title)
        case ChoreKind.TALK_INCOMPLETE:
            return say(
                "{name} has not told everything about the talk at “{title}”: title, abstract, recording.",
                name=name,
                title=title,
            )
        case ChoreKind.SLIDES_MISSING:
            return say("{name} has not sent the slides for “{title}”.", name=name, title=title)
        case ChoreKind.CHECK_MISSING:
            return say("{name} has not done the technical check for “{title}”.", name=name, title=title)
        case ChoreKind.CHECK_FAILED:
            return say("The technical check of {name} for “{title}” failed. Help them.", name=name, title=title)
        case ChoreKind.COORDINATOR_WANTED | ChoreKind.LINK_MISSING | ChoreKind.MINUTES | ChoreKind.QUESTIONS_OPEN:
            raise ValueError(kind)
        case _:
            assert_never(kind)


def card(told: Told, done_by: str | None, language: str) -> Message:
    """For those who can do it. Once it is done, it says by whom and has no buttons."""
    say = speaker(language)
    parts = [render("<b>{group}</b>", group=told.group.code), line(told, language)]
    if told.chore.done_at is None:
        done = Button(say.plain("Done"), TickOff(told.chore.id))
        bottom: Row = (done, Button(say.plain("Open the group"), Manage(told.group.id)))
        return Message(join(parts, "\n\n"), rows(_way_to_do_it(told.chore, say), bottom))
    settled = say("<b>Done by {name}</b>", name=done_by) if done_by else say("<b>Nothing left to do here.</b>")
    return Message(join([*parts, settled], "\n\n"))


def _way_to_do_it(chore: Chore, say: Speaker) -> Button | None:
    if chore.kind is ChoreKind.MINUTES and chore.event_id is not None:
        return Button(say.plain("Write the minutes"), WriteMinutes(chore.event_id))
    if chore.kind is ChoreKind.QUESTIONS_OPEN and chore.event_id is not None:
        return Button(say.plain("Answer them"), OpenQuestions(chore.event_id))
    return None


def listed(group: Group, entries: Sequence[Told], page: ListPage, language: str) -> Message:
    """A page of what is open in a group."""
    say = speaker(language)
    heading = say("{group}: what waits for you", group=groups.name(group, language))
    if not entries:
        return Message(join([heading, say("Nothing. Well done.")], "\n\n"), rows(manage.back(group.id, language)))
    lines = [render("{n}. {line}", n=n, line=line(told, language)) for n, told in enumerate(entries, 1)]
    buttons = [
        Button(say.plain("{number} · Done", number=n), TickOffInList(told.chore.id, page.number))
        for n, told in enumerate(entries, 1)
    ]
    turn = by_page(page, lambda to: ListChores(group.id, to), language)
    return Message(
        join([heading, *lines], "\n\n"),
        rows(*in_pairs(buttons), turn, manage.back(group.id, language)),
    )


def ticked_off(outcome: TickOutcome, by: str | None, language: str) -> str:
    """The toast after *Done*; `by`: who was faster."""
    say = speaker(language)
    match outcome:
        case TickedOff():
            return say.plain("Done.")
        case DoneBefore():
            return say.plain("Already done by {name}.", name=by) if by else say.plain("Nothing was left to do here.")
        case _:
            assert_never(outcome)
