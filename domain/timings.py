"""Timings that organisers choose: which ones, and what there is to choose from."""

from domain.occasions import TIMINGS, Purpose

_HOUR, _DAY = 60, 24 * 60

_DAYS_BEFORE = tuple(days * _DAY for days in (1, 2, 3, 5, 7, 10, 14, 21, 28))
_SHORTLY_BEFORE = (10, 15, 20, 30, 45, 60, 120)
_AFTER_THE_START = tuple(-days * _DAY for days in (1, 2, 3, 5, 7))
_AFTER_THE_END = (0, -15, -_HOUR, *_AFTER_THE_START)

FIXED = frozenset({Purpose.LINK})
"""Goes with the moment at which the join link opens everywhere."""


def changeable() -> tuple[Purpose, ...]:
    """The timings that organisers may choose, in order."""
    return tuple(purpose for purpose in TIMINGS if purpose not in FIXED)


def choices_for(purpose: Purpose) -> tuple[int, ...]:
    """Minutes before the event (negative: after it) to choose from; of the same size as the default."""
    default, from_end = TIMINGS[purpose].minutes, TIMINGS[purpose].from_end
    if default <= 0:
        return _AFTER_THE_END if from_end else _AFTER_THE_START
    return _DAYS_BEFORE if default >= _DAY else _SHORTLY_BEFORE
