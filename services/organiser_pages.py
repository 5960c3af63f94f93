"""What the organisers' pages show: the same things as in the chat, with the same rights, many at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.broadcasts import Broadcast, Progress
from domain.events import EventKind
from domain.exports import SignUp
from domain.groups import Group
from domain.paging import ListPage, page_at
from domain.people import Person
from domain.permissions import Permission, can
from domain.results import Result
from services.organise import Standing, get_wanted, judge_groups
from services.work import Work
from storage import broadcasts, exports, groups, people, results, roles
from storage import organiser_pages as stored
from storage.organiser_pages import Reach

PAGE_SIZE = 25
"""So many rows stand on one page of a table."""

QUEUE_SIZE = 5
"""Results are shown whole."""

DAYS = 30
"""So many days the charts go back: as long as sent messages are kept."""


@dataclass(frozen=True)
class Overview:
    """Every group as it stands. `wanted`: webinars expected of each."""

    standings: Sequence[Standing]
    wanted: int


async def get_overview(work: Work) -> Overview:
    """All groups, by code."""
    work.require(Permission.EDIT_GROUPS)
    wanted = await get_wanted(work)
    return Overview(await judge_groups(work, await groups.get_all(work.tx), wanted), wanted)


# --- People -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class People:
    """A page of the people found, by name. `roles`: (role, code of the group or "") by person."""

    found: Sequence[Person]
    roles: Mapping[int, Sequence[tuple[str, str]]]
    reach: Reach
    page: ListPage


async def list_people(work: Work, typed: str, wished: int) -> People:
    """People whose name contains what was typed; nothing typed: everybody."""
    work.require(Permission.SEE_MEMBERS)
    page = page_at(wished, await roles.count_found(work.tx, typed), PAGE_SIZE)
    found = await roles.search(work.tx, typed, page.offset, page.limit)
    codes = {group.id: group.code for group in await groups.get_all(work.tx)}
    held = await stored.get_roles(work.tx, [person.id for person in found])
    named = {person: [(role, codes.get(group or 0, "")) for role, group in those] for person, those in held.items()}
    return People(found, named, await stored.get_reach(work.tx), page)


# --- Results ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Queued:
    """A result that waits, and what this person may do about it. `names`: of who wrote it, as far as known."""

    result: Result
    group: Group | None
    names: Sequence[str]
    may_review: bool
    may_publish: bool


@dataclass(frozen=True)
class Queue:
    """A page of what waits, the longest first."""

    entries: Sequence[Queued]
    page: ListPage


async def list_queue(work: Work, wished: int) -> Queue:
    """What waits for a review, or to be published."""
    work.require(Permission.PUBLISH_RESULT)
    page = page_at(wished, await stored.count_under_way(work.tx), QUEUE_SIZE)
    ids = await stored.ids_under_way(work.tx, page.offset, page.limit)
    found = await results.get_many(work.tx, ids)
    by_id = {group.id: group for group in await groups.get_all(work.tx)}
    writers = {number for result in found.values() for number in _writers(result)}
    known = await people.get_many(work.tx, writers)
    shown = [result for result in map(found.get, ids) if result is not None]
    return Queue([_queued(work, result, by_id.get(result.group_id or 0), known) for result in shown], page)


def _writers(result: Result) -> list[int]:
    return [*([result.author_id] if result.author_id else []), *sorted(result.coauthors)]


def _queued(work: Work, result: Result, group: Group | None, known: Mapping[int, Person]) -> Queued:
    return Queued(
        result,
        group,
        [known[number].name for number in _writers(result) if number in known],
        may_review=can(work.actor, Permission.REVIEW_RESULT, result.target),
        may_publish=can(work.actor, Permission.PUBLISH_RESULT, result.target),
    )


# --- Broadcasts -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Broadcasts:
    """A page of broadcasts, newest first, with how far they are; names of authors and codes of groups by id."""

    runs: Sequence[tuple[Broadcast, Progress]]
    names: Mapping[int, str]
    codes: Mapping[int, str]
    page: ListPage


async def list_broadcasts(work: Work, wished: int) -> Broadcasts:
    """Everything but drafts."""
    work.require(Permission.BROADCAST)
    page = page_at(wished, await stored.count_broadcasts(work.tx), QUEUE_SIZE)
    ids = await stored.broadcast_ids(work.tx, page.offset, page.limit)
    found = await broadcasts.get_many(work.tx, ids)
    runs = [(found[number], await broadcasts.get_progress(work.tx, number)) for number in ids if number in found]
    known = await people.get_many(work.tx, {one.author_id for one in found.values() if one.author_id})
    codes = {group.id: group.code for group in await groups.get_all(work.tx)}
    return Broadcasts(runs, {person.id: person.name for person in known.values()}, codes, page)


# --- Charts -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Charts:
    """Numbers by day, oldest first; sessions that are over; per group: code, handed in, published."""

    sign_ups: Sequence[tuple[date, int]]
    reminders: Sequence[tuple[date, int]]
    sessions: Sequence[SignUp]
    results: Sequence[tuple[str, int, int]]


async def get_charts(work: Work) -> Charts:
    """What is drawn. Days are those of UTC."""
    work.require(Permission.EDIT_GROUPS)
    first = work.now.date() - timedelta(days=DAYS - 1)
    since = datetime.combine(first, time(), work.now.tzinfo)
    days = [first + timedelta(days=number) for number in range(DAYS)]
    sign_ups, reminders = await stored.sign_ups_by_day(work.tx, since), await stored.reminders_by_day(work.tx, since)
    counts = await stored.submitted_by_group(work.tx)
    return Charts(
        [(day, sign_ups.get(day, 0)) for day in days],
        [(day, reminders.get(day, 0)) for day in days],
        await _past_sessions(work),
        [(group.code, *counts.get(group.id, (0, 0))) for group in await groups.get_all(work.tx)],
    )


async def _past_sessions(work: Work) -> list[SignUp]:
    """The last ones, oldest first."""
    found = await exports.get_sign_ups(work.tx)
    over = [one for one in found if one.event.kind is EventKind.SESSION and one.event.ends_at <= work.now]
    return over[-DAYS:]
