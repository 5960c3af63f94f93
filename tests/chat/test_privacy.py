"""One's own data: what is stored, the copy, and the end of it."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, or_, select

from sandbox.faults import FaultKind
from storage import people
from storage.tables import outbox, seats
from tests.chat.test_applications import asks
from tests.chat.test_broadcasts import copies, writes
from tests.chat.test_invites import invites_presenter
from tests.chat.world import OWNER, START, Chat, Visitor, open_chat

DAY = timedelta(days=1)
ERASED = (
    "Everything about you is deleted. The messages in this chat are in your Telegram only; you can delete the chat. If "
    "you write to me again, we begin anew."
)


async def erases(visitor: Visitor) -> None:
    await visitor.sends("/privacy")
    await visitor.presses("Delete me")
    await visitor.presses("Yes, delete me")


async def rows_for(chat: Chat, visitor: Visitor) -> list[str]:
    """The kinds of what is queued for somebody, or was sent to them."""
    theirs = or_(outbox.c.person_id == visitor.id, outbox.c.chat_id == visitor.id)
    async with chat.bot.database.read() as tx:
        return list((await tx.execute(select(outbox.c.kind).where(theirs).order_by(outbox.c.id))).scalars())


async def test_privacy_says_what_is_stored_and_leads_to_the_copy_and_the_end(chat: Chat) -> None:
    anna = await chat.person("Anna")

    await anna.sends("/privacy")

    assert anna.screen.text.startswith("What is stored about you, and why\n\n")
    assert anna.screen.labels == [["My data", "Delete me"], ["Home"]]


async def test_somebody_takes_everything_away_that_is_stored_about_them(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    webinar = await chat.webinar(group, {"en": "Planned relocation"}, START + 7 * DAY)
    anna = await chat.member("Anna", group)
    ben = await chat.person("Ben")
    await anna.starts(f"w_{webinar}")
    await anna.presses("Remind me")
    await anna.presses("This webinar")

    await anna.sends("/privacy")
    await anna.presses("My data")

    document = anna.screen.content["document"]
    taken = json.loads(chat.telegram.files.by_id[document["file_id"]].data)
    assert document["file_name"] == "my-data-2022-03-14.json"
    assert taken["people"][0]["name"] == "Anna"
    assert [(row["scope"], row["target_id"]) for row in taken["subscriptions"]] == [("webinar", webinar)]
    assert [row["group_id"] for row in taken["seats"]] == [group]
    assert str(ben.id) not in json.dumps(taken)
    assert anna.screen.text.startswith(
        "Everything that is stored about you, as a file that programs read (JSON).\n\nSeats in working groups: 1\n"
    )


async def test_whoever_is_erased_is_told_once_nothing_is_left(chat: Chat) -> None:
    anna = await chat.person("Anna", "en")
    await anna.sends("/privacy")

    await anna.presses("Delete me")
    asked = anna.screen
    await anna.presses("Yes, delete me")

    assert asked.labels == []
    assert [m.text for m in anna.messages[-2:]] == [
        "Your data is being deleted. You will be told when it is done.",
        ERASED,
    ]


async def test_somebody_thinks_better_of_it(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna = await chat.member("Anna", group)
    await anna.sends("/privacy")
    await anna.presses("Delete me")
    asked = anna.screen.text

    await anna.presses("Back")

    assert asked == (
        "Delete everything about you?\n\n"
        "Your name, settings, subscriptions, requests, answers, votes, drafts and results that are not published are "
        "deleted for good. Nobody can bring them back.\n\n"
        "You leave PWG 3; your seat goes to whoever waits for it.\n\n"
        "Published results, minutes and points that a group has taken up stay, without your name."
    )
    assert anna.screen.labels == [["My data", "Delete me"], ["Home"]]
    async with chat.bot.database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(seats)) == 1


@pytest.mark.parametrize("held_for", ["Anna", "Olga"])  # her row is just being sent; her row waits behind another
async def test_I7_who_is_erased_while_messages_are_queued_leaves_no_row(tmp_path: Path, held_for: str) -> None:
    async with open_chat(tmp_path, calls_in_flight=1) as chat:
        olga, anna, cleo = await chat.organiser("Olga"), await chat.person("Anna"), await chat.person("Cleo")
        await anna.sends("/privacy")
        await anna.presses("Delete me")
        await writes(olga, "Everybody")
        await chat.time_passes(seconds=5)
        waits = {"Anna": anna, "Olga": olga}[held_for]
        held = chat.telegram.faults.add(FaultKind.HOLD, method="sendMessage", chat=waits.id)
        olga.client.press(olga.message_with("Send to 3"), "Send to 3")
        settling = asyncio.create_task(chat.settles())
        await held.struck.wait()

        anna.client.press(anna.message_with("Yes, delete me"), "Yes, delete me")
        await chat.bot.poller.poll_once(0)
        await chat.bot.lanes.idle()
        queued = await rows_for(chat, anna)
        chat.clock.pass_by(61)
        await chat.bot.ticks.run_all()
        left = await rows_for(chat, anna)
        held.release()
        await settling
        await chat.time_passes(minutes=1)

        assert {"broadcast", "reply"} <= set(queued)
        assert left == []
        assert await rows_for(chat, anna) == []
        assert copies(anna) == (1 if held_for == "Anna" else 0)  # what is on its way cannot be called back
        assert (copies(olga), copies(cleo)) == (2, 1)
        assert anna.screen.text == ERASED


# --- What is left, and for whom ---------------------------------------------------------------

MOTIVATION = "I count migrating cranes."


async def test_nothing_of_somebody_who_is_erased_stays_in_the_file_or_its_log(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla, zora = await chat.coordinator("Carla", group), await chat.person("Zora Quillfeather")
    session = await chat.session(group, START + 7 * DAY)
    await asks(zora, group, motivation=MOTIVATION)
    await carla.presses("Accept")
    await chat.time_passes(minutes=2)
    await zora.starts(f"s_{session}")
    await zora.presses("I'll be there")
    await carla.sends("/manage")
    await carla.presses("People")
    traces = [b"Quillfeather", str(zora.id).encode(), MOTIVATION.encode()]
    before = [trace in the_file(chat) for trace in traces]

    await erases(zora)
    await chat.time_passes(hours=1)

    assert before == [True, True, True]
    assert [trace in the_file(chat) for trace in traces] == [False, False, False]


def the_file(chat: Chat) -> bytes:
    """Every byte of the database and of its write-ahead log."""
    path = chat.bot.database.path
    assert path is not None
    log = path.with_name(path.name + "-wal")
    return path.read_bytes() + (log.read_bytes() if log.exists() else b"")


async def test_the_seat_of_whoever_is_erased_goes_to_who_waits_and_cards_about_them_end(chat: Chat) -> None:
    group, other = await chat.group("PWG 3", most=1), await chat.group("PWG 4")
    carla, dora = await chat.coordinator("Carla", group), await chat.coordinator("Dora", other)
    anna, ben = await chat.member("Anna", group), await chat.person("Ben")
    await asks(ben, group)
    await carla.presses("Accept")
    await asks(anna, other, motivation=MOTIVATION)
    asked = dora.screen
    before = asked.text
    await chat.time_passes(minutes=2)
    ben.looks()

    await erases(anna)

    assert MOTIVATION in before
    assert (asked.text, asked.labels) == ("This does not exist any more.", [])
    assert [m.text.partition("\n")[0] for m in ben.new_messages] == [
        "A seat is free: you are now a member of PWG 3 Climate change. Welcome!"
    ]
    async with chat.bot.database.read() as tx:
        assert list((await tx.execute(select(seats.c.person_id))).scalars()) == [ben.id]


async def test_whoever_was_to_speak_or_to_coordinate_leaves_something_to_do(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.webinar(group, {"en": "Planned relocation"}, START + 30 * DAY)
    olga, paula = await chat.organiser("Olga"), await chat.person("Paula")
    carla = await chat.coordinator("Carla", group)
    await paula.starts(await invites_presenter(carla, "1 · Planned relocation"))
    await paula.presses("Accept")
    carla.looks()

    await erases(paula)
    of_carla = [m.text for m in carla.new_messages]
    olga.looks()
    await erases(carla)

    assert of_carla[-1:] == ["PWG 3\n\nSomebody cannot speak at “Planned relocation”. Look for somebody else."]
    assert "PWG 3 has no coordinator. Name somebody: /organise, Roles." in olga.new_messages[-1].text


async def test_the_last_owner_stays_until_there_is_another(chat: Chat) -> None:
    otto = Visitor(chat, chat.telegram.as_person(chat.telegram.add_user("Otto", user_id=OWNER)))
    await otto.starts()

    await erases(otto)

    assert otto.screen.text == (
        "You are the only owner: without you nobody could give roles any more. Make somebody else an owner first "
        "(/organise, Roles). Nothing has been deleted."
    )
    async with chat.bot.database.read() as tx:
        assert await people.get(tx, OWNER) is not None


async def test_who_writes_again_afterwards_begins_anew(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna = await chat.member("Anna", group)
    await erases(anna)

    await anna.starts()
    home = anna.screen.text
    await anna.sends("/join")

    assert home.startswith("Hello Anna.")
    async with chat.bot.database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(seats)) == 0


IN_GERMAN = (
    "Alles über Sie ist gelöscht. Die Nachrichten in diesem Chat sind nur noch in Ihrem Telegram; Sie können den Chat "
    "löschen. Wenn Sie mir wieder schreiben, fangen wir neu an."
)
IN_FRENCH = (
    "Tout ce qui vous concerne est supprimé. Les messages de cette discussion ne sont plus que dans votre Telegram ; "
    "vous pouvez la supprimer. Si vous m’écrivez à nouveau, nous repartons de zéro."
)


@pytest.mark.parametrize(
    ("language", "labels", "last_word"),
    [
        ("de", ("Mich löschen", "Ja, mich löschen"), IN_GERMAN),
        ("fr", ("Me supprimer", "Oui, me supprimer"), IN_FRENCH),
    ],
)
async def test_the_last_word_is_in_the_language_of_the_person(
    chat: Chat, language: str, labels: tuple[str, str], last_word: str
) -> None:
    anna = await chat.person("Anna", language)
    await anna.sends("/privacy")

    for label in labels:
        await anna.presses(label)

    assert anna.screen.text == last_word
