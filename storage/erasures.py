"""Erasing a person: out of every table at once, then out of what others' messages say of them."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from html import escape

from sqlalchemy import Column, Text, case, cast, delete, func, literal, null, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from domain.agenda import PointState
from domain.broadcasts import BroadcastState
from domain.deliveries import DeliveryState, Lane
from domain.erasing import LAST_WORD, Erasure, ErasureState, hash_of, is_named, without
from domain.results import EVER_PUBLIC
from storage.database import Tx
from storage.dialects import insert
from storage.tables import (
    agenda,
    audit,
    broadcasts,
    cards,
    chat_members,
    chats,
    comments,
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


async def add(
    tx: Tx, person_id: int, name: str, language: str | None, salt: str, now: datetime, *, on_request: bool = False
) -> None:
    """Somebody is to be erased; once is enough, unless they were and have come back before it was done."""
    begun = {"language": language, "on_request": on_request, "state": ErasureState.ASKED.value, "asked_at": now}
    known = {"person_id": person_id, "name": name, "salt": salt, "person_hash": hash_of(person_id, salt)}
    statement = insert(tx, erasures).values(**known, **begun)
    new = statement.excluded  # of the hash, too: a backup from in between knows the old one as done
    again: dict[str, object] = {**begun, "salt": new.salt, "person_hash": new.person_hash, "erased_at": None}
    again["name"] = erasures.c.name + "\n" + new.name
    begins_anew = erasures.c.state != ErasureState.ASKED.value
    await tx.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=again, where=begins_anew))


async def of_person(tx: Tx, person_id: int) -> Erasure | None:
    """The erasure of somebody, while it is under way."""
    row = (await tx.execute(select(*_COLUMNS).where(erasures.c.person_id == person_id))).one_or_none()
    return Erasure(**{**row._mapping, "state": ErasureState(row.state)}) if row else None


async def get(tx: Tx, erasure_id: int) -> Erasure | None:
    """An erasure, while it still concerns somebody."""
    concerned = (erasures.c.id == erasure_id, erasures.c.person_id.is_not(null()))
    row = (await tx.execute(select(*_COLUMNS).where(*concerned))).one_or_none()
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


async def waits_for_log(tx: Tx) -> bool:
    """Whether anything goes on once the log of the database is empty."""
    states = [ErasureState.WIPED.value, ErasureState.CLEARED.value]
    return (await tx.execute(select(erasures.c.id).where(erasures.c.state.in_(states)).limit(1))).first() is not None


async def drop(tx: Tx, erasure_id: int) -> None:
    """It is not to be."""
    await tx.execute(delete(erasures).where(erasures.c.id == erasure_id))


async def reach(tx: Tx, erasure_id: int, state: ErasureState, **values: object) -> None:
    """It is that far; `values` of other columns."""
    await tx.execute(update(erasures).where(erasures.c.id == erasure_id).values(state=state.value, **values))


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
    """Ids of the people whose hash is on a list: a backup from before knows them still.

    Whom it had erased already, and knows all the same, had come back before it was made.
    """
    begun = erasures.c.state != ErasureState.ASKED.value
    erased = set((await tx.execute(select(erasures.c.person_hash).where(begun))).scalars())
    since = [(salt, hashed) for salt, hashed in listed if hashed not in erased]
    known = (await tx.execute(select(people.c.id))).scalars()
    return [person_id for person_id in known if any(hash_of(person_id, salt) == hashed for salt, hashed in since)]


# --- Out of every table -----------------------------------------------------------------------


async def is_being_answered(tx: Tx, person_id: int) -> bool:
    """Whether the answer to something they did is still on its way."""
    answers = AHEAD & (outbox.c.chat_id == person_id) & (outbox.c.lane == int(Lane.INTERACTIVE))
    return (await tx.execute(select(outbox.c.id).where(answers).limit(1))).first() is not None


async def erase(tx: Tx, person_id: int, pseudonym: int, now: datetime) -> None:
    """Take somebody out of every table. What they published, and what a group has taken up, stays without them.

    What was queued for them is cancelled and emptied; the audit goes on under the pseudonym.
    """
    await forget_updates(tx, person_id, now)
    await _forget_messages(tx, person_id, now)
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


async def forget_updates(tx: Tx, person_id: int, now: datetime) -> None:
    """What they did counts no more. What is being done right now is waited for: it is there to be erased then."""
    mine = inbox.c.lane == person_id
    over = {"state": "done", "done_at": now}
    await tx.execute(update(inbox).where(mine, inbox.c.state != "done").values(**over))
    await tx.execute(update(inbox).where(mine).values(raw="", error=None, retry_at=None, lane=0))


async def _forget_words(tx: Tx, person_id: int) -> None:
    """What they wrote and nobody has taken up."""
    published = results.c.state.in_([state.value for state in EVER_PUBLIC])
    await tx.execute(delete(results).where(results.c.author_id == person_id, ~published))
    await tx.execute(delete(agenda).where(agenda.c.person_id == person_id, agenda.c.state == PointState.PROPOSED.value))
    for words in (questions, comments):
        await tx.execute(delete(words).where(words.c.person_id == person_id))
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
    for row in (await tx.execute(select(dialogs.c.person_id, dialogs.c.data).where(about))).all():
        if is_named(row.data, person_id, ()):
            mine = dialogs.c.person_id == row.person_id
            await tx.execute(update(dialogs).where(mine).values(is_open=False, data={}))


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
    return bool(await _calls(tx, erasure, AHEAD)) or bool(await _updates(tx, erasure, inbox.c.state == "new"))


async def cancel_ahead(tx: Tx, erasure: Erasure, now: datetime) -> None:
    """What still goes out and names them does so no more; but the last word to them does."""
    cancelled = {"state": DeliveryState.CANCELLED.value, "finished_at": now, "attempt": outbox.c.attempt + 1}
    for some in await _calls(tx, erasure, AHEAD & (outbox.c.kind != LAST_WORD)):
        await tx.execute(update(outbox).where(outbox.c.id.in_(some)).values(**cancelled))


async def wipe_mentions(tx: Tx, erasure: Erasure) -> None:
    """Empty what has gone out or come in and names them, whoever it was for."""
    person_id = erasure.person_id
    whom: dict[str, object] = {name: func.nullif(outbox.c[name], person_id) for name in ("chat_id", "person_id")}
    whom["key"] = case((_is_keyed(person_id), _OTHER_KEY), else_=outbox.c.key)
    for some in await _calls(tx, erasure, ~AHEAD):
        await tx.execute(update(outbox).where(outbox.c.id.in_(some)).values(**_EMPTY, **whom))
    emptied = {
        "raw": "",
        "error": None,
        "state": "done",
        "lane": func.coalesce(func.nullif(inbox.c.lane, person_id), 0),
    }
    for some in await _updates(tx, erasure, inbox.c.state != "new"):
        await tx.execute(update(inbox).where(inbox.c.id.in_(some)).values(**emptied))
    await tx.execute(delete(pauses).where(pauses.c.scope == f"chat:{person_id}"))
    if not await _is_back(tx, erasure):
        await tx.execute(delete(chat_members).where(chat_members.c.person_id == person_id))


async def _calls(tx: Tx, erasure: Erasure, which: ColumnElement[bool]) -> list[list[int]]:
    """Ids of those of some deliveries that are for them or name them, by the hundred."""
    columns = (outbox.c.id, outbox.c.created_at, outbox.c.chat_id, outbox.c.person_id, outbox.c.key)
    words = _spellings(erasure)
    texts = (outbox.c.follow, outbox.c.payload, outbox.c.refs)
    named = or_(
        outbox.c.chat_id == erasure.person_id,
        outbox.c.person_id == erasure.person_id,
        *(_names(column, words) for column in (outbox.c.key, *texts)),
    )
    is_back = await _is_back(tx, erasure)
    found = []
    for row in await tx.execute(select(*columns, *texts, outbox.c.kind).where(which, named)):
        is_before = _is_before(row.created_at, erasure)
        said = [row.chat_id, row.person_id, row.key, row.follow, row.payload, row.refs]
        if (is_before or not is_back or row.kind == LAST_WORD) and is_named(
            said, erasure.person_id, erasure.names if is_before else ()
        ):
            found.append(row.id)
    return _by_the_hundred(found)


async def _updates(tx: Tx, erasure: Erasure, which: ColumnElement[bool]) -> list[list[int]]:
    """Ids of those of some updates that come from them or name them, by the hundred."""
    named = or_(inbox.c.lane == erasure.person_id, _names(inbox.c.raw, _spellings(erasure)))
    is_back = await _is_back(tx, erasure)
    found = []
    for row in await tx.execute(select(inbox.c.id, inbox.c.received_at, inbox.c.lane, inbox.c.raw).where(which, named)):
        is_before = _is_before(row.received_at, erasure)
        said = [row.lane, json.loads(row.raw or "null")]
        if (is_before or not is_back) and is_named(said, erasure.person_id, erasure.names if is_before else ()):
            found.append(row.id)
    return _by_the_hundred(found)


def _is_keyed(person_id: int) -> ColumnElement[bool]:
    """Whether the key names them. Exactly: a changed key does not keep the same thing from being owed twice."""
    return outbox.c.key.endswith(f":{person_id}") | outbox.c.key.contains(f":{person_id}:")


async def _is_back(tx: Tx, erasure: Erasure) -> bool:
    """Whether they have written again since: what is theirs from then on is not to be erased."""
    return await tx.scalar(select(people.c.id).where(people.c.id == erasure.person_id)) is not None


def _is_before(moment: datetime, erasure: Erasure) -> bool:
    """Whether it is from before they were erased: only that can call them by their name."""
    return erasure.erased_at is None or moment <= erasure.erased_at


def _by_the_hundred(ids: Sequence[int]) -> list[list[int]]:
    return [list(ids[at : at + 100]) for at in range(0, len(ids), 100)]


def _spellings(erasure: Erasure) -> list[str]:
    """The number, and the names as JSON and HTML spell them, with and without escapes."""
    names = {spelt for name in erasure.names for spelt in (name, escape(name))}
    spelt = {json.dumps(name, ensure_ascii=ascii_only)[1:-1] for name in names for ascii_only in (True, False)}
    return [str(erasure.person_id), *sorted(spelt)]


def _names(column: Column[object] | Column[str], words: Iterable[str]) -> ColumnElement[bool]:
    """Whether a column says one of these words. It may find too much (a longer number): never too little."""
    return or_(*(cast(column, Text).contains(word, autoescape=True) for word in words))
