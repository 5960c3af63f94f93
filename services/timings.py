"""Timings: the organisers choose when what is due around an event; what is planned follows at once."""

from domain.errors import OutOfDate
from domain.events import Event
from domain.occasions import TIMINGS, Purpose, plan_timings
from domain.permissions import Permission
from domain.talks import PURPOSES, plan_runway
from domain.timings import changeable, choices_for
from services.work import Work
from storage import events, facts, occasions

RUNWAY = frozenset({*PURPOSES.values(), Purpose.TALK_BACKSTAGE})
"""The deadlines of presenters hang on these."""


MOST_EVENTS = 1000
"""More than any process has before it at once."""


async def get_timings(work: Work) -> dict[Purpose, int]:
    """Minutes before the event for every timing that may be chosen; negative: after it."""
    work.require(Permission.EDIT_GROUPS)
    chosen = await occasions.get_timings(work.tx)
    return {purpose: chosen.get(purpose, TIMINGS[purpose].minutes) for purpose in changeable()}


async def get_timing(work: Work, purpose: Purpose) -> int:
    """Minutes before the event for one of them; raise OutOfDate for one that may not be chosen."""
    timings = await get_timings(work)
    if purpose not in timings:
        raise OutOfDate
    return timings[purpose]


async def choose(work: Work, purpose: Purpose, minutes: int) -> None:
    """Choose when something is due from now on; every event still to come is planned anew."""
    before = await get_timing(work, purpose)
    if minutes not in choices_for(purpose):
        raise OutOfDate
    await occasions.set_timing(work.tx, purpose, minutes)
    values = {"minutes": before}, {"minutes": minutes}
    await facts.note(work.tx, work.now, work.person.id, "timing_chosen", f"timing:{purpose.value}", *values)
    affected = {purpose} | ({Purpose.TALK_SILENT} if purpose in RUNWAY else set())
    chosen = await occasions.get_timings(work.tx)
    for event in await events.upcoming(work.tx, TIMINGS[purpose].kind, work.now, limit=MOST_EVENTS):
        await _plan(work, event, affected, chosen)


async def _plan(work: Work, event: Event, affected: set[Purpose], chosen: dict[Purpose, int]) -> None:
    """What has happened already does not happen again; deadlines may, they ask nobody twice."""
    await occasions.forget_planned(work.tx, event.id, event.revision, affected)
    over = await occasions.fired(work.tx, event.id, event.revision) - {Purpose.TALK_SILENT}
    planned = plan_timings(event, work.now, chosen)
    planned += plan_runway(event.kind, event.starts_at, work.now, chosen)
    wanted = [one for one in planned if one.purpose in affected - over]
    await occasions.plan(work.tx, event.id, event.revision, wanted)
