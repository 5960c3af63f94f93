"""Comments: said by one side of a review, told to the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.coauthors import CoauthorState
from domain.comments import MOST_COMMENT, Added, Comment, CommentOutcome, Side, decide_comment, side_of
from domain.deliveries import owe
from domain.paging import ListPage, page_at
from domain.results import Result
from domain.typed import paragraphs, within
from messages import comments as texts
from messages.markup import Message
from services import cards
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.results import find_circle, get_discussed, may_discuss, subject
from services.work import Work
from storage import coauthors, comments, facts, outbox, people, results

PAGE_SIZE = 5


async def check(work: Work, result_id: int) -> CommentOutcome:
    """What one more comment would come to, before it is typed."""
    return await _decide(work, await get_discussed(work, result_id))


async def _decide(work: Work, result: Result) -> CommentOutcome:
    return decide_comment(result, work.person.id, await comments.count(work.tx, result.id, work.person.id))


async def add(work: Work, result_id: int, typed: str) -> CommentOutcome:
    """Say something; the other side is told, every card shows it. Raise NotReadable or TooLong."""
    result = await get_discussed(work, result_id)
    outcome = await _decide(work, result)
    if isinstance(outcome, Added):
        said = within(paragraphs(typed), MOST_COMMENT)
        comment_id = await comments.add(work.tx, result.id, work.person.id, said, work.now)
        await facts.note(work.tx, work.now, work.person.id, "result_commented", subject(result.id))
        await _tell(work, comment_id, await _readers(work, result, outcome.side))
        await cards.refresh(work.tx, subject(result.id), work.now)
    return outcome


async def _readers(work: Work, result: Result, side: Side) -> set[int]:
    """Who is told: those who wrote it; or those who are asked about it, and who have spoken for them before."""
    if side is Side.REVIEWERS:
        named = await coauthors.of(work.tx, result.id)
        confirmed = {c.person_id for c in named if c.state is CoauthorState.CONFIRMED}
        return confirmed | ({result.author_id} if result.author_id is not None else set())
    spoke = {person for person in await comments.who(work.tx, result.id) if side_of(result, person) is Side.REVIEWERS}
    return {*(await find_circle(work, result)).people, *spoke}


async def _tell(work: Work, comment_id: int, readers: set[int]) -> None:
    told = [
        owe(
            "comment",
            f"comment:{comment_id}:{person}",
            work.now,
            chat_id=person,
            person_id=person,
            refs={"comment_id": comment_id},
        )
        for person in sorted(readers - {work.person.id})
    ]
    await outbox.add(work.tx, told, work.now)


# --- Reading ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Listed:
    """A page of the comments on a result, the newest first, with the names of those who made them."""

    result: Result
    comments: Sequence[Comment]
    names: Mapping[int, str]
    page: ListPage


async def list_comments(work: Work, result_id: int, wished: int) -> Listed:
    """A page of the comments; one past the end shows the last."""
    result = await get_discussed(work, result_id)
    page = page_at(wished, await comments.count(work.tx, result.id), PAGE_SIZE)
    found = await comments.of(work.tx, result.id, offset=page.offset, limit=page.limit)
    known = await people.get_many(work.tx, {c.person_id for c in found if c.person_id is not None})
    return Listed(result, found, {person.id: person.name for person in known.values()}, page)


async def render_news(batch: Rendering) -> Rendered:
    """Tell the other side what was said; whoever may not read it any more is not told."""
    found = await comments.get_many(batch.tx, {int(str(d.refs["comment_id"])) for d in batch.deliveries})
    about = await results.get_many(batch.tx, {c.result_id for c in found.values()})
    names = await people.get_many(batch.tx, {c.person_id for c in found.values() if c.person_id is not None})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        reader = batch.readers[delivery.person_id or 0]
        comment = found.get(int(str(delivery.refs["comment_id"])))
        result = about.get(comment.result_id) if comment else None
        actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
        if comment is None or result is None or not may_discuss(result, actor):
            rendered[delivery.id] = OUTDATED
            continue
        said_by = names.get(comment.person_id or 0)
        rendered[delivery.id] = texts.news(result, comment, said_by.name if said_by else "", reader.language)
    return rendered
