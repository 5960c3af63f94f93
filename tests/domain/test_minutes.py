"""After a session: whose presence is guessed, whose is noted, and which minutes take the place of others."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.attendance import Attendee, attendees, has_begun
from domain.events import Event, EventKind, EventState, LinkPolicy
from domain.minutes import Overtaken, Saved, SaveOutcome, decide_save
from domain.occasions import Planned, Purpose, plan_timings
from domain.sessions import Answer, Said

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
SESSION = Event(
    1, 1, "s", {}, {}, (), (), AT, 90, "Europe/Berlin", None, LinkPolicy.GUARDED, EventState.ANNOUNCED, 1,
    EventKind.SESSION,
)  # fmt: skip
END, DAY = AT + timedelta(minutes=90), timedelta(days=1)


def test_who_had_said_yes_was_there_unless_it_was_noted_otherwise() -> None:
    names = {1: "anna", 2: "Ben", 3: "Carla", 4: "Dora", 5: "Anna"}
    said = {1: Said(Answer.YES), 2: Said(Answer.YES), 3: Said(Answer.MAYBE, Answer.YES), 9: Said(Answer.YES)}

    found = attendees(names, {2: False, 4: True, 9: True}, said)

    assert found == (
        Attendee(1, "anna", was_there=True, is_noted=False),
        Attendee(5, "Anna", was_there=False, is_noted=False),
        Attendee(2, "Ben", was_there=False, is_noted=True),
        Attendee(3, "Carla", was_there=False, is_noted=False),
        Attendee(4, "Dora", was_there=True, is_noted=True),
    )


def test_attendance_is_noted_from_the_start_on() -> None:
    assert not has_begun(SESSION, AT - timedelta(microseconds=1))
    assert has_begun(SESSION, AT)
    assert not has_begun(replace(SESSION, state=EventState.CANCELLED), END)


@pytest.mark.parametrize(
    ("current", "seen", "outcome"),
    [(0, 0, Saved(1)), (4, 4, Saved(5)), (1, 0, Overtaken(1)), (5, 2, Overtaken(5))],
)
def test_minutes_replace_the_version_that_was_seen_and_no_other(current: int, seen: int, outcome: SaveOutcome) -> None:
    assert decide_save(current, seen) == outcome


def after_it(planned: list[Planned]) -> dict[Purpose, tuple[int, datetime]]:
    asked_afterwards = {Purpose.ATTENDANCE, Purpose.MINUTES, Purpose.MINUTES_AGAIN}
    return {one.purpose: (one.lead, one.due_at) for one in planned if one.purpose in asked_afterwards}


def test_what_follows_a_session_is_counted_from_its_end() -> None:
    assert after_it(plan_timings(SESSION, AT - DAY, {})) == {
        Purpose.ATTENDANCE: (-90, END),
        Purpose.MINUTES: (-90 - 1440, END + DAY),
        Purpose.MINUTES_AGAIN: (-90 - 3 * 1440, END + 3 * DAY),
    }


def test_what_follows_a_session_can_be_chosen_and_is_not_made_up_for() -> None:
    chosen = {Purpose.ATTENDANCE: -10, Purpose.MINUTES: -60}

    planned = after_it(plan_timings(SESSION, END + timedelta(minutes=10), chosen))

    assert planned == {
        Purpose.MINUTES: (-150, END + timedelta(hours=1)),
        Purpose.MINUTES_AGAIN: (-90 - 3 * 1440, END + 3 * DAY),
    }
    assert after_it(plan_timings(replace(SESSION, kind=EventKind.WEBINAR), AT - DAY, {})) == {}
