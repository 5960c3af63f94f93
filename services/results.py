"""Results: reading, reviewing, publishing, and the cards that show where each one stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.deliveries import owe
from domain.errors import NotAllowed
from domain.paging import ListPage, page_at
from domain.people import Person
from domain.permissions import Actor, Permission, can
from domain.results import (
    MOST_REASON,
    Circle,
    Published,
    PublishOutcome,
    Result,
    ResultState,
    Review,
    Reviewed,
    ReviewOutcome,
    Tier,
    choose_circle,
    decide_publish,
    decide_review,
    permission_to_read,
)
from domain.typed import paragraphs, within
from messages import results as texts
from messages import reviews
from messages.markup import Message
from messages.results import Shown
from services import cards
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Work
from storage import facts, groups, outbox, people, results
from storage.database import Tx

PAGE_SIZE = 5


async def get_result(work: Work, result_id: int, permission: Permission | None = None) -> Result:
    """Load a result and check the right, by default that to read it; unknown and not allowed look the same."""
    result = await results.hold(work.tx, result_id)
    if result is None:
        raise NotAllowed
    work.require(permission_to_read(result, work.person.id), result.target)
    if permission is not None:
        work.require(permission, result.target)
    return result


async def get_card(work: Work, result_id: int) -> Shown:
    """The newest state of a result, for this person."""
    return await _shown(work.tx, await get_result(work, result_id), work.actor)


async def _shown(tx: Tx, result: Result, actor: Actor) -> Shown:
    group = await groups.get(tx, result.group_id) if result.group_id is not None else None
    involved = {result.author_id, result.decided_by, result.published_by} - {None}
    names = {p.id: p.name for p in (await people.get_many(tx, {i for i in involved if i is not None})).values()}
    return Shown(
        result=result,
        group_code=group.code if group else "",
        names=names,
        is_own=result.author_id == actor.person_id,
        may_review=can(actor, Permission.REVIEW_RESULT, result.target),
        may_publish=can(actor, Permission.PUBLISH_RESULT, result.target),
    )


# --- Lists ---


@dataclass(frozen=True)
class Listed:
    """One page: published results, and the person's own on their way, each with the code of its group by id."""

    published: Sequence[Result]
    own: Sequence[Result]
    codes: dict[int, str]
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
    return Listed(published, own, codes, page)


# --- Reviewing and publishing ---


async def ask_changes(work: Work, result_id: int, version: int, typed: str) -> ReviewOutcome:
    """Ask for changes in the reviewer's words; raise NotReadable or TooLong."""
    return await review(work, result_id, version, Review.ASK_CHANGES, within(paragraphs(typed), MOST_REASON))


async def check_review(work: Work, result_id: int, version: int) -> ReviewOutcome:
    """What a request for changes would come to, before its reason is typed."""
    result = await get_result(work, result_id, Permission.REVIEW_RESULT)
    return decide_review(result, Review.ASK_CHANGES, version)


async def review(work: Work, result_id: int, version: int, said: Review, reason: str = "") -> ReviewOutcome:
    """Accept, or ask for changes with a reason; the author is told and every card shows it."""
    result = await get_result(work, result_id, Permission.REVIEW_RESULT)
    outcome = decide_review(result, said, version)
    if isinstance(outcome, Reviewed):
        values = {"reason": reason, "decided_by": work.person.id, "decided_at": work.now}
        await _move(work, result, outcome.state, **values)
        if outcome.state is ResultState.ACCEPTED:
            await _offer_to_publish(work, result)
        await cards.refresh(work.tx, subject(result.id), work.now)
    return outcome


async def publish(work: Work, result_id: int, version: int) -> PublishOutcome:
    """Make an accepted result public."""
    result = await get_result(work, result_id, Permission.PUBLISH_RESULT)
    outcome = decide_publish(result, version)
    if isinstance(outcome, Published):
        values = {"published_by": work.person.id, "published_at": work.now}
        await _move(work, result, ResultState.PUBLISHED, **values)
        await cards.refresh(work.tx, subject(result.id), work.now)
    return outcome


async def _move(work: Work, result: Result, state: ResultState, **values: object) -> None:
    """Save the new state, note it, and tell the author."""
    await results.change(work.tx, result.id, state=state.value, **values)
    before = {"state": result.state.value, "version": result.version}
    after = {"state": state.value, "version": result.version}
    await facts.note(work.tx, work.now, work.person.id, f"result_{state.value}", subject(result.id), before, after)
    if result.author_id is not None:
        refs = {"result_id": result.id, "version": result.version, "state": state.value}
        key = f"review:{result.id}:{result.version}:{state.value}"
        told = owe("review", key, work.now, chat_id=result.author_id, person_id=result.author_id, refs=refs)
        await outbox.add(work.tx, [told], work.now)


async def _offer_to_publish(work: Work, result: Result) -> None:
    circle = await find_circle(work, result, (Tier.ORGANISERS, Tier.OWNERS))
    for person_id in circle.people:
        await cards.show(work.tx, subject(result.id), person_id, work.now)


async def find_circle(work: Work, result: Result, tiers: Sequence[Tier] = tuple(Tier)) -> Circle:
    """Who can be asked about a result: people who can be written to, never its author."""
    asked = {tier: await _people_of(work, tier, result) for tier in tiers}
    found = await people.get_many(work.tx, {p for tier in asked.values() for p in tier})
    reachable = {tier: [p for p in ids if _can_be_asked(found.get(p))] for tier, ids in asked.items()}
    return choose_circle(reachable, result.author_id)


async def _people_of(work: Work, tier: Tier, result: Result) -> list[int]:
    if tier is Tier.COORDINATORS and result.group_id is not None:
        return await people.coordinators_of(work.tx, result.group_id)
    if tier is Tier.ORGANISERS:
        return await people.organisers(work.tx)
    return await people.owners(work.tx, work.process.owner_ids) if tier is Tier.OWNERS else []


def _can_be_asked(person: Person | None) -> bool:
    return person is not None and person.can_be_written_to and person.stopped_at is None


# --- Cards and news ---


def subject(result_id: int) -> str:
    """What the cards of a result are called."""
    return f"result:{result_id}"


async def render_card(batch: Rendering, result_id: int, reader: Person) -> Message | None:
    """The card of a result for those who review or publish; who lost the right keeps the old state."""
    result = await results.get(batch.tx, result_id)
    actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
    if result is None or result.version == 0 or not can(actor, Permission.REVIEW_RESULT, result.target):
        return None
    return texts.card(await _shown(batch.tx, result, actor), batch.zone_of(reader), reader.language)


async def render_news(batch: Rendering) -> Rendered:
    """Tell authors what has been decided; a version that is no longer the newest has no news."""
    found = await results.get_many(batch.tx, {int(str(d.refs["result_id"])) for d in batch.deliveries})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        result = found.get(int(str(delivery.refs["result_id"])))
        if result is None or result.version != delivery.refs["version"]:
            rendered[delivery.id] = OUTDATED
            continue
        state = ResultState(str(delivery.refs["state"]))
        rendered[delivery.id] = reviews.news(result, state, batch.readers[delivery.person_id or 0].language)
    return rendered
