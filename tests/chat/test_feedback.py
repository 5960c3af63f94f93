"""After a webinar: two taps and thanks, the recording for those who want it, numbers for those who run the group."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.buttons.coding import encode
from domain.buttons.feedback import MakeResult, RateWebinar
from domain.events import EventState
from services import webinars
from storage import events, talks
from storage.tables import results
from tests.chat.test_invites import invites_presenter
from tests.chat.world import Chat, Visitor

TITLE = "Planned relocation"
AT = datetime(2022, 4, 12, 14, tzinfo=UTC)
END = AT + timedelta(minutes=60)
QUARTER_PAST = END + timedelta(minutes=15)
RECORDING = "https://video.example.org/1"
WANT = ["Send me the recording and slides"]
RATE = f"{TITLE}\n\nThis webinar is over. How useful was it for you? 1 is not at all, 5 is very."
OFFERS = ["1", "2", "3", "4", "5"]


class Stage:
    """A webinar of PWG 3 with its coordinator."""

    def __init__(self, chat: Chat, group: int, webinar: int, carla: Visitor) -> None:
        self.chat = chat
        self.group = group
        self.webinar = webinar
        self.carla = carla

    async def follower(self, name: str, language: str = "en") -> Visitor:
        visitor = await self.chat.person(name, language)
        await visitor.forges(f"ws:{self.webinar}:webinar")
        visitor.looks()
        return visitor

    async def changes(self, **values: object) -> None:
        """As a coordinator moves it, cancels it, or adds the recording."""
        async with self.chat.bot.database.write() as tx:
            old = await events.get(tx, self.webinar)
            assert old is not None
            await webinars.change(tx, old, replace(old, **values), self.chat.clock.now(), self.carla.id)  # type: ignore[arg-type]
        await self.chat.settles()

    async def presents(self, name: str, recording: bool | None) -> None:
        """Somebody speaks there, has handed in slides, and answered whether it may be recorded."""
        visitor = await self.chat.person(name)
        await visitor.starts(await invites_presenter(self.carla, f"1 · {TITLE}"))
        await visitor.presses("Accept")
        await visitor.presses("Slides")
        await visitor.sends_file(f"{name}.pdf")
        async with self.chat.bot.database.write() as tx:
            (talk,) = await talks.of_person(tx, visitor.id)
            await talks.change(tx, talk.id, recording=recording, title=f"Talk of {name}")


async def stage(chat: Chat, **values: object) -> Stage:
    group = await chat.group("PWG 3", title="Climate change")
    webinar = await chat.webinar(group, {"en": TITLE, "de": "Geplante Umsiedlung"}, AT, **values)
    carla = await chat.coordinator("Carla", group)
    carla.looks()
    return Stage(chat, group, webinar, carla)


def texts(visitor: Visitor) -> list[str]:
    return [str(m.text) for m in visitor.new_messages]


def files(visitor: Visitor) -> list[str]:
    return [m.content["document"]["file_name"] for m in visitor.new_messages if "document" in m.content]


async def test_everybody_who_was_reminded_is_asked_once_in_two_taps(chat: Chat) -> None:
    on = await stage(chat)
    anna, other = await on.follower("Anna"), await chat.person("Otto")
    await chat.time_goes_to(END)
    for visitor in (anna, other):
        visitor.looks()

    await chat.time_goes_to(QUARTER_PAST)
    asked = [(m.text, m.labels) for m in anna.new_messages]
    await anna.presses("4")
    then = (anna.screen.text, anna.screen.labels)
    await anna.presses("More on this topic")
    thanks = (anna.screen.text, anna.screen.labels)
    await chat.time_passes(days=3)

    assert asked == [(RATE, [OFFERS, WANT])]
    assert then == (
        f"{TITLE}\n\nThank you. What would you like next?",
        [["More on this topic"], ["Join the group"], ["Nothing more"], WANT],
    )
    assert thanks == (
        f"{TITLE}\n\nThank you. Your answers are counted without your name.",
        [["Follow all of PWG 3"], WANT],
    )
    assert anna.new_messages == []
    assert texts(other) == []


async def test_nobody_is_asked_after_stop_or_when_it_was_cancelled_or_moved_away(chat: Chat) -> None:
    on = await stage(chat)
    anna, ben = await on.follower("Anna"), await on.follower("Ben")
    await ben.sends("/stop")
    await on.changes(starts_at=AT + timedelta(days=7))
    anna.looks()
    ben.looks()

    await chat.time_goes_to(QUARTER_PAST)
    too_early = texts(anna)
    await chat.time_goes_to(END + timedelta(days=7))
    anna.looks()
    await chat.time_goes_to(QUARTER_PAST + timedelta(days=7))
    asked = (texts(anna), texts(ben))

    assert too_early == []
    assert asked == ([RATE], [])


async def test_a_cancelled_webinar_is_not_asked_about(chat: Chat) -> None:
    on = await stage(chat)
    anna = await on.follower("Anna")
    await on.changes(state=EventState.CANCELLED)
    anna.looks()
    on.carla.looks()

    await chat.time_goes_to(AT + timedelta(days=3))
    await anna.forges(encode(RateWebinar(on.webinar, 5)))

    assert texts(anna) == texts(on.carla) == []
    assert anna.toasts[-1] == "This does not exist any more."


async def test_slides_come_at_once_and_the_recording_when_it_is_there_each_once(chat: Chat) -> None:
    on = await stage(chat)
    for name, recording in (("Paula", True), ("Pedro", False), ("Pia", None)):
        await on.presents(name, recording)
    anna, ben = await on.follower("Anna"), await on.follower("Ben")
    await chat.time_goes_to(QUARTER_PAST)
    await anna.presses(WANT[0])
    asked = (anna.messages[-3].text, anna.toasts[-1])
    slides = files(anna)
    anna.looks()
    ben.looks()

    await on.changes(recording_link=RECORDING)
    sent = [(m.text, m.labels) for m in anna.new_messages]
    not_wanted = texts(ben)
    await on.changes(recording_link=None)
    await on.changes(recording_link=f"{RECORDING}?again")
    again = texts(anna)
    await ben.presses("2")
    await ben.presses(WANT[0])

    assert asked == (f"{RATE}\n\nYou get recording and slides as soon as they are there.", "Here it comes.")
    assert slides == ["Paula.pdf", "Pia.pdf"]
    assert sent == [(f"The recording of {TITLE} is there.", [["Watch the recording"], ["Details"]])]
    assert not_wanted == again == []
    assert ben.toasts[-1] == "Here it comes."
    assert texts(ben) == [f"The recording of {TITLE} is there.", "Talk of Paula", "Talk of Pia"]


async def test_slides_that_are_handed_in_late_come_then_and_corrected_ones_do_not_come_again(chat: Chat) -> None:
    on = await stage(chat)
    paula = await chat.person("Paula")
    await paula.starts(await invites_presenter(on.carla, f"1 · {TITLE}"))
    await paula.presses("Accept")
    anna, ben = await on.follower("Anna"), await on.follower("Ben")
    await chat.time_goes_to(QUARTER_PAST)
    await anna.presses(WANT[0])
    said = anna.toasts[-1]
    anna.looks()
    ben.looks()

    talk = next(m for m in reversed(paula.messages) if ["Title and abstract", "Slides"] in m.labels)
    for name in ("Paula.pdf", "Paula, corrected.pdf"):
        await paula.presses("Slides", on=talk)
        await paula.sends_file(name)

    assert said == "Noted. It comes as soon as it is there."
    assert files(anna) == ["Paula.pdf"]
    assert files(ben) == []


async def test_a_day_later_the_coordinator_hears_what_came_of_it_and_begins_a_result(chat: Chat) -> None:
    on = await stage(chat, speakers=("Institute of Examples",))
    await chat.takes_seat(on.carla, on.group)
    anna, ben = await on.follower("Anna"), await on.follower("Ben")
    await on.follower("Cleo")
    await anna.starts(f"q_{on.webinar}")
    await anna.sends("Who pays?")
    await anna.presses("Send")
    await on.carla.presses("1")
    await on.carla.presses("Answered")
    await chat.time_goes_to(QUARTER_PAST)
    for visitor, rating in ((anna, "5"), (ben, "2")):
        await visitor.presses(rating)
    await anna.presses("More on this topic")
    await ben.presses("Join the group")
    await ben.presses(WANT[0])
    on.carla.looks()

    await chat.time_goes_to(END + timedelta(days=1))
    summary = [(m.text, m.labels) for m in on.carla.new_messages]
    await on.carla.presses("Make an interim result of it")
    await on.carla.presses("Statement")
    await on.carla.presses("English")
    title = on.carla.screen.text
    await on.carla.presses("Keep it")
    words = on.carla.screen.text
    await on.carla.presses("Keep it")
    await on.carla.presses("Skip")
    preview = on.carla.screen.labels
    async with chat.bot.database.read() as tx:
        states = list((await tx.execute(results.select())).all())

    assert summary == [
        (
            "\n".join(
                [
                    f"What came of {TITLE}\n",
                    "Followed it: 3",
                    "Found it useful: 3.5 of 5 (2 answers)",
                    "Want more on this topic: 1",
                    "Want to join the group: 1",
                    "Want the recording: 1",
                    "Questions: 1 asked, 1 answered",
                ]
            ),
            [["Make an interim result of it"], ["Details"]],
        )
    ]
    assert title == f"3 of 6\n\nWhat is the title? At most 200 characters.\n\nUntil now: Webinar: {TITLE}"
    assert words == (
        "4 of 6\n\nSum it up in a few sentences. At most 1500 characters.\n\nUntil now: An abstract.\n"
        "A webinar of PWG 3, Tue, 12 Apr 2022, 16:00 (Berlin).\nWith: Institute of Examples\n"
        "3 people followed it. 1 question was asked."
    )
    assert preview[0] == ["Send"]
    assert [row.state for row in states] == ["draft"]


async def test_a_result_begun_twice_is_one_draft(chat: Chat) -> None:
    on = await stage(chat)
    await chat.takes_seat(on.carla, on.group)
    await chat.time_goes_to(END + timedelta(days=1))

    for _ in range(2):
        await on.carla.forges(encode(MakeResult(on.webinar)))
        await on.carla.sends("/cancel")

    async with chat.bot.database.read() as tx:
        assert len((await tx.execute(results.select())).all()) == 1


async def test_numbers_without_any_answer_say_so_and_where_nobody_came_nothing_is_said(chat: Chat) -> None:
    on = await stage(chat)
    await chat.webinar(on.group, {"en": "Nobody knows of it"}, AT)
    await on.follower("Anna")

    await chat.time_goes_to(END + timedelta(days=1))

    (summary,) = texts(on.carla)
    assert "Found it useful: nobody has said so far\n" in summary


async def test_nobody_rates_what_is_not_over_or_gives_six_of_five(chat: Chat) -> None:
    on = await stage(chat)
    anna = await on.follower("Anna")

    await anna.forges(encode(RateWebinar(on.webinar, 5)))
    early = anna.toasts[-1]
    await chat.time_goes_to(END)
    await anna.forges(encode(RateWebinar(on.webinar, 6)))

    assert (early, anna.toasts[-1]) == (
        "This does not exist any more.",
        "This card is out of date. Here is a fresh one.",
    )
