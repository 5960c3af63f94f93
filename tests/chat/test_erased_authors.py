"""What stays around a result when somebody who took part in it is erased."""

from tests.chat.world import Chat
from tests.chat.writing import TITLE, submits


async def test_the_card_of_a_result_forgets_who_commented(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    denis = await chat.coordinator("Denis", group)
    await submits(anna)
    await denis.presses("Comment")
    await denis.sends("Which cities?")
    card = next(m for m in carla.messages if m.text.startswith("Interim result of PWG 3"))
    assert card.text.endswith("Comments\nDenis: Which cities?")

    await denis.sends("/privacy")
    await denis.presses("Delete me")
    await denis.presses("Yes, delete me")

    assert TITLE in card.text
    assert "Denis" not in card.text
