"""Calendars as people use them: a file from a card, an address of one's own, and what follows a change."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from sqlalchemy import select

from domain.events import EventState
from services import calendar, session_changes, webinars
from services.work import Background
from storage import events, groups
from storage.tables import audit, feeds, outbox
from tests.chat import rooms
from tests.chat.world import Chat, Visitor, open_chat

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
WEB = "https://prework.example.org"


@pytest.fixture
async def reached(tmp_path: Path) -> AsyncIterator[Chat]:
    """A bot whose web side is reached from outside."""
    async with open_chat(tmp_path, public_url=WEB) as opened:
        yield opened


def entry(chat: Chat, visitor: Visitor) -> Any:
    """The event of the newest file in somebody's chat, as another program reads it."""
    document = next(m.content["document"] for m in reversed(visitor.messages) if "document" in m.content)
    content = chat.telegram.files.by_id[document["file_id"]].data
    return vobject.readOne(content.decode()).vevent


def address_in(visitor: Visitor) -> str:
    """The address in the newest message, which stands in a line of its own."""
    return next(line for line in visitor.screen.text.splitlines() if line.startswith("http"))


async def fetch(chat: Chat, address: str) -> Any:
    """What is behind an address, read by another program; None if there is nothing."""
    token = address.removeprefix(f"{WEB}/calendar/").removesuffix(".ics")
    async with chat.bot.database.read() as tx:
        content = await calendar.read_own(Background(tx, chat.clock.now(), chat.bot.process), token)
    return vobject.readOne(content.decode()) if content is not None else None


def shown(found: Any) -> list[tuple[str, str]]:
    return [(event.summary.value, event.status.value) for event in getattr(found, "vevent_list", [])]


async def changes(chat: Chat, webinar: int, **values: object) -> None:
    async with chat.bot.database.write() as tx:
        old = await events.get(tx, webinar)
        assert old is not None
        await webinars.change(tx, old, replace(old, **values), chat.clock.now(), None)  # type: ignore[arg-type]
    await chat.settles()


async def test_the_file_of_a_webinar_before_and_after_it_is_moved(chat: Chat) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), {"en": "Cities", "de": "Städte"}, AT)
    anna = await chat.person("Anna")
    await anna.sends("/webinars")
    listed = anna.screen.labels
    query = await anna.presses("1 · Calendar")
    before, sent = entry(chat, anna), anna.screen
    await anna.sends("/webinars")
    await anna.presses("1 · Remind me")
    await anna.presses("This webinar")
    card = anna.screen.labels

    await chat.time_passes(hours=1)
    await changes(chat, webinar, starts_at=AT + timedelta(days=7))
    notice = anna.screen
    await anna.presses("Calendar", on=notice)
    after = entry(chat, anna)

    assert listed[0] == ["1 · Remind me", "1 · Calendar", "1 · Details"]
    assert query.toast == "The file for your calendar comes in a moment."
    assert sent.content["document"]["file_name"] == f"webinar-{webinar}.ics"
    assert sent.text == (
        "Cities\nOpen the file, and your calendar takes it in. After a change, press Calendar again: "
        "the new file takes the place of the old one."
    )
    assert sent.labels == [["My calendar"]]
    assert ["No reminder", "Calendar"] in card
    assert notice.text.startswith("Moved: Cities")
    assert notice.labels == [["Details", "Calendar"], ["No reminder"]]
    assert before.uid.value == after.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert [before.dtstart.value.astimezone(UTC), after.dtstart.value.astimezone(UTC)] == [
        AT,
        # 16:00 in Berlin is an hour earlier in UTC once its clocks have changed; the webinar was moved by UTC.
        AT + timedelta(days=7),
    ]
    assert after.dtstart.value.hour == 17
    assert after.dtstamp.value > before.dtstamp.value


