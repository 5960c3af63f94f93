"""G11: whoever sends to many loses the right to in the middle of it."""

import asyncio
from pathlib import Path

from sqlalchemy import delete, select

from sandbox.faults import FaultKind
from storage.tables import audit, roles
from tests.chat.test_broadcasts import NEWS, copies, crowd, writes
from tests.chat.world import OWNER, Chat, Visitor, open_chat


async def owner_of(chat: Chat) -> Visitor:
    """Somebody named in the settings."""
    owner = Visitor(chat, chat.telegram.as_person(chat.telegram.add_user("Otto", user_id=OWNER)))
    await owner.starts()
    return owner


async def loses_role(chat: Chat, visitor: Visitor) -> None:
    async with chat.bot.database.write() as tx:
        await tx.execute(delete(roles).where(roles.c.person_id == visitor.id))


async def begun(chat: Chat) -> tuple[Visitor, list[Visitor]]:
    """A run of Olga's that has reached two of five when she is no organiser any more."""
    olga, others = await chat.organiser("Olga"), [await chat.person(name) for name in ("Anna", "Bert", "Cleo")]
    await writes(olga, "Everybody")
    await chat.time_passes(seconds=5)
    held = chat.telegram.faults.add(FaultKind.HOLD, method="sendMessage", chat=others[0].id)
    olga.client.press(olga.message_with("Send to 5"), "Send to 5")
    settling = asyncio.create_task(chat.settles())
    await held.struck.wait()
    await loses_role(chat, olga)
    await chat.bot.ticks.run_all()
    held.release()
    await settling
    return olga, others


async def test_G11_a_run_pauses_when_its_sender_loses_the_role_and_goes_on_with_an_owners_word(tmp_path: Path) -> None:
    async with open_chat(tmp_path, calls_in_flight=1) as chat:
        otto = await owner_of(chat)
        _, (anna, bert, cleo) = await begun(chat)
        asked = (otto.screen.text, otto.screen.labels)
        before = [copies(person) for person in (anna, bert, cleo)]

        await otto.presses("Send it on")

        assert asked == (
            f"Paused: Olga is no organiser any more\n\n{NEWS}\n\n2 of 5 have it.",
            [["Send it on", "Do not send"]],
        )
        assert before == [1, 0, 0]
        assert otto.toasts == ["On its way."]
        assert [copies(person) for person in (anna, bert, cleo)] == [1, 1, 1]
        assert otto.screen.text == "Done: 5 of 5 have it\nConfirmed by Otto"
        async with chat.bot.database.read() as tx:
            rows = await tx.execute(select(audit.c.actor_id, audit.c.action).where(audit.c.action.like("broadcast%")))
            noted = [tuple(row) for row in rows]
        assert noted[1:] == [(None, "broadcast_paused"), (otto.id, "broadcast_resumed"), (None, "broadcast_ended")]


async def test_G11_a_paused_run_is_dropped_on_an_owners_word(tmp_path: Path) -> None:
    async with open_chat(tmp_path, calls_in_flight=1) as chat:
        otto = await owner_of(chat)
        olga, (anna, bert, cleo) = await begun(chat)
        await olga.forges("xc:1")
        await olga.forges("xp:1")

        await otto.presses("Do not send")
        await otto.forges("xc:1")

        assert olga.toasts[1:] == ["This is not for you, or it does not exist."] * 2
        assert [copies(person) for person in (anna, bert, cleo)] == [1, 0, 0]
        assert otto.screen.text == "Stopped: 2 of 5 had gone out\nStopped before sending: 3"
        assert otto.toasts[-1] == "It was over already."


async def test_G11_what_waits_for_a_second_organiser_is_the_owners_to_decide(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rate=10_000, calls_in_flight=64) as chat:
        chat.telegram.first_bot.traffic.limits = None
        otto = await owner_of(chat)
        olga, oskar = await chat.organiser("Olga"), await chat.organiser("Oskar")
        guests = await crowd(chat, 498)
        await writes(olga, "Everybody", "Send to 501")
        old = oskar.message_with("Send to 501").keyboard[0][0]["callback_data"]

        await loses_role(chat, olga)
        await chat.time_passes(seconds=3)
        seen_by_oskar = oskar.screen.text
        await oskar.forges(str(old))
        sent_before = sum(len(chat.telegram.sent(guest)) for guest in guests)
        await otto.presses("Send it on")

        assert seen_by_oskar == (
            "Paused: Olga is no organiser any more\nIt was to go to 501 people.\nAn owner decides whether it goes out."
        )
        assert sent_before == 0
        assert [len(chat.telegram.sent(guest)) for guest in guests] == [1] * 498
