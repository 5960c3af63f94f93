"""Working groups: the list, the card, and leaving."""

from datetime import UTC, datetime

from sandbox.state import Message
from tests.chat.world import Chat, Visitor

CITIES = {"en": "Cities as climate havens?", "de": "Städte als Klimazuflucht?", "fr": "Les villes, refuges ?"}
IN_APRIL = datetime(2022, 4, 5, 14, tzinfo=UTC)


async def test_the_list_names_theme_quota_and_next_webinar_in_the_zone_of_the_person(chat: Chat) -> None:
    climate = await chat.group("PWG 3", title="Climate change")
    await chat.group("PWG 4", title="Fair migration")
    await chat.webinar(climate, CITIES, IN_APRIL)
    for name in ("Ben", "Cleo"):
        await chat.member(name, climate)
    anna = await chat.person("Anna")

    await anna.sends("/join")

    assert anna.screen.text == (
        "Working groups\nChoose one to read more, or to ask to join.\n\n"
        "PWG 3 Climate change\nA theme.\nMembers: 2 of 7-10\nNext webinar: Tue, 5 Apr 2022, 16:00 (Berlin)\n\n"
        "PWG 4 Fair migration\nA theme.\nMembers: 0 of 7-10"
    )
    assert anna.screen.labels == [["PWG 3", "PWG 4"], ["Home"]]


async def test_more_than_six_groups_are_turned_page_by_page(chat: Chat) -> None:
    for number in range(1, 8):
        await chat.group(f"PWG {number}")
    anna = await chat.person("Anna")

    await anna.sends("/join")
    first = anna.screen.labels
    await anna.presses("Next")
    second = anna.screen.labels
    await anna.presses("Previous")

    assert first == [["PWG 1", "PWG 2"], ["PWG 3", "PWG 4"], ["PWG 5", "PWG 6"], ["Next"], ["Home"]]
    assert second == [["PWG 7"], ["Previous"], ["Home"]]
    assert anna.screen.labels == first


async def test_a_link_from_the_website_opens_the_card_of_a_group(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    await chat.webinar(group, CITIES, IN_APRIL)
    anna = await chat.person("Anna", starts=False)

    await anna.starts(f"g_{group}")

    assert anna.screen.text == (
        "PWG 3 Climate change\n\nA theme.\n\nMembers: 0 of 7-10\n\n"
        "Next webinar: Cities as climate havens?\nTue, 5 Apr 2022, 16:00 (Berlin)"
    )
    assert anna.screen.labels == [["Ask to join"], ["Next webinar"], ["All groups", "Home"]]


async def test_a_link_to_a_group_that_does_not_exist_leads_home_and_says_so(chat: Chat) -> None:
    await chat.group("PWG 3")
    anna = await chat.person("Anna", starts=False)

    await anna.starts("g_999")

    assert anna.screen.text.startswith("This does not exist any more.\n\nHello Anna.")
    assert ["Webinars", "Working groups"] in anna.screen.labels


async def test_the_home_card_leads_to_the_groups_and_back(chat: Chat) -> None:
    await chat.group("PWG 3")
    anna = await chat.person("Anna")

    await anna.presses("Working groups")
    await anna.presses("PWG 3")
    await anna.presses("All groups")

    assert anna.screen.text.startswith("Working groups\n")
    assert len(anna.messages) == 1


async def test_leaving_asks_first_and_says_what_follows(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    ben = await chat.member("Ben", group)

    await ben.starts(f"g_{group}")
    before = ben.screen.text
    await ben.presses("Leave")
    question = ben.screen.text
    await ben.presses("Stay")
    stayed = ben.screen.text
    await ben.presses("Leave")
    await ben.presses("Leave for good")

    assert question == (
        "Leave PWG 3 Climate change?\n\nYour seat becomes free. To come back, you would have to ask again."
    )
    assert before == stayed == "PWG 3 Climate change\n\nA theme.\n\nMembers: 1 of 7-10\n\nYou are a member."
    assert ben.toasts == ["You have left the group."]
    assert ben.screen.text == "PWG 3 Climate change\n\nA theme.\n\nMembers: 0 of 7-10"


async def test_leaving_twice_from_an_old_card_frees_one_seat(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    await chat.member("Cleo", group)
    ben = await chat.member("Ben", group)
    first, second = await _leaving_card(ben, group), await _leaving_card(ben, group)

    await ben.presses("Leave for good", on=first)
    await ben.presses("Leave for good", on=second)

    assert ben.toasts == ["You have left the group.", "You are not a member of this group."]
    assert ben.screen.text == "PWG 3 Climate change\n\nA theme.\n\nMembers: 1 of 7-10"


async def _leaving_card(visitor: Visitor, group: int) -> Message:
    await visitor.starts(f"g_{group}")
    await visitor.presses("Leave")
    return visitor.screen


async def test_a_coordinator_is_not_offered_to_join_their_own_group(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla = await chat.coordinator("Carla", group)

    await carla.starts(f"g_{group}")

    assert carla.screen.text.endswith("\n\nYou coordinate this group.")
    assert carla.screen.labels == [["All groups", "Home"]]