async def test_the_file_speaks_the_language_of_the_reader_and_rings_when_they_want(chat: Chat) -> None:
    await chat.webinar(await chat.group("PWG 3"), {"en": "Cities", "de": "Städte"}, AT)
    anna, jana = await chat.person("Anna"), await chat.person("Jana", "de")

    await anna.forges("cw:1")
    english = entry(chat, anna)
    await jana.forges("cw:1")
    german = entry(chat, jana)

    assert (english.summary.value, german.summary.value) == ("Cities", "Städte")
    assert german.description.value.startswith("Eine Zusammenfassung.\n\nVeranstaltet von PWG 3")
    assert english.valarm.trigger.value == timedelta(minutes=-10)  # the shortest of 1 day, 1 hour, 10 minutes


async def test_the_file_of_a_guarded_webinar_leads_to_its_card_and_never_to_the_link(chat: Chat) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), {"en": "Cities"}, AT)
    anna = await chat.person("Anna")
    await chat.time_goes_to(AT - timedelta(minutes=5))

    await anna.forges(f"cw:{webinar}")

    event = entry(chat, anna)
    assert event.url.value == event.location.value == chat.bot.process.start_link(f"w_{webinar}")
    assert "meet.example.org" not in event.serialize()


async def test_the_file_of_a_cancelled_webinar_takes_it_out_again(chat: Chat) -> None:
    webinar = await chat.webinar(await chat.group("PWG 3"), {"en": "Cities"}, AT)
    anna = await chat.person("Anna")
    await anna.sends("/webinars")
    await anna.presses("1 · Remind me")
    await anna.presses("This webinar")
    await changes(chat, webinar, state=EventState.CANCELLED)

    await anna.presses("Calendar", on=anna.screen)

    event = entry(chat, anna)
    assert (event.status.value, event.summary.value) == ("CANCELLED", "Cancelled: Cities")


