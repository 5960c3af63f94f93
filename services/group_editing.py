"""Creating, editing and closing groups: a draft in the dialog, saved as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from domain.dialogs import Dialog
from domain.errors import NotReadable, OutOfDate
from domain.group_editing import (
    BLANK,
    Answer,
    ChangedMeanwhile,
    CodeTaken,
    Part,
    Saved,
    SaveOutcome,
    Step,
    changed,
    closed,
    difference,
    is_in_order,
    plan_steps,
    seen,
    value_of,
)
from domain.groups import Group, decide_promotions
from domain.permissions import Permission
from messages.languages import LANGUAGES, SOURCE_LANGUAGE
from services import boards, dialogs, seats
from services.groups import Listed, get_group, list_groups, lock_group
from services.work import Work
from storage import facts, groups, organise

DIALOG = "group"


async def list_editable(work: Work, page: int) -> Listed:
    """A page of the groups, for those who may edit them."""
    work.require(Permission.EDIT_GROUPS)
    return await list_groups(work, page)


@dataclass(frozen=True)
class Editable:
    """A group as it stands, and who is in it."""

    group: Group
    members: int
    is_over: bool


async def get_editable(work: Work, group_id: int) -> Editable:
    """A group for somebody who may edit it."""
    group = await get_group(work, group_id, Permission.EDIT_GROUPS)
    members = (await groups.count_members(work.tx, [group.id])).get(group.id, 0)
    return Editable(group, members, group.has_ended_on(work.today))


# --- Question by question ---


async def begin_new(work: Work) -> Dialog:
    """The first question about a new group, or the one at which it was left."""
    work.require(Permission.EDIT_GROUPS)
    left = await dialogs.take_up(work, DIALOG, part=Part.NEW.value)
    if left is not None:
        return left
    data = {"group_id": 0, "part": Part.NEW.value, "language": SOURCE_LANGUAGE, "answers": {}, "was": {}}
    return await dialogs.go(work, DIALOG, plan_steps(Part.NEW)[0], data)


async def begin(work: Work, group_id: int, part: Part, language: str) -> Dialog:
    """The first question about one part of a group; what it says now is kept, to notice who else changes it."""
    group = await get_group(work, group_id, Permission.EDIT_GROUPS)
    if part is Part.NEW or language not in LANGUAGES:
        raise OutOfDate
    was = {step.value: value_of(group, step, language) for step in plan_steps(part)}
    data = {"group_id": group.id, "part": part.value, "language": language, "answers": {}, "was": was}
    return await dialogs.go(work, DIALOG, plan_steps(part)[0], data)


async def answer(work: Work, dialog: Dialog, given: Answer) -> Dialog:
    """Keep an answer and go on; raise NotReadable for a code that is taken or dates in the wrong order."""
    step, draft = Step(dialog.step), await get_draft(work, dialog)
    answers = {**draft.answers, step: given}
    after = changed(draft.stored, answers, draft.language)
    if step is Step.CODE and await _is_taken(work, after):
        raise NotReadable("other code")
    if step in {Step.OPENS, Step.CLOSES} and not is_in_order(after):
        raise NotReadable("later day")
    kept = {**dialog.data, "answers": {step.value: value for step, value in answers.items()}}
    return await dialogs.go(work, DIALOG, _neighbour(dialog, 1), kept)


async def back(work: Work, dialog: Dialog) -> Dialog:
    """One question back."""
    work.require(Permission.EDIT_GROUPS)
    return await dialogs.go(work, DIALOG, _neighbour(dialog, -1), dialog.data)


def steps_of(dialog: Dialog) -> tuple[Step, ...]:
    """All questions of the dialog."""
    return plan_steps(Part(str(dialog.data["part"])))


def _neighbour(dialog: Dialog, by: int) -> Step:
    steps = steps_of(dialog)
    position = steps.index(Step(dialog.step)) + by
    if not 0 <= position < len(steps):
        raise OutOfDate
    return steps[position]


@dataclass(frozen=True)
class Draft:
    """What the dialog has gathered: the group as stored, the answers, and the group as it would be."""

    stored: Group
    answers: Mapping[Step, Answer]
    language: str
    group: Group
    members: int
    moving_up: int

    @property
    def is_new(self) -> bool:
        """Whether the group is still to be created."""
        return self.stored.id == 0


async def get_draft(work: Work, dialog: Dialog) -> Draft:
    """The draft; its group is read anew, so that others' changes to other parts are in it."""
    work.require(Permission.EDIT_GROUPS)
    group_id, language = int(str(dialog.data["group_id"])), str(dialog.data["language"])
    stored = await get_group(work, group_id, Permission.EDIT_GROUPS) if group_id else BLANK
    given = cast("Mapping[str, Any]", dialog.data["answers"])
    answers = {Step(name): value for name, value in given.items()}
    group = changed(stored, answers, language)
    if not group_id:
        return Draft(stored, answers, language, group, 0, 0)
    roster = await groups.get_roster(work.tx, group_id)
    return Draft(stored, answers, language, group, len(roster.members), len(decide_promotions(group, roster)))


