"""What is stored around quiet: rows that wait, lead times, answers, consents that are only ever added."""

from datetime import timedelta

from sqlalchemy import func, select

from domain.consents import WORDING, Consent, Purpose
from domain.deliveries import DeliveryState, NewDelivery, owe
from domain.sessions import Answer
from domain.webinars import Following, Scope
from storage import claims, consents, outbox, people, sessions
from storage import following as choices
from storage.database import Database
from storage.tables import consents as consents_table
from storage.tables import outbox as table
from tests.storage.people_and_events import NOW, add_event, add_group, add_people

LATER = NOW + timedelta(hours=9)
YES, NO = (Consent(Purpose.MESSAGES, given, WORDING, NOW) for given in (True, False))


def waiting(key: str, person: int, kind: str = "reminder", **values: object) -> NewDelivery:
    return owe(kind, key, NOW, chat_id=person, person_id=person, **{"not_before": LATER, **values})


async def test_who_wants_something_else_has_what_waits_for_them_looked_at_now(database: Database) -> None:
    async with database.write() as tx:
        rows = [waiting("mine", 1), waiting("others", 2), waiting("decision", 1, "decision"), waiting("sent", 1)]
        await outbox.add(tx, rows, NOW)
        await outbox.take_back(tx, "sent", NOW)

        count = await outbox.look_again(tx, 1, ["reminder", "change"], NOW)

        found = dict((await tx.execute(select(table.c.key, table.c.not_before))).all())
    assert count == 1
    assert found == {"mine": NOW, "others": LATER, "decision": LATER, "sent": LATER}


async def test_looking_again_never_makes_a_row_wait_longer(database: Database) -> None:
    async with database.write() as tx:
        await outbox.add(tx, [waiting("due", 1, not_before=NOW)], NOW)

        count = await outbox.look_again(tx, 1, ["reminder"], LATER)

        assert (count, await tx.scalar(select(table.c.not_before))) == (0, NOW)


async def test_news_that_wait_for_a_silence_to_end_are_decided_anew_when_newer_ones_come(database: Database) -> None:
    async with database.write() as tx:
        await outbox.add(tx, [waiting("change:1:1:7", 7, "change", event_id=1, revision=2)], NOW)

        newer = owe("change", "change:1:2:", NOW, event_id=1, revision=3, expires_at=LATER)
        await outbox.bring_forward(tx, newer)

        columns = (table.c.key, table.c.revision, table.c.not_before)
        assert (await tx.execute(select(*columns))).all() == [("change:1:2:7", 3, NOW)]


async def test_what_was_let_go_does_not_count_as_owed(database: Database) -> None:
    async with database.write() as tx:
        rows = [waiting("waits", 1), waiting("let go", 1), waiting("expired", 1, expires_at=NOW)]
        await outbox.add(tx, rows, NOW)
        await outbox.take_back(tx, "let go", NOW)
        await outbox.expire(tx, NOW)

        assert await outbox.owed_under(tx, ["waits", "let go", "expired", "never owed"]) == {"waits"}


async def test_a_row_put_back_is_claimed_again_as_if_for_the_first_time(database: Database) -> None:
    async with database.write() as tx:
        await outbox.add(tx, [waiting("reminder", 1, not_before=NOW)], NOW)
        (claimed,) = await claims.claim(tx, [1], "me", NOW)
        pending = DeliveryState.PENDING
        back = claims.Record(claimed.id, claimed.attempt, pending, NOW, not_before=LATER, attempts_spent=-1)
        await claims.record(tx, [back], "me")

        (again,) = await claims.claim(tx, [1], "me", LATER)

    assert (claimed.attempt, again.attempt) == (1, 1)


async def test_lead_times_of_several_people(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2, 3)
        await people.set_leads(tx, 1, [45])
        await people.set_leads(tx, 2, [])

        assert await people.get_leads_of(tx, [1, 2, 404]) == {1: frozenset({45})}
        assert await people.get_leads_of(tx, [3]) == {3: frozenset({10, 60, 1440})}


async def test_the_sessions_somebody_refused(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2)
        group = await add_group(tx)
    refused, accepted = [await add_event(database, group, slug) for slug in ("refused", "accepted")]
    async with database.write() as tx:
        await sessions.set_answer(tx, refused.id, 1, Answer.NO, NOW)
        await sessions.set_answer(tx, accepted.id, 1, Answer.YES, NOW)
        await sessions.set_answer(tx, accepted.id, 2, Answer.NO, NOW)

        assert await sessions.answered_by(tx, 1, Answer.NO) == {refused.id}


async def test_one_choice_ends_and_the_others_stay(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2)
        for person in (1, 2):
            await choices.follow(tx, person, Scope.ALL, 0, NOW)
            await choices.follow(tx, person, Scope.GROUP, 3, NOW)

        await choices.unfollow(tx, 1, Scope.ALL, 0)

        assert await choices.get(tx, 1) == Following(groups=frozenset({3}))
        assert (await choices.get(tx, 2)).everything


async def test_the_last_word_counts_and_every_word_is_kept(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, 1, 2)
        for consent in (YES, NO, YES):
            await consents.add(tx, 1, consent)
        await consents.add(tx, 2, NO)

        assert await consents.last(tx, 1, Purpose.MESSAGES) == YES
        assert await consents.last(tx, 2, Purpose.MESSAGES) == NO
        assert await consents.last(tx, 404, Purpose.MESSAGES) is None
        assert await tx.scalar(select(func.count()).select_from(consents_table)) == 4
