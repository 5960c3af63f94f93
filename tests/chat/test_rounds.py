from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.buttons import coding
from domain.buttons.rounds import CloseRound, ShowRound
from storage import rounds
from storage.tables import results
from tests.chat.world import Chat, Visitor
from tests.chat.writing import submits, writes

DUE = datetime(2022, 4, 4, 10, tzinfo=UTC)
REMINDED = "First results: results are due Mon, 4 Apr 2022, 12:00 (Berlin)."
NOTHING_YET = f"{REMINDED}\nYour group has not handed in anything yet. /submit begins."
HAS_DRAFT = f"{REMINDED}\nYou have a draft that is not sent yet. /submit goes on with it."


async def sets_deadline(olga: Visitor, group: str = "All groups", due: str = "04.04.2022 12:00") -> None:
    """A round called "First results"."""
    await olga.sends("/organise")
    await olga.presses("Deadlines")
    await olga.presses("New deadline")
    await olga.sends("First results")
    await olga.sends("Erste Ergebnisse")
    await olga.presses("Skip")
    await olga.presses(group)
    await olga.sends(due)
    await olga.presses("Set it")


async def test_an_organiser_sets_a_deadline_question_by_question(chat: Chat) -> None:
    await chat.group("PWG 3")
    olga = await chat.organiser("Olga")

    await olga.sends("/organise")
    await olga.presses("Deadlines")
    assert olga.screen.text == "Deadlines for results\n\nThere is none yet."
    await olga.presses("New deadline")
    assert olga.screen.text == "1 of 6\n\nWhat is the title (English)? At most 100 characters."
    await olga.sends("First results")
    assert olga.screen.text == "2 of 6\n\nWhat is the title (Deutsch)? At most 100 characters."
    await olga.sends("Erste Ergebnisse")
    await olga.presses("Skip")
    assert olga.screen.text == "4 of 6\n\nFor which groups?"
    assert olga.screen.labels == [["All groups"], ["PWG 3"], ["Back", "Cancel"]]
    await olga.presses("All groups")
    await olga.sends("soon")
    assert olga.refusal.startswith("I could not read that date and time.")
    await olga.sends("04.04.2022 12:00")
    assert olga.screen.text == (
        "6 of 6\n\nSet this deadline?\n\nFirst results\nErste Ergebnisse\n\nall groups · "
        "Mon, 4 Apr 2022, 12:00 (Berlin)\n\nCoordinators of groups without a result, and people with a draft that is "
        "not sent, are reminded once a week and one day before."
    )
    await olga.presses("Set it")

    assert olga.screen.text == (
        "First results\nall groups · Mon, 4 Apr 2022, 12:00 (Berlin)\n\n0 results were handed in."
    )
    await olga.presses("All deadlines")
    assert olga.screen.text == ("Deadlines for results\n\nFirst results\nall groups · Mon, 4 Apr 2022, 12:00 (Berlin)")


async def test_only_those_who_owe_something_are_reminded_weekly_and_the_day_before(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    olga, carla = await chat.organiser("Olga"), await chat.coordinator("Carla", group)
    denis, dora = await chat.coordinator("Denis", other), await chat.member("Dora", other)
    anna, bob = await chat.member("Anna", group), await chat.member("Bob", group)
    await sets_deadline(olga)
    await writes(anna)
    await submits(dora)
    await denis.presses("Ask for changes")
    await denis.sends("Sources, please.")
    for visitor in (carla, denis, dora, anna, bob):
        visitor.looks()

    weekly = []
    while chat.clock.now() < DUE + timedelta(days=1):
        await chat.time_passes(days=1)
        weekly.append([[m.text for m in v.new_messages] for v in (carla, anna)])

    told = [day for day, (to_carla, to_anna) in enumerate(weekly, 15) if to_carla or to_anna]
    assert told == [20, 27, 34]  # days of March: two weeks and a day, one week and a day, one day before 4 April
    assert all(day in ([[NOTHING_YET], [HAS_DRAFT]], [[], []]) for day in weekly)
    assert [v.new_messages for v in (denis, dora, bob)] == [[], [], []]


async def test_a_deadline_of_one_group_concerns_no_other(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    olga, carla = await chat.organiser("Olga"), await chat.coordinator("Carla", group)
    denis = await chat.coordinator("Denis", other)
    await sets_deadline(olga, group="PWG 3")
    carla.looks()

    await chat.time_goes_to(DUE - timedelta(days=1))

    assert [m.text for m in carla.new_messages] == [
        f"{REMINDED}\nPWG 3 has not handed in anything yet. /submit begins."
    ]
    assert denis.new_messages == []


async def test_whoever_hands_in_meanwhile_is_not_reminded_any_more(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    olga, carla = await chat.organiser("Olga"), await chat.coordinator("Carla", group)
    anna = await chat.member("Anna", group)
    await sets_deadline(olga)
    await submits(anna)
    carla.looks()

    await chat.time_goes_to(DUE - timedelta(days=1))

    assert carla.new_messages == []
    await olga.starts()
    await olga.forges(coding.encode(ShowRound(1)))
    assert olga.screen.text.endswith("1 result was handed in.")


async def test_a_result_belongs_to_the_round_that_was_open_when_it_was_handed_in(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    olga, anna = await chat.organiser("Olga"), await chat.member("Anna", group)
    await submits(anna, "Before")
    await sets_deadline(olga)
    await sets_deadline(olga, due="04.05.2022 12:00")
    await submits(anna, "In the first")
    await chat.time_goes_to(DUE + timedelta(minutes=1))
    await submits(anna, "In the second")

    async with chat.bot.database.read() as tx:
        found = (await tx.execute(select(results.c.title, results.c.round_id).order_by(results.c.id))).all()
    assert [tuple(row) for row in found] == [("Before", None), ("In the first", 1), ("In the second", 2)]


async def test_a_deadline_is_moved_and_ended(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    olga, carla = await chat.organiser("Olga"), await chat.coordinator("Carla", group)
    await sets_deadline(olga)

    await olga.presses("Another date")
    assert olga.screen.text.endswith("Now: Mon, 4 Apr 2022, 12:00 (Berlin)")
    await olga.sends("11.04.2022 12:00")
    assert olga.screen.text.startswith("First results\nall groups · Mon, 11 Apr 2022, 12:00 (Berlin)")
    await olga.presses("End it")
    assert olga.screen.text == (
        "End First results? Nobody is reminded any more, and nothing that is handed in later belongs to it."
    )
    await olga.presses("End it")
    assert olga.screen.text.endswith("It is over: nobody is reminded any more.")
    assert olga.screen.labels == [["Another date"], ["All deadlines"]]
    carla.looks()
    await chat.time_passes(days=40)

    assert carla.new_messages == []


@pytest.mark.parametrize("action", [ShowRound(1), CloseRound(1, 1)], ids=["show", "close"])
async def test_deadlines_are_for_organisers(chat: Chat, action: ShowRound | CloseRound) -> None:
    group = await chat.group("PWG 3")
    olga, carla = await chat.organiser("Olga"), await chat.coordinator("Carla", group)
    await sets_deadline(olga)

    await carla.starts()
    await carla.forges(coding.encode(action))

    assert carla.toasts[-1] == "This is not for you, or it does not exist."
    async with chat.bot.database.read() as tx:
        found = await rounds.get(tx, 1)
    assert found is not None
    assert found.closed_at is None
