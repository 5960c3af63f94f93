"""When a webinar is, on the public page: never ambiguous, also across midnight and in zones far away."""

from datetime import UTC, datetime, timedelta

import pytest

from messages.page_dates import when

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "minutes", "date", "hours", "in_utc"),
    [
        ("Europe/Berlin", 60, "Tuesday, 22 March 2022", "16:00 to 17:00, Berlin time", "15:00 to 16:00 UTC"),
        (
            "Asia/Manila",
            120,
            "Tuesday, 22 March 2022",
            "23:00 to Wed, 23 Mar 2022, 01:00, Manila time",
            "15:00 to 17:00 UTC",
        ),
        (
            "Pacific/Auckland",
            60,
            "Wednesday, 23 March 2022",
            "04:00 to 05:00, Auckland time",
            "Tue, 22 Mar 2022, 15:00 to 16:00 UTC",
        ),
        (
            "America/Vancouver",
            600,
            "Tuesday, 22 March 2022",
            "08:00 to 18:00, Vancouver time",
            "15:00 to Wed, 23 Mar 2022, 01:00 UTC",
        ),
        ("UTC", 60, "Tuesday, 22 March 2022", "15:00 to 16:00, UTC time", ""),
        ("Africa/Accra", 60, "Tuesday, 22 March 2022", "15:00 to 16:00, Accra time", ""),
    ],
)
def test_from_when_to_when(zone: str, minutes: int, date: str, hours: str, in_utc: str) -> None:
    said = when(AT, AT + timedelta(minutes=minutes), zone, "en")

    assert (said.date, said.hours, said.in_utc) == (date, hours, in_utc)


def test_machines_read_the_offset_and_the_leaf_shows_the_day_of_the_zone() -> None:
    said = when(AT, AT + timedelta(hours=1), "Asia/Kolkata", "de")

    assert (said.starts, said.ends) == ("2022-03-22T20:30:00+05:30", "2022-03-22T21:30:00+05:30")
    assert (said.weekday, said.day, said.month, said.year) == ("Di", "22", "Mär", "2022")


def test_each_language_says_it_in_its_own_words() -> None:
    german, french = (when(AT, AT + timedelta(hours=1), "Asia/Kolkata", language) for language in ("de", "fr"))

    assert (german.date, german.hours) == ("Dienstag, 22. März 2022", "20:30 bis 21:30 Uhr, Ortszeit Kolkata")
    assert (french.date, french.hours) == ("mardi 22 mars 2022", "20:30 à 21:30 (heure locale\u202f: Kolkata)")
