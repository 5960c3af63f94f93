"""Reminders: which lie ahead, and which of several overdue ones somebody gets."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.occasions import Firing, Occasion, Planned, Purpose, plan_firing, plan_reminders

START = datetime(2022, 3, 22, 15, tzinfo=UTC)


def before(minutes: float) -> datetime:
    return START - timedelta(minutes=minutes)


def occasion(number: int, lead: int, event: int = 1, revision: int = 1) -> Occasion:
    return Occasion(number, event, revision, Purpose.REMINDER, lead, before(lead))


def test_every_lead_ahead_is_planned_earliest_first() -> None:
    assert plan_reminders(START, before(3000), [10, 1440, 60, 60]) == [
        Planned(1440, before(1440)),
        Planned(60, before(60)),
        Planned(10, before(10)),
    ]


def test_a_lead_that_is_past_is_not_made_up_for() -> None:
    assert plan_reminders(START, before(60), [1440, 60, 10]) == [Planned(10, before(10))]
    assert plan_reminders(START, START, [1440, 60, 10]) == []
    assert plan_reminders(START, before(3000), []) == []


@given(st.lists(st.integers(1, 20_000)), st.integers(-100, 30_000))
def test_planned_are_exactly_the_leads_that_lie_ahead(leads: list[int], minutes_left: int) -> None:
    now = before(minutes_left)

    planned = plan_reminders(START, now, leads)

    assert [p.lead for p in planned] == sorted((lead for lead in set(leads) if lead < minutes_left), reverse=True)
    assert all(p.due_at == before(p.lead) for p in planned)


def test_one_due_occasion_fires_for_everybody_who_uses_it() -> None:
    assert plan_firing([occasion(1, 60)]) == [Firing(occasion(1, 60), ())]
    assert plan_firing([]) == []


def test_after_down_time_whoever_has_a_smaller_lead_gets_that_one_only() -> None:
    day, hour, ten = occasion(1, 1440), occasion(2, 60), occasion(3, 10)

    assert plan_firing([ten, day, hour]) == [Firing(day, (10, 60)), Firing(hour, (10,)), Firing(ten, ())]


def test_other_events_and_other_revisions_are_no_substitute() -> None:
    mine, other, older = occasion(1, 60), occasion(2, 10, event=2), occasion(3, 10, revision=0)

    assert {firing.occasion: firing.instead for firing in plan_firing([mine, other, older])} == {
        mine: (),
        other: (),
        older: (),
    }


@given(st.sets(st.integers(1, 5000), min_size=1), st.sets(st.integers(1, 5000)))
def test_everybody_with_a_due_lead_is_reminded_exactly_once(due: set[int], mine: set[int]) -> None:
    firings = plan_firing([occasion(number, lead) for number, lead in enumerate(sorted(due), 1)])

    got = [f for f in firings if f.occasion.lead in mine and not mine & set(f.instead)]

    assert len(got) == (1 if due & mine else 0)
    assert all(f.occasion.lead == min(due & mine) for f in got)
