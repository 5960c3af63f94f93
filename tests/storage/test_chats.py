"""Chats, links, who is there and who belongs there; codes; a chat that gets another id."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.chats import GroupChat, Topic
from domain.deliveries import DeliveryState, owe
from domain.happenings import Standing
from domain.permissions import Role
from storage import cards, chat_codes, chat_moves, chat_people, chats, groups, outbox, people
from storage.cards import Place
from storage.chat_codes import ChatCode
from storage.chat_people import APPROVED, JoinRequest
from storage.chats import ChatLink
from storage.database import Database, Tx
from storage.tables import cards as card_table
from storage.tables import outbox as outbox_table
from tests.storage.people_and_events import NOW, add_group, add_people

OLD, NEW = -100, -1_002_000_000_001
ADMIN = GroupChat(OLD, "Climate", standing=Standing.ADMINISTRATOR, rights=frozenset({"can_pin_messages"}))
CARLA, ANNA, BEN, DORA = 1, 2, 3, 4


async def link(tx: Tx, group: int, chat: GroupChat = ADMIN, thread: int | None = None) -> ChatLink:
    await chats.save(tx, chat, NOW)
    made = ChatLink(group, chat.id, thread, Topic.OPEN.value, "en")
    await chats.put_link(tx, made, None, NOW)
    return made


async def test_a_chat_comes_back_as_it_was_stored_and_changes(database: Database) -> None:
    known = replace(ADMIN, invite_link="https://t.me/+x", added_by=7, leave_at=NOW + timedelta(days=1))
    async with database.write() as tx:
        await chats.save(tx, ADMIN, NOW)
        await chats.save(tx, known, NOW)

    async with database.read() as tx:
        assert await chats.get(tx, OLD) == known
        assert await chats.rights_in(tx, OLD) == {"can_pin_messages"}
        assert await chats.get(tx, -5) is None


async def test_a_chat_that_a_group_is_linked_to_is_not_forgotten(database: Database) -> None:
    async with database.write() as tx:
        await link(tx, await add_group(tx))
        await chats.save(tx, replace(ADMIN, id=-5), NOW)
        for chat_id in (OLD, -5):
            await chats.forget(tx, chat_id)

        assert await chats.get(tx, OLD) == ADMIN
        assert await chats.get(tx, -5) is None


async def test_only_overdue_chats_are_left(database: Database) -> None:
    async with database.write() as tx:
        for number, (leave_at, standing) in enumerate(
            [
                (NOW, Standing.MEMBER),
                (NOW + timedelta(1), Standing.MEMBER),
                (NOW, Standing.OUT),
                (None, Standing.MEMBER),
            ]
        ):
            await chats.save(tx, GroupChat(-1 - number, "?", standing=standing, leave_at=leave_at), NOW)

        assert [chat.id for chat in await chats.overdue(tx, NOW)] == [-1]


async def test_a_topic_belongs_to_its_group_and_counts_everywhere_once_it_is_gone(database: Database) -> None:
    async with database.write() as tx:
        climate, fairness = await add_group(tx, "PWG 3"), await add_group(tx, "PWG 4")
        first, second = await link(tx, climate, thread=5), await link(tx, fairness, thread=6)

        at_five, in_general = await chats.links_at(tx, OLD, 5), await chats.links_at(tx, OLD, None)
        changed = await chats.set_topic(tx, OLD, 5, Topic.GONE)
        again = await chats.set_topic(tx, OLD, 5, Topic.GONE)
        gone = replace(first, topic="gone")

        assert (at_five, in_general) == ([first], [])
        assert (changed, again) == ([gone], [])
        assert await chats.links_at(tx, OLD, None) == [gone]
        assert await chats.links_in(tx, OLD) == [gone, second]
        assert (gone.posting_thread, second.posting_thread) == (None, 6)


async def test_the_circle_of_a_chat_is_everybody_to_whom_it_is_open(database: Database) -> None:
    async with database.write() as tx:
        await add_people(tx, CARLA, ANNA, BEN, DORA)
        climate, fairness = await add_group(tx, "PWG 3"), await add_group(tx, "PWG 4")
        elsewhere = await add_group(tx, "PWG 5")
        await link(tx, climate)
        await link(tx, fairness)
        await groups.take_seat(tx, climate, ANNA, NOW)
        await groups.take_seat(tx, elsewhere, BEN, NOW)
        await people.grant(tx, CARLA, Role.COORDINATOR, fairness)
        await people.grant(tx, DORA, Role.GUEST, climate)

        circle = await chat_people.circle_of(tx, OLD, [99])

    assert circle.seats == {climate: {ANNA}, fairness: set()}
    assert circle.coordinators == {CARLA}
    assert circle.others == {DORA, 99}
    assert [person for person in (CARLA, ANNA, BEN, DORA, 99) if circle.holds(person)] == [CARLA, ANNA, DORA, 99]


async def test_a_request_at_the_door_is_answered_once(database: Database) -> None:
    request = JoinRequest(OLD, ANNA, ANNA, NOW)
    async with database.write() as tx:
        await add_people(tx, ANNA)
        await chats.save(tx, ADMIN, NOW)
        await chat_people.ask(tx, request)
        await chat_people.ask(tx, request)
        first = await chat_people.open_request(tx, OLD, ANNA)
        await chat_people.answer(tx, OLD, ANNA, APPROVED)

        assert first == request
        assert await chat_people.open_request(tx, OLD, ANNA) is None


async def test_only_who_is_known_to_be_out_is_out(database: Database) -> None:
    async with database.write() as tx:
        await chats.save(tx, ADMIN, NOW)
        await chat_people.note_member(tx, OLD, ANNA, NOW, is_in=True)
        await chat_people.note_member(tx, OLD, BEN, NOW, is_in=True)
        await chat_people.note_member(tx, OLD, BEN, NOW, is_in=False)

        assert await chat_people.known_in(tx, OLD) == {ANNA}
        assert [await chat_people.is_known_out(tx, OLD, one) for one in (ANNA, BEN, DORA)] == [False, True, False]


async def test_a_code_counts_once_while_it_is_the_newest(database: Database) -> None:
    until = NOW + timedelta(minutes=30)
    async with database.write() as tx:
        group = await add_group(tx)
        for name in ("older", "newer"):
            await chat_codes.add(tx, name, ChatCode(group, None), NOW, until)

        uses = [await chat_codes.use(tx, name, NOW) for name in ("older", "newer", "newer", "guessed")]
        await chat_codes.add(tx, "late", ChatCode(group, None), NOW, until)

        assert uses == [None, ChatCode(group, None), None, None]
        assert await chat_codes.use(tx, "late", until) is None


# --- Another id -------------------------------------------------------------------------------


@pytest.mark.parametrize("new_is_known", [False, True])
async def test_everything_that_names_a_chat_follows_it_once(database: Database, *, new_is_known: bool) -> None:
    async with database.write() as tx:
        await add_people(tx, ANNA, BEN)
        group = await add_group(tx)
        await link(tx, group, replace(ADMIN, invite_link="https://t.me/+old"))
        if new_is_known:
            await chats.save(tx, replace(ADMIN, id=NEW, leave_at=NOW), NOW)
            await chat_people.note_member(tx, NEW, ANNA, NOW, is_in=True)
        await chat_people.note_member(tx, OLD, ANNA, NOW, is_in=True)
        await chat_people.ask(tx, JoinRequest(OLD, BEN, BEN, NOW))
        await _owe_everything(tx)

        moved = [await chat_moves.move(tx, OLD, NEW), await chat_moves.move(tx, OLD, NEW)]

        chat = await chats.get(tx, NEW)
        assert moved == [True, False]
        assert chat == replace(ADMIN, id=NEW)
        assert await chats.get(tx, OLD) is None
        assert [one.chat_id for one in await chats.links_in(tx, NEW)] == [NEW]
        assert await chat_people.known_in(tx, NEW) == {ANNA}
        assert await chat_people.open_request(tx, NEW, BEN) == JoinRequest(NEW, BEN, BEN, NOW)
        assert await _places(tx) == {
            "card": (NEW, None),
            "call": (NEW, {"chat_id": NEW, "user_id": 5}),
            "sent": (OLD, {}),
        }
        card = (await tx.execute(select(card_table.c.chat_id, card_table.c.message_id))).one()
        assert tuple(card) == (NEW, None)


async def _owe_everything(tx: Tx) -> None:
    """A card that is shown and changes, a call with parameters of its own, and something that is long done."""
    card = owe("group_card", "card", NOW, chat_id=OLD, refs={"subject": "board:1"})
    await outbox.add_card(tx, "board:1", card, NOW, Place(5, "en"))
    card_id, _ = await cards.touch(tx, "board:1", OLD)
    await cards.set_message(tx, card_id, 77, "hash")
    call = {"method": "banChatMember", "chat_id": OLD, "payload": {"chat_id": OLD, "user_id": 5}}
    await outbox.add(tx, [owe("chat_call", "call", NOW, **call)], NOW)
    await outbox.add(tx, [owe("chat_call", "sent", NOW, chat_id=OLD, payload={})], NOW)
    done = outbox_table.update().where(outbox_table.c.key == "sent").values(state=DeliveryState.SENT.value)
    await tx.execute(done)


async def _places(tx: Tx) -> dict[str, tuple[int, Mapping[str, object] | None]]:
    rows = await tx.execute(select(outbox_table.c.key, outbox_table.c.chat_id, outbox_table.c.payload))
    return {row.key.partition(":")[0]: (row.chat_id, row.payload) for row in rows}


async def test_what_is_owed_to_a_chat_the_bot_is_not_in_ends(database: Database) -> None:
    async with database.write() as tx:
        await _owe_everything(tx)

        assert await chat_moves.cancel_pending(tx, OLD, NOW) == 2
        assert await chat_moves.cancel_pending(tx, OLD, NOW) == 0


async def test_a_call_is_under_way_until_it_is_answered(database: Database) -> None:
    async with database.write() as tx:
        await _owe_everything(tx)
        before = await chat_moves.is_under_way(tx, OLD, "banChatMember")
        await chat_moves.cancel_pending(tx, OLD, NOW)

        assert before
        assert not await chat_moves.is_under_way(tx, OLD, "banChatMember")
        assert await chat_moves.was_owed(tx, "call")
        assert not await chat_moves.was_owed(tx, "another")


@pytest.mark.parametrize(("lost", "message_id"), [(True, None), (False, 77)])
async def test_cards_of_a_topic_move_to_the_general_one(
    database: Database, *, lost: bool, message_id: int | None
) -> None:
    async with database.write() as tx:
        card_id, _ = await cards.touch(tx, "session:1", OLD, Place(5, "en"))
        await cards.set_message(tx, card_id, 77, "hash")

        await chat_moves.leave_topic(tx, OLD, 5, lost=lost)

        card = await cards.get(tx, "session:1", OLD)
    assert card is not None
    assert (card.thread_id, card.message_id) == (None, message_id)


async def test_the_cards_of_a_group_are_left_behind_and_others_stay(database: Database) -> None:
    async with database.write() as tx:
        group = await add_group(tx)
        for subject in (f"board:{group}", f"board:{group + 1}", "chore:1"):
            await cards.touch(tx, subject, OLD)

        await chat_moves.forget_cards(tx, group, OLD)

        assert await chat_moves.subjects_in(tx, OLD) == [f"board:{group + 1}", "chore:1"]
