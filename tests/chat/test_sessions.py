"""Sessions of a working group: the list, the card, the answers, reminders, the join link."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from domain.permissions import Role
from sandbox.state import Message
from storage import groups, people
from storage.tables import audit
from storage.tables import groups as group_table
from tests.chat.world import Chat, Visitor

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

NAME = "PWG 3: Planned relocation"
WHEN = "Tue, 22 Mar 2022, 16:00 (Berlin)"
CARD = f"{NAME}\n{WHEN}, 1 hour"
OPENS = "The join link opens here 15 minutes before the start: Tue, 22 Mar 2022, 15:45 (Berlin)."
QUESTION = f"Will you be there? {CARD}"
ANSWERS = ["I'll be there", "Maybe", "Can't"]


def turnout(yes: str, maybe: str, no: str, silent: int) -> str:
    return f"Coming: {yes}\nMaybe: {maybe}\nNot coming: {no}\nNo answer yet: {silent}"


async def opens(visitor: Visitor, number: int = 1) -> Message:
    """The card of a session, out of the list."""
    await visitor.sends("/sessions")
    await visitor.presses(f"{number} · Details")
    visitor.looks()
    return visitor.screen


async def lives_in(chat: Chat, visitor: Visitor, zone: str) -> None:
    async with chat.bot.database.write() as tx:
        await people.change(tx, visitor.id, zone=zone)


# --- The list and the card --------------------------------------------------------------------


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
        f"Sessions of your groups\n\nAll times: Berlin\n\n1. {NAME}\nTue, 22 Mar 2022, 16:00 · not answered"
    )
    assert before == f"{CARD}\n\n{turnout('0', '0', '0', 1)}\n\n{OPENS}\n\nWill you be there?"
    assert labels == [ANSWERS, ["Calendar"], ["Agenda", "All sessions"]]
    assert anna.toasts == ["Noted: you will be there."]
    assert anna.screen.text == (
        f"{CARD}\n\n{turnout('1 (Anna)', '0', '0', 0)}\n\n{OPENS}\n\nYour answer: I will be there"
    )
    assert anna.new_messages == []


async def test_an_answer_edits_every_card_of_the_session(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna, ben = await chat.member("Anna", group), await chat.member("Ben", group)
    await opens(anna)
    await opens(ben)

    await anna.presses("Can't")
    await ben.presses("Maybe")

    for visitor in (anna, ben):
        assert turnout("0", "1 (Ben)", "1 (Anna)", 0) in visitor.screen.text
        assert visitor.new_messages == []


async def test_the_list_comes_below_the_card_which_goes_on_editing_itself(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna, ben = await chat.member("Anna", group), await chat.member("Ben", group)
    card = await opens(anna)
    await opens(ben)

    await anna.presses("All sessions")
    await ben.presses("I'll be there")

    assert turnout("1 (Ben)", "0", "0", 1) in card.text
    assert anna.screen.text.startswith("Sessions of your groups")


async def test_a_card_opened_by_a_link_edits_itself(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    session = await chat.session(group, AT)
    anna, ben = await chat.member("Anna", group), await chat.member("Ben", group)

    card = await anna.starts(f"s_{session}")
    await opens(ben)
    await ben.presses("I'll be there")

    assert turnout("1 (Ben)", "0", "0", 1) in card.text


async def test_the_newest_card_counts_and_the_one_before_loses_its_buttons(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna, ben = await chat.member("Anna", group), await chat.member("Ben", group)
    first = await opens(anna)

    second = await opens(anna)
    await opens(ben)
    await ben.presses("I'll be there")

    assert first.labels == []
    assert second.labels[0] == ANSWERS
    assert turnout("1 (Ben)", "0", "0", 1) in second.text


async def test_names_are_shown_only_where_the_group_allows(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna, guest = await chat.member("Anna", group), await chat.person("Guest")
    carla = await chat.coordinator("Carla", group)
    async with chat.bot.database.write() as tx:
        await people.grant(tx, guest.id, Role.GUEST, group)
    await opens(anna)
    await anna.presses("I'll be there")

    to_guest = (await opens(guest)).text
    async with chat.bot.database.write() as tx:
        await tx.execute(update(group_table).values(shows_members=False))
    to_member, to_coordinator = (await opens(anna)).text, (await opens(carla)).text

    assert turnout("1", "0", "0", 2) in to_guest
    assert turnout("1", "0", "0", 2) in to_member
    assert turnout("1 (Anna)", "0", "0", 2) in to_coordinator


async def test_long_lists_turn_pages(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    for day in range(7):
        await chat.session(group, AT + day * DAY, title=f"Session {day}")
    anna = await chat.member("Anna", group)

    await anna.sends("/sessions")
    first = anna.screen.labels
    await anna.presses("Later")
    second = (anna.screen.text, anna.screen.labels)
    await anna.presses("Earlier")

    assert first == [
        ["1 · Details", "2 · Details", "3 · Details"], ["4 · Details", "5 · Details"], ["Later"], ["Past", "Home"],
    ]  # fmt: skip
    assert second[0].endswith("2. PWG 3: Session 6\nMon, 28 Mar 2022, 17:00 · not answered")
    assert second[1] == [["1 · Details", "2 · Details"], ["Earlier"], ["Past", "Home"]]
    assert anna.screen.labels == first


async def test_a_session_under_way_is_listed_and_one_that_is_over_is_not(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna = await chat.member("Anna", group)

    await chat.time_goes_to(AT + 59 * MINUTE)
    during = (await anna.sends("/sessions")).text
    await chat.time_goes_to(AT + HOUR)
    after = (await anna.sends("/sessions")).text

    assert NAME in during
    assert after == (
        "No session of your groups is planned. Sessions are where the members of a group meet; /join shows the groups."
    )


async def test_sessions_are_for_those_of_the_group_only(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    session = await chat.session(group, AT)
    stranger = await chat.member("Stranger", await chat.group("PWG 4"))

    nothing = (await stranger.sends("/sessions")).text
    by_link = (await stranger.starts(f"s_{session}")).text
    for data in (f"vd:{session}", f"va:{session}:yes", f"vj:{session}", f"vc:{session}", "vd:404"):
        await stranger.forges(data)

    assert nothing.startswith("No session of your groups is planned.")
    assert by_link.startswith("This is not for you, or it does not exist.")
    assert stranger.toasts == ["This is not for you, or it does not exist."] * 5


async def test_everybody_sees_their_own_time(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    shown = {}
    for name, zone in (("Olivia", "America/Toronto"), ("Jati", "Asia/Jakarta")):
        visitor = await chat.member(name, group)
        await lives_in(chat, visitor, zone)
        shown[zone] = (await opens(visitor)).text.splitlines()[1]

    assert shown == {
        "America/Toronto": "Tue, 22 Mar 2022, 11:00 (Toronto), 1 hour",
        "Asia/Jakarta": "Tue, 22 Mar 2022, 22:00 (Jakarta), 1 hour",
    }


async def test_who_leaves_the_group_loses_the_card_and_its_buttons(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna, ben = await chat.member("Anna", group), await chat.member("Ben", group)
    card = await opens(anna)
    await opens(ben)
    async with chat.bot.database.write() as tx:
        await groups.free_seat(tx, group, anna.id)

    await anna.presses("I'll be there", on=card)
    refused = anna.toasts[-1]
    await ben.presses("Maybe")

    assert refused == "This is not for you, or it does not exist."
    assert (card.text, card.labels) == ("This session is for its group only.", [])
    assert turnout("0", "1 (Ben)", "0", 0) in ben.screen.text


async def test_an_answer_after_the_end_is_too_late(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna = await chat.member("Anna", group)
    card = await opens(anna)

    await chat.time_goes_to(AT - MINUTE)
    await chat.time_goes_to(AT + HOUR)
    await anna.presses("I'll be there", on=card)

    assert anna.toasts == ["This session is over."]
    assert card.text == f"{CARD}\nThis session is over.\n\n{turnout('0', '0', '0', 1)}"
    assert card.labels == [["All sessions"]]


async def test_every_answer_is_in_the_audit(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    session = await chat.session(group, AT)
    anna = await chat.member("Anna", group)
    await opens(anna)

    await anna.presses("Maybe")
    await anna.presses("Can't")

    async with chat.bot.database.read() as tx:
        noted = await tx.execute(
            select(audit.c.actor_id, audit.c.before, audit.c.after)
            .where(audit.c.subject == f"session:{session}", audit.c.action == "answered")
            .order_by(audit.c.id)
        )
        assert [tuple(row) for row in noted] == [
            (anna.id, {"answer": None}, {"answer": "maybe"}),
            (anna.id, {"answer": "maybe"}, {"answer": "no"}),
        ]


# --- The join link ----------------------------------------------------------------------------


async def test_the_link_appears_15_minutes_before_the_start_on_every_card(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna = await chat.member("Anna", group)
    card = await opens(anna)
    await anna.presses("Can't")

    await chat.time_goes_to(AT - 16 * MINUTE)
    before = (card.labels, "meet.example.org" in str(card.keyboard))
    await chat.time_goes_to(AT - 15 * MINUTE)

    assert before == ([ANSWERS, ["Calendar"], ["Agenda", "All sessions"]], False)
    assert card.labels == [ANSWERS, ["Join link", "Calendar"], ["Agenda", "All sessions"]]
    assert card.keyboard[1][0]["url"] == "https://meet.example.org/session"
    assert "The join link is open." in card.text


async def test_asked_too_early_the_bot_says_when_the_link_opens(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    session = await chat.session(group, AT)
    without = await chat.session(group, AT + DAY, link=None)
    anna = await chat.member("Anna", group)
    await chat.time_goes_to(AT - HOUR)
    reminder = anna.screen

    await anna.presses("Join link", on=reminder)
    await anna.forges(f"vj:{without}")
    await chat.time_goes_to(AT - 15 * MINUTE)
    await anna.presses("Join link", on=reminder)
    link = anna.screen
    await chat.time_goes_to(AT + HOUR)
    await anna.forges(f"vj:{session}")

    assert anna.toasts == [OPENS, "There is no join link yet.", "This session is over."]
    assert (link.text, link.labels) == (NAME, [["Join link"]])
    assert link.keyboard[0][0]["url"] == "https://meet.example.org/session"


# --- Reminders --------------------------------------------------------------------------------


async def test_members_are_reminded_at_their_own_leads_and_the_last_one_leads_in(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna = await chat.member("Anna", group)
    await opens(anna)
    await anna.presses("I'll be there")
    anna.looks()

    for before in (DAY, HOUR, 10 * MINUTE):
        await chat.time_goes_to(AT - before)

    told = anna.new_messages
    assert [m.text for m in told] == [f"Starts in {left}: {NAME}\n{WHEN}" for left in ("1 day", "1 hour", "10 minutes")]
    assert told[-1].labels == [["Join link", "Details"]]
    assert ["url" in m.keyboard[0][0] for m in told] == [False, False, True]


async def test_who_said_no_is_not_reminded_and_who_stopped_hears_nothing(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna, ben, guest = await chat.member("Anna", group), await chat.member("Ben", group), await chat.person("Guest")
    async with chat.bot.database.write() as tx:
        await people.grant(tx, guest.id, Role.GUEST, group)
    await opens(anna)
    await anna.presses("Can't")
    await ben.sends("/stop")
    for visitor in (anna, ben, guest):
        visitor.looks()

    await chat.time_goes_to(AT - HOUR)

    assert anna.new_messages == []
    assert ben.new_messages == []
    assert [m.text for m in guest.new_messages] == [f"Will you be there? {CARD}", f"Starts in 1 hour: {NAME}\n{WHEN}"]


async def test_nothing_comes_after_the_start(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna = await chat.member("Anna", group)

    await chat.time_goes_to(AT)

    assert anna.new_messages == []


# --- Asking -----------------------------------------------------------------------------------


async def test_who_has_not_answered_is_asked_once_two_days_before(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna, ben = await chat.member("Anna", group), await chat.member("Ben", group)
    await opens(ben)
    await ben.presses("I'll be there")
    for visitor in (anna, ben):
        visitor.looks()

    await chat.time_goes_to(AT - 2 * DAY)
    (asked,) = anna.new_messages
    question = (asked.text, asked.labels)
    await anna.presses("Maybe", on=asked)
    await chat.time_passes(hours=3)

    assert question == (QUESTION, [ANSWERS, ["Details"]])
    assert asked.text.endswith("Your answer: maybe")
    assert turnout("1 (Ben)", "1 (Anna)", "0", 0) in ben.screen.text
    assert ben.new_messages == []
    assert anna.new_messages == []


async def test_of_a_session_at_short_notice_people_are_asked_at_once(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna = await chat.member("Anna", group)

    await chat.session(group, chat.clock.now() + DAY + HOUR)
    await chat.settles()

    assert [m.text.splitlines()[0] for m in anna.new_messages] == [f"Will you be there? {NAME}"]


async def test_who_joins_after_the_others_were_asked_is_asked_as_well(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    await chat.session(group, AT + 7 * DAY, title="Not yet")
    carla, ben, anna = (
        await chat.coordinator("Carla", group),
        await chat.member("Ben", group),
        await chat.person("Anna"),
    )
    await chat.time_goes_to(AT - DAY)

    await anna.starts(f"g_{group}")
    for answer in ("Ask to join", "Skip", "Skip", "Hand in"):
        await anna.presses(answer)
    for visitor in (anna, ben):
        visitor.looks()
    await carla.presses("Accept")
    await chat.time_passes(minutes=2)

    assert [m.text.splitlines()[0] for m in anna.new_messages if "Will you" in m.text] == [f"Will you be there? {NAME}"]
    assert ben.new_messages == []


async def test_jumps_of_the_clock_send_nothing_twice(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna = await chat.member("Anna", group)

    await chat.time_goes_to(AT - 2 * DAY)
    for jump in (HOUR, -HOUR, HOUR, DAY, -DAY, DAY):
        chat.clock.wall.move(jump)
        await chat.settles()
    await chat.time_goes_to(AT - 10 * MINUTE)
    await chat.time_goes_to(AT + 2 * DAY)

    assert [m.text.splitlines()[0] for m in anna.new_messages] == [
        f"Will you be there? {NAME}",
        f"Starts in 23 hours: {NAME}",
        f"Starts in 10 minutes: {NAME}",
    ]


async def test_a_restart_loses_nothing_and_repeats_nothing(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    await chat.session(group, AT)
    anna = await chat.member("Anna", group)
    card = await opens(anna)

    await chat.time_goes_to(AT - 2 * DAY)
    await chat.restarts()
    await chat.time_goes_to(AT - DAY)
    await chat.restarts()
    await anna.presses("Can't", on=card)

    assert [m.text.splitlines()[0] for m in anna.new_messages] == [
        f"Will you be there? {NAME}",
        f"Starts in 1 day: {NAME}",
    ]
    assert card.text.endswith("Your answer: I cannot")
