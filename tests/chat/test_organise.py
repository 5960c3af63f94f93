"""The organisers' cockpit, as organisers and others meet it."""

from datetime import timedelta

from tests.chat.world import START, Chat


async def test_the_cockpit_shows_every_group_with_its_light_and_its_numbers(chat: Chat) -> None:
    group = await chat.group("PWG 3", most=10, title="Climate change")
    await chat.coordinator("Carla", group)
    for number in range(4):
        await chat.member(f"Member {number}", group)
    await chat.webinar(group, {"en": "Cities as climate havens?"}, START + timedelta(days=8))
    olga = await chat.organiser("Olga")

    await olga.sends("/organise")

    assert olga.screen.text == (
        "All groups\n\n"
        "PWG 3 Climate change: behind\n"
        "Members: 4 of 7-10 · webinars: 1 of 2 · results: 0 · no session planned"
    )


async def test_a_group_opens_with_its_reasons(chat: Chat) -> None:
    await chat.group("PWG 3", title="Climate change")
    olga = await chat.organiser("Olga")

    await olga.sends("/organise")
    await olga.presses("PWG 3")

    assert olga.screen.text == (
        "PWG 3 Climate change\n\n"
        "This group is in trouble.\n"
        "• Nobody coordinates it.\n"
        "• It has fewer members than it needs.\n"
        "• It has fewer webinars than are expected.\n"
        "• No session is planned.\n\n"
        "Members: 0 of 7-10\nWebinars: 0 of 2\nResults: 0\nNo session planned"
    )


async def test_the_cockpit_is_for_organisers_and_others_are_told_so(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)

    await carla.sends("/organise")
    said = carla.screen.text
    await carla.forges("oc:0")

    assert said == "The cockpit is for the organisers. If you coordinate a group, /manage is your place."
    assert carla.toasts == ["This is not for you, or it does not exist."]


async def test_how_many_webinars_are_expected_is_for_the_organisers_to_say(chat: Chat) -> None:
    group = await chat.group("PWG 3", most=10, title="Climate change")
    await chat.coordinator("Carla", group)
    await chat.webinar(group, {"en": "Cities as climate havens?"}, START + timedelta(days=8))
    olga = await chat.organiser("Olga")
    await olga.sends("/organise")
    await olga.presses("Groups")

    await olga.presses("Webinars expected")
    asked = (olga.screen.text, olga.screen.labels)
    await olga.presses("1")
    shown = olga.screen.text
    await olga.forges("ows:1000000000000")

    numbers = ["0", "1", "2", "3", "4", "5", "6"]
    assert asked == (
        "How many webinars are expected of each group? At the moment: 2.",
        [numbers, ["Back", "Cockpit"]],
    )
    assert "webinars: 1 of 1" in shown
    assert olga.toasts == ["This card is out of date. Here is a fresh one."]


async def test_a_page_of_the_cockpit_has_five_groups_and_leads_to_the_others(chat: Chat) -> None:
    for number in range(1, 8):
        await chat.group(f"PWG {number}")
    olga = await chat.organiser("Olga")

    await olga.sends("/organise")
    first = olga.screen.labels[:4]
    await olga.presses("Next")
    second = olga.screen.labels[:2]
    await olga.presses("Previous")

    assert first == [["PWG 1", "PWG 2"], ["PWG 3", "PWG 4"], ["PWG 5"], ["Next"]]
    assert second == [["PWG 6", "PWG 7"], ["Previous"]]
    assert olga.screen.labels[:4] == first


async def test_a_group_in_the_cockpit_leads_to_running_and_editing_it(chat: Chat) -> None:
    await chat.group("PWG 3", title="Climate change")
    olga = await chat.organiser("Olga")
    await olga.sends("/organise")
    await olga.presses("PWG 3")
    ways = olga.screen.labels

    await olga.presses("Edit")
    edited = olga.screen.text
    await olga.presses("Run this group")

    assert ways == [["Name a coordinator"], ["Run this group", "Edit"], ["Cockpit", "Home"]]
    assert edited.startswith("PWG 3\n\nTitle\nEnglish: Climate change\n")
    assert olga.screen.text.startswith("PWG 3 Climate change")


async def test_a_group_that_nobody_coordinates_leads_to_naming_somebody(chat: Chat) -> None:
    await chat.group("PWG 3", title="Climate change")
    olga, carla = await chat.organiser("Olga"), await chat.person("Carla")
    await olga.sends("/organise")
    await olga.presses("PWG 3")

    await olga.presses("Name a coordinator")
    await olga.sends("arl")
    found = (olga.screen.text, olga.screen.labels[-1])
    await olga.presses(f"Carla (…{str(carla.id)[-4:]})")
    await olga.presses("Give the role")
    await olga.sends("/organise")
    await olga.presses("PWG 3")

    assert found == ("2 of 3\n\nWho is it? Choose, or send another name.", ["Back", "Cancel"])
    assert carla.new_messages[0].text.startswith("You are coordinator of PWG 3")
    assert olga.screen.labels == [["Run this group", "Edit"], ["Cockpit", "Home"]]
