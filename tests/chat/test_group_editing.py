"""Organisers create, change and close groups."""

from datetime import date, timedelta

from sqlalchemy import delete, select

from domain.groups import Group
from storage import applications, groups
from storage.tables import audit, roles
from tests.chat.world import START, Chat, Visitor


async def stored(chat: Chat, group_id: int) -> Group:
    async with chat.bot.database.read() as tx:
        found = await groups.get(tx, group_id)
    assert found is not None
    return found


async def noted(chat: Chat) -> list[tuple[object, ...]]:
    async with chat.bot.database.read() as tx:
        rows = await tx.execute(
            select(audit.c.actor_id, audit.c.action, audit.c.subject, audit.c.before, audit.c.after).order_by(
                audit.c.id
            )
        )
        return [tuple(row) for row in rows]


async def opens_group(visitor: Visitor, code: str) -> None:
    await visitor.sends("/organise")
    await visitor.presses("Groups")
    await visitor.presses(code)


async def test_a_group_is_created_question_by_question(chat: Chat) -> None:
    olga = await chat.organiser("Olga")
    await olga.sends("/organise")
    await olga.presses("Groups")
    empty = (olga.screen.text, olga.screen.labels)

    await olga.presses("New group")
    asked = [olga.screen.text]
    for answer in ("PWG 5", "Cities & <b>borders</b>", "How cities govern migration.", "7", "10", "1.3.2022"):
        await olga.sends(answer)
        asked.append(olga.screen.text)
    await olga.presses("No date")
    asked.append(olga.screen.text)
    await olga.presses("Yes")
    preview = (olga.screen.text, olga.screen.labels)
    await olga.presses("Create")

    assert empty == ("There are no working groups yet.", [["New group", "Webinars expected"], ["Cockpit"]])
    assert asked == [
        "1 of 9\n\nWhat is the short code, such as PWG 5? At most 16 characters.",
        "2 of 9\n\nWhat is the title (English)? At most 200 characters.",
        "3 of 9\n\nWhat is the theme (English), in one or two sentences? At most 1000 characters.",
        "4 of 9\n\nHow many members does it need at least? Send a number from 1 to 1000.",
        "5 of 9\n\nHow many members does it take at most? Send a number from 7 to 1000.",
        "6 of 9\n\nOn which day does it open? Send a date like 01.03.2022, or choose no date: it is open.",
        "7 of 9\n\nWhich is its last day? Send a date like 31.05.2023, or choose no date: it stays open.",
        "8 of 9\n\nDo members see each other's names?",
    ]
    shown, labels = preview
    assert labels == [["Create"], ["Back", "Cancel"]]
    assert shown == (
        "9 of 9\n\nCreate this group?\n\nPWG 5\n\n"
        "Title\nEnglish: Cities & <b>borders</b>\nDeutsch: missing\nFrançais: missing\n\n"
        "Theme\nEnglish: How cities govern migration.\nDeutsch: missing\nFrançais: missing\n\n"
        "Opens: Tue, 1 Mar 2022\nCloses: no date, it stays open\nMembers see each other's names.\n\n"
        "Members: 0 of 7-10"
    )
    assert (olga.screen.text, olga.screen.labels) == (
        "PWG 5 Cities & <b>borders</b> is there. What it needs next is somebody who runs it.",
        [["Name a coordinator"], ["Other languages", "Cockpit"]],
    )
    await olga.presses("Name a coordinator")
    assert olga.screen.text == (
        "2 of 3\n\nWho shall be coordinator of PWG 5? Send a part of the name. I find people who have pressed Start "
        f"here: {chat.bot.process.link}"
    )
    created = await stored(chat, 1)
    assert created == Group(
        1,
        "PWG 5",
        {"en": "Cities & <b>borders</b>"},
        {"en": "How cities govern migration."},
        7,
        10,
        opens_on=date(2022, 3, 1),
    )
    assert [row[:4] for row in await noted(chat)] == [(olga.id, "group_added", "group:1", None)]


async def test_a_new_group_that_was_left_goes_on_where_it_was(chat: Chat) -> None:
    olga = await chat.organiser("Olga")
    await olga.sends("/organise")
    await olga.presses("Groups")
    await olga.presses("New group")
    await olga.sends("PWG 5")
    await olga.sends("/cancel")
    left = olga.screen.text
    await chat.restarts()

    await olga.sends("/organise")
    await olga.presses("Groups")
    await olga.presses("New group")

    assert left == "Left. What you have written is kept: begin again and it is there."
    assert olga.screen.text == "2 of 9\n\nWhat is the title (English)? At most 200 characters."


