"""The questions about a group, each with what it says now, and the preview."""

from collections.abc import Sequence
from typing import assert_never

from domain.buttons.dialogs import HandIn, Skip
from domain.buttons.group_editing import ShowNames
from domain.group_editing import MOST_CODE, MOST_MEMBERS, MOST_THEME, MOST_TITLE, Step
from domain.groups import Group
from messages import dialogs
from messages.group_editing import closing_day, contents, opening_day, overfull, who_sees_names
from messages.groups import quota
from messages.languages import LANGUAGES, Speaker, speaker
from messages.markup import Button, Html, Message, Row, join


def question(
    step: Step, steps: Sequence[Step], now: Group, revision: int, *, is_new: bool, text_in: str, language: str
) -> Message:
    """The next question. `now`: the group with the answers so far; `text_in`: language of a title or theme."""
    say = speaker(language)
    asked = _asked(step, now, LANGUAGES[text_in][0], say)
    parts = [asked, *([] if is_new else _as_it_is(step, now, text_in, say))]
    choices = _choices(step, revision, say)
    return dialogs.question(
        join(parts, "\n\n"), language, step=steps.index(step) + 1, of=len(steps), revision=revision, choices=choices
    )


def _asked(step: Step, now: Group, text_in: str, say: Speaker) -> Html:
    match step:
        case Step.CODE:
            return say("What is the short code, such as PWG 5? At most {most} characters.", most=MOST_CODE)
        case Step.TITLE:
            return say("What is the title ({language})? At most {most} characters.", language=text_in, most=MOST_TITLE)
        case Step.THEME:
            return say(
                "What is the theme ({language}), in one or two sentences? At most {most} characters.",
                language=text_in,
                most=MOST_THEME,
            )
        case Step.LEAST:
            return say("How many members does it need at least? Send a number from 1 to {most}.", most=MOST_MEMBERS)
        case Step.MOST:
            return say(
                "How many members does it take at most? Send a number from {least} to {most}.",
                least=now.least_members,
                most=MOST_MEMBERS,
            )
        case Step.OPENS:
            return say("On which day does it open? Send a date like 01.03.2022, or choose no date: it is open.")
        case Step.CLOSES:
            return say("Which is its last day? Send a date like 31.05.2023, or choose no date: it stays open.")
        case Step.NAMES:
            return say("Do members see each other's names?")
        case Step.PREVIEW:
            return Html("")
        case _:
            assert_never(step)


def _as_it_is(step: Step, now: Group, text_in: str, say: Speaker) -> list[Html]:
    """What the group says to this question at the moment."""
    match step:
        case Step.CODE:
            return [say("Now: {text}", text=now.code)]
        case Step.TITLE:
            return [say("Now: {text}", text=now.titles[text_in])] if now.titles.get(text_in) else []
        case Step.THEME:
            return [say("Now: {text}", text=now.themes[text_in])] if now.themes.get(text_in) else []
        case Step.LEAST:
            return [say("Now: {text}", text=now.least_members)]
        case Step.MOST:
            return [say("Now: {text}", text=now.most_members)]
        case Step.OPENS:
            return [opening_day(now.opens_on, say)]
        case Step.CLOSES:
            return [closing_day(now.closes_on, say)]
        case Step.NAMES:
            return [who_sees_names(shows=now.shows_members, say=say)]
        case Step.PREVIEW:
            return []
        case _:
            assert_never(step)


def _choices(step: Step, revision: int, say: Speaker) -> tuple[Row, ...]:
    if step in {Step.OPENS, Step.CLOSES}:
        return ((Button(say.plain("No date"), Skip(revision)),),)
    if step is Step.NAMES:
        yes, no = Button(say.plain("Yes"), ShowNames(1, revision)), Button(say.plain("No"), ShowNames(0, revision))
        return ((yes, no),)
    return ()


def preview(
    now: Group, members: int, moving_up: int, steps: Sequence[Step], revision: int, *, is_new: bool, language: str
) -> Message:
    """The whole group as it would be, and what follows from it."""
    say = speaker(language)
    heading = say("Create this group?") if is_new else say("Save the group like this?")
    parts = [heading, *contents(now, say), quota(now, members, language)]
    if members > now.most_members:
        parts.append(overfull(now, members, say))
    if moving_up:
        parts.append(say.plural("{count} person who waits gets a seat.", "{count} people who wait get one.", moving_up))
    save: Row = (Button(say.plain("Create") if is_new else say.plain("Save"), HandIn(revision)),)
    text = join(parts, "\n\n")
    return dialogs.question(text, language, step=len(steps), of=len(steps), revision=revision, choices=(save,))
