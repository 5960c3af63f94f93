"""Events: what a change means, and when a join link may be shown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.events import Changed, Corrected, Event, EventState, LinkPolicy, decide_change

START = datetime(2022, 3, 22, 15, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)

EVENT = Event(
    id=1,
    group_id=10,
    slug="ukraine",
    titles={"en": "Ukraine"},
    abstracts={"en": "An abstract."},
    speakers=("Institute of Examples",),
    languages=("en",),
    starts_at=START,
    minutes=60,
    zone="Europe/Berlin",
    link="https://meet.example.org/1",
    link_policy=LinkPolicy.GUARDED,
    state=EventState.ANNOUNCED,
    revision=4,
)


@pytest.mark.parametrize(
    "new",
    [
        replace(EVENT, starts_at=START + MINUTE),
        replace(EVENT, minutes=90),
        replace(EVENT, state=EventState.CANCELLED),
        replace(EVENT, starts_at=START + MINUTE, titles={"en": "Europe"}),
    ],
)
def test_start_duration_and_state_raise_the_revision(new: Event) -> None:
    assert decide_change(EVENT, new) == Changed(5)


@pytest.mark.parametrize(
    "new",
    [
        EVENT,
        replace(EVENT, titles={"en": "Europe"}),
        replace(EVENT, abstracts={}),
        replace(EVENT, link=None),
        replace(EVENT, link_policy=LinkPolicy.PUBLIC),
        replace(EVENT, speakers=()),
        replace(EVENT, zone="Europe/Paris"),
    ],
)
def test_everything_else_disturbs_nobody(new: Event) -> None:
    assert decide_change(EVENT, new) == Corrected(4)


@pytest.mark.parametrize(
    ("policy", "before_start", "is_shown"),
    [
        (LinkPolicy.GUARDED, timedelta(days=1), False),
        (LinkPolicy.GUARDED, 15 * MINUTE + SECOND, False),
        (LinkPolicy.GUARDED, 15 * MINUTE, True),
        (LinkPolicy.GUARDED, -60 * MINUTE, True),
        (LinkPolicy.GUARDED, -60 * MINUTE - SECOND, False),
        (LinkPolicy.PUBLIC, timedelta(days=100), True),
        (LinkPolicy.PUBLIC, -60 * MINUTE - SECOND, False),
    ],
)
def test_a_guarded_link_opens_a_quarter_of_an_hour_ahead_and_any_link_closes_at_the_end(
    policy: LinkPolicy, before_start: timedelta, is_shown: bool
) -> None:
    event = replace(EVENT, link_policy=policy)

    assert event.link_at(START - before_start) == (EVENT.link if is_shown else None)


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.CANCELLED])
def test_only_announced_events_show_their_link(state: EventState) -> None:
    assert replace(EVENT, link_policy=LinkPolicy.PUBLIC, state=state).link_at(START) is None


def test_the_end_follows_from_the_duration() -> None:
    assert EVENT.ends_at == START + 60 * MINUTE
