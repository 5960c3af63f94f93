"""The programme as a whole: taken over from a file in one transaction, and given out again."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.events import Event, EventKind
from domain.groups import Group
from domain.permissions import Permission
from domain.programme import PlannedWebinar, Programme, ProgrammeError
from services import boards, seats, webinars
from services.work import Work
from storage import events, facts, groups
from storage.database import Tx


@dataclass
class Applied:
    """How many groups and webinars were new, different, the same."""

    groups_added: int = 0
    groups_changed: int = 0
    webinars_added: int = 0
    webinars_changed: int = 0
    unchanged: int = 0


async def apply(
    tx: Tx, programme: Programme, now: datetime, actor_id: int | None, on_done: Callable[[], None]
) -> Applied:
    """Take a programme over: what is new is added, what differs is changed, what it does not name stays.

    Followers of a webinar that moves are told, as after any change. `on_done` is called for each entry.
    Raises ProgrammeError with every finding; the transaction is then to be given up.
    """
    applied = Applied()
    for group in programme.groups:
        await _apply_group(tx, group, now, actor_id, applied)
        on_done()
    by_code = {group.code: group.id for group in await groups.get_all(tx)}
    findings: list[str] = []
    for webinar in programme.webinars:
        try:
            await _apply_webinar(tx, webinar, by_code, now, actor_id, applied)
        except ProgrammeError as error:
            findings.append(str(error))
        on_done()
        await asyncio.sleep(0)  # the bot goes on answering while a long file is taken over
    if findings:
        raise ProgrammeError(findings)
    return applied


async def _apply_group(tx: Tx, new: Group, now: datetime, actor_id: int | None, applied: Applied) -> None:
    old = await groups.get_by_code(tx, new.code)
    if old is None:
        group_id = await groups.add(tx, new)
        await facts.note(tx, now, actor_id, "group_added", f"group:{group_id}", None, _seen(new))
        applied.groups_added += 1
        return
    named = replace(new, id=old.id, shows_members=old.shows_members)
    if named == old:
        applied.unchanged += 1
    else:
        await groups.save(tx, named)
        await boards.refresh(tx, old.id, now)
        await seats.promote(tx, old.id, now)
        await facts.note(tx, now, actor_id, "group_changed", f"group:{old.id}", _seen(old), _seen(new))
        applied.groups_changed += 1


def _seen(group: Group) -> dict[str, object]:
    return {"titles": dict(group.titles), "members": [group.least_members, group.most_members]}


async def _apply_webinar(
    tx: Tx, webinar: PlannedWebinar, by_code: dict[str, int], now: datetime, actor_id: int | None, applied: Applied
) -> None:
    if webinar.group not in by_code:
        raise ProgrammeError([f"{webinar.place}: there is no group {webinar.group}"])
    old = await events.get_by_slug(tx, webinar.slug)
    if old is None:
        await webinars.add(tx, webinar.event(by_code[webinar.group]), now, actor_id)
        applied.webinars_added += 1
        return
    named = webinar.event(by_code[webinar.group], event_id=old.id, revision=old.revision)
    # What a file does not name stays as it is.
    new = replace(
        named,
        sequence=old.sequence,
        moderator_id=old.moderator_id,
        backstage_link=named.backstage_link or old.backstage_link,
        capacity=named.capacity or old.capacity,
        registers=old.registers if webinar.registration is None else webinar.registration,
        recording_link=named.recording_link or old.recording_link,
    )
    if new == old:
        applied.unchanged += 1
    else:
        await webinars.change(tx, old, new, now, actor_id)
        applied.webinars_changed += 1


async def take_over(work: Work, programme: Programme) -> Applied:
    """The same for an organiser in the browser; raises ProgrammeError."""
    work.require(Permission.EDIT_GROUPS)
    applied = await apply(work.tx, programme, work.now, work.person.id, lambda: None)
    await facts.note(work.tx, work.now, work.person.id, "programme_imported", "groups", None, asdict(applied))
    return applied


async def show(work: Work) -> Programme:
    """Everything a programme file holds, for whoever may take it away."""
    work.require(Permission.EDIT_GROUPS)
    return await collect(work.tx)


async def collect(tx: Tx) -> Programme:
    """Everything a programme file holds, as it stands now."""
    found = await groups.get_all(tx)
    codes = {group.id: group.code for group in found}
    return Programme(
        groups=tuple(replace(group, id=0) for group in found),
        webinars=tuple(_planned(event, codes[event.group_id]) for event in await events.get_all(tx, EventKind.WEBINAR)),
    )


def _planned(event: Event, group_code: str) -> PlannedWebinar:
    return PlannedWebinar(
        slug=event.slug,
        group=group_code,
        titles=event.titles,
        abstracts=event.abstracts,
        speakers=event.speakers,
        languages=event.languages,
        wall=event.starts_at.astimezone(ZoneInfo(event.zone)).replace(tzinfo=None),
        minutes=event.minutes,
        zone=event.zone,
        link=event.link,
        link_policy=event.link_policy,
        state=event.state,
        backstage_link=event.backstage_link,
        capacity=event.capacity,
        registration=event.registers or None,
        recording_link=event.recording_link,
    )
