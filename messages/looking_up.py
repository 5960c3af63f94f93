"""The people who were found, to choose from."""

from collections.abc import Callable, Sequence

from domain.buttons.coding import Action
from domain.paging import ListPage
from domain.people import Person
from messages.languages import speaker
from messages.markup import Button, Row, rows, shortened
from messages.roles import known_as
from messages.turning import To, by_page


def choices(
    people: Sequence[Person], page: ListPage, pick: Callable[[int], Action], turn: To, language: str
) -> tuple[Row, ...]:
    """A button for each; the last digits of their numbers tell people of the same name apart."""
    return rows(*(Button(_choice(one, language), pick(one.id)) for one in people), by_page(page, turn, language))


def _choice(person: Person, language: str) -> str:
    name = shortened(known_as(person), 30)
    return name if person.can_be_written_to else speaker(language).plain("{name}, no Start", name=name)
