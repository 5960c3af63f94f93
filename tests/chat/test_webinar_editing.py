"""Webinars made, announced, moved and cancelled in the chat, by those who run a group."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from domain.events import Event, EventState
from domain.talks import TalkState
from services import occasions
from services import webinars as services
from services.purposes import PURPOSES
from services.work import Background
from storage import talks, webinars
from storage.database import Tx
from storage.tables import audit, feedback, outbox, roles
from tests.chat.world import Chat, Visitor

CITIES = {"en": "Cities as climate havens?", "de": "Städte als Klimazuflucht?", "fr": "Villes refuges ?"}
AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
WHEN = "Tue, 22 Mar 2022, 16:00"
LINK = "https://meet.example.org/new"


async def of_group(chat: Chat, group: int) -> list[Event]:
    async with chat.bot.database.read() as tx:
        return await webinars.get_of_group(tx, group)


async def opens_list(visitor: Visitor) -> None:
    await visitor.sends("/manage")
    await visitor.presses("Webinars", on=visitor.screen)


async def answers(visitor: Visitor, *given: str) -> None:
    """Pressed where there is such a button, else typed."""
    for answer in given:
        if any(answer in row for row in visitor.screen.labels):
            await visitor.presses(answer, on=visitor.screen)
        else:
            await visitor.sends(answer)


async def opens(visitor: Visitor, title: str) -> None:
    await opens_list(visitor)
    await visitor.presses(title, on=visitor.screen)


async def follows(visitor: Visitor) -> None:
    await visitor.sends("/webinars")
    await visitor.presses("1 · Remind me")
    await visitor.presses("This webinar")
    visitor.looks()


# --- Making one -------------------------------------------------------------------------------


async def test_a_coordinator_makes_a_webinar_question_by_question_and_announces_it(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    await opens_list(carla)
    empty = (carla.screen.text, carla.screen.labels)

    await answers(carla, "New webinar")
    first = (carla.screen.text, carla.screen.labels)
    await answers(carla, CITIES["en"], CITIES["de"], "Skip")
    await answers(carla, "Who takes people in.", "Wer Menschen aufnimmt.", "Skip")
    await answers(carla, "German", "That is all")
    await answers(carla, "Institute of Examples\nCity of Sample", "Carla")
    await answers(carla, "22.03.2022 16:00", "90", LINK, "everybody, at any time", "Skip", "80", "Yes")
    preview = (carla.screen.text, carla.screen.labels)
    await answers(carla, "Deutsch")
    in_german = carla.screen.text
    await answers(carla, "Announce")
    card = (carla.screen.text, carla.screen.labels)

    assert empty == (
        "PWG 3 Climate change\n\nAnnounced so far: 0 of at least 2\n\nNo webinar is announced.",
        [["New webinar"], ["Back to the group"]],
    )
    assert first == ("1 of 18\n\nWhat is the title in English? At most 200 characters.", [["Skip"], ["Cancel"]])
    assert preview == (
        (
            "18 of 18\n\nAs people will see it in English:\n\nCities as climate havens?\n\n"
            "Tue, 22 Mar 2022, 16:00 to 17:30, Berlin time\n\n"
            "Organised by PWG 3: Climate change\nLanguage: English, German\n"
            "With: Institute of Examples, City of Sample\n\n"
            "Please register: 80 places are free.\n\nWho takes people in."
        ),
        [["✓ English", "Deutsch", "Français"], ["Announce"], ["Keep as draft"], ["Back", "Cancel"]],
    )
    assert in_german.startswith(
        "18 of 18\n\nAs people will see it in German:\n\nStädte als Klimazuflucht?\n\n"
        "Di., 22. März 2022, 16:00 bis 17:30 Uhr, Ortszeit Berlin\n\n"
    )
    assert in_german.endswith("Wer Menschen aufnimmt.")
    assert card == (
        (
            "Cities as climate havens?\nPWG 3 · Announced\n\nSpoken: English, German\n"
            "With: Institute of Examples, City of Sample\nModerator: Carla\n"
            "Day and time: Tue, 22 Mar 2022, 16:00 (Berlin)\nLength: 1 hour and 30 minutes\n"
            f"Join link: {LINK}\nWho sees the join link: everybody, at any time\nPlaces: 80\nRegistration: yes\n\n"
            "Title in: English, German\nAbstract in: English, German"
        ),
        [["Change", "As others see it"], ["Questions"], ["Webinars of the group"]],
    )
    assert carla.toasts[-1] == "Announced."


async def test_once_all_that_is_required_is_there_the_rest_need_not_be_asked(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)
    await opens_list(carla)
    await answers(carla, "New webinar", CITIES["en"], CITIES["de"], "Skip")
    await answers(carla, "Who takes people in.", "Wer Menschen aufnimmt.", "Skip", "That is all")
    too_early = carla.screen.labels

    await answers(carla, "Skip", "Skip", "22.03.2022 16:00")
    question = (carla.screen.text, carla.screen.labels[-3:])
    await answers(carla, "To the preview")
    preview = carla.screen.text
    await answers(carla, "Announce")

    assert too_early == [["Skip"], ["Back", "Cancel"]]
    assert question == (
        "12 of 18\n\nHow long is the webinar? Tap, or send a number of minutes.\n\nNow: 1 hour",
        [["To the preview"], ["Skip"], ["Back", "Cancel"]],
    )
    assert preview.startswith("18 of 18\n\nAs people will see it in English:\n\nCities as climate havens?")
    assert carla.toasts[-1] == "Announced."


async def test_the_preview_leads_to_what_is_missing_and_says_that_there_is_no_link(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)
    await opens_list(carla)
    await answers(carla, "New webinar", CITIES["en"], CITIES["de"], "Skip", "Who takes people in.", "Skip", "Skip")
    await answers(carla, "That is all", "Skip", "Skip", "22.03.2022 16:00", "To the preview")
    missing = (carla.screen.text, carla.screen.labels[1])

    await answers(carla, "What is missing")
    asked = carla.screen.text
    await answers(carla, "Wer Menschen aufnimmt.", "To the preview")

    assert missing[0].endswith("Before it is announced: the German abstract.")
    assert missing[1] == ["What is missing"]
    assert asked.startswith("5 of 18\n\nWhat is it about, in German?")
    assert carla.screen.text.endswith(
        "There is no join link yet. It can be announced, and the link added later under Change."
    )
    assert ["What is missing"] not in carla.screen.labels


async def test_a_draft_is_not_announced_while_anything_is_missing_and_says_what(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)
    await opens_list(carla)

    await answers(carla, "New webinar", CITIES["en"], *["Skip"] * 5, "That is all", *["Skip"] * 9)
    preview = carla.screen.text
    await answers(carla, "Announce")
    await answers(carla, "Deutsch")
    in_german = carla.screen.text

    missing = "the German title, the English abstract, the German abstract, a day and time to come"
    assert preview == (
        "18 of 18\n\nAs people will see it in English:\n\nCities as climate havens?\n\nNo day and time yet.\n\n"
        "Organised by PWG 3: Climate change\nLanguage: English\nOpen to everybody, no registration.\n\n"
        "What is missing in English is shown in another language.\n\n"
        f"Before it is announced: {missing}."
    )
    assert carla.toasts[-1] == f"Not announced yet. Missing: {missing}."
    assert "What is missing in German is shown in another language." in in_german
    assert [event.state for event in await of_group(chat, group)] == [EventState.DRAFT]


async def test_a_draft_survives_a_restart_and_cancel_and_nobody_else_sees_it(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla, dieter = await chat.coordinator("Carla", group), await chat.coordinator("Dieter", group)
    anna = await chat.member("Anna", group)
    await opens_list(carla)
    await answers(carla, "New webinar", CITIES["en"])
    await carla.sends("/cancel")
    await chat.restarts()

    await opens_list(dieter)
    listed = (dieter.screen.text, dieter.screen.labels)
    await answers(dieter, CITIES["en"], "Go on")
    asked = dieter.screen.text
    (draft,) = await of_group(chat, group)
    await anna.starts(f"w_{draft.id}")
    probed = anna.screen.text
    await anna.sends("/webinars")

    assert listed[0].endswith("Announced so far: 0 of at least 2\n\nCities as climate havens?\nDraft")
    assert listed[1] == [["Cities as climate havens?"], ["New webinar"], ["Back to the group"]]
    assert asked == "2 of 18\n\nWhat is the title in German? At most 200 characters."
    assert "Cities" not in probed
    assert "Cities" not in anna.screen.text


async def test_where_the_draft_was_left_it_goes_on(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)
    await opens_list(carla)
    await answers(carla, "New webinar", CITIES["en"], CITIES["de"], CITIES["fr"], "In English.")
    await carla.sends("/cancel")

    await opens(carla, CITIES["en"])
    await answers(carla, "Go on")

    assert carla.screen.text == "5 of 18\n\nWhat is it about, in German? At most 1000 characters."


async def test_an_erased_moderator_leaves_a_draft_that_goes_on_at_what_is_open(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla, dieter = await chat.coordinator("Carla", group), await chat.coordinator("Dieter", group)
    await opens_list(carla)
    await answers(carla, "New webinar", CITIES["en"], *["Skip"] * 5, "That is all", "Skip", "Dieter")
    await dieter.sends("/privacy")
    await answers(dieter, "Delete me", "Yes, delete me")
    await chat.time_passes(minutes=2)

    await opens(carla, CITIES["en"])
    card = carla.screen.text
    await answers(carla, "Go on")

    assert "Moderator" not in card
    assert carla.screen.text.startswith("2 of 18\n\nWhat is the title in German?")


async def test_what_was_all_skipped_is_no_draft_and_begins_again(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)
    await opens_list(carla)

    await answers(carla, "New webinar", *["Skip"] * 6, "That is all", *["Skip"] * 9)

    assert carla.screen.text == "1 of 18\n\nWhat is the title in English? At most 200 characters."
    assert await of_group(chat, group) == []


async def test_a_draft_is_kept_changed_in_one_part_and_dropped(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)
    await opens_list(carla)
    await answers(carla, "New webinar", CITIES["en"], *["Skip"] * 5, "That is all", *["Skip"] * 9, "Keep as draft")
    kept = (carla.screen.text, carla.screen.labels, carla.toasts[-1])

    await answers(carla, "Change", "Places, registration", "0")
    refused = carla.refusal
    await answers(carla, "40", "Skip", "Keep as draft")
    changed = carla.screen.text
    await answers(carla, "Change", "Drop the draft")
    asked = (carla.screen.text, carla.screen.labels)
    await answers(carla, "Drop the draft")

    assert kept[0].startswith("Cities as climate havens?\nPWG 3 · Draft\n\nSpoken: English\nDay and time: not set yet")
    assert kept[1] == [["Go on"], ["Change"], ["Webinars of the group"]]
    assert kept[2] == "Kept as a draft. Only those who run the group see it."
    assert refused == "Send a whole number from 1 to 100000, in digits."
    assert "Places: 40" in changed
    assert asked == (
        "2 of 2\n\nDrop the draft Cities as climate havens?? Nothing of it is kept.",
        [["Drop the draft"], ["Back", "Cancel"]],
    )
    assert carla.toasts[-1] == "The draft is dropped."
    assert await of_group(chat, group) == []


async def test_a_time_that_was_skipped_is_not_asked_for_on_the_way_back(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)
    await opens_list(carla)

    await answers(carla, "New webinar", CITIES["en"], *["Skip"] * 5, "That is all", "Skip", "Skip", "Skip")
    length = carla.screen.text
    await answers(carla, "Back")
    no_day = carla.screen.text
    await answers(carla, "22.03.2022 16:00", "Back")
    clock = carla.screen.text
    await answers(carla, "Back")

    assert length.startswith("12 of 18\n\nHow long is the webinar?")
    assert no_day == ("10 of 18\n\nOn which day? Tap, or send day and time (Berlin) such as 22.03.2022 16:00.")
    assert clock.startswith("11 of 18\n\nTue, 22 Mar 2022: at what time?")
    assert carla.screen.text.endswith("Now: Tue, 22 Mar 2022, 16:00 (Berlin)")


async def test_somebody_who_goes_on_with_a_draft_that_another_announces_saves_on_top_of_it(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.webinar(group, CITIES, AT, state=EventState.DRAFT)
    carla, dieter = await chat.coordinator("Carla", group), await chat.coordinator("Dieter", group)
    await opens(dieter, CITIES["en"])
    await answers(dieter, "Change", "All of it", *["Skip"] * 6)
    await opens(carla, CITIES["en"])
    await answers(carla, "Go on", "Announce")

    await answers(dieter, "German", "That is all", *["Skip"] * 8, "Yes", "Save")
    refused = dieter.screen.text
    await answers(dieter, "Save")
    (webinar,) = await of_group(chat, group)

    assert refused.startswith(
        "Carla changed this webinar meanwhile, so yours is not saved yet:\n\nAnnounced\n\n18 of 18"
    )
    assert (webinar.state, webinar.languages, webinar.registers) == (EventState.ANNOUNCED, ("en", "de"), True)


async def test_a_webinar_that_is_announced_is_followed_like_any_other(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla, anna = await chat.coordinator("Carla", group), await chat.person("Anna")
    await anna.sends("/webinars")
    await anna.presses("Follow all webinars")
    await opens_list(carla)
    await answers(carla, "New webinar", CITIES["en"], CITIES["de"], "Skip", "In short.", "Kurz.", "Skip", "That is all")
    await answers(carla, "Skip", "Skip", "22.03.2022 16:00", *["Skip"] * 6, "Announce")
    anna.looks()

    await chat.time_goes_to(AT - timedelta(days=1))

    assert [m.text for m in anna.new_messages] == [f"Starts in 1 day: {CITIES['en']}\n{WHEN} (Berlin)"]


# --- Changing one -----------------------------------------------------------------------------


async def an_announced_one(chat: Chat, **values: object) -> tuple[Visitor, Visitor]:
    """Carla runs the group, Anna follows its webinar."""
    group = await chat.group("PWG 3")
    await chat.webinar(group, CITIES, AT, **values)
    carla, anna = await chat.coordinator("Carla", group), await chat.person("Anna")
    await follows(anna)
    return carla, anna


MOVED = f"Moved: {CITIES['en']}\nbefore: {WHEN}\nnow: Thu, 24 Mar 2022, 17:00 (Berlin)"


async def test_a_move_is_previewed_with_the_count_and_told_once(chat: Chat) -> None:
    carla, anna = await an_announced_one(chat)
    await opens(carla, CITIES["en"])

    await answers(carla, "Change", "Day and time", "24.03.2022 17:00")
    preview = (carla.screen.text, carla.screen.labels)
    await answers(carla, "Save")
    for day in (23, 24):
        await chat.time_goes_to(datetime(2022, 3, day, 16 - (day - 23), tzinfo=UTC))

    assert preview == (
        (
            "4 of 4\n\nSave this?\n\nCities as climate havens?\n\n"
            f"Day and time\nbefore: {WHEN} (Berlin)\nnow: Thu, 24 Mar 2022, 17:00 (Berlin)\n\n1 person will be told."
        ),
        [["Save"], ["Back", "Cancel"]],
    )
    assert carla.toasts[-1] == "Saved. 1 person is told."
    assert "Day and time: Thu, 24 Mar 2022, 17:00 (Berlin)" in carla.screen.text
    assert [m.text for m in anna.new_messages] == [
        MOVED,
        *[f"Starts in {left}: {CITIES['en']}\nThu, 24 Mar 2022, 17:00 (Berlin)" for left in ("1 day", "1 hour")],
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            ("Title", "Havens", "Skip", "Skip"),
            [f"Changed: Havens\n{WHEN} (Berlin)\nTitle: Havens, before Cities as climate havens?"],
        ),
        (
            ("Join link", LINK),
            [f"Changed: {CITIES['en']}\n{WHEN} (Berlin)\nThere is a new join link; the old one no longer counts."],
        ),
        (
            ("Length", "90"),
            [f"Changed: {CITIES['en']}\n{WHEN} (Berlin)\nLength: 1 hour and 30 minutes, before 1 hour"],
        ),
        (
            ("Cancel the webinar", "Cancel the webinar"),
            [f"Cancelled: {CITIES['en']}\nIt was to be on {WHEN} (Berlin)."],
        ),
        (("Title", "Skip", "Skip", "Villes"), []),
        (("Abstract", "Shorter.", "Skip", "Skip"), []),
        (("Organisations", "City of Sample; Institute"), []),
        (("Places, registration", "40", "Skip"), []),
        (("Spoken languages", "German", "That is all"), []),
        (("Moderator", "Carla"), []),
        (("Who sees the link", "everybody, at any time"), []),
        (("Way backstage", LINK), []),
    ],
)
async def test_what_people_have_to_know_is_told_and_all_else_disturbs_nobody(
    chat: Chat, given: tuple[str, ...], told: list[str]
) -> None:
    carla, anna = await an_announced_one(chat)
    await opens(carla, CITIES["en"])

    await answers(carla, "Change", *given)
    if given[0] != "Cancel the webinar":
        count = carla.screen.text.rpartition("\n\n")[2]
        assert count == ("1 person will be told." if told else "Nobody else has to be told.")
        await answers(carla, "Save")

    assert carla.toasts[-1] == ("Saved. 1 person is told." if told else "Saved.")
    assert [m.text for m in anna.new_messages] == told


async def test_a_title_in_french_is_told_to_those_who_read_french(chat: Chat) -> None:
    carla, anna = await an_announced_one(chat)
    luc = await chat.person("Luc", language="fr")
    await luc.sends("/webinars")
    await luc.presses(luc.screen.labels[0][0])
    await luc.presses(luc.screen.labels[0][0])
    luc.looks()
    await opens(carla, CITIES["en"])

    await answers(carla, "Change", "Title", "Skip", "Skip", "Villes", "Save")

    assert carla.toasts[-1] == "Saved. 1 person is told."
    assert anna.new_messages == []
    assert len(luc.new_messages) == 1


async def test_two_changes_before_the_first_is_told_are_told_as_one(chat: Chat) -> None:
    carla, anna = await an_announced_one(chat)
    (old,) = await of_group(chat, 1)
    async with chat.bot.database.write() as tx:
        titled = {**CITIES, "en": "Havens"}
        first = await services.change(tx, old, replace(old, titles=titled), chat.clock.now(), carla.id)
        later = replace(first, starts_at=AT + timedelta(days=2, hours=1))
        await services.change(tx, first, later, chat.clock.now(), carla.id)
    await chat.settles()

    assert [m.text for m in anna.new_messages] == [
        (
            "Moved: Havens\nbefore: Tue, 22 Mar 2022, 16:00\nnow: Thu, 24 Mar 2022, 17:00 (Berlin)\n"
            "Title: Havens, before Cities as climate havens?"
        )
    ]


async def test_what_was_changed_and_changed_back_before_anybody_heard_of_it_is_no_news(chat: Chat) -> None:
    carla, anna = await an_announced_one(chat)
    (old,) = await of_group(chat, 1)
    async with chat.bot.database.write() as tx:
        later = await services.change(tx, old, replace(old, starts_at=AT + HOUR), chat.clock.now(), carla.id)
        await services.change(tx, later, replace(later, starts_at=AT), chat.clock.now(), carla.id)
    await chat.settles()

    assert anna.new_messages == []


async def test_E4_reminders_of_the_old_time_that_wait_are_let_go_in_the_same_transaction(chat: Chat) -> None:
    carla, anna = await an_announced_one(chat)
    (old,) = await of_group(chat, 1)
    now = AT - timedelta(days=1)
    chat.clock.wall.move(now - chat.clock.now())
    async with chat.bot.database.write() as tx:
        await occasions.fire_due(Background(tx, now, chat.bot.process), PURPOSES)
        waiting = await pending(tx)
        await services.change(tx, old, replace(old, starts_at=AT + 3 * HOUR), now, carla.id)
        changed = await pending(tx)
    await chat.settles()

    assert waiting == ["reminder"]
    assert changed == ["change"]
    assert [m.text for m in anna.new_messages] == [
        f"Moved: {CITIES['en']}\nbefore: {WHEN}\nnow: Tue, 22 Mar 2022, 19:00 (Berlin)"
    ]


async def pending(tx: Tx) -> list[str]:
    """The kinds of what waits for Anna and everybody else."""
    query = select(outbox.c.kind).where(outbox.c.state == "pending", outbox.c.event_id.is_not(None))
    return list((await tx.execute(query.order_by(outbox.c.id))).scalars())


async def test_who_presents_or_moderates_is_told_and_who_makes_the_change_is_not(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla, dieter = await chat.coordinator("Carla", group), await chat.coordinator("Dieter", group)
    paula = await chat.person("Paula")
    webinar = await chat.webinar(group, CITIES, AT, moderator_id=dieter.id)
    async with chat.bot.database.write() as tx:
        await talks.name(tx, webinar, paula.id, TalkState.CONFIRMED, None, chat.clock.now())
    await follows(carla)
    for visitor in (dieter, paula):
        visitor.looks()
    await opens(carla, CITIES["en"])

    await answers(carla, "Change", "Day and time", "24.03.2022 17:00", "Save")

    assert carla.toasts[-1] == "Saved. 2 people are told."
    assert [m.text for m in dieter.new_messages] == [MOVED]
    assert MOVED in [m.text for m in paula.new_messages]
    assert MOVED not in [m.text for m in carla.messages]


async def test_what_people_were_not_reminded_of_yet_comes_at_the_new_time_only(chat: Chat) -> None:
    carla, anna = await an_announced_one(chat)
    await opens(carla, CITIES["en"])
    await answers(carla, "Change", "Cancel the webinar", "Cancel the webinar")
    anna.looks()

    await chat.time_goes_to(AT)

    assert anna.new_messages == []
    await opens_list(carla)
    assert carla.screen.labels == [["New webinar"], ["Past and cancelled (1)"], ["Back to the group"]]
    await answers(carla, "Past and cancelled (1)", CITIES["en"])
    assert carla.screen.labels == [["As others see it"], ["Webinars of the group"]]


# --- Two editors ------------------------------------------------------------------------------


async def test_I3_the_second_of_two_editors_is_shown_what_the_first_changed(chat: Chat) -> None:
    carla, anna = await an_announced_one(chat)
    (webinar,) = await of_group(chat, 1)
    dieter = await chat.coordinator("Dieter", webinar.group_id)
    await opens(dieter, CITIES["en"])
    await answers(dieter, "Change", "Length", "90")

    await opens(carla, CITIES["en"])
    await answers(carla, "Change", "Abstract", "Shorter.", "Skip", "Skip", "Save")
    await answers(dieter, "Save")
    refused = (dieter.screen.text, dieter.toasts[-1])
    await answers(dieter, "Save")
    (saved,) = await of_group(chat, 1)

    assert refused == (
        (
            "Carla changed this webinar meanwhile, so yours is not saved yet:\n\n"
            "Abstract (English)\nbefore: An abstract.\nnow: Shorter.\n\n"
            "3 of 3\n\nSave this?\n\nCities as climate havens?\n\n"
            "Length\nbefore: 1 hour\nnow: 1 hour and 30 minutes\n\n1 person will be told."
        ),
        "Not saved yet: somebody else was faster.",
    )
    assert (saved.minutes, saved.abstracts["en"], saved.sequence) == (90, "Shorter.", 2)
    assert len(anna.new_messages) == 1


async def test_I3_two_editors_who_save_in_the_same_moment_do_not_overwrite_each_other(chat: Chat) -> None:
    carla, anna = await an_announced_one(chat)
    dieter = await chat.coordinator("Dieter", 1)
    for visitor, given in ((carla, ("Day and time", "24.03.2022 17:00")), (dieter, ("Length", "90"))):
        await opens(visitor, CITIES["en"])
        await answers(visitor, "Change", *given)

    for visitor in (carla, dieter):
        visitor.client.press(visitor.screen, "Save")
    await chat.settles()
    toasts = [visitor.toasts[-1] for visitor in (carla, dieter)]
    slower = (carla, dieter)[toasts.index("Not saved yet: somebody else was faster.")]
    (saved,) = await of_group(chat, 1)
    await answers(slower, "Save")
    (both,) = await of_group(chat, 1)

    assert sorted(toasts) == ["Not saved yet: somebody else was faster.", "Saved. 1 person is told."]
    assert (saved.sequence, both.sequence) == (1, 2)
    assert (both.starts_at, both.minutes) == (AT + timedelta(days=2, hours=1), 90)
    assert len(anna.new_messages) == 2


async def test_I3_two_editors_who_save_in_the_same_moment_on_postgresql(chat_on_postgresql: Chat) -> None:
    await test_I3_two_editors_who_save_in_the_same_moment_do_not_overwrite_each_other(chat_on_postgresql)


async def test_I3_the_second_of_two_editors_is_shown_it_on_postgresql(chat_on_postgresql: Chat) -> None:
    await test_I3_the_second_of_two_editors_is_shown_what_the_first_changed(chat_on_postgresql)


async def test_of_two_one_of_whom_cancels_the_other_has_nothing_left_to_save(chat: Chat) -> None:
    carla, _ = await an_announced_one(chat)
    dieter = await chat.coordinator("Dieter", 1)
    await opens(dieter, CITIES["en"])
    await answers(dieter, "Change", "Length", "90")
    await opens(carla, CITIES["en"])
    await answers(carla, "Change", "Cancel the webinar", "Cancel the webinar")

    await answers(dieter, "Save")

    assert dieter.screen.text == "Carla changed this webinar meanwhile, so yours is not saved yet:\n\nCancelled"
    assert dieter.screen.labels == [["As others see it"], ["Webinars of the group"]]


async def test_a_draft_that_somebody_else_touched_is_looked_at_again_before_it_is_announced(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.webinar(group, CITIES, AT, state=EventState.DRAFT)
    carla, dieter = await chat.coordinator("Carla", group), await chat.coordinator("Dieter", group)
    for visitor in (carla, dieter):
        await opens(visitor, CITIES["en"])
        await answers(visitor, "Go on")

    await carla.sends("/cancel")
    await opens(carla, CITIES["en"])
    await answers(carla, "Change", "Abstract", "Shorter.")
    await answers(dieter, "Announce")
    (webinar,) = await of_group(chat, group)

    assert dieter.screen.text.startswith(
        "Carla changed this webinar meanwhile, so yours is not saved yet:\n\n"
        "Abstract (English)\nbefore: An abstract.\nnow: Shorter.\n\n18 of 18\n\nAs people will see it in English:"
    )
    assert webinar.state is EventState.DRAFT


# --- The worst day ----------------------------------------------------------------------------


async def test_on_the_worst_day_one_tap_and_one_confirmation_postpone_it(chat: Chat) -> None:
    carla, anna = await an_announced_one(chat)
    await opens(carla, CITIES["en"])
    the_day_before = carla.screen.labels
    await chat.time_goes_to(AT - timedelta(minutes=5))
    anna.looks()

    await opens(carla, CITIES["en"])
    card = carla.screen.labels
    await answers(carla, "Something is wrong")
    choice = carla.screen.labels
    await answers(carla, "30 minutes later")
    asked = carla.screen.text
    await answers(carla, "Save")

    assert the_day_before == [["Change", "As others see it"], ["Questions"], ["Webinars of the group"]]
    assert card == [["Something is wrong"], ["Change", "As others see it"], ["Questions"], ["Webinars of the group"]]
    assert choice == [
        ["15 minutes later"],
        ["30 minutes later"],
        ["1 hour later"],
        ["Another day or time"],
        ["New join link"],
        ["Cancel the webinar"],
        ["Back"],
    ]
    assert asked.endswith(f"before: {WHEN} (Berlin)\nnow: Tue, 22 Mar 2022, 16:30 (Berlin)\n\n1 person will be told.")
    assert [m.text for m in anna.new_messages] == [
        f"Moved: {CITIES['en']}\nbefore: {WHEN}\nnow: Tue, 22 Mar 2022, 16:30 (Berlin)"
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            ("15 minutes later", "Save"),
            f"Moved: {CITIES['en']}\nbefore: {WHEN}\nnow: Tue, 22 Mar 2022, 16:40 (Berlin)",
        ),
        (
            ("Another day or time", "23.03.2022 10:00", "Save"),
            f"Moved: {CITIES['en']}\nbefore: {WHEN}\nnow: Wed, 23 Mar 2022, 10:00 (Berlin)",
        ),
        (
            ("New join link", LINK, "Save"),
            f"Changed: {CITIES['en']}\n{WHEN} (Berlin)\nThere is a new join link; the old one no longer counts.",
        ),
        (
            ("Cancel the webinar", "Cancel the webinar"),
            f"Cancelled: {CITIES['en']}\nIt was to be on {WHEN} (Berlin).",
        ),
    ],
)
async def test_while_it_should_be_running_everything_can_still_be_put_right(
    chat: Chat, given: tuple[str, ...], told: str
) -> None:
    carla, anna = await an_announced_one(chat)
    await chat.time_goes_to(AT + timedelta(minutes=22))
    anna.looks()

    await opens(carla, CITIES["en"])
    await answers(carla, "Something is wrong", *given)

    assert [m.text for m in anna.new_messages] == [told]


async def test_the_day_counts_for_a_time_typed_alone_after_going_back(chat: Chat) -> None:
    carla, anna = await an_announced_one(chat)
    await chat.time_goes_to(AT - timedelta(hours=2))
    anna.looks()
    await opens(carla, CITIES["en"])

    await answers(carla, "Something is wrong", "15 minutes later", "Back")
    asked = carla.screen.text
    await answers(carla, "18:00", "Save")

    assert asked.startswith("3 of 4\n\nTue, 22 Mar 2022: at what time? Tap, or send a time (Berlin) such as 16:30.")
    assert [m.text for m in anna.new_messages] == [
        f"Moved: {CITIES['en']}\nbefore: {WHEN}\nnow: Tue, 22 Mar 2022, 18:00 (Berlin)"
    ]


async def test_a_new_time_that_has_passed_meanwhile_is_refused(chat: Chat) -> None:
    carla, anna = await an_announced_one(chat)
    await chat.time_goes_to(AT - timedelta(minutes=5))
    await opens(carla, CITIES["en"])
    await answers(carla, "Something is wrong", "15 minutes later")
    await chat.time_goes_to(AT + timedelta(minutes=20))
    anna.looks()

    await answers(carla, "Save")

    assert "16:15" in carla.toasts[-1]
    assert anna.new_messages == []


# --- Afterwards -------------------------------------------------------------------------------


async def test_the_recording_is_added_afterwards_and_everybody_finds_it_on_the_card(chat: Chat) -> None:
    carla, anna = await an_announced_one(chat)
    (webinar,) = await of_group(chat, 1)
    await chat.time_goes_to(AT + timedelta(hours=2))
    async with chat.bot.database.write() as tx:
        wants = {"event_id": webinar.id, "person_id": anna.id, "wants_recording": True, "at": chat.clock.now()}
        await tx.execute(feedback.insert().values(wants))
    anna.looks()
    await opens_list(carla)
    await answers(carla, "Past and cancelled (1)")
    listed = carla.screen.text
    await answers(carla, CITIES["en"])
    card = carla.screen.labels

    await answers(carla, "Add the recording", "not a link")
    refused = carla.refusal
    await answers(carla, "https://video.example.org/1")
    counted = carla.screen.text.rpartition("\n\n")[2]
    await answers(carla, "Save")
    told = [m.text for m in anna.new_messages]
    await anna.starts(f"w_{webinar.id}")

    assert listed == (f"Past and cancelled webinars of PWG 3\n\nCities as climate havens?\n{WHEN} (Berlin) · Over")
    assert card == [["Add the recording"], ["Change", "As others see it"], ["Questions"], ["Webinars of the group"]]
    assert refused == "That is not a link. Send one that begins with https://, or skip this. Your draft is safe."
    assert "Recording: https://video.example.org/1" in carla.screen.text
    assert (counted, told) == ("1 person will be told.", [f"The recording of {CITIES['en']} is there."])
    assert anna.screen.labels[0] == ["Recording"]


async def test_what_is_over_can_be_moved_no_more(chat: Chat) -> None:
    carla, _ = await an_announced_one(chat)
    await opens(carla, CITIES["en"])
    await answers(carla, "Change", "Length", "90")
    await chat.time_goes_to(AT + timedelta(hours=2))

    await answers(carla, "Save")

    (webinar,) = await of_group(chat, 1)
    assert webinar.minutes == 60
    assert carla.toasts[-1] == "This card is out of date. Here is a fresh one."


# --- Lists, rights, audit ---------------------------------------------------------------------


async def test_the_list_has_pages_and_what_is_past_beside_it(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    for days in range(1, 9):
        await chat.webinar(group, {"en": f"Webinar {days}"}, chat.clock.now() + timedelta(days=days))
    await chat.webinar(group, {"en": "A draft"}, chat.clock.now() + timedelta(days=1), state=EventState.DRAFT)
    await opens_list(carla)
    first = carla.screen.labels

    await answers(carla, "Next")

    assert first == [
        *([f"Webinar {n}"] for n in range(1, 7)),
        ["Next"],
        ["New webinar"],
        ["Back to the group"],
    ]
    assert carla.screen.labels == [
        ["Webinar 7"],
        ["Webinar 8"],
        ["A draft"],
        ["Previous"],
        ["New webinar"],
        ["Back to the group"],
    ]


async def test_another_group_and_a_lost_role_lead_nowhere(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    theirs = await chat.webinar(other, CITIES, AT)
    mine = await chat.webinar(group, {"en": "Ours"}, AT)
    carla = await chat.coordinator("Carla", group)
    await opens(carla, "Ours")
    await answers(carla, "Change", "Length", "90")
    async with chat.bot.database.write() as tx:
        await tx.execute(delete(roles).where(roles.c.person_id == carla.id))

    await answers(carla, "Save")
    for number in (theirs, mine, 999):
        await carla.forges(f"wer:{number}")

    assert carla.toasts == ["This is not for you, or it does not exist."] * 4


async def test_the_audit_says_what_was_before_and_after_and_names_no_person(chat: Chat) -> None:
    carla, _ = await an_announced_one(chat)
    await opens(carla, CITIES["en"])
    await answers(carla, "Change", "Places, registration", "40", "Yes", "Save")
    await answers(carla, "Change", "Moderator", "Carla", "Save")
    await answers(carla, "Change", "Cancel the webinar", "Cancel the webinar")

    async with chat.bot.database.read() as tx:
        query = select(audit.c.action, audit.c.before, audit.c.after).where(audit.c.actor_id == carla.id)
        noted = [tuple(row) for row in await tx.execute(query.order_by(audit.c.id))]
    same = {"starts_at": "2022-03-22T15:00:00+00:00", "minutes": 60, "state": "announced"}
    assert noted == [
        (
            "webinar_changed",
            {**same, "capacity": None, "registers": False},
            {**same, "capacity": 40, "registers": True},
        ),
        ("webinar_changed", same, same),
        ("webinar_cancelled", {**same, "revision": 1}, {**same, "revision": 2, "state": "cancelled"}),
    ]
