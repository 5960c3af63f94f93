"""Which part of a list one message shows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ListPage:
    """One page of a list. `number`: counted from 0; `of`: how many pages there are, at least one; `limit`: its size."""

    number: int
    of: int
    limit: int

    @property
    def offset(self) -> int:
        """How many entries stand on the pages before."""
        return self.number * self.limit

    @property
    def part(self) -> slice:
        """What to cut from a list that is there as a whole."""
        return slice(self.offset, self.offset + self.limit)


def page_at(wished: int, count: int, size: int) -> ListPage:
    """The page that somebody wants to see of a list of `count` entries; one past either end is the last or the first.

    What is wished comes from a button: any number, of lists that have become shorter meanwhile.
    """
    pages = max(1, -(-count // size))
    return ListPage(min(max(wished, 0), pages - 1), pages, size)
