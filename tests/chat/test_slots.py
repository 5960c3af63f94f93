"""Finding a time across zones: fair slots, a poll in everybody's own time, and the session that comes of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from domain.buttons.coding import encode
from domain.buttons.finding import FindTime
from domain.buttons.polls import AskDropPoll, ClosePoll, DropPoll, ReviewPoll, ShowPoll, VoteSlot
from domain.slots import Vote
from sandbox.state import Message
from storage import groups, people
from storage.tables import events
from tests.chat.test_applications import asks
from tests.chat.test_invites import invites_presenter
from tests.chat.test_session_chats import cards_in, linked
from tests.chat.world import Chat, Visitor

NAME = "PWG 3: Virtual session"


async def lives_in(chat: Chat, visitor: Visitor, zone: str) -> Visitor:
    """Somebody has chosen a zone."""
    async with chat.bot.database.write() as tx:
        await people.change(tx, visitor.id, zone=zone)
    return visitor


async def world_wide_group(chat: Chat) -> tuple[int, Visitor, Visitor, Visitor]:
    """PWG 3 with Carla, who coordinates it from Berlin, Vera in Vancouver and Jaka in Jakarta."""
    group = await chat.group("PWG 3")
    carla = await lives_in(chat, await chat.coordinator("Carla", group), "Europe/Berlin")
    vera = await lives_in(chat, await chat.member("Vera", group), "America/Vancouver")
    jaka = await lives_in(chat, await chat.member("Jaka", group), "Asia/Jakarta")
    return group, carla, vera, jaka


async def begins(carla: Visitor, days: str) -> None:
    """From the card of the group to the question after the days: one hour, no title."""
    await carla.sends("/manage")
    await carla.presses("Find a time")
    await carla.presses("Find a time")
    await carla.presses("Skip")
    await carla.presses("1 hour")
    await carla.presses(next(label for row in carla.screen.labels for label in row if days in label))


async def looks_for_a_time(carla: Visitor) -> None:
    """To the proposed slots: one hour on weekdays of the next two weeks, no title."""
    await begins(carla, " to ")
    await carla.presses("Go on")


async def asks_the_group(carla: Visitor, *keep: int) -> None:
    """Only the slots with these numbers, all of them if none is named."""
    await looks_for_a_time(carla)
    for number in range(1, 6):
        if keep and number not in keep:
            await carla.presses(f"✓ {number}")
    await carla.presses("Ask the group")


def slot(shown: Message, number: int) -> str:
    """What is said about one slot, without what stands above and below."""
    return shown.text.split("\n\n")[number]


# --- The proposal -----------------------------------------------------------------------------


async def test_a_time_is_found_asked_for_and_scheduled(chat: Chat) -> None:
    _, carla, vera, jaka = await world_wide_group(chat)

    await looks_for_a_time(carla)
    proposal = carla.screen.text
    for number in (2, 4, 5):
        await carla.presses(f"✓ {number}")
    ticks = carla.screen.labels[:2]
    await carla.presses("Ask the group")
    (asked,) = vera.new_messages
    question = asked.text
    await vera.presses("1 · If need be")
    await vera.presses("2 · Yes")
    await jaka.presses("2 · Yes")
    await jaka.presses("1 · No")
    await carla.presses("1 · Yes")
    await carla.presses("Close and schedule")
    review = carla.screen.text
    for visitor in (vera, jaka):
        visitor.looks()
    await carla.presses("Schedule it")

    fair = "Between 07:00 and 22:00 for everybody."
    assert proposal == (
        "5 of 5\n\nWhen could PWG 3 meet for 1 hour? Tap a number to leave a time out. All times: Berlin\n\n"
        f"1. Mon, 21 Mar 2022, 15:00\n{fair}\n\n2. Tue, 22 Mar 2022, 15:00\n{fair}\n\n"
        f"3. Wed, 23 Mar 2022, 15:00\n{fair}\n\n4. Thu, 24 Mar 2022, 15:00\n{fair}\n\n"
        f"5. Fri, 25 Mar 2022, 15:00\n{fair}"
    )
    assert ticks == [["✓ 1", "2", "✓ 3", "4"], ["5"]]
    assert question == (
        f"{NAME}\nWhen can you come, for 1 hour? All times: Vancouver\n\n"
        "1. Mon, 21 Mar 2022, 07:00\nYes: 0 · If need be: 0 · No: 0\n\n"
        "2. Wed, 23 Mar 2022, 07:00\nYes: 0 · If need be: 0 · No: 0\n\nAnswered: 0 of 3"
    )
    assert vera.toasts == ["Time 1: you can come if need be.", "Time 2: you can come."]
    assert review == (
        f"{NAME}\n\nMost can come on Wed, 23 Mar 2022, 15:00 (Berlin).\n"
        "Yes: 2 (Jaka, Vera) · If need be: 0 · No: 0\n\n"
        "Close the poll and schedule the session then? Everybody in the group is told."
    )
    assert carla.toasts[-1] == "Scheduled. The group is told."
    assert asked.text == f"{NAME}\n\nCarla closed this poll. The session is on Wed, 23 Mar 2022, 07:00 (Vancouver)."
    (told,) = vera.new_messages
    assert told.text.startswith(f"{NAME}\nWed, 23 Mar 2022, 07:00 (Vancouver), 1 hour\n\nComing: 2 (Jaka, Vera)\n")
    assert told.text.endswith("\n\nYour answer: I will be there")
    assert [m.text.splitlines()[1] for m in jaka.new_messages] == ["Wed, 23 Mar 2022, 21:00 (Jakarta), 1 hour"]


async def test_the_hour_moves_with_the_clocks_in_spring(chat: Chat) -> None:
    """Vancouver is in summer time since 13 March, Berlin from 27 March on, Jakarta never."""
    _, carla, vera, jaka = await world_wide_group(chat)
    await begins(carla, "Other days")
    await carla.presses("Mon 21 Mar")
    await carla.presses("Later")
    await carla.presses("Mon 4 Apr")
    for weekday in ("Tuesday", "Wednesday", "Thursday", "Friday"):
        await carla.presses(f"✓ {weekday}")

    await carla.presses("Go on")
    proposal = carla.screen.text
    await carla.presses("Ask the group")

    assert [shown.splitlines()[0] for shown in proposal.split("\n\n")[2:5]] == [
        "1. Mon, 21 Mar 2022, 15:00",
        "2. Mon, 28 Mar 2022, 16:00",
        "3. Mon, 4 Apr 2022, 16:00",
    ]
    for visitor, clock in ((vera, "07:00"), (jaka, "21:00")):
        shown = [slot(visitor.screen, n).splitlines()[0] for n in (1, 2, 3)]
        assert shown == [f"{n}. Mon, {day} 2022, {clock}" for n, day in ((1, "21 Mar"), (2, "28 Mar"), (3, "4 Apr"))]


async def test_the_hour_moves_with_the_clocks_in_autumn_and_names_whom_it_burdens(chat: Chat) -> None:
    """Berlin goes back on 30 October, Vancouver on 6 November; from then on no hour is good for all three."""
    await chat.time_goes_to(datetime(2022, 10, 24, 9, tzinfo=UTC))
    _, carla, vera, jaka = await world_wide_group(chat)
    await begins(carla, "Mon 31 Oct to Sun 13 Nov")
    for weekday in ("Tuesday", "Wednesday", "Thursday", "Friday"):
        await carla.presses(f"✓ {weekday}")

    await carla.presses("Go on")
    proposal = carla.screen.text.split("\n\n")[2:4]
    await carla.presses("Ask the group")

    assert proposal == [
        "1. Mon, 31 Oct 2022, 15:00\nBetween 07:00 and 22:00 for everybody.",
        "2. Mon, 7 Nov 2022, 06:00\nBefore 07:00 or after 22:00 for: Carla (06:00 Berlin)",
    ]
    assert slot(vera.screen, 1) == "1. Mon, 31 Oct 2022, 07:00\nYes: 0 · If need be: 0 · No: 0"
    assert slot(carla.screen, 2) == (
        "2. Mon, 7 Nov 2022, 06:00\nfor you at 06:00: before 07:00 or after 22:00\nYes: 0 · If need be: 0 · No: 0"
    )
    assert slot(vera.screen, 2).startswith("2. Sun, 6 Nov 2022, 21:00\nBefore 07:00 or after 22:00 for: Carla\n")
    assert slot(jaka.screen, 2).startswith("2. Mon, 7 Nov 2022, 12:00\nBefore 07:00 or after 22:00 for: Carla\n")


async def test_whoever_carried_a_bad_hour_before_is_spared_the_next_time(chat: Chat) -> None:
    await chat.time_goes_to(datetime(2022, 11, 7, 9, tzinfo=UTC))
    group, carla, vera, jaka = await world_wide_group(chat)
    await chat.session(group, datetime(2022, 11, 8, 5, tzinfo=UTC))
    for visitor, answer in ((carla, "I'll be there"), (jaka, "I'll be there"), (vera, "Can't")):
        await visitor.sends("/sessions")
        await visitor.presses("1 · Details")
        await visitor.presses(answer)
    await looks_for_a_time(carla)
    before = slot(carla.screen, 2)
    await carla.presses("Cancel")
    await chat.time_goes_to(datetime(2022, 11, 9, 9, tzinfo=UTC))

    await carla.presses("Home")
    await carla.sends("/manage")
    await carla.presses("Find a time")
    await carla.presses("Find a time")
    await carla.presses("Back")
    await carla.presses("Go on")

    assert before.endswith("for: Carla (06:00 Berlin)")
    assert slot(carla.screen, 2) == (
        "1. Mon, 14 Nov 2022, 07:00\nBefore 07:00 or after 22:00 for: Vera (22:00 Vancouver)"
    )


async def test_another_session_of_the_same_people_is_named(chat: Chat) -> None:
    _, carla, vera, _ = await world_wide_group(chat)
    other = await chat.group("PWG 4")
    await chat.takes_seat(vera, other)
    await chat.session(other, datetime(2022, 3, 21, 14, 30, tzinfo=UTC), title="Ethical recruitment")

    await looks_for_a_time(carla)
    proposed = slot(carla.screen, 2)
    await carla.presses("Ask the group")
    await carla.presses("1 · Yes")
    await carla.presses("Close and schedule")

    clash = "   at the same time as PWG 4: Ethical recruitment (15:30), with 1 person of both"
    assert proposed == f"1. Mon, 21 Mar 2022, 15:00\nBetween 07:00 and 22:00 for everybody.\n{clash}"
    assert clash.strip() in carla.screen.text


async def test_more_times_are_proposed_and_those_left_out_stay_out(chat: Chat) -> None:
    _, carla, vera, _ = await world_wide_group(chat)
    await looks_for_a_time(carla)
    await carla.presses("✓ 1")

    await carla.presses("More times")
    labels = carla.screen.labels
    await carla.presses("Ask the group")

    assert labels == [
        ["1", "✓ 2", "✓ 3", "✓ 4"], ["✓ 5", "✓ 6", "✓ 7", "✓ 8"], ["Ask the group"], ["Back", "Cancel"],
    ]  # fmt: skip
    assert slot(vera.screen, 1).startswith("1. Tue, 22 Mar 2022, 07:00")
    assert len(vera.screen.labels) == 7


async def test_nobody_is_asked_without_a_time(chat: Chat) -> None:
    _, carla, *_ = await world_wide_group(chat)
    await looks_for_a_time(carla)

    for number in range(1, 6):
        await carla.presses(f"✓ {number}")

    assert carla.screen.labels[2:] == [["More times"], ["Back", "Cancel"]]


async def test_people_without_a_zone_are_counted_and_taken_to_be_at_home(chat: Chat) -> None:
    group, carla, *_ = await world_wide_group(chat)
    await chat.member("Anna", group)

    await looks_for_a_time(carla)

    assert carla.screen.text.endswith("\n\nWithout a time zone in their settings, taken as Berlin: 1")


async def test_the_search_survives_a_restart_and_goes_on_where_it_was_left(chat: Chat) -> None:
    _, carla, *_ = await world_wide_group(chat)
    await carla.sends("/manage")
    await carla.presses("Find a time")
    await carla.presses("Find a time")
    await carla.sends("How  to go on")
    await carla.sends("75")

    await chat.restarts()
    await carla.presses("Cancel")
    await carla.sends("/manage")
    await carla.presses("Find a time")
    await carla.presses("Find a time")
    asked = carla.screen.text
    await carla.presses("Mon 21 Mar to Sun 3 Apr")
    await carla.presses("Go on")
    await carla.presses("Ask the group")

    assert asked == "3 of 5\n\nWhich days come into question?"
    assert carla.screen.text.startswith("PWG 3: How to go on\nWhen can you come, for 1 hour and 15 minutes? ")


async def test_a_typed_day_outside_the_range_is_asked_for_again(chat: Chat) -> None:
    _, carla, *_ = await world_wide_group(chat)
    await begins(carla, "Other days")
    await carla.sends("21.03.2022")

    await carla.sends("20.03.2022")
    refusal = carla.refusal
    await carla.sends("25.03.2022")

    assert refusal == "That day is past, before the first one, or too far ahead. Send another date."
    assert carla.screen.text.startswith("6 of 7\n\nOn which weekdays?")


async def test_days_without_a_time_left_are_said_to_be_so(chat: Chat) -> None:
    _, carla, *_ = await world_wide_group(chat)
    await begins(carla, "This week, until Sun 20 Mar")
    for weekday in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
        await carla.presses(f"✓ {weekday}")
    without = carla.screen.labels
    await carla.presses("Monday")
    await chat.time_passes(hours=11)

    await carla.presses("Go on")

    assert without[-2] == ["Sunday"]
    assert carla.screen.text == "5 of 5\n\nNone of these days has a time left. Go back and choose other days."
    assert carla.screen.labels == [["Back", "Cancel"]]


# --- The poll ---------------------------------------------------------------------------------


async def test_of_two_coordinators_the_first_asks_and_the_second_sees_that_poll(chat: Chat) -> None:
    group, carla, vera, _ = await world_wide_group(chat)
    otto = await chat.coordinator("Otto", group)
    await looks_for_a_time(otto)
    await asks_the_group(carla, 1)
    vera.looks()

    proposal = otto.message_with("Ask the group")
    await otto.presses("Ask the group", on=proposal)
    poll = (proposal.text, proposal.labels)
    await otto.sends("/manage")
    await otto.presses("Find a time")

    assert otto.toasts == ["This group is being asked already. Here is that poll; your search is kept."]
    assert poll[0].endswith("\n\n1. Mon, 21 Mar 2022, 15:00\nYes: 0 · If need be: 0 · No: 0\n\nAnswered: 0 of 4")
    assert poll[1][-1] == ["Close and schedule", "Drop"]
    assert vera.new_messages == []
    assert otto.screen.text == "PWG 3 Climate change is being asked when it can meet."
    assert otto.screen.labels == [["Show the poll"], ["Back to the group"]]


async def test_the_group_votes_in_its_chat_and_sees_no_names(chat: Chat) -> None:
    group, carla, vera, _ = await world_wide_group(chat)
    stranger = await chat.person("Sam")
    room = await linked(chat, group, carla, vera, stranger)
    await asks_the_group(carla, 1, 2)
    (card,) = cards_in(chat, room)

    before = card.text
    await vera.presses("1 · Yes", on=card)
    await stranger.presses("1 · No", on=card)

    assert before == (
        f"{NAME}\nWhen can you come, for 1 hour?\n\n"
        "1. Mon, 21 Mar 2022, 15:00 (Berlin)\nYes: 0 · If need be: 0 · No: 0\n\n"
        "2. Tue, 22 Mar 2022, 15:00 (Berlin)\nYes: 0 · If need be: 0 · No: 0\n\nAnswered: 0 of 3"
    )
    assert card.labels == [["1 · Yes", "1 · If need be", "1 · No"], ["2 · Yes", "2 · If need be", "2 · No"]]
    assert vera.toasts == ["Time 1: you can come."]
    assert stranger.toasts == ["This is not for you, or it does not exist."]
    assert "\nYes: 1 · If need be: 0 · No: 0\n\n2." in card.text
    assert vera.screen.labels[0] == ["✓ 1 · Yes", "1 · If need be", "1 · No"]


async def test_names_are_for_coordinators_where_the_group_does_not_show_its_members(chat: Chat) -> None:
    group, carla, vera, jaka = await world_wide_group(chat)
    async with chat.bot.database.write() as tx:
        shown = await groups.get(tx, group)
        assert shown is not None
        await groups.save(tx, replace(shown, shows_members=False))
    await asks_the_group(carla, 1)

    await vera.presses("1 · Yes")

    assert "Yes: 1 · If need be" in jaka.screen.text
    assert "Yes: 1 (Vera) · If need be" in carla.screen.text


async def test_the_vote_of_somebody_who_left_does_not_count(chat: Chat) -> None:
    group, carla, vera, jaka = await world_wide_group(chat)
    await asks_the_group(carla, 1, 2)
    await vera.presses("1 · Yes")
    await jaka.presses("2 · If need be")
    left = vera.screen
    async with chat.bot.database.write() as tx:
        await groups.free_seat(tx, group, vera.id)

    await vera.presses("1 · No", on=left)
    await carla.presses("Close and schedule")

    assert vera.toasts[-1] == "This is not for you, or it does not exist."
    assert carla.screen.text.startswith(f"{NAME}\n\nMost can come on Tue, 22 Mar 2022, 15:00 (Berlin).\n")


async def test_the_card_of_a_poll_keeps_its_buttons_when_another_dialog_begins(chat: Chat) -> None:
    _, carla, *_ = await world_wide_group(chat)
    await asks_the_group(carla, 1)
    poll = carla.screen
    before = poll.labels

    await carla.sends("/submit")

    assert before == [["1 · Yes", "1 · If need be", "1 · No"], ["Close and schedule", "Drop"]]
    assert poll.labels == before
    assert carla.screen.message_id > poll.message_id


async def test_who_joins_while_the_group_is_asked_is_asked_as_well(chat: Chat) -> None:
    group, carla, *_ = await world_wide_group(chat)
    await asks_the_group(carla, 1)
    anna = await chat.person("Anna")
    await asks(anna, group)

    await carla.presses("Accept")
    await chat.time_passes(minutes=1)
    await anna.presses("1 · Yes")

    assert anna.screen.text == (
        f"{NAME}\nWhen can you come, for 1 hour? All times: Berlin\n\n"
        "1. Mon, 21 Mar 2022, 15:00\nYes: 1 (Anna) · If need be: 0 · No: 0\n\nAnswered: 1 of 4"
    )


async def test_whoever_is_invited_to_speak_has_no_part_in_a_poll_of_the_group(chat: Chat) -> None:
    group, carla, *_ = await world_wide_group(chat)
    await chat.webinar(group, {"en": "Cities as climate havens?"}, chat.clock.now() + timedelta(days=20))
    await asks_the_group(carla, 1)
    paula = await chat.person("Paula")
    await paula.starts(await invites_presenter(carla, "1 · Cities as climate havens?"))
    paula.looks()

    await paula.presses("Accept")

    assert paula.new_messages == []
    assert paula.screen.text.startswith("Your talk")


async def test_the_same_poll_on_postgresql(chat_on_postgresql: Chat) -> None:
    chat = chat_on_postgresql
    group, carla, vera, jaka = await world_wide_group(chat)
    await chat.session(group, datetime(2022, 3, 14, 11, tzinfo=UTC))
    await asks_the_group(carla, 1, 2)
    await vera.presses("1 · Yes")
    await vera.presses("1 · If need be")
    await jaka.presses("2 · Yes")

    await carla.presses("Close and schedule")
    await carla.presses("Schedule it")

    closed = f"{NAME}\n\nCarla closed this poll. The session is on Tue, 22 Mar 2022, 15:00 (Berlin)."
    assert carla.screen.text == closed
    assert jaka.screen.text.startswith(f"{NAME}\nTue, 22 Mar 2022, 21:00 (Jakarta), 1 hour\n\nComing: 1 (Jaka)\n")


async def test_votes_that_come_in_before_the_last_button_are_looked_at_again(chat: Chat) -> None:
    _, carla, vera, jaka = await world_wide_group(chat)
    await asks_the_group(carla, 1, 2)
    await carla.presses("1 · Yes")
    await carla.presses("Close and schedule")
    review = carla.screen
    forged = encode(ClosePoll(1, 1))
    for visitor in (vera, jaka):
        await visitor.presses("2 · Yes")

    await carla.forges(forged, on=review)

    assert carla.toasts[-1] == "The votes have changed. Look again before you schedule it."
    assert carla.screen.text.startswith(f"{NAME}\n\nMost can come on Tue, 22 Mar 2022, 15:00 (Berlin).\n")
    async with chat.bot.database.read() as tx:
        assert (await tx.execute(select(events))).all() == []


async def test_a_poll_is_closed_once_and_old_buttons_say_so(chat: Chat) -> None:
    group, carla, vera, _ = await world_wide_group(chat)
    otto = await chat.coordinator("Otto", group)
    await asks_the_group(carla, 1)
    await vera.presses("1 · Yes")
    for visitor in (carla, otto):
        await visitor.presses("Close and schedule")

    await carla.presses("Schedule it")
    await otto.forges(encode(ClosePoll(1, 1)))
    await otto.forges(encode(DropPoll(1)))
    await vera.forges(encode(VoteSlot(1, Vote.NO)))

    assert otto.toasts == ["Carla was faster."] * 2
    assert vera.toasts[-1] == "This poll is over."
    async with chat.bot.database.read() as tx:
        assert len((await tx.execute(select(events))).all()) == 1


async def test_a_poll_can_be_dropped_and_another_one_begun(chat: Chat) -> None:
    _, carla, vera, _ = await world_wide_group(chat)
    await asks_the_group(carla, 1)
    await vera.presses("1 · Yes")
    await carla.presses("Drop")
    asked = carla.screen.text
    await carla.presses("Drop the poll")
    dropped = (carla.screen.text, vera.screen.text, vera.screen.labels)

    await asks_the_group(carla, 2)

    assert asked == (
        f"{NAME}\n\nDrop this poll? 1 person has answered. No session comes of it, and the group sees that."
    )
    gone = f"{NAME}\n\nCarla dropped this poll. No time was chosen."
    assert dropped == (gone, gone, [])
    assert slot(vera.screen, 1).startswith("1. Tue, 22 Mar 2022, 07:00")


async def test_a_poll_that_nobody_answered_makes_no_session(chat: Chat) -> None:
    _, carla, vera, _ = await world_wide_group(chat)
    await asks_the_group(carla, 1)
    await vera.presses("1 · No")

    await carla.presses("Close and schedule")

    nobody = "Nobody has said yet that they could come to any of these times."
    assert carla.screen.text == f"{NAME}\n\n{nobody}"
    assert carla.screen.labels == [["Back to the poll"]]


async def test_times_that_are_over_cannot_be_voted_for_and_do_not_win(chat: Chat) -> None:
    _, carla, vera, _ = await world_wide_group(chat)
    await asks_the_group(carla, 1, 2)
    await vera.presses("1 · Yes")
    await chat.time_goes_to(datetime(2022, 3, 21, 15, tzinfo=UTC))
    await vera.presses("1 · No")
    over, labels = slot(vera.screen, 1), vera.screen.labels
    await vera.presses("2 · If need be")
    await carla.presses("Close and schedule")
    review = carla.screen.text
    await chat.time_passes(days=1)

    await carla.presses("Schedule it")

    assert vera.toasts[1] == "That time is over."
    assert over.startswith("1. Mon, 21 Mar 2022, 07:00 · over\n")
    assert labels == [["2 · Yes", "2 · If need be", "2 · No"]]
    assert review.startswith(f"{NAME}\n\nMost can come on Tue, 22 Mar 2022, 15:00 (Berlin).\n")
    assert carla.screen.text == (f"{NAME}\n\nAll of these times are over. Drop the poll and look for other times.")


async def test_nobody_else_looks_for_a_time_votes_or_closes(chat: Chat) -> None:
    group, carla, vera, _ = await world_wide_group(chat)
    await asks_the_group(carla, 1)
    rosa = await chat.coordinator("Rosa", await chat.group("PWG 4"))

    for runs in (FindTime(group), ReviewPoll(1), ClosePoll(1, 1), AskDropPoll(1), DropPoll(1)):
        for visitor in (vera, rosa):
            await visitor.forges(encode(runs))
    for belongs in (ShowPoll(1), VoteSlot(1, Vote.YES), VoteSlot(77, Vote.YES)):
        await rosa.forges(encode(belongs))

    assert vera.toasts == ["This is not for you, or it does not exist."] * 5
    assert rosa.toasts == ["This is not for you, or it does not exist."] * 8
    assert "Answered: 0 of 3" in carla.screen.text
