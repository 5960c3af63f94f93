"""The card of a group for those who run it."""

from datetime import timedelta

from domain.permissions import Role
from storage import people
from tests.chat.test_applications import asks
from tests.chat.world import Chat


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

    for visitor, groups in ((carla, (other, 999)), (ben, (group, other, 999))):
        for number in groups:
            await visitor.forges(f"m:{number}")
            await visitor.forges(f"ms:{number}:people")

    assert carla.toasts == ["This is not for you, or it does not exist."] * 4
    assert ben.toasts == ["This is not for you, or it does not exist."] * 6
