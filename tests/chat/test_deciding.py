"""Answering those who ask to join: the first answer counts, and can be taken back for a minute."""

from dataclasses import replace
from datetime import date

from storage import groups
from storage.tables import roles
from tests.chat.test_applications import asks
from tests.chat.world import Chat, Visitor

CARD = "Anna asks to join PWG 3 Climate change."
UNDO = "You can take this back for a minute; after that, Anna is told."


async def an_application(chat: Chat) -> tuple[int, Visitor, Visitor, Visitor]:
    """Carla and Dan coordinate a group that Anna asks to join: the group, and the three."""
    group = await chat.group("PWG 3", title="Climate change")
    carla, dan = await chat.coordinator("Carla", group), await chat.coordinator("Dan", group)
    anna = await chat.person("Anna")
    await asks(anna, group)
    return group, carla, dan, anna


async def test_the_second_coordinator_learns_who_was_faster(chat: Chat) -> None:
    _, carla, dan, anna = await an_application(chat)

    accept, decline = carla.message_with("Accept"), dan.message_with("Decline")
    carla.client.press(accept, "Accept")
    dan.client.press(decline, "Decline")
    await chat.settles()
    await chat.time_passes(seconds=60)

    toasts = {("Accepted.", "Already accepted by Carla."), ("Already declined by Dan.", "Declined.")}
    assert (*carla.toasts, *dan.toasts) in toasts
    assert carla.screen.text == dan.screen.text
    assert carla.screen.labels == dan.screen.labels == []
    assert len(anna.new_messages) == 1


async def test_a_late_press_on_a_card_that_still_had_its_buttons_changes_nothing(chat: Chat) -> None:
    _, carla, dan, anna = await an_application(chat)

    await carla.presses("Accept")
    await chat.time_passes(seconds=60)
    await dan.forges("ad:1")

    assert dan.toasts == ["Already accepted by Carla."]
    assert dan.screen.text == "Anna asks to join PWG 3 Climate change.\n\nAccepted by Carla"
    assert [m.text for m in anna.new_messages] == ["You are now a member of PWG 3 Climate change. Welcome!"]


