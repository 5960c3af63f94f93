"""What people follow, how they end it, what comes next of it, and that they agreed to it."""

import re
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from domain.consents import WORDING
from domain.sessions import Answer
from messages.consents import words
from storage import sessions
from storage.tables import consents
from tests.chat.world import Chat, Visitor

UKRAINE = {"en": "Forced migration", "de": "Zwangsmigration"}
UKRAINE_AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
PLATFORMS = {"en": "Platform work", "de": "Plattformarbeit"}
PLATFORMS_AT = datetime(2022, 3, 29, 14, tzinfo=UTC)
AGREED = "By choosing, you agree to reminders and announcements of what you follow. /stop ends them at any time."


async def planned(chat: Chat) -> None:
    """One webinar in English, one in English and German, of two groups."""
    await chat.webinar(await chat.group("PWG 1"), UKRAINE, UKRAINE_AT)
    await chat.webinar(await chat.group("PWG 2"), PLATFORMS, PLATFORMS_AT, languages=("en", "de"))


async def chooses(visitor: Visitor, number: int, choice: str) -> None:
    """Tap *Remind me* below a webinar in the list, and what of."""
    await visitor.sends("/webinars")
    await visitor.presses(f"{number} · Remind me")
    await visitor.presses(choice)


async def opens_followed(visitor: Visitor) -> None:
    await visitor.sends("/settings")
    await visitor.presses("What I follow")


async def consent_rows(chat: Chat, visitor: Visitor) -> list[tuple[bool, int]]:
    async with chat.bot.database.read() as tx:
        mine = select(consents.c.given, consents.c.wording).where(consents.c.person_id == visitor.id)
        return [(row.given, row.wording) for row in await tx.execute(mine.order_by(consents.c.id))]


# --- By language ------------------------------------------------------------------------------


async def test_who_follows_a_language_is_reminded_of_all_webinars_held_in_it(chat: Chat) -> None:
    await planned(chat)
    anna = await chat.person("Anna")
    await anna.sends("/webinars")
    await anna.presses("2 · Remind me")
    asked = (anna.screen.text, anna.screen.labels)

    await anna.presses("All in this language: German")
    card = anna.screen.text
    anna.looks()
    await chat.time_goes_to(UKRAINE_AT - timedelta(hours=1))
    of_the_first = anna.new_messages
    await chat.time_goes_to(PLATFORMS_AT - timedelta(days=1))

    assert asked == (
        f"Platform work\n\nWhat shall we remind you of?\n\n{AGREED}",
        [
            ["This webinar"],
            ["All of PWG 2"],
            ["All in this language: English"],
            ["All in this language: German"],
            ["All webinars"],
            ["Back"],
        ],
    )
    assert "You will be reminded." in card
    assert of_the_first == []
    assert [m.text for m in anna.new_messages] == ["Starts in 1 day: Platform work\nTue, 29 Mar 2022, 16:00 (Berlin)"]


async def test_not_this_one_is_narrower_than_its_language(chat: Chat) -> None:
    await planned(chat)
    anna = await chat.person("Anna")
    await chooses(anna, 1, "All in this language: English")

    await anna.presses("No reminder")
    anna.looks()
    await chat.time_goes_to(UKRAINE_AT - timedelta(hours=1))
    of_the_first = anna.new_messages
    await chat.time_goes_to(PLATFORMS_AT - timedelta(days=1))

    assert of_the_first == []
    assert [m.text.split(":")[0] for m in anna.new_messages] == ["Starts in 1 day"]


async def test_a_language_in_which_it_is_not_held_cannot_be_chosen(chat: Chat) -> None:
    await planned(chat)
    anna = await chat.person("Anna")
    await anna.sends("/webinars")
    await anna.presses("1 · Remind me")

    await anna.forges("wal:1:482")
    of_german = anna.toasts[-1]
    await anna.forges("ws:1:language")
    await opens_followed(anna)

    assert (of_german, anna.toasts[-1]) == ("This card is out of date. Here is a fresh one.",) * 2
    assert anna.screen.text == f"What you follow\n\nNothing at the moment.\n\n{AGREED}"


# --- The list ---------------------------------------------------------------------------------


