"""Rounds: organisers set deadlines for results, and those who owe something are reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.deliveries import owe
from domain.dialogs import Dialog, step_after
from domain.errors import NotFound, OutOfDate
from domain.groups import Group
from domain.paging import ListPage, page_at
from domain.permissions import Permission
from domain.rounds import LANGUAGE_OF, MOST_TITLE, STEPS, Round, Step, call_due
from domain.typed import one_line, within
from messages import rounds as texts
from messages.markup import Message
from messages.rounds import Question
from services import dialogs
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background, Work
from storage import facts, groups, outbox, rounds

DIALOG = "round"
MOVE_DIALOG = "round_move"
PAGE_SIZE = 6


def subject(round_id: int) -> str:
    """The name of a round among the subjects of the audit."""
    return f"round:{round_id}"


@dataclass(frozen=True)
class Listed:
    """A page of the rounds, the last to end first, with the codes of groups by id."""

    rounds: Sequence[Round]
    codes: dict[int, str]
    page: ListPage


async def list_rounds(work: Work, wished: int) -> Listed:
    """A page of all rounds; one past the end shows the last."""
    work.require(Permission.EDIT_GROUPS)
    page = page_at(wished, await rounds.count(work.tx), PAGE_SIZE)
    found = await rounds.get_page(work.tx, page.offset, page.limit)
    return Listed(found, await _codes(work), page)


async def _codes(work: Background) -> dict[int, str]:
    return {group.id: group.code for group in await groups.get_all(work.tx)}


@dataclass(frozen=True)
class Shown:
    """One round with the code of its group (empty: all) and how many results belong to it."""

    round: Round
    code: str
    results: int


async def get_round(work: Work, round_id: int) -> Shown:
    """Load a round for an organiser; raise NotFound."""
    work.require(Permission.EDIT_GROUPS)
    found = await rounds.get(work.tx, round_id)
    if found is None:
        raise NotFound
    codes = await _codes(work)
    return Shown(found, codes.get(found.group_id or 0, ""), await rounds.count_results(work.tx, found.id))


# --- A new one, question by question ----------------------------------------------------------


async def begin(work: Work) -> Question:
    """The first question."""
    work.require(Permission.EDIT_GROUPS)
    return await _ask(work, Step.TITLE_EN, {})


async def type_title(work: Work, dialog: Dialog, typed: str) -> Question:
    """A title in one of the languages; raise NotReadable or TooLong."""
    return await _save(work, dialog, {dialog.step: within(one_line(typed), MOST_TITLE)})


async def choose_group(work: Work, group_id: int, revision: int) -> Question:
    """For one group, or 0 for all."""
    dialog = await dialogs.current(work, revision)
    known = group_id == 0 or await groups.get(work.tx, group_id) is not None
    if dialog.name != DIALOG or dialog.step != Step.GROUP or not known:
        raise OutOfDate
    return await _save(work, dialog, {"group_id": group_id})


async def choose_due(work: Work, dialog: Dialog, due_at: datetime) -> Question:
    """Until when."""
    return await _save(work, dialog, {"due_at": due_at.isoformat()})


async def skip(work: Work, dialog: Dialog) -> Question:
    """No title in this language: the English one stands there, too."""
    if dialog.step not in {Step.TITLE_DE, Step.TITLE_FR}:
        raise OutOfDate
    return await _save(work, dialog, {dialog.step: ""})


async def back(work: Work, dialog: Dialog) -> Question:
    """One question back."""
    if dialog.step == Step.TITLE_EN:
        raise OutOfDate
    return await _ask(work, step_after(STEPS, Step(dialog.step), -1), dialog.data)


async def ask_again(work: Work, dialog: Dialog) -> Question:
    """The question the dialog is at."""
    return await _ask(work, Step(dialog.step), dialog.data)


async def hand_in(work: Work, dialog: Dialog) -> int:
    """Set the deadline; returns the id of the round."""
    work.require(Permission.EDIT_GROUPS)
    asked = read(dialog)
    if dialog.step != Step.PREVIEW or asked.due_at is None or asked.due_at <= work.now:
        raise OutOfDate
    titles = {language: title for language, title in asked.titles.items() if title}
    group_id = asked.group_id or None
    round_id = await rounds.add(work.tx, titles, group_id, asked.due_at, work.person.id, work.now)
    await dialogs.end(work)
    after = {"due_at": asked.due_at.isoformat(), "group_id": group_id}
    await facts.note(work.tx, work.now, work.person.id, "round_added", subject(round_id), None, after)
    return round_id


def read(dialog: Dialog) -> Question:
    """The answers so far."""
    data, due_at = dialog.data, dialog.data.get("due_at")
    titles = {language: str(data.get(step, "")) for step, language in LANGUAGE_OF.items()}
    return Question(
        step=Step(dialog.step),
        revision=dialog.revision,
        titles=titles,
        group_id=int(str(data.get("group_id", 0))),
        due_at=datetime.fromisoformat(str(due_at)) if due_at else None,
    )


async def _save(work: Work, dialog: Dialog, values: dict[str, object]) -> Question:
    return await _ask(work, step_after(STEPS, Step(dialog.step), 1), {**dialog.data, **values})


async def _ask(work: Work, step: Step, data: object) -> Question:
    work.require(Permission.EDIT_GROUPS)
    assert isinstance(data, dict)  # noqa: S101 - what dialogs keep
    return read(await dialogs.go(work, DIALOG, step, data))


async def list_groups(work: Work) -> Sequence[Group]:
    """Every group that a round can be for."""
    return await groups.get_all(work.tx)


# --- Changing one -----------------------------------------------------------------------------


async def begin_move(work: Work, round_id: int) -> Dialog:
    """Until when instead?"""
    shown = await get_round(work, round_id)
    return await dialogs.go(work, MOVE_DIALOG, "due", {"round_id": shown.round.id})


async def move(work: Work, dialog: Dialog, due_at: datetime) -> int:
    """Another date; a round that was closed goes on, and is reminded of anew. Returns its id."""
    shown = await get_round(work, int(str(dialog.data["round_id"])))
    await rounds.change(work.tx, shown.round.id, due_at=due_at, closed_at=None, reminded_at=work.now)
    before, after = {"due_at": shown.round.due_at.isoformat()}, {"due_at": due_at.isoformat()}
    await facts.note(work.tx, work.now, work.person.id, "round_moved", subject(shown.round.id), before, after)
    await dialogs.end(work)
    return shown.round.id


async def close(work: Work, round_id: int) -> None:
    """No more reminders, and nothing belongs to it any more; once is enough."""
    shown = await get_round(work, round_id)
    if shown.round.closed_at is None:
        await rounds.change(work.tx, round_id, closed_at=work.now)
        await facts.note(work.tx, work.now, work.person.id, "round_closed", subject(round_id))


# --- Reminding --------------------------------------------------------------------------------


async def is_due(work: Background) -> bool:
    """Whether anybody is to be reminded of anything now."""
    return any(call_due(one, work.now) for one in await rounds.open_at(work.tx, work.now))


async def remind(work: Background) -> int:
    """Owe the reminders that are due, one statement a round; returns how many."""
    owed = 0
    for one in await rounds.open_at(work.tx, work.now):
        moment = call_due(one, work.now)
        if moment is None:
            continue
        key = f"round:{one.id}:{one.due_at.isoformat()}:{moment.isoformat()}:"
        delivery = owe("round", key, work.now, refs={"round_id": one.id}, expires_at=one.due_at)
        owed += await outbox.add_for_each(work.tx, rounds.owing(one), delivery, work.now)
        await rounds.change(work.tx, one.id, reminded_at=work.now)
    return owed


async def render_reminders(batch: Rendering) -> Rendered:
    """Who still owes something when it is sent: whoever has handed in meanwhile is not reminded."""
    found = await rounds.get_many(batch.tx, {int(str(d.refs["round_id"])) for d in batch.deliveries})
    owing = {one.id: await rounds.which_of(batch.tx, rounds.owing(one), batch.readers) for one in found.values()}
    drafting = {one.id: await rounds.which_of(batch.tx, rounds.drafting(one), batch.readers) for one in found.values()}
    codes = {group.id: group.code for group in await groups.get_all(batch.tx)}
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        one, reader = found.get(int(str(delivery.refs["round_id"]))), batch.readers[delivery.person_id or 0]
        if one is None or not one.is_open_at(batch.now) or reader.id not in owing[one.id]:
            rendered[delivery.id] = OUTDATED
            continue
        has_draft, code = reader.id in drafting[one.id], codes.get(one.group_id or 0, "")
        zone, language = batch.zone_of(reader), reader.language
        rendered[delivery.id] = texts.reminder(one, code, has_draft=has_draft, zone=zone, language=language)
    return rendered
