"""Correcting what is published: a draft in a dialog; by an organiser at once, by those who wrote it as a proposal."""

from collections.abc import Mapping

from domain.corrections import (
    MOST_CORRECTION,
    Corrected,
    Correction,
    CorrectionState,
    CorrectOutcome,
    Proposed,
    Step,
    decide_correct,
    is_different,
    plan_steps,
)
from domain.dialogs import Dialog, step_after
from domain.errors import NotAllowed, NotReadable, OutOfDate
from domain.permissions import Actor, Permission, can
from domain.results import MOST_SUMMARY, MOST_TITLE, Accessible, FileKind, Result, ResultState
from domain.reviews import News, Tier
from domain.typed import one_line, paragraphs, web_link, within
from messages.corrections import Question
from services import cards, dialogs
from services.results import find_circle, get_result, on_public_change
from services.results import subject as subject_of_result
from services.reviews import tell
from services.work import Work
from storage import corrections, facts, results, versions

DIALOG = "correct"

NO_FILE: Mapping[str, object] = {"link": None, "file_id": None, "file_name": None, "file_kind": None}


def subject(correction_id: int) -> str:
    """What the cards of a proposal are called."""
    return f"correction:{correction_id}"


def _may_correct(result: Result, actor: Actor) -> bool:
    """Those who publish, and those who wrote it: what comes of it differs."""
    is_own = can(actor, Permission.EDIT_OWN_RESULT, result.target)
    is_with = can(actor, Permission.CO_AUTHOR, result.target_for(Permission.CO_AUTHOR, actor.person_id))
    return is_own or is_with or can(actor, Permission.PUBLISH_RESULT, result.target)


async def _correctable(work: Work, result_id: int) -> Result:
    result = await get_result(work, result_id)
    if not _may_correct(result, work.actor):
        raise NotAllowed
    if result.state is not ResultState.PUBLISHED:
        raise OutOfDate
    return result


# --- Question by question ---------------------------------------------------------------------


async def begin(work: Work, result_id: int) -> Question:
    """A new correction; or the one that was begun or proposed, if it is about what is public now."""
    result = await _correctable(work, result_id)
    kept = await corrections.open_of(work.tx, result.id, work.person.id)
    if kept is None or kept.base != result.version:
        return await _ask(work, await corrections.add(work.tx, result, work.person.id, work.now), Step.TITLE)
    await corrections.change(work.tx, kept.id, state=CorrectionState.DRAFT.value)
    await cards.refresh(work.tx, subject(kept.id), work.now)
    return await _ask(work, kept.id, Step.TITLE)


async def type_answer(work: Work, dialog: Dialog, typed: str) -> Question:
    """An answer in words; where a button was to be pressed, the question is asked again. Raise NotReadable, TooLong."""
    correction, step = await _of(work, dialog), Step(dialog.step)
    values = _read(step, typed)
    return await _save(work, correction, step, values) if values else await _ask(work, correction.id, step)


def _read(step: Step, typed: str) -> Mapping[str, object]:
    match step:
        case Step.TITLE:
            return {"title": within(one_line(typed), MOST_TITLE)}
        case Step.SUMMARY:
            return {"summary": within(paragraphs(typed), MOST_SUMMARY)}
        case Step.FILE:
            link = web_link(typed)
            if link is None:
                raise NotReadable("link")
            return {**NO_FILE, "link": link}
        case Step.SENTENCE:
            return {"sentence": within(paragraphs(typed), MOST_CORRECTION)}
        case Step.ACCESSIBLE | Step.PREVIEW:
            return {}


async def attach(work: Work, dialog: Dialog, file_id: str, name: str, kind: FileKind) -> Question:
    """Another file."""
    values = {**NO_FILE, "file_id": file_id, "file_name": name, "file_kind": kind.value}
    return await _save(work, await _of(work, dialog), Step.FILE, values)


async def drop_file(work: Work, revision: int) -> Question:
    """Without file or link."""
    return await _save(work, await _of(work, await _at(work, revision, Step.FILE)), Step.FILE, NO_FILE)


async def choose_accessible(work: Work, accessible: Accessible, revision: int) -> Question:
    """Whether everybody can read the file."""
    correction = await _of(work, await _at(work, revision, Step.ACCESSIBLE))
    return await _save(work, correction, Step.ACCESSIBLE, {"accessible": accessible.value})


async def _at(work: Work, revision: int, step: Step) -> Dialog:
    dialog = await dialogs.current(work, revision)
    if dialog.name != DIALOG or dialog.step != step:
        raise OutOfDate
    return dialog


