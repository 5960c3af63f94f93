"""Sessions of a working group: the list, the card, the answers, reminders, the join link."""

from datetime import UTC, datetime, timedelta

from tests.chat.world import Chat, Visitor

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

WHEN = "Tue, 22 Mar 2022, 16:00 (Berlin)"
CARD = f"PWG 3: Planned relocation\n{WHEN}, 1 hour"


async def opens(visitor: Visitor, number: int = 1) -> None:
    """The card of a session, out of the list."""
    await visitor.sends("/sessions")
    await visitor.presses(f"{number} · Details")


async def test_a_member_sees_the_list_and_the_card_and_answers(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna = await chat.member("Anna", group)

    await anna.sends("/sessions")
    listed = anna.screen.text
    await anna.presses("1 · Details")
    before, labels = anna.screen.text, anna.screen.labels
    anna.looks()
    await anna.presses("I'll be there")

    assert listed == (
        "Sessions of your groups\n\nAll times: Berlin\n\n"
        "1. PWG 3: Planned relocation\nTue, 22 Mar 2022, 16:00 · not answered"
    )
    assert before == (
        f"{CARD}\n\nComing: 0\nMaybe: 0\nNot coming: 0\nNo answer yet: 1\n\n"
        "The join link opens here 15 minutes before the start: Tue, 22 Mar 2022, 15:45 (Berlin).\n\nWill you be there?"
    )
    assert labels == [["I'll be there", "Maybe", "Can't"], ["All sessions"]]
    assert anna.toasts == ["Noted: you will be there."]
    assert anna.screen.text == (
        f"{CARD}\n\nComing: 1 (Anna)\nMaybe: 0\nNot coming: 0\nNo answer yet: 0\n\n"
        "The join link opens here 15 minutes before the start: Tue, 22 Mar 2022, 15:45 (Berlin).\n\n"
        "Your answer: I will be there"
    )
    assert anna.new_messages == []


async def test_an_answer_edits_every_card_of_the_session(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna, ben = await chat.member("Anna", group), await chat.member("Ben", group)
    await opens(anna)
    await opens(ben)
    for visitor in (anna, ben):
        visitor.looks()

    await anna.presses("Can't")
    await ben.presses("Maybe")

    for visitor in (anna, ben):
        assert "Coming: 0\nMaybe: 1 (Ben)\nNot coming: 1 (Anna)\nNo answer yet: 0\n" in visitor.screen.text
        assert visitor.new_messages == []
