"""The draft of a result that somebody writes on, and the question its dialog is at."""

from collections.abc import Mapping

from domain.dialogs import Dialog
from domain.errors import NotAllowed, OutOfDate
from domain.groups import Group
from domain.permissions import Permission
from domain.results import Result, ResultState
from domain.submissions import Step, plan_steps, step_after
from messages.submissions import Question
from services import coauthors, dialogs
from services.results import find_circle, get_result
from services.work import Work
from storage import dialogs as stored_dialogs
from storage import groups, results

DIALOG = "submit"


async def own(work: Work, result_id: int, state: ResultState | None = None) -> Result:
    """A draft of this person, or one that came back; raise NotAllowed, or OutOfDate where it is not to be written."""
    result = await get_result(work, result_id, Permission.EDIT_OWN_RESULT)
    if not result.can_be_written or (state is not None and result.state is not state):
        raise OutOfDate
    return result


async def of(work: Work, dialog: Dialog) -> Result:
    """The draft that a dialog is about."""
    return await own(work, int(str(dialog.data["result_id"])))


async def at(work: Work, revision: int, step: Step) -> Dialog:
    """The dialog that a button belongs to, if it is at this question; raise OutOfDate."""
    dialog = await dialogs.current(work, revision)
    if dialog.name != DIALOG or dialog.step != step:
        raise OutOfDate
    return dialog


async def groups_of(work: Work) -> list[Group]:
    """The groups that somebody can hand something in for; raise NotAllowed where there are none."""
    mine = [group for group in await groups.get_all(work.tx) if group.id in work.actor.member_of]
    if not mine:
        raise NotAllowed
    return mine


async def steps_of(work: Work, result: Result) -> tuple[Step, ...]:
    """The questions about this draft."""
    others = await coauthors.candidates(work, result)
    return plan_steps(result, len(await groups_of(work)), has_others=bool(others))


async def save(
    work: Work, result: Result, step: Step, values: Mapping[str, object] | None = None, *, message_id: int = 0
) -> Question:
    """Keep an answer and go to the next question. `message_id`: of the message that said it."""
    if values:
        await results.change(work.tx, result.id, **values)
        result = await own(work, result.id)
    return await ask(work, result, step_after(await steps_of(work, result), step), answered={message_id: step})


async def ask(
    work: Work, result: Result, step: Step, *, page: int = 0, answered: dict[int, Step] | None = None
) -> Question:
    """Go to a question; `answered`: the step that a message has just answered, by its number."""
    said = await said_by(work, result) | {str(at): said.value for at, said in (answered or {}).items() if at}
    dialog = await dialogs.go(work, DIALOG, step, {"result_id": result.id, "answers": said, "page": page})
    mine = await groups_of(work)
    named = await coauthors.named(work, result)
    return Question(
        result=result,
        step=step,
        steps=await steps_of(work, result),
        revision=dialog.revision,
        groups=tuple(mine),
        group_code={group.id: group.code for group in mine}.get(result.group_id or 0, ""),
        tier=(await find_circle(work, result)).tier,
        named=named,
        others=await coauthors.page_of(work, result, page) if step is Step.COAUTHORS else None,
    )


async def said_by(work: Work, result: Result) -> dict[str, str]:
    """Which message of its dialog answered which question, by number, so that it can be edited."""
    dialog = await stored_dialogs.get(work.tx, work.person.id)
    if dialog is None or dialog.name != DIALOG or dialog.data.get("result_id") != result.id:
        return {}
    answers = dialog.data.get("answers")
    return {str(at): str(step) for at, step in answers.items()} if isinstance(answers, dict) else {}
