"""Questions to the speakers: asking one, taking it back, and the list that grows where it is shown."""

from collections.abc import Sequence

from domain.dialogs import Dialog
from domain.errors import NotAllowed, OutOfDate
from domain.events import Event, EventKind
from domain.paging import page_at
from domain.people import Person
from domain.permissions import Permission, Target
from domain.process import Process
from domain.questions import (
    MOST_TEXT,
    AskOutcome,
    Cluster,
    MayAsk,
    NotAsked,
    Question,
    QuestionState,
    decide_ask,
    is_held,
    is_time_for_presenters,
    may,
)
from domain.talks import TalkState
from domain.typed import paragraphs, within
from messages import moderating as texts
from messages.markup import Message
from messages.questions import Mine
from services import cards, chores, dialogs
from services.deciders import deciders_of
from services.rendering import Rendering
from services.talks import subject as talk_subject
from services.webinars import get_webinar
from services.work import Background, Work
from storage import events, facts, occasions, outbox, people, questions, talks
from storage.database import Tx

DIALOG = "question"

PAGE_SIZE = 5


def subject_of(webinar_id: int) -> str:
    """The name of a webinar's list among the subjects of cards."""
    return f"questions:{webinar_id}"


def audited(question_id: int) -> str:
    """The name of a question in the audit."""
    return f"question:{question_id}"


def chore_key(webinar_id: int) -> str:
    """The fact that questions are still open after a webinar."""
    return f"event:{webinar_id}:questions"


async def get_box(work: Work, webinar_id: int, permission: Permission) -> Event:
    """Load the webinar whose questions these are; "not there" and "not yours" are said alike."""
    event = await events.get(work.tx, webinar_id)
    if event is None or event.kind is not EventKind.WEBINAR or not may(work.actor, permission, event):
        raise NotAllowed
    return event


# --- Asking -----------------------------------------------------------------------------------


async def begin(work: Work, webinar_id: int) -> tuple[Event, Dialog | NotAsked]:
    """Ask for the question, or show again what was typed before, unless it cannot be asked."""
    event = await get_webinar(work, webinar_id, Permission.ASK_SPEAKERS)
    outcome = await _decide(work, event)
    if not isinstance(outcome, MayAsk):
        return event, outcome
    left = await dialogs.take_up(work, DIALOG, webinar_id=event.id)
    return event, left or await dialogs.go(work, DIALOG, "text", {"webinar_id": event.id})


async def _decide(work: Work, event: Event) -> AskOutcome:
    waiting = await questions.count_own(work.tx, event.id, work.person.id, only_open=True)
    return decide_ask(event, waiting, work.now)


async def get_asked(work: Work, dialog: Dialog) -> Event:
    """The webinar whose speakers are asked."""
    return await get_webinar(work, webinar_of(dialog), Permission.ASK_SPEAKERS)


async def type_text(work: Work, dialog: Dialog, typed: str) -> Dialog:
    """Show it back before it counts; what is typed at the preview takes its place. Raise TooLong or NotReadable."""
    text = within(paragraphs(typed), MOST_TEXT)
    return await dialogs.go(work, DIALOG, "preview", {**dialog.data, "text": text})


async def go_back(work: Work, dialog: Dialog) -> Dialog:
    """To the text once more."""
    return await dialogs.go(work, DIALOG, "text", dialog.data)


async def hand_in(work: Work, dialog: Dialog) -> AskOutcome:
    """It counts from now on; raise OutOfDate before it was shown back."""
    if dialog.step != "preview":
        raise OutOfDate
    event = await get_asked(work, dialog)
    await questions.hold(work.tx, event.id)
    outcome = await _decide(work, event)
    await dialogs.end(work)
    if isinstance(outcome, MayAsk):
        new = await questions.add(work.tx, event.id, work.person.id, text_of(dialog), work.now)
        after = {"state": QuestionState.OPEN.value}
        await facts.note(work.tx, work.now, work.person.id, "question_asked", audited(new), None, after)
        await _show_new(work, event)
    return outcome


def webinar_of(dialog: Dialog) -> int:
    """Whose speakers the dialog is about."""
    return int(str(dialog.data["webinar_id"]))


def text_of(dialog: Dialog) -> str:
    """What was typed; "" before."""
    return str(dialog.data.get("text", ""))


# --- One's own --------------------------------------------------------------------------------


async def list_own(work: Work, webinar_id: int, wished: int) -> Mine:
    """A page of what the person has asked, newest first."""
    event = await get_webinar(work, webinar_id, Permission.ASK_SPEAKERS)
    page = page_at(wished, await questions.count_own(work.tx, event.id, work.person.id), PAGE_SIZE)
    found = await questions.own(work.tx, event.id, work.person.id, page.offset, page.limit)
    may_ask = isinstance(await _decide(work, event), MayAsk)
    return Mine(event, tuple(found), page, may_ask)


