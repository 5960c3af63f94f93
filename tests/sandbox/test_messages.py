"""Messages: sending, formatting, editing, deleting, files, buttons."""

from typing import Any

import aiohttp
import pytest

from sandbox.people import PersonError
from tests.sandbox.setting import World

KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]}


async def test_a_bot_cannot_write_first(world: World) -> None:
    anna = world.anna.user.id
    before = await world.call.refused("sendMessage", chat_id=anna, text="Hello")
    world.anna.start()

    await world.call("sendMessage", chat_id=anna, text="Hello")

    assert before == "Forbidden: bot can't initiate conversation with a user"
    assert [message.text for message in world.anna.inbox()] == ["/start", "Hello"]


async def test_somebody_unknown_is_no_chat(world: World) -> None:
    assert await world.call.refused("sendMessage", chat_id=4711, text="x") == "Bad Request: chat not found"


async def test_blocking_is_told_and_refuses(world: World) -> None:
    world.anna.start()
    await world.call.updates()
    world.anna.block_bot()

    refusal = await world.call.refused("sendMessage", chat_id=world.anna.user.id, text="x")
    (blocked,) = await world.call.updates()
    world.anna.start()
    back, start = await world.call.updates()

    assert refusal == "Forbidden: bot was blocked by the user"
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert start["message"]["text"] == "/start"


async def test_a_deleted_account_refuses(world: World) -> None:
    world.anna.start()
    world.anna.delete_account()

    refusal = await world.call.refused("sendMessage", chat_id=world.anna.user.id, text="x")

    assert refusal == "Forbidden: user is deactivated"


async def test_html_becomes_entities_in_utf16_units(world: World) -> None:
    world.anna.start()

    sent = await say(world, "🙂 <b>bold</b> &amp; /help", parse_mode="HTML")

    assert sent["text"] == "🙂 bold & /help"
    assert sent["entities"] == [
        {"type": "bold", "offset": 3, "length": 4},
        {"type": "bot_command", "offset": 10, "length": 5},
    ]


async def test_a_link_to_a_person_becomes_a_mention(world: World) -> None:
    world.anna.start()

    sent = await say(world, f'<a href="tg://user?id={world.ben.user.id}">Ben</a>', parse_mode="HTML")

    assert [(entity["type"], entity["user"]["id"]) for entity in sent["entities"]] == [
        ("text_mention", world.ben.user.id)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>open", "Bad Request: can't parse entities"),
        ("   \n ", "Bad Request: message text is empty"),
        ("x" * 4097, "Bad Request: message is too long"),
        ("🙂" * 2049, "Bad Request: message is too long"),
    ],
)
async def test_what_telegram_cannot_show_is_refused(world: World, text: str, words: str) -> None:
    world.anna.start()

    refusal = await world.call.refused("sendMessage", chat_id=world.anna.user.id, text=text, parse_mode="HTML")

    assert refusal[: len(words)] == words


async def test_an_edit_must_change_something(world: World) -> None:
    world.anna.start()
    sent = await say(world, "one", reply_markup=KEYBOARD)
    place = {"chat_id": world.anna.user.id, "message_id": sent["message_id"]}

    same = await world.call.refused("editMessageText", text="one", reply_markup=KEYBOARD, **place)
    world.time_passes(minutes=1)
    edited = await world.call("editMessageText", text="two", **place)
    stripped = await world.call.refused("editMessageReplyMarkup", **place)

    assert same == stripped
    assert same.startswith("Bad Request: message is not modified: specified new message content")
    assert (edited["text"], edited["edit_date"] - edited["date"], "reply_markup" in edited) == ("two", 60, False)
    message = world.anna.inbox()[-1]
    assert [version.content["text"] for version in message.history] == ["one"]
    assert message.keyboard == []


async def test_what_is_not_there_cannot_be_edited_or_deleted(world: World) -> None:
    hello = world.anna.start()
    place: dict[str, Any] = {"chat_id": world.anna.user.id, "message_id": 99}

    assert await world.call.refused("editMessageText", text="x", **place) == "Bad Request: message to edit not found"
    assert await world.call.refused("deleteMessage", **place) == "Bad Request: message to delete not found"
    place["message_id"] = hello.message_id
    assert await world.call.refused("editMessageText", text="x", **place) == "Bad Request: message can't be edited"


