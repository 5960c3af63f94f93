"""Local times: what a wall clock shows, and which moment that is."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Skipped:
    """No such local time: the clock was put forward over it. `next_time` is the first one after the gap."""

    next_time: datetime


def to_utc(wall: datetime, zone: str) -> datetime | Skipped:
    """The moment at which clocks in `zone` show `wall` (naive).

    A time that occurs twice (clocks go back) means the first; one that does not occur is `Skipped`.
    """
    moment = wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    shown = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if shown == wall:
        return moment
    # In the gap fold=0 reads with the offset before it, so `shown` lies as far after the gap as `wall` is in it.
    return Skipped(next_time=_end_of_gap(moment, zone))


def _end_of_gap(moment: datetime, zone: str) -> datetime:
    """Wall time (naive) at which the clocks go on, for a moment within a day after a gap began."""
    offset_after = moment.astimezone(ZoneInfo(zone)).utcoffset()
    low, high = moment - timedelta(days=1), moment
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(ZoneInfo(zone)).utcoffset() == offset_after:
            high = middle
        else:
            low = middle
    return high.astimezone(ZoneInfo(zone)).replace(tzinfo=None, microsecond=0)
