"""A session changes: everybody concerned is told once, old to new; two coordinators do not overwrite each other."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from storage.tables import audit, events, roles
from tests.chat.test_invites import invites_presenter
from tests.chat.test_scheduling import plans
from tests.chat.test_sessions import ANSWERS, opens, turnout
from tests.chat.world import Chat, Visitor

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

NAME = "PWG 3: Planned relocation"
WHEN = "Tue, 22 Mar 2022, 16:00"
MOVED = f"Moved: {NAME}\nbefore: {WHEN}\nnow: Thu, 24 Mar 2022, 17:00 (Berlin)\nWill you be there?"


async def changes(visitor: Visitor, *answers: str) -> None:
    """From the card to the last answer: pressed where there is such a button, else typed."""
    await opens(visitor)
    for answer in ("Change", *answers):
        if any(answer in row for row in visitor.screen.labels):
            await visitor.presses(answer)
        else:
            await visitor.sends(answer)


async def starts(chat: Chat) -> list[datetime]:
    async with chat.bot.database.read() as tx:
        return list((await tx.execute(select(events.c.starts_at).order_by(events.c.starts_at))).scalars())


# --- One session ------------------------------------------------------------------------------


async def test_a_move_is_told_once_and_asks_everybody_anew(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla = await chat.coordinator("Carla", group)
    anna, ben, dora = [await chat.member(name, group) for name in ("Anna", "Ben", "Dora")]
    for visitor, answer in ((anna, "I'll be there"), (ben, "Can't")):
        await opens(visitor)
        await visitor.presses(answer)
        visitor.looks()
    card = anna.screen

    await changes(carla, "Day and time", "24.03.2022 17:00")
    preview = (carla.screen.text, carla.screen.labels)
    await carla.presses("Save")
    saved = carla.screen.text
    carla.looks()
    await chat.time_passes(hours=5)

    assert preview[0] == (
        f"4 of 4\n\nSave this?\n\n{NAME}\nbefore: {WHEN}\nnow: Thu, 24 Mar 2022, 17:00 (Berlin)\n\n"
        "3 people will be told."
    )
    assert preview[1] == [["Save"], ["Back", "Cancel"]]
    assert saved == f"Saved: 1 session is changed.\n\n{NAME}\nThu, 24 Mar 2022, 17:00 (Berlin)"
    for visitor in (anna, ben, dora):
        assert [(m.text, m.labels) for m in visitor.new_messages] == [(MOVED, [ANSWERS, ["Details"]])]
    assert carla.new_messages == []
    assert turnout("0", "0", "0", 4) in card.text
    assert card.text.endswith("It was moved. Before that you had said: I will be there. Will you be there?")


async def test_after_a_move_the_new_time_counts_and_nobody_is_asked_twice(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla, anna, ben = (
        await chat.coordinator("Carla", group),
        await chat.member("Anna", group),
        await chat.member("Ben", group),
    )
    await chat.time_goes_to(AT - 2 * DAY)
    for visitor in (anna, ben):
        visitor.looks()

    await changes(carla, "Day and time", "24.03.2022 17:00", "Save")
    await anna.presses("Maybe")
    await ben.presses("Can't")
    for visitor in (anna, ben):
        visitor.looks()
    for moment in (AT - 10 * MINUTE, AT + DAY + HOUR, AT + 2 * DAY, AT + 2 * DAY + 50 * MINUTE):
        await chat.time_goes_to(moment)

    assert [m.text for m in anna.new_messages] == [
        f"Starts in 1 day: {NAME}\nThu, 24 Mar 2022, 17:00 (Berlin)",
        f"Starts in 1 hour: {NAME}\nThu, 24 Mar 2022, 17:00 (Berlin)",
        f"Starts in 10 minutes: {NAME}\nThu, 24 Mar 2022, 17:00 (Berlin)",
    ]
    assert ben.new_messages == []


async def test_a_cancelled_session_is_told_to_those_who_might_have_come(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    session = await chat.session(group, AT)
    carla, anna, ben = (
        await chat.coordinator("Carla", group),
        await chat.member("Anna", group),
        await chat.member("Ben", group),
    )
    card = await opens(anna)
    await opens(ben)
    await ben.presses("Can't")

    await changes(carla, "Cancel the session")
    preview = carla.screen.text
    await carla.presses("Save")
    saved = carla.message_with("Show the session").text
    await chat.time_goes_to(AT - 10 * MINUTE)

    assert preview == (
        f"2 of 2\n\nSave this?\n\nCancelled: {NAME}\nIt was to be on {WHEN} (Berlin).\n\n1 person will be told."
    )
    assert saved == f"Saved: 1 session is cancelled.\n\n{NAME}\n{WHEN} (Berlin)"
    assert [m.text for m in anna.new_messages] == [f"Cancelled: {NAME}\nIt was to be on {WHEN} (Berlin)."]
    assert ben.new_messages == []
    assert (card.text, card.labels) == (f"{NAME}\nCancelled\n{WHEN} (Berlin), 1 hour", [["All sessions"]])
    await anna.forges(f"va:{session}:yes")
    assert anna.toasts == ["This session was cancelled."]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (("Length", "90"), f"Changed: {NAME}\n{WHEN} (Berlin)\nLength: 1 hour and 30 minutes, before 1 hour"),
        (
            ("Title", "Relocation"),
            f"Changed: PWG 3: Relocation\n{WHEN} (Berlin)\nTitle: Relocation, before Planned relocation",
        ),
        (
            ("Title", "Skip"),
            f"Changed: PWG 3: Virtual session\n{WHEN} (Berlin)\nTitle: Virtual session, before Planned relocation",
        ),
        (
            ("Join link", "https://meet.example.org/new"),
            f"Changed: {NAME}\n{WHEN} (Berlin)\nThere is a new join link; the old one no longer counts.",
        ),
    ],
)
async def test_other_changes_keep_the_answers(chat: Chat, answers: tuple[str, ...], told: str) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    card = await opens(anna)
    await anna.presses("I'll be there")

    await changes(carla, *answers, "Save")

    (news,) = anna.new_messages
    assert (news.text, news.labels) == (told, [["Join link", "Details"]])
    assert "meet.example.org" not in str(news.keyboard)
    assert card.text.endswith("Your answer: I will be there")


async def test_a_first_link_disturbs_nobody_and_is_there_when_it_is_time(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT, link=None)
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    card = await opens(anna)

    await changes(carla, "Join link", "https://meet.example.org/first")
    preview = carla.screen.text
    await carla.presses("Save")
    told = anna.new_messages
    await chat.time_goes_to(AT - 15 * MINUTE)

    assert preview.endswith("The join link is set.\n\nNobody else has to be told.")
    assert told == []
    assert card.keyboard[1][0]["url"] == "https://meet.example.org/first"


async def test_nothing_new_cannot_be_saved(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla = await chat.coordinator("Carla", group)

    await changes(carla, "Day and time", "22.03.2022 16:00")

    assert (carla.screen.text, carla.screen.labels) == ("4 of 4\n\nThis changes nothing.", [["Back", "Cancel"]])


async def test_what_is_over_or_cancelled_cannot_be_changed(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    session = await chat.session(group, AT)
    carla = await chat.coordinator("Carla", group)

    await chat.time_goes_to(AT + HOUR)
    await carla.forges(f"vc:{session}")

    assert carla.toasts == ["This session is over or cancelled: nothing can be changed any more."]


# --- A series ---------------------------------------------------------------------------------


async def a_series(chat: Chat) -> tuple[Visitor, Visitor]:
    """Carla has planned three Tuesdays at 16:00, over the change of clocks; Anna is a member."""
    group = await chat.group("PWG 3")
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    answers = ("Planned relocation", "22.03.2022 16:00", "1 hour", "Every week", "3", "Skip", "Save 3 sessions")
    await plans(carla, *answers)
    anna.looks()
    return carla, anna


async def test_one_date_of_a_series_moves_alone(chat: Chat) -> None:
    carla, anna = await a_series(chat)

    await changes(carla, "Day and time", "24.03.2022 17:00", "Only this one", "Save")

    assert await starts(chat) == [
        datetime(2022, 3, 24, 16, tzinfo=UTC),
        datetime(2022, 3, 29, 14, tzinfo=UTC),
        datetime(2022, 4, 5, 14, tzinfo=UTC),
    ]
    assert [m.text for m in anna.new_messages] == [MOVED]


async def test_this_and_all_following_move_and_everybody_hears_of_it_in_one_message(chat: Chat) -> None:
    carla, anna = await a_series(chat)
    await carla.sends("/sessions")
    await carla.presses("2 · Details")

    for answer in ("Change", "Day and time"):
        await carla.presses(answer)
    await carla.sends("30.03.2022 17:00")
    scopes = carla.screen.labels
    await carla.presses("This and all following (2)")
    await carla.presses("Save")

    assert scopes[:2] == [["Only this one"], ["This and all following (2)"]]
    assert await starts(chat) == [
        AT,
        datetime(2022, 3, 30, 15, tzinfo=UTC),
        datetime(2022, 4, 6, 15, tzinfo=UTC),
    ]
    (news,) = anna.new_messages
    assert news.text == (
        f"Moved: {NAME}, 2 sessions\n\n"
        "before: Tue, 29 Mar 2022, 16:00\nnow: Wed, 30 Mar 2022, 17:00 (Berlin)\n\n"
        "before: Tue, 5 Apr 2022, 16:00\nnow: Wed, 6 Apr 2022, 17:00 (Berlin)\n\n"
        "Will you be there? Please answer for each of them."
    )
    assert news.labels == [["All sessions"]]


async def test_what_the_clocks_skip_stays_where_it_is(chat: Chat) -> None:
    carla, _ = await a_series(chat)

    await changes(carla, "Day and time", "20.03.2022 02:30", "This and all following (3)")
    preview = carla.screen.text.split("\n\n")[3]
    await carla.presses("Save")

    assert preview == (
        f"{NAME}\nTue, 29 Mar 2022, 16:00 (Berlin)\n"
        "stays: the new local time does not exist on that day, as clocks go forward."
    )
    assert await starts(chat) == [
        datetime(2022, 3, 20, 1, 30, tzinfo=UTC),
        datetime(2022, 3, 29, 14, tzinfo=UTC),
        datetime(2022, 4, 3, 0, 30, tzinfo=UTC),
    ]


async def test_the_rest_of_a_series_is_cancelled_in_one_message(chat: Chat) -> None:
    carla, anna = await a_series(chat)

    await changes(carla, "Cancel the session", "This and all following (3)", "Save")
    saved = carla.message_with("Show the session").text
    await anna.sends("/sessions")

    assert saved == f"Saved: 3 sessions are cancelled.\n\n{NAME}\n{WHEN} (Berlin)"
    assert anna.new_messages[0].text == (
        f"Cancelled: {NAME}, 3 sessions\n"
        "Tue, 22 Mar 2022, 16:00 (Berlin)\nTue, 29 Mar 2022, 16:00 (Berlin)\nTue, 5 Apr 2022, 16:00 (Berlin)"
    )
    assert anna.screen.text.startswith("No session of your groups is planned.")


async def test_whoever_speaks_at_one_of_a_series_hears_of_that_one(chat: Chat) -> None:
    carla, _ = await a_series(chat)
    paula, nobody = await chat.person("Paula"), await chat.person("Nora")
    await paula.starts(await invites_presenter(carla, "2 · Planned relocation"))
    await paula.presses("Accept")
    for visitor in (paula, nobody):
        visitor.looks()

    await changes(carla, "Cancel the session", "This and all following (3)")
    preview = carla.screen.text
    await carla.presses("Save")

    assert preview.endswith("2 people will be told.")
    assert [m.text for m in paula.new_messages] == [
        f"Cancelled: {NAME}\nIt was to be on Tue, 29 Mar 2022, 16:00 (Berlin)."
    ]
    assert nobody.new_messages == []


# --- Two coordinators -------------------------------------------------------------------------


async def test_I3_the_second_of_two_coordinators_is_shown_what_the_first_changed(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla, dieter = await chat.coordinator("Carla", group), await chat.coordinator("Dieter", group)
    anna = await chat.member("Anna", group)
    await changes(dieter, "Length", "90")

    await changes(carla, "Day and time", "24.03.2022 17:00", "Save")
    await dieter.presses("Save")
    refused = dieter.message_with("Save").text
    told = [m.text for m in anna.new_messages]
    await dieter.presses("Save")

    assert refused == (
        "Carla changed this session meanwhile, so yours is not saved yet:\n"
        f"before: {WHEN}\nnow: Thu, 24 Mar 2022, 17:00 (Berlin)\n\n"
        f"3 of 3\n\nSave this?\n\n{NAME}\nThu, 24 Mar 2022, 17:00 (Berlin)\n"
        "Length: 1 hour and 30 minutes, before 1 hour\n\n2 people will be told."
    )
    assert told == [MOVED]
    assert dieter.message_with("Show the session").text.startswith("Saved: 1 session is changed.")
    assert [m.text.splitlines()[0] for m in anna.new_messages] == [f"Changed: {NAME}"]


async def test_I3_the_second_of_two_coordinators_is_shown_it_on_postgresql(chat_on_postgresql: Chat) -> None:
    await test_I3_the_second_of_two_coordinators_is_shown_what_the_first_changed(chat_on_postgresql)


async def test_the_second_of_two_who_change_a_series_is_told_as_well(chat: Chat) -> None:
    carla, _ = await a_series(chat)
    async with chat.bot.database.read() as tx:
        group = int(await tx.scalar(select(events.c.group_id).limit(1)) or 0)
    dieter = await chat.coordinator("Dieter", group)
    await changes(dieter, "Length", "90", "This and all following (3)")

    await carla.sends("/sessions")
    await carla.presses("3 · Details")
    for answer in ("Change", "Cancel the session", "Save"):
        await carla.presses(answer)
    await dieter.presses("Save")
    refused = dieter.message_with("Save").text.split("\n\n")[0]
    await dieter.presses("Save")

    assert refused == (
        "Carla changed this session meanwhile, so yours is not saved yet:\nOther dates of the series, or its join link."
    )
    assert dieter.message_with("Show the session").text.startswith("Saved: 2 sessions are changed.")


async def test_of_two_one_of_whom_cancels_the_other_has_nothing_left_to_save(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla, dieter = await chat.coordinator("Carla", group), await chat.coordinator("Dieter", group)
    await changes(dieter, "Length", "90")

    await changes(carla, "Cancel the session", "Save")
    preview = dieter.message_with("Save")
    await dieter.presses("Save")

    assert preview.text == (
        f"Carla changed this session meanwhile, so yours is not saved yet:\nCancelled\nIt was to be on {WHEN} (Berlin)."
    )
    assert preview.labels == []


async def test_who_loses_the_right_while_the_dialog_is_open_changes_nothing(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla = await chat.coordinator("Carla", group)
    await changes(carla, "Day and time", "24.03.2022 17:00")
    async with chat.bot.database.write() as tx:
        await tx.execute(delete(roles).where(roles.c.person_id == carla.id))

    await carla.presses("Save")

    assert carla.toasts[-1] == "This is not for you, or it does not exist."
    assert await starts(chat) == [AT]


async def test_a_restart_in_the_middle_of_a_change(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    carla, anna = await chat.coordinator("Carla", group), await chat.member("Anna", group)
    await changes(carla, "Day and time", "24.03.2022 17:00")

    await chat.restarts()
    await carla.presses("Save")
    await chat.restarts()

    assert [m.text for m in anna.new_messages] == [MOVED]


async def test_changes_are_in_the_audit_with_before_and_after(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    session = await chat.session(group, AT)
    carla = await chat.coordinator("Carla", group)

    await changes(carla, "Day and time", "24.03.2022 17:00", "Save")
    await changes(carla, "Cancel the session", "Save")

    async with chat.bot.database.read() as tx:
        query = select(audit.c.actor_id, audit.c.action, audit.c.before, audit.c.after)
        query = query.where(audit.c.subject == f"session:{session}", audit.c.actor_id == carla.id)
        noted = (await tx.execute(query.order_by(audit.c.id))).all()
    assert [(row.action, row.before["starts_at"], row.after["starts_at"], row.after["state"]) for row in noted] == [
        ("session_changed", "2022-03-22T15:00:00+00:00", "2022-03-24T16:00:00+00:00", "announced"),
        ("session_cancelled", "2022-03-24T16:00:00+00:00", "2022-03-24T16:00:00+00:00", "cancelled"),
    ]
