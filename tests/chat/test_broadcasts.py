import asyncio
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from domain.people import Person
from sandbox.faults import FaultKind
from storage import people
from storage.tables import audit
from tests.chat.world import Chat, Visitor, open_chat

UKRAINE = {"en": "Ukraine and Europe", "de": "Die Ukraine und Europa"}
UKRAINE_AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
NEWS = "The programme is online."


async def writes(organiser: Visitor, *choices: str, text: str = NEWS) -> None:
    """Up to the preview."""
    await organiser.sends("/broadcast")
    await organiser.sends(text)
    for label in choices:
        await organiser.presses(label)


def copies(visitor: Visitor, text: str = NEWS) -> int:
    """How many messages with this text somebody has; an author's preview is one of them."""
    return sum(message.text == text for message in visitor.messages)


def report(visitor: Visitor) -> str:
    """The card that began with the bar and ended as the report."""
    return next(m.text for m in reversed(visitor.messages) if m.text.startswith(("Sending to", "Done:", "Stopped:")))


# --- Writing and choosing ---------------------------------------------------------------------


async def test_a_message_to_everybody_is_shown_counted_sent_and_reported(chat: Chat) -> None:
    olga, anna, bert = await chat.organiser("Olga"), await chat.person("Anna"), await chat.person("Bert")
    await writes(olga, "Everybody")
    preview, question = olga.messages[-2:]
    asked = question.text

    await olga.presses("Send to 3")

    assert (preview.text, preview.labels) == (NEWS, [["Stop these messages"]])
    assert asked == "3 of 3\n\nAbove you see the message as it will arrive.\n\nTo: everybody\n\nSend to 3 people?"
    assert question.text == "On its way to 3 people."
    assert report(olga) == "Done: 3 of 3 have it"
    assert [copies(person) for person in (olga, anna, bert)] == [2, 1, 1]


async def test_the_bar_moves_while_the_message_goes_out(chat: Chat) -> None:
    olga, _ = await chat.organiser("Olga"), await chat.person("Anna")
    await writes(olga, "Everybody")

    await olga.presses("Send to 2")

    card = next(m for m in olga.messages if m.text.startswith("Done:"))
    assert card.history[0].content["text"] == "Sending to 2 people\n█████░░░░░ 50 %\nSent: 1\nWaiting: 1"


async def test_the_formatting_of_the_author_arrives(chat: Chat) -> None:
    olga, anna = await chat.organiser("Olga"), await chat.person("Anna")
    bold = {"type": "bold", "offset": 4, "length": 9}
    link = {"type": "text_link", "offset": 17, "length": 6, "url": "https://example.org/a?b=1&c=2"}
    await olga.sends("/broadcast")
    olga.client.send("The programme is <here>", entities=[bold, link])
    await chat.settles()
    await olga.presses("Everybody")

    await olga.presses("Send to 2")

    assert anna.screen.text == "The programme is <here>"
    assert anna.screen.content["entities"] == [bold, link]


