from domain.buttons import coding
from domain.buttons.results import AddComment, ListComments
from domain.comments import MOST_COMMENTS
from storage import comments
from tests.chat.world import Chat, Visitor
from tests.chat.writing import SUMMARY, TITLE, submits

CARD = f"Interim result of PWG 3, by Anna, version 1\n\nStatement in English\n\n{TITLE}\n\n{SUMMARY}"


async def people(chat: Chat) -> tuple[Visitor, Visitor]:
    """An author whose result waits for a coordinator."""
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    await submits(anna)
    anna.looks()
    return anna, carla


async def test_reviewer_and_author_talk_without_leaving_the_chat(chat: Chat) -> None:
    anna, carla = await people(chat)
    card = carla.screen

    await carla.presses("Comment")
    assert carla.screen.text == (
        f"1 of 1\n\n{TITLE}\n\nWhat do you want to say? Those who wrote it and those who review it see it with your "
        "name. At most 500 characters."
    )
    await carla.sends("Which <cities> do you mean?")
    assert carla.screen.text == f"Your comment on {TITLE} is sent."
    assert [m.text for m in anna.new_messages] == [f"Carla on {TITLE}:\nWhich <cities> do you mean?"]
    carla.looks()
    await anna.presses("Answer")
    await anna.sends("Those by the sea.")

    assert [m.text for m in carla.new_messages] == [f"Anna on {TITLE}:\nThose by the sea."]
    assert card.text == (
        f"{CARD}\n\nWaits for an answer.\n\nComments\nCarla: Which <cities> do you mean?\nAnna: Those by the sea."
    )
    assert card.labels == [["Accept", "Ask for changes"], ["Comment", "All comments (2)"], ["All results"]]


async def test_the_card_shows_the_last_three_and_the_list_all_of_them_page_by_page(chat: Chat) -> None:
    anna, carla = await people(chat)
    async with chat.bot.database.write() as tx:
        for number in range(1, 8):
            await comments.add(tx, 1, anna.id, f"Point {number}", chat.clock.now())

    await carla.starts("r_1")
    assert carla.screen.text.endswith("Comments\nAnna: Point 5\nAnna: Point 6\nAnna: Point 7")
    await carla.presses("All comments (7)")
    assert carla.screen.text.startswith(f"Comments on {TITLE}\n\nAnna · Mon, 14 Mar 2022, 13:00\nPoint 7\n\n")
    assert carla.screen.text.endswith("\nPoint 3")
    await carla.presses("Older")

    assert carla.screen.text.split("\n")[3::3] == ["Point 2", "Point 1"]


async def test_everybody_on_the_other_side_is_told_once_and_nobody_on_ones_own(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    denis, olga = await chat.coordinator("Denis", group), await chat.organiser("Olga")
    await submits(anna)
    await olga.starts("r_1")
    await olga.presses("Comment")
    await olga.sends("Is there a map?")
    for visitor in (anna, carla, denis, olga):
        visitor.looks()

    await anna.presses("Answer")
    await anna.sends("Not yet.")

    assert [[m.text for m in v.new_messages] for v in (carla, denis, olga)] == [[f"Anna on {TITLE}:\nNot yet."]] * 3


async def test_a_comment_in_a_published_result_is_for_its_circle_only(chat: Chat) -> None:
    anna, carla = await people(chat)
    olga, paul = await chat.organiser("Olga"), await chat.person("Paul")
    await carla.presses("Comment")
    await carla.sends("Well done.")
    await carla.presses("Accept")
    await olga.presses("Publish")

    await paul.starts("r_1")
    assert "Well done." not in paul.screen.text
    for action in (AddComment(1), ListComments(1, 0)):
        await paul.forges(coding.encode(action))
        assert paul.toasts[-1] == "This is not for you, or it does not exist."
    await anna.presses("Details")

    assert anna.screen.text.endswith("Comments\nCarla: Well done.")


async def test_what_is_too_long_is_asked_again_and_enough_is_enough(chat: Chat) -> None:
    anna, carla = await people(chat)
    await carla.presses("Comment")

    await carla.sends("x" * 501)
    assert carla.refusal == "That is too long: 501 characters, 500 at most. Your draft is safe; send a shorter text."
    async with chat.bot.database.write() as tx:
        for _ in range(MOST_COMMENTS):
            await comments.add(tx, 1, carla.id, "Hm.", chat.clock.now())
    await carla.sends("One more.")
    assert carla.screen.text == ("You have made 50 comments on this. That is enough here.\nYour words were not sent.")
    await carla.forges(coding.encode(AddComment(1)))

    assert carla.toasts[-1] == "You have made 50 comments on this. That is enough here."
    assert anna.new_messages == []
