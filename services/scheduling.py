"""Planning sessions: question by question, with every date and every clash shown before anything is saved."""

import secrets
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.clashes import Meeting, find_clashes, overlap
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.events import Event, EventKind, EventState, LinkPolicy
from domain.permissions import Permission
from domain.recurrence import Missing, Occurrence, Rule
from domain.scheduling import Clash, Draft, Line, Preview, Step, from_json, plan_dates, to_json
from messages import sessions as texts
from services import dialogs, session_changes
from services.manage import get_managed
from services.work import Work
from storage import groups
from storage import sessions as stored
from storage.database import Tx

DIALOG = "session"

LONGEST = timedelta(hours=12)


async def begin(work: Work, group_id: int) -> Dialog:
    """Ask the first question, or the one at which this group's draft was left."""
    await get_managed(work, group_id, Permission.RUN_EVENTS)
    left = await dialogs.take_up(work, DIALOG, group_id=group_id)
    return left or await dialogs.go(work, DIALOG, Step.TITLE, to_json(Draft(group_id)))


async def get_draft(work: Work, dialog: Dialog) -> Draft:
    """What has been answered so far, for somebody who may still plan sessions of that group."""
    draft = from_json(dialog.data)
    await get_managed(work, draft.group_id, Permission.RUN_EVENTS)
    return draft


async def take(work: Work, dialog: Dialog, draft: Draft, step: Step | None = None) -> Dialog:
    """Take an answer and go on, to the next question if no other is named."""
    await get_managed(work, draft.group_id, Permission.RUN_EVENTS)
    return await dialogs.go(work, DIALOG, step or draft.step_after(dialog.step, 1), to_json(draft))


async def go_back(work: Work, dialog: Dialog) -> Dialog:
    """One question back; what was answered is kept until it is answered anew."""
    draft = from_json(dialog.data)
    return await dialogs.go(work, DIALOG, draft.step_after(dialog.step, -1), dialog.data)


async def leave_out(work: Work, dialog: Dialog, day: date) -> Dialog:
    """Take one date of the series out, or back in."""
    draft = from_json(dialog.data)
    dates = plan_dates(draft, work.zone)
    if day not in {one.wall.date() for one in dates.all if isinstance(one, Occurrence)}:
        raise OutOfDate
    return await take(work, dialog, replace(draft, left_out=draft.left_out ^ {day}), Step.PREVIEW)


# --- The preview ------------------------------------------------------------------------------


async def get_preview(work: Work, dialog: Dialog) -> Preview:
    """Every date of the draft, with those that cannot be, and the clashes of the others."""
    draft = from_json(dialog.data)
    group = await get_managed(work, draft.group_id, Permission.RUN_EVENTS)
    dates = plan_dates(draft, work.zone)
    found = await find_all_clashes(work.tx, [_event(draft, one, work.zone) for one in dates.taking_place])
    clashes = {one.number: at_once for one, at_once in zip(dates.taking_place, found, strict=True)}
    lines = (_line(one, draft, clashes) for one in dates.all)
    return Preview(group, draft, tuple(lines), len(dates.taking_place))


def _line(one: Occurrence | Missing, draft: Draft, clashes: dict[int, tuple[Clash, ...]]) -> Line:
    if not isinstance(one, Occurrence):
        return Line(one, is_left_out=False, clashes=())
    return Line(one, one.wall.date() in draft.left_out, clashes.get(one.number, ()))


async def find_all_clashes(tx: Tx, planned: list[Event]) -> list[tuple[Clash, ...]]:
    """For each of the sessions planned: others at the same time that share people with it."""
    if not planned:
        return []
    since, until = min(e.starts_at for e in planned) - LONGEST, max(e.ends_at for e in planned)
    # Who is to attend is asked for what is at the same time only: all that others plan meanwhile may be hundreds.
    near = [e for e in await stored.get_between(tx, since, until) if any(overlap(e, one) for one in planned)]
    others = {e.id: e for e in near}
    codes = {group.id: group.code for group in await groups.get_all(tx)}
    meetings = [await _meeting(tx, event) for event in near]
    clashes = []
    for event in planned:
        at_once = [meeting for meeting in meetings if overlap(meeting, event)]
        found = find_clashes(await _meeting(tx, event), at_once) if at_once else {}
        of_event = (Clash(others[n], codes[others[n].group_id], len(people)) for n, people in found.items())
        clashes.append(tuple(of_event))
    return clashes


async def _meeting(tx: Tx, event: Event) -> Meeting:
    return Meeting(event.id, event.starts_at, event.minutes, await stored.get_invited(tx, event))


# --- Saving -----------------------------------------------------------------------------------


async def save(work: Work, dialog: Dialog) -> list[Event]:
    """Store the sessions of the draft, one each date, and the series they belong to if they are several."""
    draft = from_json(dialog.data)
    dates = plan_dates(draft, work.zone)
    if dialog.step != Step.PREVIEW or not dates.taking_place:
        raise OutOfDate
    await get_managed(work, draft.group_id, Permission.RUN_EVENTS)
    await dialogs.end(work)
    series_id = await _add_series(work, draft) if draft.rule is not Rule.ONCE else None
    planned = [_titled(_event(draft, one, work.zone), draft, work) for one in dates.taking_place]
    # Of a series the chat shows the next session; the others come when it is time to ask.
    return [
        await session_changes.add(
            work.tx, replace(session, series_id=series_id), work.now, work.person.id, in_chat=session is planned[0]
        )
        for session in planned
    ]


async def _add_series(work: Work, draft: Draft) -> int:
    if draft.day is None or draft.clock is None:
        raise OutOfDate
    return await stored.add_series(
        work.tx,
        group_id=draft.group_id,
        rule=draft.rule.value,
        first_wall=datetime.combine(draft.day, draft.clock).isoformat(timespec="minutes"),
        zone=work.zone,
        minutes=draft.minutes,
        times=draft.times,
        until=draft.until.isoformat() if draft.until else None,
        exceptions=sorted(day.isoformat() for day in draft.left_out),
        created_by=work.person.id,
        created_at=work.now,
    )


def _titled(event: Event, draft: Draft, work: Work) -> Event:
    return replace(event, titles={work.language: draft.title} if draft.title else texts.untitled())


def new_session(group_id: int, starts_at: datetime, minutes: int, zone: str, link: str | None) -> Event:
    """A session that is not stored yet, with no title."""
    return Event(
        id=0,
        group_id=group_id,
        slug=f"session-{secrets.token_hex(8)}",
        titles=texts.untitled(),
        abstracts={},
        speakers=(),
        languages=(),
        starts_at=starts_at.astimezone(UTC),
        minutes=minutes,
        zone=zone,
        link=link,
        link_policy=LinkPolicy.GUARDED,
        state=EventState.ANNOUNCED,
        revision=1,
        kind=EventKind.SESSION,
    )


def _event(draft: Draft, one: Occurrence, zone: str) -> Event:
    return new_session(draft.group_id, one.at, draft.minutes, zone, draft.link)
