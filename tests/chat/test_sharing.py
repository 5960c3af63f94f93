"""Cards of webinars in other chats: found by typing, shared, posted, and up to date wherever they stand."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from domain.events import EventState, LinkPolicy
from sandbox.faults import FaultKind
from sandbox.state import InlineQuery, Message
from services import webinars
from storage import events
from storage.tables import inbox, outbox, people
from storage.tables import shares as shares_table
from tests.chat.rooms import linked
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
    await saves(chat, event_id, **values)
    await chat.settles()


async def saves(chat: Chat, event_id: int, **values: object) -> None:
    async with chat.bot.database.write() as tx:
        event = await events.get(tx, event_id)
        assert event is not None
        await webinars.change(tx, event, replace(event, **values), chat.clock.now(), None)  # type: ignore[arg-type]
    chat.bot.sender.wake()


async def test_a_few_words_find_a_webinar_and_share_its_card(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.webinar(group, HAVENS, HAVENS_AT)
    await chat.webinar(group, {"en": "Planned relocation"}, HAVENS_AT + timedelta(days=7))
    anna = await chat.person("Anna", starts=False)

    found = await types(chat, anna, "climate")
    sent = await shares(chat, anna, "climate")

    assert offered(found) == [("Cities as climate havens?", "Tue, 22 Mar 2022, 16:00 (Berlin) · PWG 3")]
    assert sent.text == (
        "Cities as climate havens?\n\nTue, 22 Mar 2022, 16:00 (Berlin), 1 hour\n\nOrganised by PWG 3: Climate change\n"
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


async def test_each_asker_reads_their_own_language_and_time_and_the_answer_is_for_them_alone(chat: Chat) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), HAVENS, HAVENS_AT)
    jonas = await chat.person("Jonas", "de")
    await jonas.sends("/settings")
    await jonas.presses("Zeitzone")
    await jonas.presses("17:30 Kolkata")

    found = await types(chat, jonas, "zufluchtsorte")
    sent = await shares(chat, jonas, f"w_{webinar}")

    assert offered(found) == [("Städte als Zufluchtsorte?", "Di., 22. März 2022, 20:30 (Kolkata) · PWG 3")]
    assert found.answer is not None
    assert (found.answer["is_personal"], found.answer["cache_time"]) == (True, 10)
    assert "Di., 22. März 2022, 16:00 (Berlin), 1 Stunde" in sent.text
    (moment,) = [entity for entity in sent.entities if entity["type"] == "date_time"]
    assert moment["unix_time"] == int(HAVENS_AT.timestamp())


async def test_twenty_at_a_time_are_offered_soonest_first_and_then_what_has_begun(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.webinar(group, {"en": "Climate, long ago"}, chat.clock.now() - timedelta(days=3))
    for day in range(21, 0, -1):
        await chat.webinar(group, {"en": f"Climate {day}"}, chat.clock.now() + timedelta(days=day))
    anna = await chat.person("Anna", starts=False)

    first = await types(chat, anna, "climate")
    second = anna.client.scroll(first)
    await chat.settles()
    untyped = await types(chat, anna, "", "20")

    assert [title for title, _ in offered(first)] == [f"Climate {day}" for day in range(1, 21)]
    assert [title for title, _ in offered(second)] == ["Climate 21", "Climate, long ago"]
    assert [title for title, _ in offered(untyped)] == ["Climate 21"]
    assert second.answer is not None
    assert second.answer["next_offset"] == ""


async def test_where_nothing_is_found_a_button_leads_to_the_list(chat: Chat) -> None:
    await chat.webinar(await chat.group("PWG 3"), HAVENS, HAVENS_AT)
    anna = await chat.person("Anna", starts=False)

    found = await types(chat, anna, "gardening")
    anna.client.leave_inline(found)
    await chat.settles()

    assert found.results == []
    assert found.answer is not None
    assert found.answer["button"]["text"] == "No webinar found. See the list"
    assert anna.screen.text.startswith("Upcoming webinars")


async def test_drafts_cancelled_webinars_sessions_and_guarded_links_are_never_offered(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.webinar(group, {"en": "Climate, a draft"}, HAVENS_AT, state=EventState.DRAFT)
    await chat.webinar(group, {"en": "Climate, called off"}, HAVENS_AT, state=EventState.CANCELLED)
    await chat.session(group, HAVENS_AT, "Climate, a session")
    await chat.webinar(group, {"en": "Climate, guarded"}, HAVENS_AT)
    public = {"link": "https://meet.example.org/public", "link_policy": LinkPolicy.PUBLIC}
    await chat.webinar(group, {"en": "Climate, public"}, HAVENS_AT + timedelta(hours=1), **public)
    anna = await chat.organiser("Anna")

    await chat.time_goes_to(HAVENS_AT - timedelta(minutes=5))
    found = await types(chat, anna, "climate")

    assert [title for title, _ in offered(found)] == ["Climate, guarded", "Climate, public"]
    assert "https://meet.example.org/1" not in str(found.results)
    assert str(found.results).count("https://meet.example.org/public") == 1


async def test_no_query_leaves_a_row_and_a_late_one_no_answer(chat: Chat) -> None:
    await chat.webinar(await chat.group("PWG 3"), HAVENS, HAVENS_AT)
    anna = await chat.person("Anna", starts=False)

    async def rows() -> tuple[int, int, int]:
        async with chat.bot.database.read() as tx:
            counted = [await tx.scalar(select(func.count()).select_from(table)) for table in (inbox, outbox, people)]
        return (counted[0], counted[1], counted[2])

    before = await rows()
    for words in ("c", "cl", "cli"):
        await types(chat, anna, words)
    late = anna.client.inline("late")
    await chat.bot.poller.poll_once(0)
    chat.clock.pass_by(10)
    await chat.settles()

    assert await rows() == before
    assert late.results is None
    assert [call.method for call in chat.telegram.calls].count("answerInlineQuery") == 3


async def test_of_somebody_who_types_on_only_the_newest_words_are_answered(chat: Chat) -> None:
    await chat.webinar(await chat.group("PWG 3"), HAVENS, HAVENS_AT)
    anna, ben = await chat.person("Anna", starts=False), await chat.person("Ben", starts=False)

    typed = [anna.client.inline(words) for words in ("c", "ci", "cit")] + [ben.client.inline("cities")]
    await chat.settles()

    assert [query.results is not None for query in typed] == [False, False, True, True]


async def test_what_a_shared_card_does_not_say_changes_it_not(chat: Chat) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), HAVENS, HAVENS_AT)
    anna = await chat.person("Anna", starts=False)
    sent = await shares(chat, anna, "")

    await changes(chat, webinar, link="https://meet.example.org/2")
    await changes(chat, webinar, titles=HAVENS | {"de": "Zufluchtsorte"})

    assert sent.history == []
    assert not any(call.method == "editMessageText" for call in chat.telegram.calls)


async def test_changes_that_come_together_are_one_edit_and_what_says_the_same_is_none(chat: Chat) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), HAVENS, HAVENS_AT)
    anna = await chat.person("Anna", starts=False)
    sent = await shares(chat, anna, "")

    async with chat.bot.database.write() as tx:
        for days in (1, 2, 3):
            event = await events.get(tx, webinar)
            assert event is not None
            moved = replace(event, starts_at=HAVENS_AT + timedelta(days=days))
            await webinars.change(tx, event, moved, chat.clock.now(), None)
    await chat.settles()
    edits = len(sent.history)
    await changes(chat, webinar, link="https://meet.example.org/2")

    assert "Fri, 25 Mar 2022, 16:00 (Berlin), 1 hour" in sent.text
    assert (edits, len(sent.history)) == (1, 1)


async def test_a_card_that_is_gone_is_forgotten_quietly(chat: Chat) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), HAVENS, HAVENS_AT)
    anna = await chat.person("Anna", starts=False)
    gone, kept = await shares(chat, anna, ""), await shares(chat, anna, "cities")
    anna.client.delete(gone)

    await changes(chat, webinar, titles={"en": "Cities and climate"})
    await changes(chat, webinar, titles={"en": "Cities"})

    async with chat.bot.database.read() as tx:
        left = await tx.scalar(select(func.count()).select_from(shares_table))
        undelivered = await tx.scalar(select(func.count()).select_from(outbox).where(outbox.c.state == "failed"))
    assert kept.text.startswith("Cities\n")
    assert (left, undelivered) == (1, 0)
    assert [call.description for call in chat.telegram.calls if not call.ok] == ["Bad Request: MESSAGE_ID_INVALID"]


async def test_a_card_offered_before_a_change_and_sent_after_it_is_put_right_at_once(chat: Chat) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), HAVENS, HAVENS_AT)
    anna = await chat.person("Anna", starts=False)
    query = await types(chat, anna, "")

    await changes(chat, webinar, starts_at=HAVENS_AT + timedelta(days=1))
    sent = anna.client.send_inline(query, 0, chat.telegram.add_group("A choir", members=[anna.client.user]))
    before = sent.text
    await chat.settles()

    assert "Tue, 22 Mar 2022" in before
    assert "Wed, 23 Mar 2022" in sent.text


async def test_shared_cards_are_kept_up_to_date_after_a_restart(chat: Chat) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), HAVENS, HAVENS_AT)
    anna = await chat.person("Anna", starts=False)
    sent = await shares(chat, anna, "")

    await chat.restarts()
    await changes(chat, webinar, state=EventState.CANCELLED)

    assert "Cancelled" in sent.text


async def test_a_card_says_once_that_the_webinar_is_over_and_later_where_the_recording_is(chat: Chat) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), HAVENS, HAVENS_AT)
    anna = await chat.person("Anna", starts=False)
    sent = await shares(chat, anna, "")

    await chat.time_goes_to(HAVENS_AT + timedelta(minutes=59))
    running = len(sent.history)
    await chat.time_goes_to(HAVENS_AT + timedelta(minutes=61))
    over = (sent.text, sent.labels)
    await chat.restarts()
    await chat.time_passes(hours=3)
    edits = len(sent.history)
    await changes(chat, webinar, recording_link="https://videos.example.org/havens")

    assert (running, edits) == (0, 1)
    assert "Tue, 22 Mar 2022, 16:00 (Berlin), 1 hour\nThis webinar is over.\n\nOrganised by PWG 3" in over[0]
    assert "Open to everybody" not in over[0]
    assert over[1] == [["Details"]]
    assert sent.labels == [["Recording"], ["Details"]]


async def test_everybody_shares_a_webinar_from_its_card(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.webinar(group, HAVENS, HAVENS_AT)
    webinar = await chat.webinar(group, {"en": "Planned relocation"}, HAVENS_AT + timedelta(days=7))
    anna = await chat.person("Anna")

    card = await anna.starts(f"w_{webinar}")
    sent = await shares(chat, anna, anna.client.switch_inline(card, "Share"))

    assert sent.text.startswith("Planned relocation\n")


async def test_a_coordinator_posts_the_card_in_the_chat_of_the_group_where_it_edits_itself(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    webinar = await chat.webinar(group, HAVENS, HAVENS_AT)
    clara, public = await chat.coordinator("Clara", group), await chat.person("Anna")
    room = await linked(chat, clara)

    await clara.starts(f"w_{webinar}")
    await clara.presses("Post to our chat")
    posted = room.posts[-1]
    before = posted.text
    await clara.presses("Post to our chat")
    await changes(chat, webinar, starts_at=HAVENS_AT + timedelta(days=2))
    await public.starts(f"w_{webinar}")

    assert before.startswith("Cities as climate havens?\n\nTue, 22 Mar 2022, 16:00 (Berlin), 1 hour")
    assert posted.labels == [["Remind me", "Details"]]
    assert "Thu, 24 Mar 2022, 16:00 (Berlin)" in posted.text
    assert clara.toasts[-2:] == [
        "It is posted in your chat, and edits itself when something changes.",
        "It stands in your chat already, and is always up to date there.",
    ]
    assert not any("Post to our chat" in row for row in public.screen.labels)


async def test_of_two_edits_under_way_at_once_the_newer_one_counts_whichever_arrives_last(chat: Chat) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), HAVENS, HAVENS_AT)
    anna = await chat.person("Anna", starts=False)
    sent = await shares(chat, anna, "")
    held = chat.telegram.faults.add(FaultKind.HOLD, method="editMessageText")

    await saves(chat, webinar, starts_at=HAVENS_AT + timedelta(days=1))
    await chat.bot.sender.turn()
    await held.struck.wait()
    await saves(chat, webinar, starts_at=HAVENS_AT + timedelta(days=2))
    chat.clock.pass_by(1)
    await chat.bot.sender.turn()
    async with asyncio.timeout(10):
        while not sent.history:  # noqa: ASYNC110 - what is waited for has no event of its own
            await asyncio.sleep(0.002)
    held.release()
    await chat.settles()

    days = [version.content["text"].split("\n")[2].split(",")[1].strip() for version in sent.history]
    assert days == ["22 Mar 2022", "24 Mar 2022", "23 Mar 2022"]
    assert "Thu, 24 Mar 2022" in sent.text
