"""The buttons with which a list turns its pages."""

from collections.abc import Callable

from domain.buttons.coding import Action
from domain.paging import ListPage
from messages.languages import speaker
from messages.markup import Button, Row

To = Callable[[int], Action]
"""What leads to a page, counted from 0."""


def by_page(page: ListPage, to: To, language: str) -> Row:
    """Previous and next, where there are such pages."""
    say = speaker(language)
    return _turning(page, to, say.plain("Previous"), say.plain("Next"))


def by_time(page: ListPage, to: To, language: str) -> Row:
    """Newer and older, for what is listed newest first."""
    say = speaker(language)
    return _turning(page, to, say.plain("Newer"), say.plain("Older"))


def by_start(page: ListPage, to: To, language: str) -> Row:
    """Earlier and later, for what is listed soonest first."""
    say = speaker(language)
    return _turning(page, to, say.plain("Earlier"), say.plain("Later"))


def _turning(page: ListPage, to: To, before: str, after: str) -> Row:
    back = (Button(before, to(page.number - 1)),) if page.number > 0 else ()
    forth = (Button(after, to(page.number + 1)),) if page.number < page.of - 1 else ()
    return back + forth
