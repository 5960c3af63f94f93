"""What is said while a published result is corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from domain.buttons.corrections import (
    ApproveCorrection,
    ChooseCorrectedAccessible,
    DeclineCorrection,
    DropCorrectedFile,
    ShowCorrectionFile,
)
from domain.buttons.dialogs import HandIn
from domain.buttons.results import ShowResult
from domain.corrections import (
    MOST_CORRECTION,
    AlreadyAnswered,
    AnswerOutcome,
    Corrected,
    Correction,
    CorrectionState,
    CorrectOutcome,
    Proposed,
    Step,
    Unchanged,
    plan_steps,
)
from domain.results import MOST_SUMMARY, MOST_TITLE, Result, ResultState
from domain.reviews import AlreadyWithdrawn, NotPublic, Superseded
from messages import dialogs
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, Row, join, rows
from messages.result_parts import contents
from messages.submissions import accessible_row, ask_accessible, ask_file, keep, with_old


@dataclass(frozen=True)
class Question:
    """Where somebody is. `may_publish`: it is public at once; else it is proposed."""

    correction: Correction
    step: Step
    revision: int
    is_different: bool
    may_publish: bool


def question(asked: Question, language: str) -> Message:
    """The next question of a correction."""
    say, now = speaker(language), asked.correction
    match asked.step:
        case Step.TITLE:
            text = with_old(say("What is the title? At most {most} characters.", most=MOST_TITLE), now.title, say)
            return _one_of(asked, text, keep(asked.revision, now.title, say), say)
        case Step.SUMMARY:
            text = say("Sum it up in a few sentences. At most {most} characters.", most=MOST_SUMMARY)
            return _one_of(asked, with_old(text, now.summary, say), keep(asked.revision, now.summary, say), say)
        case Step.FILE:
            return _file(asked, say)
        case Step.ACCESSIBLE:
            row = accessible_row(lambda one: ChooseCorrectedAccessible(one, asked.revision), say)
            return _one_of(asked, ask_accessible(now.accessible, say), (row,), say)
        case Step.SENTENCE:
            text = say("What was corrected? Everybody can read it. At most {most} characters.", most=MOST_CORRECTION)
            return _one_of(asked, with_old(text, now.sentence, say), keep(asked.revision, now.sentence, say), say)
        case Step.PREVIEW:
            return _preview(asked, say)
        case _:
            assert_never(asked.step)


def _one_of(asked: Question, text: Html, choices: tuple[Row, ...], say: Speaker) -> Message:
    steps = plan_steps(asked.correction)
    step = steps.index(asked.step) + 1
    return dialogs.question(text, say.language, step=step, of=len(steps), revision=asked.revision, choices=choices)


def _file(asked: Question, say: Speaker) -> Message:
    old = asked.correction.link or asked.correction.file_name
    if not old:
        text = ask_file(old, say)
        return _one_of(asked, text, keep(asked.revision, say.plain("Without file or link"), say), say)
    without: Row = (Button(say.plain("Without file or link"), DropCorrectedFile(asked.revision)),)
    return _one_of(asked, ask_file(old, say), (*keep(asked.revision, old, say), without), say)


def _preview(asked: Question, say: Speaker) -> Message:
    if not asked.is_different:
        same = say("It says the same as before. Go back and change something, or cancel.")
        return _one_of(asked, same, (), say)
    corrected = say("Corrected: {what}", what=asked.correction.sentence)
    text = join([contents(asked.correction, say), corrected, _who_sees_it(asked, say)], "\n\n")
    label = say.plain("Correct it") if asked.may_publish else say.plain("Propose it")
    return _one_of(asked, text, ((Button(label, HandIn(asked.revision)),),), say)


def _who_sees_it(asked: Question, say: Speaker) -> Html:
    if asked.may_publish:
        return say(
            "<i>Everybody sees this from now on: here, on the public page and wherever it was posted. Those who wrote "
            "it are told.</i>"
        )
    return say("<i>Now the organisers will see it. When one of them agrees, everybody sees it.</i>")


def done(outcome: Corrected | Proposed, result_id: int, language: str) -> Message:
    """After the last button."""
    say = speaker(language)
    show = rows(Button(say.plain("Show the result"), ShowResult(result_id)))
    if isinstance(outcome, Corrected):
        return Message(say("Corrected. Everybody sees the new version."), show)
    return Message(say("Sent to the organisers. You will be told what they say."), show)


def why_not(outcome: CorrectOutcome | AnswerOutcome, names: Mapping[int, str], language: str) -> str:
    """What was in the way; for the rest, that it worked."""
    say = speaker(language)
    match outcome:
        case AlreadyAnswered(state=state, decided_by=decided_by):
            return _already(state, names.get(decided_by or 0) or say.plain("somebody who has left"), say)
        case AlreadyWithdrawn():
            return say.plain("This is withdrawn already.")
        case NotPublic():
            return say.plain("This is not published.")
        case Superseded():
            return say.plain("It was corrected meanwhile. Begin again with what it says now.")
        case Unchanged():
            return say.plain("It says the same as before.")
        case Corrected():
            return say.plain("Corrected. Everybody sees the new version.")
        case Proposed():
            return say.plain("Sent to the organisers. You will be told what they say.")
        case _:
            assert_never(outcome)


def _already(state: CorrectionState, name: str, say: Speaker) -> str:
    match state:
        case CorrectionState.APPLIED:
            return say.plain("{name} has already agreed.", name=name)
        case CorrectionState.DECLINED:
            return say.plain("{name} has already declined it.", name=name)
        case CorrectionState.DRAFT | CorrectionState.PROPOSED:
            return say.plain("It was taken back.")
        case _:
            assert_never(state)


def declined(language: str) -> str:
    """The toast after *Leave it as it is*."""
    return speaker(language).plain("It stays as it is. Whoever proposed it is told.")


# --- The card of a proposal ---


@dataclass(frozen=True)
class Shown:
    """A proposal with the result that it is about. `names`: of the people involved, by id."""

    result: Result
    correction: Correction
    names: Mapping[int, str]


def card(shown: Shown, language: str) -> Message:
    """What is proposed, and what an organiser can answer."""
    say, one = speaker(language), shown.correction
    name = shown.names.get(one.person_id) or say.plain("somebody who has left")
    heading = say("{name} proposes a correction of <b>{title}</b>", name=name, title=shown.result.title)
    what = say("Corrected: {what}", what=one.sentence)
    text = join([heading, contents(one, say), what, *_standing(shown, say)], "\n\n")
    file = Button(say.plain("File"), ShowCorrectionFile(one.id)) if one.file_id else None
    return Message(
        text, rows(file, _answers(shown, say), Button(say.plain("Show the result"), ShowResult(one.result_id)))
    )


def _is_open(shown: Shown) -> bool:
    is_same = shown.result.version == shown.correction.base and shown.result.state is ResultState.PUBLISHED
    return shown.correction.state is CorrectionState.PROPOSED and is_same


def _answers(shown: Shown, say: Speaker) -> Row:
    if not _is_open(shown):
        return ()
    agree = Button(say.plain("Correct it"), ApproveCorrection(shown.correction.id))
    return (agree, Button(say.plain("Leave it as it is"), DeclineCorrection(shown.correction.id)))


def _standing(shown: Shown, say: Speaker) -> list[Html]:
    who = shown.names.get(shown.correction.decided_by or 0) or say.plain("somebody who has left")
    match shown.correction.state:
        case CorrectionState.APPLIED:
            return [say("{name} agreed. Everybody sees it.", name=who)]
        case CorrectionState.DECLINED:
            return [say("{name} declined it.", name=who)]
        case CorrectionState.DRAFT:
            return [say("It was taken back.")]
        case CorrectionState.PROPOSED if _is_open(shown):
            return [say("When you agree, everybody sees it: here, on the public page and wherever it was posted.")]
        case CorrectionState.PROPOSED:
            return [say("The result has changed since.")]
        case _:
            assert_never(shown.correction.state)