async def test_what_cannot_be_a_group_is_refused_with_the_reason(chat: Chat) -> None:
    await chat.group("PWG 3")
    olga = await chat.organiser("Olga")
    await olga.sends("/organise")
    await olga.presses("Groups")
    await olga.presses("New group")

    refusals = []
    await olga.sends("pwg 3")
    refusals.append(olga.refusal)
    await olga.sends("A code that is far too long")
    refusals.append(olga.refusal)
    for answer in ("PWG 5", "Title", "Theme"):
        await olga.sends(answer)
    for number in ("0", "-1", "1000000000000", "seven", "٧"):
        await olga.sends(number)
        refusals.append(olga.refusal)
    await olga.sends("7")
    await olga.sends("6")
    refusals.append(olga.refusal)
    await olga.sends("10")
    for day in ("sometime", "16:00", "30.02.2022"):
        await olga.sends(day)
        refusals.append(olga.refusal)
    await olga.sends("1.3.2022")
    await olga.sends("28.2.2022")
    refusals.append(olga.refusal)

    numbers = "Send a whole number from 1 to 1000, in digits."
    assert refusals[:2] == [
        "Another group has this code already. Send a different one. Your draft is safe.",
        "That is too long: 27 characters, 16 at most. Your draft is safe; send a shorter text.",
    ]
    assert refusals[2:7] == [numbers] * 5
    assert refusals[7] == "Send a whole number from 7 to 1000, in digits."
    assert refusals[8:11] == ["I could not read that date. Send it like 31.05.2023. Your draft is safe."] * 3
    assert refusals[11] == "The group would close before it opens. Send another date. Your draft is safe."


