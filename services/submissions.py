"""Handing in a result: a draft that is a row, changed with every answer, and the way to its reviewers."""

from dataclasses import dataclass

from domain.dialogs import Dialog
from domain.errors import NotAllowed, NotReadable, OutOfDate
from domain.groups import Group
from domain.permissions import Permission, Target
from domain.results import (
    MOST_SUMMARY,
    MOST_TITLE,
    Circle,
    FileKind,
    Incomplete,
    NotADraft,
    Result,
    ResultState,
    Step,
    Submitted,
    decide_submit,
    first_open_step,
    plan_steps,
)
from domain.typed import one_line, paragraphs, web_link, within
from messages.submissions import Question
from services import cards, dialogs
from services.results import find_circle, get_result, subject
from services.work import Work
from storage import facts, groups, results

DIALOG = "submit"

NO_FILE = {"link": None, "file_id": None, "file_name": None, "file_kind": None}


async def begin(work: Work) -> Question:
    """The first question; or, where a draft was kept, whether to go on with it."""
    draft = await results.draft_of(work.tx, work.person.id)
    if draft is not None and draft.title:
        return await _ask(work, draft, Step.RESUME)
    draft_id = draft.id if draft else await results.add_draft(work.tx, work.person.id, work.now)
    return await resume(work, draft_id)


async def begin_with(work: Work, group_id: int, title: str, summary: str) -> Question:
    """A draft for a group with these words in it, to be kept or changed; one begun like this before is gone on with.

    Raise NotAllowed for who may not hand in anything there.
    """
    work.require(Permission.SUBMIT_RESULT, Target(group_id=group_id))
    draft = await results.draft_of(work.tx, work.person.id)
    if draft is None or (draft.group_id, draft.title) != (group_id, title):
        draft_id = await results.add_draft(work.tx, work.person.id, work.now)
        await results.change(work.tx, draft_id, group_id=group_id, title=title, summary=summary)
        draft = await _own(work, draft_id, ResultState.DRAFT)
    return await _ask(work, draft, Step.TITLE)


async def resume(work: Work, result_id: int) -> Question:
    """Go on with a draft where it was left."""
    draft = await _own(work, result_id, ResultState.DRAFT)
    mine = [group.id for group in await _groups(work)]
    if draft.group_id not in mine:
        await results.change(work.tx, draft.id, group_id=mine[0] if len(mine) == 1 else None)
        draft = await _own(work, draft.id)
    return await _ask(work, draft, first_open_step(draft))


async def begin_anew(work: Work, result_id: int) -> Question:
    """Forget a draft and begin another."""
    draft = await _own(work, result_id, ResultState.DRAFT)
    await results.drop(work.tx, draft.id)
    return await begin(work)


async def revise(work: Work, result_id: int) -> Question:
    """Work on what came back, every answer filled in."""
    return await _ask(work, await _own(work, result_id, ResultState.CHANGES_ASKED), Step.TITLE)


async def choose_group(work: Work, group_id: int, revision: int) -> Question:
    """The group the result is for."""
    dialog = await _dialog(work, revision, Step.GROUP)
    work.require(Permission.SUBMIT_RESULT, Target(group_id=group_id))
    return await _save(work, await _of(work, dialog), Step.GROUP, group_id=group_id)


async def type_answer(work: Work, dialog: Dialog, typed: str) -> Question:
    """An answer in words; where a button was to be pressed, the question is asked again."""
    result, step = await _of(work, dialog), Step(dialog.step)
    match step:
        case Step.TITLE:
            return await _save(work, result, step, title=within(one_line(typed), MOST_TITLE))
        case Step.SUMMARY:
            return await _save(work, result, step, summary=within(paragraphs(typed), MOST_SUMMARY))
        case Step.FILE:
            link = web_link(typed)
            if link is None:
                raise NotReadable("link")
            return await _save(work, result, step, **{**NO_FILE, "link": link})
        case Step.RESUME | Step.GROUP | Step.PREVIEW:
            return await _ask(work, result, step)


async def attach(work: Work, dialog: Dialog, file_id: str, name: str, kind: FileKind) -> Question:
    """A file; another one takes the place of the first, also when the preview is already shown."""
    values = {**NO_FILE, "file_id": file_id, "file_name": name, "file_kind": kind.value}
    return await _save(work, await _of(work, dialog), Step.FILE, **values)


async def drop_file(work: Work, revision: int) -> Question:
    """Without the file or link chosen before."""
    dialog = await _dialog(work, revision, Step.FILE)
    return await _save(work, await _of(work, dialog), Step.FILE, **NO_FILE)


