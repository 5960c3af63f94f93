"""Lists of questions: what those who moderate or speak see of a webinar's questions, wherever it is shown."""

from collections.abc import Sequence
from datetime import datetime

from domain.errors import NotAllowed
from domain.events import Event, EventKind
from domain.paging import page_at
from domain.people import Person
from domain.permissions import Permission
from domain.process import Process
from domain.questions import Cluster, is_held, is_time_for_presenters, may
from domain.talks import TalkState
from messages import moderating as texts
from messages.markup import Message
from services import cards, chores
from services.deciders import deciders_of
from services.rendering import Rendering
from services.talks import subject as talk_subject
from services.work import Background, Work
from storage import cards as stored_cards
from storage import events, occasions, people, questions, talks
from storage.database import Tx

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


# --- As it grows ------------------------------------------------------------------------------


async def show_new(work: Work, event: Event) -> None:
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
        if speaks and await stored_cards.get(work.tx, subject_of(event.id), talk.person_id) is None:
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


async def follow_change(tx: Tx, old: Event, event: Event, now: datetime) -> None:
    """The webinar is moved, cancelled, or somebody else moderates it: who is new gets the list, if there is one."""
    await cards.refresh(tx, subject_of(event.id), now)
    newcomer = event.moderator_id if event.moderator_id != old.moderator_id else None
    if newcomer is not None and await questions.count_open_heads(tx, event.id):
        await cards.show(tx, subject_of(event.id), newcomer, now)


# --- As it stands -----------------------------------------------------------------------------


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
