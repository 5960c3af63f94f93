"""What is said about deadlines for results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from domain.buttons.dialogs import HandIn
from domain.buttons.organise import OrganiseSection, Section
from domain.buttons.results import ListResults
from domain.buttons.rounds import ChooseRoundGroup, CloseRound, ListRounds, MoveRound, NewRound, ShowRound
from domain.groups import Group
from domain.paging import ListPage
from domain.rounds import LANGUAGE_OF, MOST_TITLE, STEPS, Round, Step
from messages import dates, dialogs
from messages.languages import LANGUAGES, Speaker, pick, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows, shortened
from messages.moments import EXAMPLE
from messages.organise import to_cockpit
from messages.turning import by_page


@dataclass(frozen=True)
class Question:
    """Where somebody is, with the answers so far. `group_id` 0: all groups."""

    step: Step
    revision: int
    titles: Mapping[str, str]
    group_id: int
    due_at: datetime | None


# --- The section of the cockpit ---


def listed(rounds: Sequence[Round], codes: Mapping[int, str], page: ListPage, zone: str, language: str) -> Message:
    """A page of the rounds."""
    say = speaker(language)
    parts = [say("<b>Deadlines for results</b>")]
    parts += [_entry(one, codes, zone, say) for one in rounds] or [say("There is none yet.")]
    buttons = [Button(shortened(pick(one.titles, language)), ShowRound(one.id)) for one in rounds]
    new = Button(say.plain("New deadline"), NewRound())
    return Message(join(parts, "\n\n"), rows(*buttons, by_page(page, ListRounds, language), new, to_cockpit(language)))


def _entry(one: Round, codes: Mapping[int, str], zone: str, say: Speaker) -> Html:
    whom = codes.get(one.group_id or 0) or say.plain("all groups")
    when = dates.in_zone(one.due_at, zone, say.language)
    return render("{title}\n{whom} · {when}", title=pick(one.titles, say.language), whom=whom, when=when)


def card(one: Round, code: str, results: int, now: datetime, zone: str, language: str) -> Message:
    """One round, with what can be done."""
    say = speaker(language)
    handed_in = say.plural("{count} result was handed in.", "{count} results were handed in.", results)
    parts = [_entry(one, {one.group_id or 0: code}, zone, say), handed_in]
    if not one.is_open_at(now):
        parts.append(say("It is over: nobody is reminded any more."))
    move = Button(say.plain("Another date"), MoveRound(one.id))
    close = Button(say.plain("End it"), CloseRound(one.id, 0)) if one.is_open_at(now) else None
    return Message(join(parts, "\n\n"), rows(move, close, _back(say)))


def ask_to_close(one: Round, language: str) -> Message:
    """Sure?"""
    say = speaker(language)
    text = say(
        "End <b>{title}</b>? Nobody is reminded any more, and nothing that is handed in later belongs to it.",
        title=pick(one.titles, language),
    )
    back = Button(say.plain("Back"), ShowRound(one.id))
    return Message(text, rows(Button(say.plain("End it"), CloseRound(one.id, 1)), back))


def _back(say: Speaker) -> Button:
    return Button(say.plain("All deadlines"), OrganiseSection(Section.ROUNDS))


# --- Question by question ---


def question(asked: Question, groups: Sequence[Group], zone: str, language: str) -> Message:
    """The next question about a new round."""
    say = speaker(language)
    match asked.step:
        case Step.TITLE_EN | Step.TITLE_DE | Step.TITLE_FR:
            return _title(asked, say)
        case Step.GROUP:
            every: Row = (Button(say.plain("All groups"), ChooseRoundGroup(0, asked.revision)),)
            single = [(Button(group.code, ChooseRoundGroup(group.id, asked.revision)),) for group in groups]
            return _one_of(asked, say("For which groups?"), (every, *single), say)
        case Step.DUE:
            return _one_of(asked, ask_due(say), (), say)
        case Step.PREVIEW:
            return _preview(asked, groups, zone, say)
        case _:
            assert_never(asked.step)


def _title(asked: Question, say: Speaker) -> Message:
    name = LANGUAGES[LANGUAGE_OF[asked.step]][0]
    text = say("What is the title ({language})? At most {most} characters.", language=name, most=MOST_TITLE)
    return _one_of(asked, text, (), say, skippable=asked.step is not Step.TITLE_EN)


def ask_due(say: Speaker) -> Html:
    """Until when?"""
    return say("Until when are results to be handed in? Send day and time like {example}.", example=EXAMPLE)


def _preview(asked: Question, groups: Sequence[Group], zone: str, say: Speaker) -> Message:
    titles = [render("{title}", title=title) for title in asked.titles.values() if title]
    whom = next((group.code for group in groups if group.id == asked.group_id), say.plain("all groups"))
    when = dates.in_zone(asked.due_at, zone, say.language) if asked.due_at else ""
    reminded = say(
        "<i>Coordinators of groups without a result, and people with a draft that is not sent, are reminded once a "
        "week and one day before.</i>"
    )
    due = render("{whom} · {when}", whom=whom, when=when)
    text = join([say("Set this deadline?"), join(titles), due, reminded], "\n\n")
    return _one_of(asked, text, ((Button(say.plain("Set it"), HandIn(asked.revision)),),), say)


def _one_of(asked: Question, text: Html, choices: tuple[Row, ...], say: Speaker, *, skippable: bool = False) -> Message:
    return dialogs.question(
        text,
        say.language,
        step=STEPS.index(asked.step) + 1,
        of=len(STEPS),
        revision=asked.revision,
        choices=choices,
        skippable=skippable,
    )


def ask_move(one: Round, revision: int, zone: str, language: str) -> Message:
    """Until when instead?"""
    say = speaker(language)
    now = say("Now: {text}", text=dates.in_zone(one.due_at, zone, language))
    text = join([render("<b>{title}</b>", title=pick(one.titles, language)), ask_due(say), now], "\n\n")
    return dialogs.question(text, language, step=1, of=1, revision=revision)


# --- The reminder ---


def reminder(one: Round, code: str, *, has_draft: bool, zone: str, language: str) -> Message:
    """To somebody who owes something."""
    say = speaker(language)
    title, when = pick(one.titles, language), dates.in_zone(one.due_at, zone, language)
    due = say("<b>{title}</b>: results are due {when}.", title=title, when=when)
    if has_draft:
        what = say("You have a draft that is not sent yet. /submit goes on with it.")
    elif code:
        what = say("{group} has not handed in anything yet. /submit begins.", group=code)
    else:
        what = say("Your group has not handed in anything yet. /submit begins.")
    return Message(join([due, what]), rows(Button(say.plain("My results"), ListResults(0))))
