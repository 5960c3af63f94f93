"""What is said while a result is handed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

from domain.buttons.coding import Action
from domain.buttons.dialogs import Cancel, HandIn, Skip
from domain.buttons.results import (
    ChooseAccessible,
    ChooseGroup,
    ChooseKind,
    ChooseLanguage,
    DropFile,
    ListResults,
    NewDraft,
    ResumeDraft,
    ShowResult,
)
from domain.groups import Group
from domain.results import LANGUAGES, MOST_SUMMARY, MOST_TITLE, Accessible, Result, ResultKind
from domain.reviews import Circle, Tier
from domain.submissions import Step, has_answer
from messages import coauthors, dialogs
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows, shortened
from messages.result_parts import accessible, described, kind, language_name
from messages.ways import in_pairs


@dataclass(frozen=True)
class Question:
    """Where somebody is: the draft so far, the question, all questions, and who will be asked to accept it.

    `named`: names of the co-authors; `others`: who can be named, where that is the question.
    """

    result: Result
    step: Step
    steps: tuple[Step, ...]
    revision: int
    groups: tuple[Group, ...]
    group_code: str
    tier: Tier
    named: Sequence[str] = ()
    others: coauthors.Choice | None = None


def question(asked: Question, language: str) -> Message:
    """The next question of `/submit`."""
    say = speaker(language)
    result = asked.result
    match asked.step:
        case Step.RESUME:
            return _resume(asked, say)
        case Step.GROUP:
            choices = tuple(_group(group, asked.revision, say) for group in asked.groups)
            return _one_of(asked, say("Which working group is the result from?"), say, choices)
        case Step.KIND:
            return _kind(asked, say)
        case Step.LANGUAGE:
            return _language(asked, say)
        case Step.TITLE:
            text = say("What is the title? At most {most} characters.", most=MOST_TITLE)
            return _one_of(asked, with_old(text, result.title, say), say, keep(asked.revision, result.title, say))
        case Step.SUMMARY:
            text = say("Sum it up in a few sentences. At most {most} characters.", most=MOST_SUMMARY)
            return _one_of(asked, with_old(text, result.summary, say), say, keep(asked.revision, result.summary, say))
        case Step.FILE:
            return _file(asked, say)
        case Step.ACCESSIBLE:
            return _accessible(asked, say)
        case Step.COAUTHORS:
            return _coauthors(asked, say)
        case Step.PREVIEW:
            return _preview(asked, say)
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


def _kind(asked: Question, say: Speaker) -> Message:
    buttons = [Button(kind(one, say), ChooseKind(one, asked.revision)) for one in ResultKind]
    old = kind(asked.result.kind, say) if has_answer(asked.result, asked.step) else ""
    choices = (*keep(asked.revision, old, say), *in_pairs(buttons))
    return _one_of(asked, with_old(say("What is it?"), old, say), say, choices)


def _language(asked: Question, say: Speaker) -> Message:
    buttons = [Button(language_name(code, say), ChooseLanguage(code, asked.revision)) for code in LANGUAGES]
    old = language_name(asked.result.language, say) if has_answer(asked.result, asked.step) else ""
    text = with_old(say("In which language is it written?"), old, say)
    return _one_of(asked, text, say, (*keep(asked.revision, old, say), *in_pairs(buttons)))


def _accessible(asked: Question, say: Speaker) -> Message:
    row = accessible_row(lambda one: ChooseAccessible(one, asked.revision), say)
    return _one_of(asked, ask_accessible(asked.result.accessible, say), say, (row,))


def ask_accessible(now: Accessible, say: Speaker) -> Html:
    """Can everybody read the file?"""
    text = say(
        "Can everybody read the file, also with a screen reader? If an accessible version will follow, hand it in "
        "later as a correction."
    )
    return with_old(text, accessible(now, say), say)


def accessible_row(choose: Callable[[Accessible], Action], say: Speaker) -> Row:
    """The answers to that."""
    labels = {
        Accessible.YES: say.plain("Yes"),
        Accessible.NO: say.plain("No"),
        Accessible.TO_FOLLOW: say.plain("It will follow"),
    }
    return tuple(Button(label, choose(one)) for one, label in labels.items())


def _coauthors(asked: Question, say: Speaker) -> Message:
    assert asked.others is not None  # noqa: S101 - the service gives the choice with this question
    text = coauthors.question(asked.named, say)
    return _one_of(asked, text, say, coauthors.choices(asked.others, asked.named, asked.revision, say))


def _preview(asked: Question, say: Speaker) -> Message:
    send: Row = (Button(say.plain("Send"), HandIn(asked.revision)),)
    named = [say("Co-authors: {names}", names=", ".join(asked.named))] if asked.named else []
    text = join([described(asked.result, say), *named, _who_sees_it(asked, say)], "\n\n")
    return _one_of(asked, text, say, (send,))


def with_old(text: Html, old: str, say: Speaker) -> Html:
    """A question with the answer it has already."""
    return join([text, say("Until now: {old}", old=old)], "\n\n") if old else text


def keep(revision: int, old: str | None, say: Speaker) -> tuple[Row, ...]:
    """The button that leaves an answer as it is."""
    return ((Button(say.plain("Keep it"), Skip(revision)),),) if old else ()


def ask_file(old: str | None, say: Speaker) -> Html:
    """The question for a file or link, with what is allowed."""
    text = say(
        "Is there a file or a page to it? Send one document or photo, 20 MB at most, or a link that begins with "
        "https://. Nothing is opened here, only passed on."
    )
    return with_old(text, old or "", say)


def _file(asked: Question, say: Speaker) -> Message:
    old = asked.result.link or asked.result.file_name
    text = ask_file(old, say)
    if not old:
        return _one_of(asked, text, say, skippable=True)
    without: Row = (Button(say.plain("Without file or link"), DropFile(asked.revision)),)
    return _one_of(asked, text, say, (*keep(asked.revision, old, say), without))


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


def edited(result: Result, language: str, *, is_taken: bool) -> Message:
    """After a message was edited that said something of a result handed in before."""
    say = speaker(language)
    if is_taken:
        text = say(
            "Taken over: <b>{title}</b> is waiting as version {version} now. The earlier one is kept.",
            title=result.title,
            version=result.version,
        )
    else:
        text = say(
            "<b>{title}</b> stays as it was handed in; editing a message does not change it any more. What you can do "
            "is on its card.",
            title=result.title,
        )
    return Message(text, rows(Button(say.plain("Show the result"), ShowResult(result.id))))


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
