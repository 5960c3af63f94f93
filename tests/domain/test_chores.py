"""Chores: the first who ticks one off counts."""

from datetime import UTC, datetime

from domain.chores import Chore, ChoreKind, DoneBefore, TickedOff, decide_tick

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)


def chore(done_at: datetime | None = None, done_by: int | None = None) -> Chore:
    return Chore(1, "talk:1:slides", ChoreKind.SLIDES_MISSING, 10, 20, 30, NOW, done_at, done_by)


def test_an_open_chore_is_ticked_off_and_a_done_one_says_by_whom() -> None:
    assert decide_tick(chore()) == TickedOff()
    assert decide_tick(chore(NOW, 7)) == DoneBefore(7)
    assert decide_tick(chore(NOW)) == DoneBefore(None)
