"""Chores: opened by what happens, shown to those who can do them, ticked off once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from domain.chores import FOR_ORGANISERS, Chore, ChoreKind, DoneBefore, TickOutcome, decide_tick
from domain.errors import NotAllowed
from domain.events import Event
from domain.groups import Group
from domain.paging import ListPage, page_at
from domain.people import Person
from domain.permissions import Permission, Target, can
from messages import chores as texts
from messages.markup import Message
from services import cards
from services.deciders import deciders_of, organisers_or_owners
from services.manage import get_managed
from services.rendering import Rendering
from services.work import Background, Work
from storage import chores, events, facts, groups, people, questions
from storage.database import Tx

PAGE_SIZE = 5


def subject(chore_id: int) -> str:
    """What the card of a chore is called."""
    return f"chore:{chore_id}"


async def open_once(
    work: Background,
    key: str,
    kind: ChoreKind,
    *,
    group_id: int,
    event_id: int | None = None,
    person_id: int | None = None,
    again: bool = False,
) -> bool:
    """Open a chore and show it to those who can do it; False if the fact named by `key` made one before.

    `again`: one that was done is opened anew, because it happened once more.
    """
    chore_id = await chores.add(
        work.tx, key, kind, work.now, group_id=group_id, event_id=event_id, person_id=person_id, again=again
    )
    if chore_id is None:
        return False
    readers = organisers_or_owners(work) if kind in FOR_ORGANISERS else deciders_of(work, group_id)
    for reader in await readers:
        await cards.show_anew(work.tx, subject(chore_id), reader, work.now)
    await cards.refresh(work.tx, f"board:{group_id}", work.now)
    return True


async def settle(tx: Tx, key: str, now: datetime) -> None:
    """The fact is no more: whoever sees the card sees that nothing is left to do."""
    chore_id = await chores.settle(tx, key, now)
    if chore_id is not None:
        await _show(tx, chore_id, now)


async def settle_event(tx: Tx, event_id: int, now: datetime, *, but: Collection[ChoreKind] = ()) -> None:
    """Nothing about this event is to be done any more, `but` for these kinds: it is cancelled, or over."""
    for chore_id in await chores.settle_event(tx, event_id, now, but):
        await _show(tx, chore_id, now)


async def refresh(tx: Tx, key: str, now: datetime) -> None:
    """The fact has changed: what is left to do is said by the card, where there is one."""
    chore_id = await chores.find(tx, key)
    if chore_id is not None:
        await cards.refresh(tx, subject(chore_id), now)


async def _show(tx: Tx, chore_id: int, now: datetime) -> None:
    """The card of a chore, and the board of its group, as they are now."""
    await cards.refresh(tx, subject(chore_id), now)
    chore = await chores.get(tx, chore_id)
    if chore is not None:
        await cards.refresh(tx, f"board:{chore.group_id}", now)


async def tick_off(work: Work, chore_id: int) -> tuple[Chore, TickOutcome]:
    """Say that a chore is done; the first counts."""
    chore = await chores.get(work.tx, chore_id)
    if chore is None:
        raise NotAllowed
    work.require(Permission.RUN_EVENTS, Target(group_id=chore.group_id))
    outcome = decide_tick(chore)
    if not isinstance(outcome, DoneBefore) and await chores.finish(work.tx, chore.id, work.person.id, work.now):
        await facts.note(work.tx, work.now, work.person.id, "chore_done", subject(chore.id), {"kind": chore.kind.value})
        await _show(work.tx, chore.id, work.now)
    return chore, outcome


async def open_coordinator_wanted(work: Background, group_id: int) -> None:
    """Nobody coordinates this group: the organisers name somebody."""
    await open_once(work, _wanted(group_id), ChoreKind.COORDINATOR_WANTED, group_id=group_id, again=True)


async def close_coordinator_wanted(work: Background, group_id: int) -> None:
    """Somebody coordinates it again."""
    await settle(work.tx, _wanted(group_id), work.now)


def _wanted(group_id: int) -> str:
    return f"group:{group_id}:coordinator"


# --- Wording ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Listed:
    """One page of the open chores of a group, with what they are about."""

    group: Group
    entries: list[texts.Told]
    page: ListPage


async def get_page(work: Work, group_id: int, wished: int) -> Listed:
    """A page of the open chores of a group; one past the end shows the last."""
    group = await get_managed(work, group_id)
    page = page_at(wished, await chores.count_open(work.tx, group.id), PAGE_SIZE)
    found = await chores.list_open(work.tx, group.id, page.offset, page.limit)
    return Listed(group, await told(work.tx, group, found), page)


async def told(tx: Tx, group: Group, found: list[Chore]) -> list[texts.Told]:
    """Chores of one group with the events and people that they name."""
    their_events: dict[int, Event] = await events.get_many(tx, {c.event_id for c in found if c.event_id is not None})
    their_people = await people.get_many(tx, {c.person_id for c in found if c.person_id is not None})
    left = await questions.count_open_by_event(tx, their_events)
    return [
        texts.Told(
            chore,
            group,
            their_events.get(chore.event_id or 0),
            their_people.get(chore.person_id or 0),
            left.get(chore.event_id or 0, 0),
        )
        for chore in found
    ]


async def render_card(batch: Rendering, chore_id: int, reader: Person) -> Message | None:
    """The card of a chore as it stands; nothing more for whoever runs the group no longer."""
    chore = await chores.get(batch.tx, chore_id)
    group = await groups.get(batch.tx, chore.group_id) if chore else None
    if chore is None or group is None:
        return None
    actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
    if not can(actor, Permission.RUN_EVENTS, Target(group_id=group.id)):
        return None
    (one,) = await told(batch.tx, group, [chore])
    done_by = await people.get(batch.tx, chore.done_by) if chore.done_by is not None else None
    return texts.card(one, done_by.name if done_by else None, reader.language)
