"""The card of a group for those who run it."""

from datetime import timedelta

from bot.wiring import assemble
from domain.groups import ApplicationState
from domain.people import Person
from domain.permissions import Role
from handlers.table import ROUTES
from storage import applications, groups, people, results
from storage.database import Database
from tests.chat.test_applications import asks
from tests.chat.test_deciding import an_application
from tests.chat.world import OWNER, Chat, Visitor


async def test_a_coordinator_of_one_group_gets_its_card_at_once(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change", most=1)
    await chat.webinar(group, {"en": "Cities as climate havens?"}, chat.clock.now() + timedelta(days=8))
    carla = await chat.coordinator("Carla", group)
    anna, ben, dora = [await chat.person(name) for name in ("Anna", "Ben", "Dora")]
    await asks(anna, group)
    await carla.presses("Accept")
    await asks(ben, group)
    await carla.presses("Accept")
    await asks(dora, group)

    await carla.sends("/manage")

    assert carla.screen.text == (
        "PWG 3 Climate change\n\n"
        "Members: 1 of 7-1\nOn the waiting list: 1\nWebinars: 1 of 2\nRequests to answer: 1\n\n"
        "Next session: none yet\nNext webinar: Cities as climate havens?, Tue, 22 Mar 2022, 13:00 (Berlin)"
    )
    assert carla.screen.labels[-1] == ["Home"]


async def test_the_way_from_the_home_screen_is_there_for_those_who_run_a_group(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla, ben = await chat.coordinator("Carla", group), await chat.member("Ben", group)

    for visitor in (carla, ben):
        await visitor.starts()
    await carla.presses("Run a working group")

    assert carla.screen.text.startswith("PWG 3 Climate change\n\nMembers: 1 of 7-10\n")
    assert ["Run a working group"] not in ben.screen.labels


async def test_a_coordinator_of_several_groups_chooses_and_can_go_back(chat: Chat) -> None:
    first, second = await chat.group("PWG 1", title="COVID-19"), await chat.group("PWG 2", title="Work")
    await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", first)
    async with chat.bot.database.write() as tx:
        await people.grant(tx, carla.id, Role.COORDINATOR, second)

    await carla.sends("/manage")
    choice = carla.screen.labels
    await carla.presses("PWG 2 Work")
    card = carla.screen.text
    await carla.presses("Other groups")

    assert choice == [["PWG 1 COVID-19"], ["PWG 2 Work"], ["Home"]]
    assert card.startswith("PWG 2 Work\n\nMembers: 0 of 7-10\nWebinars: 0 of 2\n\n")
    assert carla.screen.text == "Which group?"


async def test_an_organiser_gets_all_groups_page_by_page(chat: Chat) -> None:
    for number in range(1, 10):
        await chat.group(f"PWG {number}", title="A title")
    olga = await chat.organiser("Olga")

    await olga.sends("/manage")
    first = olga.screen.labels
    await olga.presses("Next")

    assert first[0] == ["PWG 1 A title"]
    assert first[-2:] == [["Next"], ["Home"]]
    assert olga.screen.labels == [["PWG 9 A title"], ["Previous"], ["Home"]]


async def test_whoever_runs_no_group_is_told_so(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    ben = await chat.member("Ben", group)

    await ben.sends("/manage")

    assert ben.screen.text == (
        "This is for coordinators and organisers. You do not run a working group; /join shows all of them, and "
        "where you can ask to take part."
    )


async def test_a_forged_button_of_another_group_is_refused_like_one_that_does_not_exist(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    carla = await chat.coordinator("Carla", group)
    ben = await chat.member("Ben", group)

    for visitor, others in ((carla, (other, 999)), (ben, (group, other, 999))):
        for number in others:
            await visitor.forges(f"m:{number}")
            await visitor.forges(f"ms:{number}:people")

    assert carla.toasts == ["This is not for you, or it does not exist."] * 4
    assert ben.toasts == ["This is not for you, or it does not exist."] * 6


async def test_requests_are_answered_from_the_list_and_every_card_shows_it(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla, dan = await chat.coordinator("Carla", group), await chat.coordinator("Dan", group)
    anna, ben = await chat.person("Anna"), await chat.person("Ben")
    for visitor in (anna, ben):
        await asks(visitor, group)

    await carla.sends("/manage")
    await carla.presses("Requests")
    listed = (carla.screen.text, carla.screen.labels)
    await carla.presses("Ben")
    asked = (carla.screen.text, carla.screen.labels)
    await carla.presses("Accept", on=carla.screen)
    accepted = (carla.screen.text, carla.screen.labels)
    await carla.presses("All requests")

    assert listed == (
        "PWG 3 Climate change\n\nWho asks to join; the oldest first.",
        [["Anna"], ["Ben"], ["Back to the group"]],
    )
    assert asked == (
        "Ben asks to join PWG 3 Climate change.\n\nMembers: 0 of 7-10",
        [["Accept", "Decline"], ["Decline with a reason"], ["All requests"]],
    )
    assert accepted == (
        (
            "Ben asks to join PWG 3 Climate change.\n\nAccepted by Carla\n\n"
            "You can take this back for a minute; after that, Ben is told."
        ),
        [["Undo"], ["All requests"]],
    )
    assert carla.screen.labels == [["Anna"], ["Back to the group"]]
    assert dan.screen.text == "Ben asks to join PWG 3 Climate change.\n\nAccepted by Carla"


async def test_an_answer_from_the_list_is_taken_back_or_comes_too_late(chat: Chat) -> None:
    _, carla, dan, _ = await an_application(chat)

    await carla.sends("/manage")
    await carla.presses("Requests")
    await carla.presses("Anna")
    await carla.presses("Decline", on=carla.screen)
    await carla.presses("Undo", on=carla.screen)
    undone = carla.screen.labels
    await dan.presses("Accept")
    await carla.presses("Decline", on=carla.screen)

    assert undone == [["Accept", "Decline"], ["Decline with a reason"], ["All requests"]]
    assert carla.toasts == ["Declined.", "Taken back. Nobody was told.", "Already accepted by Dan."]
    assert carla.screen.text == "Anna asks to join PWG 3 Climate change.\n\nAccepted by Dan"


async def test_requests_and_the_waiting_list_come_page_by_page(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change", most=1)
    carla = await chat.coordinator("Carla", group)
    await chat.member("Ben", group)
    async with chat.bot.database.write() as tx:
        for number in range(1, 20):
            await people.add(tx, Person(number, f"Person {number}", "en"), chat.clock.now())
            asked = await applications.add(tx, group, number, "", "", chat.clock.now())
            application = await applications.get(tx, asked)
            assert application is not None
            if number > 9:
                await applications.change(tx, application, ApplicationState.WAITING)
                await applications.queue(tx, application, chat.clock.now())

    await carla.sends("/manage")
    await carla.presses("Requests")
    first = carla.screen.labels
    await carla.presses("Next")
    second = carla.screen.labels
    await carla.presses("Waiting list: 10")
    waiting = (carla.screen.text, carla.screen.labels)
    await carla.presses("Next")

    assert first == [*([f"Person {n}"] for n in range(1, 9)), ["Next"], ["Waiting list: 10"], ["Back to the group"]]
    assert second == [["Person 9"], ["Previous"], ["Waiting list: 10"], ["Back to the group"]]
    lines = "\n".join(f"{place}. Person {place + 9}" for place in range(1, 9))
    heading = "PWG 3 Climate change\n\nThe first in line gets the next free seat."
    assert waiting == (f"{heading}\n\n{lines}", [["Next"], ["All requests"]])
    assert carla.screen.text == f"{heading}\n\n9. Person 18\n10. Person 19"


async def test_people_are_listed_with_what_they_are_and_whether_the_bot_reaches_them(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    ben = await chat.member("Ben", group)
    gus = await chat.person("Gus")
    async with chat.bot.database.write() as tx:
        await people.grant(tx, gus.id, Role.GUEST, group)
        await people.add(tx, Person(7, "Nora", "en"), chat.clock.now())
        await groups.take_seat(tx, group, 7, chat.clock.now())
    await chat.time_passes(hours=1)
    ben.client.block_bot()
    await gus.sends("/stop")

    await carla.sends("/manage")
    card = carla.screen.text
    await carla.presses("People")
    listed = (carla.screen.text, carla.screen.labels)
    await carla.presses("Ben")
    shown = (carla.screen.text, carla.screen.labels)
    await carla.sends("/manage")
    await carla.presses("Who cannot be reached")

    assert "Cannot be reached: 3" in card
    assert listed == (
        (
            "PWG 3 Climate change\n\nBen, member (no messages)\nCarla, coordinator\nGus, guest (no messages)\n"
            "Nora, member (no messages)"
        ),
        [["Ben", "Carla"], ["Gus", "Nora"], ["Back to the group"]],
    )
    assert shown == (
        (
            "PWG 3 Climate change\n\nBen, member\nMember since Mon, 14 Mar 2022, 13:00 (Berlin)\n"
            "Messages of the bot: has blocked the bot since Mon, 14 Mar 2022, 14:00 (Berlin)"
        ),
        [["Remove"], ["All people"]],
    )
    assert carla.screen.text == (
        "PWG 3 Climate change\n\nBen: has blocked the bot since Mon, 14 Mar 2022, 14:00 (Berlin)\n"
        "Gus: wants no messages since Mon, 14 Mar 2022, 14:00 (Berlin)\nNora: has never pressed Start\n\n"
        "Telegram lets nobody write to them. Ask them to open the bot and to press Start."
    )


async def removes(carla: Visitor, name: str) -> None:
    """From the command to the member removed."""
    await carla.sends("/manage")
    await carla.presses("People")
    await carla.presses(name)
    await carla.presses("Remove")
    await carla.presses("Remove")


async def test_a_removed_member_is_told_after_a_minute_and_the_seat_goes_to_the_first_who_waits(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change", most=1)
    carla = await chat.coordinator("Carla", group)
    ben = await chat.member("Ben", group)
    anna, dora = await chat.person("Anna"), await chat.person("Dora")
    for visitor in (anna, dora):
        await asks(visitor, group)
        await carla.presses("Accept")
        await chat.time_passes(seconds=60)
        visitor.looks()

    await carla.sends("/manage")
    await carla.presses("People")
    await carla.presses("Ben")
    await carla.presses("Remove")
    question = (carla.screen.text, carla.screen.labels)
    await carla.presses("Remove")
    removed = (carla.screen.text, carla.screen.labels)
    at_once = [*ben.new_messages, *anna.new_messages]
    await chat.time_passes(seconds=60)
    await carla.presses("Undo")

    assert question == (
        (
            "Remove Ben from PWG 3 Climate change?\n\nThey are told after a minute; until then you can take it back. "
            "Then their seat goes to the first on the waiting list."
        ),
        [["Remove"], ["Remove with a reason"], ["Keep"]],
    )
    assert removed == (
        "Ben is no longer a member of PWG 3 Climate change. You can take this back for a minute.",
        [["Undo"], ["All people"]],
    )
    assert at_once == []
    assert [m.text for m in ben.new_messages] == [
        (
            "You are no longer a member of PWG 3 Climate change: its coordinators have given your seat back.\n\n"
            "Its webinars and results stay open to you."
        )
    ]
    assert [m.text for m in anna.new_messages] == [
        "A seat is free: you are now a member of PWG 3 Climate change. Welcome!"
    ]
    assert dora.new_messages == []
    assert carla.toasts[-1] == "This card is out of date. Here is a fresh one."


async def test_a_removal_is_taken_back_within_the_minute_as_if_nothing_had_been(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change", most=1)
    carla = await chat.coordinator("Carla", group)
    ben, anna = await chat.member("Ben", group), await chat.person("Anna")
    await asks(anna, group)
    await carla.presses("Accept")
    await chat.time_passes(seconds=60)
    anna.looks()

    await removes(carla, "Ben")
    await chat.time_passes(seconds=50)
    await carla.presses("Undo")
    undone = carla.screen.text
    await chat.time_passes(minutes=5)
    await ben.starts(f"g_{group}")
    await anna.starts(f"g_{group}")

    assert carla.toasts[-1] == "Taken back. Nobody was told."
    assert undone.startswith("PWG 3 Climate change\n\nBen, member\nMember since Mon, 14 Mar 2022, 13:00 (Berlin)\n")
    assert ben.screen.text.endswith("You are a member.")
    assert anna.screen.text.endswith("You are number 1 on the waiting list.")
    assert (len(ben.new_messages), len(anna.new_messages)) == (1, 1)


async def test_a_reason_for_a_removal_reaches_the_member_in_these_words(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla, ben = await chat.coordinator("Carla", group), await chat.member("Ben", group)

    await carla.sends("/manage")
    await carla.presses("People")
    await carla.presses("Ben")
    await carla.presses("Remove")
    await carla.presses("Remove with a reason")
    question = carla.screen.text
    await carla.sends("You asked us to.")
    answered = carla.screen.labels
    await chat.time_passes(seconds=60)

    assert question == "1 of 1\n\nWhy is Ben removed? They get your words; 300 characters at most."
    assert answered == [["Undo"], ["All people"]]
    assert [m.text for m in ben.new_messages] == [
        (
            "You are no longer a member of PWG 3 Climate change: its coordinators have given your seat back.\n\n"
            "The coordinators write:\nYou asked us to.\n\nIts webinars and results stay open to you."
        )
    ]


async def test_whoever_left_meanwhile_is_not_removed_once_more(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla, ben = await chat.coordinator("Carla", group), await chat.member("Ben", group)
    await carla.sends("/manage")
    await carla.presses("People")
    await carla.presses("Ben")
    await carla.presses("Remove")
    question = carla.screen
    await carla.presses("Remove with a reason", on=question)
    await ben.starts(f"g_{group}")
    await ben.presses("Leave")
    await ben.presses("Leave for good")
    ben.looks()

    await carla.sends("You asked us to.")
    typed = carla.screen.text
    await carla.forges(f"pry:{group}:{ben.id}")
    await chat.time_passes(minutes=2)

    assert typed == "They are not a member any more. Your words were not sent."
    assert carla.toasts == ["They are not a member any more."]
    assert ben.new_messages == []


async def test_somebody_accepted_a_moment_ago_is_told_before_they_can_be_removed(chat: Chat) -> None:
    _, carla, dan, anna = await an_application(chat)
    await carla.presses("Accept")

    await dan.sends("/manage")
    await dan.presses("People")
    await dan.presses("Anna")
    await dan.presses("Remove")
    await chat.time_passes(seconds=60)
    await removes(dan, "Anna")
    await chat.time_passes(seconds=60)

    assert dan.toasts == [
        "They were accepted less than a minute ago and are not told yet. Try again in a minute.",
    ]
    assert [m.text.partition(":")[0] for m in anna.new_messages] == [
        "You are now a member of PWG 3 Climate change. Welcome!",
        "You are no longer a member of PWG 3 Climate change",
    ]


async def test_webinars_and_results_to_review_lead_to_their_cards(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla, ben = await chat.coordinator("Carla", group), await chat.member("Ben", group)
    for days in range(1, 11):
        await chat.webinar(group, {"en": f"Webinar {days}"}, chat.clock.now() + timedelta(days=days))
    async with chat.bot.database.write() as tx:
        result = await results.add_draft(tx, ben.id, chat.clock.now())
        values = {"title": "A brief", "summary": "Short.", "group_id": group, "version": 1}
        await results.change(tx, result, state="submitted", submitted_at=chat.clock.now(), **values)

    await carla.sends("/manage")
    await carla.presses("Webinars", on=carla.screen)
    first = carla.screen.labels
    await carla.presses("Next")
    second = (carla.screen.text, carla.screen.labels)
    await carla.presses("Webinar 9")
    webinar = carla.screen.text
    await carla.sends("/manage")
    await carla.presses("Submissions")
    reviews = (carla.screen.text, carla.screen.labels)
    await carla.presses("A brief")

    assert first == [*([f"Webinar {n}"] for n in range(1, 7)), ["Next"], ["New webinar"], ["Back to the group"]]
    assert second == (
        (
            "PWG 3 Climate change\n\nAnnounced so far: 10 of at least 2\n\n"
            "Webinar 7\nMon, 21 Mar 2022, 13:00 (Berlin)\n\n"
            "Webinar 8\nTue, 22 Mar 2022, 13:00 (Berlin)\n\nWebinar 9\nWed, 23 Mar 2022, 13:00 (Berlin)\n\n"
            "Webinar 10\nThu, 24 Mar 2022, 13:00 (Berlin)"
        ),
        [
            ["Webinar 7"],
            ["Webinar 8"],
            ["Webinar 9"],
            ["Webinar 10"],
            ["Previous"],
            ["New webinar"],
            ["Back to the group"],
        ],
    )
    assert webinar.startswith("Webinar 9\n")
    assert reviews == (
        "PWG 3 Climate change\n\nResults that wait for an answer; the oldest first.",
        [["A brief"], ["Back to the group"]],
    )
    assert ["Accept", "Ask for changes"] in carla.screen.labels


async def test_a_page_that_no_button_ever_led_to_is_empty(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)
    await carla.sends("/manage")
    screens = []

    for section in ("webinars", "submissions"):
        await carla.forges(f"mp:{group}:{section}:{2**63 - 1}")
        screens.append(carla.screen.text)

    assert screens == [
        "PWG 3 Climate change\n\nAnnounced so far: 0 of at least 2\n\nNo webinar is announced.",
        "PWG 3 Climate change\n\nNo result waits for you.",
    ]


async def test_nobody_looks_at_or_removes_people_of_another_group(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    carla, zoe = await chat.coordinator("Carla", group), await chat.coordinator("Zoe", other)
    ben = await chat.member("Ben", group)
    anna = await chat.person("Anna")
    await asks(anna, group)
    await removes(carla, "Ben")
    await chat.time_passes(seconds=60)
    ben.looks()
    forged = [
        f"pl:{group}:0", f"pl:{other}:0", f"ps:{group}:0", f"pd:{group}:{ben.id}", f"pr:{group}:{ben.id}",
        f"pry:{group}:{ben.id}", f"prr:{group}:{ben.id}", "pu:1", "pu:999", "ae:1:show", "ae:1:accept", "ar:1", "au:1",
        "ae:999:undo", f"al:{group}:0", f"aw:{group}:0", f"mp:{group}:webinars:0", f"mp:{group}:submissions:0",
    ]  # fmt: skip

    for data in forged:
        await ben.forges(data)
    for data in (d for d in forged if d != f"pl:{other}:0"):
        await zoe.forges(data)
    await zoe.forges(f"pd:{other}:{ben.id}")
    await zoe.forges(f"mp:{other}:people:0")

    refused = "This is not for you, or it does not exist."
    assert ben.toasts == [refused] * len(forged)
    assert zoe.toasts == [*[refused] * len(forged), "This card is out of date. Here is a fresh one."]


async def test_G12_an_owner_who_is_gone_decides_nothing_more_and_the_next_one_takes_over(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    otto = Visitor(chat, chat.telegram.as_person(chat.telegram.add_user("Otto", user_id=OWNER)))
    anna, nina = await chat.person("Anna"), await chat.person("Nina")
    await otto.starts()
    await asks(anna, group)
    old = chat.bot.settings
    await chat.bot.close()
    settings = old.model_copy(update={"owner_ids": frozenset({nina.id})})
    chat.bot = await assemble(settings, Database(old.database_url), chat.clock, ROUTES)

    await otto.presses("Accept")
    await otto.sends("/manage")
    await nina.starts()
    await nina.presses("Accept")
    await chat.time_passes(seconds=60)

    assert otto.toasts == ["This is not for you, or it does not exist."]
    assert otto.screen.text.startswith("This is for coordinators and organisers.")
    assert nina.toasts == ["Accepted."]
    assert anna.screen.text == "You are now a member of PWG 3 Climate change. Welcome!"
