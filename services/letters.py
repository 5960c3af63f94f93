"""What failed: reading it, and letting a dead letter be handled once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.errors import OutOfDate
from domain.letters import DeadLetter, Undelivered
from domain.paging import ListPage, page_at
from domain.permissions import Permission, can
from services.work import Work
from storage import facts, letters, people

PAGE_SIZE = 5

T = TypeVar("T", DeadLetter, Undelivered)


@dataclass(frozen=True)
class Listed(Generic[T]):
    """A page, newest first, each with the name of the person it concerns ("" where there is none)."""

    entries: Sequence[tuple[T, str]]
    page: ListPage
    may_handle: bool = False


async def list_dead(work: Work, wished: int, size: int = PAGE_SIZE) -> Listed[DeadLetter]:
    """A page of the updates that could not be handled."""
    work.require(Permission.READ_AUDIT)
    page = page_at(wished, await letters.count_dead(work.tx), size)
    found = await letters.get_dead(work.tx, page.offset, page.limit)
    names = await _names(work, [letter.lane for letter in found])
    entries = [(letter, names.get(letter.lane, "")) for letter in found]
    return Listed(entries, page, may_handle=can(work.actor, Permission.HANDLE_AUDIT))


async def list_undelivered(work: Work, wished: int, size: int = PAGE_SIZE) -> Listed[Undelivered]:
    """A page of the messages that did not arrive."""
    work.require(Permission.READ_AUDIT)
    page = page_at(wished, await letters.count_undelivered(work.tx), size)
    found = await letters.get_undelivered(work.tx, page.offset, page.limit)
    names = await _names(work, [message.person_id or 0 for message in found])
    return Listed([(message, names.get(message.person_id or 0, "")) for message in found], page)


async def count(work: Work) -> tuple[int, int]:
    """How many dead letters, and how many undelivered messages."""
    work.require(Permission.READ_AUDIT)
    return await letters.count_dead(work.tx), await letters.count_undelivered(work.tx)


async def try_again(work: Work, letter_id: int) -> None:
    """Let a dead letter be handled once more; raise OutOfDate if somebody did that before."""
    work.require(Permission.HANDLE_AUDIT)
    if not await letters.revive(work.tx, letter_id):
        raise OutOfDate
    await facts.note(work.tx, work.now, work.person.id, "letter_retried", f"letter:{letter_id}")


async def _names(work: Work, person_ids: list[int]) -> dict[int, str]:
    known = await people.get_many(work.tx, {number for number in person_ids if number > 0})
    return {number: person.name for number, person in known.items()}
