"""The chat page over HTTP: what it shows, what it lets people do, and whom it refuses."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import orjson
import pytest
from yarl import URL

from sandbox.page.reading import ReadMarks
from sandbox.page.service_words import words
from sandbox.state import Chat, Message, User
from tests.sandbox.paging import NOON, TOKEN, Page, open_page


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with open_page() as opened:
        yield opened


async def test_the_page_and_its_files_are_served_with_a_strict_policy(page: Page) -> None:
    kinds = {
        "/": "text/html",
        "/page/page.js": "text/javascript",
        "/page/page.css": "text/css",
        "/page/icon.svg": "image/svg+xml",
        "/page/vendor/chat-ui-kit-styles.css": "text/css",
        "/page/vendor/chat-ui-kit-styles.LICENSE": "text/plain",
    }

    for path, kind in kinds.items():
        async with page.http.get(page.url + path) as answer:
            assert (answer.status, answer.content_type) == (200, kind)
            policy = answer.headers["Content-Security-Policy"]
            assert policy.startswith(
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'"
            )
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/page/nothing.js", "/page/..%2froutes.py", "/page/%2e%2e/%2e%2e/clock.py", "/page/vendor"]
)
async def test_nothing_but_the_static_files_can_be_read(page: Page, path: str) -> None:
    async with page.http.get(URL(page.url + path, encoded=True)) as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "rebound.example"},
        {"Host": "127.0.0.1.rebound.example:8081"},
        {"Host": ""},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
async def test_a_foreign_host_or_origin_is_refused(page: Page, headers: dict[str, str]) -> None:
    for path in ("/", "/sandbox/state", "/sandbox/events", "/sandbox/clock", "/sandbox/calls"):
        async with page.http.get(page.url + path, headers=headers) as answer:
            assert answer.status in {400, 403}  # aiohttp itself refuses an empty Host
    start = f"{page.url}/sandbox/people/{page.anna.id}/start"
    async with page.http.post(start, json={}, headers=headers) as answer:
        assert answer.status in {400, 403}
    assert page.telegram.sent(page.anna) == []


async def test_the_pages_own_origin_and_localhost_are_welcome(page: Page) -> None:
    port = page.url.rpartition(":")[2]

    own, _ = await page.get("/sandbox/state", Origin=page.url)
    named, _ = await page.get("/sandbox/state", Host=f"localhost:{port}", Origin=f"http://localhost:{port}")

    assert (own, named) == (200, 200)


async def test_the_bot_api_stays_open_to_programs_whatever_they_call_the_host(page: Page) -> None:
    address = f"{page.url}/bot{TOKEN}/getMe"
    async with page.http.get(address, headers={"Host": "sandbox:8081"}) as answer:
        assert answer.status == 200
        assert "Content-Security-Policy" not in answer.headers


async def test_a_form_of_another_kind_does_nothing(page: Page) -> None:
    start = f"{page.url}/sandbox/people/{page.anna.id}/start"

    async with page.http.post(start, data="{}", headers={"Content-Type": "text/plain"}) as answer:
        assert answer.status == 409

    assert page.telegram.sent(page.anna) == []


async def test_people_are_listed_with_note_language_and_chats(page: Page) -> None:
    _, state = await page.get("/sandbox/state")

    assert [(each["name"], each["note"], each["language"]) for each in state["people"]] == [
        ("Anna Feld", "a member of the public", "DE"),
        ("Esi", "coordinator of PWG 3", "EN"),
    ]
    assert [[chat["title"] for chat in each["chats"]] for each in state["people"]] == [
        ["Prework"],
        ["Prework", "PWG 3"],
    ]
    assert state["clock"] == {"now": NOON.isoformat(), "frozen": True, "offset": 0}


async def test_start_opens_the_chat(page: Page) -> None:
    before = (await page.talk(page.anna))["chat"]["started"]

    assert await page.does(page.anna, "start", payload="g_2") == (200, {"ok": True})

    talk = await page.talk(page.anna)
    assert (before, talk["chat"]["started"]) == (False, True)
    assert [(message["html"], message["out"]) for message in talk["messages"]] == [
        ('<span class="entity-bot_command">/start</span> g_2', True)
    ]


async def test_texts_reach_the_page_as_safe_html(page: Page) -> None:
    await page.does(page.anna, "start")

    await page.does(page.anna, "send", text="<img src=x onerror=alert(1)> & co")
    await page.bot("sendMessage", chat_id=page.anna.id, text="<b>Bold</b> &lt;script&gt;", parse_mode="HTML")

    _, typed, answered = (await page.talk(page.anna))["messages"]
    assert typed["html"] == "&lt;img src=x onerror=alert(1)&gt; &amp; co"
    assert answered["html"] == "<b>Bold</b> &lt;script&gt;"


async def test_a_button_is_pressed_by_its_place_and_answered_by_a_toast(page: Page) -> None:
    await page.does(page.anna, "start")
    rows = [[{"text": "Same", "callback_data": "one"}, {"text": "Same", "callback_data": "two"}]]
    card = await page.bot("sendMessage", chat_id=page.anna.id, text="Choose", reply_markup={"inline_keyboard": rows})
    shown = (await page.talk(page.anna))["messages"][-1]
    events = page.telegram.subscribe()

    await page.does(page.anna, "press", message=card["message_id"], row=0, column=1)

    updates = await page.bot("getUpdates", allowed_updates=["callback_query"])
    query = updates[-1]["callback_query"]
    await page.bot("answerCallbackQuery", callback_query_id=query["id"], text="Two it is", show_alert=True)
    assert [[key["label"] for key in row] for row in shown["keyboard"]] == [["Same", "Same"]]
    assert query["data"] == "two"
    assert await _next(events, "toast") == {
        "kind": "toast",
        "user": page.anna.id,
        "text": "Two it is",
        "alert": True,
        "url": None,
    }


async def test_an_edited_message_is_marked(page: Page) -> None:
    await page.does(page.anna, "start")
    card = await page.bot("sendMessage", chat_id=page.anna.id, text="Before")
    page.telegram.clock.move(timedelta(hours=1))

    await page.bot("editMessageText", chat_id=page.anna.id, message_id=card["message_id"], text="After")

    shown = (await page.talk(page.anna))["messages"][-1]
    assert (shown["html"], shown["edited"]) == ("After", "2022-03-21T13:00:00+00:00")


async def test_people_edit_delete_and_answer_their_messages(page: Page) -> None:
    await page.does(page.anna, "start")
    await page.does(page.anna, "send", text="First")
    first = (await page.talk(page.anna))["messages"][-1]["id"]

    await page.does(page.anna, "edit", message=first, text="First, corrected")
    await page.does(page.anna, "send", text="Second", reply_to=first)
    quote = (await page.talk(page.anna))["messages"][-1]["reply_to"]
    await page.does(page.anna, "delete", message=first)

    assert quote == {"id": first, "name": "Anna Feld", "excerpt": "First, corrected"}
    assert [message["html"] for message in (await page.talk(page.anna))["messages"][1:]] == ["Second"]


async def test_a_file_goes_up_and_comes_back_as_an_attachment(page: Page) -> None:
    await page.does(page.anna, "start")
    form = aiohttp.FormData()
    form.add_field("chat", str(page.anna.id))
    form.add_field("caption", "My brief")
    form.add_field("file", b"<script>", filename="brief.html", content_type="text/html")

    async with page.http.post(f"{page.url}/sandbox/people/{page.anna.id}/file", data=form) as answer:
        assert (answer.status, await answer.json()) == (200, {"ok": True})

    sent = (await page.talk(page.anna))["messages"][-1]
    assert (sent["html"], sent["file"]["name"], sent["file"]["size"]) == ("My brief", "brief.html", 8)
    async with page.http.get(page.url + sent["file"]["url"]) as answer:
        assert await answer.read() == b"<script>"
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''brief.html"


async def test_what_the_client_would_not_allow_is_said_in_a_sentence(page: Page) -> None:
    unknown = await page.does(page.anna, "send", chat=page.group.id, text="Hello")
    gone = await page.does(page.anna, "press", message=999, row=0, column=0)
    wrong = await page.does(page.anna, "press", message="first", row=0, column=0)

    assert unknown == (409, {"error": "This person does not know that chat."})
    assert gone == (409, {"error": "That message is not there any more."})
    assert wrong == (409, {"error": "“message” should be a whole number."})


async def test_unknown_people_chats_and_actions_are_not_found(page: Page) -> None:
    bot_id = page.telegram.first_bot.id

    assert (await page.get("/sandbox/chats/1/1"))[0] == 404
    assert (await page.get(f"/sandbox/chats/{page.anna.id}/{page.group.id}"))[0] == 404
    assert (await page.get(f"/sandbox/chats/{bot_id}/{bot_id}"))[0] == 404
    assert (await page.does(page.anna, "fly"))[0] == 404


async def test_blocking_and_unblocking_show(page: Page) -> None:
    await page.does(page.anna, "start")

    await page.does(page.anna, "block")
    blocked = (await page.talk(page.anna))["chat"]["blocked"]
    await page.does(page.anna, "unblock")

    assert (blocked, (await page.talk(page.anna))["chat"]["blocked"]) == (True, False)


async def test_unread_messages_are_counted_until_they_are_read(page: Page) -> None:
    await page.does(page.anna, "start")
    await page.bot("sendMessage", chat_id=page.anna.id, text="One")
    card = await page.bot("sendMessage", chat_id=page.anna.id, text="Two")
    before = await page.line(page.anna)

    await page.does(page.anna, "read", chat=page.anna.id, message=card["message_id"])

    after = await page.line(page.anna)
    assert (before["unread"], before["last"], after["unread"]) == (2, "Two", 0)


async def test_reading_never_moves_back(page: Page) -> None:
    await page.does(page.anna, "start")
    await page.bot("sendMessage", chat_id=page.anna.id, text="One")
    marks, chat = ReadMarks(), page.telegram.private_chat(page.anna)

    marks.mark(page.anna, chat, 2)
    marks.mark(page.anna, chat, 1)

    assert marks.unread(page.anna, chat) == 0


async def test_somebody_asks_to_join_and_the_owner_lets_them_in(page: Page) -> None:
    page.telegram.as_person(page.esi).create_link(page.group, creates_join_request=True)
    outside = await page.talk(page.anna, page.group.id)

    await page.does(page.anna, "ask", chat=page.group.id)
    waiting = (await page.talk(page.esi, page.group.id))["chat"]["requests"]
    await page.does(page.esi, "accept", chat=page.group.id, applicant=page.anna.id)

    assert (outside["chat"]["member"], outside["messages"]) == (False, [])
    assert waiting == [{"id": page.anna.id, "name": "Anna Feld"}]
    assert (await page.talk(page.anna, page.group.id))["chat"]["member"] is True


async def test_the_bot_is_added_promoted_demoted_and_removed(page: Page) -> None:
    seen = []
    for action in ("add-bot", "promote-bot", "demote-bot", "remove-bot"):
        assert (await page.does(page.esi, action, chat=page.group.id))[0] == 200
        chat = (await page.talk(page.esi, page.group.id))["chat"]
        seen.append((chat["bot_member"], chat["bot_admin"]))

    assert seen == [(True, False), (True, True), (True, False), (False, False)]


async def test_a_link_is_opened_as_the_person(page: Page) -> None:
    status, opened = await page.does(page.anna, "open", url="https://t.me/prework_bot?start=w_7")

    assert (status, opened) == (200, {"ok": True, "chat": page.anna.id})
    assert page.telegram.sent(page.anna)[-1].text == "/start w_7"


async def test_a_tme_link_of_the_demo_leads_to_the_page(page: Page) -> None:
    address = f"{page.url}/t.me/prework_bot?start=w_7"

    async with page.http.get(address, allow_redirects=False) as answer:
        assert answer.status == 302
        assert answer.headers["Location"] == "/#open=https%3A%2F%2Ft.me%2Fprework_bot%3Fstart%3Dw_7"
    assert page.telegram.sent(page.anna) == []


async def test_an_inline_query_belongs_to_who_asked_it(page: Page) -> None:
    await page.does(page.anna, "start")
    _, asked = await page.does(page.anna, "inline", query="climate")
    said = {"message_text": "Cities as climate havens?"}
    results = [{"type": "article", "id": "1", "title": "Webinar", "input_message_content": said}]
    await page.bot("answerInlineQuery", inline_query_id=asked["query"], results=results)

    offered = await page.does(page.anna, "offered", query=asked["query"])
    foreign = await page.does(page.esi, "offered", query=asked["query"])
    beyond = await page.does(page.anna, "choose", query=asked["query"], result=1)
    await page.does(page.anna, "choose", query=asked["query"], result=0)

    assert offered == (
        200,
        {"ok": True, "results": [{"title": "Webinar", "description": ""}], "button": None, "more": False},
    )
    assert foreign == (409, {"error": "This question to the bot is forgotten."})
    assert beyond == (409, {"error": "The bot did not offer that."})
    sent = (await page.talk(page.anna))["messages"][-1]
    assert (sent["html"], sent["via"]) == ("Cities as climate havens?", "via @prework_bot")


async def test_the_menu_is_that_of_the_narrowest_scope_in_the_persons_language(page: Page) -> None:
    def menu(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": f"About {name}"}]

    await page.does(page.esi, "add-bot", chat=page.group.id)
    await page.bot("setMyCommands", commands=menu("everywhere"))
    await page.bot("setMyCommands", commands=menu("privat"), language_code="de", scope={"type": "all_private_chats"})
    await page.bot("setMyCommands", commands=menu("admins"), scope={"type": "all_chat_administrators"})

    shown = [
        (await page.talk(person, chat))["chat"]["commands"][0]["command"]
        for person, chat in ((page.anna, None), (page.esi, None), (page.esi, page.group.id))
    ]

    assert shown == ["privat", "everywhere", "admins"]


async def test_the_inspector_shows_calls_with_what_was_asked_and_answered(page: Page) -> None:
    await page.does(page.anna, "start")
    await page.bot("sendMessage", chat_id=page.anna.id, text="Hello")

    _, listed = await page.get("/sandbox/calls")
    line = listed["calls"][-1]
    _, whole = await page.get(f"/sandbox/calls/{line['number']}")

    assert (line["method"], line["ok"], line["status"], line["to"]) == ("sendMessage", True, 200, "Anna Feld")
    assert line["ms"] >= 0
    assert (whole["params"], whole["result"]["text"]) == ({"chat_id": page.anna.id, "text": "Hello"}, "Hello")
    assert (await page.get("/sandbox/calls/999"))[0] == 404


async def test_events_stream_to_the_browser(page: Page) -> None:
    async with page.http.get(page.url + "/sandbox/events") as stream:
        await stream.content.readuntil(b"\n\n")
        await page.does(page.anna, "start")
        await page.bot("sendMessage", chat_id=page.anna.id, text="Hello")

        heard = [await _event(stream)]
        while heard[-1]["kind"] != "call":
            heard.append(await _event(stream))

    assert stream.content_type == "text/event-stream"
    assert [event["kind"] for event in heard if event["kind"] != "member"] == ["message", "message", "call"]
    assert heard[-1]["call"]["method"] == "sendMessage"


async def test_a_closed_stream_is_forgotten(page: Page) -> None:
    async with page.http.get(page.url + "/sandbox/events") as stream:
        await stream.content.readuntil(b"\n\n")
        listening = len(page.telegram.events._subscriptions)

    for _ in range(100):
        page.telegram.clock.move(timedelta(seconds=1))  # the stream notices when it has something to say
        await asyncio.sleep(0.01)
        if len(page.telegram.events._subscriptions) == 0:
            break

    assert (listening, len(page.telegram.events._subscriptions)) == (1, 0)


def test_service_messages_are_said_in_words() -> None:
    chat = Chat(-1, "supergroup", "PWG 3")
    esi, anna = User(1, "Esi"), {"id": 2, "is_bot": False, "first_name": "Anna"}
    cases: dict[str, dict[str, Any]] = {
        "Esi added Anna": {"new_chat_members": [anna]},
        "Esi joined": {"new_chat_members": [{"id": 1, "is_bot": False, "first_name": "Esi"}]},
        "Esi removed Anna": {"left_chat_member": anna},
        "Esi renamed the chat to “PWG 3b”": {"new_chat_title": "PWG 3b"},
        "Esi pinned “Agenda”": {"pinned_message": {"text": "Agenda"}},
        "Esi opened the topic “Sessions”": {"forum_topic_created": {"name": "Sessions"}},
        "Esi: video_chat_started": {"video_chat_started": {}},
    }

    said = [words(Message(chat, 1, 0, esi, content)) for content in cases.values()]

    assert said == list(cases)


async def _event(stream: aiohttp.ClientResponse) -> Any:
    return orjson.loads((await stream.content.readuntil(b"\n\n")).removeprefix(b"data: "))


async def _next(events: Any, kind: str) -> Any:
    async with asyncio.timeout(2):
        while (event := await events.get())["kind"] != kind:
            pass
    return event
