"""Erasing a person: out of every table at once, then out of what others' messages say of them."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Column, Text, cast, delete, func, literal, null, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from domain.agenda import PointState
from domain.broadcasts import BroadcastState
from domain.deliveries import DeliveryState, Lane
from domain.erasing import Erasure, ErasureState, hash_of, without
from domain.results import ResultState
from storage.database import Tx
from storage.tables import (
    agenda,
    audit,
    broadcasts,
    cards,
    chat_members,
    chats,
    dialogs,
    erasures,
    inbox,
    outbox,
    pauses,
    people,
    questions,
    results,
    slots,
)

_COLUMNS = [erasures.c[name] for name in Erasure.__dataclass_fields__]

AHEAD = outbox.c.state.in_([DeliveryState.PENDING.value, DeliveryState.SENDING.value])
"""What still goes out, or is just going."""


_EMPTY: Mapping[str, object] = {
    "payload": None,
    "refs": {},
    "card_id": None,
    "follow": None,
    "error": None,
    "owner": None,
    "lease_until": None,
}
_OTHER_KEY = literal("erased:") + cast(outbox.c.id, Text)
"""What is left of a delivery: that it was, and what became of it."""

# --- The list ---------------------------------------------------------------------------------


async def add(tx: Tx, person_id: int, name: str, language: str, salt: str, now: datetime) -> None:
    """Somebody is to be erased; once is enough."""
    if await of_person(tx, person_id) is not None:
        return
    values = {
        "person_id": person_id,
        "name": name,
        "language": language,
        "salt": salt,
        "person_hash": hash_of(person_id, salt),
        "state": ErasureState.ASKED.value,
        "asked_at": now,
    }
    await tx.execute(erasures.insert().values(values))


async def of_person(tx: Tx, person_id: int) -> Erasure | None:
    """The erasure of somebody, while it is under way."""
    row = (await tx.execute(select(*_COLUMNS).where(erasures.c.person_id == person_id))).one_or_none()
    return Erasure(**{**row._mapping, "state": ErasureState(row.state)}) if row else None


async def get_open(tx: Tx) -> list[Erasure]:
    """Those under way that still concern somebody, the oldest first."""
    unfinished = (erasures.c.state != ErasureState.DONE.value, erasures.c.person_id.is_not(null()))
    rows = await tx.execute(select(*_COLUMNS).where(*unfinished).order_by(erasures.c.id))
    return [Erasure(**{**row._mapping, "state": ErasureState(row.state)}) for row in rows]


async def is_any_open(tx: Tx) -> bool:
    """Whether anything is left to do."""
    query = select(erasures.c.id).where(erasures.c.state != ErasureState.DONE.value).limit(1)
    return (await tx.execute(query)).first() is not None


async def drop(tx: Tx, erasure_id: int) -> None:
    """It is not to be."""
    await tx.execute(delete(erasures).where(erasures.c.id == erasure_id))


async def reach(tx: Tx, erasure_id: int, state: ErasureState) -> None:
    """It is that far."""
    await tx.execute(update(erasures).where(erasures.c.id == erasure_id).values(state=state.value))


async def clear(tx: Tx, erasure_id: int) -> None:
    """Forget even whom it was about."""
    values = {"person_id": None, "name": None, "language": None, "state": ErasureState.CLEARED.value}
    await tx.execute(update(erasures).where(erasures.c.id == erasure_id).values(**values))


async def finish_cleared(tx: Tx, now: datetime) -> None:
    """The log does not know them any more."""
    cleared = erasures.c.state == ErasureState.CLEARED.value
    await tx.execute(update(erasures).where(cleared).values(state=ErasureState.DONE.value, done_at=now))


async def keep_list(tx: Tx, listed: Collection[tuple[str, str]], now: datetime) -> None:
    """Take a list over from another database."""
    values = {"state": ErasureState.DONE.value, "asked_at": now, "done_at": now}
    rows = [{"salt": salt, "person_hash": hashed, **values} for salt, hashed in listed]
    if rows:
        await tx.execute(delete(erasures))  # what a backup knew is on the newer list, too
        await tx.execute(erasures.insert(), rows)


async def find_listed(tx: Tx, listed: Collection[tuple[str, str]]) -> list[int]:
    """Ids of the people whose hash is on a list: a backup from before knows them still."""
    known = (await tx.execute(select(people.c.id))).scalars()
    return [person_id for person_id in known if any(hash_of(person_id, salt) == hashed for salt, hashed in listed)]


# --- Out of every table -----------------------------------------------------------------------


async def is_being_answered(tx: Tx, person_id: int) -> bool:
    """Whether the answer to something they did is still on its way."""
    answers = AHEAD & (outbox.c.chat_id == person_id) & (outbox.c.lane == int(Lane.INTERACTIVE))
    return (await tx.execute(select(outbox.c.id).where(answers).limit(1))).first() is not None


async def erase(tx: Tx, person_id: int, pseudonym: int, now: datetime) -> None:
    """Take somebody out of every table. What they published, and what a group has taken up, stays without them.

    What was queued for them is cancelled and emptied; the audit goes on under the pseudonym.
    """
    await _forget_messages(tx, person_id, now)
    await _forget_updates(tx, person_id, now)
    await _forget_words(tx, person_id)
    await _forget_numbers(tx, person_id)
    await _pseudonymise(tx, person_id, pseudonym)
    await tx.execute(delete(people).where(people.c.id == person_id))


async def _forget_messages(tx: Tx, person_id: int, now: datetime) -> None:
    mine = or_(outbox.c.person_id == person_id, outbox.c.chat_id == person_id)
    unsent = outbox.c.state != DeliveryState.SENT.value
    cancelled = {"state": DeliveryState.CANCELLED.value, "finished_at": now, "attempt": outbox.c.attempt + 1}
    await tx.execute(update(outbox).where(mine & unsent).values(**cancelled))  # the attempt fences a call under way
    await tx.execute(update(outbox).where(mine).values(**_EMPTY, key=_OTHER_KEY, chat_id=None, person_id=None))
    await tx.execute(delete(cards).where(cards.c.chat_id == person_id))
    await tx.execute(delete(pauses).where(pauses.c.scope == f"chat:{person_id}"))


async def _forget_updates(tx: Tx, person_id: int, now: datetime) -> None:
    mine = inbox.c.lane == person_id
    over = {"state": "done", "done_at": now}
    await tx.execute(update(inbox).where(mine, inbox.c.state != "done").values(**over))
    await tx.execute(update(inbox).where(mine).values(raw="", error=None, retry_at=None, lane=0))


async def _forget_words(tx: Tx, person_id: int) -> None:
    """What they wrote and nobody has taken up."""
    published = results.c.state == ResultState.PUBLISHED.value
    await tx.execute(delete(results).where(results.c.author_id == person_id, ~published))
    await tx.execute(delete(agenda).where(agenda.c.person_id == person_id, agenda.c.state == PointState.PROPOSED.value))
    await tx.execute(delete(questions).where(questions.c.person_id == person_id))
    unsent = broadcasts.c.state.in_([BroadcastState.DRAFT.value, BroadcastState.ASKED.value])
    await tx.execute(delete(broadcasts).where(broadcasts.c.author_id == person_id, unsent))


async def _forget_numbers(tx: Tx, person_id: int) -> None:
    """Their number where no foreign key takes care of it."""
    await tx.execute(delete(chat_members).where(chat_members.c.person_id == person_id))
    await tx.execute(update(chats).where(chats.c.added_by == person_id).values(added_by=None))
    named = _names(slots.c.outside, [str(person_id)])
    for row in (await tx.execute(select(slots.c.id, slots.c.outside).where(named))).all():
        others = [one for one in row.outside if one != person_id]
        await tx.execute(update(slots).where(slots.c.id == row.id).values(outside=others))
    # Somebody else's dialog about them has lost its object.
    about = (dialogs.c.person_id != person_id) & _names(dialogs.c.data, [str(person_id)])
    await tx.execute(update(dialogs).where(about).values(is_open=False, data={}))


async def _pseudonymise(tx: Tx, person_id: int, pseudonym: int) -> None:
    number = [str(person_id)]
    about = or_(
        audit.c.actor_id == person_id,
        _names(audit.c.subject, number),
        _names(audit.c.before, number),
        _names(audit.c.after, number),
    )
    columns = ("actor_id", "subject", "before", "after")
    for row in (await tx.execute(select(audit.c.id, *(audit.c[name] for name in columns)).where(about))).all():
        values = {name: without(row._mapping[name], person_id, pseudonym) for name in columns}
        await tx.execute(update(audit).where(audit.c.id == row.id).values(**values))


# --- Out of what others read ------------------------------------------------------------------


async def is_mentioned_ahead(tx: Tx, erasure: Erasure) -> bool:
    """Whether something that names them still goes out (to a chat they are taken out of), or has come in unread."""
    named = _is_keyed(erasure) | _says(erasure) | (outbox.c.chat_id == erasure.person_id)
    calls = select(outbox.c.id).where(AHEAD, named).limit(1)
    updates = select(inbox.c.id).where(inbox.c.state == "new", _in_updates(erasure)).limit(1)
    return any([(await tx.execute(query)).first() is not None for query in (calls, updates)])


async def wipe_mentions(tx: Tx, erasure: Erasure) -> None:
    """Empty what has gone out or come in and names them, whoever it was for."""
    await tx.execute(update(outbox).where(~AHEAD & _is_keyed(erasure)).values(key=_OTHER_KEY))
    said = ~AHEAD & (_says(erasure) | (outbox.c.chat_id == erasure.person_id))
    await tx.execute(
        update(outbox).where(said).values(**_EMPTY, chat_id=func.nullif(outbox.c.chat_id, erasure.person_id))
    )
    emptied = {"raw": "", "error": None, "state": "done"}
    await tx.execute(update(inbox).where(inbox.c.state != "new", _in_updates(erasure)).values(**emptied))
    await tx.execute(delete(chat_members).where(chat_members.c.person_id == erasure.person_id))


def _is_keyed(erasure: Erasure) -> ColumnElement[bool]:
    """Whether the key names them. Exactly: a changed key does not keep the same thing from being owed twice."""
    number = str(erasure.person_id)
    return outbox.c.key.endswith(f":{number}") | outbox.c.key.contains(f":{number}:")


def _says(erasure: Erasure) -> ColumnElement[bool]:
    words = _spellings(erasure)
    return or_(*(_names(column, words) for column in (outbox.c.follow, outbox.c.payload, outbox.c.refs)))


def _in_updates(erasure: Erasure) -> ColumnElement[bool]:
    return or_(inbox.c.lane == erasure.person_id, _names(inbox.c.raw, _spellings(erasure)))


def _spellings(erasure: Erasure) -> list[str]:
    """The number, and the name as JSON spells it, with and without escapes."""
    spelt = {json.dumps(erasure.name, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)}
    return [str(erasure.person_id), *sorted(spelt)]


def _names(column: Column[object] | Column[str], words: Iterable[str]) -> ColumnElement[bool]:
    """Whether a column says one of these words. It may find too much (a longer number): never too little."""
    return or_(*(cast(column, Text).contains(word, autoescape=True) for word in words))