async def _is_taken(work: Work, group: Group) -> bool:
    others = [other for other in await groups.get_all(work.tx) if other.id != group.id]
    return group.code.casefold() in {other.code.casefold() for other in others}


# --- Saving ---


async def save(work: Work, dialog: Dialog) -> SaveOutcome:
    """Store the draft; whoever waits for a seat that is there now moves up and is told."""
    if Step(dialog.step) is not Step.PREVIEW:
        raise OutOfDate
    group_id = int(str(dialog.data["group_id"]))
    if group_id:
        await lock_group(work, group_id, Permission.EDIT_GROUPS)
    draft = await get_draft(work, dialog)
    if await _is_taken(work, draft.group):
        return CodeTaken(draft.group.code)
    was = cast("Mapping[str, Any]", dialog.data["was"])
    if any(was[step] != value_of(draft.stored, step, draft.language) for step in draft.answers if group_id):
        return ChangedMeanwhile()
    await dialogs.end(work)
    return await _add(work, draft.group) if draft.is_new else await _change(work, draft)


async def _add(work: Work, group: Group) -> Saved:
    group_id = await groups.add(work.tx, group)
    await facts.note(work.tx, work.now, work.person.id, "group_added", f"group:{group_id}", None, seen(group))
    return Saved(await get_group(work, group_id), is_new=True)


async def _change(work: Work, draft: Draft) -> Saved:
    await _store(work, draft.stored, draft.group, "group_changed")
    await seats.promote(work.tx, draft.group.id, work.now)
    return Saved(draft.group, is_new=False, moved_up=draft.moving_up)


async def _store(work: Work, old: Group, new: Group, action: str) -> None:
    before, after = difference(old, new)
    if after:
        await groups.save(work.tx, new)
        await boards.refresh(work.tx, new.id, work.now)
        await facts.note(work.tx, work.now, work.person.id, action, f"group:{new.id}", before, after)


# --- Closing ---


@dataclass(frozen=True)
class Closing:
    """What closing a group now would touch."""

    group: Group
    members: int
    waiting: int
    asking: int
    events: int


async def get_closing(work: Work, group_id: int) -> Closing:
    """The counts to be confirmed; raise OutOfDate for a group that is closed."""
    group = await get_group(work, group_id, Permission.EDIT_GROUPS)
    if group.has_ended_on(work.today):
        raise OutOfDate
    roster = await groups.get_roster(work.tx, group.id)
    ahead = await organise.count_events_ahead(work.tx, group.id, work.now)
    return Closing(group, len(roster.members), len(roster.waiting), len(roster.asking), ahead)


async def close(work: Work, group_id: int) -> Group:
    """From now on nobody can ask to join; members, events and results stay as they are."""
    group = await lock_group(work, group_id, Permission.EDIT_GROUPS)
    if group.has_ended_on(work.today):
        raise OutOfDate
    new = closed(group, work.today)
    await _store(work, group, new, "group_closed")
    return new
