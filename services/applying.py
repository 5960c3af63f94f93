"""Asking to join a group: question by question, until the application is handed in."""

from collections.abc import Mapping

from domain.dialogs import Dialog, step_after
from domain.errors import OutOfDate
from domain.groups import Asked, AskOutcome, Group, NotAsked, decide_ask
from domain.permissions import Permission
from domain.typed import one_line, within
from services import cards, dialogs
from services.applications import subject_of
from services.deciders import deciders_of
from services.groups import get_group, lock_group
from services.work import Background, Work
from storage import applications, facts, groups

DIALOG = "apply"

STEPS = ("motivation", "affiliation", "preview")

MOST_TYPED: Mapping[str, int] = {"motivation": 500, "affiliation": 200}
"""Limits of what is typed, in UTF-16 units as Telegram counts, by step."""


async def begin(work: Work, group_id: int) -> Dialog | NotAsked:
    """Ask the first question, or the one at which it was left, if this person may ask to join at all."""
    group = await get_group(work, group_id, Permission.ASK_TO_JOIN)
    outcome = await decide(work, group, work.person.id)
    if not isinstance(outcome, Asked):
        return outcome
    left = await dialogs.take_up(work, DIALOG, group_id=group.id)
    return left or await dialogs.go(work, DIALOG, STEPS[0], {"group_id": group.id})


async def answer(work: Work, dialog: Dialog, typed: str) -> Dialog:
    """Take what was typed and go on; raise TooLong or NotReadable. At the preview nothing is typed any more."""
    most = MOST_TYPED.get(dialog.step)
    if most is None:
        return dialog
    return await _go(work, dialog, 1, {**dialog.data, dialog.step: within(one_line(typed), most)})


async def skip(work: Work, dialog: Dialog) -> Dialog:
    """Leave this question without an answer, also where there was one; raise OutOfDate where there is none to ask."""
    if dialog.step not in MOST_TYPED:
        raise OutOfDate
    return await _go(work, dialog, 1, {**dialog.data, dialog.step: ""})


async def go_back(work: Work, dialog: Dialog) -> Dialog:
    """One question back; what was typed is kept until it is typed anew."""
    return await _go(work, dialog, -1, dialog.data)


async def _go(work: Work, dialog: Dialog, by: int, data: Mapping[str, object]) -> Dialog:
    return await dialogs.go(work, DIALOG, step_after(STEPS, dialog.step, by), data)


async def hand_in(work: Work, dialog: Dialog) -> AskOutcome:
    """The application counts from now on, and those who decide get its card."""
    group = await lock_group(work, group_of(dialog), Permission.ASK_TO_JOIN)
    motivation, affiliation = (answered(dialog, step) for step in MOST_TYPED)
    await dialogs.end(work)
    return await apply(work, group, work.person.id, motivation, affiliation)


async def apply(work: Background, group: Group, person_id: int, motivation: str, affiliation: str = "") -> AskOutcome:
    """Make somebody an applicant, if they may ask; the group is held by the caller."""
    outcome = await decide(work, group, person_id)
    if isinstance(outcome, Asked):
        new = await applications.add(work.tx, group.id, person_id, motivation, affiliation, work.now)
        await facts.note(work.tx, work.now, person_id, "applied", subject_of(new), None, {"state": "open"})
        for decider in await deciders_of(work, group.id):
            await cards.show(work.tx, subject_of(new), decider, work.now)
    return outcome


async def decide(work: Background, group: Group, person_id: int) -> AskOutcome:
    """What asking to join would lead to now."""
    roster = await groups.get_roster(work.tx, group.id)
    undecided = await applications.undecided_of(work.tx, person_id)
    return decide_ask(group, roster, person_id, work.today, len(undecided))


def group_of(dialog: Dialog) -> int:
    """Which group the dialog is about."""
    return int(str(dialog.data["group_id"]))


def answered(dialog: Dialog, step: str) -> str:
    """What was answered at a step; "" if nothing, or not yet."""
    return str(dialog.data.get(step, ""))
