"""What we write, as other programs read it: vobject, ical and dateutil know nothing of the library that wrote it."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import vobject
from dateutil import tz
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream

from domain.calendar import Entry
from domain.events import EventKind
from messages.calendar_file import description, one_line, summary, write
from messages.languages import LANGUAGES
from tests.hostile import HOSTILE

WINTER, SUMMER = datetime(2022, 3, 22, 15, tzinfo=UTC), datetime(2022, 3, 29, 14, tzinfo=UTC)

ENTRY = Entry(
    uid="event-7@123.prework",
    sequence=3,
    changed_at=datetime(2022, 3, 1, 8, 30, tzinfo=UTC),
    kind=EventKind.WEBINAR,
    titles={"en": "Forced migration", "de": "Zwangsmigration"},
    abstracts={"en": "One, two; three\\four.\nFive.", "de": "Eins."},
    speakers=("Institute of Examples",),
    languages=("en", "de"),
    group_code="PWG 1",
    starts_at=WINTER,
    ends_at=WINTER + timedelta(hours=1),
    zone="Europe/Berlin",
    is_cancelled=False,
    page="https://t.me/prework_bot?start=w_7",
    link="https://meet.example.org/1?a=b,c;d",
    alarm=10,
)


def by_vobject(content: bytes) -> Any:
    return vobject.readOne(content.decode())


def by_ical(content: bytes) -> Calendar:
    return IcsCalendarStream.calendar_from_ics(content.decode())


def lines(content: bytes) -> list[str]:
    """The lines as they were before folding."""
    return content.decode().replace("\r\n ", "").split("\r\n")


# --- Time -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("starts_at", "offset"), [(WINTER, 1), (SUMMER, 2)])
def test_sixteen_in_berlin_is_sixteen_in_berlin_before_and_after_the_clocks_change(
    starts_at: datetime, offset: int
) -> None:
    content = write([replace(ENTRY, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))], "en")

    read = by_vobject(content).vevent.dtstart.value
    other = by_ical(content).events[0].dtstart
    assert "DTSTART;TZID=Europe/Berlin:2022032" in content.decode()
    assert (read.hour, read.utcoffset(), read.astimezone(UTC)) == (16, timedelta(hours=offset), starts_at)
    assert isinstance(other, datetime)
    assert other.astimezone(UTC) == starts_at


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "Australia/Sydney", "Asia/Kolkata"]
)
def test_the_described_zone_alone_says_what_time_it_is_on_every_day_of_the_year(zone: str) -> None:
    """Read by dateutil, which looks nowhere else."""
    content = write([replace(ENTRY, zone=zone)], "en")
    described = tz.tzical(io.StringIO(content.decode().replace("\r\n", "\n"))).get(zone)
    assert described is not None
    for day in range(365):
        moment = datetime(2022, 1, 1, 15, tzinfo=UTC) + timedelta(days=day)
        local = moment.astimezone(tz.gettz(zone))
        assert local.replace(tzinfo=described).utcoffset() == local.utcoffset(), moment


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "America/Mexico_City", "Africa/Accra", "UTC"])
def test_where_no_yearly_rule_holds_or_none_is_needed_the_time_is_in_utc(zone: str) -> None:
    content = write([replace(ENTRY, zone=zone)], "en")

    assert "DTSTART:20220322T150000Z" in lines(content)
    assert b"VTIMEZONE" not in content
    assert by_vobject(content).vevent.dtstart.value == WINTER


def test_outlook_finds_the_rules_of_standard_and_daylight_time() -> None:
    """It reads TZID, DTSTART, RRULE and the offsets, and nothing else of a VTIMEZONE."""
    written = lines(write([ENTRY], "en"))

    zone = written[written.index("BEGIN:VTIMEZONE") : written.index("END:VTIMEZONE") + 1]
    assert zone == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Berlin",
        "BEGIN:DAYLIGHT",
        "DTSTART:20210328T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20211031T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]
    assert "METHOD:PUBLISH" in written


def test_every_zone_is_described_once_and_before_it_is_used() -> None:
    others = [replace(ENTRY, uid="b"), replace(ENTRY, uid="c", zone="America/New_York")]
    written = lines(write([ENTRY, *others], "en"))

    assert [line for line in written if line.startswith("TZID:")] == ["TZID:America/New_York", "TZID:Europe/Berlin"]
    assert max(n for n, line in enumerate(written) if line == "END:VTIMEZONE") < written.index("BEGIN:VEVENT")


# --- What programs hold on to -----------------------------------------------------------------


def test_thunderbird_finds_what_it_tells_versions_by() -> None:
    """The same UID, a SEQUENCE that rises, DTSTAMP and LAST-MODIFIED in UTC."""
    moved = replace(ENTRY, sequence=4, changed_at=ENTRY.changed_at + timedelta(hours=2))
    before, after = (by_vobject(write([one], "en")).vevent for one in (ENTRY, moved))

    assert before.uid.value == after.uid.value == "event-7@123.prework"
    assert [before.sequence.value, after.sequence.value] == ["3", "4"]
    assert before.dtstamp.value == before.last_modified.value == ENTRY.changed_at
    assert after.dtstamp.value == moved.changed_at
    assert (before.status.value, before.transp.value) == ("CONFIRMED", "OPAQUE")


def test_what_has_not_changed_is_the_same_to_the_byte() -> None:
    assert write([ENTRY], "de", feed="Webinare") == write([ENTRY], "de", feed="Webinare")


def test_what_is_cancelled_says_so_in_the_title_too_and_does_not_ring() -> None:
    """Outlook and some phones show the entry of a feed whatever its STATUS."""
    event = by_vobject(write([replace(ENTRY, is_cancelled=True, link=None)], "en")).vevent

    assert (event.status.value, event.transp.value) == ("CANCELLED", "TRANSPARENT")
    assert event.summary.value == "Cancelled: Forced migration"
    assert not hasattr(event, "valarm")
    assert event.description.value.endswith("This was cancelled. More: https://t.me/prework_bot?start=w_7")


def test_the_calendar_rings_once() -> None:
    event = by_vobject(write([ENTRY], "en")).vevent

    assert len(event.valarm_list) == 1
    assert event.valarm.trigger.value == timedelta(minutes=-10)
    assert (event.valarm.action.value, event.valarm.description.value) == ("DISPLAY", "Starts soon: Forced migration")


def test_a_feed_has_a_name_and_a_pace_and_a_file_has_neither() -> None:
    """Google reads X-WR-CALNAME, others NAME; Outlook opens a file with a name as a calendar of its own."""
    feed, file = lines(write([ENTRY], "en", feed="All, webinars")), lines(write([ENTRY], "en"))

    assert {"NAME:All\\, webinars", "X-WR-CALNAME:All\\, webinars"} <= set(feed)
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"} <= set(feed)
    assert not [line for line in file if re.match("NAME|X-|REFRESH", line)]


def test_a_feed_without_entries_is_a_calendar() -> None:
    assert by_vobject(write([], "en", feed="Webinars")).x_wr_calname.value == "Webinars"
    assert by_ical(write([], "en", feed="Webinars")).events == []


# --- What it says -----------------------------------------------------------------------------


def test_the_way_in_stands_where_each_program_looks_for_it() -> None:
    event = by_vobject(write([ENTRY], "en")).vevent

    assert event.location.value == ENTRY.link
    assert event.url.value == ENTRY.link
    assert event.description.value == (
        "One, two; three\\four.\nFive.\n\n"
        "Organised by PWG 1\nLanguage: English, German\nWith: Institute of Examples\n\n"
        "Join: https://meet.example.org/1?a=b,c;d\nMore: https://t.me/prework_bot?start=w_7"
    )


def test_without_a_link_for_everybody_the_way_in_is_the_card() -> None:
    event = by_vobject(write([replace(ENTRY, link=None)], "en")).vevent

    assert event.location.value == event.url.value == ENTRY.page
    assert event.description.value.endswith(
        "The join link is in Telegram, from 15 minutes before the start: https://t.me/prework_bot?start=w_7"
    )


def test_a_session_is_named_after_its_group() -> None:
    session = replace(ENTRY, kind=EventKind.SESSION, abstracts={}, speakers=(), languages=(), link=None)
    event = by_vobject(write([session], "en")).vevent

    assert event.summary.value == "PWG 1: Forced migration"
    assert event.description.value.startswith("Organised by PWG 1\n\nThe join link is in Telegram")


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_and_abstract_are_in_the_language_of_the_reader(language: str) -> None:
    event = by_vobject(write([ENTRY], language)).vevent

    assert event.summary.value == ENTRY.titles.get(language, "Forced migration")
    assert event.description.value == description(ENTRY, language)
    assert event.valarm.description.value.endswith(event.summary.value)


# --- Whatever people type ---------------------------------------------------------------------


def check(title: str) -> None:
    """Two other programs read what is shown, from one entry, in lines that nobody finds too long."""
    entry = replace(
        ENTRY, titles={"en": title}, abstracts={"en": title}, speakers=(title,), group_code=title, link=title
    )
    content = write([entry, replace(entry, uid="next", titles={"en": "Next"})], "en", feed=title)
    shown = one_line(title)

    calendar, other = by_vobject(content), by_ical(content)
    first = calendar.vevent_list[0]
    assert [event.uid.value for event in calendar.vevent_list] == ["event-7@123.prework", "next"]
    assert [event.uid for event in other.events] == ["event-7@123.prework", "next"]
    assert first.summary.value == shown
    assert (other.events[0].summary or "") == shown
    assert first.description.value == other.events[0].description == description(entry, "en")
    assert first.location.value == one_line(title or ENTRY.page)
    assert first.url.value in {ENTRY.page, one_line(title)}
    assert first.url.value.lower().startswith(("https://", "http://"))
    assert calendar.x_wr_calname.value == shown
    assert {child.name for child in first.getChildren()} == set(NAMES)
    check_lines(content)


NAMES = (
    *("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "URL"),
    *("STATUS", "TRANSP", "VALARM"),
)


def check_lines(content: bytes) -> None:
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is torn apart
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", content)


def test_300_hostile_titles_arrive_as_they_are_shown() -> None:
    for title in HOSTILE:
        check(title)


WORDS = st.sampled_from(["BEGIN:VEVENT", "END:VEVENT", "\r\n", "\\", ";", ",", ":", "\n ", "😀", "\u202e", "\x00"])
TITLES = st.lists(st.one_of(WORDS, st.text(max_size=40)), max_size=12).map("".join)


@settings(max_examples=100, deadline=None)
@given(TITLES)
@example("\\N")
def test_any_title_arrives_as_it_is_shown(title: str) -> None:
    check(title)


def test_one_line_is_one_line() -> None:
    assert one_line("a\r\nb\tc\u2028d  \x00e\x85") == "a b c d e"
    assert summary(replace(ENTRY, titles={"en": "a\nb"}), "en") == "a b"
