"""Giving roles in the chat, taking them away, handing over a group."""

import pytest
from sqlalchemy import select

from domain.people import Person
from domain.permissions import Role
from storage import people
from storage.tables import audit, roles
from tests.chat.world import OWNER, Chat, Visitor

NOT_FOR_YOU = "This is not for you, or it does not exist."


async def the_owner(chat: Chat, name: str = "Otto") -> Visitor:
    """The owner of the settings, who has pressed Start."""
    owner = Visitor(chat, chat.telegram.as_person(chat.telegram.add_user(name, user_id=OWNER)))
    await owner.starts()
    owner.looks()
    return owner


async def opens_roles(visitor: Visitor) -> None:
    await visitor.sends("/organise")
    await visitor.presses("Roles")


async def gives(visitor: Visitor, role: str, to: Visitor, group: str = "") -> None:
    """From the list to the role given, to the only person found by this name."""
    await opens_roles(visitor)
    await visitor.presses("Give a role")
    if role in {label for row in visitor.screen.labels for label in row}:  # it is asked where there is a choice
        await visitor.presses(role)
    if group:
        await visitor.presses(group)
    await visitor.sends(to.client.user.first_name)
    await visitor.presses(tag(to))
    await visitor.presses("Give the role")


def tag(visitor: Visitor) -> str:
    """As somebody is called among others of the same name."""
    return f"{visitor.client.user.first_name} (…{str(visitor.id)[-4:]})"


CARLA_NOW = (
    "You are coordinator of PWG 3 Climate change now. /manage shows what waits for you: requests, sessions, webinars, "
    "results. You get a card here for everything that needs your answer."
)


async def noted(chat: Chat) -> list[tuple[object, ...]]:
    """What the audit says about roles."""
    columns = [audit.c[name] for name in ("actor_id", "action", "subject", "before", "after")]
    query = select(*columns).where(audit.c.action.like("role%")).order_by(audit.c.id)
    async with chat.bot.database.read() as tx:
        return [tuple(row) for row in await tx.execute(query)]


async def held(chat: Chat) -> set[tuple[int, str, int | None]]:
    """Who holds what, as stored."""
    async with chat.bot.database.read() as tx:
        rows = await tx.execute(select(roles.c.person_id, roles.c.role, roles.c.group_id))
        return {tuple(row) for row in rows}