async def test_every_choice_is_listed_and_ends_by_itself(chat: Chat) -> None:
    await planned(chat)
    anna = await chat.person("Anna")
    await chooses(anna, 1, "All of PWG 1")
    await chooses(anna, 2, "All in this language: German")
    await opens_followed(anna)
    listed = (anna.screen.text, anna.screen.labels)

    await anna.presses("1 · Stop")
    toast, left = anna.toasts[-1], anna.screen.text
    anna.looks()
    await chat.time_goes_to(UKRAINE_AT - timedelta(hours=1))
    of_the_first = anna.new_messages
    await chat.time_goes_to(PLATFORMS_AT - timedelta(days=1))

    assert listed == (
        f"What you follow\n\n1. All of PWG 1\n2. All in this language: German\n\n{AGREED}",
        [
            ["1 · Stop", "2 · Stop"],
            ["What comes next"],
            ["Follow all webinars"],
            ["Stop following everything"],
            ["All webinars", "Back"],
        ],
    )
    assert toast == "You no longer follow: All of PWG 1"
    assert left == f"What you follow\n\n1. All in this language: German\n\n{AGREED}"
    assert of_the_first == []
    assert [m.text.split(":")[0] for m in anna.new_messages] == ["Starts in 1 day"]


async def test_a_single_webinar_ends_whatever_wider_choice_there_is(chat: Chat) -> None:
    await planned(chat)
    anna = await chat.person("Anna")
    await chooses(anna, 1, "This webinar")
    await opens_followed(anna)
    await anna.presses("Follow all webinars")
    listed = anna.screen
    listed_text = listed.text

    await anna.presses("2 · Stop")
    await anna.forges("wfs:webinar:1:0")
    again = anna.toasts[-1]
    anna.looks()
    await chat.time_goes_to(UKRAINE_AT - timedelta(hours=1))

    assert listed_text == f"What you follow\n\n1. All webinars, also those to come\n2. Forced migration\n\n{AGREED}"
    assert again == "This card is out of date. Here is a fresh one."
    assert anna.new_messages == []


async def test_a_webinar_that_one_registered_for_is_listed_and_ends_like_the_others_but_the_place_stays(
    chat: Chat,
) -> None:
    await chat.webinar(await chat.group("PWG 1"), UKRAINE, UKRAINE_AT, registers=True)
    anna, ben = await chat.person("Anna"), await chat.person("Ben")
    for visitor in (anna, ben):
        await visitor.sends("/webinars")
        await visitor.presses("1 · Details")
        await visitor.presses("Register")
    await opens_followed(anna)
    listed = anna.screen.text
    await anna.presses("What comes next")
    coming = anna.screen.text
    await opens_followed(anna)

    await anna.presses("Stop following everything")
    left = anna.screen.text
    for visitor in (anna, ben):
        visitor.looks()
    await chat.time_goes_to(UKRAINE_AT - timedelta(hours=1))
    unasked = anna.new_messages
    await anna.sends("/webinars")
    await anna.presses("1 · Details")
    labels = anna.screen.labels

    assert listed == f"What you follow\n\n1. Forced migration\n\n{AGREED}"
    assert coming.endswith("1. Forced migration\nTue, 22 Mar 2022, 16:00\nreminder: Mon, 21 Mar 2022, 16:00")
    assert left == f"What you follow\n\nNothing at the moment.\n\n{AGREED}"
    assert unasked == []
    assert [m.text.split(":")[0] for m in ben.new_messages] == ["Starts in 1 hour"]
    assert [label for row in labels for label in row if "registration" in label] == ["Cancel my registration"]
    assert await consent_rows(chat, anna) == [(True, WORDING), (False, WORDING)]


async def test_a_long_list_pages(chat: Chat) -> None:
    group = await chat.group("PWG 1")
    for number in range(1, 8):
        await chat.webinar(group, {"en": f"Webinar {number}"}, UKRAINE_AT + timedelta(days=number))
    anna = await chat.person("Anna")
    for number in range(1, 8):
        await anna.starts(f"m_{number}")
        await anna.presses("This webinar")

    await opens_followed(anna)
    first = anna.screen.text
    await anna.presses("Next")
    second, labels = anna.screen.text, anna.screen.labels
    await anna.presses("7 · Stop")
    await anna.presses("6 · Stop")

    assert re.findall(r"\d\. .*", first) == [f"{n}. Webinar {n}" for n in range(1, 6)]
    assert re.findall(r"\d\. .*", second) == ["6. Webinar 6", "7. Webinar 7"]
    assert labels[:2] == [["6 · Stop", "7 · Stop"], ["Previous"]]
    assert anna.screen.text == first


# --- What comes next --------------------------------------------------------------------------