async def take_back(work: Work, question_id: int) -> Question:
    """The own question is not to be asked any more; raise OutOfDate where it is answered or dropped already."""
    question = await questions.get(work.tx, question_id)
    if question is None:
        raise NotAllowed
    work.require(Permission.OWN_DATA, Target(event_id=question.event_id, author_id=question.person_id))
    await questions.hold(work.tx, question.event_id)
    question = await questions.get(work.tx, question_id)
    if question is None or question.state is not QuestionState.OPEN:
        raise OutOfDate
    await _hand_on(work.tx, question)
    await questions.drop(work.tx, question.id)
    before = {"state": question.state.value}
    await facts.note(work.tx, work.now, work.person.id, "question_taken_back", audited(question.id), before)
    event = await events.get(work.tx, question.event_id)
    if event is not None:
        await follow(work, event)
    return question


async def _hand_on(tx: Tx, question: Question) -> None:
    """Where a question stands for others, the oldest of them stands for the rest from now on, in its place."""
    (cluster,) = await questions.clusters(tx, [question])
    if cluster.same:
        heir, *rest = cluster.same
        await questions.change(tx, [heir.id], merged_into=None, place=question.place)
        await questions.change(tx, [one.id for one in rest], merged_into=heir.id)


# --- The list, wherever it is shown -----------------------------------------------------------


async def _show_new(work: Work, event: Event) -> None:
    """The first question brings the list to those who moderate; later ones change the list that is there."""
    await follow(work, event)
    if await questions.count_asked(work.tx, event.id) == 1:
        for reader in await _moderators(work, event):
            await cards.show(work.tx, subject_of(event.id), reader, work.now)
        for talk in await talks.of_event(work.tx, event.id):
            await cards.refresh(work.tx, talk_subject(talk.id), work.now)
    if is_time_for_presenters(event, work.now, await occasions.get_timings(work.tx)):
        await show_presenters(work, event)


async def _moderators(work: Background, event: Event) -> list[int]:
    named = [event.moderator_id] if event.moderator_id is not None else []
    return list(dict.fromkeys([*named, *await deciders_of(work, event.group_id)]))


async def show_presenters(work: Background, event: Event) -> None:
    """Those who speak get the list, once there is anything in it; who has it sees it change."""
    if not await questions.count_open_heads(work.tx, event.id):
        return
    for talk in await talks.of_event(work.tx, event.id):
        speaks = talk.state is not TalkState.DECLINED
        if speaks and await outbox.get_card(work.tx, subject_of(event.id), talk.person_id) is None:
            await cards.show(work.tx, subject_of(event.id), talk.person_id, work.now)


async def follow(work: Background, event: Event, *, but: int | None = None) -> None:
    """The list has changed: everywhere it is shown it is shown anew, but not to the person `but`."""
    await cards.refresh(work.tx, subject_of(event.id), work.now, but=but)
    if not is_held(event, work.now):
        return
    if await questions.count_open_heads(work.tx, event.id):
        await chores.refresh(work.tx, chore_key(event.id), work.now)
    else:
        await chores.settle(work.tx, chore_key(event.id), work.now)


async def look(tx: Tx, event: Event, wished: int, process: Process, *, may_moderate: bool) -> texts.Box:
    """A page of the list as it stands; names only for those who moderate."""
    page = page_at(wished, await questions.count_open_heads(tx, event.id), PAGE_SIZE)
    heads = await questions.open_heads(tx, event.id, offset=page.offset, limit=page.limit)
    found = await questions.clusters(tx, heads)
    answered = await questions.count_answered(tx, event.id, only_heads=True)
    entries = await name_askers(tx, found) if may_moderate else tuple(texts.Entry(one) for one in found)
    return texts.Box(event, entries, page, answered, may_moderate, process.start_link(f"q_{event.id}"))


async def name_askers(tx: Tx, found: Sequence[Cluster]) -> tuple[texts.Entry, ...]:
    """Questions with the names of those who asked, as far as they are known."""
    known = await people.get_many(tx, {asker for cluster in found for asker in cluster.asker_ids})
    return tuple(
        texts.Entry(cluster, tuple(known[asker].name for asker in cluster.asker_ids if asker in known))
        for cluster in found
    )


async def render_card(batch: Rendering, webinar_id: int, reader: Person) -> Message | None:
    """The first page of the list for one reader; None for who may not see it any more."""
    event = await events.get(batch.tx, webinar_id)
    actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
    if event is None or not may(actor, Permission.SEE_QUESTIONS, event):
        return None
    may_moderate = may(actor, Permission.MODERATE_QUESTIONS, event)
    box = await look(batch.tx, event, 0, batch.process, may_moderate=may_moderate)
    return texts.listed(box, batch.now, reader.language)