async def ask_again(work: Work, dialog: Dialog) -> Question:
    """The question the dialog is at."""
    return await _ask(work, await _of(work, dialog), Step(dialog.step))


async def skip(work: Work, dialog: Dialog) -> Question:
    """No file; or keep the answer that is there."""
    result, step = await _of(work, dialog), Step(dialog.step)
    kept = {Step.GROUP: result.group_id, Step.TITLE: result.title, Step.SUMMARY: result.summary, Step.FILE: True}
    if not kept.get(step):
        raise OutOfDate
    return await _save(work, result, step)


async def back(work: Work, dialog: Dialog) -> Question:
    """One question back."""
    result = await _of(work, dialog)
    steps = plan_steps(result, len(await _groups(work)))
    position = steps.index(Step(dialog.step)) if dialog.step in steps else 0
    if position == 0:
        raise OutOfDate
    return await _ask(work, result, steps[position - 1])


@dataclass(frozen=True)
class HandedIn:
    """With the reviewers now."""

    group_code: str
    circle: Circle


async def hand_in(work: Work, dialog: Dialog) -> HandedIn | Question:
    """Give the draft to the reviewers, as a new version; or ask for what is still missing."""
    result = await _of(work, dialog)
    outcome = decide_submit(result)
    match outcome:
        case NotADraft():
            raise OutOfDate
        case Incomplete(missing=missing):
            return await _ask(work, result, missing)
        case Submitted(version=version):
            work.require(Permission.SUBMIT_RESULT, result.target)
            return await _submit(work, result, version)


async def _submit(work: Work, result: Result, version: int) -> HandedIn:
    values = {"state": ResultState.SUBMITTED.value, "version": version, "submitted_at": work.now, "reason": ""}
    await results.change(work.tx, result.id, **values, decided_by=None, decided_at=None)
    before = {"state": result.state.value, "version": result.version}
    after = {"state": ResultState.SUBMITTED.value, "version": version}
    await facts.note(work.tx, work.now, work.person.id, "result_submitted", subject(result.id), before, after)
    await dialogs.end(work)
    circle = await find_circle(work, result)
    await _deal_cards(work, result, circle)
    group = await groups.get(work.tx, result.group_id or 0)
    return HandedIn(group.code if group else "", circle)


async def _deal_cards(work: Work, result: Result, circle: Circle) -> None:
    """A fresh card to each reviewer, so that they notice a new version; other cards change in place."""
    for person_id in circle.people:
        await cards.show_anew(work.tx, subject(result.id), person_id, work.now)
    await cards.refresh(work.tx, subject(result.id), work.now)


# --- The question at hand ---


async def _own(work: Work, result_id: int, state: ResultState | None = None) -> Result:
    result = await get_result(work, result_id, Permission.EDIT_OWN_RESULT)
    if not result.can_be_written or (state is not None and result.state is not state):
        raise OutOfDate
    return result


async def _of(work: Work, dialog: Dialog) -> Result:
    return await _own(work, int(str(dialog.data["result_id"])))


async def _dialog(work: Work, revision: int, step: Step) -> Dialog:
    dialog = await dialogs.current(work, revision)
    if dialog.name != DIALOG or dialog.step != step:
        raise OutOfDate
    return dialog


async def _groups(work: Work) -> list[Group]:
    mine = [group for group in await groups.get_all(work.tx) if group.id in work.actor.member_of]
    if not mine:
        raise NotAllowed
    return mine


async def _save(work: Work, result: Result, step: Step, **values: object) -> Question:
    """Keep an answer and go to the next question."""
    if values:
        await results.change(work.tx, result.id, **values)
        result = await _own(work, result.id)
    steps = plan_steps(result, len(await _groups(work)))
    # Whoever has lost a seat meanwhile may have answered a question that is not asked any more: the first is next.
    return await _ask(work, result, steps[steps.index(step) + 1 if step in steps else 0])


async def _ask(work: Work, result: Result, step: Step) -> Question:
    mine = await _groups(work)
    dialog = await dialogs.go(work, DIALOG, step, {"result_id": result.id})
    codes = {group.id: group.code for group in mine}
    return Question(
        result=result,
        step=step,
        steps=plan_steps(result, len(mine)),
        revision=dialog.revision,
        groups=tuple(mine),
        group_code=codes.get(result.group_id or 0, ""),
        tier=(await find_circle(work, result)).tier,
    )
