"""Copies of the database: made while the bot runs, checked before they are put in place, never sent once more."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.offline import CopyRefused, back_up, restore_database
from domain.deliveries import owe
from storage import groups, outbox, people
from storage.errors import AlreadyRunning, DatabaseDamaged
from tests.chat.world import OWNER, START, Chat, Visitor, make_settings, open_chat


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    async with open_chat(tmp_path) as opened:
        yield opened


async def test_a_restored_backup_is_the_database_of_that_moment_and_the_former_one_is_kept(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        await chat.group("PWG 1")
        settings = make_settings("http://127.0.0.1:9", str(chat.bot.database.url))
        await back_up(settings, tmp_path / "copy.db")
        await chat.group("PWG 2")
        clock = chat.clock

    await restore_database(settings, clock, tmp_path / "copy.db")

    async with open_chat(tmp_path) as restored, restored.bot.database.read() as tx:
        assert [group.code for group in await groups.get_all(tx)] == ["PWG 1"]
    (tmp_path / "prework.db.before-restore").replace(tmp_path / "prework.db")
    async with open_chat(tmp_path) as former, former.bot.database.read() as tx:
        assert [group.code for group in await groups.get_all(tx)] == ["PWG 1", "PWG 2"]


async def test_who_was_erased_since_does_not_come_back_with_a_backup(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        anna, ben = await chat.person("Anna"), await chat.person("Ben")
        settings = make_settings("http://127.0.0.1:9", str(chat.bot.database.url))
        await back_up(settings, tmp_path / "copy.db")
        await anna.sends("/privacy")
        await anna.presses("Delete me")
        await anna.presses("Yes, delete me")
        clock = chat.clock

    for _ in ("once", "and again: the list came along"):
        await restore_database(settings, clock, tmp_path / "copy.db")

    async with open_chat(tmp_path) as restored, restored.bot.database.read() as tx:
        assert sorted(await people.get_many(tx, [anna.id, ben.id])) == [ben.id]


async def test_what_others_were_sent_about_somebody_erased_since_does_not_come_back_either(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        otto = Visitor(chat, chat.telegram.as_person(chat.telegram.add_user("Otto", user_id=OWNER)))
        await otto.starts()
        zora = await chat.person("Zora Quillfeather")
        await otto.sends("/organise")
        for label in ("Delete somebody's data", "Choose the person"):
            await otto.presses(label)
        await otto.sends("zora")
        settings = make_settings("http://127.0.0.1:9", str(chat.bot.database.url))
        await back_up(settings, tmp_path / "copy.db")
        await otto.presses(f"Zora Quillfeather (…{str(zora.id)[-4:]})")
        for label in ("Delete all of this", "Yes, delete"):
            await otto.presses(label)
        clock, path = chat.clock, chat.bot.database.path
    traces = [b"Quillfeather", str(zora.id).encode()]
    backup = (tmp_path / "copy.db").read_bytes()

    await restore_database(settings, clock, tmp_path / "copy.db")

    assert path is not None
    assert [trace in backup for trace in traces] == [True, True]
    assert [trace in path.read_bytes() for trace in traces] == [False, False]


async def test_who_had_come_back_before_a_backup_comes_back_with_it(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        anna = await chat.person("Anna")
        await anna.sends("/privacy")
        await anna.presses("Delete me")
        await anna.presses("Yes, delete me")
        await chat.time_passes(minutes=2)
        await anna.starts()
        settings, clock = make_settings("http://127.0.0.1:9", str(chat.bot.database.url)), chat.clock
        await back_up(settings, tmp_path / "copy.db")

    await restore_database(settings, clock, tmp_path / "copy.db")

    async with open_chat(tmp_path) as restored, restored.bot.database.read() as tx:
        assert list(await people.get_many(tx, [anna.id])) == [anna.id]


async def test_what_a_backup_still_owed_is_not_sent_after_the_restore(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with open_chat(tmp_path) as chat:
        anna = await chat.person("Anna")
        group = await chat.group()
        await chat.webinar(group, {"en": "Cities"}, START + timedelta(days=2))
        await anna.sends("/webinars")
        await anna.presses("1 · Remind me")
        await anna.presses("This webinar")
        async with chat.bot.database.write() as tx:
            payload = {"chat_id": anna.id, "text": "Once."}
            later = chat.clock.now() + timedelta(hours=1)
            await outbox.add(tx, [owe("reply", "once", later, chat_id=anna.id, payload=payload)], chat.clock.now())
        settings = make_settings("http://127.0.0.1:9", str(chat.bot.database.url))
        await back_up(settings, tmp_path / "copy.db")
        await chat.time_passes(days=1, hours=2)
        received = [message.text for message in anna.messages][-2:]
        clock = chat.clock
    capsys.readouterr()

    await restore_database(settings, clock, tmp_path / "copy.db")

    assert len(received) == 2
    assert "Messages it still owed, now held back: 1." in capsys.readouterr().out
    async with open_chat(tmp_path, start=clock.now()) as restored:
        await restored.time_passes(hours=1)
        assert [call.method for call in restored.telegram.calls if call.method == "sendMessage"] == []


async def test_a_backup_is_refused_where_a_file_is_already(chat: Chat, tmp_path: Path) -> None:
    settings = make_settings("http://127.0.0.1:9", str(chat.bot.database.url))
    (tmp_path / "copy.db").write_text("precious")

    with pytest.raises(CopyRefused, match=r"copy\.db is there already\. Name another file\."):
        await back_up(settings, tmp_path / "copy.db")

    assert (tmp_path / "copy.db").read_text() == "precious"


async def test_a_damaged_backup_and_what_is_no_backup_leave_the_database_alone(chat: Chat, tmp_path: Path) -> None:
    settings = make_settings("http://127.0.0.1:9", str(chat.bot.database.url))
    await chat.group("PWG 1")
    await back_up(settings, tmp_path / "broken.db")
    with (tmp_path / "broken.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\x00" * 8192)
    (tmp_path / "diary.db").write_text("Dear diary, " * 500)

    for name, error in (("broken.db", DatabaseDamaged), ("diary.db", DatabaseDamaged), ("none.db", CopyRefused)):
        with pytest.raises(error):
            await restore_database(settings, chat.clock, tmp_path / name)

    async with chat.bot.database.read() as tx:
        assert [group.code for group in await groups.get_all(tx)] == ["PWG 1"]
    assert not (tmp_path / "prework.db.restoring").exists()


async def test_nothing_is_restored_under_a_running_bot(chat: Chat, tmp_path: Path) -> None:
    settings = make_settings("http://127.0.0.1:9", str(chat.bot.database.url))
    await back_up(settings, tmp_path / "copy.db")
    await chat.bot.database.lead()

    with pytest.raises(AlreadyRunning):
        await restore_database(settings, chat.clock, tmp_path / "copy.db")
