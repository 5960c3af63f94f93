"""Answering in writing what was still open when a webinar was over; whoever asked is told, once."""

from domain.chores import ChoreKind
from domain.deliveries import owe
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.events import Event
from domain.occasions import Firing
from domain.questions import (
    MOST_ANSWER,
    Cluster,
    Question,
    QuestionState,
    Settled,
    SettleOutcome,
    decide_settle,
    is_held,
)
from domain.typed import paragraphs, within
from messages import questions as texts
from messages.markup import Message
from messages.moderating import Entry
from services import chores, dialogs
from services.moderating import get_detail, get_question, settle_all
from services.question_lists import audited, chore_key, follow
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background, Work
from storage import events, outbox, people, questions

DIALOG = "answer"


async def hand_over(work: Background, event: Event, firing: Firing) -> int:
    """The webinar is over: what is still open waits for the coordinators."""
    del firing
    await follow(work, event)
    if not await questions.count_open_heads(work.tx, event.id):
        return 0
    about = {"group_id": event.group_id, "event_id": event.id}
    return int(await chores.open_once(work, chore_key(event.id), ChoreKind.QUESTIONS_OPEN, **about, again=True))


async def begin_answer(work: Work, question_id: int) -> tuple[Entry, Dialog]:
    """Ask for the answer; raise OutOfDate before the end, and where somebody was faster."""
    detail = await get_detail(work, question_id)
    if not is_held(detail.event, work.now):
        raise OutOfDate
    return detail.entry, await dialogs.go(work, DIALOG, "text", {"question_id": question_id})


async def get_answering(work: Work, dialog: Dialog) -> Entry:
    """The question that is being answered."""
    return (await get_detail(work, question_of(dialog))).entry


def question_of(dialog: Dialog) -> int:
    """Which question the dialog is about."""
    return int(str(dialog.data["question_id"]))


async def answer(work: Work, dialog: Dialog, typed: str) -> tuple[Question, SettleOutcome, int]:
    """The answer goes to everybody who asked, once; how many they are. Raise TooLong or NotReadable."""
    text = within(paragraphs(typed), MOST_ANSWER)
    question, event = await get_question(work, question_of(dialog))
    await dialogs.end(work)
    outcome = decide_settle(question)
    if not isinstance(outcome, Settled):
        return question, outcome, 0
    (cluster,) = await questions.clusters(work.tx, [question])
    await settle_all(work, event, cluster, QuestionState.ANSWERED, text)
    return question, outcome, await _tell(work, cluster)


async def _tell(work: Work, cluster: Cluster) -> int:
    """Owe everybody the answer to the first question of theirs."""
    known = await people.get_many(work.tx, cluster.asker_ids)
    readers = [one for one in known.values() if one.can_be_written_to and one.stopped_at is None]
    first = {question.person_id: question for question in reversed(cluster.everyone)}
    deliveries = [
        owe(
            "answer",
            f"{audited(first[reader.id].id)}:answer",
            work.now,
            chat_id=reader.id,
            person_id=reader.id,
            refs={"question": first[reader.id].id},
        )
        for reader in readers
    ]
    await outbox.add(work.tx, deliveries, work.now)
    return len(deliveries)


async def render_answers(batch: Rendering) -> Rendered:
    """Word answers for those who asked."""
    found = await questions.get_many(batch.tx, {int(str(d.refs["question"])) for d in batch.deliveries})
    at = await events.get_many(batch.tx, {question.event_id for question in found.values()})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        question, reader = found.get(int(str(delivery.refs["question"]))), batch.readers[delivery.person_id or 0]
        if question is None or question.answer is None:
            rendered[delivery.id] = OUTDATED
        else:
            rendered[delivery.id] = texts.answer(question, at[question.event_id], reader.language)
    return rendered
