"""Groups over the chat page's HTTP: what people may do there, and the sentence when they may not."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox.state import Chat
from tests.sandbox.paging import Page, open_page


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with open_page() as opened:
        yield opened


async def head(page: Page, chat: int) -> Any:
    return (await page.talk(page.esi, chat))["chat"]


async def founds(page: Page, **fields: object) -> Chat:
    status, done = await page.does(page.esi, "found-group", **fields)
    assert status == 200
    return page.telegram.chats[done["chat"]]


@pytest.mark.parametrize(
    ("fields", "kind", "forum"),
    [
        ({"kind": "group"}, "group", False),
        ({"kind": "supergroup"}, "supergroup", False),
        ({"kind": "supergroup", "topics": True}, "supergroup", True),
        ({"kind": "group", "topics": True}, "supergroup", True),
    ],
)
async def test_a_group_is_founded_with_or_without_topics(
    page: Page, fields: dict[str, object], kind: str, forum: bool
) -> None:
    chat = await founds(page, title="  Our   group ", **fields)

    shown = await head(page, chat.id)
    assert (chat.kind, chat.is_forum, chat.title) == (kind, forum, "Our group")
    assert [(m["name"], m["status"], m["you"]) for m in shown["members"]] == [("Esi", "creator", True)]
    assert [topic["name"] for topic in shown["topics"]] == (["General"] if forum else [])


@pytest.mark.parametrize(
    ("action", "fields", "sentence"),
    [
        ("found-group", {"title": " "}, "A group needs a name."),
        ("found-group", {"title": "x" * 129}, "A group has a name of at most 128 characters."),
        ("look-at-invite", {"url": "https://t.me/+nothing"}, "This invite link is invalid."),
        ("look-at-invite", {"url": "https://example.org/+x"}, "This link leaves Telegram: https://example.org/+x."),
    ],
)
async def test_what_leads_nowhere_is_said(page: Page, action: str, fields: dict[str, str], sentence: str) -> None:
    assert await page.does(page.esi, action, **fields) == (409, {"error": sentence})


@pytest.mark.parametrize(
    "action",
    ["promote-bot", "rename-chat", "migrate", "make-link", "switch-topics", "open-topic", "pin", "unpin", "accept"],
)
async def test_who_is_no_admin_administers_nothing(page: Page, action: str) -> None:
    page.telegram.as_person(page.esi).add_member(page.group, page.anna)
    page.telegram.as_person(page.esi).switch_forum(page.group, on=True)
    message = page.telegram.as_person(page.esi).send("Hello", page.group)
    fields = {"title": "Mine", "name": "Mine", "on": True, "message": message.message_id, "applicant": page.esi.id}

    status, said = await page.does(page.anna, action, chat=page.group.id, **fields)

    assert (status, said) == (409, {"error": "Anna Feld does not administer PWG 3."})


async def test_rights_are_ticked_changed_and_taken(page: Page) -> None:
    place = {"chat": page.group.id}
    bot = page.telegram.first_bot.id
    seen = []
    for action, fields in (
        ("add-bot", {"rights": ["can_manage_chat", "can_pin_messages"], "payload": "CODE"}),
        ("promote", {"user": bot, "rights": ["can_invite_users"]}),
        ("promote", {"user": bot, "rights": []}),
    ):
        assert (await page.does(page.esi, action, **place, **fields))[0] == 200
        line = next(each for each in (await head(page, page.group.id))["members"] if each["id"] == bot)
        seen.append((line["status"], line["rights"]))

    assert seen == [
        ("administrator", ["can_manage_chat", "can_pin_messages"]),
        ("administrator", ["can_manage_chat", "can_invite_users"]),
        ("member", []),
    ]
    assert "/start@prework_bot CODE" in [message.text for message in page.group]


async def test_nobody_touches_the_owner(page: Page) -> None:
    page.telegram.as_person(page.esi).add_member(page.group, page.anna)
    page.telegram.as_person(page.esi).promote(page.group, page.anna)

    for action in ("promote", "demote", "remove-member"):
        refused = await page.does(page.anna, action, chat=page.group.id, user=page.esi.id)
        assert refused == (409, {"error": "Nobody can do that to the owner of the group."})


async def test_who_subscribes_to_a_channel_is_for_its_admins_only(page: Page) -> None:
    channel = page.telegram.add_group("News", kind="channel", owner=page.esi, members=[page.anna])

    seen = [(await page.talk(person, channel.id))["chat"] for person in (page.esi, page.anna)]

    assert [[member["name"] for member in each["members"]] for each in seen] == [["Esi", "Anna Feld"], []]
    assert [each["may_write"] for each in seen] == [True, False]
    assert seen[1]["note"] == "channel, 2 subscribers"


async def test_a_post_in_a_channel_is_unread_there_but_nothing_said_to_somebody(page: Page) -> None:
    channel = page.telegram.add_group("News", kind="channel", owner=page.esi, members=[page.anna])
    page.telegram.as_person(page.esi).send("The brief is out.", channel)

    _, state = await page.get("/sandbox/state")

    shown = next(each for each in state["people"] if each["id"] == page.anna.id)
    assert shown["unread"] == 0
    assert [each["unread"] for each in shown["chats"] if each["id"] == channel.id] == [1]


async def test_an_invite_link_says_what_it_leads_to_and_a_request_can_be_taken_back(page: Page) -> None:
    _, made = await page.does(page.esi, "make-link", chat=page.group.id, by_request=True)

    _, seen = await page.does(page.anna, "look-at-invite", url=made["link"])
    await page.does(page.anna, "open", url=made["link"])
    asked = (await page.talk(page.anna, page.group.id))["chat"]["asked"]
    await page.does(page.anna, "take-back", chat=page.group.id)

    assert (seen["title"], seen["members"], seen["by_request"], seen["is_in"]) == ("PWG 3", 1, True, False)
    assert asked is True
    assert page.group.requests == {}


async def test_the_general_topic_is_written_in_and_closed_but_stays(page: Page) -> None:
    chat = await founds(page, title="Forum", kind="supergroup", topics=True)
    _, opened = await page.does(page.esi, "open-topic", chat=chat.id, name="Dates")
    general = {"chat": chat.id, "topic": 1}

    await page.does(page.esi, "send", **general, text="In general")
    await page.does(page.esi, "send", chat=chat.id, topic=opened["topic"], text="On dates")
    await page.does(page.esi, "close-topic", **general)
    refused = await page.does(page.esi, "delete-topic", **general)

    texts = {}
    for topic in (1, opened["topic"]):
        _, talk = await page.get(f"/sandbox/chats/{page.esi.id}/{chat.id}?topic={topic}")
        texts[topic] = [(each["html"], each["topic"]) for each in talk["messages"] if not each["service"]]
    assert texts == {1: [("In general", "General")], opened["topic"]: [("On dates", "Dates")]}
    assert [topic["closed"] for topic in (await head(page, chat.id))["topics"]] == [True, False]
    assert refused == (409, {"error": "The general topic stays as it is."})


async def test_the_newest_pinned_message_stands_on_top_until_it_is_taken_down(page: Page) -> None:
    person = page.telegram.as_person(page.esi)
    first, second = (person.send(text, page.group) for text in ("Agenda", "Minutes"))
    shown = []
    for action, message in (("pin", first), ("pin", second), ("pin", second), ("unpin", second), ("unpin", first)):
        await page.does(page.esi, action, chat=page.group.id, message=message.message_id)
        pinned = (await head(page, page.group.id))["pinned"]
        shown.append(pinned and pinned["excerpt"])

    assert shown == ["Agenda", "Minutes", "Minutes", "Agenda", None]
    assert sum(message.is_service for message in page.group) == 2


async def test_an_album_of_two_kinds_goes_as_documents_and_not_more_than_ten(page: Page) -> None:
    await page.does(page.anna, "start")

    sent = await send_files(page, 1, 1)
    refused = await send_files(page, 11, 0)

    album = page.telegram.sent(page.anna)[-2:]
    assert sent == (200, {"ok": True})
    assert [next(iter(message.content)) for message in album] == ["document", "document"]
    assert len({message.album for message in album}) == 1
    assert refused == (409, {"error": "An album has at most 10 files."})


async def send_files(page: Page, pictures: int, papers: int) -> tuple[int, Any]:
    form = aiohttp.FormData()
    form.add_field("chat", str(page.anna.id))
    for number in range(pictures):
        form.add_field("file", b"x", filename=f"{number}.png", content_type="image/png")
    for number in range(papers):
        form.add_field("file", b"x", filename=f"{number}.pdf", content_type="application/pdf")
    async with page.http.post(f"{page.url}/sandbox/people/{page.anna.id}/file", data=form) as answer:
        return answer.status, await answer.json()


async def test_a_message_as_the_group_is_ones_own_and_hides_the_name(page: Page) -> None:
    await page.does(page.esi, "send", chat=page.group.id, text="We meet at nine", anonymous=True)

    shown = (await page.talk(page.esi, page.group.id))["messages"][-1]
    assert (shown["from"]["name"], shown["out"], shown["via"]) == ("PWG 3", True, "as the group")


async def test_the_page_knows_the_zone_of_each_phone(page: Page) -> None:
    page.anna.zone = "Asia/Jakarta"

    _, state = await page.get("/sandbox/state")

    assert [each["zone"] for each in state["people"]] == ["Asia/Jakarta", None]
