"""What is asked about a webinar, each with what it says now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.buttons.scheduling import Choose
from domain.buttons.webinar_editing import GoToPreview, TurnHosts
from domain.events import Event, LinkPolicy
from domain.paging import ListPage, page_at
from domain.people import Person
from domain.webinar_edits import (
    MOST_ABSTRACT,
    MOST_CAPACITY,
    MOST_LANGUAGES,
    MOST_SPEAKERS,
    MOST_TITLE,
    SPOKEN,
    Edit,
    may_finish,
    may_remove,
)
from domain.webinar_parts import ABSTRACTS, LANGUAGE_OF, TITLES, Part, Phase, Step, may_skip, parts_in
from messages import dialogs
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, Row, join, rows, shortened
from messages.scheduling import ask_clock, ask_day, clock_buttons, day_buttons, length_buttons
from messages.turning import by_page
from messages.ways import in_rows
from messages.webinar_details import audience, language_name, values

FIRST_PAGE = page_at(0, 0, 1)

REMOVE, YES, NO, ENOUGH = 0, 1, 2, 99
"""What the number of a button means where it is neither a choice from a list nor a time."""

POLICIES = (LinkPolicy.GUARDED, LinkPolicy.PUBLIC)
"""In the order of the buttons, which count from 1."""


@dataclass(frozen=True)
class Question:
    """What a question is about. `webinar`: with the answers so far; `hosts`: a page of those who may moderate."""

    edit: Edit
    webinar: Event
    phase: Phase
    step: Step
    revision: int
    now: datetime
    moderator: str = ""
    hosts: Sequence[Person] = ()
    page: ListPage = FIRST_PAGE
    week: int = 0


def ask(asked: Question, zone: str, language: str) -> Message:
    """The question of a step other than the last."""
    say, steps, step = speaker(language), asked.edit.steps, asked.step
    text = join([_asked(asked, zone, say), *_as_it_is(asked, zone, say)], "\n\n")
    remove = may_remove(step, asked.webinar, asked.phase)
    removing = (Button(_removing(step, say), Choose(asked.revision, REMOVE)),) if remove else ()
    return dialogs.question(
        text,
        language,
        step=steps.index(step) + 1,
        of=len(steps),
        revision=asked.revision,
        choices=rows(*_choices(asked, zone, say), removing, _to_preview(asked, say)),
        skippable=may_skip(step, asked.edit.part, asked.phase),
    )


def _to_preview(asked: Question, say: Speaker) -> Button | None:
    """The way past the questions that nobody has to answer."""
    if not may_finish(asked.edit, asked.webinar, asked.step, asked.now):
        return None
    return Button(say.plain("To the preview"), GoToPreview(asked.revision))


def _asked(asked: Question, zone: str, say: Speaker) -> Html:
    step = asked.step
    if step in TITLES:
        return say(
            "What is the title in {language}? At most {most} characters.",
            language=language_name(LANGUAGE_OF[step], say),
            most=MOST_TITLE,
        )
    if step in ABSTRACTS:
        return say(
            "What is it about, in {language}? At most {most} characters.",
            language=language_name(LANGUAGE_OF[step], say),
            most=MOST_ABSTRACT,
        )
    return _asked_once(asked, zone, say)


def _asked_once(asked: Question, zone: str, say: Speaker) -> Html:
    """What is not asked for one language."""
    match asked.step:
        case Step.WHAT:
            return say("What is to change?")
        case Step.LANGUAGES:
            return say("Which languages are spoken? Tap to switch on or off, at most {most}.", most=MOST_LANGUAGES)
        case Step.SPEAKERS:
            return say(
                "Which organisations do the speakers come from? Send one on each line, at most {most}.",
                most=MOST_SPEAKERS,
            )
        case Step.MODERATOR:
            return say("Who moderates? On offer are the coordinators and those who speak.")
        case Step.DAY:
            return ask_day(zone, say)
        case Step.CLOCK:
            day = asked.edit.answers.get(Step.DAY)
            return ask_clock(date.fromisoformat(str(day)) if day else None, zone, say)
        case Step.MINUTES:
            return say("How long is the webinar? Tap, or send a number of minutes.")
        case Step.LINK:
            return say("What is the join link? It begins with https://.")
        case Step.AUDIENCE:
            return say("Who sees the join link?")
        case Step.BACKSTAGE:
            return say("Where do the presenters meet before the others come? Send a link; only they get it.")
        case Step.CAPACITY:
            return say("How many people can come? Send a number from 1 to {most}.", most=MOST_CAPACITY)
        case Step.REGISTERS:
            return say("Do people register?")
        case Step.RECORDING:
            return say("Where is the recording? Send a link; everybody sees it on the card.")
        case step:
            raise AssertionError(step)


def _as_it_is(asked: Question, zone: str, say: Speaker) -> list[Html]:
    """What it says now, where that is not on the buttons."""
    step = asked.step
    if step is Step.DAY and asked.webinar.starts_at <= asked.now:
        return []  # of a draft: there is none yet
    known = values(asked.webinar, asked.moderator, zone, say).get(step)
    return [say("Now: {text}", text=known)] if known and step is not Step.LANGUAGES else []


def _removing(step: Step, say: Speaker) -> str:
    match step:
        case Step.MODERATOR:
            return say.plain("Nobody")
        case Step.CAPACITY:
            return say.plain("As many as come")
        case _:
            return say.plain("Remove it")


# --- Buttons ----------------------------------------------------------------------------------


def _choices(asked: Question, zone: str, say: Speaker) -> list[Row]:
    revision = asked.revision
    match asked.step:
        case Step.WHAT:
            return _parts(asked, say)
        case Step.LANGUAGES:
            return _languages(asked, say)
        case Step.MODERATOR:
            people = [(Button(shortened(one.name), Choose(revision, one.id)),) for one in asked.hosts]
            return [*people, by_page(asked.page, lambda to: TurnHosts(revision, to), say.language)]
        case Step.DAY:
            today = asked.now.astimezone(ZoneInfo(zone)).date()
            return list(day_buttons(revision, today, asked.week, say))
        case Step.CLOCK:
            return list(clock_buttons(revision))
        case Step.MINUTES:
            return list(length_buttons(revision, say))
        case Step.AUDIENCE:
            return [(Button(audience(policy, say), Choose(revision, n)),) for n, policy in enumerate(POLICIES, 1)]
        case Step.REGISTERS:
            return [(Button(say.plain("Yes"), Choose(revision, YES)), Button(say.plain("No"), Choose(revision, NO)))]
        case _:
            return []


def _parts(asked: Question, say: Speaker) -> list[Row]:
    """What can be changed now; the number of a button is the place of the part among all."""
    named, every = part_labels(asked.phase, say), list(Part)
    possible = parts_in(asked.phase)
    return in_rows([Button(named[part], Choose(asked.revision, every.index(part))) for part in possible], 2)


def part_labels(phase: Phase, say: Speaker) -> dict[Part, str]:
    """What can be changed, as it is on the buttons."""
    return {
        Part.ALL: say.plain("All of it"),
        Part.TITLE: say.plain("Title"),
        Part.ABSTRACT: say.plain("Abstract"),
        Part.MOVE: say.plain("Day and time"),
        Part.LENGTH: say.plain("Length"),
        Part.LINK: say.plain("Join link"),
        Part.AUDIENCE: say.plain("Who sees the link"),
        Part.LANGUAGES: say.plain("Spoken languages"),
        Part.SPEAKERS: say.plain("Organisations"),
        Part.MODERATOR: say.plain("Moderator"),
        Part.BACKSTAGE: say.plain("Way backstage"),
        Part.SEATS: say.plain("Places, registration"),
        Part.RECORDING: say.plain("Recording"),
        Part.CANCEL: say.plain("Drop the draft") if phase is Phase.DRAFT else say.plain("Cancel the webinar"),
    }


def _languages(asked: Question, say: Speaker) -> list[Row]:
    chosen = asked.webinar.languages
    buttons = [
        Button(("✓ " if code in chosen else "") + language_name(code, say), Choose(asked.revision, number))
        for number, code in enumerate(offered_languages(asked.webinar))
    ]
    return [*in_rows(buttons, 3), (Button(say.plain("That is all"), Choose(asked.revision, ENOUGH)),)]


def offered_languages(webinar: Event) -> tuple[str, ...]:
    """Those on the buttons, in order: the usual ones, and what else is spoken there."""
    return (*SPOKEN, *(code for code in webinar.languages if code not in SPOKEN))
