"""After a session: who was there, the minutes, and the list of sessions that are over."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from domain.attendance import Presence
from domain.buttons.attendance import MarkPresence, SaveAttendance
from domain.buttons.coding import encode
from domain.buttons.minutes import ReadMinutes, WriteMinutes
from storage import groups, people
from storage.tables import answers
from tests.chat.world import Chat, Visitor

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
END = AT + timedelta(hours=1)
NAME = "PWG 3: Planned relocation"
WHEN = "Tue, 22 Mar 2022, 16:00 (Berlin)"
NOT_YOURS = "This is not for you, or it does not exist."


async def says(visitor: Visitor, label: str) -> None:
    await visitor.sends("/sessions")
    await visitor.presses("1 · Details")
    await visitor.presses(label)


async def test_after_the_session_coordinators_note_who_was_there(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla = await chat.coordinator("Carla", group)
    anna, ben = await chat.member("Anna", group), await chat.member("Ben", group)
    await says(anna, "I'll be there")
    await says(ben, "Can't")
    for visitor in (anna, ben, carla):
        visitor.looks()

    await chat.time_goes_to(END - timedelta(seconds=1))
    early = [m.text for m in carla.new_messages if "Who was there?" in m.text]
    await chat.time_goes_to(END)
    (card,) = carla.new_messages
    asked, ticks = card.text, card.labels
    await carla.presses("Ben")
    changed = card.labels
    await carla.presses("Save")

    assert early == []
    question = "Who was there? Tap a name to change it; ticked are those who had said so. Then save."
    assert asked == f"{NAME}\n{WHEN}\n\n{question}\n\nThere: 1 of 3"
    assert ticks == [["✓ Anna", "Ben"], ["Carla"], ["Save", "Write the minutes"]]
    assert changed[:2] == [["✓ Anna", "✓ Ben"], ["Carla"]]
    assert carla.toasts[-1] == "Saved."
    assert card.text == f"{NAME}\n{WHEN}\n\nWere there: 2 (Anna, Ben)\nWere not there: 1 (Carla)"
    assert card.labels == [["Change", "Write the minutes"]]
    async with chat.bot.database.read() as tx:
        rows = await tx.execute(select(answers.c.person_id, answers.c.answer, answers.c.attended))
        noted = {row.person_id: (row.answer, row.attended) for row in rows.all()}
    assert noted == {anna.id: ("yes", True), ben.id: ("no", True), carla.id: (None, False)}


async def test_two_coordinators_note_on_the_same_card(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla, otto = await chat.coordinator("Carla", group), await chat.coordinator("Otto", group)
    await chat.member("Anna", group)
    await chat.time_goes_to(END)

    await carla.presses("Anna")
    seen_by_otto = otto.screen.labels
    await otto.presses("Otto")
    await carla.presses("Save")

    assert seen_by_otto == [["✓ Anna", "Carla"], ["Otto"], ["Save", "Write the minutes"]]
    for visitor in (carla, otto):
        assert visitor.screen.text == f"{NAME}\n{WHEN}\n\nWere there: 2 (Anna, Otto)\nWere not there: 1 (Carla)"


async def test_a_large_group_is_noted_page_by_page(chat: Chat) -> None:
    group = await chat.group("PWG 3", most=20)
    await chat.session(group, AT)
    carla = await chat.coordinator("Carla", group)
    for number in range(12):
        await chat.member(f"Member {number:02}", group)
    await chat.time_goes_to(END)

    await carla.presses("Next")
    second = carla.screen.labels
    await carla.presses("Member 11")
    stays = carla.screen.labels
    await carla.presses("Previous")

    assert second == [["Member 09", "Member 10"], ["Member 11"], ["Previous"], ["Save", "Write the minutes"]]
    assert stays == [["Member 09", "Member 10"], ["✓ Member 11"], ["Previous"], ["Save", "Write the minutes"]]
    assert carla.screen.labels[0] == ["Carla", "Member 00"]
    assert "There: 1 of 13" in carla.screen.text


async def test_nobody_but_those_who_run_the_group_notes_attendance_or_writes_minutes(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    session = await chat.session(group, AT)
    anna, rosa = await chat.member("Anna", group), await chat.coordinator("Rosa", other)
    stranger = await chat.person("Sam")
    await chat.time_goes_to(END)

    buttons = [
        MarkPresence(session, anna.id, 0, Presence.THERE),
        SaveAttendance(session),
        WriteMinutes(session),
    ]
    for visitor in (anna, rosa, stranger):
        for button in buttons:
            await visitor.forges(encode(button))
    for visitor in (rosa, stranger):
        await visitor.forges(encode(ReadMinutes(session)))

    assert anna.toasts == [NOT_YOURS] * 3
    assert rosa.toasts == stranger.toasts == [NOT_YOURS] * 4
    async with chat.bot.database.read() as tx:
        assert (await tx.execute(select(answers).where(answers.c.attended.is_not(None)))).all() == []


async def test_attendance_of_a_session_that_has_not_begun_cannot_be_noted(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    session = await chat.session(group, AT)
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)

    await carla.forges(encode(MarkPresence(session, anna.id, 0, Presence.THERE)))
    await carla.forges(encode(WriteMinutes(session)))

    assert carla.toasts == ["This card is out of date. Here is a fresh one."] * 2


# --- Minutes ----------------------------------------------------------------------------------


async def writes(visitor: Visitor, text: str) -> None:
    """From the question to the saved minutes."""
    await visitor.presses("Write the minutes")
    await visitor.sends(text)
    await visitor.presses("Save")


async def test_minutes_are_written_and_everybody_in_the_group_is_told_once(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    await chat.time_goes_to(END)
    anna.looks()

    await carla.presses("Write the minutes")
    asked = carla.screen.text
    await carla.sends("We agreed <on> everything.\n\n\nNext: a summary.")
    preview = carla.screen.text
    await carla.presses("Save")
    (told,) = anna.new_messages
    labels = told.labels
    await anna.presses("Read the minutes")
    read = anna.screen.text
    await carla.presses("New version of the minutes")
    await carla.sends("We agreed on nearly everything.")
    second_preview = carla.screen.text
    await carla.presses("Save")
    anna.looks()
    await chat.time_passes(days=4)

    body = "We agreed <on> everything.\n\nNext: a summary."
    assert asked == f"1 of 2\n\nMinutes of {NAME}: send them as text of at most 3500 characters, or as a file."
    assert preview == (
        f"2 of 2\n\nSave these minutes of {NAME}?\n\n{body}\n\n"
        "The members of the group are told that the minutes are there, and can read them."
    )
    assert told.text == f"The minutes are there: {NAME}\n{WHEN}"
    assert labels == [["Read the minutes", "Session"]]
    assert read == f"Minutes of {NAME}\nVersion 1, Carla, Tue, 22 Mar 2022, 17:00 (Berlin)\n\n{body}"
    assert second_preview.endswith("They take the place of version 1. The members of the group can read them.")
    assert carla.toasts[-1] == "Saved as version 2."
    assert anna.new_messages == []
    assert [m.text for m in carla.messages if "Nobody has written" in m.text] == []


async def test_missing_minutes_are_asked_for_after_a_day_and_after_three(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    await chat.time_goes_to(END)
    for visitor in (carla, anna):
        visitor.looks()

    asked = []
    for _ in range(5):
        await chat.time_passes(days=1)
        asked.append([(m.text, m.labels) for m in carla.new_messages])
        await carla.presses("Done") if len(asked) == 1 else None
    await writes(carla, "All is well.")

    chore = (
        "PWG 3\n\nNobody has written the minutes of “Planned relocation”.",
        [["Write the minutes"], ["Done", "Open the group"]],
    )
    assert asked == [[chore], [], [chore], [], []]
    settled = [m for m in carla.messages if m.text.startswith(chore[0])][-1]
    assert settled.text == f"{chore[0]}\n\nNothing left to do here."
    assert [m.text for m in anna.new_messages] == [f"The minutes are there: {NAME}\n{WHEN}"]


async def test_minutes_can_be_a_file_but_not_a_picture(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    await chat.time_goes_to(END)
    await carla.presses("Write the minutes")

    carla.client.send_file("board.jpg", 1000, kind="photo")
    await chat.settles()
    refusal = carla.refusal
    await carla.sends_file("minutes.pdf")
    preview = carla.screen.text
    await carla.presses("Save")
    await anna.presses("Read the minutes")

    assert "\n\nFile: minutes.pdf\n\n" in preview
    assert refusal == "I need a text or a file here, not a picture. Your draft is safe."
    assert anna.screen.content["document"]["file_name"] == "minutes.pdf"
    assert anna.screen.text == f"Minutes of {NAME}\nVersion 1, Carla, Tue, 22 Mar 2022, 17:00 (Berlin)"


async def test_too_long_minutes_are_asked_for_again_and_the_draft_survives_a_restart(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla = await chat.coordinator("Carla", group)
    await chat.time_goes_to(END)
    await carla.presses("Write the minutes")

    await carla.sends("x" * 3501)
    refusal = carla.refusal
    await carla.sends("x" * 3500)
    await chat.restarts()
    await carla.presses("Save")

    assert refusal == "That is too long: 3501 characters, 3500 at most. Your draft is safe; send a shorter text."
    assert carla.toasts[-1] == "Saved as version 1."


async def test_of_two_who_write_at_a_time_the_second_hears_of_the_first_and_keeps_theirs(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla, otto = await chat.coordinator("Carla", group), await chat.coordinator("Otto", group)
    await chat.time_goes_to(END)
    await carla.presses("Write the minutes")
    await otto.presses("Write the minutes")
    await carla.sends("By Carla")
    await otto.sends("By Otto")

    await carla.presses("Save")
    await otto.presses("Save")
    warned, preview = otto.toasts[-1], otto.message_with("Save").text
    await otto.presses("Save")
    await carla.presses("Minutes", on=carla.message_with("Minutes"))

    assert warned == "Somebody saved version 1 meanwhile. Yours is kept; save again to put it in its place."
    assert "\n\nBy Otto\n\nThey take the place of version 1." in preview
    assert otto.toasts[-1] == "Saved as version 2."
    assert carla.screen.text.endswith("Version 2, Otto, Tue, 22 Mar 2022, 17:00 (Berlin)\n\nBy Otto")


async def test_who_has_left_the_group_cannot_read_the_minutes(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    await chat.time_goes_to(END)
    await writes(carla, "Confidential")
    news = anna.message_with("Read the minutes")
    async with chat.bot.database.write() as tx:
        await groups.free_seat(tx, group, anna.id)

    await anna.presses("Read the minutes", on=news)

    assert anna.toasts[-1] == NOT_YOURS


# --- Sessions that are over -------------------------------------------------------------------


async def test_sessions_that_are_over_are_listed_newest_first(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    for day in range(6):
        await chat.session(group, AT + timedelta(days=day), title=f"Session {day}")
    await chat.session(other, AT, title="Not mine")
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    async with chat.bot.database.write() as tx:
        await people.change(tx, anna.id, zone="Asia/Jakarta")

    await anna.sends("/sessions")
    await anna.presses("Past")
    nothing = anna.screen.text
    await chat.time_goes_to(END)
    await writes(carla, "All is well.")
    await chat.time_goes_to(END + timedelta(days=5))
    await anna.sends("/sessions")
    await anna.presses("Past")
    first, labels = anna.screen.text, anna.screen.labels
    await anna.presses("Older")

    assert nothing == "None of your sessions is over yet."
    assert first.startswith(
        "Sessions that are over\n\nAll times: Jakarta\n\n1. PWG 3: Session 5\nSun, 27 Mar 2022, 22:00\n\n"
    )
    assert labels == [[f"{n} · Details"] for n in range(1, 6)] + [["Older"], ["Sessions to come"]]
    assert anna.screen.text.endswith("1. PWG 3: Session 0\nTue, 22 Mar 2022, 22:00 · with minutes")
    assert anna.screen.labels == [["1 · Details", "1 · Minutes"], ["Newer"], ["Sessions to come"]]


async def test_the_card_of_a_session_that_is_over_leads_to_what_is_left(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    await chat.time_goes_to(END)

    shown = []
    for visitor in (carla, anna):
        await visitor.sends("/sessions")
        await visitor.presses("Past")
        await visitor.presses("1 · Details")
        shown.append(visitor.screen.labels)
    await carla.presses("Who was there")

    assert shown == [[["Who was there", "Write the minutes"], ["All sessions"]], [["All sessions"]]]
    assert carla.screen.labels == [["Anna", "Carla"], ["Save", "Write the minutes"]]
