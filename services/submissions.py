"""Handing in a result: a draft that is a row, changed with every answer, and the way to its reviewers."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.dialogs import Dialog
from domain.errors import NotReadable, OutOfDate
from domain.permissions import Permission, Target
from domain.results import (
    LANGUAGES,
    MOST_SUMMARY,
    MOST_TITLE,
    Accessible,
    FileKind,
    Result,
    ResultKind,
    ResultState,
)
from domain.reviews import Circle
from domain.rounds import choose_round
from domain.submissions import (
    Incomplete,
    NotADraft,
    Step,
    Submitted,
    decide_edit,
    decide_submit,
    first_open_step,
    has_answer,
    step_before,
)
from domain.typed import one_line, paragraphs, web_link, within
from messages.submissions import Question
from services import cards, coauthors, dialogs, drafting
from services.results import find_circle, get_result, subject
from services.work import Work
from storage import facts, groups, results, rounds, versions

DIALOG = drafting.DIALOG

NO_FILE = {"link": None, "file_id": None, "file_name": None, "file_kind": None}


async def begin(work: Work) -> Question:
    """The first question; or, where a draft was kept, whether to go on with it."""
    draft = await results.draft_of(work.tx, work.person.id)
    if draft is not None and draft.title:
        return await drafting.ask(work, draft, Step.RESUME)
    return await resume(work, draft.id if draft else await _add_draft(work))


async def begin_with(work: Work, group_id: int, title: str, summary: str) -> Question:
    """A draft for a group with these words in it, to be kept or changed; one begun like this before is gone on with.

    Raise NotAllowed for who may not hand in anything there.
    """
    work.require(Permission.SUBMIT_RESULT, Target(group_id=group_id))
    draft = await results.draft_of(work.tx, work.person.id)
    if draft is None or (draft.group_id, draft.title) != (group_id, title):
        draft_id = await _add_draft(work)
        await results.change(work.tx, draft_id, group_id=group_id, title=title, summary=summary)
        draft = await drafting.own(work, draft_id, ResultState.DRAFT)
    return await drafting.ask(work, draft, Step.KIND)


async def _add_draft(work: Work) -> int:
    language = work.language if work.language in LANGUAGES else LANGUAGES[0]
    return await results.add_draft(work.tx, work.person.id, work.now, language=language)


async def resume(work: Work, result_id: int) -> Question:
    """Go on with a draft where it was left."""
    draft = await drafting.own(work, result_id, ResultState.DRAFT)
    mine = [group.id for group in await drafting.groups_of(work)]
    if draft.group_id not in mine:
        await results.change(work.tx, draft.id, group_id=mine[0] if len(mine) == 1 else None)
        draft = await drafting.own(work, draft.id)
    return await drafting.ask(work, draft, first_open_step(draft))


async def begin_anew(work: Work, result_id: int) -> Question:
    """Forget a draft and begin another."""
    draft = await drafting.own(work, result_id, ResultState.DRAFT)
    await results.drop(work.tx, draft.id)
    await dialogs.end(work)  # the next draft may get the same number: what was said of this one is not about it
    return await begin(work)


async def revise(work: Work, result_id: int) -> Question:
    """Work on what came back, every answer filled in."""
    return await drafting.ask(work, await drafting.own(work, result_id, ResultState.CHANGES_ASKED), Step.KIND)


async def choose_group(work: Work, group_id: int, revision: int) -> Question:
    """The group the result is for."""
    dialog = await drafting.at(work, revision, Step.GROUP)
    work.require(Permission.SUBMIT_RESULT, Target(group_id=group_id))
    return await drafting.save(work, await drafting.of(work, dialog), Step.GROUP, {"group_id": group_id})


async def choose_kind(work: Work, kind: ResultKind, revision: int) -> Question:
    """What sort of text it is."""
    dialog = await drafting.at(work, revision, Step.KIND)
    return await drafting.save(work, await drafting.of(work, dialog), Step.KIND, {"kind": kind.value})


async def choose_language(work: Work, language: str, revision: int) -> Question:
    """In which language it is written."""
    dialog = await drafting.at(work, revision, Step.LANGUAGE)
    if language not in LANGUAGES:
        raise OutOfDate
    return await drafting.save(work, await drafting.of(work, dialog), Step.LANGUAGE, {"language": language})


async def choose_accessible(work: Work, accessible: Accessible, revision: int) -> Question:
    """Whether everybody can read the file."""
    dialog = await drafting.at(work, revision, Step.ACCESSIBLE)
    return await drafting.save(work, await drafting.of(work, dialog), Step.ACCESSIBLE, {"accessible": accessible.value})


async def name_coauthor(work: Work, person_id: int, page: int, revision: int) -> Question:
    """Name somebody of the group, or name them no more."""
    result = await drafting.of(work, await drafting.at(work, revision, Step.COAUTHORS))
    await coauthors.toggle(work, result, person_id)
    return await drafting.ask(work, await drafting.own(work, result.id), Step.COAUTHORS, page=page)


async def turn_coauthors(work: Work, page: int, revision: int) -> Question:
    """Others of the group."""
    result = await drafting.of(work, await drafting.at(work, revision, Step.COAUTHORS))
    return await drafting.ask(work, result, Step.COAUTHORS, page=page)


async def type_answer(work: Work, dialog: Dialog, typed: str, message_id: int = 0) -> Question:
    """An answer in words; where a button was to be pressed, the question is asked again."""
    result, step = await drafting.of(work, dialog), Step(dialog.step)
    values = _read(step, typed)
    if not values:
        return await drafting.ask(work, result, step)
    return await drafting.save(work, result, step, values, message_id=message_id)


def _read(step: Step, typed: str) -> dict[str, object]:
    """What was typed, as columns; raise NotReadable or TooLong. Nothing where a button was to be pressed."""
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
        case _:
            return {}


async def edit_answer(work: Work, dialog: Dialog, step: Step, typed: str) -> Question:
    """An answer given before was edited in the chat: the draft follows, the question stays where it is."""
    result = await drafting.of(work, dialog)
    await results.change(work.tx, result.id, **_read(step, typed))
    return await drafting.ask(work, await drafting.own(work, result.id), Step(dialog.step))


async def attach(work: Work, dialog: Dialog, file_id: str, name: str, kind: FileKind) -> Question:
    """A file; another one takes the place of the first, also when the preview is already shown."""
    values = {**NO_FILE, "file_id": file_id, "file_name": name, "file_kind": kind.value}
    return await drafting.save(work, await drafting.of(work, dialog), Step.FILE, values)


async def drop_file(work: Work, revision: int) -> Question:
    """Without the file or link chosen before."""
    dialog = await drafting.at(work, revision, Step.FILE)
    return await drafting.save(work, await drafting.of(work, dialog), Step.FILE, NO_FILE)


async def ask_again(work: Work, dialog: Dialog) -> Question:
    """The question the dialog is at."""
    return await drafting.ask(work, await drafting.of(work, dialog), Step(dialog.step))


async def skip(work: Work, dialog: Dialog) -> Question:
    """No file, nobody else; or keep the answer that is there."""
    result, step = await drafting.of(work, dialog), Step(dialog.step)
    if not (has_answer(result, step) or step in {Step.FILE, Step.COAUTHORS}):
        raise OutOfDate
    return await drafting.save(work, result, step)


async def back(work: Work, dialog: Dialog) -> Question:
    """One question back."""
    result = await drafting.of(work, dialog)
    before = step_before(await drafting.steps_of(work, result), Step(dialog.step))
    if before is None:
        raise OutOfDate
    return await drafting.ask(work, result, before)


@dataclass(frozen=True)
class HandedIn:
    """With the reviewers now."""

    group_code: str
    circle: Circle


async def hand_in(work: Work, dialog: Dialog) -> HandedIn | Question:
    """Give the draft to the reviewers, as a new version; or ask for what is still missing."""
    result = await drafting.of(work, dialog)
    outcome = decide_submit(result)
    match outcome:
        case NotADraft():
            raise OutOfDate
        case Incomplete(missing=missing):
            return await drafting.ask(work, result, missing)
        case Submitted(version=version):
            work.require(Permission.SUBMIT_RESULT, result.target)
            return await _submit(work, result, version)


async def _submit(work: Work, result: Result, version: int) -> HandedIn:
    values = {"state": ResultState.SUBMITTED.value, "version": version, "submitted_at": work.now, "reason": ""}
    values["said_by"] = await drafting.said_by(work, result)
    if result.round_id is None:
        meant_for = choose_round(await rounds.open_at(work.tx, work.now), result.group_id, work.now)
        values["round_id"] = meant_for.id if meant_for else None
    await results.change(work.tx, result.id, **values, decided_by=None, decided_at=None)
    await versions.add(work.tx, result.id, version, result, work.person.id, work.now)
    before = {"state": result.state.value, "version": result.version}
    after = {"state": ResultState.SUBMITTED.value, "version": version}
    await facts.note(work.tx, work.now, work.person.id, "result_submitted", subject(result.id), before, after)
    await dialogs.end(work)
    await coauthors.ask(work, result)
    circle = await find_circle(work, await get_result(work, result.id))  # some may be named no more
    await _deal_cards(work, result, circle)
    group = await groups.get(work.tx, result.group_id or 0)
    return HandedIn(group.code if group else "", circle)


@dataclass(frozen=True)
class Edited:
    """A message that said something of this result was edited after it was handed in. `is_taken`: as a new version."""

    result: Result
    is_taken: bool


async def edit_handed_in(work: Work, message_id: int, typed: str) -> Edited | None:
    """Take what an edited message says now as a new version, the queue as it was; None where it is no such message.

    Raise NotReadable or TooLong.
    """
    found = await results.said_by(work.tx, work.person.id, message_id)
    result = await results.hold(work.tx, found[0]) if found else None
    if found is None or result is None:
        return None
    values = _read(Step(found[1]), typed)
    if all(getattr(result, name) == value for name, value in values.items()):
        return None
    outcome = decide_edit(result)
    if isinstance(outcome, Submitted):
        work.require(Permission.EDIT_OWN_RESULT, result.target)
        await _change_handed_in(work, result, values, outcome.version)
    return Edited(await get_result(work, result.id), isinstance(outcome, Submitted))


async def _change_handed_in(work: Work, result: Result, values: Mapping[str, object], version: int) -> None:
    await results.change(work.tx, result.id, **values, version=version)
    changed = await get_result(work, result.id)
    await versions.add(work.tx, result.id, version, changed, work.person.id, work.now)
    before, after = {"version": result.version}, {"version": version}
    await facts.note(work.tx, work.now, work.person.id, "result_edited", subject(result.id), before, after)
    await cards.refresh(work.tx, subject(result.id), work.now)


async def _deal_cards(work: Work, result: Result, circle: Circle) -> None:
    """A fresh card to each reviewer, so that they notice a new version; other cards change in place."""
    for person_id in circle.people:
        await cards.show_anew(work.tx, subject(result.id), person_id, work.now)
    await cards.refresh(work.tx, subject(result.id), work.now)
