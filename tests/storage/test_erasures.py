"""Whoever is erased is in no table any more, whichever tables there are; what a group has taken up stays."""

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Boolean, Column, Integer, String, Table, select

from domain.erasing import Erasure, ErasureState, hash_of
from messages.markup import render
from storage import erasures, facts, own_data
from storage import inbox as stored_inbox
from storage.database import Database, Tx
from storage.tables import metadata, people
from storage.types import UtcDateTime
from tests.storage.filling import names_a_person

NOW = datetime(2022, 3, 14, tzinfo=UTC)
ANNA, BEN = 5_200_000_001, 5_200_000_002
PSEUDONYM = -77
NAME = "Zoë \\Quill"
WORDS = "CANARY"

SAYS_WHO = {"data", "payload", "refs", "before", "after"}
"""Columns of JSON in which numbers of people stand."""

UNFINISHED = {"agenda": "proposed", "broadcasts": "draft", "results": "accepted"}
"""What nobody has taken up or published yet goes with its author."""

STAYS = {
    "minutes": {"text", "file_id", "file_name"},
    "polls": {"title", "zone", "state"},
    "rounds": {"titles"},
    "invites": {"token_hash", "purpose"},
    "series": {"rule", "first_wall", "zone", "until"},
    "chats": {"title", "standing", "invite_link"},
    "audit": {"action", "subject"},
    "outbox": {"kind", "method", "policy", "state"},
    "inbox": {"state"},
    "events": {"slug", "zone", "link", "link_policy", "state", "kind", "backstage_link", "recording_link"},
    "links": {"topic", "language"},
}
"""Texts that are the group's, the process's or the machine's, in tables that know people."""


def row_of(table: Table, person_id: int, number: int) -> dict[str, object]:
    """A row that names somebody in every place where it can."""
    return {column.name: value_of(column, person_id, number) for column in table.columns}


def value_of(column: Column[object], person_id: int, number: int) -> object:
    if column.table is people and column.name == "id":
        return person_id
    if names_a_person(column):
        return person_id
    if column.name == "merged_into":
        return None
    if column.name == "outside":
        return [ANNA, BEN]
    if column.foreign_keys or column.primary_key:
        return f"{WORDS}{number}" if isinstance(column.type, String) else number
    return _by_type(column, person_id, number)


def _by_type(column: Column[object], person_id: int, number: int) -> object:
    if isinstance(column.type, UtcDateTime):
        return NOW
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Integer) or "INTEGER" in str(column.type) or "BIGINT" in str(column.type):
        return number
    if isinstance(column.type, String):
        if column.name == "state" and column.table.name in UNFINISHED:
            return UNFINISHED[column.table.name]
        return f"{WORDS}{number}"[: column.type.length]
    if column.name not in SAYS_WHO:
        return {"en": "A title"}
    return {"person": person_id, "words": [WORDS, f"person:{person_id}"]}


async def fill(tx: Tx, person_id: int, number: int) -> None:
    for table in metadata.sorted_tables:
        if table.name != "erasures":
            await tx.execute(table.insert().values(row_of(table, person_id, number)))


async def everything(tx: Tx) -> dict[str, list[Mapping[str, object]]]:
    return {t.name: [dict(row._mapping) for row in await tx.execute(select(t))] for t in metadata.sorted_tables}


def left_of(person_id: int, words: str, rows: Mapping[str, list[Mapping[str, object]]]) -> list[str]:
    """Where somebody's number, or what they wrote, still stands."""

    def concerns(table: str, column: str, value: object) -> bool:
        return str(person_id) in _text(value) or (words in _text(value) and _is_own(table, column))

    return [
        f"{table}.{column}"
        for table, found in rows.items()
        for row in found
        for column, value in row.items()
        if table != "erasures" and concerns(table, column, value)
    ]


def _text(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)


def _is_own(table: str, column: str) -> bool:
    return knows_people(metadata.tables[table]) and column not in STAYS.get(table, set())


def knows_people(table: Table) -> bool:
    return table is people or any(names_a_person(column) for column in table.columns)


async def test_nobody_is_left_in_any_table(database: Database) -> None:
    async with database.write() as tx:
        await fill(tx, ANNA, 1)
        await fill(tx, BEN, 2)
        before = left_of(ANNA, f"{WORDS}1", await everything(tx))

        await erasures.erase(tx, ANNA, PSEUDONYM, NOW)
        after = await everything(tx)

    (hers,) = [row for row in after["audit"] if row["id"] == 1]
    assert len({place.partition(".")[0] for place in before}) > 25
    assert left_of(ANNA, f"{WORDS}1", after) == []
    assert [row["id"] for row in after["people"]] == [BEN]
    assert {**hers, "at": None} == {
        "id": 1,
        "at": None,
        "actor_id": PSEUDONYM,
        "action": f"{WORDS}1",
        "subject": f"{WORDS}1",
        "before": {"person": PSEUDONYM, "words": [WORDS, f"person:{PSEUDONYM}"]},
        "after": {"person": PSEUDONYM, "words": [WORDS, f"person:{PSEUDONYM}"]},
    }


