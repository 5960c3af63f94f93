"""Finding people whom the bot has met, page by page."""

from domain.paging import ListPage, page_at
from domain.people import MOST_NAME, Person
from domain.typed import one_line, within
from services.work import Background
from storage import roles

PAGE_SIZE = 6

ONLY_PAGE = page_at(0, 0, PAGE_SIZE)


def read(typed: str) -> str:
    """What to look for; raise NotReadable or TooLong."""
    return within(one_line(typed), MOST_NAME)


async def find(work: Background, typed: str, wished: int) -> tuple[tuple[Person, ...], ListPage]:
    """A page of the people with this in their name, or whose number ends with it; one past the end shows the last."""
    page = page_at(wished, await roles.count_found(work.tx, typed), PAGE_SIZE)
    return tuple(await roles.search(work.tx, typed, page.offset, page.limit)), page