async def skip(work: Work, dialog: Dialog) -> Question:
    """Keep what is there; what was corrected has to be said."""
    correction, step = await _of(work, dialog), Step(dialog.step)
    if step is Step.PREVIEW or (step is Step.SENTENCE and not correction.sentence):
        raise OutOfDate
    return await _save(work, correction, step, {})


async def back(work: Work, dialog: Dialog) -> Question:
    """One question back."""
    correction = await _of(work, dialog)
    if dialog.step == Step.TITLE:
        raise OutOfDate
    return await _ask(work, correction.id, step_after(plan_steps(correction), Step(dialog.step), -1))


async def ask_again(work: Work, dialog: Dialog) -> Question:
    """The question the dialog is at."""
    return await _ask(work, (await _of(work, dialog)).id, Step(dialog.step))


async def _of(work: Work, dialog: Dialog) -> Correction:
    correction = await corrections.get(work.tx, int(str(dialog.data["correction_id"])))
    if correction is None or correction.person_id != work.person.id:
        raise NotAllowed
    if correction.state is not CorrectionState.DRAFT:
        raise OutOfDate
    return correction


async def _save(work: Work, correction: Correction, step: Step, values: Mapping[str, object]) -> Question:
    if values:
        await corrections.change(work.tx, correction.id, **values)
    changed = await corrections.get(work.tx, correction.id) or correction
    return await _ask(work, correction.id, step_after(plan_steps(changed), step, 1))


async def _ask(work: Work, correction_id: int, step: Step) -> Question:
    correction = await corrections.get(work.tx, correction_id)
    assert correction is not None  # noqa: S101 - stored or loaded just now
    result = await _correctable(work, correction.result_id)
    dialog = await dialogs.go(work, DIALOG, step, {"correction_id": correction_id, "result_id": result.id})
    may_publish = can(work.actor, Permission.PUBLISH_RESULT, result.target)
    return Question(correction, step, dialog.revision, is_different(result, correction), may_publish)


# --- What comes of it -------------------------------------------------------------------------


async def hand_in(work: Work, dialog: Dialog) -> CorrectOutcome:
    """Correct it, or propose it to the organisers."""
    correction = await _of(work, dialog)
    result = await get_result(work, correction.result_id)
    if not _may_correct(result, work.actor):
        raise NotAllowed
    may_publish = can(work.actor, Permission.PUBLISH_RESULT, result.target)
    outcome = decide_correct(result, correction, may_publish=may_publish)
    if isinstance(outcome, Corrected):
        await apply(work, result, correction, outcome.version)
    elif isinstance(outcome, Proposed):
        await _propose(work, result, correction)
    if isinstance(outcome, Corrected | Proposed):
        await dialogs.end(work)
    return outcome


async def apply(work: Work, result: Result, correction: Correction, version: int) -> None:
    """Everybody sees it from now on, as this version."""
    values = {**versions.columns_of(correction), "correction": correction.sentence, "corrected_at": work.now}
    values["accessible"] = correction.accessible.value
    await results.change(work.tx, result.id, **values, version=version)
    await versions.add(work.tx, result.id, version, correction, correction.person_id, work.now)
    await settle(work, correction, CorrectionState.APPLIED)
    before, after = {"version": result.version}, {"version": version}
    about = subject_of_result(result.id)
    await facts.note(work.tx, work.now, work.person.id, "result_corrected", about, before, after)
    now = await results.get(work.tx, result.id) or result
    await tell(work, now, News.CORRECTED, also=correction.person_id)  # who proposed it may be named no more
    await on_public_change(work, now)


async def _propose(work: Work, result: Result, correction: Correction) -> None:
    await corrections.change(work.tx, correction.id, state=CorrectionState.PROPOSED.value)
    about = subject_of_result(result.id)
    await facts.note(work.tx, work.now, work.person.id, "correction_proposed", about, None, {"base": correction.base})
    for person_id in (await find_circle(work, result, (Tier.ORGANISERS, Tier.OWNERS))).people:
        await cards.show_anew(work.tx, subject(correction.id), person_id, work.now)


async def settle(work: Work, correction: Correction, state: CorrectionState) -> None:
    """Somebody has decided about it: its cards show it."""
    values = {"state": state.value, "decided_by": work.person.id, "decided_at": work.now}
    await corrections.change(work.tx, correction.id, **values)
    await cards.refresh(work.tx, subject(correction.id), work.now)