async def test_in_a_group_the_button_leads_into_the_private_chat_and_brings_the_file_there(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    webinar = await chat.webinar(group, {"en": "Cities"}, AT)
    carla, anna = await chat.coordinator("Carla", group), await chat.person("Anna")
    room = await rooms.linked(chat, carla)
    (answer,) = await room.says(carla, "/webinars")
    payload = f"k_{webinar}"

    await anna.starts(payload)

    assert carla.client.button(answer, "1 · Calendar")["url"] == chat.bot.process.start_link(payload)

    texts = [message.text.splitlines()[0] for message in anna.new_messages]
    assert texts == ["Cities", "Cities"]
    assert entry(chat, anna).summary.value == "Cities"


async def test_a_session_goes_into_the_calendars_of_its_group_only(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    session = await chat.session(group, AT)
    mia, anna = await chat.member("Mia", group), await chat.person("Anna")

    await mia.starts(f"s_{session}")
    row = next(row for row in mia.screen.labels if "Calendar" in row)
    await mia.presses("Calendar")
    event = entry(chat, mia)
    await anna.forges(f"cs:{session}")
    await anna.forges("cs:999")
    await anna.forges(f"cw:{session}")

    assert row == ["Calendar"]
    assert event.summary.value == "PWG 3: Planned relocation"
    assert "meet.example.org" not in event.serialize()
    assert event.url.value.endswith(f"?start=s_{session}")
    assert anna.toasts[-3:] == [
        "This is not for you, or it does not exist.",
        "This is not for you, or it does not exist.",
        "This does not exist any more.",
    ]
    assert anna.new_messages == []


async def test_without_an_address_of_the_web_side_only_files_are_offered(chat: Chat) -> None:
    anna = await chat.person("Anna")
    await anna.sends("/settings")
    await anna.presses("My calendar")

    assert anna.screen.text == (
        "My calendar\n\nA calendar that keeps itself up to date is not available here. Press Calendar on the card of a "
        "webinar or session: that brings a file for your calendar."
    )
    assert anna.screen.labels == [["Back"]]
    anna.looks()
    await anna.forges("cn")
    assert anna.toasts[-1] == "This card is out of date. Here is a fresh one."
    async with chat.bot.database.read() as tx:
        assert (await tx.execute(select(feeds))).all() == []


async def test_an_address_of_ones_own_is_made_renewed_and_switched_off(reached: Chat) -> None:
    chat = reached
    await chat.webinar(await chat.group("PWG 3"), {"en": "Cities"}, AT)
    anna = await chat.person("Anna")
    await anna.sends("/webinars")
    await anna.presses("1 · Remind me")
    await anna.presses("This webinar")

    await anna.sends("/settings")
    await anna.presses("My calendar")
    offered = (anna.screen.text, anna.screen.labels)
    query = await anna.presses("Get my address")
    told, first = anna.screen, address_in(anna)
    token = first.removeprefix(f"{WEB}/calendar/").removesuffix(".ics")
    found = shown(await fetch(chat, first))
    kept = anna.messages[-2]
    await anna.presses("New address", on=kept)
    second = address_in(anna)
    after_renewal = (await fetch(chat, first), shown(await fetch(chat, second)))
    await anna.presses("Switch off", on=kept)
    after_end = (await fetch(chat, first), await fetch(chat, second))

    assert offered[0] == (
        "My calendar\n\nWith an address of your own, your calendar shows the webinars you follow and the sessions of "
        "your groups, and follows when something is moved or cancelled.\n\n"
        "All webinars, for everybody:\nhttps://prework.example.org/calendar/webinars.ics?lang=en"
    )
    assert offered[1] == [["Get my address"], ["Back"]]
    assert query.toast == "Your address comes in a moment."
    assert told.text == (
        f"The address of your calendar\n{first}\n\n"
        "Google: on a computer, under Other calendars, choose + and From URL, and paste it.\n"
        "Outlook: choose Add calendar and Subscribe from web, and paste it.\n"
        f"iPhone and Mac: open this in the browser.\nwebcal://prework.example.org/calendar/{token}.ics\n\n"
        "Keep it to yourself: whoever has it sees your calendar. Earlier addresses no longer work."
    )
    assert len(token) == 43
    assert found == [("Cities", "CONFIRMED")]
    assert after_renewal == (None, [("Cities", "CONFIRMED")])
    assert after_end == (None, None)
    assert anna.toasts[-1] == "Switched off. The address no longer works."
    assert kept.labels == [["Get my address"], ["Back"]]


async def test_the_token_is_nowhere_in_the_database(reached: Chat) -> None:
    anna = await reached.person("Anna")
    await anna.forges("cn")
    token = address_in(anna).removeprefix(f"{WEB}/calendar/").removesuffix(".ics")

    path = reached.bot.database.path
    assert path is not None
    files = [path, *path.parent.glob(f"{path.name}-*")]
    assert all(token.encode() not in file.read_bytes() for file in files)
    async with reached.bot.database.read() as tx:
        row = (await tx.execute(select(feeds))).one()
        sent = (await tx.execute(select(outbox).where(outbox.c.kind == "calendar_address"))).one()
        noted = (await tx.execute(select(audit.c.action).where(audit.c.actor_id == anna.id))).scalars().all()
    assert (row.person_id, len(row.token_hash)) == (anna.id, 64)
    assert (sent.state, sent.payload, sent.refs) == ("sent", None, {})
    assert "calendar_address_made" in noted


async def test_ones_own_calendar_follows_what_happens(reached: Chat) -> None:
    chat = reached
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    followed = await chat.webinar(group, {"en": "Followed"}, AT)
    await chat.webinar(other, {"en": "Not followed"}, AT)
    session = await chat.session(group, AT + timedelta(days=1))
    await chat.session(other, AT + timedelta(days=1), "Of others")
    mia = await chat.member("Mia", group)
    await mia.forges(f"ws:{followed}:webinar")
    await mia.forges("cn")
    address = address_in(mia)

    first = await fetch(chat, address)
    await chat.time_passes(minutes=5)
    await changes(chat, followed, starts_at=AT + timedelta(hours=1))
    moved = await fetch(chat, address)
    await changes(chat, followed, state=EventState.CANCELLED)
    cancelled = await fetch(chat, address)
    await mia.forges(f"va:{session}:no")
    declined = await fetch(chat, address)
    await chat.time_passes(days=91)
    much_later = await fetch(chat, address)

    assert first.x_wr_calname.value == "My webinars and sessions"
    assert shown(first) == [("Followed", "CONFIRMED"), ("PWG 3: Planned relocation", "CONFIRMED")]
    assert [int(one.vevent.sequence.value) for one in (first, moved, cancelled)] == [0, 1, 2]
    assert len({one.vevent.uid.value for one in (first, moved, cancelled)}) == 1
    assert moved.vevent.dtstart.value.astimezone(UTC) == AT + timedelta(hours=1)
    assert shown(cancelled)[0] == ("Cancelled: Followed", "CANCELLED")
    assert shown(declined) == [("Cancelled: Followed", "CANCELLED")]
    assert shown(much_later) == []
    assert all("meet.example.org" not in one.serialize() for one in (first, moved, cancelled))


async def test_whoever_leaves_a_group_loses_its_sessions(reached: Chat) -> None:
    group = await reached.group("PWG 3")
    session = await reached.session(group, AT)
    carla = await reached.coordinator("Carla", group)
    olga = await reached.organiser("Olga")
    for visitor in (carla, olga):
        await visitor.forges("cn")
    async with reached.bot.database.write() as tx:
        old = await events.get(tx, session)
        assert old is not None
        await session_changes.change(tx, old, replace(old, titles={"en": "Renamed"}), reached.clock.now(), None)

    mine = await fetch(reached, address_in(carla))
    of_organiser = await fetch(reached, address_in(olga))

    assert shown(mine) == [("PWG 3: Renamed", "CONFIRMED")]
    assert mine.vevent.sequence.value == "1"
    assert shown(of_organiser) == []


async def test_whoever_switches_off_before_the_address_is_made_gets_none(reached: Chat) -> None:
    anna = await reached.person("Anna")
    anna.client.press_data(anna.screen, "cn")
    await reached.bot.poller.poll_once(0)
    await reached.bot.lanes.idle()
    anna.client.press_data(anna.screen, "ce")
    await reached.bot.poller.poll_once(0)
    await reached.bot.lanes.idle()
    await reached.settles()

    assert not [message for message in anna.messages if "webcal" in message.text]
    async with reached.bot.database.read() as tx:
        assert (await tx.execute(select(feeds))).all() == []


async def test_a_reminder_offers_the_file_too_and_two_taps_bring_one(chat: Chat) -> None:
    await chat.webinar(await chat.group("PWG 3"), {"en": "Cities"}, AT)
    anna = await chat.person("Anna")
    await anna.forges("ws:1:webinar")
    await chat.time_goes_to(AT - timedelta(hours=1))
    reminder = anna.screen
    anna.looks()

    await anna.presses("Calendar", on=reminder)
    await anna.presses("Calendar", on=reminder)

    assert reminder.text.startswith("Starts in 1 hour")
    assert reminder.labels == [["Details", "Calendar"], ["No reminder"]]
    assert len(anna.new_messages) == 1


async def test_whoever_stopped_all_messages_still_gets_what_they_ask_for(reached: Chat) -> None:
    await reached.webinar(await reached.group("PWG 3"), {"en": "Cities"}, AT)
    anna = await reached.person("Anna")
    await anna.sends("/stop")

    await anna.forges("cw:1")
    await anna.forges("cn")

    assert entry(reached, anna).summary.value == "Cities"
    assert address_in(anna)


async def test_whoever_loses_the_right_before_the_file_is_made_gets_none(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    session = await chat.session(group, AT)
    mia = await chat.member("Mia", group)
    mia.looks()

    mia.client.press_data(mia.screen, f"cs:{session}")
    await chat.bot.poller.poll_once(0)
    await chat.bot.lanes.idle()
    async with chat.bot.database.write() as tx:
        await groups.free_seat(tx, group, mia.id)
    await chat.settles()

    assert mia.toasts == ["The file for your calendar comes in a moment."]
    assert mia.new_messages == []


async def test_nobody_but_who_runs_it_gets_the_file_of_a_draft(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    draft = await chat.webinar(group, {"en": "Not yet"}, AT, state=EventState.DRAFT)
    carla, anna = await chat.coordinator("Carla", group), await chat.person("Anna")

    await carla.forges(f"cw:{draft}")
    await anna.forges(f"cw:{draft}")
    await anna.forges("cw:999")

    assert entry(chat, carla).summary.value == "Not yet"
    assert anna.toasts == ["This does not exist any more."] * 2
    assert anna.new_messages == []