async def test_an_owner_makes_an_organiser_who_makes_a_coordinator(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    otto, olga, carla = await the_owner(chat), await chat.person("Olga"), await chat.person("Carla")

    await gives(otto, "Organiser", olga)
    given = otto.screen.text
    to_olga = [m.text for m in olga.new_messages]
    await gives(olga, "Coordinator", carla, "PWG 3 Climate change")
    to_carla = [m.text for m in carla.new_messages]
    await carla.sends("/manage")

    assert given == (
        "Olga is organiser now, and is told so.\n\nWho does what\n\n"
        f"1. {tag(otto)}: owner, by the settings\n2. {tag(olga)}: organiser"
    )
    assert to_olga == [
        (
            "You are organiser now. /organise shows all groups and gives roles, /manage opens each group, /broadcast "
            "writes to many."
        )
    ]
    assert olga.screen.text.startswith("Carla is coordinator of PWG 3 now, and is told so.")
    assert to_carla == [CARLA_NOW]
    assert carla.screen.text.startswith("PWG 3 Climate change\n\n")
    assert await noted(chat) == [
        (otto.id, "role_granted", f"person:{olga.id}", None, {"role": "organiser", "group_id": None}),
        (olga.id, "role_granted", f"person:{carla.id}", None, {"role": "coordinator", "group_id": group}),
    ]


async def test_the_questions_lead_back_and_forth_and_say_where_one_is(chat: Chat) -> None:
    await chat.group("PWG 3", title="Climate change")
    otto, carla = await the_owner(chat), await chat.person("Carla")

    await opens_roles(otto)
    await otto.presses("Give a role")
    which = (otto.screen.text, otto.screen.labels)
    await otto.presses("Coordinator")
    of_which = (otto.screen.text, otto.screen.labels)
    await otto.presses("PWG 3 Climate change")
    who = (otto.screen.text, otto.screen.labels)
    await otto.sends("nobody at all")
    nobody = otto.screen.text
    await otto.sends("ARL")
    found = (otto.screen.text, otto.screen.labels)
    await otto.presses(tag(carla))
    sure = (otto.screen.text, otto.screen.labels)
    await otto.presses("Back")
    back = (otto.screen.text, otto.screen.labels)
    await otto.presses("Back")
    await otto.presses("Back")

    bot = chat.bot.process.link
    assert which == (
        (
            "1 of 4\n\nWhich role?\n\nA coordinator runs one group. An organiser runs all of them, broadcasts and "
            "publishes.\n\nAn owner operates the bot and makes organisers."
        ),
        [["Coordinator", "Organiser", "Owner"], ["Cancel"]],
    )
    assert of_which == ("2 of 4\n\nCoordinator of which group?", [["PWG 3 Climate change"], ["Back", "Cancel"]])
    assert who == (
        (
            "3 of 4\n\nWho shall be coordinator of PWG 3? Send a part of the name. I find people who have pressed "
            f"Start here: {bot}"
        ),
        [["Back", "Cancel"]],
    )
    assert nobody == (
        "3 of 4\n\nI have met nobody who is called “nobody at all”. Ask them to open "
        f"{bot} and to press Start; then send the name again."
    )
    assert found == ("3 of 4\n\nWho is it? Choose, or send another name.", [[tag(carla)], ["Back", "Cancel"]])
    assert sure == (
        f"4 of 4\n\nMake {tag(carla)} coordinator of PWG 3? They are told at once what they can do now.",
        [["Give the role"], ["Back", "Cancel"]],
    )
    assert back == found
    assert (otto.screen.text, otto.screen.labels) == of_which


async def test_who_can_give_only_one_role_is_not_asked_which(chat: Chat) -> None:
    await chat.group("PWG 3", title="Climate change")
    olga = await chat.organiser("Olga")

    await opens_roles(olga)
    await olga.presses("Give a role")
    of_which = (olga.screen.text, olga.screen.labels)
    await olga.presses("PWG 3 Climate change")
    who = olga.screen.text
    await olga.presses("Back")

    assert of_which == ("1 of 3\n\nCoordinator of which group?", [["PWG 3 Climate change"], ["Cancel"]])
    assert who.startswith("2 of 3\n\nWho shall be coordinator of PWG 3?")
    assert (olga.screen.text, olga.screen.labels) == of_which


async def test_a_group_that_is_gone_gets_no_coordinator(chat: Chat) -> None:
    olga = await chat.organiser("Olga")
    await opens_roles(olga)

    await olga.forges("qng:999")

    assert olga.toasts == ["This does not exist any more."]


async def test_people_of_the_same_name_are_told_apart_and_listed_page_by_page(chat: Chat) -> None:
    await chat.group("PWG 3", title="Climate change")
    olga = await chat.organiser("Olga")
    eight = [await chat.person("Émile", starts=number != 0) for number in range(8)]
    async with chat.bot.database.write() as tx:
        await people.add(tx, Person(eight[0].id, "Émile", "fr"), chat.clock.now())

    await opens_roles(olga)
    await olga.presses("Give a role")
    await olga.presses("PWG 3 Climate change")
    await olga.sends("émile")
    first = olga.screen.labels
    await olga.presses("Next")
    second = olga.screen.labels
    await olga.presses("Previous")
    await olga.presses(f"{tag(eight[0])}, no Start")
    warned = olga.screen.text
    await olga.presses("Give the role")

    assert first == [[f"{tag(eight[0])}, no Start"], *([tag(one)] for one in eight[1:6]), ["Next"], ["Back", "Cancel"]]
    assert second == [[tag(eight[6])], [tag(eight[7])], ["Previous"], ["Back", "Cancel"]]
    assert warned == (
        f"3 of 3\n\nMake {tag(eight[0])} coordinator of PWG 3? I cannot write to them: tell them yourself, and to "
        "press Start."
    )
    assert olga.screen.text.startswith(
        "Émile is coordinator of PWG 3 now, but does not hear from me: tell them to press Start.\n\n"
    )


async def test_a_role_is_taken_away_after_a_question_and_whoever_held_it_is_told(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    olga, carla, dan = await chat.organiser(), await chat.coordinator("Carla", group), await chat.person("Dan")
    await gives(olga, "Coordinator", dan, "PWG 3 Climate change")
    carla.looks()

    await opens_roles(olga)
    await olga.presses("3 · Take away")
    question = olga.screen.text
    await olga.presses("Take it away")
    await dan.sends("/manage")
    await carla.sends("/manage")

    assert question == (
        f"Take the role away?\n\n{tag(carla)} would not be coordinator of PWG 3 any more, and is told so."
    )
    assert olga.screen.text.startswith("Carla is not coordinator of PWG 3 any more.\n\nWho does what\n\n")
    assert [m.text for m in carla.new_messages] == [
        "You are not coordinator of PWG 3 any more.",
        (
            "This is for coordinators and organisers. You do not run a working group; /join shows all of them, and "
            "where you can ask to take part."
        ),
    ]
    assert dan.screen.text.startswith("PWG 3 Climate change")
    before = {"role": "coordinator", "group_id": group}
    assert (await noted(chat))[-1] == (olga.id, "role_taken", f"person:{carla.id}", before, None)


async def test_a_group_without_a_coordinator_becomes_a_chore_of_the_organisers_until_there_is_one(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    otto, olga = await the_owner(chat), await chat.organiser()
    await chat.coordinator("Carla", group)
    dan = await chat.person("Dan")

    await opens_roles(olga)
    await olga.presses("3 · Take away")
    await olga.presses("Take it away")
    said = olga.message_with("Give a role").text
    chore = olga.screen.text
    await gives(olga, "Coordinator", dan, "PWG 3 Climate change")

    assert said.startswith(
        "Carla is not coordinator of PWG 3 any more. Nobody coordinates PWG 3 now: name somebody.\n\n"
    )
    assert chore == "PWG 3\n\nPWG 3 has no coordinator. Name somebody: /organise, Roles."
    assert [m.text for m in olga.messages if "no coordinator" in m.text] == [f"{chore}\n\nNothing left to do here."]
    assert otto.new_messages == []


async def test_an_organiser_gives_no_higher_role_and_takes_none_away(chat: Chat) -> None:
    await chat.group("PWG 3", title="Climate change")
    otto, olga = await the_owner(chat), await chat.organiser("Olga")
    oscar = await chat.organiser("Oscar")

    await opens_roles(olga)
    listed = olga.screen.labels
    await olga.presses("Give a role")
    offered = olga.screen.labels
    await olga.forges(f"qr:organiser:{olga.client.button(olga.screen, (0, 0))['callback_data'].split(':')[2]}")
    await olga.forges("qt:2")
    await olga.forges("qty:2")
    await olga.forges("qty:999")

    assert listed == [["Give a role"], ["Cockpit"]]
    assert offered == [["PWG 3 Climate change"], ["Cancel"]]
    assert olga.toasts == [NOT_FOR_YOU] * 4
    assert await held(chat) == {(olga.id, "organiser", None), (oscar.id, "organiser", None)}
    assert otto.new_messages == []


async def test_forged_buttons_give_a_stranger_and_a_coordinator_nothing(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    anna, carla = await chat.person("Anna"), await chat.coordinator("Carla", group)
    zoe = await chat.coordinator("Zoe", other)
    before = await held(chat)
    forged = ["ql:0", "qn", f"qng:{group}", "qr:coordinator:1", f"qg:{group}:1", f"qp:{anna.id}:1", "qt:2", "qty:2"]
    handing = [f"qh:{other}:0", f"qha:{other}:{anna.id}", f"qhy:{other}:{anna.id}", f"qhs:{other}:{anna.id}"]
    stepping = [f"qd:{other}", f"qdy:{other}", f"qhs:{group}:{anna.id}"]

    for data in (*forged, *handing, *stepping):
        await anna.forges(data)
        await carla.forges(data)

    assert anna.toasts == carla.toasts == [NOT_FOR_YOU] * 15
    assert await held(chat) == before
    assert zoe.new_messages == []


@pytest.mark.fault("G3")
async def test_G3_old_buttons_are_worth_nothing_after_the_role_is_gone(chat: Chat) -> None:
    await chat.group("PWG 3", title="Climate change")
    otto, olga = await the_owner(chat), await chat.organiser("Olga")
    carla = await chat.person("Carla")
    await opens_roles(olga)
    await olga.presses("Give a role")
    await olga.presses("PWG 3 Climate change")
    await olga.sends("Carla")
    await olga.presses(tag(carla))
    card = olga.screen

    await opens_roles(otto)
    await otto.presses("2 · Take away")
    await otto.presses("Take it away")
    await olga.presses("Give the role", on=card)
    await olga.sends("Carla")

    assert olga.toasts == [NOT_FOR_YOU]
    assert olga.screen.text == NOT_FOR_YOU
    assert await held(chat) == set()
    assert carla.new_messages == []


async def test_two_organisers_give_the_same_role_at_once_and_it_is_given_once(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    olga, oscar, carla = await chat.organiser("Olga"), await chat.organiser("Oscar"), await chat.person("Carla")
    for organiser in (olga, oscar):
        await opens_roles(organiser)
        await organiser.presses("Give a role")
        await organiser.presses("PWG 3 Climate change")
        await organiser.sends("Carla")
        await organiser.presses(tag(carla))

    olga.client.press(olga.screen, "Give the role")
    oscar.client.press(oscar.screen, "Give the role")
    await chat.settles()

    first = {olga.screen.text.partition("\n")[0], oscar.screen.text.partition("\n")[0]}
    assert first == {"Carla is coordinator of PWG 3 now, and is told so.", "Carla is coordinator of PWG 3 already."}
    assert [m.text for m in carla.new_messages] == [CARLA_NOW]
    assert {row for row in await held(chat) if row[1] == "coordinator"} == {(carla.id, "coordinator", group)}


async def test_an_owner_makes_another_owner_who_hears_and_can_do_the_same(chat: Chat) -> None:
    otto, rosa, olga = await the_owner(chat), await chat.person("Rosa"), await chat.person("Olga")

    await gives(otto, "Owner", rosa)
    to_rosa = [m.text for m in rosa.new_messages]
    await gives(rosa, "Organiser", olga)
    await opens_roles(rosa)

    assert to_rosa == [
        (
            "You are an owner of this bot now. /organise shows all groups and gives roles; you hear of everything that "
            "goes wrong."
        )
    ]
    assert rosa.screen.text == (
        f"Who does what\n\n1. {tag(otto)}: owner, by the settings\n2. {tag(rosa)}: owner\n3. {tag(olga)}: organiser"
    )
    assert rosa.screen.labels == [["2 · Take away", "3 · Take away"], ["Give a role"], ["Cockpit"]]


@pytest.mark.fault("G12")
async def test_G12_the_only_owner_who_ever_came_cannot_go(chat: Chat) -> None:
    rosa = await chat.person("Rosa")
    async with chat.bot.database.write() as tx:
        await people.grant(tx, rosa.id, Role.OWNER)

    await opens_roles(rosa)
    await rosa.presses("2 · Take away")
    await rosa.presses("Take it away")
    refused = rosa.screen.text
    otto = await the_owner(chat)
    await opens_roles(rosa)
    await rosa.presses("2 · Take away")
    await rosa.presses("Take it away")
    await rosa.forges("ql:0")

    assert refused.startswith("Rosa is the only owner. Make somebody else an owner first; then this one can go.")
    assert rosa.screen.text == "You are not owner any more."
    assert rosa.toasts[-1] == NOT_FOR_YOU
    assert await held(chat) == set()
    await opens_roles(otto)
    assert otto.screen.text == f"Who does what\n\n1. {tag(otto)}: owner, by the settings"


async def test_many_roles_are_listed_page_by_page(chat: Chat) -> None:
    otto = await the_owner(chat)
    group = await chat.group("PWG 3", title="Climate change")
    nine = [await chat.coordinator(f"Dora {number}", group) for number in range(9)]

    await opens_roles(otto)
    first = (otto.screen.text.count("coordinator of PWG 3"), otto.screen.labels[-3:])
    await otto.presses("Next")
    second = (otto.screen.text, otto.screen.labels)
    await otto.forges("ql:99")
    last = otto.screen.text
    await otto.presses("Previous")

    assert first == (7, [["Next"], ["Give a role"], ["Cockpit"]])
    assert second == (
        f"Who does what\n\n1. {tag(nine[7])}: coordinator of PWG 3\n2. {tag(nine[8])}: coordinator of PWG 3",
        [["1 · Take away", "2 · Take away"], ["Previous"], ["Give a role"], ["Cockpit"]],
    )
    assert last == second[0]
    assert otto.screen.text.startswith(f"Who does what\n\n1. {tag(otto)}: owner, by the settings\n")


# --- Handing over -----------------------------------------------------------------------------


async def opens_hand_over(visitor: Visitor) -> None:
    await visitor.sends("/manage")
    await visitor.presses("Hand over")


async def test_a_coordinator_hands_the_group_over_to_a_member_and_goes(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla, ben = await chat.coordinator("Carla", group), await chat.member("Ben", group)
    await chat.person("Anna")

    await opens_hand_over(carla)
    listed = (carla.screen.text, carla.screen.labels)
    await carla.presses(tag(ben))
    question = (carla.screen.text, carla.screen.labels)
    await carla.presses("Yes, and I stop")

    assert listed == (
        "Hand over PWG 3 Climate change\n\nWho coordinates it from now on?",
        [[tag(ben)], ["Back to the group"]],
    )
    assert question == (
        f"Shall {tag(ben)} coordinate PWG 3 Climate change? They can then do everything you can do here.",
        [["Yes, and I stop"], ["Yes, and I stay"], ["Back"]],
    )
    assert carla.toasts == ["Ben coordinates the group now. Thank you for your work."]
    assert [m.text for m in ben.new_messages] == [CARLA_NOW]
    assert await held(chat) == {(ben.id, "coordinator", group)}
    assert [(row[0], row[1], row[2]) for row in await noted(chat)] == [
        (carla.id, "role_granted", f"person:{ben.id}"),
        (carla.id, "role_taken", f"person:{carla.id}"),
    ]


async def test_a_coordinator_can_share_the_work_and_later_leave_it_to_the_other(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla, ben = await chat.coordinator("Carla", group), await chat.member("Ben", group)

    await opens_hand_over(carla)
    await carla.presses(tag(ben))
    await carla.presses("Yes, and I stay")
    both = await held(chat)
    shared = carla.screen.labels
    await carla.presses("Just stop coordinating")
    question = carla.screen.text
    await carla.presses("Stop coordinating")

    assert both == {(carla.id, "coordinator", group), (ben.id, "coordinator", group)}
    assert shared == [[f"{tag(ben)}, coordinator"], ["Just stop coordinating"], ["Back to the group"]]
    assert question == (
        "Stop coordinating PWG 3 Climate change? The other coordinators go on; you keep your seat, if you have one."
    )
    assert carla.toasts == ["Ben coordinates the group now, too.", "Done. Thank you for your work."]
    assert await held(chat) == {(ben.id, "coordinator", group)}


async def test_the_only_coordinator_does_not_go_without_naming_somebody(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla, dan = await chat.coordinator("Carla", group), await chat.coordinator("Dan", group)
    await opens_hand_over(carla)
    await carla.presses("Just stop coordinating")
    await opens_hand_over(dan)
    await dan.presses("Just stop coordinating")
    anna = await chat.person("Anna")

    dan.client.press(dan.screen, "Stop coordinating")
    carla.client.press(carla.screen, "Stop coordinating")
    await chat.settles()
    await carla.forges(f"qhy:{group}:{anna.id}")
    await carla.forges(f"qhy:{group}:{carla.id}")

    assert sorted([*dan.toasts, *carla.toasts]) == sorted(
        [
            "Done. Thank you for your work.",
            "You are the only coordinator. Choose who takes over; then you can go.",
            NOT_FOR_YOU,
            NOT_FOR_YOU,
        ]
    )
    assert len(await held(chat)) == 1
