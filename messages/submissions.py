"""What is said while a result is handed in."""

from dataclasses import dataclass
from typing import assert_never

from domain.buttons.dialogs import Cancel, HandIn, Skip
from domain.buttons.results import ChooseGroup, DropFile, ListResults, NewDraft, ResumeDraft
from domain.groups import Group
from domain.results import MOST_SUMMARY, MOST_TITLE, Circle, Result, Step, Tier
from messages import dialogs
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows, shortened
from messages.results import contents


@dataclass(frozen=True)
class Question:
    """Where somebody is: the draft so far, the question, all questions, and who will be asked to accept it."""

    result: Result
    step: Step
    steps: tuple[Step, ...]
    revision: int
    groups: tuple[Group, ...]
    group_code: str
    tier: Tier


def question(asked: Question, language: str) -> Message:
    """The next question of `/submit`."""
    say = speaker(language)
    match asked.step:
        case Step.RESUME:
            return _resume(asked, say)
        case Step.GROUP:
            choices = tuple(_group(group, asked.revision, say) for group in asked.groups)
            return _one_of(asked, say("Which working group is the result from?"), say, choices)
        case Step.TITLE:
            text = say("What is the title? At most {most} characters.", most=MOST_TITLE)
            return _one_of(asked, _with_old(text, asked.result.title, say), say, _keep(asked, asked.result.title, say))
        case Step.SUMMARY:
            text = say("Sum it up in a few sentences. At most {most} characters.", most=MOST_SUMMARY)
            old = asked.result.summary
            return _one_of(asked, _with_old(text, old, say), say, _keep(asked, old, say))
        case Step.FILE:
            return _file(asked, say)
        case Step.PREVIEW:
            send: Row = (Button(say.plain("Send"), HandIn(asked.revision)),)
            text = join([contents(asked.result, say), _who_sees_it(asked, say)], "\n\n")
            return _one_of(asked, text, say, (send,))
        case _:
            assert_never(asked.step)


def _one_of(
    asked: Question, text: Html, say: Speaker, choices: tuple[Row, ...] = (), *, skippable: bool = False
) -> Message:
    return dialogs.question(
        text,
        say.language,
        step=asked.steps.index(asked.step) + 1,
        of=len(asked.steps),
        revision=asked.revision,
        choices=choices,
        skippable=skippable,
    )


def _resume(asked: Question, say: Speaker) -> Message:
    text = say("You have a draft: <b>{title}</b>\n\nBeginning anew deletes it.", title=asked.result.title)
    return Message(
        text,
        rows(
            Button(say.plain("Go on with the draft"), ResumeDraft(asked.result.id)),
            Button(say.plain("Delete it and begin anew"), NewDraft(asked.result.id)),
            Button(say.plain("Cancel"), Cancel()),
        ),
    )


def _group(group: Group, revision: int, say: Speaker) -> Row:
    label = shortened(f"{group.code} · {pick(group.titles, say.language)}")
    return (Button(label, ChooseGroup(group.id, revision)),)


def _with_old(text: Html, old: str, say: Speaker) -> Html:
    return join([text, say("Until now: {old}", old=old)], "\n\n") if old else text


def _keep(asked: Question, old: str | None, say: Speaker) -> tuple[Row, ...]:
    return ((Button(say.plain("Keep it"), Skip(asked.revision)),),) if old else ()


def _file(asked: Question, say: Speaker) -> Message:
    text = say(
        "Is there a file or a page to it? Send one document or photo, 20 MB at most, or a link that begins with "
        "https://. Nothing is opened here, only passed on."
    )
    old = asked.result.link or asked.result.file_name
    if not old:
        return _one_of(asked, text, say, skippable=True)
    without: Row = (Button(say.plain("Without file or link"), DropFile(asked.revision)),)
    return _one_of(asked, _with_old(text, old, say), say, (*_keep(asked, old, say), without))


def _who_sees_it(asked: Question, say: Speaker) -> Html:
    lines = [_who_is_asked(asked.tier, asked.group_code, say)]
    lines.append(say("Once accepted, the members of {group} see it too.", group=asked.group_code))
    lines.append(say("When an organiser publishes it, everybody sees it, without your name."))
    return render("<i>{lines}</i>", lines=join(lines))


def _who_is_asked(tier: Tier, group_code: str, say: Speaker) -> Html:
    match tier:
        case Tier.COORDINATORS:
            return say("Now the coordinators of {group} and the organisers will see it.", group=group_code)
        case Tier.ORGANISERS | Tier.OWNERS | Tier.NOBODY:
            return say("Now the organisers will see it.")
        case _:
            assert_never(tier)


def handed_in(group_code: str, circle: Circle, language: str) -> Message:
    """After *Send*."""
    say = speaker(language)
    match circle.tier:
        case Tier.COORDINATORS:
            text = say("Sent to the coordinators of {group}. You will be told what they say.", group=group_code)
        case Tier.ORGANISERS | Tier.OWNERS:
            text = say("Sent to the organisers. You will be told what they say.")
        case Tier.NOBODY:
            text = say(
                "Your result is saved, but nobody who could accept it can be reached here at the moment. "
                "Please tell the organisers."
            )
        case _:
            assert_never(circle.tier)
    return Message(text, rows(Button(say.plain("My results"), ListResults(0))))