async def test_without_a_coordinator_who_can_be_written_to_the_organisers_decide(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    olga = await chat.organiser("Olga")
    await carla.sends("/stop")
    carla.looks()
    anna = await chat.person("Anna")

    await asks(anna, group)
    await olga.presses("Accept")
    await chat.time_passes(seconds=60)

    assert carla.new_messages == []
    assert olga.screen.text == "Anna asks to join PWG 3 Climate change.\n\nAccepted by Olga"


async def test_a_forged_accept_is_refused_for_everybody_who_does_not_decide_here(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    carla = await chat.coordinator("Carla", group)
    ben = await chat.member("Ben", group)
    zoe = await chat.coordinator("Zoe", other)
    anna = await chat.person("Anna")
    await asks(anna, group)

    for visitor in (anna, ben, zoe):
        for data in ("aa:1", "ad:1", "aa:999"):
            await visitor.forges(data)

    for visitor in (anna, ben, zoe):
        assert visitor.toasts == ["This is not for you, or it does not exist."] * 3
    assert carla.screen.labels == [["Accept", "Decline"], ["Decline with a reason"]]
    assert anna.new_messages == []


async def test_an_answer_can_be_taken_back_for_a_minute_and_nobody_is_told(chat: Chat) -> None:
    _, carla, dan, anna = await an_application(chat)

    await carla.presses("Accept")
    accepted, seen_by_dan = carla.screen, dan.screen
    await chat.time_passes(seconds=30)
    await carla.presses("Undo")
    await chat.time_passes(minutes=5)

    assert accepted.text.startswith(CARD)
    assert seen_by_dan.text.startswith(CARD)
    assert carla.toasts == ["Accepted.", "Taken back. Nobody was told."]
    assert anna.new_messages == []
    for coordinator in (carla, dan):
        assert coordinator.screen.text == f"{CARD}\n\nMembers: 0 of 7-10"
        assert coordinator.screen.labels == [["Accept", "Decline"], ["Decline with a reason"]]


async def test_undo_is_offered_to_whoever_decided_and_only_for_a_minute(chat: Chat) -> None:
    group, carla, dan, anna = await an_application(chat)

    await carla.presses("Accept")
    at_once = [(visitor.screen.text, visitor.screen.labels) for visitor in (carla, dan)]
    await dan.forges("au:1")
    await chat.time_passes(seconds=59)
    before = anna.new_messages
    await chat.time_passes(seconds=1)
    after = (carla.screen.text, carla.screen.labels)
    await carla.forges("au:1")

    assert at_once == [
        (f"{CARD}\n\nAccepted by Carla\n\n{UNDO}", [["Undo"]]),
        (f"{CARD}\n\nAccepted by Carla", []),
    ]
    assert before == []
    assert [m.text for m in anna.new_messages] == ["You are now a member of PWG 3 Climate change. Welcome!"]
    assert after == (f"{CARD}\n\nAccepted by Carla", [])
    assert carla.toasts[-1] == dan.toasts[-1] == "This card is out of date. Here is a fresh one."
    await anna.starts(f"g_{group}")
    assert anna.screen.text.endswith("You are a member.")


async def test_what_is_true_after_an_undo_and_another_answer_is_told_once(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    anna = await chat.person("Anna")
    await asks(anna, group)

    for label in ("Accept", "Undo", "Decline", "Undo", "Accept", "Undo", "Decline"):
        await carla.presses(label)
    await chat.time_passes(minutes=2)

    assert [m.text for m in anna.new_messages] == [
        "Your application for PWG 3 Climate change was not accepted this time. Its webinars are open to everybody."
    ]


async def test_a_seat_for_which_somebody_waits_is_not_taken_back(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change", most=1)
    carla = await chat.coordinator("Carla", group)
    anna, dora = await chat.person("Anna"), await chat.person("Dora")
    await asks(anna, group)
    await carla.presses("Accept")
    undo = carla.message_with("Undo")
    await asks(dora, group)
    await carla.presses("Accept")

    await carla.presses("Undo", on=undo)
    await chat.time_passes(minutes=2)

    assert carla.toasts == [
        "Accepted.",
        "Accepted. All seats are taken: number 1 on the waiting list.",
        "This card is out of date. Here is a fresh one.",
    ]
    assert anna.new_messages[-1].text == "You are now a member of PWG 3 Climate change. Welcome!"
    assert len(dora.new_messages) == 1


async def test_a_place_in_the_queue_is_taken_back_and_the_others_move_up(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change", most=1)
    carla = await chat.coordinator("Carla", group)
    await chat.member("Ben", group)
    anna, dora = await chat.person("Anna"), await chat.person("Dora")
    for visitor in (anna, dora):
        await asks(visitor, group)
        await carla.presses("Accept")

    await carla.forges("au:1", on=carla.messages[0])
    await chat.time_passes(minutes=2)

    assert carla.toasts[-1] == "Taken back. Nobody was told."
    assert anna.new_messages == []
    assert [m.text for m in dora.new_messages] == [
        (
            "Your application for PWG 3 Climate change is accepted, but all seats are taken. You are number 1 on the "
            "waiting list and move up by yourself; I will tell you."
        )
    ]


async def test_a_no_with_a_reason_reaches_the_applicant_in_these_words(chat: Chat) -> None:
    _, carla, dan, anna = await an_application(chat)

    await carla.presses("Decline with a reason")
    question = carla.screen.text
    await carla.sends("x" * 301)
    refusal = carla.refusal
    await carla.sends("We look for <people> who work in health care.")
    answered = carla.screen
    await chat.time_passes(seconds=60)

    assert question == "1 of 1\n\nWhy is Anna not accepted? They get your words; 300 characters at most."
    assert refusal == "That is too long: 301 characters, 300 at most. Your draft is safe; send a shorter text."
    assert answered.text == (
        f"{CARD}\n\nDeclined by Carla\n\nReason: We look for <people> who work in health care.\n\n{UNDO}"
    )
    assert answered.labels == [["Undo"], ["All requests"]]
    assert dan.screen.text == f"{CARD}\n\nDeclined by Carla\n\nReason: We look for <people> who work in health care."
    assert [m.text for m in anna.new_messages] == [
        (
            "Your application for PWG 3 Climate change was not accepted this time. Its webinars are open to everybody."
            "\n\nThe coordinators write:\nWe look for <people> who work in health care."
        )
    ]


async def test_I2_whoever_types_a_reason_too_late_learns_who_was_faster(chat: Chat) -> None:
    _, carla, dan, anna = await an_application(chat)

    await carla.presses("Decline with a reason")
    await dan.presses("Accept")
    await carla.sends("Too late")
    too_late = carla.screen.text
    await carla.forges("ar:1")
    await chat.time_passes(seconds=60)

    assert too_late == "Already accepted by Dan.\nYour words were not sent."
    assert carla.toasts == ["Already accepted by Dan."]
    assert [m.text for m in anna.new_messages] == ["You are now a member of PWG 3 Climate change. Welcome!"]


async def test_I2_two_who_answer_at_once_give_one_answer_and_the_second_learns_whose_it_was(chat: Chat) -> None:
    _, carla, dan, anna = await an_application(chat)

    carla.client.press(carla.message_with("Accept"), "Accept")
    dan.client.press(dan.message_with("Accept"), "Accept")
    await chat.settles()
    await chat.time_passes(seconds=60)

    assert (*carla.toasts, *dan.toasts) in {
        ("Accepted.", "Already accepted by Carla."),
        ("Already accepted by Dan.", "Accepted."),
    }
    assert len(anna.new_messages) == 1


async def test_G3_an_old_button_is_worth_nothing_once_the_role_is_gone(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla, dan = await chat.coordinator("Carla", group), await chat.coordinator("Dan", group)
    anna, ben = await chat.person("Anna"), await chat.person("Ben")
    await asks(anna, group)
    await asks(ben, group)
    await carla.presses("Accept", on=carla.messages[-2])
    async with chat.bot.database.write() as tx:
        await tx.execute(roles.delete().where(roles.c.person_id == carla.id))

    for label, message in (("Undo", carla.messages[-2]), ("Accept", carla.messages[-1])):
        await carla.presses(label, on=message)
    await dan.presses("Decline", on=dan.messages[-1])

    assert carla.toasts == ["Accepted.", *["This is not for you, or it does not exist."] * 2]
    assert dan.toasts == ["Declined."]


async def test_when_a_group_ends_whoever_still_asks_or_waits_is_told_and_members_keep_their_seats(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change", most=1)
    carla = await chat.coordinator("Carla", group)
    ben = await chat.member("Ben", group)
    anna, dora = await chat.person("Anna"), await chat.person("Dora")
    await asks(anna, group)
    await carla.presses("Accept")
    await chat.time_passes(seconds=60)
    anna.looks()
    await asks(dora, group)
    async with chat.bot.database.write() as tx:
        stored = await groups.get(tx, group)
        assert stored is not None
        await groups.save(tx, replace(stored, closes_on=date(2022, 3, 14)))
    await chat.settles()
    on_the_last_day = anna.new_messages + dora.new_messages

    await chat.time_passes(hours=12)

    assert on_the_last_day == []
    told = (
        "PWG 3 Climate change has ended, so your application for it is closed. Its results and webinars stay open "
        "to everybody."
    )
    assert [m.text for visitor in (anna, dora) for m in visitor.new_messages] == [told, told]
    assert carla.screen.text == "Dora asks to join PWG 3 Climate change.\n\nClosed: the group has ended"
    await ben.starts(f"g_{group}")
    assert ben.screen.text.endswith("You are a member.")
    await carla.forges("aa:2")
    assert carla.toasts[-1] == "The group has ended; the application is closed."


async def test_an_accept_in_the_moment_after_the_end_closes_the_application(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    anna = await chat.person("Anna")
    await asks(anna, group)
    async with chat.bot.database.write() as tx:
        stored = await groups.get(tx, group)
        assert stored is not None
        await groups.save(tx, replace(stored, closes_on=date(2022, 3, 13)))

    await carla.presses("Accept")

    assert carla.toasts == ["The group has ended: the application is closed, and the applicant is told."]
    assert [m.text for m in anna.new_messages] == [
        (
            "PWG 3 Climate change has ended, so your application for it is closed. Its results and webinars stay open "
            "to everybody."
        )
    ]


async def test_in_a_group_that_opens_again_people_can_ask_again(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    anna = await chat.person("Anna")
    await asks(anna, group)
    async with chat.bot.database.write() as tx:
        stored = await groups.get(tx, group)
        assert stored is not None
        await groups.save(tx, replace(stored, closes_on=date(2022, 3, 13)))
    await chat.time_passes(minutes=1)
    async with chat.bot.database.write() as tx:
        await groups.save(tx, replace(stored, closes_on=date(2022, 5, 31)))

    await asks(anna, group)
    await carla.presses("Accept")
    await chat.time_passes(seconds=60)

    assert [m.text for m in anna.new_messages] == ["You are now a member of PWG 3 Climate change. Welcome!"]


async def test_who_leaves_within_the_minute_is_not_welcomed_any_more(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    anna = await chat.person("Anna")
    await asks(anna, group)

    await carla.presses("Accept")
    await anna.starts(f"g_{group}")
    await anna.presses("Leave")
    await anna.presses("Leave for good")
    await carla.presses("Undo")
    anna.looks()
    await chat.time_passes(minutes=2)

    assert carla.toasts == ["Accepted.", "This card is out of date. Here is a fresh one."]
    assert anna.new_messages == []


async def test_who_has_moved_up_meanwhile_keeps_the_seat_and_hears_of_it_once(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change", most=1)
    carla = await chat.coordinator("Carla", group)
    ben, anna = await chat.member("Ben", group), await chat.person("Anna")
    await asks(anna, group)
    await carla.presses("Accept")

    await ben.starts(f"g_{group}")
    await ben.presses("Leave")
    await ben.presses("Leave for good")
    await carla.forges("au:1")
    await chat.time_passes(minutes=2)

    assert carla.toasts[-1] == "This card is out of date. Here is a fresh one."
    assert [m.text for m in anna.new_messages] == [
        "A seat is free: you are now a member of PWG 3 Climate change. Welcome!"
    ]
