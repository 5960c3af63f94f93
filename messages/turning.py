"""The buttons with which a list turns its pages."""

from collections.abc import Callable

from domain.buttons.coding import Action
from messages.languages import speaker
from messages.markup import Button, Row

To = Callable[[int], Action]
"""What leads to a page, counted from 0."""


def by_page(page: int, pages: int, to: To, language: str) -> Row:
    """Previous and next, where there are such pages."""
    say = speaker(language)
    return _turning(page, pages, to, say.plain("Previous"), say.plain("Next"))


def by_time(page: int, pages: int, to: To, language: str) -> Row:
    """Newer and older, for what is listed newest first."""
    say = speaker(language)
    return _turning(page, pages, to, say.plain("Newer"), say.plain("Older"))


def _turning(page: int, pages: int, to: To, before: str, after: str) -> Row:
    back = (Button(before, to(page - 1)),) if page > 0 else ()
    forth = (Button(after, to(page + 1)),) if page < pages - 1 else ()
    return back + forth
