"""Who may be erased on whose word, and which texts name somebody."""

import pytest

from domain.erasing import (
    Erasable,
    ErasureState,
    ForOwners,
    LastOwner,
    Oneself,
    OrderOutcome,
    UnderWay,
    decide_order,
    is_named,
)
from domain.permissions import Actor

ANNA = 5_200_000_001
PERSON, ORGANISER = Actor(1), Actor(2, is_organiser=True)
OWNER, OTHER_OWNER = Actor(3, is_owner=True), Actor(4, is_owner=True)


@pytest.mark.parametrize(
    ("person", "by", "owners", "state", "outcome"),
    [
        (PERSON, ORGANISER, set(), None, Erasable()),
        (PERSON, OWNER, {3}, None, Erasable()),
        (PERSON, ORGANISER, set(), ErasureState.ASKED, UnderWay()),
        (PERSON, ORGANISER, set(), ErasureState.TOLD, Erasable()),  # they have come back meanwhile
        (ORGANISER, ORGANISER, set(), None, Oneself()),
        (OWNER, ORGANISER, {3, 4}, None, ForOwners()),
        (OWNER, OTHER_OWNER, {3, 4}, None, Erasable()),
        (OWNER, OTHER_OWNER, {3}, None, LastOwner()),  # the other one is named in the settings and was never met
    ],
)
def test_who_is_erased_on_whose_word(
    person: Actor, by: Actor, owners: set[int], state: ErasureState | None, outcome: OrderOutcome
) -> None:
    assert decide_order(person, by, owners, state) == outcome


@pytest.mark.parametrize(
    ("value", "names", "is_there"),
    [
        ({"user_id": ANNA}, (), True),
        ({"seats": {str(ANNA): "in"}}, (), True),
        ([f"person:{ANNA}"], (), True),
        (f"ban:{ANNA}:1", (), True),
        (f"{ANNA}0 and 1{ANNA}", (), False),
        ({"text": "<b>Anna</b> wants to join"}, ("Anna",), True),
        ({"text": "Annabel wants to join"}, ("Anna",), False),
        ({"text": "Zo\u00eb O&#x27;Brien asks"}, ("Zo\u00eb O'Brien",), True),
        ({"text": "line\nAnna"}, ("Anna",), True),
        ({"text": "Will you come?"}, ("?",), False),
        ({"text": "Home"}, ("e",), False),
        ({"ok": True, "id": None, "share": 1}, ("Anna",), False),
    ],
)
def test_only_what_names_somebody_does(value: object, names: tuple[str, ...], *, is_there: bool) -> None:
    assert is_named(value, ANNA, names) is is_there
