"""Rules of clocks, held against the zones themselves."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from domain.zone_rules import Clocks, Rule, clocks_of


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("America/Asuncion", [("2018-03-25 00:00", 4, "-04"), ("2018-10-07 00:00", 1, "-03")]),
        ("Europe/Berlin", [("2018-03-25 02:00", -1, "CEST"), ("2018-10-28 03:00", -1, "CET")]),
        ("Europe/Dublin", [("2018-03-25 01:00", -1, "IST"), ("2018-10-28 02:00", -1, "GMT")]),
        ("America/New_York", [("2018-03-11 02:00", 2, "EDT"), ("2018-11-04 02:00", 1, "EST")]),
        ("Australia/Sydney", [("2018-04-01 03:00", 1, "AEST"), ("2018-10-07 02:00", 1, "AEDT")]),
        ("Asia/Kolkata", []),
    ],
)
def test_what_the_clocks_do_every_year(zone: str, expected: list[tuple[str, int, str]]) -> None:
    clocks = clocks_of(zone, 2018, 2023)

    assert clocks is not None
    assert [(f"{r.first.at:%Y-%m-%d %H:%M}", r.week, r.first.name) for r in clocks.rules] == expected


@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [
        ("Africa/Casablanca", 2021, 2023),  # by the moon
        ("Asia/Jerusalem", 2017, 2019),  # the Friday before the last Sunday
        ("Asia/Almaty", 2023, 2025),  # a change for good
        ("America/Mexico_City", 2021, 2023),  # given up
    ],
)
def test_what_is_no_yearly_rule_is_none(zone: str, first: int, last: int) -> None:
    assert clocks_of(zone, first, last) is None


def when(rule: Rule, year: int) -> datetime:
    """The change of a rule in a year, in UTC."""
    at = rule.first.at
    days = [datetime(year, at.month, 1, at.hour, at.minute, tzinfo=UTC) + timedelta(days=n) for n in range(31)]
    same = [day for day in days if day.month == at.month and day.weekday() == at.weekday()]
    return same[rule.week - 1 if rule.week > 0 else -1] - rule.first.before


def offset(clocks: Clocks, moment: datetime) -> timedelta:
    """What a calendar program makes of the rules."""
    years = (moment.year - 1, moment.year)
    past = [(when(r, y), r.first.after) for r in clocks.rules for y in years if when(r, y) <= moment]
    return max(past)[1] if past else clocks.offset


@pytest.mark.parametrize("zone", sorted(available_timezones())[::11])
def test_the_rules_say_the_same_as_the_zone_all_year_long(zone: str) -> None:
    clocks = clocks_of(zone, 2021, 2024)
    if clocks is None:
        return
    for hours in range(0, 3 * 365 * 24, 41):
        moment = datetime(2022, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
        assert offset(clocks, moment) == moment.astimezone(ZoneInfo(zone)).utcoffset(), (zone, moment)
