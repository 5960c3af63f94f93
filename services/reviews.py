"""Reviewing: accepting, asking for changes, publishing, withdrawing, and telling those who wrote it."""

from domain.coauthors import CoauthorState
from domain.deliveries import owe
from domain.permissions import Permission
from domain.results import MOST_REASON, Result, ResultState
from domain.reviews import (
    MOST_WITHDRAWAL,
    News,
    Published,
    PublishOutcome,
    Review,
    Reviewed,
    ReviewOutcome,
    Tier,
    Withdrawn,
    WithdrawOutcome,
    decide_publish,
    decide_review,
    decide_withdraw,
)
from domain.typed import paragraphs, within
from messages import reviews as texts
from messages.markup import Message
from services import cards
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.results import find_circle, get_result, on_public_change, subject
from services.work import Work
from storage import coauthors, facts, outbox, results


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
        await on_public_change(work, await _move(work, result, ResultState.PUBLISHED, **values))
    return outcome


async def check_withdraw(work: Work, result_id: int, version: int) -> WithdrawOutcome:
    """What taking it back would come to, before the reason is typed."""
    return decide_withdraw(await get_result(work, result_id, Permission.PUBLISH_RESULT), version)


def read_withdrawal(typed: str) -> str:
    """The reason as everybody will read it; raise NotReadable or TooLong."""
    return within(paragraphs(typed), MOST_WITHDRAWAL)


async def withdraw(work: Work, result_id: int, version: int, reason: str) -> WithdrawOutcome:
    """Take what is public back: in its place stands from now on when and why."""
    result = await get_result(work, result_id, Permission.PUBLISH_RESULT)
    outcome = decide_withdraw(result, version)
    if isinstance(outcome, Withdrawn):
        values = {"withdrawal": reason, "withdrawn_at": work.now}
        await on_public_change(work, await _move(work, result, ResultState.WITHDRAWN, **values))
    return outcome


async def who_withdrew(work: Work, result_id: int) -> str | None:
    """The name of whoever took it back; None where they have left."""
    return await facts.last_actor(work.tx, subject(result_id), "result_withdrawn")


async def _move(work: Work, result: Result, state: ResultState, **values: object) -> Result:
    """Save the new state, note it, and tell those who wrote it; returns the result as it is now."""
    await results.change(work.tx, result.id, state=state.value, **values)
    before = {"state": result.state.value, "version": result.version}
    after = {"state": state.value, "version": result.version}
    await facts.note(work.tx, work.now, work.person.id, f"result_{state.value}", subject(result.id), before, after)
    await tell(work, result, News(state.value))
    return await results.get(work.tx, result.id) or result


async def _offer_to_publish(work: Work, result: Result) -> None:
    circle = await find_circle(work, result, (Tier.ORGANISERS, Tier.OWNERS))
    for person_id in circle.people:
        await cards.show(work.tx, subject(result.id), person_id, work.now)


# --- News for those who wrote it ---

FOR_ALL_AUTHORS = frozenset({News.PUBLISHED, News.CORRECTED, News.WITHDRAWN})
"""What co-authors are told, too: what everybody can see under their names in the group."""


async def tell(
    work: Work, result: Result, news: News, *, to: int | None = None, also: int | None = None, about: str = ""
) -> None:
    """Tell the author and the person `also`, or only the person `to`; `about` tells this moment from others like it."""
    confirmed = {c.person_id for c in await coauthors.of(work.tx, result.id) if c.state is CoauthorState.CONFIRMED}
    others = confirmed if news in FOR_ALL_AUTHORS else set[int]()
    readers = {to} if to is not None else {result.author_id, also, *others}
    refs = {"result_id": result.id, "version": result.version, "state": news.value}
    key = f"review:{result.id}:{result.version}:{news.value}{about}"
    told = [
        owe(
            "review",
            key if person == result.author_id else f"{key}:{person}",
            work.now,
            chat_id=person,
            person_id=person,
            refs=refs,
        )
        for person in sorted(readers - {None, work.person.id}, key=str)
    ]
    await outbox.add(work.tx, told, work.now)


async def render_news(batch: Rendering) -> Rendered:
    """Tell authors what has been decided; a version that is no longer the newest has no news."""
    found = await results.get_many(batch.tx, {int(str(d.refs["result_id"])) for d in batch.deliveries})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        result = found.get(int(str(delivery.refs["result_id"])))
        if result is None or result.version != delivery.refs["version"]:
            rendered[delivery.id] = OUTDATED
            continue
        news = News(str(delivery.refs["state"]))
        rendered[delivery.id] = texts.news(result, news, batch.readers[delivery.person_id or 0].language)
    return rendered
