"""What moderators do with the questions to the speakers: order them, merge them, settle them."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.buttons.questions import Verdict, Way
from domain.errors import NotAllowed, OutOfDate
from domain.events import Event
from domain.paging import ListPage, page_at
from domain.permissions import Permission
from domain.questions import (
    Cluster,
    Question,
    QuestionState,
    Settled,
    SettleOutcome,
    can_merge,
    can_reopen,
    decide_settle,
    may,
)
from messages.moderating import Box, Entry
from services.question_lists import PAGE_SIZE, audited, follow, get_box, look, name_askers, subject_of
from services.work import Work
from storage import cards, facts, questions

_STATES = {Verdict.ANSWERED: QuestionState.ANSWERED, Verdict.DROPPED: QuestionState.DROPPED}

# --- Looking ----------------------------------------------------------------------------------


async def get_list(work: Work, webinar_id: int, page: int) -> Box:
    """A page of the open questions, for those who moderate or speak."""
    event = await get_box(work, webinar_id, Permission.SEE_QUESTIONS)
    may_moderate = may(work.actor, Permission.MODERATE_QUESTIONS, event)
    return await look(work.tx, event, page, work.process, may_moderate=may_moderate)


async def leave(work: Work, webinar_id: int) -> None:
    """The message is about to show something else: it is not the list any more."""
    await cards.forget(work.tx, work.person.id, subject_of(webinar_id))


async def get_question(work: Work, question_id: int) -> tuple[Question, Event]:
    """Load a question for a moderator, its list held; "not there" and "not yours" are said alike."""
    question = await questions.get(work.tx, question_id)
    if question is None:
        raise NotAllowed
    event = await get_box(work, question.event_id, Permission.MODERATE_QUESTIONS)
    await questions.hold(work.tx, event.id)
    newest = await questions.get(work.tx, question_id)
    if newest is None:
        raise OutOfDate
    return newest, event


@dataclass(frozen=True)
class Detail:
    """One question in the list. `position`: counted from 1."""

    entry: Entry
    event: Event
    position: int
    count: int


async def get_detail(work: Work, question_id: int) -> Detail:
    """One open question; raise OutOfDate for one that is settled or stands for itself no longer."""
    question, event = await get_question(work, question_id)
    _must_be_open(question)
    (entry,) = await name_askers(work.tx, await questions.clusters(work.tx, [question]))
    position = await questions.count_before(work.tx, question) + 1
    return Detail(entry, event, position, await questions.count_open_heads(work.tx, event.id))


def _must_be_open(question: Question) -> None:
    if not isinstance(decide_settle(question), Settled):
        raise OutOfDate


# --- The order --------------------------------------------------------------------------------


async def move(work: Work, question_id: int, place: int, way: Way) -> Event:
    """One up or down; raise OutOfDate where it does not stand at `place` any more, or is at the end."""
    question, event = await get_question(work, question_id)
    _must_be_open(question)
    other = await questions.neighbour(work.tx, question, above=way is Way.UP)
    if other is None or question.place != place:
        raise OutOfDate
    await questions.swap(work.tx, question, other)
    await _note(work, question, "question_moved", {"place": question.place}, {"place": other.place})
    await follow(work, event, but=work.person.id)
    return event


# --- The same ---------------------------------------------------------------------------------


async def list_others(work: Work, question_id: int, wished: int) -> tuple[Question, list[Question], ListPage]:
    """A page of the other open questions."""
    question, event = await get_question(work, question_id)
    _must_be_open(question)
    page = page_at(wished, await questions.count_open_heads(work.tx, event.id) - 1, PAGE_SIZE)
    others = await questions.open_heads(work.tx, event.id, but=question.id, offset=page.offset, limit=page.limit)
    return question, others, page


async def merge(work: Work, question_id: int, into_id: int) -> Event:
    """The other one stands for both; raise OutOfDate where one of them is settled or merged meanwhile."""
    question, event = await get_question(work, question_id)
    into = await questions.get(work.tx, into_id)
    if into is None or not can_merge(question, into):
        raise OutOfDate
    (cluster,) = await questions.clusters(work.tx, [question])
    await questions.change(work.tx, [one.id for one in cluster.everyone], merged_into=into.id)
    await _note(work, question, "question_merged", {"merged_into": None}, {"merged_into": into.id})
    await follow(work, event, but=work.person.id)
    return event


# --- Settling ---------------------------------------------------------------------------------


async def settle(work: Work, question_id: int, verdict: Verdict) -> tuple[Question, SettleOutcome]:
    """Answered aloud, or dropped; the first counts, and it counts for all that ask the same."""
    question, event = await get_question(work, question_id)
    outcome = decide_settle(question)
    if isinstance(outcome, Settled):
        (cluster,) = await questions.clusters(work.tx, [question])
        await settle_all(work, event, cluster, _STATES[verdict])
    return question, outcome


async def settle_all(
    work: Work, event: Event, cluster: Cluster, state: QuestionState, answer: str | None = None
) -> None:
    """The verdict, for a question and all that ask the same. `answer`: in writing."""
    values = {"state": state.value, "settled_at": work.now, "answer": answer}
    await questions.change(work.tx, [one.id for one in cluster.everyone], **values)
    await _note(
        work, cluster.head, f"question_{state.value}", {"state": cluster.head.state.value}, {"state": state.value}
    )
    await follow(work, event, but=work.person.id)


async def reopen(work: Work, question_id: int) -> Event:
    """It is not settled after all; raise OutOfDate where it is open, or an answer has been written."""
    question, event = await get_question(work, question_id)
    if not can_reopen(question):
        raise OutOfDate
    (cluster,) = await questions.clusters(work.tx, [question])
    values = {"state": QuestionState.OPEN.value, "settled_at": None}
    await questions.change(work.tx, [one.id for one in cluster.everyone], **values)
    after = {"state": QuestionState.OPEN.value}
    await _note(work, question, "question_reopened", {"state": question.state.value}, after)
    await follow(work, event, but=work.person.id)
    return event


async def get_settler(work: Work, question: Question) -> str | None:
    """The name of whoever settled a question."""
    return await facts.last_actor(work.tx, audited(question.id), f"question_{question.state.value}")


async def _note(
    work: Work, question: Question, action: str, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    await facts.note(work.tx, work.now, work.person.id, action, audited(question.id), before, after)
