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
        "Members: 0 of 7-10\nwebinars: 0 of 2\nresults: 0\nno session planned"
    )


async def test_the_cockpit_is_for_organisers_and_others_are_told_so(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)

    await carla.sends("/organise")
    said = carla.screen.text
    await carla.forges("oc:0")

    assert said == "The cockpit is for the organisers. If you coordinate a group, /manage is your place."
    assert carla.toasts == ["This is not for you, or it does not exist."]
