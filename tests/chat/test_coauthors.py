from sqlalchemy import select

from domain.buttons import coding
from domain.buttons.results import AcceptResult, ConfirmCoauthor, NameCoauthor, PublishResult
from domain.results import ResultState
from storage import coauthors
from storage import groups as seats
from storage.tables import groups, outbox
from tests.chat.world import Chat, Visitor
from tests.chat.writing import TITLE, comes_to_preview, state_of, writes


async def names(author: Visitor, *named: Visitor, title: str = TITLE) -> None:
    """Hand in a result, written together with these."""
    await writes(author, title)
    await author.presses("Skip")
    for visitor in named:
        await author.presses(visitor.client.user.first_name)
    await author.presses("Go on")
    await author.presses("Send")


async def test_a_coauthor_is_named_by_button_asked_and_confirms(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    bob, cleo = await chat.member("Bob", group), await chat.member("Cleo", group)
    await writes(anna)
    await anna.presses("Skip")

    assert anna.screen.labels == [["Bob"], ["Carla"], ["Cleo"], ["Nobody else"], ["Back", "Cancel"]]
    await anna.presses("Bob")
    await anna.presses("Cleo")
    assert anna.screen.text.endswith("Whoever is named does not review it.\n\nNamed: Bob, Cleo")
    assert anna.screen.labels == [["Without Bob"], ["Carla"], ["Without Cleo"], ["Go on"], ["Back", "Cancel"]]
    await anna.presses("Go on")
    assert "\n\nCo-authors: Bob, Cleo\n\n" in anna.screen.text
    assert bob.new_messages == []
    await anna.presses("Send")

    assert bob.screen.text == (
        f"Anna names you as a co-author of {TITLE}. Is that right? Until you say no, you do not review it."
    )
    await bob.presses("Show the result")
    assert bob.screen.text.startswith("Interim result of PWG 3\n\nStatement in English")
    await bob.presses("I wrote it, too")

    assert bob.toasts[-1] == "Thank you. You are named as a co-author."
    assert carla.screen.text.endswith(
        "Waits for an answer.\n\nWritten together with Bob.\nNamed as a co-author, no answer yet: Cleo."
    )
    assert cleo.screen.labels == [["I wrote it, too", "Do not name me"], ["Show the result"]]


async def test_whoever_is_named_finds_the_result_among_their_own_until_they_say_no(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    bob, cleo = await chat.member("Bob", group), await chat.member("Cleo", group)
    await names(anna, bob)
    await carla.presses("Ask for changes")
    await carla.sends("Sources, please.")

    await bob.sends("/results")
    found = bob.screen.text
    await cleo.sends("/results")
    not_hers = cleo.screen.text
    await bob.presses("Do not name me")
    await bob.sends("/results")

    assert found.endswith(f"Yours, on their way\n{TITLE}: changes asked for: Sources, please.")
    assert TITLE not in not_hers + bob.screen.text


async def test_publishing_waits_for_nobody_and_shows_who_has_not_answered(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    bob, olga, paul = await chat.member("Bob", group), await chat.organiser("Olga"), await chat.person("Paul")
    await names(anna, bob)
    await carla.presses("Accept")

    assert olga.screen.text.endswith("Named as a co-author, no answer yet: Bob.")
    await olga.presses("Publish")

    assert await state_of(chat, 1) is ResultState.PUBLISHED
    await paul.starts("r_1")
    assert "Bob" not in paul.screen.text


async def test_who_is_named_neither_reviews_nor_publishes_until_they_decline(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    olga = await chat.organiser("Olga")
    await chat.takes_seat(olga, group)
    await names(anna, carla)

    assert olga.screen.text.startswith("Interim result of PWG 3, by Anna, version 1")
    await carla.forges(coding.encode(AcceptResult(1, 1)))
    assert carla.toasts[-1] == "This is not for you, or it does not exist."
    await carla.presses("Do not name me")
    assert carla.screen.text == f"You are not named as a co-author of {TITLE}."
    await carla.forges(coding.encode(AcceptResult(1, 1)))

    assert carla.toasts[-1] == "Accepted. The author is told."


async def test_a_coauthor_who_is_an_organiser_does_not_publish_it(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    olga = await chat.organiser("Olga")
    await chat.takes_seat(olga, group)
    await names(anna, olga)
    await olga.presses("I wrote it, too")
    await carla.presses("Accept")

    await olga.forges(coding.encode(PublishResult(1, 1)))

    assert olga.toasts[-1] == "This is not for you, or it does not exist."
    assert await state_of(chat, 1) is ResultState.ACCEPTED


async def test_a_name_is_taken_off_again_and_only_the_author_can_put_it_back(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    bob = await chat.member("Bob", group)
    await names(anna, bob)
    await bob.presses("I wrote it, too")
    old = bob.screen

    await bob.presses("Do not name me any more")
    assert bob.toasts[-1] == "You are not named."
    assert anna.screen.text == (
        f"Somebody you named as a co-author of {TITLE} does not want to be named. The result shows who still is."
    )
    assert carla.screen.text.endswith("Waits for an answer.")
    await bob.forges(coding.encode(ConfirmCoauthor(1)), on=old)

    assert bob.toasts[-1] == "This is not for you, or it does not exist."


async def test_whoever_stays_named_in_a_new_version_is_not_asked_again(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    bob = await chat.member("Bob", group)
    await names(anna, bob)
    await carla.presses("Ask for changes")
    await carla.sends("Sources, please.")
    await anna.presses("Revise")
    for label in ("Keep it", "Keep it", "Keep it", "Keep it", "Skip", "Go on", "Send"):
        await anna.presses(label)

    async with chat.bot.database.read() as tx:
        asked = (await tx.execute(select(outbox.c.person_id).where(outbox.c.kind == "coauthor"))).scalars().all()
    assert asked == [bob.id]


async def test_only_people_of_the_group_can_be_named_and_at_most_five(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, paul = await chat.member("Anna", group), await chat.person("Paul")
    others = [await chat.member(f"Member {number}", group) for number in range(1, 8)]
    await writes(anna)
    await anna.presses("Skip")

    await anna.forges(coding.encode(NameCoauthor(paul.id, 0, 6)))
    assert anna.toasts[-1] == "This is not for you, or it does not exist."
    await anna.presses("Next")
    assert anna.screen.labels == [["Member 7"], ["Previous"], ["Nobody else"], ["Back", "Cancel"]]
    await anna.presses("Previous")
    for visitor in others[:6]:
        await anna.presses(visitor.client.user.first_name)

    async with chat.bot.database.read() as tx:
        assert len(await coauthors.of(tx, 1)) == 5


async def test_whoever_was_named_and_has_left_the_group_is_named_no_more_and_is_asked_to_review(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, olga = await chat.member("Anna", group), await chat.organiser("Olga")
    await chat.takes_seat(olga, group)
    await writes(anna)
    await anna.presses("Skip")
    await anna.presses("Olga")
    await anna.presses("Go on")
    async with chat.bot.database.write() as tx:
        await seats.free_seat(tx, group, olga.id)

    await anna.presses("Send")

    assert olga.screen.text.startswith("Interim result of PWG 3, by Anna, version 1")
    assert olga.screen.labels[0] == ["Accept", "Ask for changes"]


async def test_where_members_do_not_see_names_nobody_is_asked_for_them(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna = await chat.member("Anna", group)
    await chat.member("Bob", group)
    async with chat.bot.database.write() as tx:
        await tx.execute(groups.update().values(shows_members=False))

    await writes(anna)
    await comes_to_preview(anna)

    assert anna.screen.text.startswith("6 of 6")
