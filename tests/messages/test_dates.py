from datetime import UTC, datetime, timedelta

import pytest

from messages import dates, webinars
from messages.languages import LANGUAGES
from tests.messages.examples import WEBINAR

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
SPACE = "\N{NO-BREAK SPACE}"  # French keeps a number and its unit on one line


@pytest.mark.parametrize(
    ("language", "zone", "shown"),
    [
        ("en", "Europe/Berlin", "Tue, 22 Mar 2022, 16:00 (Berlin)"),
        ("de", "Europe/Berlin", "Di., 22. März 2022, 16:00 (Berlin)"),
        ("fr", "Europe/Berlin", "mar. 22 mars 2022, 16:00 (Berlin)"),
        ("en", "Pacific/Auckland", "Wed, 23 Mar 2022, 04:00 (Auckland)"),
        ("de", "Africa/Cairo", "Di., 22. März 2022, 17:00 (Kairo)"),
        ("fr", "Africa/Cairo", "mar. 22 mars 2022, 17:00 (Le Caire)"),
        ("en", "America/Argentina/Buenos_Aires", "Tue, 22 Mar 2022, 12:00 (Buenos Aires)"),
    ],
)
def test_a_moment_is_told_in_the_zone_of_the_reader_with_its_city(language: str, zone: str, shown: str) -> None:
    assert dates.in_zone(AT, zone, language) == shown


@pytest.mark.parametrize(
    ("minutes", "english", "german", "french"),
    [
        (1, "1 minute", "1 Minute", "1 minute"),
        (10, "10 minutes", "10 Minuten", "10 minutes"),
        (60, "1 hour", "1 Stunde", f"1{SPACE}heure"),
        (90, "1 hour and 30 minutes", "1 Stunde und 30 Minuten", f"1{SPACE}heure et 30 minutes"),
        (180, "3 hours", "3 Stunden", f"3{SPACE}heures"),
        (1440, "1 day", "1 Tag", f"1{SPACE}jour"),
        (1441, "1 day and 1 minute", "1 Tag und 1 Minute", f"1{SPACE}jour et 1 minute"),
        (1565, "1 day and 2 hours", "1 Tag und 2 Stunden", f"1{SPACE}jour et 2{SPACE}heures"),
        (10080, "7 days", "7 Tage", f"7{SPACE}jours"),
    ],
)
def test_a_duration_has_at_most_two_units(minutes: int, english: str, german: str, french: str) -> None:
    length = timedelta(minutes=minutes)

    assert [dates.duration(length, language) for language in ("en", "de", "fr")] == [english, german, french]


@pytest.mark.parametrize(("seconds", "shown"), [(-5, "1 minute"), (0, "1 minute"), (61, "2 minutes"), (3599, "1 hour")])
def test_a_duration_is_rounded_up_to_whole_minutes(seconds: int, shown: str) -> None:
    assert dates.duration(timedelta(seconds=seconds), "en") == shown


@pytest.mark.parametrize(
    ("language", "first_line"),
    [
        ("en", "Starts in 2 days: <b>Planned relocation</b>"),
        ("de", "Noch 2 Tage bis zum Beginn: <b>Geplante Umsiedlung</b>"),
        ("fr", f"Commence dans 2{SPACE}jours\N{NARROW NO-BREAK SPACE}: <b>La réinstallation planifiée</b>"),
    ],
)
def test_the_remaining_time_stands_in_the_right_case(language: str, first_line: str) -> None:
    now = WEBINAR.starts_at - timedelta(days=2)

    assert webinars.reminder(WEBINAR, None, now, "Europe/Berlin", language).text.split("\n")[0] == first_line


def test_lead_times_are_told_one_by_one() -> None:
    said = [webinars.subscribed((2880, 60), language).replace(SPACE, " ") for language in LANGUAGES]

    assert said == [
        "We will remind you: 2 days before, 1 hour before.",
        "Sie werden erinnert: 2 Tage vorher, 1 Stunde vorher.",
        "Vous recevrez un rappel\N{NARROW NO-BREAK SPACE}: 2 jours avant, 1 heure avant.",
    ]


def test_in_groups_each_client_shows_its_own_time_and_others_see_the_city() -> None:
    assert dates.for_everybody(AT, "Europe/Berlin", "de") == (
        '<tg-time unix="1647961200" format="wDt">Di., 22. März 2022, 16:00 (Berlin)</tg-time>'
    )
