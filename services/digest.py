"""The weekly summary for organisers: owed once a week, worded from the newest state."""

from collections.abc import Mapping
from datetime import timedelta

from domain.deliveries import owe
from domain.digest import STILL_WORTH_IT, News, is_new, is_to_be_sent, week_of
from domain.people import Person
from domain.permissions import Permission, can
from messages import digest as texts
from messages.markup import Message
from services.organise import Standing, get_wanted, judge_groups
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background, Work
from storage import digest, facts, groups, outbox, people
from storage.database import Tx

LAST_WEEK = "digest_week"
"""The fact that names the newest week whose summary is owed or left out."""


async def is_due(work: Background) -> bool:
    """Whether a week has begun that nobody has noted yet."""
    return is_new(week_of(work.now, work.process.zone), await facts.get(work.tx, LAST_WEEK))


async def owe_due(work: Background) -> int:
    """Note the week and owe its summary to everybody who wants it; returns to how many."""
    week, last = week_of(work.now, work.process.zone), await facts.get(work.tx, LAST_WEEK)
    if not is_new(week, last):
        return 0
    await facts.put(work.tx, LAST_WEEK, week.name)
    if not is_to_be_sent(week, last, work.now):
        return 0
    refs = {"until": week.due_at.isoformat()}
    delivery = owe("digest", f"digest:{week.name}:", work.now, refs=refs, expires_at=week.due_at + STILL_WORTH_IT)
    return await outbox.add_for_each(work.tx, digest.readers(work.process.owner_ids), delivery, work.now)


async def is_wanted(work: Work) -> bool:
    """Whether this organiser gets it."""
    work.require(Permission.EDIT_GROUPS)
    return await digest.is_wanted(work.tx, work.person.id)


async def want(work: Work, *, wanted: bool) -> None:
    """Turn it on or off for this organiser."""
    work.require(Permission.EDIT_GROUPS)
    await digest.want(work.tx, work.person.id, work.now, wanted=wanted)


# --- Wording ----------------------------------------------------------------------------------


async def render_digests(batch: Rendering) -> Rendered:
    """The groups as they are now, with the news of the week; only for those who are still in charge."""
    work = Background(batch.tx, batch.now, batch.process)
    wanted = await get_wanted(work)
    standings = await judge_groups(work, await groups.get_all(work.tx), wanted)
    until = week_of(batch.now, batch.process.zone).due_at
    news = await digest.get_news(batch.tx, [s.group.id for s in standings], until - timedelta(days=7), until)
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        reader = batch.readers[delivery.person_id or 0]
        allowed = await _may_read(batch.tx, reader, batch.process.owner_ids)
        rendered[delivery.id] = _worded(batch, standings, news, wanted, reader) if allowed else OUTDATED
    return rendered


async def _may_read(tx: Tx, reader: Person, owner_ids: frozenset[int]) -> bool:
    actor = await people.get_actor(tx, reader.id, owner_ids)
    return can(actor, Permission.EDIT_GROUPS) and await digest.is_wanted(tx, reader.id)


def _worded(
    batch: Rendering, standings: tuple[Standing, ...], news: Mapping[int, News], wanted: int, reader: Person
) -> Message:
    entries = [((s.group, s.progress, s.judgement), news[s.group.id]) for s in standings]
    return texts.digest(entries, wanted, batch.zone_of(reader), reader.language)