async def test_messages_can_be_deleted_for_48_hours(world: World) -> None:
    world.anna.start()
    first, second = await say(world, "one"), await say(world, "two")
    await world.call("deleteMessage", chat_id=world.anna.user.id, message_id=first["message_id"])
    world.time_passes(hours=49)

    late = await world.call.refused("deleteMessage", chat_id=world.anna.user.id, message_id=second["message_id"])

    assert [message.text for message in world.anna.inbox()] == ["/start", "two"]
    assert late == "Bad Request: message can't be deleted for everyone"


async def test_a_pressed_button_is_answered_once_within_150_seconds(world: World) -> None:
    world.anna.start()
    await say(world, "Sure?", reply_markup=KEYBOARD)
    await world.call.updates()
    press = world.anna.press(world.anna.inbox()[-1], "Yes")
    (update,) = await world.call.updates()

    await world.call("answerCallbackQuery", callback_query_id=press.id, text="Good", show_alert=True)
    again = await world.call.refused("answerCallbackQuery", callback_query_id=press.id)
    late = world.anna.press(world.anna.inbox()[-1], "n")
    world.time_passes(seconds=151)

    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert update["callback_query"]["data"] == "y"
    assert update["callback_query"]["message"]["reply_markup"] == KEYBOARD
    assert (press.toast, world.anna.toasts, (press.answer or {})["show_alert"]) == ("Good", ["Good"], True)
    assert again == too_old
    assert await world.call.refused("answerCallbackQuery", callback_query_id=late.id) == too_old


async def test_an_answer_opens_only_the_bot_itself(world: World) -> None:
    world.anna.start()
    await say(world, "Sure?", reply_markup=KEYBOARD)
    press = world.anna.press(world.anna.inbox()[-1], "Yes")

    refusal = await world.call.refused(
        "answerCallbackQuery", callback_query_id=press.id, url="https://t.me/other_bot?start=x"
    )
    link = f"{world.server.url}/t.me/prework_bot?start=g_2"
    await world.call("answerCallbackQuery", callback_query_id=press.id, url=link)

    assert refusal == "Bad Request: URL_INVALID"
    opened = world.anna.open_link((press.answer or {})["url"])
    assert opened is world.anna.inbox()[-1]
    assert world.anna.inbox()[-1].text == "/start g_2"


async def test_a_client_presses_only_what_is_there_but_a_forged_one_sends_anything(world: World) -> None:
    world.anna.start()
    await say(world, "Sure?", reply_markup=KEYBOARD)
    await world.call.updates()

    with pytest.raises(PersonError, match=r"no button 'Maybe', only \[\['Yes', 'No'\]\]"):
        world.anna.press(world.anna.inbox()[-1], "Maybe")
    world.anna.press_data(world.anna.inbox()[-1], "'; drop table")

    assert [update["callback_query"]["data"] for update in await world.call.updates()] == ["'; drop table"]


async def test_files_go_up_and_down(world: World) -> None:
    world.anna.start()
    form = aiohttp.FormData({"chat_id": str(world.anna.user.id), "caption": "<b>Minutes</b>", "parse_mode": "HTML"})
    form.add_field("document", b"%PDF-1", filename="minutes.pdf", content_type="application/pdf")
    async with world.call.session.post(f"{world.server.url}/bot{world.call.token}/sendDocument", data=form) as answer:
        sent = (await answer.json())["result"]

    again = await world.call("sendDocument", chat_id=world.anna.user.id, document=sent["document"]["file_id"])
    found = await world.call("getFile", file_id=again["document"]["file_id"])
    async with world.call.session.get(
        f"{world.server.url}/file/bot{world.call.token}/{found['file_path']}"
    ) as download:
        data = await download.read()

    assert (sent["caption"], sent["document"]["file_name"]) == ("Minutes", "minutes.pdf")
    assert (data, found["file_size"]) == (b"%PDF-1", 6)


async def test_large_and_lost_files_are_refused(world: World) -> None:
    world.anna.start()
    large = world.anna.send_file("talk.mp4", 30_000_000, kind="video").content["video"]["file_id"]
    lost = world.anna.send_file("note.txt", b"hello").content["document"]["file_id"]
    world.telegram.files.by_id[lost].gone = True

    assert await world.call.refused("getFile", file_id=large) == "Bad Request: file is too big"
    assert await world.call.refused("getFile", file_id=lost) == (
        "Bad Request: wrong file_id or the file is temporarily unavailable"
    )
    assert await world.call.refused("sendDocument", chat_id=world.anna.user.id, document="nonsense") == (
        "Bad Request: wrong file identifier/HTTP URL specified"
    )


