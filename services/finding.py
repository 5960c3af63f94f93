"""Finding a time for a group: question by question, to slots that burden few and not always the same people."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.finding import (
    FIRST_OFFER,
    MOST_SLOTS,
    NEXT_OFFER,
    Finding,
    Line,
    Proposal,
    Step,
    from_json,
    to_json,
    with_more,
)
from domain.permissions import Permission
from domain.slots import Search, carried, rank_slots
from services import dialogs
from services.manage import get_managed
from services.scheduling import find_all_clashes, new_session
from services.work import Work
from storage import attendance, people
from storage import sessions as stored

DIALOG = "time"


async def begin(work: Work, group_id: int) -> Dialog:
    """Ask the first question, or the one at which this group's search was left."""
    await get_managed(work, group_id, Permission.RUN_EVENTS)
    left = await dialogs.take_up(work, DIALOG, group_id=group_id)
    return left or await dialogs.go(work, DIALOG, Step.TITLE, to_json(Finding(group_id)))


async def get_draft(work: Work, dialog: Dialog) -> Finding:
    """What has been answered so far, for somebody who may still look for a time for that group."""
    finding = from_json(dialog.data)
    await get_managed(work, finding.group_id, Permission.RUN_EVENTS)
    return finding


async def take(work: Work, dialog: Dialog, finding: Finding) -> Dialog:
    """Take an answer and go on to the next question; at the last one, propose slots."""
    await get_managed(work, finding.group_id, Permission.RUN_EVENTS)
    step = finding.step_after(dialog.step, 1)
    if step is Step.SLOTS:
        finding = await _proposed(work, replace(finding, offers=()), FIRST_OFFER)
    return await dialogs.go(work, DIALOG, step, to_json(finding))


async def keep(work: Work, dialog: Dialog, finding: Finding) -> Dialog:
    """Take an answer and stay at the question."""
    await get_managed(work, finding.group_id, Permission.RUN_EVENTS)
    return await dialogs.go(work, DIALOG, dialog.step, to_json(finding))


async def go_back(work: Work, dialog: Dialog) -> Dialog:
    """One question back; what was answered is kept until it is answered anew."""
    finding = from_json(dialog.data)
    return await dialogs.go(work, DIALOG, finding.step_after(dialog.step, -1), dialog.data)


async def propose_more(work: Work, revision: int) -> Dialog:
    """Some more slots, behind those already proposed."""
    dialog = await dialogs.current(work, revision)
    if dialog.name != DIALOG or dialog.step != Step.SLOTS:
        raise OutOfDate
    finding = from_json(dialog.data)
    await get_managed(work, finding.group_id, Permission.RUN_EVENTS)
    return await keep(work, dialog, await _proposed(work, finding, len(finding.offers) + NEXT_OFFER))


async def _proposed(work: Work, finding: Finding, most: int) -> Finding:
    if finding.first is None or finding.last is None:
        raise OutOfDate
    zones = {person: zone or work.process.zone for person, zone in (await _zones(work, finding)).items()}
    days = finding.first, finding.last
    search = Search(zones, await _burdens(work, finding, zones), finding.minutes, *days, finding.weekdays, work.zone)
    return with_more(finding, rank_slots(search, work.now, min(most, MOST_SLOTS)))


async def _zones(work: Work, finding: Finding) -> dict[int, str | None]:
    """The zone of everybody who would be invited; None where somebody has chosen none."""
    session = new_session(finding.group_id, work.now, finding.minutes, work.zone, None)
    invited = await people.get_many(work.tx, await stored.get_invited(work.tx, session))
    return {person.id: person.zone for person in invited.values()}


async def _burdens(work: Work, finding: Finding, zones: Mapping[int, str]) -> dict[int, int]:
    """How often each of them came to a session of this group outside their day."""
    came = await attendance.get_held(work.tx, finding.group_id, work.now)
    return {person: carried(came.get(person, ()), {person: zone})[person] for person, zone in zones.items()}


# --- What is shown ----------------------------------------------------------------------------


async def get_proposal(work: Work, dialog: Dialog) -> Proposal:
    """The slots proposed so far, with the names of those whom they burden, and the clashes."""
    finding = from_json(dialog.data)
    group = await get_managed(work, finding.group_id, Permission.RUN_EVENTS)
    zones = await _zones(work, finding)
    known = await people.get_many(work.tx, {p for offer in finding.offers for p in offer.slot.outside})
    shown = {p.id: (p.name, p.zone or work.process.zone) for p in known.values()}
    planned = [new_session(group.id, o.slot.at, finding.minutes, work.zone, None) for o in finding.offers]
    clashes = await find_all_clashes(work.tx, planned)
    lines = (
        Line(offer, tuple(shown[p] for p in offer.slot.outside if p in shown), at_once)
        for offer, at_once in zip(finding.offers, clashes, strict=True)
    )
    guessed = sum(zone is None for zone in zones.values())
    return Proposal(group, finding, tuple(lines), guessed, work.process.zone)


def today_of(work: Work) -> date:
    """The date where the person is."""
    return work.now.astimezone(ZoneInfo(work.zone)).date()
