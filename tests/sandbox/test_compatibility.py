"""The real python-telegram-bot talks to the sandbox as it talks to Telegram."""

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter
from telegram.request import HTTPXRequest

from tests.sandbox.setting import World


def library(world: World) -> Bot:
    request, polling = HTTPXRequest(), HTTPXRequest()
    return Bot(
        world.call.token,
        base_url=f"{world.server.url}/bot",
        base_file_url=f"{world.server.url}/file/bot",
        request=request,
        get_updates_request=polling,
    )


async def test_a_conversation(world: World) -> None:
    async with library(world) as bot:
        world.anna.start("hello")
        (start,) = await bot.get_updates(timeout=5, allowed_updates=Update.ALL_TYPES)
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])
        sent = await bot.send_message(world.anna.user.id, "<i>Sure?</i>", parse_mode="HTML", reply_markup=keyboard)
        press = world.anna.press(world.anna.inbox()[-1], "Yes")
        (pressed,) = await bot.get_updates(offset=start.update_id + 1)
        assert pressed.callback_query is not None
        await bot.answer_callback_query(pressed.callback_query.id, "Thanks")
        edited = await bot.edit_message_text("Done", world.anna.user.id, sent.message_id)

    assert start.message is not None
    assert start.message.text == "/start hello"
    assert press.toast == "Thanks"
    assert getattr(edited, "text", None) == "Done"


async def test_files_and_albums(world: World) -> None:
    world.anna.start()
    async with library(world) as bot:
        sent = await bot.send_document(world.anna.user.id, b"minutes", filename="minutes.txt", caption="Minutes")
        assert sent.document is not None
        file = await bot.get_file(sent.document.file_id)
        data = await file.download_as_bytearray()
        album = await bot.send_media_group(
            world.anna.user.id, [InputMediaPhoto(b"one", caption="1"), InputMediaPhoto(b"two")]
        )

    assert (bytes(data), sent.caption) == (b"minutes", "Minutes")
    assert [message.caption for message in album] == ["1", None]
    assert [message.album for message in world.anna.inbox()[-2:]] == [album[0].media_group_id] * 2


async def test_groups_and_links(world: World) -> None:
    chat = world.telegram.add_group("Cities", owner=world.anna.user, forum=True)
    world.anna.add_bot(chat)
    world.anna.promote(chat)
    async with library(world) as bot:
        await bot.set_my_commands([BotCommand("help", "What I can do")])
        link = await bot.create_chat_invite_link(chat.id, creates_join_request=True, name="application")
        world.ben.ask_to_join(link.invite_link)
        updates = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
        await bot.approve_chat_join_request(chat.id, world.ben.user.id)
        member = await bot.get_chat_member(chat.id, world.ben.user.id)
        admins = await bot.get_chat_administrators(chat.id)
        full = await bot.get_chat(chat.id)
        topic = await bot.create_forum_topic(chat.id, "Papers")
        posted = await bot.send_message(chat.id, "Here", message_thread_id=topic.message_thread_id)
        commands = await bot.get_my_commands()

    assert updates[-1].chat_join_request is not None
    assert updates[-1].chat_join_request.from_user.id == world.ben.user.id
    assert (member.status, len(admins), full.title, posted.is_topic_message) == ("member", 2, "Cities", True)
    assert [command.command for command in commands] == ["help"]


async def test_refusals_become_the_right_errors(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # or the library warns each time it meets a RetryAfter
    group = world.telegram.add_group("Cities", kind="group", owner=world.anna.user)
    world.anna.add_bot(group)
    new = world.anna.migrate(group)
    async with library(world) as bot:
        with pytest.raises(Forbidden, match="can't initiate conversation"):
            await bot.send_message(world.anna.user.id, "x")
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(12, "x")
        with pytest.raises(ChatMigrated) as migrated:
            await bot.send_message(group.id, "x")
        world.telegram.faults.add("flood", retry_after=7)
        with pytest.raises(RetryAfter):
            await bot.send_message(new.id, "x")

    assert migrated.value.new_chat_id == new.id
