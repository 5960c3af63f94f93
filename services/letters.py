"""What failed: reading it, having a dead letter handled once more, sending once more what did not arrive."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.errors import OutOfDate
from domain.letters import DeadLetter, Undelivered
from domain.paging import ListPage, page_at
from domain.permissions import Permission, can
from domain.retries import Lost, MayGo, Retry, Since, decide_retry
from services import broadcasts as runs
from services.work import Work
from storage import broadcasts, events, facts, letters, people

PAGE_SIZE = 5

T = TypeVar("T", DeadLetter, Lost)


@dataclass(frozen=True)
class Listed(Generic[T]):
    """A page, newest first, each with the name of the person it concerns ("" where there is none)."""

    entries: Sequence[tuple[T, str]]
    page: ListPage
    may_handle: bool


async def list_dead(work: Work, wished: int, size: int = PAGE_SIZE) -> Listed[DeadLetter]:
    """A page of the updates that could not be handled."""
    work.require(Permission.READ_AUDIT)
    page = page_at(wished, await letters.count_dead(work.tx), size)
    found = await letters.get_dead(work.tx, page.offset, page.limit)
    names = await _names(work, [letter.lane for letter in found])
    entries = [(letter, names.get(letter.lane, "")) for letter in found]
    return Listed(entries, page, _may_handle(work))


async def list_undelivered(work: Work, wished: int, size: int = PAGE_SIZE) -> Listed[Lost]:
    """A page of the messages that did not arrive, each with what can be done about it."""
    work.require(Permission.READ_AUDIT)
    page = page_at(wished, await letters.count_undelivered(work.tx), size)
    found = await letters.get_undelivered(work.tx, page.offset, page.limit)
    names = await _names(work, [message.person_id or 0 for message in found])
    since = await _since(work, found)
    lost = [Lost(message, decide_retry(message, since[message.id], work.now)) for message in found]
    return Listed([(one, names.get(one.message.person_id or 0, "")) for one in lost], page, _may_handle(work))


def _may_handle(work: Work) -> bool:
    return can(work.actor, Permission.HANDLE_AUDIT)


async def count(work: Work) -> tuple[int, int]:
    """How many dead letters, and how many undelivered messages."""
    work.require(Permission.READ_AUDIT)
    return await letters.count_dead(work.tx), await letters.count_undelivered(work.tx)


async def _names(work: Work, person_ids: list[int]) -> dict[int, str]:
    known = await people.get_many(work.tx, {number for number in person_ids if number > 0})
    return {number: person.name for number, person in known.items()}


async def _since(work: Work, messages: Sequence[Undelivered]) -> dict[int, Since]:
    """What each of the messages would meet now, by its id; a query for each side of it, however many there are."""
    tx = work.tx
    person_ids = {message.person_id for message in messages if message.person_id is not None}
    readers, erased = await people.get_many(tx, person_ids), await letters.being_erased(tx, person_ids)
    about = await events.get_many(tx, {message.event_id for message in messages if message.event_id is not None})
    begun = await broadcasts.get_many(tx, {m.broadcast_id for m in messages if m.broadcast_id is not None})
    left = await letters.chats_left(tx, {message.chat_id for message in messages if message.chat_id is not None})
    overtaken = await letters.overtaken(tx, messages)

    def since(message: Undelivered) -> Since:
        event, run = about.get(message.event_id or 0), begun.get(message.broadcast_id or 0)
        return Since(
            reader=readers.get(message.person_id or 0),
            is_being_erased=message.person_id in erased,
            revision=event.revision if event else None,
            is_overtaken=message.id in overtaken,
            is_out=message.chat_id in left,
            run=run.state if run else None,
        )

    return {message.id: since(message) for message in messages}


# --- Once more --------------------------------------------------------------------------------


async def try_again(work: Work, letter_id: int) -> None:
    """Let a dead letter be handled once more; raise OutOfDate if somebody did that before."""
    work.require(Permission.HANDLE_AUDIT)
    if not await letters.revive(work.tx, letter_id):
        raise OutOfDate
    await facts.note(work.tx, work.now, work.person.id, "letter_retried", f"letter:{letter_id}")


async def get_lost(work: Work, delivery_id: int, seen: int) -> tuple[Lost, str]:
    """A message to be sent again, and the name of whoever it is for. `seen`: its ending as it was listed.

    Raises OutOfDate if it is kept no more.
    """
    work.require(Permission.HANDLE_AUDIT)
    message = await letters.get_message(work.tx, delivery_id)
    if message is None:
        raise OutOfDate
    reader = message.person_id or 0
    names = await _names(work, [reader])
    return Lost(message, await _decide(work, message, seen)), names.get(reader, "")


async def send_again(work: Work, delivery_id: int, seen: int) -> Retry:
    """Owe a message once more that did not arrive; raises OutOfDate if it is kept no more."""
    lost, _ = await get_lost(work, delivery_id, seen)
    message, retry = lost.message, lost.retry
    if isinstance(retry, MayGo):
        await letters.try_again(work.tx, message.id, work.now, retry.expires_at, as_it_is=retry.as_it_is)
        if message.broadcast_id is not None:
            await runs.reopen(work, message.broadcast_id)
        before, after = {"state": message.state.value}, {"state": "pending", "kind": message.kind}
        await facts.note(work.tx, work.now, work.person.id, "delivery_retried", f"delivery:{message.id}", before, after)
    return retry


async def _decide(work: Work, message: Undelivered, seen: int) -> Retry:
    since = await _since(work, [message])
    return decide_retry(message, since[message.id], work.now, seen)
