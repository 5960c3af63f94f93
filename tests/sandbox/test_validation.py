"""Real requests pass, planted mistakes are found, and Telegram's words are used where we know them."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    ChatPermissions,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaDocument,
    InputPollOption,
    InputTextMessageContent,
    KeyboardButton,
    LinkPreviewOptions,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram._utils.defaultvalue import DefaultValue
from telegram.request import BaseRequest, RequestData

from sandbox.validation import (
    UnknownMethod,
    UnreadableParameter,
    decode_params,
    object_errors,
    request_error,
    result_errors,
)

USER = {"id": 5, "is_bot": True, "first_name": "Prework", "username": "prework_bot"}
CHAT = {"id": 7, "type": "private", "first_name": "Anna"}
KEYBOARD = {"inline_keyboard": [[{"text": "Remind me", "callback_data": "s:1"}]]}
MESSAGE = {"message_id": 1, "date": 1647961200, "chat": CHAT, "from": USER, "text": "Hello", "reply_markup": KEYBOARD}
SEND = {"chat_id": 7, "text": "<b>Hello</b>", "parse_mode": "HTML", "reply_markup": KEYBOARD}


Timeout = DefaultValue[float] | float | DefaultValue[None] | None


class Recorder(BaseRequest):
    """Takes down what python-telegram-bot would have put on the wire, and answers with what it can read."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, str]]] = []

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Timeout = None,
        write_timeout: Timeout = None,
        connect_timeout: Timeout = None,
        pool_timeout: Timeout = None,
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        form = request_data.json_parameters if request_data else {}
        files = (request_data and request_data.multipart_data) or {}
        self.calls.append((name, form | {field: f"attach://{field}" for field in files}))
        return 200, json.dumps({"ok": True, "result": RESULTS.get(name, MESSAGE)}).encode()


RESULTS: dict[str, object] = {
    "sendMediaGroup": [MESSAGE, MESSAGE],
    "copyMessage": {"message_id": 3},
    "createChatInviteLink": {
        "invite_link": "https://t.me/+abc",
        "creator": USER,
        "creates_join_request": True,
        "is_primary": False,
        "is_revoked": False,
        "name": "Group 2",
    },
    "getUpdates": [],
    "getChatMember": {"status": "member", "user": USER},
    "createForumTopic": {"message_thread_id": 9, "name": "Results", "icon_color": 7322096},
} | dict.fromkeys(
    (
        "answerCallbackQuery",
        "answerInlineQuery",
        "approveChatJoinRequest",
        "deleteMessages",
        "pinChatMessage",
        "restrictChatMember",
        "sendChatAction",
        "setMessageReaction",
        "setMyCommands",
        "setWebhook",
    ),
    True,
)

BUTTONS = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Remind me", callback_data="s:1"),
            InlineKeyboardButton("Page", url="https://example.org/1"),
        ],
        [InlineKeyboardButton("Share", switch_inline_query="webinar 1")],
    ]
)
ALBUM = [InputMediaDocument("file-1"), InputMediaDocument("file-2", caption="<i>both</i>", parse_mode="HTML")]
ARTICLE = InlineQueryResultArticle("1", "Title", InputTextMessageContent("<b>Hello</b>", parse_mode="HTML"))

