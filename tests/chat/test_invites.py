"""Inviting guests and presenters by link, and following one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.permissions import Role
from storage import groups, people
from storage.roles import revoke as take_back
from storage.tables import audit, invites, roles, talks
from tests.chat.world import Chat, Visitor

NOT_GOOD = "This invitation is not valid, or not any more. Ask whoever sent it to you for a new one."
NOT_FOR_YOU = "This is not for you, or it does not exist."
WEBINAR_AT = datetime(2022, 4, 12, 14, tzinfo=UTC)


async def opens_invites(visitor: Visitor) -> None:
    await visitor.sends("/manage")
    await visitor.presses("Invite people")


async def invites_guests(visitor: Visitor, uses: int = 1) -> str:
    """The start payload of the link."""
    await opens_invites(visitor)
    await visitor.presses("Invite guests")
    await visitor.presses(str(uses))
    return visitor.screen.text.partition("?start=")[2].partition("\n")[0]


async def invites_presenter(visitor: Visitor, label: str) -> str:
    await opens_invites(visitor)
    await visitor.presses("Invite a presenter")
    await visitor.presses(label)
    return visitor.screen.text.partition("?start=")[2].partition("\n")[0]


async def guests(chat: Chat) -> set[int]:
    async with chat.bot.database.read() as tx:
        query = select(roles.c.person_id).where(roles.c.role == "guest")
        return set((await tx.execute(query)).scalars())


async def test_a_guest_follows_a_link_accepts_and_both_hear_of_it(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla, gina = await chat.coordinator("Carla", group), await chat.person("Gina", starts=False)

    payload = await invites_guests(carla, 5)
    made = carla.screen.text
    await gina.starts(payload)
    offer = (gina.screen.text, gina.screen.labels)
    nobody_yet = await guests(chat)
    carla.looks()
    await gina.presses("Accept")
    await opens_invites(carla)

    assert made == (
        f"An invitation for 5 guests of PWG 3 Climate change.\n\n{chat.bot.process.link}?start={payload}\n\n"
        "Copy the link and send it on. It is good until Mon, 28 Mar 2022, 14:00 (Berlin), and it is not shown again."
    )
    assert offer == (
        (
            "Carla invites you as a guest of PWG 3 Climate change.\n\n"
            "Guests come to the sessions of the group and hear of them here. They take no seat."
        ),
        [["Accept", "No, thanks"]],
    )
    assert nobody_yet == set()
    assert gina.screen.text == ("Welcome! You are a guest of PWG 3 Climate change now. /sessions shows when it meets.")
    assert [m.text for m in carla.new_messages if "Gina" in m.text] == ["Gina is a guest of PWG 3 Climate change now."]
    assert await guests(chat) == {gina.id}
    assert carla.screen.text == (
        "PWG 3 Climate change: invitations\n\n"
        "A link makes guests, who come to sessions, or a presenter. It is shown once; whoever has it can use it.\n\n"
        "1. 4 guests, until Mon, 28 Mar 2022, 14:00 (Berlin)"
    )
    assert carla.screen.labels == [["1 · Take back"], ["Invite guests", "Invite a presenter"], ["Back to the group"]]


@pytest.mark.fault("G5")
async def test_G5_guessed_used_expired_and_revoked_links_are_answered_alike(chat: Chat) -> None:
    group, over = await chat.group("PWG 3"), await chat.group("PWG 4")
    carla = await chat.coordinator("Carla", group)
    async with chat.bot.database.write() as tx:
        await people.grant(tx, carla.id, Role.COORDINATOR, over)
    gina, hugo = await chat.person("Gina"), await chat.person("Hugo")

    async def makes(code: str) -> str:
        await carla.sends("/manage")
        await carla.presses(f"{code} Climate change")
        await carla.presses("Invite people")
        await carla.presses("Invite guests")
        await carla.presses("1")
        return carla.screen.text.partition("?start=")[2].partition("\n")[0]

    used, revoked, closed, expired = [await makes(code) for code in ("PWG 3", "PWG 3", "PWG 4", "PWG 3")]
    await gina.starts(used)
    await gina.presses("Accept")
    await carla.sends("/manage")
    await carla.presses("PWG 3 Climate change")
    await carla.presses("Invite people")
    await carla.presses("1 · Take back")
    async with chat.bot.database.write() as tx:
        stored = await groups.get(tx, over)
        assert stored is not None
        await groups.save(tx, replace(stored, closes_on=date(2022, 3, 13)))
    hugo.looks()
    for payload in (used, revoked, closed, f"i_{'A' * 22}", "i_", f"{expired}A", expired[:-1]):
        await hugo.starts(payload)
    good = await hugo.starts(expired)
    await chat.time_passes(days=14)
    await hugo.presses("Accept", on=good)
    await hugo.starts(expired)

    assert carla.toasts == ["Taken back. The link is good for nothing any more."]
    assert [m.text for m in hugo.new_messages if "invites you" not in m.text] == [NOT_GOOD] * 9
    assert await guests(chat) == {gina.id}


async def test_a_link_is_for_so_many_people_also_when_they_press_at_once(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)
    gina, hugo = await chat.person("Gina"), await chat.person("Hugo")
    payload = await invites_guests(carla)
    for visitor in (gina, hugo):
        await visitor.starts(payload)

    gina.client.press(gina.screen, "Accept")
    hugo.client.press(hugo.screen, "Accept")
    await chat.settles()

    assert len(await guests(chat)) == 1
    assert sorted([gina.screen.text == NOT_GOOD, hugo.screen.text == NOT_GOOD]) == [False, True]


async def test_no_thanks_changes_nothing_and_the_link_stays_good(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla, gina = await chat.coordinator("Carla", group), await chat.person("Gina")
    payload = await invites_guests(carla)

    await gina.starts(payload)
    await gina.presses("No, thanks")
    declined = gina.screen.text
    await gina.starts(payload)

    assert declined == "All right, nothing has changed."
    assert gina.screen.labels == [["Accept", "No, thanks"]]
    assert await guests(chat) == set()


async def test_a_member_needs_no_invitation_and_uses_none_up(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    carla, ben = await chat.coordinator("Carla", group), await chat.member("Ben", group)
    payload = await invites_guests(carla)

    await ben.starts(payload)
    said = ben.screen.text
    await ben.forges(f"iy:{payload.removeprefix('i_')}")

    assert said == ben.screen.text == "You belong to PWG 3 Climate change already."
    async with chat.bot.database.read() as tx:
        assert await tx.scalar(select(invites.c.uses_left)) == 1
    assert await guests(chat) == set()


async def test_only_those_who_run_the_group_invite_for_it(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    webinar = await chat.webinar(group, {"en": "Planned relocation"}, WEBINAR_AT)
    carla, ben = await chat.coordinator("Carla", group), await chat.member("Ben", group)
    zoe = await chat.coordinator("Zoe", other)
    await invites_guests(carla)
    forged = [f"il:{group}:0", f"ig:{group}", f"igm:{group}:20", f"ip:{group}:0", f"ipm:{webinar}", "ir:1:0", "ir:9:0"]

    for data in forged:
        await ben.forges(data)
        await zoe.forges(data)
    await carla.forges(f"igm:{group}:1000000")

    assert ben.toasts == zoe.toasts == [NOT_FOR_YOU] * 7
    assert carla.toasts == ["This card is out of date. Here is a fresh one."]
    async with chat.bot.database.read() as tx:
        stored = (await tx.execute(select(invites.c.uses_left, invites.c.revoked_at))).all()
    assert [tuple(row) for row in stored] == [(1, None)]


async def test_a_presenter_follows_a_link_and_finds_the_talk_on_the_home_screen(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    webinar = await chat.webinar(group, {"en": "Planned relocation"}, WEBINAR_AT)
    carla, paula = await chat.coordinator("Carla", group), await chat.person("Paula")

    payload = await invites_presenter(carla, "1 · Planned relocation")
    made = carla.screen.text.partition("\n")[0]
    await paula.starts(payload)
    offer = paula.screen.text
    await paula.presses("Accept")
    accepted = (paula.screen.text, paula.screen.labels)
    await paula.starts(payload)
    again = paula.screen.text
    await paula.starts()
    home = paula.screen.labels[0]
    await paula.presses("Your talk")

    assert made == "An invitation to speak at Planned relocation."
    assert offer == (
        "Carla invites you to speak for PWG 3 Climate change.\n\nPlanned relocation\n"
        "Tue, 12 Apr 2022, 16:00 (Berlin)\n\n"
        "If you accept, I will ask you in time for your title, your slides and a technical check."
    )
    assert accepted == (
        (
            "Your talk\n\nPlanned relocation\nTue, 12 Apr 2022, 16:00 (Berlin)\nOrganised by PWG 3\n\n"
            "You are asked to speak."
        ),
        [["I will speak", "I cannot"], ["Title and abstract", "Slides"], ["Home"]],
    )
    assert again == NOT_GOOD
    assert home == ["Your talk"]
    assert (paula.screen.text, paula.screen.labels) == accepted
    assert carla.screen.text == "Paula has accepted to speak at Planned relocation."
    async with chat.bot.database.read() as tx:
        rows = await tx.execute(select(talks.c.event_id, talks.c.person_id, talks.c.invited_by))
        assert [tuple(row) for row in rows] == [(webinar, paula.id, carla.id)]


async def test_an_invitation_to_speak_ends_with_the_webinar(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.webinar(group, {"en": "Planned relocation"}, chat.clock.now() + timedelta(days=2))
    carla, paula = await chat.coordinator("Carla", group), await chat.person("Paula")
    payload = await invites_presenter(carla, "1 · Planned relocation")

    await chat.time_passes(days=2)
    await paula.starts(payload)

    assert paula.screen.text == NOT_GOOD


async def test_every_invitation_is_in_the_audit_without_its_token(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla, gina = await chat.coordinator("Carla", group), await chat.person("Gina")
    payload = await invites_guests(carla, 5)
    await gina.starts(payload)
    await gina.presses("Accept")
    await opens_invites(carla)
    await carla.presses("1 · Take back")

    columns = [audit.c[name] for name in ("actor_id", "action", "subject", "before", "after")]
    async with chat.bot.database.read() as tx:
        rows = await tx.execute(select(*columns).where(audit.c.action.like("invite%")).order_by(audit.c.id))
        noted = [tuple(row) for row in rows]
    about = {"purpose": "guest", "group_id": group, "event_id": None}
    assert noted == [
        (carla.id, "invite_made", "invite:1", None, {**about, "uses": 5}),
        (gina.id, "invite_accepted", "invite:1", None, about),
        (carla.id, "invite_revoked", "invite:1", {"uses_left": 4}, None),
    ]


async def test_who_no_longer_runs_the_group_does_not_hear_who_accepts(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla, gina = await chat.coordinator("Carla", group), await chat.person("Gina")
    payload = await invites_guests(carla)
    async with chat.bot.database.write() as tx:
        await take_back(tx, carla.id, Role.COORDINATOR, group)
    carla.looks()

    await gina.starts(payload)
    await gina.presses("Accept")

    assert await guests(chat) == {gina.id}
    assert carla.new_messages == []
