"""The runway of a presenter: asked in time, answered in the chat; what stays silent goes to the coordinators."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.events import EventKind, EventState
from domain.permissions import Role
from services import webinars
from storage import chores, events
from storage import talks as stored
from storage.roles import revoke as take_back
from storage.tables import occasions
from tests.chat.test_invites import invites_presenter
from tests.chat.test_sessions import opens, turnout
from tests.chat.world import Chat, Visitor

NOT_FOR_YOU = "This is not for you, or it does not exist."
TITLE = "Planned relocation"
AT = datetime(2022, 4, 12, 14, tzinfo=UTC)
WHERE = f"{TITLE}\nTue, 12 Apr 2022, 16:00 (Berlin)\nOrganised by PWG 3"

CONFIRM = "• Will you speak?"
DETAILS = "• What will you speak about? Title, abstract, a few words about you, and whether it is recorded."
SLIDES = "• Please send your slides."
CHECK = "• Please try camera, microphone and sharing your screen. Does everything work?"


def asking(*questions: str, known: str = "You are asked to speak.", where: str = WHERE) -> str:
    """The card with these questions."""
    return "\n\n".join(["Your talk", where, known, "\n".join(["Please answer", *questions])])


class Stage:
    """A webinar of PWG 3 with its coordinator, and somebody invited to speak."""

    def __init__(self, chat: Chat, group: int, webinar: int, carla: Visitor) -> None:
        self.chat = chat
        self.group = group
        self.webinar = webinar
        self.carla = carla

    async def invites(self, name: str = "Paula") -> Visitor:
        paula = await self.chat.person(name)
        await paula.starts(await invites_presenter(self.carla, f"1 · {TITLE}"))
        await paula.presses("Accept")
        self.carla.looks()
        return paula

    async def days_before(self, days: float, start: datetime = AT) -> None:
        await self.chat.time_goes_to(start - timedelta(days=days))

    async def changes(self, **values: object) -> None:
        """As a coordinator moves or cancels it."""
        async with self.chat.bot.database.write() as tx:
            old = await events.get(tx, self.webinar)
            assert old is not None
            await webinars.change(tx, old, replace(old, **values), self.chat.clock.now(), self.carla.id)  # type: ignore[arg-type]
        await self.chat.settles()

    async def open_chores(self) -> list[str]:
        async with self.chat.bot.database.read() as tx:
            return [chore.kind.value for chore in await chores.list_open(tx, self.group)]


async def stage(chat: Chat, **values: object) -> Stage:
    group = await chat.group("PWG 3", title="Climate change")
    webinar = await chat.webinar(group, {"en": TITLE}, AT, **values)
    return Stage(chat, group, webinar, await chat.coordinator("Carla", group))


async def tells(paula: Visitor) -> None:
    """Everything about the talk."""
    for answer in ("Moving together", "How a whole\nvillage moves.", "Paula studies villages."):
        await paula.sends(answer)
    await paula.presses("Yes, it may")


def texts(visitor: Visitor) -> list[str]:
    """What is new, as it reads now: cards edit themselves later."""
    return [str(m.text) for m in visitor.new_messages]


async def test_the_whole_runway_from_the_invitation_to_the_thanks(chat: Chat) -> None:
    on = await stage(chat, backstage_link="https://meet.example.org/backstage")
    paula = await on.invites()
    paula.looks()

    await on.days_before(14.01)
    too_early = texts(paula)
    await on.days_before(14)
    first = texts(paula)
    await paula.presses("I will speak")
    confirmed = paula.screen.text
    await on.days_before(7)
    second = texts(paula)
    await paula.presses("Tell about the talk")
    await tells(paula)
    told = paula.screen.text
    paula.looks()
    await on.days_before(3)
    third = texts(paula)
    await paula.presses("Send the slides")
    asked = paula.screen.text
    await paula.sends_file("relocation.pdf")
    paula.looks()
    await on.days_before(1)
    fourth = texts(paula)
    await paula.presses("It works")
    all_done = (paula.screen.text, paula.screen.labels)
    await on.days_before(30 / 1440)
    backstage = (texts(paula), paula.screen.labels)
    await on.days_before(-1)
    thanks = texts(paula)
    await on.days_before(-30)

    known = [
        "You speak.",
        "Title: Moving together",
        "Abstract: How a whole\nvillage moves.",
        "About you: Paula studies villages.",
        "It may be recorded.",
        "Slides: relocation.pdf",
        "The technical check went well.",
    ]
    assert too_early == []
    assert first == [asking(CONFIRM)]
    assert confirmed == f"Your talk\n\n{WHERE}\n\nYou speak."
    assert second == [asking(DETAILS, known=known[0])]
    assert told == f"Your talk\n\n{WHERE}\n\n" + "\n".join(known[:5])
    assert third == [asking(SLIDES, known="\n".join(known[:5]))]
    assert asked == "1 of 1\n\nSend the slides here as a file (PDF or presentation), at most 20 MB."
    assert fourth == [asking(CHECK, known="\n".join(known[:6]))]
    assert all_done == (
        f"Your talk\n\n{WHERE}\n\n" + "\n".join(known),
        [["Title and abstract", "Slides"], ["I cannot speak after all"], ["Home"]],
    )
    assert backstage == (
        [f"{TITLE} begins in 30 minutes. The others who speak and the host are meeting now."],
        [["Go backstage"], ["Your talk"]],
    )
    assert thanks == [f"Thank you for speaking at {TITLE}."]
    assert texts(paula) == []
    assert await on.open_chores() == []
    assert texts(on.carla) == []


async def test_whoever_leaves_out_the_words_about_themselves_is_not_asked_again(chat: Chat) -> None:
    on = await stage(chat)
    paula = await on.invites()
    await on.days_before(7)

    await paula.presses("Tell about the talk")
    await paula.sends("A title")
    await paula.sends("About moving.")
    await paula.presses("Skip")
    await paula.presses("Yes, it may")
    await on.days_before(5)

    assert "What will you speak about?" not in paula.screen.text
    assert await on.open_chores() == ["talk_unconfirmed"]


async def test_the_questions_about_the_talk_can_be_skipped_and_come_back(chat: Chat) -> None:
    on = await stage(chat)
    paula = await on.invites()
    await on.days_before(7)

    await paula.presses("Tell about the talk")
    title = (paula.screen.text, paula.screen.labels)
    await paula.presses("Skip")
    await paula.sends("x" * 1501)
    too_long = paula.refusal
    await paula.sends("About moving.")
    await paula.presses("Back")
    abstract = paula.screen.text
    await paula.presses("Skip")
    await paula.presses("Cancel")
    await chat.restarts()
    await paula.starts()
    await paula.presses("Your talk")
    half = paula.screen.text
    await paula.presses("Tell about the talk")
    await paula.sends("A title")
    await paula.presses("Skip")
    await paula.sends("A few words.")
    recording = (paula.screen.text, paula.screen.labels)
    await paula.sends("yes please")
    still = paula.screen.text
    await paula.presses("No")

    assert title == (
        "1 of 4\n\nWhat is the title of your talk? At most 200 characters.",
        [["Skip"], ["Cancel"]],
    )
    assert too_long == "That is too long: 1501 characters, 1500 at most. Your draft is safe; send a shorter text."
    assert abstract == (
        "2 of 4\n\nWhat is it about? A few sentences for the announcement, at most 1500 characters.\n\n"
        "So far:\nAbout moving."
    )
    assert half == asking(CONFIRM, DETAILS, known="Abstract: About moving.")
    assert recording == (
        "4 of 4\n\nMay your talk be recorded and be shown later? You can change your mind until it begins.",
        [["Yes, it may", "No"], ["Skip"], ["Back", "Cancel"]],
    )
    assert still == recording[0]
    assert paula.screen.text == asking(
        CONFIRM,
        known="Title: A title\nAbstract: About moving.\nAbout you: A few words.\nIt may not be recorded.",
    )


async def test_slides_are_a_file_and_newer_ones_take_their_place(chat: Chat) -> None:
    on = await stage(chat)
    paula = await on.invites()
    await paula.presses("Slides")
    question = paula.screen.text
    await paula.sends("they are on my desk")
    again = paula.screen.text
    await paula.sends_file("old.pdf")
    await paula.presses("Slides", on=paula.screen)
    so_far = paula.screen.text
    await paula.sends_file("new.pdf")
    await on.carla.sends("/manage")
    await on.carla.presses("Talks")
    listed = (on.carla.screen.text, on.carla.screen.labels)
    await on.carla.presses("1 · Paula")
    seen = (on.carla.screen.text, on.carla.screen.labels)
    await on.carla.presses("Get the slides")

    assert question == again == "1 of 1\n\nSend the slides here as a file (PDF or presentation), at most 20 MB."
    assert so_far == f"{question}\n\nSo far: old.pdf"
    assert listed == (
        f"PWG 3 Climate change: talks\n\n1. Paula, not confirmed\n{TITLE}\nTue, 12 Apr 2022, 16:00 (Berlin)",
        [["1 · Paula"], ["Back to the group"]],
    )
    assert seen == (
        (
            f"Paula speaks at\n\n{WHERE}\n\n• Has not confirmed\n• Something is still missing\n• Slides are here\n"
            "• No technical check yet"
        ),
        [["Get the slides"], ["Title and abstract", "Slides"], ["All talks"]],
    )
    assert on.carla.screen.text == "new.pdf"


async def test_silence_goes_to_the_coordinator_step_by_step_and_an_answer_settles_it(chat: Chat) -> None:
    on = await stage(chat, backstage_link="https://meet.example.org/backstage")
    paula = await on.invites()
    at_deadlines = []

    for days in (8.01, 8, 4.01, 4, 2.01, 2):
        await on.days_before(days)
        at_deadlines.append(texts(on.carla))
    await paula.presses("I will speak")
    await paula.presses("Tell about the talk")
    await tells(paula)
    on.carla.looks()
    open_before = await on.open_chores()
    await on.days_before(1)
    await on.days_before(30 / 1440)
    at_the_end = texts(on.carla)

    who = [
        f"PWG 3\n\nPaula has not said yet whether they will speak at “{TITLE}”.",
        f"PWG 3\n\nPaula has not told everything about the talk at “{TITLE}”: title, abstract, recording.",
        f"PWG 3\n\nPaula has not sent the slides for “{TITLE}”.",
        f"PWG 3\n\nPaula has not done the technical check for “{TITLE}”.",
    ]
    assert at_deadlines == [[], [who[0]], [], [who[1]], [], [who[2]]]
    assert open_before == ["slides_missing"]
    assert [m.text for m in on.carla.messages if "has not" in str(m.text)] == [
        f"{who[0]}\n\nNothing left to do here.",
        f"{who[1]}\n\nNothing left to do here.",
        who[2],
        who[3],
    ]
    assert at_the_end == [who[3]]


async def test_who_comes_late_is_asked_everything_in_one_card_and_not_again(chat: Chat) -> None:
    on = await stage(chat)
    await on.days_before(2.5)

    paula = await on.invites()
    asked = (paula.screen.text, paula.screen.labels)
    paula.looks()
    await on.days_before(1.5)
    until_the_check = texts(paula)
    await on.days_before(1)

    assert asked == (
        asking(DETAILS, SLIDES, known="You speak."),
        [["Tell about the talk"], ["Send the slides"], ["I cannot speak after all"], ["Home"]],
    )
    assert until_the_check == []
    assert texts(paula) == [asking(DETAILS, SLIDES, CHECK, known="You speak.")]
    assert await on.open_chores() == ["talk_incomplete", "slides_missing"]


async def test_a_presenter_who_declines_is_asked_nothing_more_and_the_coordinator_hears_at_once(chat: Chat) -> None:
    on = await stage(chat)
    paula = await on.invites()
    await on.days_before(14)
    card = paula.screen
    await paula.presses("I cannot")
    question = (paula.screen.text, paula.screen.labels)
    await paula.presses("Back")
    await paula.presses("I cannot")
    await paula.presses("I cannot speak")
    declined = paula.screen.text
    told = texts(on.carla)
    paula.looks()
    await paula.forges("ty:1", on=card)
    await on.days_before(-2)

    assert question == (
        f"Not speak at {TITLE}? The coordinators will look for somebody else.",
        [["I cannot speak", "Back"]],
    )
    assert declined == f"Your talk\n\n{WHERE}\n\nYou have declined. The coordinators know."
    assert told == [f"PWG 3\n\nPaula cannot speak at “{TITLE}”. Look for somebody else."]
    assert paula.toasts == ["Noted. The coordinators are told.", NOT_FOR_YOU]
    assert texts(paula) == []
    assert texts(on.carla) == []


async def test_a_presenter_who_declined_can_be_invited_again_which_settles_the_chore(chat: Chat) -> None:
    on = await stage(chat)
    paula = await on.invites()
    await paula.presses("I cannot")
    await paula.presses("I cannot speak")
    before = await on.open_chores()

    await paula.starts(await invites_presenter(on.carla, f"1 · {TITLE}"))
    await paula.presses("Accept")

    assert before == ["talk_declined"]
    assert await on.open_chores() == []
    assert paula.screen.text.startswith("Your talk\n\n")


async def test_a_failed_check_opens_a_chore_each_time_and_a_good_one_settles_it(chat: Chat) -> None:
    on = await stage(chat)
    paula = await on.invites()
    await on.days_before(1)
    on.carla.looks()
    paula.looks()

    await paula.presses("It does not work")
    await paula.presses("It does not work")
    first = texts(on.carla)
    await on.carla.presses("Done")
    on.carla.looks()
    await paula.presses("It does not work")
    second = texts(on.carla)
    await paula.presses("It works")

    chore = f"PWG 3\n\nThe technical check of Paula for “{TITLE}” failed. Help them."
    assert first == [chore]
    assert second == [chore]
    assert on.carla.screen.text == f"{chore}\n\nNothing left to do here."
    assert paula.toasts == [
        *["The coordinators are told and will help you. Come back here when it works."] * 3,
        "Very good.",
    ]
    assert texts(paula) == []


async def test_a_chore_is_done_once_and_the_other_coordinator_sees_by_whom(chat: Chat) -> None:
    on = await stage(chat)
    dan, anna = await chat.coordinator("Dan", on.group), await chat.person("Anna")
    paula = await on.invites()
    await paula.presses("I cannot")
    await paula.presses("I cannot speak")
    stale = dan.message_with("Done")

    await on.carla.presses("Done")
    await dan.forges("zd:1", on=stale)
    await anna.forges("zd:1")
    await dan.sends("/manage")
    await dan.presses("What waits")

    said = f"PWG 3\n\nPaula cannot speak at “{TITLE}”. Look for somebody else.\n\nDone by Carla"
    assert [m.text for m in on.carla.messages if "cannot speak" in str(m.text)] == [said]
    assert [m.text for m in dan.messages if "cannot speak" in str(m.text)] == [said]
    assert on.carla.toasts[-1] == "Done."
    assert dan.toasts == ["Already done by Carla."]
    assert anna.toasts == [NOT_FOR_YOU]
    assert dan.screen.text == "PWG 3 Climate change: what waits for you\n\nNothing. Well done."


async def test_chores_are_listed_page_by_page_and_ticked_off_there(chat: Chat) -> None:
    on = await stage(chat)
    for name in ("Ada", "Bea", "Cleo"):
        await on.invites(name)
    await on.days_before(2)

    await on.carla.sends("/manage")
    await on.carla.presses("What waits")
    first = on.carla.screen.labels
    await on.carla.presses("Next")
    second = on.carla.screen.labels
    await on.carla.presses("1 · Done")

    assert first == [
        ["1 · Done", "2 · Done"],
        ["3 · Done", "4 · Done"],
        ["5 · Done"],
        ["Next"],
        ["Back to the group"],
    ]
    assert second == [["1 · Done", "2 · Done"], ["3 · Done", "4 · Done"], ["Previous"], ["Back to the group"]]
    assert on.carla.screen.labels == [["1 · Done", "2 · Done"], ["3 · Done"], ["Previous"], ["Back to the group"]]
    assert len(await on.open_chores()) == 8


async def test_a_moved_webinar_does_not_ask_again_what_is_done(chat: Chat) -> None:
    on = await stage(chat)
    paula = await on.invites()
    await on.days_before(14)
    await paula.presses("I will speak")
    paula.looks()

    later = AT + timedelta(days=30)
    await on.changes(starts_at=later)
    moved = texts(paula)
    await on.days_before(14, later)
    at_the_first_step = texts(paula)
    await on.days_before(7, later)

    assert moved == [
        f"Moved: {TITLE}\nbefore: Tue, 12 Apr 2022, 16:00\nnow: Thu, 12 May 2022, 16:00 (Berlin)",
    ]
    assert at_the_first_step == []
    where = f"{TITLE}\nThu, 12 May 2022, 16:00 (Berlin)\nOrganised by PWG 3"
    assert texts(paula) == [asking(DETAILS, known="You speak.", where=where)]


async def test_a_webinar_that_moves_closer_asks_what_is_past_at_once_and_in_one_card(chat: Chat) -> None:
    on = await stage(chat)
    paula = await on.invites()
    paula.looks()

    sooner = chat.clock.now() + timedelta(days=2)
    await on.changes(starts_at=sooner)
    when = "Wed, 16 Mar 2022, 13:00"
    asked = texts(paula)
    await on.changes(minutes=90)
    longer = texts(paula)

    where = f"{TITLE}\n{when} (Berlin)\nOrganised by PWG 3"
    assert asked == [
        f"Moved: {TITLE}\nbefore: Tue, 12 Apr 2022, 16:00\nnow: {when} (Berlin)",
        asking(CONFIRM, DETAILS, SLIDES, where=where),
    ]
    assert longer == [f"Changed: {TITLE}\n{when} (Berlin)\nLength: 1 hour and 30 minutes, before 1 hour"]


async def test_of_a_cancelled_webinar_nothing_more_is_asked_or_left_to_do(chat: Chat) -> None:
    on = await stage(chat)
    paula = await on.invites()
    await on.days_before(8)
    before = await on.open_chores()
    paula.looks()
    on.carla.looks()

    await on.changes(state=EventState.CANCELLED)
    told = texts(paula)
    await on.days_before(-2)

    assert before == ["talk_unconfirmed"]
    assert told == [f"Cancelled: {TITLE}\nIt was to be on Tue, 12 Apr 2022, 16:00 (Berlin)."]
    assert texts(paula) == []
    assert texts(on.carla) == []
    assert await on.open_chores() == []
    (card,) = [m for m in paula.messages if "Cancelled\nTue, 12 Apr" in str(m.text)]
    assert card.labels == [["Home"]]


async def test_when_the_clock_jumps_everything_is_asked_once(chat: Chat) -> None:
    on = await stage(chat)
    paula = await on.invites()
    paula.looks()

    await on.days_before(0.5)
    jumped = texts(paula)
    await chat.time_passes(hours=-48)
    await chat.time_passes(hours=49)
    await chat.restarts()

    assert jumped == [asking(CONFIRM, DETAILS, SLIDES, CHECK)]
    assert texts(paula) == []


async def test_after_a_long_stop_nothing_is_asked_for_what_has_begun(chat: Chat) -> None:
    on = await stage(chat)
    paula = await on.invites()
    await paula.presses("I will speak")
    paula.looks()
    on.carla.looks()

    await on.days_before(-0.01)
    during = texts(paula)
    await on.days_before(-1)

    assert during == []
    assert texts(paula) == [f"Thank you for speaking at {TITLE}."]
    assert texts(on.carla) == []


async def test_without_any_link_the_coordinators_hear_of_it_half_an_hour_before(chat: Chat) -> None:
    on = await stage(chat, link=None)
    paula = await on.invites()
    await on.days_before(1)
    await paula.presses("I will speak")
    await paula.presses("It works")
    on.carla.looks()
    paula.looks()

    await on.days_before(30 / 1440)

    assert texts(paula) == [
        (
            f"{TITLE} begins in 30 minutes. The others who speak and the host are meeting now.\n\n"
            "There is no link yet; the coordinators are told."
        )
    ]
    assert texts(on.carla) == [f"PWG 3\n\nThere is no link for the presenters of “{TITLE}”."]


async def test_nobody_answers_for_a_presenter_and_strangers_see_nothing(chat: Chat) -> None:
    on = await stage(chat)
    await on.invites()
    anna = await chat.person("Anna")
    other = await chat.coordinator("Zoe", await chat.group("PWG 4"))
    await on.days_before(1)

    for data in ("tk:1", "ty:1", "tn:1", "tny:1", "te:1", "ts:1", "tg:1", "tw:1", "tf:1", "tk:99"):
        await anna.forges(data)
        await other.forges(data)
    for data in ("ty:1", "tn:1", "tny:1", "tw:1", "tf:1"):
        await on.carla.forges(data)
    await on.carla.forges("te:1")
    steps = on.carla.screen.text

    assert anna.toasts == other.toasts == [NOT_FOR_YOU] * 10
    assert on.carla.toasts[-5:] == [NOT_FOR_YOU] * 5
    assert steps == "1 of 3\n\nWhat is the title of your talk? At most 200 characters."
    async with chat.bot.database.read() as tx:
        talk = await stored.get(tx, 1)
    assert talk is not None
    assert (talk.state, talk.checked_at, talk.recording) == ("asked", None, None)


async def test_who_comes_at_the_last_minute_finds_the_way_backstage_on_the_card(chat: Chat) -> None:
    on = await stage(chat, backstage_link="https://meet.example.org/backstage")
    paula = await on.invites()
    await on.days_before(20 / 1440)

    rita = await on.invites("Rita")
    at_once = rita.screen.labels[0]
    await chat.time_passes(minutes=30)
    await rita.starts()
    await rita.presses("Your talk")
    while_it_lasts = rita.screen.labels
    await chat.time_passes(hours=1)
    await rita.starts()
    await rita.presses("Your talk")

    assert at_once == ["Go backstage"]
    assert while_it_lasts == [["Go backstage"], ["Slides"], ["Home"]]
    assert rita.screen.text == "You are not asked to speak anywhere at the moment."
    assert [m.text for m in paula.messages if "begins in" in str(m.text)] == [
        f"{TITLE} begins in 20 minutes. The others who speak and the host are meeting now."
    ]


async def test_the_presenter_of_a_session_has_a_card_and_is_asked_nothing_in_steps(chat: Chat) -> None:
    on = await stage(chat, kind=EventKind.SESSION)
    paula = await on.invites()
    paula.looks()

    await on.days_before(1)
    await paula.starts()
    await paula.presses("Your talk")

    assert [text for text in texts(paula) if "Please answer" in text] == []
    assert paula.screen.text == f"Your talk\n\n{WHERE}\n\nYou are asked to speak."
    assert paula.screen.labels == [["I will speak", "I cannot"], ["Title and abstract", "Slides"], ["Home"]]
    assert await on.open_chores() == []


async def test_the_card_of_a_session_counts_who_speaks_there_until_they_decline(chat: Chat) -> None:
    on = await stage(chat, kind=EventKind.SESSION)
    card = await opens(on.carla)
    counted = [card.text.split("\n\n")[1]]

    paula = await on.invites()
    counted.append(card.text.split("\n\n")[1])
    await paula.presses("I cannot")
    await paula.presses("I cannot speak")

    counted.append(card.text.split("\n\n")[1])

    assert counted == [turnout("0", "0", "0", silent) for silent in (1, 2, 1)]


async def test_presenters_of_a_webinar_that_an_older_program_announced_are_asked_too(chat: Chat) -> None:
    on = await stage(chat)
    async with chat.bot.database.write() as tx:
        await tx.execute(occasions.delete().where(occasions.c.purpose != "reminder"))
    paula, rita = await on.invites(), await on.invites("Rita")
    paula.looks()
    rita.looks()

    await on.days_before(14)
    first = texts(paula), texts(rita)
    await on.days_before(8)

    assert first == ([asking(CONFIRM)], [asking(CONFIRM)])
    assert await on.open_chores() == ["talk_unconfirmed"] * 2


async def test_the_runway_on_postgresql(chat_on_postgresql: Chat) -> None:
    on = await stage(chat_on_postgresql, backstage_link="https://meet.example.org/backstage")
    paula = await on.invites()
    await on.days_before(7)
    paula.looks()

    await paula.presses("I will speak")
    await paula.presses("Tell about the talk")
    await tells(paula)
    await paula.presses("Slides", on=paula.screen)
    await paula.sends_file("relocation.pdf")
    await on.days_before(1)
    await paula.presses("It does not work")
    failed = await on.open_chores()
    await paula.presses("It works")
    await on.days_before(-1)

    assert failed == ["check_failed"]
    assert await on.open_chores() == []
    assert paula.screen.text == f"Thank you for speaking at {TITLE}."


async def test_a_chore_says_nothing_more_to_a_coordinator_who_has_gone(chat: Chat) -> None:
    on = await stage(chat)
    dan = await chat.coordinator("Dan", on.group)
    paula = await on.invites()
    await on.days_before(8)
    card = dan.screen
    open_one, done = card.text, str(card.keyboard[0][0]["callback_data"])
    async with chat.bot.database.write() as tx:
        await take_back(tx, dan.id, Role.COORDINATOR, on.group)

    await paula.presses("I will speak")
    await dan.forges(done, on=card)

    assert open_one == f"PWG 3\n\nPaula has not said yet whether they will speak at “{TITLE}”."
    assert (card.text, card.labels) == ("This does not exist any more.", [])
    assert dan.toasts == [NOT_FOR_YOU]
    assert on.carla.screen.text == f"{open_one}\n\nNothing left to do here."