REAL: dict[str, Callable[[Bot], Awaitable[object]]] = {
    "text with buttons": lambda bot: bot.send_message(7, "<b>Hello</b>", "HTML", reply_markup=BUTTONS),
    "text with entities": lambda bot: bot.send_message(7, "Hello", entities=[MessageEntity("bold", 0, 5)]),
    "reply keyboard": lambda bot: bot.send_message(
        7, "Zone?", reply_markup=ReplyKeyboardMarkup([[KeyboardButton("Here", request_location=True), "Later"]])
    ),
    "keyboard removed": lambda bot: bot.send_message(7, "Done", reply_markup=ReplyKeyboardRemove()),
    "forced reply": lambda bot: bot.send_message(7, "Title?", reply_markup=ForceReply(input_field_placeholder="Title")),
    "reply in a topic": lambda bot: bot.send_message(
        -1001,
        "Noted",
        message_thread_id=4,
        disable_notification=True,
        reply_parameters=ReplyParameters(3, allow_sending_without_reply=True),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    ),
    "channel by name": lambda bot: bot.send_message("@prework_news", "News"),
    "edit": lambda bot: bot.edit_message_text("New", 7, 1, reply_markup=BUTTONS),
    "edit of buttons": lambda bot: bot.edit_message_reply_markup(7, 1),
    "toast": lambda bot: bot.answer_callback_query("77", "Noted", show_alert=False),
    "open a chat": lambda bot: bot.answer_callback_query("77", url="https://t.me/prework_bot?start=g_2"),
    "document": lambda bot: bot.send_document(7, "file-1", caption="<b>Minutes</b>", parse_mode="HTML"),
    "upload": lambda bot: bot.send_document(7, b"text", filename="minutes.txt"),
    "album": lambda bot: bot.send_media_group(7, ALBUM),
    "uploaded album": lambda bot: bot.send_media_group(7, [InputMediaDocument(b"one"), InputMediaDocument(b"two")]),
    "copy": lambda bot: bot.copy_message(7, -1001, 3, caption="Copied"),
    "delete": lambda bot: bot.delete_messages(7, [1, 2, 3]),
    "commands": lambda bot: bot.set_my_commands(
        [BotCommand("webinars", "Upcoming webinars")], BotCommandScopeChat(7), "de"
    ),
    "join link": lambda bot: bot.create_chat_invite_link(-1001, name="Group 2", creates_join_request=True),
    "join request": lambda bot: bot.approve_chat_join_request(-1001, 7),
    "member": lambda bot: bot.get_chat_member(-1001, 7),
    "restriction": lambda bot: bot.restrict_chat_member(
        -1001, 7, ChatPermissions(can_send_messages=False), until_date=datetime(2030, 1, 1, tzinfo=UTC)
    ),
    "pin": lambda bot: bot.pin_chat_message(7, 1, disable_notification=True),
    "typing": lambda bot: bot.send_chat_action(7, "typing"),
    "reaction": lambda bot: bot.set_message_reaction(7, 1, [ReactionTypeEmoji("👍")]),
    "topic": lambda bot: bot.create_forum_topic(-1001, "Results", icon_color=7322096),
    "poll": lambda bot: bot.send_poll(7, "When?", ["Tuesday", InputPollOption("Thursday")], is_anonymous=False),
    "place": lambda bot: bot.send_location(7, 52.5, 13.4, horizontal_accuracy=10.5),
    "inline answer": lambda bot: bot.answer_inline_query("78", [ARTICLE], cache_time=0, is_personal=True),
    "webhook": lambda bot: bot.set_webhook("https://example.org/hook", secret_token="a-b_C9"),
    "poll for updates": lambda bot: bot.get_updates(5, allowed_updates=["message", "chat_join_request"]),
}


@pytest.mark.parametrize("call", REAL.values(), ids=REAL.keys())
async def test_a_real_request_raises_no_alarm(call: Callable[[Bot], Awaitable[object]]) -> None:
    recorder = Recorder()
    bot = Bot("1:token", request=recorder, get_updates_request=recorder)

    await call(bot)

    [(method, form)] = recorder.calls
    assert request_error(method, decode_params(method, form)) is None
    assert result_errors(method, RESULTS.get(method, MESSAGE)) == []


def button(**fields: object) -> dict[str, object]:
    return SEND | {"reply_markup": {"inline_keyboard": [[fields]]}}


