import pytest

from messages.dates import city
from messages.languages import LANGUAGES
from messages.places import WELL_KNOWN, match_places


@pytest.mark.parametrize(
    ("typed", "language", "found"),
    [
        ("Accra", "en", ["Africa/Accra"]),
        ("  berlin ", "fr", ["Europe/Berlin"]),
        ("Kairo", "de", ["Africa/Cairo"]),
        ("le caire", "fr", ["Africa/Cairo"]),
        ("Cairo", "de", ["Africa/Cairo"]),  # English is understood everywhere
        ("Kairo", "en", []),
        ("Athen", "fr", ["Europe/Athens"]),  # begins Athènes and Athens: one place
        ("Sao Paulo", "de", ["America/Sao_Paulo"]),
        ("St Johns", "en", ["America/St_Johns"]),
        ("St. John's", "de", ["America/St_Johns"]),
        ("Buenos Aires", "en", ["America/Buenos_Aires"]),
        ("Vancouver", "en", ["America/Vancouver"]),  # and not Canada/Pacific, which is the same
        ("Kolkata", "en", ["Asia/Kolkata"]),
        ("Kyiv", "de", ["Europe/Kyiv"]),
        ("New Y", "en", ["America/New_York"]),
        ("Ne", "en", []),
        ("Atlantis", "en", []),
    ],
)
def test_a_city_is_found_as_people_write_it(typed: str, language: str, found: list[str]) -> None:
    assert match_places(typed, language) == found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("zone", WELL_KNOWN)
def test_every_place_on_offer_is_found_by_the_name_it_is_shown_with(zone: str, language: str) -> None:
    assert zone in match_places(city(zone, language), language)
