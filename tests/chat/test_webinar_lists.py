"""`/webinars`: those to come and those that have begun, all of them or those of one group, a page at a time."""

from datetime import UTC, datetime, timedelta

from tests.chat.rooms import linked
from tests.chat.world import START, Chat, Visitor

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
RECORDING = "https://videos.example.org/floods"


def titles(who: Visitor) -> list[str]:
    """What is listed, as it is numbered."""
    entries = who.screen.text.split("\n\n")[1:]
    return [entry.split("\n")[0] for entry in entries if entry[0].isdigit()]


async def test_webinars_of_one_group_are_listed_on_pages_of_their_own(chat: Chat) -> None:
    first, second, _ = await chat.group("PWG 1"), await chat.group("PWG 2"), await chat.group("PWG 3")
    for day in range(6):
        await chat.webinar(first, {"en": f"Work {day}"}, AT + timedelta(days=day))
    await chat.webinar(second, {"en": "Ethical recruitment"}, AT - timedelta(days=1))
    anna = await chat.person("Anna")

    await anna.sends("/webinars")
    everything = (titles(anna), anna.screen.labels[-3:])
    await anna.presses("PWG 1")
    of_one = (titles(anna), anna.screen.labels[-2])
    await anna.presses("Later")
    later = titles(anna)
    await anna.presses("All groups")

    assert everything == (
        ["1. Ethical recruitment", "2. Work 0", "3. Work 1", "4. Work 2", "5. Work 3"],
        [["Later"], ["• All groups", "PWG 1", "PWG 2"], ["Home"]],
    )
    assert of_one == (
        ["1. Work 0", "2. Work 1", "3. Work 2", "4. Work 3", "5. Work 4"],
        ["All groups", "• PWG 1", "PWG 2"],
    )
    assert later == ["1. Work 5"]
    assert titles(anna)[0] == "1. Ethical recruitment"


async def test_a_group_that_has_nothing_any_more_says_so_and_leads_back(chat: Chat) -> None:
    first, second = await chat.group("PWG 1"), await chat.group("PWG 2")
    await chat.webinar(first, {"en": "Work"}, START + timedelta(hours=1))
    await chat.webinar(second, {"en": "Care"}, AT)
    anna = await chat.person("Anna")
    await anna.sends("/webinars")

    await chat.time_passes(hours=2)
    await anna.presses("PWG 1")
    empty = (anna.screen.text, anna.screen.labels)
    await anna.presses("All groups")

    assert empty == (
        "Upcoming webinars\n\nThere is nothing here.",
        [["All groups", "PWG 2"], ["Past webinars", "Home"]],
    )
    assert titles(anna) == ["1. Care"]


async def test_what_has_begun_is_listed_newest_first_with_its_recording(chat: Chat) -> None:
    group = await chat.group("PWG 1")
    await chat.webinar(group, {"en": "Floods"}, START - timedelta(days=2), recording_link=RECORDING)
    await chat.webinar(group, {"en": "Fires"}, START - timedelta(days=1))
    await chat.webinar(group, {"en": "Droughts"}, START - timedelta(minutes=10))
    anna = await chat.person("Anna")

    await anna.sends("/webinars")
    await anna.presses("Past webinars")
    listed = (anna.screen.text, anna.screen.labels)
    recording = anna.screen.keyboard[2][1].get("url")
    await anna.presses("3 · Details")

    assert listed[0].split("\n\n") == [
        "Past webinars",
        "All times: Berlin",
        "1. Droughts\nMon, 14 Mar 2022, 12:50 · it is on now",
        "2. Fires\nSun, 13 Mar 2022, 13:00",
        "3. Floods\nSat, 12 Mar 2022, 13:00 · recorded",
    ]
    assert listed[1] == [
        ["1 · Details"],
        ["2 · Details"],
        ["3 · Details", "3 · Recording"],
        ["Upcoming webinars", "Home"],
    ]
    assert recording == RECORDING
    assert "This webinar is over." in anna.screen.text
    assert anna.screen.labels[0] == ["Recording"]


async def test_past_webinars_are_turned_page_by_page(chat: Chat) -> None:
    group = await chat.group("PWG 1")
    for day in range(1, 8):
        await chat.webinar(group, {"en": f"Work {day}"}, START - timedelta(days=day))
    anna = await chat.person("Anna")
    await anna.sends("/webinars")

    await anna.presses("Past webinars")
    newest = titles(anna)
    await anna.presses("Older")
    older = titles(anna)
    await anna.presses("Newer")

    assert newest == [f"{day}. Work {day}" for day in range(1, 6)]
    assert older == ["1. Work 6", "2. Work 7"]
    assert titles(anna) == newest


async def test_in_the_chat_of_a_group_the_list_has_no_buttons_that_only_one_may_press(chat: Chat) -> None:
    first, second = await chat.group("PWG 1"), await chat.group("PWG 2")
    await chat.webinar(first, {"en": "Work"}, AT)
    await chat.webinar(second, {"en": "Care"}, AT + timedelta(days=1))
    clara = await chat.coordinator("Clara", first)
    room = await linked(chat, clara)

    (shown,) = await room.says(clara, "/webinars")

    assert [row[0] for row in shown.labels] == ["1 · Remind me", "2 · Remind me"]
    assert all("url" in button for row in shown.keyboard for button in row)
