"""What is news about an event to those who knew it otherwise."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.changes import (
    Cancelled,
    Known,
    Moved,
    Relinked,
    Renamed,
    Resized,
    differences,
    known_from,
    known_of,
    seen_of,
)
from domain.events import EventState, LinkPolicy
from tests.domain.test_events import EVENT

AT = EVENT.starts_at

KNOWN = st.builds(
    Known,
    starts_at=st.integers(0, 3).map(lambda hours: AT + timedelta(hours=hours)),
    minutes=st.sampled_from([60, 90]),
    titles=st.sampled_from([{"en": "One"}, {"en": "Two"}, {"en": "Two", "de": "Zwei"}]),
    link=st.sampled_from(["https://a.example.org", "https://b.example.org", None]),
    state=st.sampled_from(EventState),
)


@given(KNOWN)
def test_there_and_back_is_no_news(known: Known) -> None:
    assert differences(known, known) == ()


@given(KNOWN, KNOWN)
def test_what_is_no_news_leaves_nobody_at_the_wrong_time_or_place(before: Known, now: Known) -> None:
    if before.state is now.state is EventState.ANNOUNCED and not differences(before, now):
        assert replace(before, link=None) == replace(now, link=None)
        assert before.link in {None, now.link}


@given(KNOWN, KNOWN)
def test_it_is_said_once_that_it_does_not_take_place_and_nothing_else_then(before: Known, now: Known) -> None:
    if now.state is not EventState.ANNOUNCED:
        knew_it = before.state is EventState.ANNOUNCED
        assert differences(before, now) == ((Cancelled(before.starts_at),) if knew_it else ())


@given(KNOWN)
def test_what_somebody_knows_survives_as_json(known: Known) -> None:
    event = replace(EVENT, **vars(known))

    assert known_from(json.loads(json.dumps(seen_of(event)))) == known


@pytest.mark.parametrize(
    "quiet",
    [
        {"abstracts": {"en": "Another."}},
        {"speakers": ("City of Sample",)},
        {"languages": ("de",)},
        {"link_policy": LinkPolicy.PUBLIC},
        {"capacity": 40, "registers": True},
        {"moderator_id": 7, "backstage_link": "https://back.example.org"},
        {"recording_link": "https://video.example.org"},
    ],
)
def test_what_nobody_has_to_act_on_is_no_news(quiet: dict[str, object]) -> None:
    assert differences(known_of(EVENT), known_of(replace(EVENT, **quiet))) == ()  # type: ignore[arg-type]


def test_everything_that_is_new_is_said_in_one_go() -> None:
    later = datetime(2022, 4, 1, tzinfo=UTC)
    new = replace(EVENT, starts_at=later, minutes=90, titles={"en": "Europe"}, link="https://b.example.org")

    assert differences(known_of(EVENT), known_of(new)) == (
        Moved(AT, later),
        Resized(60, 90),
        Renamed({"en": "Ukraine"}, {"en": "Europe"}),
        Relinked(),
    )
