"""Polls about a time: the slots, the votes, and the one end that each poll has."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update

from domain.polls import Poll, PollSlot, PollState
from domain.slots import Slot, Vote
from storage.database import Tx
from storage.dialects import insert
from storage.tables import polls, slots, votes

_POLL = [polls.c[name] for name in Poll.__dataclass_fields__]
_SLOT = [slots.c[name] for name in PollSlot.__dataclass_fields__]


def _poll(row: Row[*tuple[Any, ...]]) -> Poll:
    return Poll(**{**row._mapping, "state": PollState(row.state)})


def _slot(row: Row[*tuple[Any, ...]]) -> PollSlot:
    return PollSlot(**{**row._mapping, "outside": tuple(row.outside)})


async def add(tx: Tx, poll: Poll, proposed: Sequence[Slot]) -> int:
    """Store a new poll (its `id` is ignored) with its slots, fairest first; return its id."""
    values = {**vars(poll), "state": poll.state.value}
    del values["id"]
    poll_id = int((await tx.execute(polls.insert().values(values).returning(polls.c.id))).scalar_one())
    rows = [
        {"poll_id": poll_id, "place": place, "starts_at": slot.at, "outside": list(slot.outside)}
        for place, slot in enumerate(proposed, 1)
    ]
    await tx.execute(slots.insert(), rows)
    return poll_id


async def get(tx: Tx, poll_id: int) -> Poll | None:
    """One poll."""
    row = (await tx.execute(select(*_POLL).where(polls.c.id == poll_id))).one_or_none()
    return _poll(row) if row else None


async def lock(tx: Tx, poll_id: int) -> Poll | None:
    """One poll, held until the transaction ends: of two who close it, the second finds it closed."""
    row = (await tx.execute(select(*_POLL).where(polls.c.id == poll_id).with_for_update())).one_or_none()
    return _poll(row) if row else None


async def get_open(tx: Tx, group_id: int) -> Poll | None:
    """The open poll of a group, if there is one."""
    query = select(*_POLL).where(polls.c.group_id == group_id, polls.c.state == PollState.OPEN.value)
    row = (await tx.execute(query.order_by(polls.c.id).limit(1))).one_or_none()
    return _poll(row) if row else None


async def finish(tx: Tx, poll_id: int, state: PollState, event_id: int | None = None) -> bool:
    """End an open poll; False if it had ended before."""
    ended = update(polls).where(polls.c.id == poll_id, polls.c.state == PollState.OPEN.value)
    statement = ended.values(state=state.value, event_id=event_id).returning(polls.c.id)
    return (await tx.execute(statement)).first() is not None


# --- Slots and votes --------------------------------------------------------------------------


async def get_slot(tx: Tx, slot_id: int) -> PollSlot | None:
    """One slot."""
    row = (await tx.execute(select(*_SLOT).where(slots.c.id == slot_id))).one_or_none()
    return _slot(row) if row else None


async def get_slots(tx: Tx, poll_id: int) -> list[PollSlot]:
    """The slots of a poll, fairest first."""
    rows = await tx.execute(select(*_SLOT).where(slots.c.poll_id == poll_id).order_by(slots.c.place))
    return [_slot(row) for row in rows]


async def set_vote(tx: Tx, slot_id: int, person_id: int, vote: Vote, now: datetime) -> None:
    """Store a vote over an earlier one."""
    values = {"vote": vote.value, "at": now}
    statement = insert(tx, votes).values(slot_id=slot_id, person_id=person_id, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["slot_id", "person_id"], set_=values))


async def get_votes(tx: Tx, poll_id: int, voters: Select[int]) -> dict[int, dict[int, Vote]]:
    """The votes of those whom `voters` selects, by slot and person; nobody else's count."""
    query = select(votes.c.slot_id, votes.c.person_id, votes.c.vote).join(slots, slots.c.id == votes.c.slot_id)
    ballot: dict[int, dict[int, Vote]] = {}
    for row in await tx.execute(query.where(slots.c.poll_id == poll_id, votes.c.person_id.in_(voters))):
        ballot.setdefault(row.slot_id, {})[row.person_id] = Vote(row.vote)
    return ballot