async def test_everybody_else_stays_as_they_are(database: Database) -> None:
    async with database.write() as tx:
        await fill(tx, BEN, 2)
        before = await everything(tx)
        await fill(tx, ANNA, 1)

        await erasures.erase(tx, ANNA, PSEUDONYM, NOW)
        after = await everything(tx)

    expected = {name: [row for row in rows if _is_bens(row)] for name, rows in before.items()}
    expected["slots"][0] = {**expected["slots"][0], "outside": [BEN]}
    assert {name: [row for row in rows if _is_bens(row)] for name, rows in after.items()} == expected


def _is_bens(row: Mapping[str, object]) -> bool:
    return row.get("id", row.get("person_id")) in {2, BEN}


async def test_what_others_were_sent_or_wrote_names_nobody_who_is_erased(database: Database) -> None:
    said = {"chat_id": BEN, "text": f"{NAME} wants to join"}
    erasure = Erasure(1, ANNA, NAME, "en", ErasureState.ERASED, NOW)
    async with database.write() as tx:
        await fill(tx, BEN, 2)
        outbox, inbox = metadata.tables["outbox"], metadata.tables["inbox"]
        await tx.execute(outbox.update().values(payload=said, state="sent", key=f"ban:{ANNA}:1", refs={"to": BEN}))
        await tx.execute(inbox.update().values(raw=json.dumps({"reply": NAME, "by": BEN}), state="done"))

        await erasures.wipe_mentions(tx, erasure)
        after = await everything(tx)

    assert (after["outbox"][0]["payload"], after["outbox"][0]["key"]) == (None, "erased:2")
    assert after["outbox"][0]["chat_id"] == BEN
    assert after["inbox"][0]["raw"] == ""


@pytest.mark.parametrize("state", ["pending", "sending"])
async def test_what_still_goes_out_and_names_them_is_waited_for(database: Database, state: str) -> None:
    erasure = Erasure(1, ANNA, NAME, "en", ErasureState.ERASED, NOW)
    async with database.write() as tx:
        await fill(tx, BEN, 2)
        outbox, inbox = metadata.tables["outbox"], metadata.tables["inbox"]
        await tx.execute(inbox.update().values(state="done"))
        waits = []
        for found in (state, "sent"):
            await tx.execute(outbox.update().values(payload={"user_id": ANNA}, state=found))
            waits.append(await erasures.is_mentioned_ahead(tx, erasure))

    assert waits == [True, False]


async def test_a_name_is_found_as_messages_spell_it(database: Database) -> None:
    name = 'Zoë O\'Brien & "Co"'
    erasure = Erasure(1, ANNA, f"Zoë\n{name}", "en", ErasureState.ERASED, NOW)
    async with database.write() as tx:
        await fill(tx, BEN, 2)
        outbox, inbox = metadata.tables["outbox"], metadata.tables["inbox"]
        said = {"text": render("{who} wants to join", who=name)}
        await tx.execute(outbox.update().values(payload=said, state="sent"))
        await tx.execute(inbox.update().values(raw=json.dumps({"from": "Zoë"}), state="done"))

        await erasures.wipe_mentions(tx, erasure)
        after = await everything(tx)

    assert (after["outbox"][0]["payload"], after["inbox"][0]["raw"]) == (None, "")


async def test_after_they_were_erased_a_name_is_somebody_elses(database: Database) -> None:
    erasure = Erasure(1, ANNA, "Anna", "en", ErasureState.ERASED, NOW, erased_at=NOW)
    later = NOW + timedelta(seconds=1)
    async with database.write() as tx:
        await fill(tx, BEN, 2)
        outbox, inbox = metadata.tables["outbox"], metadata.tables["inbox"]
        await tx.execute(inbox.update().values(state="done"))
        waits = []
        for created_at in (NOW, later):
            await tx.execute(outbox.update().values(payload={"text": "Anna"}, state="pending", created_at=created_at))
            waits.append(await erasures.is_mentioned_ahead(tx, erasure))

    assert waits == [True, False]


async def test_what_is_not_waited_for_any_more_is_cancelled_but_for_the_last_word(database: Database) -> None:
    erasure = Erasure(1, ANNA, "Anna", "en", ErasureState.ERASED, NOW, erased_at=NOW)
    async with database.write() as tx:
        await fill(tx, BEN, 2)
        outbox = metadata.tables["outbox"]
        states = []
        for kind in ("chat_call", "erasure"):
            await tx.execute(outbox.update().values(kind=kind, payload={"user_id": ANNA}, state="pending"))
            await erasures.cancel_ahead(tx, erasure, NOW)
            states.append(await tx.scalar(select(outbox.c.state)))

    assert states == ["cancelled", "pending"]