ONE = {"text": "a", "callback_data": "a"}
PLANTED: list[tuple[str, dict[str, Any], str | None]] = [
    ("sendMessage", {"chat_id": 7}, "message text is empty"),
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", SEND | {"text": " \u200b\n"}, "message text is empty"),
    ("sendMessage", SEND | {"text": "<b> </b>"}, "message text is empty"),
    ("sendMessage", SEND | {"text": "😀" * 2049}, "message is too long"),
    ("sendMessage", SEND | {"text": "half \ud83d"}, "strings must be encoded in UTF-8"),
    (
        "sendMessage",
        SEND | {"text": "<b>x"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ("sendMessage", SEND | {"parse_mode": "html5"}, "unsupported parse_mode"),
    ("sendMessage", SEND | {"parse_mode": "MarkdownV2"}, "the sandbox reads parse mode HTML, not MarkdownV2"),
    ("sendMessage", SEND | {"chat_id": 7.0}, 'can\'t parse chat_id: 7.0 is not of types "integer", "string"'),
    ("sendMessage", SEND | {"tekst": "x"}, "the Bot API knows no parameter tekst of sendMessage"),
    ("sendMessage", SEND | {"message_thread_id": "4"}, 'can\'t parse message_thread_id: "4" is not of type "integer"'),
    (
        "sendMessage",
        button(text="a"),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        button(text="a", callback_data="a", url="https://example.org"),
        "can't parse inline keyboard button: exactly one action is allowed, found callback_data, url",
    ),
    ("sendMessage", button(text="a", callback_data="é" * 33), "BUTTON_DATA_INVALID"),
    ("sendMessage", button(text="a", callback_data=""), "BUTTON_DATA_INVALID"),
    ("sendMessage", button(text=" ", callback_data="a"), "inline keyboard button text must be non-empty"),
    (
        "sendMessage",
        button(text="a", url="http://localhost/x"),
        "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
    ),
    (
        "sendMessage",
        button(text="a", web_app={"url": "http://example.org"}),
        "inline keyboard button Web App URL 'http://example.org' is invalid: Only HTTPS links are allowed",
    ),
    (
        "sendMessage",
        button(text="a", callback="a"),
        "the Bot API knows no parameter reply_markup.inline_keyboard.0.0.callback of sendMessage",
    ),
    ("sendMessage", SEND | {"reply_markup": {"inline_keyboard": [[ONE]] * 101}}, "reply markup is too long"),
    ("sendMessage", SEND | {"reply_markup": {"keyboard": [[{"text": ""}]]}}, "keyboard button text must be non-empty"),
    ("sendDocument", {"chat_id": 7, "document": "f", "caption": "x" * 1025}, "message caption is too long"),
    ("sendDocument", {"chat_id": 7}, 'parameter "document" is required'),
    ("editMessageText", {"chat_id": 7, "text": "x"}, "message identifier is not specified"),
    ("deleteMessage", {"chat_id": 7}, "message identifier is not specified"),
    (
        "copyMessages",
        {"chat_id": 7, "from_chat_id": 8, "message_ids": [2, 1]},
        "message identifiers must be in a strictly increasing order",
    ),
    ("deleteMessages", {"chat_id": 7, "message_ids": [1] * 101}, None),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "😀" * 101}, "MESSAGE_TOO_LONG"),
    ("answerCallbackQuery", {"callback_query_id": "1", "url": "nowhere"}, "URL_INVALID"),
    ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "start", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": [], "language_code": "de-DE"}, "invalid language code specified"),
    ("createChatInviteLink", {"chat_id": -1001, "name": "x" * 33}, None),
    (
        "createChatInviteLink",
        {"chat_id": -1001, "member_limit": 5, "creates_join_request": True},
        "member limit can't be specified for links requiring administrator approval",
    ),
    ("sendMediaGroup", {"chat_id": 7, "media": [{"type": "photo", "media": "f"}]}, None),
    (
        "sendMediaGroup",
        {"chat_id": 7, "media": [{"type": "photo", "media": "f"}, {"type": "document", "media": "f"}]},
        "document can't be mixed with other media types",
    ),
    (
        "sendMediaGroup",
        {"chat_id": 7, "media": [{"type": "photo", "media": "f", "caption": "x" * 1025}] * 2},
        "message caption is too long",
    ),
    (
        "sendMediaGroup",
        {"chat_id": 7, "media": [{"type": "photo", "media": "f", "captoin": "x"}] * 2},
        "the Bot API knows no parameter media.0.captoin of sendMediaGroup",
    ),
    ("setMessageReaction", {"chat_id": 7, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "🐈"}]}, None),
    ("setWebhook", {"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    ("setWebhook", {"url": "https://example.org/", "secret_token": "no spaces"}, None),
    ("getUpdates", {"allowed_updates": ["mesage"]}, None),
    ("getUpdates", {"limit": 101}, None),
    ("createForumTopic", {"chat_id": -1001, "name": ""}, "TOPIC_TITLE_EMPTY"),
    (
        "createForumTopic",
        {"chat_id": -1001, "name": "x" * 129},
        "can't parse name: length must be 1-128, is 129",
    ),
    ("createForumTopic", {"chat_id": -1001, "name": "x", "icon_color": 1}, None),
    ("sendPoll", {"chat_id": 7, "question": "x" * 301, "options": [{"text": "a"}]}, None),
    ("sendChatAction", {"chat_id": 7, "action": "thinking"}, None),
]


@pytest.mark.parametrize(("method", "params", "words"), PLANTED)
def test_a_planted_mistake_is_found(method: str, params: dict[str, Any], words: str | None) -> None:
    """Without `words` we do not know how Telegram says it, only that it refuses."""
    error = request_error(method, params)

    if words is None:
        assert error is not None
        assert error.startswith("Bad Request: ")
    else:
        assert error == f"Bad Request: {words}"


LIMITS: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", SEND | {"text": "😀" * 2048}),
    ("sendMessage", SEND | {"text": "<b>" + "&amp;" * 4096 + "</b>"}),
    ("sendMessage", button(text="a", callback_data="é" * 32)),
    ("sendMessage", SEND | {"reply_markup": {"inline_keyboard": [[ONE]] * 100}}),
    ("sendDocument", {"chat_id": 7, "document": "f", "caption": "😀" * 512}),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "😀" * 100}),
    ("setMyCommands", {"commands": [{"command": "a" * 32, "description": "x" * 256}]}),
    ("deleteMessages", {"chat_id": 7, "message_ids": list(range(100))}),
    ("sendMessageDraft", {"chat_id": 7, "draft_id": 1, "text": ""}),
    ("editMessageText", {"inline_message_id": "1", "text": "x"}),
    ("setWebhook", {"url": "http://127.0.0.1:8080/hook"}),
    ("setWebhook", {"url": ""}),
]


