"""Asking to join a group, from the card to the seat."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from storage import groups
from storage.tables import audit
from tests.chat.world import OWNER, Chat, Visitor

MOTIVATION = "I study how cities <welcome> people."


async def asks(visitor: Visitor, group: int, motivation: str = "", affiliation: str = "") -> None:
    """From the card of the group to the application handed in."""
    await visitor.starts(f"g_{group}")
    await visitor.presses("Ask to join")
    for typed in (motivation, affiliation):
        if typed:
            await visitor.sends(typed)
        else:
            await visitor.presses("Skip")
    await visitor.presses("Hand in")
    visitor.looks()


async def test_somebody_asks_is_accepted_and_is_told(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    anna = await chat.person("Anna")

    await anna.starts(f"g_{group}")
    await anna.presses("Ask to join")
    first = anna.screen
    await anna.sends(MOTIVATION)
    second = anna.screen
    await anna.sends("University of  Accra")
    preview = anna.screen.text
    await anna.presses("Hand in")
    handed_in = anna.screen.text
    anna.looks()
    card = carla.screen.text
    await carla.presses("Accept")
    await chat.time_passes(seconds=60)

    assert first.text == "1 of 3\n\nWhy would you like to join PWG 3 Climate change? One sentence is enough."
    assert second.text == "2 of 3\n\nWhere do you work or study, or which organisation do you speak for?"
    assert preview == (
        "3 of 3\n\nHand this in?\n\nAnna asks to join PWG 3 Climate change.\n\n"
        f"Motivation:\n{MOTIVATION}\n\nAffiliation: University of Accra\n\n"
        "The coordinators of the group and the organisers will see this and your name, nobody else."
    )
    assert handed_in == "Handed in. The coordinators of PWG 3 Climate change decide; the answer comes here."
    assert card == (
        f"Anna asks to join PWG 3 Climate change.\n\nMotivation:\n{MOTIVATION}\n\n"
        "Affiliation: University of Accra\n\nMembers: 0 of 7-10"
    )
    assert carla.toasts == ["Accepted."]
    assert carla.screen.text.endswith("Affiliation: University of Accra\n\nAccepted by Carla")
    assert carla.screen.labels == []
    assert [m.text for m in anna.new_messages] == ["You are now a member of PWG 3 Climate change. Welcome!"]
    await anna.presses("Show the group", on=anna.screen)
    assert anna.screen.text.endswith("Members: 1 of 7-10\n\nYou are a member.")


async def test_both_answers_can_be_skipped(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    anna = await chat.person("Anna")

    await asks(anna, group)

    assert carla.screen.text == "Anna asks to join PWG 3 Climate change.\n\nMembers: 0 of 7-10"
    assert carla.screen.labels == [["Accept", "Decline"], ["Decline with a reason"]]


async def test_going_back_asks_again_and_the_new_answer_counts(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    anna = await chat.person("Anna")

    await anna.starts(f"g_{group}")
    await anna.presses("Ask to join")
    await anna.sends("First thought")
    await anna.presses("Back")
    await anna.sends("Second thought")
    await anna.presses("Skip")
    await anna.presses("Hand in")

    assert carla.screen.text == (
        "Anna asks to join PWG 3 Climate change.\n\nMotivation:\nSecond thought\n\nMembers: 0 of 7-10"
    )


async def test_a_text_that_is_too_long_is_refused_and_asked_for_again(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna = await chat.person("Anna")

    await anna.starts(f"g_{group}")
    await anna.presses("Ask to join")
    await anna.sends("x" * 501)
    refusal = anna.refusal
    await anna.sends("x" * 500)

    assert refusal == "That is too long: 501 characters, 500 at most. Your draft is safe; send a shorter text."
    assert anna.screen.text.startswith("2 of 3\n")


async def test_what_is_typed_at_the_preview_changes_nothing(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    anna = await chat.person("Anna")

    await anna.starts(f"g_{group}")
    await anna.presses("Ask to join")
    await anna.presses("Skip")
    await anna.presses("Skip")
    await anna.sends("And one more thing")
    await anna.presses("Hand in")

    assert carla.screen.text == "Anna asks to join PWG 3 Climate change.\n\nMembers: 0 of 7-10"


async def test_somebody_who_is_declined_is_told_kindly(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    anna = await chat.person("Anna")
    await asks(anna, group)

    await carla.presses("Decline")
    await chat.time_passes(seconds=60)

    assert carla.toasts == ["Declined."]
    assert carla.screen.text == "Anna asks to join PWG 3 Climate change.\n\nDeclined by Carla"
    assert [m.text for m in anna.new_messages] == [
        "Your application for PWG 3 Climate change was not accepted this time. Its webinars are open to everybody."
    ]


async def test_the_news_comes_in_the_language_of_the_applicant(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    greta = await chat.person("Greta", language="de")
    await greta.starts(f"g_{group}")
    await greta.forges(f"gj:{group}")
    revision = greta.screen.labels and greta.client.button(greta.screen, (0, 0))["callback_data"].split(":")[1]
    assert revision == "1"
    for data in ("as:1", "as:2", "ah:3"):
        await greta.forges(data)

    await carla.presses("Accept")
    await chat.time_passes(seconds=60)

    assert "PWG 3 Climate change (de)" in greta.screen.text
    assert carla.screen.text == "Greta asks to join PWG 3 Climate change.\n\nAccepted by Carla"


async def test_a_full_group_queues_and_a_freed_seat_goes_to_the_first_who_is_told(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change", most=1)
    carla = await chat.coordinator("Carla", group)
    ben = await chat.member("Ben", group)
    anna, dora = await chat.person("Anna"), await chat.person("Dora")

    for visitor in (anna, dora):
        await asks(visitor, group)
        await carla.presses("Accept")
        await chat.time_passes(seconds=60)
    waiting = [m.text for visitor in (anna, dora) for m in visitor.new_messages]
    await dora.starts(f"g_{group}")
    dora.looks()
    dora_before = dora.screen.text
    await ben.starts(f"g_{group}")
    await ben.presses("Leave")
    question = ben.screen.text
    await ben.presses("Leave for good")
    await dora.starts(f"g_{group}")

    assert carla.toasts == [
        "Accepted. All seats are taken: number 1 on the waiting list.",
        "Accepted. All seats are taken: number 2 on the waiting list.",
    ]
    assert waiting == [
        "Your application for PWG 3 Climate change is accepted, but all seats are taken. You are number "
        f"{position} on the waiting list and move up by yourself; I will tell you."
        for position in (1, 2)
    ]
    assert question == (
        "Leave PWG 3 Climate change?\n\nYour seat goes to the next person on the waiting list at once. "
        "To come back, you would have to ask again."
    )
    assert [m.text for m in anna.new_messages] == [
        "A seat is free: you are now a member of PWG 3 Climate change. Welcome!"
    ]
    assert dora_before.endswith("You are number 2 on the waiting list.")
    assert dora.screen.text.endswith("You are number 1 on the waiting list.")
    assert [m.text for m in carla.messages][-2:] == [
        "Anna asks to join PWG 3 Climate change.\n\nAccepted by Carla",
        "Dora asks to join PWG 3 Climate change.\n\nAccepted by Carla; on the waiting list",
    ]


async def test_an_application_can_be_withdrawn_and_its_card_says_so(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    anna = await chat.person("Anna")
    await asks(anna, group)

    await anna.starts(f"g_{group}")
    asked = anna.screen.text
    await anna.presses("Withdraw")
    await carla.forges("aa:1")

    assert asked.endswith("You have asked to join. The coordinators have not answered yet.")
    assert anna.toasts == ["Your application is withdrawn."]
    assert anna.screen.labels == [["Ask to join"], ["All groups", "Home"]]
    assert carla.screen.text == "Anna asks to join PWG 3 Climate change.\n\nWithdrawn"
    assert carla.toasts == ["The application was withdrawn."]


async def test_nobody_withdraws_the_application_of_somebody_else(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)
    anna, mallory = await chat.person("Anna"), await chat.person("Mallory")
    await asks(anna, group)

    await mallory.forges("gw:1")
    await mallory.forges("gw:999")
    await carla.presses("Accept")
    await chat.time_passes(seconds=60)

    assert mallory.toasts == ["This is not for you, or it does not exist."] * 2
    assert carla.toasts == ["Accepted."]


async def test_a_restart_in_the_middle_of_the_dialog_loses_nothing(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    anna = await chat.person("Anna")

    await anna.starts(f"g_{group}")
    await anna.presses("Ask to join")
    await anna.sends("Before the restart")
    await chat.restarts()
    await anna.sends("After the restart")
    await chat.restarts()
    await anna.presses("Hand in")
    await chat.restarts()
    await carla.presses("Accept")
    await chat.time_passes(seconds=60)

    assert carla.screen.text == (
        "Anna asks to join PWG 3 Climate change.\n\nMotivation:\nBefore the restart\n\n"
        "Affiliation: After the restart\n\nAccepted by Carla"
    )
    assert anna.screen.text == "You are now a member of PWG 3 Climate change. Welcome!"


async def test_handing_in_twice_makes_one_application(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    anna = await chat.person("Anna")
    await anna.starts(f"g_{group}")
    await anna.presses("Ask to join")
    await anna.presses("Skip")
    await anna.presses("Skip")
    carla.looks()

    anna.client.press(anna.screen, "Hand in")
    anna.client.press(anna.screen, "Hand in")
    await chat.settles()

    assert len(carla.new_messages) == 1
    assert anna.toasts == ["This card is out of date. Here is a fresh one."]


async def test_asking_again_on_an_old_card_says_where_one_stands(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    await chat.coordinator("Carla", group)
    anna = await chat.person("Anna")
    await anna.starts(f"g_{group}")
    old = anna.screen
    await asks(anna, group)

    await anna.presses("Ask to join", on=old)

    assert anna.toasts == ["You have asked to join. The coordinators have not answered yet."]


async def test_a_sixth_open_application_is_refused_until_one_is_answered(chat: Chat) -> None:
    six = [await chat.group(f"PWG {number}") for number in range(1, 7)]
    carla = await chat.coordinator("Carla", six[0])
    anna = await chat.person("Anna")
    for group in six[:5]:
        await asks(anna, group)

    await anna.starts(f"g_{six[5]}")
    refused = anna.screen.text
    await carla.presses("Decline")
    await chat.time_passes(seconds=60)
    await anna.starts(f"g_{six[5]}")

    assert refused.endswith(
        "You have 5 applications that are not answered yet; that is the most. "
        "Withdraw one, or wait for an answer, to ask here."
    )
    assert ["Ask to join"] in anna.screen.labels


async def test_somebody_who_left_can_ask_again(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    ben = await chat.member("Ben", group)
    await ben.starts(f"g_{group}")
    await ben.presses("Leave")
    await ben.presses("Leave for good")

    await asks(ben, group)
    await carla.presses("Accept")
    await chat.time_passes(seconds=60)

    assert [m.text for m in ben.new_messages] == ["You are now a member of PWG 3 Climate change. Welcome!"]


async def test_an_application_that_nobody_could_be_shown_waits_for_the_first_who_may_decide(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    anna = await chat.person("Anna")
    await asks(anna, group)
    owner = Visitor(chat, chat.telegram.as_person(chat.telegram.add_user("Otto", user_id=OWNER)))
    bystander = await chat.coordinator("Zoe", await chat.group("PWG 4"))

    await bystander.starts()
    await owner.starts()
    await owner.presses("Accept")
    await chat.time_passes(seconds=60)
    await owner.starts()

    assert [m.text for m in bystander.new_messages] == [bystander.screen.text]
    assert bystander.screen.text.startswith("Hello Zoe.")
    assert [m.text for m in owner.messages if m.text.startswith("Anna")] == [
        "Anna asks to join PWG 3 Climate change.\n\nAccepted by Otto"
    ]
    assert anna.screen.text == "You are now a member of PWG 3 Climate change. Welcome!"


async def test_who_withdraws_from_the_waiting_list_is_passed_over(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change", most=1)
    carla = await chat.coordinator("Carla", group)
    ben = await chat.member("Ben", group)
    anna, dora = await chat.person("Anna"), await chat.person("Dora")
    for visitor in (anna, dora):
        await asks(visitor, group)
        await carla.presses("Accept")
        await chat.time_passes(seconds=60)
        visitor.looks()

    await anna.starts(f"g_{group}")
    await anna.presses("Withdraw")
    anna.looks()
    await ben.starts(f"g_{group}")
    await ben.presses("Leave")
    await ben.presses("Leave for good")

    assert anna.toasts == ["Your application is withdrawn."]
    assert anna.new_messages == []
    assert [m.text for m in dora.new_messages][-1:] == [
        "A seat is free: you are now a member of PWG 3 Climate change. Welcome!"
    ]


async def test_leaving_the_dialog_hands_nothing_in_and_old_buttons_are_out_of_date(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)
    anna = await chat.person("Anna")
    await anna.starts(f"g_{group}")
    await anna.presses("Ask to join")
    await anna.presses("Skip")
    await anna.presses("Skip")
    preview = anna.screen

    await anna.presses("Cancel")
    await anna.forges("ah:3", on=preview)
    await anna.sends("Is anybody there?")

    assert anna.toasts == ["This card is out of date. Here is a fresh one."]
    assert anna.screen.text == "I did not understand that. Choose below, or send /help."
    assert carla.new_messages == []


async def test_a_group_that_is_over_is_shown_but_takes_nobody(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    anna = await chat.person("Anna")
    async with chat.bot.database.write() as tx:
        stored = await groups.get(tx, group)
        assert stored is not None
        await groups.save(tx, replace(stored, closes_on=date(2022, 3, 13)))

    await anna.starts(f"g_{group}")
    await anna.forges(f"gj:{group}")
    await anna.forges("gj:999")

    closed = "This group takes no members at the moment."
    assert anna.screen.text == f"PWG 3 Climate change\n\nA theme.\n\nMembers: 0 of 7-10\n\n{closed}"
    assert anna.screen.labels == [["All groups", "Home"]]
    assert anna.toasts == [closed, "This does not exist any more."]


async def test_every_step_is_in_the_audit_with_who_did_it(chat: Chat) -> None:
    group = await chat.group("PWG 3", most=1)
    carla = await chat.coordinator("Carla", group)
    anna, ben = await chat.person("Anna"), await chat.person("Ben")

    for visitor in (anna, ben):
        await asks(visitor, group)
        await carla.presses("Accept")
        await chat.time_passes(seconds=60)
    await anna.starts(f"g_{group}")
    await anna.presses("Leave")
    await anna.presses("Leave for good")
    await asks(anna, group)
    await carla.presses("Decline")
    await chat.time_passes(seconds=60)

    async with chat.bot.database.read() as tx:
        noted = await tx.execute(select(audit.c.actor_id, audit.c.action, audit.c.subject).order_by(audit.c.id))
        assert [tuple(row) for row in noted] == [
            (anna.id, "applied", "application:1"),
            (carla.id, "accepted", "application:1"),
            (ben.id, "applied", "application:2"),
            (carla.id, "waiting", "application:2"),
            (anna.id, "left", f"group:{group}"),
            (None, "promoted", "application:2"),
            (anna.id, "applied", "application:3"),
            (carla.id, "declined", "application:3"),
        ]