async def test_what_comes_next_shows_events_and_reminders_in_ones_own_zone(chat: Chat) -> None:
    await planned(chat)
    group = await chat.group("PWG 3")
    jaka = await chat.member("Jaka", group)
    coming = await chat.session(group, datetime(2022, 3, 18, 9, tzinfo=UTC), title="Planned relocation")
    refused = await chat.session(group, datetime(2022, 3, 19, 9, tzinfo=UTC), title="Not for Jaka")
    await chat.session(await chat.group("PWG 4"), datetime(2022, 3, 20, 9, tzinfo=UTC), title="Of others")
    async with chat.bot.database.write() as tx:
        await sessions.set_answer(tx, refused, jaka.id, Answer.NO, chat.clock.now())
    await jaka.sends("/settings")
    await jaka.presses("Time zone")
    await jaka.sends("Jakarta")
    await jaka.presses(jaka.screen.labels[0][0])
    await jaka.presses("Quiet hours")
    await jaka.presses("22:00")
    await jaka.presses("07:00")
    await chooses(jaka, 1, "This webinar")

    await opens_followed(jaka)
    await jaka.presses("What comes next")
    shown, labels = jaka.screen.text, jaka.screen.labels
    await jaka.presses("1 · Details")

    assert labels == [["1 · Details", "2 · Details"], ["What I follow"]]
    assert shown == (
        "What comes next\n\nAll times: Jakarta\n\n"
        "1. Session of PWG 3: Planned relocation\nFri, 18 Mar 2022, 16:00\nreminder: Thu, 17 Mar 2022, 16:00\n\n"
        "2. Forced migration\nTue, 22 Mar 2022, 22:00\nreminder: Tue, 22 Mar 2022, 07:00"
    )
    assert coming == 3
    assert "Planned relocation" in jaka.screen.text


async def test_in_silence_the_next_reminder_is_the_first_after_it(chat: Chat) -> None:
    await planned(chat)
    anna = await chat.person("Anna")
    await chooses(anna, 1, "All webinars")
    await chat.time_goes_to(datetime(2022, 3, 21, 16, tzinfo=UTC))
    await anna.sends("/settings")
    await anna.presses("Silence for a while")
    await anna.presses("1 day")

    await anna.presses("What I follow")
    await anna.presses("What comes next")
    silent = anna.screen.text
    await anna.sends("/stop")
    await opens_followed(anna)
    await anna.presses("What comes next")

    assert silent == (
        "What comes next\n\nAll times: Berlin\n\n"
        "1. Forced migration\nTue, 22 Mar 2022, 16:00\nno reminder any more\n\n"
        "2. Platform work\nTue, 29 Mar 2022, 16:00\nreminder: Mon, 28 Mar 2022, 16:00"
    )
    assert anna.screen.text.count("no reminder any more") == 2


async def test_who_follows_nothing_has_nothing_before_them(chat: Chat) -> None:
    await planned(chat)
    anna = await chat.person("Anna")

    await opens_followed(anna)
    await anna.presses("What comes next")

    assert (anna.screen.text, anna.screen.labels) == (
        "What comes next\n\nNothing at the moment.",
        [["What I follow"]],
    )


# --- Consent ----------------------------------------------------------------------------------


async def test_consent_is_given_once_taken_back_and_shown(chat: Chat) -> None:
    await planned(chat)
    anna = await chat.person("Anna")
    await anna.sends("/privacy")
    never = anna.screen.text
    await chooses(anna, 1, "This webinar")
    await chooses(anna, 2, "All of PWG 2")
    await anna.sends("/privacy")
    given = anna.screen.text
    await opens_followed(anna)
    await anna.presses("Stop following everything")
    await anna.sends("/stop")
    await anna.sends("/privacy")
    taken_back = anna.screen.text

    assert "You have not agreed to any reminders or announcements." in never
    assert re.search(r"You agreed to reminders .* of what you follow: Mon, 14 Mar 2022, 13:0\d \(Berlin\)\.", given)
    assert re.search(r"You took back your consent .*: Mon, 14 Mar 2022, 13:0\d \(Berlin\)\.", taken_back)
    assert await consent_rows(chat, anna) == [(True, WORDING), (False, WORDING)]


async def test_stop_takes_consent_back_and_coming_back_gives_it_where_something_is_followed(chat: Chat) -> None:
    await planned(chat)
    anna, ben = await chat.person("Anna"), await chat.person("Ben")
    await chooses(anna, 1, "This webinar")

    for visitor in (anna, ben):
        await visitor.sends("/stop")
        await visitor.starts()

    assert await consent_rows(chat, anna) == [(True, WORDING), (False, WORDING), (True, WORDING)]
    assert await consent_rows(chat, ben) == []


def test_other_words_are_another_version() -> None:
    """Whoever lets the sentence ask for another thing raises `domain.consents.WORDING`, here too."""
    assert (WORDING, words("en")) == (1, AGREED)
