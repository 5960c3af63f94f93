"""Results: reading them, who is asked about them, and the cards that show where each one stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.comments import ON_CARD
from domain.errors import NotAllowed
from domain.paging import ListPage, page_at
from domain.people import Person
from domain.permissions import Actor, Permission, can
from domain.results import Result, permission_to_read
from domain.reviews import Circle, Tier, choose_circle
from messages import results as texts
from messages.markup import Message
from messages.result_deeds import Shown
from services import outlets, publications
from services.rendering import Rendering
from services.work import Background, Work
from storage import coauthors, comments, groups, people, results

PAGE_SIZE = 5


async def get_result(work: Work, result_id: int, permission: Permission | None = None) -> Result:
    """Load a result and check the right, by default that to read it; unknown and not allowed look the same."""
    result = await results.hold(work.tx, result_id)
    if result is None:
        raise NotAllowed
    reading = permission_to_read(result, work.person.id)
    work.require(reading, result.target_for(reading, work.person.id))
    if permission is not None:
        work.require(permission, result.target)
    return result


async def get_card(work: Work, result_id: int) -> Shown:
    """The newest state of a result, for this person."""
    return await _shown(work, await get_result(work, result_id), work.actor)


def may_discuss(result: Result, actor: Actor) -> bool:
    """Whether somebody sees comments and earlier versions: those who wrote it, and those who may review it."""
    is_own = can(actor, Permission.EDIT_OWN_RESULT, result.target)
    is_with = can(actor, Permission.CO_AUTHOR, result.target_for(Permission.CO_AUTHOR, actor.person_id))
    return is_own or is_with or can(actor, Permission.REVIEW_RESULT, result.target)


async def get_discussed(work: Work, result_id: int) -> Result:
    """Load a result for somebody who takes part in its review, on either side."""
    result = await get_result(work, result_id)
    if not may_discuss(result, work.actor):
        raise NotAllowed
    return result


async def _shown(work: Background, result: Result, actor: Actor) -> Shown:
    tx, may_publish = work.tx, can(actor, Permission.PUBLISH_RESULT, result.target)
    group = await groups.get(tx, result.group_id) if result.group_id is not None else None
    discusses = may_discuss(result, actor)
    named = await coauthors.of(tx, result.id) if discusses else []
    said = await comments.of(tx, result.id, offset=0, limit=ON_CARD) if discusses else []
    involved = {result.author_id, result.decided_by, result.published_by}
    involved |= {c.person_id for c in named} | {c.person_id for c in said}
    found = await people.get_many(tx, {i for i in involved if i is not None})
    return Shown(
        result=result,
        group_code=group.code if group else "",
        names={person.id: person.name for person in found.values()},
        is_own=result.author_id == actor.person_id,
        may_review=can(actor, Permission.REVIEW_RESULT, result.target),
        may_publish=may_publish,
        discusses=discusses,
        coauthors=named,
        answer=next((c.state for c in named if c.person_id == actor.person_id), None),
        comments=said[::-1],
        comment_count=await comments.count(tx, result.id) if said else 0,
        before=await results.count_before(tx, result) if result.is_by(actor.person_id) else 0,
        standings=await outlets.get_standings(work, result) if may_publish else (),
    )


# --- Lists ---


@dataclass(frozen=True)
class Listed:
    """One page: published results, and the person's own on their way; the codes of groups by id.

    `before`: how many wait longer than one's own, by its id.
    """

    published: Sequence[Result]
    own: Sequence[Result]
    before: Mapping[int, int]
    codes: Mapping[int, str]
    page: ListPage


async def list_results(work: Work, wished: int) -> Listed:
    """A page of what is published and of one's own; one past the end shows the last."""
    is_private = work.place.is_private  # in a group chat, nobody's own
    unpublished = await results.count_unpublished_of(work.tx, work.person.id) if is_private else 0
    counts = (await results.count_published(work.tx), unpublished)
    page = page_at(wished, max(counts), PAGE_SIZE)
    published = await results.published(work.tx, offset=page.offset, limit=page.limit)
    own: list[Result] = []
    if is_private:
        own = await results.unpublished_of(work.tx, work.person.id, offset=page.offset, limit=page.limit)
    codes = {group.id: group.code for group in await groups.get_all(work.tx)}
    before = {result.id: await results.count_before(work.tx, result) for result in own}
    return Listed(published, own, before, codes, page)


# --- Who is asked ---


async def find_circle(work: Work, result: Result, tiers: Sequence[Tier] = tuple(Tier)) -> Circle:
    """Who can be asked about a result: people who can be written to, never those who wrote it."""
    asked = {tier: await _people_of(work, tier, result) for tier in tiers}
    found = await people.get_many(work.tx, {p for tier in asked.values() for p in tier})
    reachable = {tier: [p for p in ids if _can_be_asked(found.get(p))] for tier, ids in asked.items()}
    return choose_circle(reachable, result)


async def _people_of(work: Work, tier: Tier, result: Result) -> list[int]:
    if tier is Tier.COORDINATORS and result.group_id is not None:
        return await people.coordinators_of(work.tx, result.group_id)
    if tier is Tier.ORGANISERS:
        return await people.organisers(work.tx)
    return await people.owners(work.tx, work.process.owner_ids) if tier is Tier.OWNERS else []


def _can_be_asked(person: Person | None) -> bool:
    return person is not None and person.can_be_written_to and person.stopped_at is None


# --- Cards ---


def subject(result_id: int) -> str:
    """What the cards of a result are called."""
    return f"result:{result_id}"


async def render_card(batch: Rendering, result_id: int, reader: Person) -> Message | None:
    """The card of a result for those who review or publish; who lost the right keeps the old state."""
    result = await results.get(batch.tx, result_id)
    actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
    if result is None or result.version == 0 or not can(actor, Permission.REVIEW_RESULT, result.target):
        return None
    shown = await _shown(Background(batch.tx, batch.now, batch.process), result, actor)
    return texts.card(shown, batch.zone_of(reader), reader.language)


async def on_public_change(work: Background, result: Result) -> None:
    """What everybody sees of a result is another now (published, corrected, withdrawn): all that shows it follows."""
    await publications.follow(work, result)