async def test_a_group_runs_on_and_gets_its_german_title(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    olga = await chat.organiser("Olga")
    await opens_group(olga, "PWG 3")

    await olga.presses("Closes")
    question = olga.screen.text
    await olga.sends("31 May 2023")
    await olga.presses("Save")
    saved = olga.toasts[-1]
    await olga.presses("Title (de)")
    await olga.sends("Klimawandel")
    await olga.presses("Save")

    assert question == (
        "1 of 2\n\nWhich is its last day? Send a date like 31.05.2023, or choose no date: it stays open.\n\n"
        "Closes: no date, it stays open"
    )
    assert saved == "Saved."
    changed = await stored(chat, group)
    assert (changed.closes_on, changed.titles["de"]) == (date(2023, 5, 31), "Klimawandel")
    titles = {"en": "Climate change", "de": "Climate change (de)", "fr": "Climate change (fr)"}
    assert await noted(chat) == [
        (olga.id, "group_changed", f"group:{group}", {"closes_on": None}, {"closes_on": "2023-05-31"}),
        (
            olga.id,
            "group_changed",
            f"group:{group}",
            {"titles": titles},
            {"titles": titles | {"de": "Klimawandel"}},
        ),
    ]


async def asks_and_is_accepted(visitor: Visitor, group: int, by: Visitor) -> None:
    await visitor.starts(f"g_{group}")
    await visitor.presses("Ask to join")
    await visitor.presses("Skip")
    await visitor.presses("Skip")
    await visitor.presses("Hand in")
    await by.presses("Accept")


async def test_a_higher_quota_gives_seats_to_those_who_wait(chat: Chat) -> None:
    group = await chat.group("PWG 3", most=1)
    carla, olga = await chat.coordinator("Carla", group), await chat.organiser("Olga")
    anna, ben = await chat.person("Anna"), await chat.person("Ben")
    for visitor in (anna, ben):
        await asks_and_is_accepted(visitor, group, carla)
    ben.looks()

    await opens_group(olga, "PWG 3")
    await olga.presses("Quota")
    await olga.sends("1")
    await olga.sends("8")
    preview = olga.screen.text
    await olga.presses("Save")

    assert preview.endswith("Members: 1 of 1-8\n\n1 person who waits gets a seat.")
    assert olga.toasts[-1] == "Saved. 1 person who waited has a seat now."
    assert [m.text for m in ben.new_messages] == [
        "A seat is free: you are now a member of PWG 3 Climate change. Welcome!"
    ]


async def test_a_quota_below_the_members_takes_nobodys_seat_and_says_so(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    for name in ("Anna", "Ben", "Cleo"):
        await chat.member(name, group)
    olga = await chat.organiser("Olga")

    await opens_group(olga, "PWG 3")
    await olga.presses("Quota")
    await olga.sends("1")
    await olga.sends("2")
    preview = olga.screen.text
    await olga.presses("Save")

    warning = (
        "3 people are in it, more than 2. Everybody keeps their seat; new members come in when fewer than 2 are there."
    )
    assert preview.endswith(f"Members: 3 of 1-2\n\n{warning}")
    assert warning in olga.screen.text
    async with chat.bot.database.read() as tx:
        assert await groups.count_members(tx, [group]) == {group: 3}


async def test_the_second_of_two_who_change_the_same_is_told(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    olga, omar = await chat.organiser("Olga"), await chat.organiser("Omar")
    for visitor, title in ((olga, "Climate"), (omar, "Weather")):
        await opens_group(visitor, "PWG 3")
        await visitor.presses("Title (en)")
        await visitor.sends(title)

    await olga.presses("Save")
    await omar.presses("Save")

    assert omar.toasts[-1] == "Somebody else has changed this meanwhile. This is how it stands now."
    assert "English: Climate\n" in omar.screen.text
    assert (await stored(chat, group)).titles["en"] == "Climate"


async def test_two_who_change_different_parts_do_not_disturb_each_other(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    olga, omar = await chat.organiser("Olga"), await chat.organiser("Omar")
    for visitor, button, text in ((olga, "Title (en)", "Climate"), (omar, "Title (fr)", "Climat")):
        await opens_group(visitor, "PWG 3")
        await visitor.presses(button)
        await visitor.sends(text)

    await olga.presses("Save")
    await omar.presses("Save")

    assert (await stored(chat, group)).titles == {"en": "Climate", "de": "Climate change (de)", "fr": "Climat"}


async def test_a_code_that_somebody_else_took_first_is_noticed_when_saving(chat: Chat) -> None:
    olga, omar = await chat.organiser("Olga"), await chat.organiser("Omar")
    for visitor in (olga, omar):
        await visitor.sends("/organise")
        await visitor.presses("Groups")
        await visitor.presses("New group")
        for answer in ("PWG 5", "Title", "Theme", "7", "10"):
            await visitor.sends(answer)
        await visitor.presses("No date")
        await visitor.presses("No date")
        await visitor.presses("No")

    await olga.presses("Create")
    await omar.presses("Create")

    assert omar.toasts[-1] == "Another group has the code PWG 5 by now. Go back and choose a different one."
    async with chat.bot.database.read() as tx:
        assert await groups.count(tx) == 1


async def test_a_group_is_closed_after_a_question_with_the_counts(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    anna, ben = await chat.member("Anna", group), await chat.person("Ben")
    await chat.webinar(group, {"en": "Cities as climate havens?"}, START + timedelta(days=8))
    async with chat.bot.database.write() as tx:
        await applications.add(tx, group, ben.id, "", "", START)
    olga = await chat.organiser("Olga")

    await opens_group(olga, "PWG 3")
    await olga.presses("Close now")
    asked = (olga.screen.text, olga.screen.labels)
    await olga.presses("Close it")
    await ben.starts(f"g_{group}")
    await anna.starts(f"g_{group}")

    shown, labels = asked
    assert labels == [["Close it", "Keep it open"]]
    assert shown == (
        "Close PWG 3 Climate change now? Nobody can ask to join it any more.\n\n"
        "1 member stays in it.\n0 people who wait for a seat are told.\n1 person whose request is open is told.\n"
        "1 webinar or session to come takes place all the same."
    )
    assert olga.toasts[-1] == "The group is closed."
    assert olga.screen.text.endswith("This group is closed: nobody can ask to join.")
    assert "You are a member." in anna.screen.text
    assert (await stored(chat, group)).closes_on == date(2022, 3, 13)
    change = ({"closes_on": None}, {"closes_on": "2022-03-13"})
    assert (olga.id, "group_closed", f"group:{group}", *change) in await noted(chat)


async def test_only_organisers_change_groups_whatever_button_somebody_sends(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla = await chat.coordinator("Carla", group)
    before = await stored(chat, group)

    for data in ("ogl:0", f"oge:{group}", "ogn", f"ogp:{group}:quota:en", f"ogc:{group}", f"ogy:{group}", "os:groups"):
        await carla.forges(data)

    assert carla.toasts == ["This is not for you, or it does not exist."] * 7
    assert await stored(chat, group) == before


async def test_somebody_who_is_no_organiser_any_more_cannot_save(chat: Chat) -> None:
    group = await chat.group("PWG 3", title="Climate change")
    olga = await chat.organiser("Olga")
    await opens_group(olga, "PWG 3")
    await olga.presses("Title (en)")
    await olga.sends("Climate")
    async with chat.bot.database.write() as tx:
        await tx.execute(delete(roles).where(roles.c.person_id == olga.id))

    await olga.presses("Save")

    assert olga.toasts[-1] == "This is not for you, or it does not exist."
    assert (await stored(chat, group)).titles["en"] == "Climate change"