async def test_who_is_back_keeps_what_came_since(database: Database) -> None:
    erasure = Erasure(1, ANNA, "Anna", "en", ErasureState.TOLD, NOW, erased_at=NOW)
    async with database.write() as tx:
        await fill(tx, ANNA, 1)
        outbox, inbox = metadata.tables["outbox"], metadata.tables["inbox"]
        later = NOW + timedelta(seconds=1)
        await tx.execute(outbox.update().values(created_at=later, state="pending"))
        await tx.execute(inbox.update().values(received_at=later, state="done", raw="{}"))
        before = await everything(tx)

        waits = await erasures.is_mentioned_ahead(tx, erasure)
        await erasures.wipe_mentions(tx, erasure)
        after = await everything(tx)

    assert not waits
    assert after == before


async def test_two_who_want_the_same_person_erased_are_one_erasure(database: Database) -> None:
    async with database.write() as tx:
        await erasures.add(tx, ANNA, "Anna", "en", "salt", NOW)
        await erasures.add(tx, ANNA, "Anna", None, "pepper", NOW, on_request=True)
        first = await erasures.get_open(tx)
        await erasures.reach(tx, first[0].id, ErasureState.TOLD, erased_at=NOW)
        await erasures.add(tx, ANNA, "Anne", None, "pepper", NOW, on_request=True)
        (again,) = await erasures.get_open(tx)

    assert [(one.state, one.on_request, one.language) for one in first] == [(ErasureState.ASKED, False, "en")]
    assert (again.id, again.state, again.on_request, again.language) == (first[0].id, ErasureState.ASKED, True, None)
    assert again.names == {"Anna", "Anne"}
    assert again.erased_at is None


async def test_what_is_being_done_meanwhile_is_erased_too(database: Database) -> None:
    """An update of theirs is handled in another transaction: its effects are there once it is over."""
    outbox, inbox = metadata.tables["outbox"], metadata.tables["inbox"]
    async with database.write() as tx:
        await fill(tx, ANNA, 1)
        await tx.execute(inbox.update().values(state="new"))
        await tx.execute(outbox.delete())
        await tx.execute(metadata.tables["audit"].delete())
    owed = row_of(outbox, ANNA, 1) | {"state": "pending", "card_id": None}

    async def erase() -> None:
        async with database.write() as tx:
            await erasures.erase(tx, ANNA, PSEUDONYM, NOW)

    async with database.write() as tx:
        await stored_inbox.finish(tx, 1, NOW)
        erasing = asyncio.create_task(erase())
        await asyncio.sleep(0.2)  # on PostgreSQL it waits for the row, on SQLite for the writer
        await tx.execute(outbox.insert().values(owed))
        await facts.note(tx, NOW, ANNA, "left", f"person:{ANNA}")
    await erasing

    async with database.read() as tx:
        left = left_of(ANNA, f"{WORDS}1", await everything(tx))
        states = list((await tx.execute(select(outbox.c.state))).scalars())
    assert left == []
    assert states == ["cancelled"]


async def test_a_restored_backup_knows_who_was_erased_since(database: Database) -> None:
    async with database.write() as tx:
        await fill(tx, ANNA, 1)
        await fill(tx, BEN, 2)
        listed = [("salt", hash_of(ANNA, "salt")), ("pepper", hash_of(3, "pepper"))]

        found = await erasures.find_listed(tx, listed)

    assert found == [ANNA]


# --- The copy ---------------------------------------------------------------------------------


def test_the_copy_holds_every_table_that_knows_people() -> None:
    said_elsewhere = {"cards", "erasures", "slots", "chats", "links", "events"}  # where something stands; who did what
    tables = {table.name for table in metadata.sorted_tables if knows_people(table)} - said_elsewhere

    assert {part.table.name for part in own_data.PARTS} == tables


async def test_the_copy_names_nobody_else_and_tells_no_token(database: Database) -> None:
    async with database.write() as tx:
        await fill(tx, ANNA, 1)
        await fill(tx, BEN, 2)
        others = {
            column.name: BEN
            for column in metadata.tables["applications"].columns
            if names_a_person(column) and column.name != "person_id"
        }
        applications = metadata.tables["applications"]
        await tx.execute(applications.update().where(applications.c.id == 1).values(**others))

        taken = await own_data.collect(tx, ANNA)

    assert all(len(rows) == 1 for rows in taken.values())
    assert str(BEN) not in json.dumps(taken)
    assert "token_hash" not in json.dumps(taken)
