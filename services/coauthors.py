"""Co-authors: named in the dialog, asked when the result is handed in, answering by button."""

from collections.abc import Sequence

from domain.coauthors import (
    MOST_COAUTHORS,
    Answered,
    AnswerOutcome,
    CoauthorState,
    can_be_answered,
    decide_answer,
)
from domain.deliveries import owe
from domain.errors import NotAllowed, OutOfDate
from domain.paging import page_at
from domain.people import Person
from domain.permissions import Permission, Target, can
from domain.results import Result
from domain.reviews import News
from messages import coauthors as texts
from messages.coauthors import Choice
from messages.markup import Message
from services import cards
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.results import get_result, subject
from services.reviews import tell
from services.work import Work
from storage import coauthors, facts, groups, manage, outbox, people, results

PAGE_SIZE = 6


async def candidates(work: Work, result: Result) -> Sequence[Person]:
    """Those who may be named, by name: people of the group whose names the author may know."""
    group = await groups.get(work.tx, result.group_id) if result.group_id is not None else None
    if group is None or not can(work.actor, Permission.SEE_MEMBERS, Target(group_id=group.id)):
        return ()
    if not group.shows_members and group.id not in work.actor.coordinates:
        return ()
    held = await manage.roles_in(work.tx, group.id)
    known = (await people.get_many(work.tx, set(held) - {work.person.id})).values()
    return sorted((p for p in known if p.can_be_written_to), key=lambda p: (p.name.casefold(), p.id))


async def named(work: Work, result: Result) -> Sequence[str]:
    """The names of those who are named on a draft."""
    found = await people.get_many(work.tx, result.coauthors)
    return sorted((person.name for person in found.values()), key=str.casefold)


async def page_of(work: Work, result: Result, wished: int) -> Choice:
    """A page of those who may be named."""
    everybody = await candidates(work, result)
    page = page_at(wished, len(everybody), PAGE_SIZE)
    chosen = {c.person_id for c in await coauthors.of(work.tx, result.id) if c.state is not CoauthorState.DECLINED}
    return Choice(everybody[page.part], frozenset(chosen), page)


async def toggle(work: Work, result: Result, person_id: int) -> None:
    """Name somebody, or name them no more; at most five. Nobody who cannot be named."""
    if person_id not in {person.id for person in await candidates(work, result)}:
        raise NotAllowed
    chosen = {c.person_id for c in await coauthors.of(work.tx, result.id) if c.state is not CoauthorState.DECLINED}
    if person_id in chosen:
        await coauthors.drop(work.tx, result.id, person_id)
    elif len(chosen) < MOST_COAUTHORS:
        await coauthors.name(work.tx, result.id, person_id, work.now)


async def ask(work: Work, result: Result) -> None:
    """The result is handed in: whoever is named, and belongs to its group still, is asked once."""
    allowed = {person.id for person in await candidates(work, result)}
    everybody = await coauthors.of(work.tx, result.id)
    kept = {c.person_id for c in everybody if c.state is CoauthorState.CONFIRMED or c.person_id in allowed}
    await coauthors.drop_others(work.tx, result.id, frozenset(kept))
    asked = [c for c in everybody if c.state is CoauthorState.ASKED and c.person_id in kept]
    told = [
        owe(
            "coauthor",
            f"coauthor:{result.id}:{c.person_id}:{c.asked_at.timestamp():.0f}",
            work.now,
            chat_id=c.person_id,
            person_id=c.person_id,
            refs={"result_id": result.id},
        )
        for c in asked
    ]
    await outbox.add(work.tx, told, work.now)


async def answer(work: Work, result_id: int, said: CoauthorState) -> AnswerOutcome:
    """Yes, that is right; or no, which the author is told. Every card shows it."""
    result = await get_result(work, result_id)
    mine = next((c for c in await coauthors.of(work.tx, result.id) if c.person_id == work.person.id), None)
    if mine is None:
        raise NotAllowed
    if not can_be_answered(result):
        raise OutOfDate
    outcome = decide_answer(mine.state, said)
    if isinstance(outcome, Answered):
        await coauthors.answer(work.tx, result.id, work.person.id, said, work.now)
        before, after = {"state": mine.state.value}, {"state": said.value}
        action = f"coauthor_{said.value}"
        await facts.note(work.tx, work.now, work.person.id, action, subject(result.id), before, after)
        if said is CoauthorState.DECLINED:
            about = f":{work.person.id}:{work.now.isoformat()}"  # may be named again, and decline again
            await tell(work, result, News.COAUTHOR_DECLINED, to=result.author_id, about=about)
        await cards.refresh(work.tx, subject(result.id), work.now)
    return outcome


async def render_asks(batch: Rendering) -> Rendered:
    """Ask those named whether it is right; not those who are not named any more or have answered."""
    found = await results.get_many(batch.tx, {int(str(d.refs["result_id"])) for d in batch.deliveries})
    authors = await people.get_many(batch.tx, {r.author_id for r in found.values() if r.author_id is not None})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        result, reader = found.get(int(str(delivery.refs["result_id"]))), batch.readers[delivery.person_id or 0]
        asked = await _asked(batch, result.id) if result and can_be_answered(result) else {}
        if result is None or asked.get(reader.id) is not CoauthorState.ASKED:
            rendered[delivery.id] = OUTDATED
            continue
        author = authors.get(result.author_id or 0)
        rendered[delivery.id] = texts.ask(result, author.name if author else "", reader.language)
    return rendered


async def _asked(batch: Rendering, result_id: int) -> dict[int, CoauthorState]:
    return {c.person_id: c.state for c in await coauthors.of(batch.tx, result_id)}
