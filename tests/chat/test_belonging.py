"""Cards that count people follow whoever comes into a group and whoever goes."""

from datetime import UTC, datetime

from tests.chat.test_applications import asks
from tests.chat.test_invites import invites_guests
from tests.chat.test_manage import removes
from tests.chat.test_roles import gives, the_owner
from tests.chat.test_session_chats import cards_in, linked
from tests.chat.test_sessions import opens
from tests.chat.test_slots import asks_the_group, world_wide_group
from tests.chat.world import Chat, Visitor

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)


def silent(text: str) -> str:
    """How many have not answered, as a card says it."""
    return text.partition("No answer yet: ")[2].partition("\n")[0]


def voters(text: str) -> str:
    """How many of how many have voted, as a card says it."""
    return text.partition("Answered: ")[2]


async def _shown(chat: Chat) -> tuple[int, Visitor, Visitor]:
    """A group with a coordinator and a member, and a session to come."""
    group = await chat.group("PWG 3")
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    await chat.session(group, AT)
    await chat.settles()
    return group, carla, anna


async def test_a_session_counts_who_is_accepted_and_whose_seat_is_taken_back_again(chat: Chat) -> None:
    group, carla, anna = await _shown(chat)
    card, ben = await opens(anna), await chat.person("Ben")
    await asks(ben, group)

    counted = [silent(card.text)]
    await carla.presses("Accept")
    counted.append(silent(card.text))
    await carla.presses("Undo")
    counted.append(silent(card.text))

    assert counted == ["2", "3", "2"]


async def test_the_card_in_the_chat_counts_who_leaves(chat: Chat) -> None:
    group, carla, anna = await _shown(chat)
    room = await linked(chat, group, carla, anna)
    await chat.time_goes_to(AT.replace(day=20))
    (card,) = cards_in(chat, room)
    before = silent(card.text)

    await anna.starts(f"g_{group}")
    await anna.presses("Leave")
    await anna.presses("Leave for good")

    assert (before, silent(card.text)) == ("2", "1")


async def test_a_removal_shows_at_once_to_the_others_and_after_a_minute_to_who_was_removed(chat: Chat) -> None:
    _, carla, anna = await _shown(chat)
    own, carlas = await opens(anna), await opens(carla)

    await removes(carla, "Anna")
    at_once = (silent(own.text), silent(carlas.text))
    await carla.presses("Undo")
    undone = (silent(own.text), silent(carlas.text))
    await removes(carla, "Anna")
    await chat.time_passes(minutes=1)

    assert (at_once, undone) == (("2", "1"), ("2", "2"))
    assert (own.text, silent(carlas.text)) == ("This session is for its group only.", "1")


async def test_a_session_counts_a_guest_and_a_new_coordinator_and_who_is_none_any_more(chat: Chat) -> None:
    _, carla, anna = await _shown(chat)
    card, gina, owner = await opens(anna), await chat.person("Gina"), await the_owner(chat)

    counted = [silent(card.text)]
    await gina.starts(await invites_guests(carla))
    await gina.presses("Accept")
    counted.append(silent(card.text))
    ben = await chat.person("Ben")
    await gives(owner, "Coordinator", ben, "PWG 3 Climate change")
    counted.append(silent(card.text))
    await ben.sends("/manage")
    await ben.presses("Hand over")
    await ben.presses("Just stop coordinating")
    await ben.presses("Stop coordinating")
    counted.append(silent(card.text))

    assert counted == ["2", "3", "4", "3"]


async def test_an_open_poll_counts_who_comes_in_and_who_leaves(chat: Chat) -> None:
    group, carla, vera, *_ = await world_wide_group(chat)
    await asks_the_group(carla, 1)
    poll, anna = carla.message_with("Close and schedule"), await chat.person("Anna")
    await asks(anna, group)

    counted = [voters(poll.text)]
    await carla.presses("Accept")
    counted.append(voters(poll.text))
    await vera.starts(f"g_{group}")
    await vera.presses("Leave")
    await vera.presses("Leave for good")
    counted.append(voters(poll.text))

    assert counted == ["0 of 3", "0 of 4", "0 of 3"]