async def test_an_album_is_one_group_of_messages(world: World) -> None:
    world.anna.start()
    await world.call.updates()
    world.anna.send_album([("a.jpg", b"1"), ("b.jpg", b"2")], caption="Two")
    first, second = [update["message"] for update in await world.call.updates()]

    media = [{"type": "photo", "media": each["photo"][-1]["file_id"]} for each in (first, second)]
    sent = await world.call("sendMediaGroup", chat_id=world.anna.user.id, media=media)

    assert first["media_group_id"] == second["media_group_id"]
    assert (first.get("caption"), second.get("caption")) == ("Two", None)
    assert len({message["media_group_id"] for message in sent}) == 1


async def test_copies_and_forwards(world: World) -> None:
    world.anna.start()
    world.ben.start()
    original = world.anna.send("Read this: https://example.org")
    source = {"from_chat_id": world.anna.user.id, "message_id": original.message_id}

    await world.call("copyMessage", chat_id=world.ben.user.id, **source)
    forward = await world.call("forwardMessage", chat_id=world.ben.user.id, **source)
    missing = await world.call.refused(
        "copyMessage", chat_id=world.ben.user.id, from_chat_id=world.anna.user.id, message_id=77
    )

    assert world.ben.inbox()[1].text == original.text
    assert forward["forward_origin"]["sender_user"]["id"] == world.anna.user.id
    assert missing == "Bad Request: message to copy not found"


async def test_a_reply_to_nothing_is_refused_unless_allowed(world: World) -> None:
    world.anna.start()
    reply = {"message_id": 50}

    refusal = await world.call.refused("sendMessage", chat_id=world.anna.user.id, text="x", reply_parameters=reply)
    await say(world, "x", reply_parameters=reply | {"allow_sending_without_reply": True})

    assert refusal == "Bad Request: message to be replied not found"
    assert world.anna.inbox()[-1].reply_to is None


async def test_people_edit_and_the_bot_hears_of_it(world: World) -> None:
    world.anna.start()
    message = world.anna.send("frist")
    await world.call.updates()

    world.anna.edit(message, "first")

    (update,) = await world.call.updates()
    assert update["edited_message"]["text"] == "first"


async def test_commands_belong_to_a_scope_and_a_language(world: World) -> None:
    world.anna.start()
    german = [{"command": "start", "description": "Anfangen"}]
    scope = {"type": "chat", "chat_id": world.anna.user.id}

    await world.call("setMyCommands", commands=german, scope=scope, language_code="de")

    assert await world.call("getMyCommands", scope=scope, language_code="de") == german
    assert await world.call("getMyCommands") == []
    await world.call("deleteMyCommands", scope=scope, language_code="de")
    assert await world.call("getMyCommands", scope=scope, language_code="de") == []


async def test_forms_carry_json_in_strings(world: World) -> None:
    world.anna.start()
    form = {"chat_id": str(world.anna.user.id), "text": "[1]", "reply_parameters": '{"message_id": 1}'}
    async with world.call.session.post(f"{world.server.url}/bot{world.call.token}/sendMessage", data=form) as answer:
        sent = (await answer.json())["result"]

    assert (sent["text"], sent["reply_to_message"]["text"]) == ("[1]", "/start")


@pytest.mark.parametrize(
    ("content_type", "body", "words"),
    [
        ("application/json", "{broken", "Bad Request: can't parse request body"),
        ("application/json", "[1]", "Bad Request: can't parse request body"),
        ("application/x-www-form-urlencoded", "reply_markup={broken", "Bad Request: can't parse reply_markup"),
    ],
)
async def test_an_unreadable_body_is_refused(world: World, content_type: str, body: str, words: str) -> None:
    address, headers = f"{world.server.url}/bot{world.call.token}/sendMessage", {"Content-Type": content_type}
    async with world.call.session.post(address, data=body, headers=headers) as answer:
        refusal = await answer.json()

    assert (answer.status, refusal["description"][: len(words)]) == (400, words)


async def say(world: World, text: str, **params: Any) -> Any:
    return await world.call("sendMessage", chat_id=world.anna.user.id, text=text, **params)
