"""Entries of calendars: what they hold, how long they stay, and what they never tell."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.calendar import KEPT, Entry, alarm_of, entry_of, hash_of, slug_of, stays
from domain.events import Event, EventKind, EventState, LinkPolicy
from domain.process import Process

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
PROCESS = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset(), bot_id=123)
PUBLIC = Event(
    id=7,
    group_id=3,
    slug="cities",
    titles={"en": "Cities"},
    abstracts={"en": "An abstract."},
    speakers=("Institute of Examples",),
    languages=("en",),
    starts_at=AT,
    minutes=60,
    zone="Europe/Berlin",
    link="https://meet.example.org/open",
    link_policy=LinkPolicy.PUBLIC,
    state=EventState.ANNOUNCED,
    revision=1,
    sequence=4,
    moderator_id=5,
    backstage_link="https://meet.example.org/backstage",
    recording_link="https://video.example.org/1",
)


def made(event: Event) -> Entry:
    return entry_of(event, "PWG 3", PROCESS, AT, 15)


def test_an_entry_goes_by_event_and_bot_whatever_else_changes() -> None:
    moved = replace(PUBLIC, titles={"en": "Other"}, starts_at=AT + timedelta(days=1), sequence=5)

    assert made(PUBLIC).uid == made(moved).uid == "event-7@123.prework"
    assert made(replace(PUBLIC, id=8)).uid != made(PUBLIC).uid
    assert (made(PUBLIC).sequence, made(moved).sequence) == (4, 5)


@pytest.mark.parametrize(
    ("changes", "link"),
    [
        ({}, "https://meet.example.org/open"),
        ({"link": None}, None),
        ({"link_policy": LinkPolicy.GUARDED}, None),
        ({"registers": True}, None),
        ({"kind": EventKind.SESSION}, None),
        ({"state": EventState.CANCELLED}, None),
        ({"state": EventState.DRAFT}, None),
    ],
)
def test_only_a_link_that_everybody_may_have_stands_in_a_calendar(changes: dict[str, object], link: str | None) -> None:
    entry = made(replace(PUBLIC, **changes))  # type: ignore[arg-type]

    assert entry.link == link
    everything = repr([getattr(entry, field.name) for field in fields(entry)])
    assert "backstage" not in everything
    assert "video.example.org" not in everything


def test_the_way_to_an_event_is_its_card_in_the_bot() -> None:
    assert made(PUBLIC).page == "https://t.me/prework_bot?start=w_7"
    assert made(replace(PUBLIC, kind=EventKind.SESSION)).page == "https://t.me/prework_bot?start=s_7"


def test_a_session_shows_its_title_and_time_and_nothing_else() -> None:
    entry = made(replace(PUBLIC, kind=EventKind.SESSION))

    assert (entry.abstracts, entry.speakers, entry.languages) == ({}, (), ())


@pytest.mark.parametrize(
    ("state", "changed", "after", "expected"),
    [
        (EventState.DRAFT, AT, timedelta(days=-1), False),
        (EventState.ANNOUNCED, AT, timedelta(days=-100), True),
        (EventState.ANNOUNCED, AT - KEPT * 2, timedelta(days=90), True),
        (EventState.ANNOUNCED, AT, timedelta(days=90, hours=1), False),
        (EventState.CANCELLED, AT - timedelta(days=10), timedelta(days=79), True),
        (EventState.CANCELLED, AT - timedelta(days=10), timedelta(days=80), False),
        (EventState.CANCELLED, None, timedelta(days=90), True),
        (EventState.CANCELLED, None, timedelta(days=91), False),
    ],
)
def test_an_entry_stays_ninety_days(
    state: EventState, changed: datetime | None, after: timedelta, expected: bool
) -> None:
    assert stays(replace(PUBLIC, state=state), changed, AT + after) is expected


def test_the_calendar_rings_at_the_shortest_lead_time() -> None:
    assert alarm_of((1440, 60, 10)) == 10
    assert alarm_of(()) == 15


def test_a_token_is_found_by_its_sha_256() -> None:
    assert hash_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hash_of("\udcff")  # from an address that is no UTF-8


@pytest.mark.parametrize(
    ("code", "slug"),
    [("PWG 3", "pwg-3"), ("  Working/Group  A ", "working-group-a"), ("Ökologie", "ökologie"), ("…", "")],
)
def test_how_a_group_is_called_in_addresses(code: str, slug: str) -> None:
    assert slug_of(code) == slug
