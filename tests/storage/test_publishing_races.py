"""Two people at once on what is public, or about to be: one wins, the other is told."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from domain.corrections import AlreadyAnswered, Corrected
from domain.people import Person
from domain.permissions import Actor
from domain.process import Process
from domain.results import ResultState
from domain.reviews import AlreadyPublished, AlreadyWithdrawn, Published, Superseded, Withdrawn
from services import proposals, reviews
from services.work import Work
from storage import corrections, results, versions
from storage.database import Database, Tx
from storage.tables import audit, outbox, result_versions
from tests.storage.people_and_events import NOW, add_group, add_people

PROCESS = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset())
ANNA, OLGA, OTTO = 1, 2, 3


async def stored(database: Database, state: ResultState) -> int:
    """A result of Anna's with its first version; its id."""
    async with database.write() as tx:
        await add_people(tx, ANNA, OLGA, OTTO)
        result_id = await results.add_draft(tx, ANNA, NOW)
        values = {"title": "A title", "summary": "A summary.", "state": state.value, "version": 1, "published_at": NOW}
        await results.change(tx, result_id, group_id=await add_group(tx), **values)
        result = await results.get(tx, result_id)
        assert result is not None
        await versions.add(tx, result_id, 1, result, ANNA, NOW)
    return result_id


async def proposed(database: Database, result_id: int) -> int:
    """A proposal of another title; its id."""
    async with database.write() as tx:
        result = await results.get(tx, result_id)
        assert result is not None
        correction_id = await corrections.add(tx, result, ANNA, NOW)
        await corrections.change(tx, correction_id, title="A better title", sentence="A word.", state="proposed")
    return correction_id


def organiser(tx: Tx, person_id: int) -> Work:
    person = Person(person_id, "An organiser", "en", started_at=NOW)
    return Work(tx, NOW + timedelta(hours=1), PROCESS, person, Actor(person_id, is_organiser=True))


async def noted(database: Database) -> list[str]:
    """What the audit says, and how often Anna is told."""
    async with database.read() as tx:
        deeds = list((await tx.execute(select(audit.c.action))).scalars())
        told = (await tx.execute(select(outbox.c.id).where(outbox.c.kind == "review"))).all()
    return [*deeds, f"told {len(told)}"]


async def test_of_two_who_publish_one_does(database: Database) -> None:
    result_id = await stored(database, ResultState.ACCEPTED)

    async def publish(person_id: int) -> object:
        async with database.write() as tx:
            return await reviews.publish(organiser(tx, person_id), result_id, 1)

    outcomes = await asyncio.gather(publish(OLGA), publish(OTTO))

    assert sorted(type(o).__name__ for o in outcomes) == [AlreadyPublished.__name__, Published.__name__]
    assert await noted(database) == ["result_published", "told 1"]


async def test_of_two_who_withdraw_one_does(database: Database) -> None:
    result_id = await stored(database, ResultState.PUBLISHED)

    async def withdraw(person_id: int) -> object:
        async with database.write() as tx:
            return await reviews.withdraw(organiser(tx, person_id), result_id, 1, "It is wrong.")

    outcomes = await asyncio.gather(withdraw(OLGA), withdraw(OTTO))

    assert sorted(type(o).__name__ for o in outcomes) == [AlreadyWithdrawn.__name__, Withdrawn.__name__]
    assert await noted(database) == ["result_withdrawn", "told 1"]


async def test_of_two_who_answer_a_proposal_one_does(database: Database) -> None:
    result_id = await stored(database, ResultState.PUBLISHED)
    correction_id = await proposed(database, result_id)

    async def approve(person_id: int) -> object:
        async with database.write() as tx:
            return await proposals.approve(organiser(tx, person_id), correction_id)

    outcomes = await asyncio.gather(approve(OLGA), approve(OTTO))

    assert sorted(type(o).__name__ for o in outcomes) == [AlreadyAnswered.__name__, Corrected.__name__]
    assert await noted(database) == ["result_corrected", "told 1"]
    async with database.read() as tx:
        kept = (await tx.execute(select(result_versions.c.version, result_versions.c.title))).all()
    assert sorted(tuple(row) for row in kept) == [(1, "A title"), (2, "A better title")]


async def test_a_correction_and_a_withdrawal_at_once_leave_one_of_them_out(database: Database) -> None:
    result_id = await stored(database, ResultState.PUBLISHED)
    correction_id = await proposed(database, result_id)

    async def approve() -> object:
        async with database.write() as tx:
            return await proposals.approve(organiser(tx, OLGA), correction_id)

    async def withdraw() -> object:
        async with database.write() as tx:
            return await reviews.withdraw(organiser(tx, OTTO), result_id, 1, "It is wrong.")

    corrected, withdrawn = await asyncio.gather(approve(), withdraw())

    first = (type(corrected), type(withdrawn))
    assert first in {(Corrected, Superseded), (AlreadyWithdrawn, Withdrawn)}
    async with database.read() as tx:
        result = await results.get(tx, result_id)
    assert result is not None
    expected = (2, ResultState.PUBLISHED) if first[0] is Corrected else (1, ResultState.WITHDRAWN)
    assert (result.version, result.state) == expected