@pytest.mark.parametrize(("method", "params"), LIMITS)
def test_what_just_fits_is_taken(method: str, params: dict[str, Any]) -> None:
    assert request_error(method, params) is None


def test_an_unknown_method_is_an_error() -> None:
    with pytest.raises(UnknownMethod):
        request_error("sendMesage", {})
    with pytest.raises(UnknownMethod):
        result_errors("sendMesage", {})
    with pytest.raises(UnknownMethod):
        decode_params("sendMesage", {})


def test_form_values_become_what_the_method_expects() -> None:
    form = {
        "chat_id": "-100123",
        "text": "12",
        "message_thread_id": "4",
        "disable_notification": "True",
        "reply_markup": '{"inline_keyboard": []}',
        "typo": "1",
    }

    assert decode_params("sendMessage", form) == {
        "chat_id": -100123,
        "text": "12",
        "message_thread_id": 4,
        "disable_notification": True,
        "reply_markup": {"inline_keyboard": []},
        "typo": "1",
    }


def test_a_json_body_passes_through_and_strings_in_it_are_decoded() -> None:
    body = {"chat_id": "@news", "reply_markup": '{"force_reply": true}', "protect_content": False}

    assert decode_params("sendMessage", body) == {
        "chat_id": "@news",
        "reply_markup": {"force_reply": True},
        "protect_content": False,
    }


def test_broken_json_in_a_form_is_refused() -> None:
    with pytest.raises(UnreadableParameter, match="can't parse reply_markup"):
        decode_params("sendMessage", {"reply_markup": "{"})


UPDATE = {"update_id": 1, "message": MESSAGE}
CALLBACK = {"id": "1", "from": USER, "chat_instance": "x", "data": "s:1", "message": MESSAGE}
MEMBER = {"chat": CHAT, "from": USER, "date": 1, "old_chat_member": {"status": "left", "user": USER}}


@pytest.mark.parametrize(
    ("type_name", "value"),
    [
        ("Update", UPDATE),
        ("Update", {"update_id": 1, "callback_query": CALLBACK}),
        (
            "Update",
            {"update_id": 1, "my_chat_member": MEMBER | {"new_chat_member": {"status": "member", "user": USER}}},
        ),
        ("Chat", {"id": -1001, "type": "supergroup", "title": "Group 2", "is_forum": True}),
        ("Message", MESSAGE | {"entities": [{"type": "bold", "offset": 0, "length": 5}]}),
    ],
)
def test_a_right_object_raises_no_alarm(type_name: str, value: object) -> None:
    assert object_errors(type_name, value) == []


WRONG: list[tuple[str, object, str]] = [
    ("Message", MESSAGE | {"txt": "x"}, "value: Additional properties are not allowed ('txt' was unexpected)"),
    ("Message", MESSAGE | {"date": 1.5}, 'date: 1.5 is not of type "integer"'),
    ("Message", {"message_id": 1, "date": 1}, 'value: "chat" is a required property'),
    ("Message", MESSAGE | {"text": "x" * 4097}, "value.text: 4097 UTF-16 units, more than 4096"),
    (
        "Message",
        MESSAGE | {"entities": [{"type": "bold", "offset": 1, "length": 5}]},
        "value.entities.0: reaches beyond the text",
    ),
    (
        "Message",
        MESSAGE | {"chat": CHAT | {"type": "groop"}},
        'chat.type: "groop" is not one of "private", "group" or 2 other candidates',
    ),
    ("Update", {"update_id": 1}, "value: an update holds exactly one thing, found 0"),
    ("Update", UPDATE | {"callback_query": CALLBACK}, "value: an update holds exactly one thing, found 2"),
    ("ChatMember", {"status": "member"}, 'value: "user" is a required property'),
]


@pytest.mark.parametrize(("type_name", "value", "words"), WRONG)
def test_what_is_wrong_with_an_object_is_told(type_name: str, value: object, words: str) -> None:
    assert object_errors(type_name, value) == [words]


def test_a_result_is_checked_by_the_type_the_method_returns() -> None:
    assert result_errors("getMe", USER) == []
    assert result_errors("editMessageText", True) == []
    assert result_errors("deleteMessage", {}) == [
        'value: {} is not of type "boolean"',
        "value: {} is not one of true",
    ]


def test_a_type_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(LookupError, match="no type Mesage"):
        object_errors("Mesage", {})