async def test_a_group_means_its_members_and_coordinators_who_can_be_reached(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    olga, carl = await chat.organiser("Olga"), await chat.coordinator("Carl", group)
    mia, mo, max_ = [await chat.member(name, group) for name in ("Mia", "Mo", "Max")]
    stranger, nils = await chat.person("Stranger"), await chat.member("Nils", other)
    await mo.sends("/stop")
    max_.client.block_bot()
    await chat.settles()

    await writes(olga, "A working group", "PWG 3 · Climate change")
    assert olga.screen.text.endswith("To: members of PWG 3 · Climate change\n\nSend to 2 people?")
    await olga.presses("Send to 2")

    assert [copies(one) for one in (carl, mia, mo, max_, stranger, nils)] == [1, 1, 0, 0, 0, 0]


async def test_a_webinar_means_those_who_follow_it(chat: Chat) -> None:
    group = await chat.group("PWG 1")
    await chat.webinar(group, UKRAINE, UKRAINE_AT)
    olga, anna, bert = await chat.organiser("Olga"), await chat.person("Anna"), await chat.person("Bert")
    await anna.sends("/webinars")
    await anna.presses("1 · Remind me")
    await anna.presses("This webinar")

    await writes(olga, "Those who follow a webinar", "Ukraine and Europe")
    assert olga.screen.text.endswith("To: those who follow Ukraine and Europe\n\nSend to 1 person?")
    await olga.presses("Send to 1")

    assert [copies(anna), copies(bert)] == [1, 0]


async def test_many_groups_are_listed_page_by_page(chat: Chat) -> None:
    for number in range(1, 9):
        await chat.group(f"PWG {number}", title="A title")
    olga = await chat.organiser("Olga")
    await writes(olga, "A working group")

    await olga.presses("Later")

    assert olga.screen.labels == [["PWG 7 · A title"], ["PWG 8 · A title"], ["Earlier"], ["Back", "Cancel"]]


async def test_a_group_without_anybody_to_reach_cannot_be_written_to(chat: Chat) -> None:
    await chat.group("PWG 3")
    olga = await chat.organiser("Olga")

    await writes(olga, "A working group", "PWG 3 · Climate change")

    assert olga.screen.text.endswith("Nobody can be reached there at the moment.")
    assert olga.screen.labels == [["Back", "Cancel"]]


async def test_a_text_that_is_too_long_is_refused_and_the_dialog_waits(chat: Chat) -> None:
    olga = await chat.organiser("Olga")
    await olga.sends("/broadcast")

    await olga.sends("x" * 3501)
    refusal = olga.refusal
    await olga.sends("x" * 3500)

    assert refusal == "That is too long: 3501 characters, 3500 at most. Your draft is safe; send a shorter text."
    assert olga.screen.text == "2 of 3\n\nFor whom is it?"


async def test_back_leads_to_the_text_which_can_be_written_anew(chat: Chat) -> None:
    olga, anna = await chat.organiser("Olga"), await chat.person("Anna")
    await writes(olga, "Everybody", "Back", "Back")
    assert olga.screen.text.endswith(f"Until now it says:\n\n{NEWS}")

    await olga.sends("The programme changed.")
    await olga.presses("Everybody")
    await olga.presses("Send to 2")

    assert anna.screen.text == "The programme changed."


async def test_text_sent_below_the_preview_changes_nothing(chat: Chat) -> None:
    olga, anna = await chat.organiser("Olga"), await chat.person("Anna")
    await writes(olga, "Everybody")

    await olga.sends("oops")
    await olga.presses("Send to 2")

    assert anna.screen.text == NEWS


async def test_only_organisers_write_to_many(chat: Chat) -> None:
    group = await chat.group()
    mia, carl = await chat.member("Mia", group), await chat.coordinator("Carl", group)

    refused = [(await person.sends("/broadcast")).text for person in (mia, carl)]

    assert refused == ["This is not for you, or it does not exist."] * 2


# --- The draft --------------------------------------------------------------------------------


async def test_a_draft_survives_cancel_and_a_restart(chat: Chat) -> None:
    olga, anna = await chat.organiser("Olga"), await chat.person("Anna")
    await writes(olga)
    await olga.sends("/cancel")
    left = olga.screen.text
    await chat.restarts()

    await olga.sends("/broadcast")
    offered = olga.screen.text
    for label in ("Go on", "Everybody", "Send to 2"):
        await olga.presses(label)

    assert left == "Left. What you have written is kept: begin again and it is there."
    assert offered == f"You have a draft\n\n{NEWS}"
    assert anna.screen.text == NEWS


async def test_a_kept_draft_can_be_thrown_away(chat: Chat) -> None:
    olga = await chat.organiser("Olga")
    await writes(olga)
    await olga.sends("/cancel")
    await olga.sends("/broadcast")

    await olga.presses("Write a new one")
    await olga.sends("/broadcast")

    assert olga.screen.text.startswith("1 of 3\n\nWrite the message as it shall look")


async def test_what_is_written_while_a_draft_waits_is_not_taken_and_that_is_said(chat: Chat) -> None:
    olga = await chat.organiser("Olga")
    await writes(olga)
    await olga.sends("/cancel")
    await olga.sends("/broadcast")

    await olga.sends("Something else.")

    assert olga.screen.text == (
        f"Please choose first; what you have just written is not taken.\n\nYou have a draft\n\n{NEWS}"
    )
    assert olga.screen.labels == [["Go on", "Write a new one"], ["Cancel"]]


async def test_the_dialog_goes_on_after_a_restart(chat: Chat) -> None:
    olga, anna = await chat.organiser("Olga"), await chat.person("Anna")
    await writes(olga, "Everybody")

    await chat.restarts()
    await olga.presses("Send to 2")

    assert anna.screen.text == NEWS


# --- Starting once ----------------------------------------------------------------------------


async def test_I5_pressing_twice_sends_once(chat: Chat) -> None:
    olga, anna = await chat.organiser("Olga"), await chat.person("Anna")
    await writes(olga, "Everybody")
    button = olga.message_with("Send to 2")

    olga.client.press(button, "Send to 2")
    olga.client.press(button, "Send to 2")
    await chat.settles()

    assert olga.toasts == ["On its way.", "Already on its way, started by Olga."]
    assert copies(anna) == 1


async def test_a_number_that_is_no_longer_true_is_shown_again_first(chat: Chat) -> None:
    olga, anna = await chat.organiser("Olga"), await chat.person("Anna")
    await writes(olga, "Everybody")
    bert = await chat.person("Bert")

    await olga.presses("Send to 2")
    before = [copies(anna), copies(bert)]
    await olga.presses("Send to 3")

    assert olga.toasts[0] == "Nothing is sent yet: by now it is 3 people. Please look again."
    assert before == [0, 0]
    assert [copies(anna), copies(bert)] == [1, 1]


async def test_somebody_elses_draft_cannot_be_sent(chat: Chat) -> None:
    olga, oskar, anna = await chat.organiser("Olga"), await chat.organiser("Oskar"), await chat.person("Anna")
    await writes(olga, "Everybody")

    await oskar.forges("xs:1:3:0")

    assert oskar.toasts == ["This card is out of date. Here is a fresh one."]
    assert copies(anna) == 0


async def crowd(chat: Chat, size: int) -> list[int]:
    """People straight in the database; they all have the bot open."""
    users = [chat.telegram.add_user(f"Guest {number}") for number in range(size)]
    async with chat.bot.database.write() as tx:
        for user in users:
            chat.telegram.private_chat(user).started = True
            await people.add(tx, Person(user.id, user.first_name, "en", started_at=chat.clock.now()), chat.clock.now())
    return [user.id for user in users]


async def test_more_than_500_people_need_a_second_organiser(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rate=10_000, calls_in_flight=64) as chat:
        chat.telegram.first_bot.traffic.limits = None
        olga, oskar = await chat.organiser("Olga"), await chat.organiser("Oskar")
        guests = await crowd(chat, 499)
        await writes(olga, "Everybody")
        assert "These are more than 500 people: a second organiser has to confirm." in olga.screen.text

        await olga.presses("Send to 501")
        waiting, asked = olga.screen.text, oskar.screen.text
        sent_before = sum(len(chat.telegram.sent(guest)) for guest in guests)
        await oskar.presses("Send to 501")

        assert waiting == "Waiting for a second organiser\nTo: everybody\n501 people"
        assert asked == f"Olga asks you to confirm this message\n\n{NEWS}\n\nTo: everybody\n\nSend to 501 people?"
        assert sent_before == 0
        assert report(olga) == report(oskar) == "Done: 501 of 501 have it\nConfirmed by Oskar"
        assert [[m.text for m in chat.telegram.sent(guest)] for guest in guests] == [[NEWS]] * 499


async def test_of_two_who_confirm_the_first_one_counts(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rate=10_000, calls_in_flight=64) as chat:
        chat.telegram.first_bot.traffic.limits = None
        olga, oskar, ole = [await chat.organiser(name) for name in ("Olga", "Oskar", "Ole")]
        guests = await crowd(chat, 498)
        await writes(olga, "Everybody", "Send to 501")

        oskar.client.press(oskar.message_with("Send to 501"), "Send to 501")
        ole.client.press(ole.message_with("Send to 501"), "Send to 501")
        await chat.settles()

        assert sorted(oskar.toasts + ole.toasts) == ["Already on its way, started by Oskar.", "On its way."]
        assert [len(chat.telegram.sent(guest)) for guest in guests] == [1] * 498


async def test_a_message_that_waits_for_confirmation_can_be_withdrawn(tmp_path: Path) -> None:
    async with open_chat(tmp_path, rate=10_000) as chat:
        olga, oskar = await chat.organiser("Olga"), await chat.organiser("Oskar")
        guests = await crowd(chat, 499)
        await writes(olga, "Everybody", "Send to 501")
        button = oskar.message_with("Send to 501").keyboard[0][0]["callback_data"]

        await olga.presses("Do not send")
        await oskar.forges(str(button))

        assert olga.toasts[-1] == "Stopped. Nothing more goes out."
        assert olga.screen.text == "Not sent\nThe message was withdrawn before anything went out."
        assert oskar.toasts == ["This card is out of date. Here is a fresh one."]
        assert [len(chat.telegram.sent(guest)) for guest in guests] == [0] * 499


async def test_without_a_second_organiser_nobody_gets_past_500(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        olga = await chat.organiser("Olga")
        guests = await crowd(chat, 500)
        await writes(olga, "Everybody")

        await olga.presses("Send to 501")

        assert olga.toasts[-1].startswith("A second organiser has to confirm, and there is none. Your draft is safe;")
        assert [len(chat.telegram.sent(guest)) for guest in guests] == [0] * 500


# --- Stopping ---------------------------------------------------------------------------------


async def test_I4_stop_ends_a_run_in_the_middle_and_the_report_says_how_far_it_came(tmp_path: Path) -> None:
    async with open_chat(tmp_path, calls_in_flight=1) as chat:
        olga, anna, bert, cleo = await chat.organiser("Olga"), *[await chat.person(n) for n in ("Anna", "Bert", "Cleo")]
        await writes(olga, "Everybody")
        await chat.time_passes(seconds=5)
        held = chat.telegram.faults.add(FaultKind.HOLD, method="sendMessage", chat=bert.id)
        olga.client.press(olga.message_with("Send to 4"), "Send to 4")
        settling = asyncio.create_task(chat.settles())

        await held.struck.wait()
        olga.client.press(olga.message_with("Stop"), "Stop")
        held.release()
        await settling

        assert olga.toasts == ["On its way.", "Stopped: 2 people get nothing."]
        assert report(olga) == "Stopped: 2 of 4 had gone out\nStopped before sending: 2"
        assert [copies(person) for person in (anna, bert, cleo)] == [1, 1, 0]


async def test_another_organiser_may_stop_a_run_and_a_second_stop_is_harmless(tmp_path: Path) -> None:
    async with open_chat(tmp_path, calls_in_flight=1) as chat:
        olga, oskar = await chat.organiser("Olga"), await chat.organiser("Oskar")
        cleo = await chat.person("Cleo")
        await writes(olga, "Everybody")
        await chat.time_passes(seconds=5)
        held = chat.telegram.faults.add(FaultKind.HOLD, method="sendMessage", chat=oskar.id)
        olga.client.press(olga.message_with("Send to 3"), "Send to 3")
        settling = asyncio.create_task(chat.settles())

        await held.struck.wait()
        oskar.client.press_data(oskar.screen, "xp:1")
        olga.client.press(olga.message_with("Stop"), "Stop")
        held.release()
        await settling

        assert oskar.toasts == ["Stopped: 2 people get nothing."]
        assert olga.toasts == ["On its way.", "It was over already."]
        assert copies(cleo) == 0


async def test_stop_these_messages_ends_them_for_this_person(chat: Chat) -> None:
    olga, anna = await chat.organiser("Olga"), await chat.person("Anna")
    await writes(olga, "Everybody", "Send to 2")

    await anna.presses("Stop these messages")
    stopped = anna.screen.text
    await writes(olga, "Everybody", "Send to 1", text="Once more.")

    assert stopped == "Done. You will get no more messages, only answers to what you do here yourself."
    assert copies(anna, "Once more.") == 0


# --- The report -------------------------------------------------------------------------------


async def test_who_has_blocked_the_bot_is_reported_by_name(chat: Chat) -> None:
    olga, anna, bert = await chat.organiser("Olga"), await chat.person("Anna"), await chat.person("Bert")
    description = "Forbidden: bot was blocked by the user"
    chat.telegram.faults.add(FaultKind.FORBIDDEN, chat=bert.id, times=None, description=description)
    await writes(olga, "Everybody")

    await olga.presses("Send to 3")

    assert report(olga) == (
        "Done: 2 of 3 have it\nUnreachable: 1\n\nUnreachable – they blocked the bot or never started it:\nBert"
    )
    assert copies(anna) == 1


async def test_what_telegram_refuses_is_reported_by_name(chat: Chat) -> None:
    olga, bert = await chat.organiser("Olga"), await chat.person("Bert <b>")
    chat.telegram.faults.add(FaultKind.ERROR, chat=bert.id, times=None, description="Bad Request: chat not found")
    await writes(olga, "Everybody")

    await olga.presses("Send to 2")

    assert report(olga) == "Done: 1 of 2 have it\nFailed: 1\n\nFailed – Telegram did not take it:\nBert <b>"


async def test_a_lost_answer_is_uncertain_and_is_not_sent_again_by_itself(chat: Chat) -> None:
    olga, bert = await chat.organiser("Olga"), await chat.person("Bert")
    chat.telegram.faults.add(FaultKind.LOST, method="sendMessage", chat=bert.id)
    await writes(olga, "Everybody")

    await olga.presses("Send to 2")
    await chat.time_passes(hours=2)

    assert report(olga) == "Done: 1 of 2 have it\nUncertain: 1\n\nUncertain – they may have it or not:\nBert"
    assert copies(bert) == 1


async def test_the_uncertain_ones_get_it_again_on_the_word_of_an_organiser(chat: Chat) -> None:
    olga, anna, bert = await chat.organiser("Olga"), await chat.person("Anna"), await chat.person("Bert")
    chat.telegram.faults.add(FaultKind.LOST, method="sendMessage", chat=bert.id)
    await writes(olga, "Everybody", "Send to 3")

    await olga.presses("Send again to 1")

    assert report(olga) == "Done: 3 of 3 have it"
    assert [copies(anna), copies(bert)] == [1, 2]


async def test_the_uncertain_ones_can_be_left_as_they_are(chat: Chat) -> None:
    olga, bert = await chat.organiser("Olga"), await chat.person("Bert")
    chat.telegram.faults.add(FaultKind.LOST, method="sendMessage", chat=bert.id)
    await writes(olga, "Everybody", "Send to 2")

    await olga.presses("Leave it")

    card = next(m for m in olga.messages if m.text.startswith("Done:"))
    assert card.text == "Done: 1 of 2 have it\nUncertain: 1\n\nUncertain – they may have it or not:\nBert"
    assert card.labels == []
    assert copies(bert) == 1


async def test_what_was_done_to_a_message_is_in_the_audit(chat: Chat) -> None:
    olga, bert = await chat.organiser("Olga"), await chat.person("Bert")
    chat.telegram.faults.add(FaultKind.LOST, method="sendMessage", chat=bert.id)
    await writes(olga, "Everybody", "Send to 2", "Send again to 1")

    async with chat.bot.database.read() as tx:
        query = select(audit.c.actor_id, audit.c.action, audit.c.after).where(audit.c.subject == "broadcast:1")
        noted = [tuple(row) for row in await tx.execute(query.order_by(audit.c.id))]

    assert noted == [
        (olga.id, "broadcast_started", {"audience": "everybody", "target_id": 0, "recipients": 2}),
        (None, "broadcast_ended", {"sent": 1, "uncertain": 1}),
        (olga.id, "broadcast_repeated", {"people": 1}),
        (None, "broadcast_ended", {"sent": 2}),
    ]
