"""Tables that organisers and coordinators take away as files."""

import csv
import io
from datetime import timedelta

from sqlalchemy import delete, select, update

from storage import applications
from storage.tables import applications as stored
from storage.tables import audit, outbox, roles
from tests.chat.world import START, Chat, Visitor


def table(chat: Chat, visitor: Visitor) -> list[list[str]]:
    """The newest file in somebody's chat, read as a spreadsheet would."""
    document = visitor.screen.content["document"]
    content = chat.telegram.files.by_id[document["file_id"]].data
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


async def noted(chat: Chat) -> list[tuple[object, ...]]:
    async with chat.bot.database.read() as tx:
        rows = await tx.execute(select(audit.c.actor_id, audit.c.action, audit.c.subject).order_by(audit.c.id))
        return [tuple(row) for row in rows]


async def test_an_organiser_gets_the_members_of_a_group_and_it_is_noted(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    await chat.coordinator("Carla", group)
    anna = await chat.person("=HYPERLINK(0)", "de")
    await chat.member("Olaf", other)
    async with chat.bot.database.write() as tx:
        number = await applications.add(tx, group, anna.id, "", 'Institute "A", Dept; B', START)
        await tx.execute(update(stored).where(stored.c.id == number).values(state="accepted"))
    await chat.takes_seat(anna, group)
    await chat.member("Ben", group)
    olga = await chat.organiser("Olga")

    await olga.sends("/organise")
    await olga.presses("Exports")
    screen = (olga.screen.text, olga.screen.labels)
    query = await olga.presses("Members of PWG 3")

    assert screen == (
        (
            "Exports\nFiles for a spreadsheet (CSV). The members of a group are personal data: it is noted who takes "
            "them."
        ),
        [["Statistics", "Sign-ups"], ["Members of PWG 3", "Members of PWG 4"], ["Cockpit"]],
    )
    assert query.toast == "The file comes in a moment."
    assert olga.screen.text == "The members of PWG 3. Delete the file when you no longer need it."
    assert olga.screen.content["document"]["file_name"] == "members-pwg-3-2022-03-14.csv"
    assert table(chat, olga) == [
        ["Name", "Role", "Affiliation", "Language", "Member since", "Can be reached"],
        ["Carla", "coordinator", "", "en", "", "yes"],
        ["'=HYPERLINK(0)", "member", 'Institute "A", Dept; B', "de", "2022-03-14", "yes"],
        ["Ben", "member", "", "en", "2022-03-14", "yes"],
    ]
    assert (olga.id, "members_exported", f"group:{group}") in await noted(chat)


async def test_a_coordinator_gets_the_own_group_only(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    carla = await chat.coordinator("Carla", group)
    await chat.member("Olaf", other)

    await carla.sends("/manage")
    await carla.presses("Members as a file")
    about = carla.screen.text
    await carla.presses("Send the file")
    own = table(chat, carla)
    carla.looks()
    for data in (f"oxm:{other}", "oxt:statistics", "oxt:sign_ups", "oxl:0", "oxm:999"):
        await carla.forges(data)

    assert about.startswith("The members of PWG 3")
    assert [row[0] for row in own] == ["Name", "Carla"]
    assert carla.new_messages == []
    assert carla.toasts[-5:-1] == ["This is not for you, or it does not exist."] * 4
    assert [row for row in await noted(chat) if "exported" in str(row[1])] == [
        (carla.id, "members_exported", f"group:{group}")
    ]


async def test_the_numbers_of_all_groups(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="-Climate")
    await chat.coordinator("Carla", group)
    await chat.member("Anna", group)
    await chat.webinar(group, {"en": "Past"}, START - timedelta(days=1))
    await chat.webinar(group, {"en": "To come"}, START + timedelta(days=1))
    olga = await chat.organiser("Olga")

    await olga.sends("/organise")
    await olga.presses("Exports")
    await olga.presses("Statistics")

    head, row = table(chat, olga)
    assert dict(zip(head, row, strict=True)) == {
        "Group": "PWG 3",
        "Title": "'-Climate",
        "State": "in trouble",
        "Coordinators": "1",
        "Members": "1",
        "At least": "7",
        "At most": "10",
        "Guests": "0",
        "Waiting": "0",
        "Open requests": "0",
        "Webinars held": "1",
        "Webinars to come": "1",
        "Sessions held": "0",
        "Sessions to come": "0",
        "Results handed in": "0",
        "Results published": "0",
    }


async def test_what_people_have_signed_up_for(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.webinar(group, {"en": "Cities"}, START + timedelta(days=8))
    anna, ben, olga = await chat.person("Anna"), await chat.person("Ben"), await chat.organiser("Olga")
    for visitor in (anna, ben):
        await visitor.sends("/webinars")
        await visitor.presses("1 · Remind me")
        await visitor.presses("This webinar")
    await ben.sends("/stop")

    await olga.sends("/organise")
    await olga.presses("Exports")
    await olga.presses("Sign-ups")

    head, row = table(chat, olga)
    assert head[:6] == ["Group", "Kind", "Title", "Start", "Time zone", "Follow it"]
    assert row == ["PWG 3", "Webinar", "Cities", "2022-03-22 13:00", "Europe/Berlin", "1", "0", "0", "0", "0"]


async def test_two_taps_bring_one_file(chat: Chat) -> None:
    await chat.group("PWG 3")
    olga = await chat.organiser("Olga")
    await olga.sends("/organise")
    await olga.presses("Exports")
    screen = olga.screen
    olga.looks()

    await olga.presses("Statistics", on=screen)
    await olga.presses("Statistics", on=screen)

    assert len(olga.new_messages) == 1


async def test_the_file_itself_is_never_stored(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.member("Annabella Canary", group)
    olga = await chat.organiser("Olga")
    await olga.sends("/organise")
    await olga.presses("Exports")
    await olga.presses("Members of PWG 3")

    async with chat.bot.database.read() as tx:
        row = (await tx.execute(select(outbox).where(outbox.c.kind == "export"))).one()

    assert "Annabella Canary" in str(table(chat, olga))
    assert (row.state, row.payload, row.refs) == ("sent", None, {"what": "members", "group": group})


async def test_whoever_loses_the_right_before_the_file_is_made_gets_none(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    olga = await chat.organiser("Olga")
    await olga.sends("/organise")
    await olga.presses("Exports")
    olga.looks()

    olga.client.press(olga.message_with("Members of PWG 3"), "Members of PWG 3")
    await chat.bot.poller.poll_once(0)
    await chat.bot.lanes.idle()
    async with chat.bot.database.write() as tx:
        await tx.execute(delete(roles).where(roles.c.person_id == olga.id))
    await chat.settles()

    assert olga.toasts == ["The file comes in a moment."]
    assert olga.new_messages == []
    assert group
