"""Earlier versions of a result, for those who take part in its review."""

from dataclasses import dataclass

from domain.errors import OutOfDate
from domain.paging import ListPage, page_at
from domain.results import Result, ResultState, Version
from services.results import get_discussed
from services.work import Work
from storage import people, versions


@dataclass(frozen=True)
class Shown:
    """One version, newest first; `by`: the name of whoever handed it in or corrected it, if they are still here."""

    result: Result
    version: Version
    by: str
    page: ListPage


async def get_page(work: Work, result_id: int, wished: int) -> Shown:
    """One version a page; one past the end shows the oldest. Raise OutOfDate where there is none to be seen."""
    result = await get_discussed(work, result_id)
    page = page_at(wished, await versions.count(work.tx, result.id), 1)
    version = await versions.get(work.tx, result.id, page.offset)
    if version is None or result.state is ResultState.WITHDRAWN:
        raise OutOfDate
    person = await people.get(work.tx, version.by) if version.by is not None else None
    return Shown(result, version, person.name if person else "", page)
