"""Cards of webinars in other chats: found by typing, shared, posted, and up to date wherever they stand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.events import EventState
from sandbox.state import InlineQuery, Message
from services import webinars
from storage import events
from tests.chat.world import Chat, Visitor

HAVENS = {"en": "Cities as climate havens?", "de": "Städte als Zufluchtsorte?"}
HAVENS_AT = datetime(2022, 3, 22, 15, tzinfo=UTC)


async def types(chat: Chat, who: Visitor, words: str, offset: str = "") -> InlineQuery:
    query = who.client.inline(words, offset=offset)
    await chat.settles()
    return query


def offered(query: InlineQuery) -> list[tuple[str, str]]:
    return [(result["title"], result["description"]) for result in query.results or []]


async def shares(chat: Chat, who: Visitor, words: str) -> Message:
    """Into a group of theirs that the bot is not in."""
    group = chat.telegram.add_group("A choir", members=[who.client.user])
    sent = who.client.send_inline(await types(chat, who, words), 0, group)
    await chat.settles()
    return sent


async def changes(chat: Chat, event_id: int, **values: object) -> None:
    async with chat.bot.database.write() as tx:
        event = await events.get(tx, event_id)
        assert event is not None
        await webinars.change(tx, event, replace(event, **values), chat.clock.now(), None)  # type: ignore[arg-type]
    await chat.settles()


async def test_a_few_words_find_a_webinar_and_share_its_card(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.webinar(group, HAVENS, HAVENS_AT)
    await chat.webinar(group, {"en": "Planned relocation"}, HAVENS_AT + timedelta(days=7))
    anna = await chat.person("Anna", starts=False)

    found = await types(chat, anna, "climate")
    sent = await shares(chat, anna, "climate")

    assert offered(found) == [("Cities as climate havens?", "Tue, 22 Mar 2022, 16:00 (Berlin) · PWG 3")]
    assert sent.text == (
        "Cities as climate havens?\n\nTue, 22 Mar 2022, 16:00 (Berlin), 1 hour\n\nOrganised by PWG 3\n"
        "With: Institute of Examples\nOpen to everybody, no registration.\n\nAn abstract."
    )
    assert sent.labels == [["Remind me", "Details"]]
    assert [button["url"].rpartition("=")[2] for button in sent.keyboard[0]] == ["m_1", "w_1"]


async def test_a_shared_card_edits_itself_when_the_webinar_moves(chat: Chat) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), HAVENS, HAVENS_AT)
    anna = await chat.person("Anna", starts=False)
    sent = await shares(chat, anna, "")

    await changes(chat, webinar, starts_at=HAVENS_AT + timedelta(days=2))
    moved = sent.text
    await changes(chat, webinar, state=EventState.CANCELLED)

    assert "Thu, 24 Mar 2022, 16:00 (Berlin), 1 hour" in moved
    assert "Cancelled\nThu, 24 Mar 2022, 16:00 (Berlin), 1 hour" in sent.text
    assert sent.labels == [["Details"]]
