"""The agenda of a session: members propose points, coordinators take, drop and order them."""

from datetime import UTC, datetime, timedelta

from domain.agenda import MOST_OPEN
from domain.buttons.agenda import DropPoint, MovePoint, ProposePoint, TakePoint
from domain.buttons.coding import encode
from tests.chat.world import Chat, Visitor

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
NAME = "PWG 3: Planned relocation"


async def opens_agenda(visitor: Visitor, label: str = "Agenda") -> None:
    """From the list over the card to the points."""
    await visitor.sends("/sessions")
    await visitor.presses("1 · Details")
    await visitor.presses(label)


async def proposes(visitor: Visitor, *points: str) -> None:
    """One point after the other, from the screen with the points."""
    for point in points:
        await visitor.presses("Propose a point")
        await visitor.sends(point)


async def test_a_member_proposes_a_point_and_a_coordinator_takes_it(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)

    await opens_agenda(anna)
    empty, labels = anna.screen.text, anna.screen.labels
    await anna.presses("Propose a point")
    asked = anna.screen.text
    await anna.sends("Who writes\nthe <summary>?")
    answered, own = anna.screen.text, anna.screen.labels
    await opens_agenda(carla, "Agenda (1 proposed)")
    card_of_carla = next(m for m in carla.messages if m.text.startswith(f"{NAME}\n"))
    waiting = card_of_carla.labels[-2:]
    before, decide = carla.screen.text, carla.screen.labels
    await carla.presses("1 · Take")

    assert empty == f"Agenda of {NAME}\n\nNothing is on the agenda yet."
    assert labels == [["Propose a point"], ["Session"]]
    assert asked == (
        f"1 of 1\n\nWhat should be talked about at {NAME}? Send one line. Whoever runs the session decides."
    )
    assert answered == (
        "Proposed. The coordinators decide whether it is taken.\n\n"
        f"Agenda of {NAME}\n\nNothing is on the agenda yet.\n\nProposed by you:\n1. Who writes the <summary>?"
    )
    assert own == [["1 · Withdraw"], ["Propose a point"], ["Session"]]
    assert before == (
        f"Agenda of {NAME}\n\nNothing is on the agenda yet.\n\nProposed:\n1. Who writes the <summary>? (Anna)"
    )
    assert decide == [["1 · Take", "1 · Drop"], ["Propose a point"], ["Session"]]
    assert carla.toasts[-1] == "It is on the agenda."
    assert carla.screen.text == f"Agenda of {NAME}\n\n1. Who writes the <summary>? (Anna)"
    assert waiting == [["Change", "Agenda (1 proposed)"], ["All sessions"]]
    assert card_of_carla.labels[-2:] == [["Change", "Agenda"], ["All sessions"]]
    card = next(m for m in anna.messages if m.text.startswith(f"{NAME}\n"))
    assert "\n\nAgenda\n1. Who writes the <summary>?\n\n" in card.text


async def test_coordinators_order_the_points_and_every_card_follows(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla = await chat.coordinator("Carla", group)
    await opens_agenda(carla)
    await proposes(carla, "First", "Second", "Third")
    for number in (1, 2, 3):
        await carla.presses(f"{number} · Take")

    before, labels = carla.screen.text, carla.screen.labels[:3]
    await carla.presses("3 · Up")
    await carla.presses("1 · Down")

    assert before == f"Agenda of {NAME}\n\n1. First\n2. Second\n3. Third"
    assert labels == [["1 · Down", "1 · Drop"], ["2 · Up", "2 · Down", "2 · Drop"], ["3 · Up", "3 · Drop"]]
    assert carla.screen.text == f"Agenda of {NAME}\n\n1. Third\n2. First\n3. Second"
    card = next(m for m in carla.messages if m.text.startswith(f"{NAME}\n"))
    assert "\n\nAgenda\n1. Third\n2. First\n3. Second\n\n" in card.text


async def test_of_two_coordinators_the_first_decides(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna = await chat.member("Anna", group)
    carla, otto = await chat.coordinator("Carla", group), await chat.coordinator("Otto", group)
    await opens_agenda(anna)
    await proposes(anna, "Next steps")
    await opens_agenda(carla, "Agenda (1 proposed)")
    await opens_agenda(otto, "Agenda (1 proposed)")

    await carla.presses("1 · Drop")
    await otto.presses("1 · Take")

    assert carla.toasts[-1] == "Dropped."
    assert otto.toasts[-1] == "It was dropped before."
    assert otto.screen.text == f"Agenda of {NAME}\n\nNothing is on the agenda yet."


async def test_what_others_propose_is_not_shown_to_members_and_is_not_theirs_to_drop(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    session = await chat.session(group, AT)
    anna, ben = await chat.member("Anna", group), await chat.member("Ben", group)
    await opens_agenda(anna)
    await proposes(anna, "A delicate point")
    point = 1

    await opens_agenda(ben)
    seen = ben.screen.text
    for button in (DropPoint(point, 0), TakePoint(point, 0), MovePoint(point, 1, 0)):
        await ben.forges(encode(button))
    stranger = await chat.person("Sam")
    await stranger.forges(encode(ProposePoint(session)))
    await anna.presses("1 · Withdraw")

    assert seen == f"Agenda of {NAME}\n\nNothing is on the agenda yet."
    assert ben.toasts[-3:] == ["This is not for you, or it does not exist."] * 3
    assert stranger.toasts == ["This is not for you, or it does not exist."]
    assert anna.toasts[-1] == "Dropped."


async def test_ten_points_of_one_person_may_be_open(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    await chat.session(group, AT + timedelta(days=7), title="Another one")
    anna = await chat.member("Anna", group)
    await opens_agenda(anna)
    await proposes(anna, *(f"Point {n}" for n in range(MOST_OPEN)))

    first_page = anna.screen.labels
    await anna.presses("Next")
    second_page = anna.screen.text
    await anna.presses("Propose a point")

    assert first_page[5:] == [["Next"], ["Propose a point"], ["Session"]]
    assert second_page.endswith("Proposed by you:\n6. Point 5\n7. Point 6\n8. Point 7\n9. Point 8\n10. Point 9")
    assert anna.toasts[-1] == "10 of your points are not decided yet. Withdraw one, or wait."


async def test_too_long_a_point_is_asked_for_again(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna = await chat.member("Anna", group)
    await opens_agenda(anna)
    await anna.presses("Propose a point")

    await anna.sends("x" * 201)

    assert anna.refusal == ("That is too long: 201 characters, 200 at most. Your draft is safe; send a shorter text.")


async def test_after_the_session_its_agenda_stays_as_it_is(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    await opens_agenda(anna)
    await proposes(anna, "Too late")
    await opens_agenda(carla, "Agenda (1 proposed)")

    await chat.time_goes_to(AT + timedelta(hours=1))
    agenda = carla.message_with("1 · Take")
    await carla.presses("1 · Take", on=agenda)
    await anna.presses("Propose a point", on=anna.message_with("Propose a point"))

    closed = "This session is over or cancelled; its agenda stays as it is."
    assert carla.toasts[-1] == closed
    assert anna.toasts[-1] == closed
    assert agenda.labels == [["Session"]]
