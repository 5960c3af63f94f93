"""Questions to the speakers: asked before and during a webinar, put in order live, answered there or in writing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.buttons.coding import encode
from domain.buttons.questions import AnswerQuestion, ListQuestions, SettleQuestion, ShowQuestion, Verdict
from domain.events import EventState
from services import webinars
from storage import chores, events
from tests.chat.test_invites import invites_presenter
from tests.chat.world import Chat, Visitor

TITLE = "Planned relocation"
AT = datetime(2022, 4, 12, 14, tzinfo=UTC)
SAME = "Which question asks the same as this one?"
WHO_SEES = "Your name is seen by those who moderate, and by nobody else."
TOO_LATE = "Questions can be asked until the end of a webinar. This one is over, or does not take place."
NOT_FOR_YOU = "This is not for you, or it does not exist."
OUT_OF_DATE = "This card is out of date. Here is a fresh one."


class Stage:
    """A webinar of PWG 3 with its coordinator."""

    def __init__(self, chat: Chat, group: int, webinar: int, carla: Visitor) -> None:
        self.chat = chat
        self.group = group
        self.webinar = webinar
        self.carla = carla

    async def asks(self, visitor: Visitor, *questions: str, send: str = "Send") -> None:
        for question in questions:
            await visitor.starts(f"q_{self.webinar}")
            await visitor.sends(question)
            await visitor.presses(send)

    async def opens_list(self, visitor: Visitor) -> None:
        await visitor.starts(f"w_{self.webinar}")
        await visitor.presses("Questions")
        visitor.looks()

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
    webinar = await chat.webinar(group, {"en": TITLE, "de": "Geplante Umsiedlung"}, AT, **values)
    carla = await chat.coordinator("Carla", group)
    carla.looks()
    return Stage(chat, group, webinar, carla)


def entries(visitor: Visitor) -> list[str]:
    """The questions in the newest list, without what stands around them."""
    lists = [m.text for m in visitor.messages if str(m.text).startswith("Questions · ")]
    return [part for part in str(lists[-1]).split("\n\n") if part[:1].isdigit() and part[1:3] == ". "]


async def test_a_question_is_shown_back_before_it_counts_and_can_be_taken_back(chat: Chat) -> None:
    on = await stage(chat)
    anna = await chat.person("Anna")

    await anna.starts(f"w_{on.webinar}")
    await anna.presses("Ask the speakers")
    asked = (anna.screen.text, anna.screen.labels)
    await anna.sends("Who pays?\nAnd who decides?")
    preview = (anna.screen.text, anna.screen.labels)
    await anna.presses("Send")
    done = (anna.screen.text, anna.screen.labels)
    at_carla = [(m.text, m.labels) for m in on.carla.new_messages]
    await anna.presses("My questions")
    mine = (anna.screen.text, anna.screen.labels)
    await anna.presses("1 · Take it back")

    assert asked == (
        f"1 of 2\n\nWhat would you like to ask at {TITLE}? One question, at most 500 characters.\n\n{WHO_SEES}",
        [["Cancel"]],
    )
    assert preview == (
        f"2 of 2\n\nYour question at {TITLE}:\n\nWho pays?\nAnd who decides?",
        [["Send"], ["Back", "Cancel"]],
    )
    assert done == (
        f"Your question is with those who moderate {TITLE}. What is not answered there is answered in writing.",
        [["Ask another one", "My questions"], ["Back to the webinar"]],
    )
    link = chat.bot.process.start_link(f"q_{on.webinar}")
    assert at_carla == [
        (
            f"Questions · {TITLE}\n\n1. Who pays?\nAnd who decides?\nAnna\n\nPeople ask here: {link}",
            [["1"], ["Back to the webinar"]],
        )
    ]
    assert mine == (
        f"Your questions at {TITLE}\n\n1. Who pays?\nAnd who decides?\nopen",
        [["1 · Take it back"], ["Ask another one"], ["Back to the webinar"]],
    )
    assert anna.toasts[-1] == "Taken back. Nobody sees it any more."
    assert anna.screen.text == f"Your questions at {TITLE}\n\nNone at the moment."
    assert entries(on.carla) == []


async def test_the_list_comes_once_and_edits_itself_as_questions_come_in(chat: Chat) -> None:
    on = await stage(chat)
    anna, ben = await chat.person("Anna"), await chat.person("Ben")

    await on.asks(anna, "First?")
    first = [m.text for m in on.carla.new_messages]
    await on.asks(ben, "Second?", "Third?")

    assert len(first) == 1
    assert on.carla.new_messages == []
    assert entries(on.carla) == ["1. First?\nAnna", "2. Second?\nBen", "3. Third?\nBen"]


async def test_moderators_put_questions_in_order_and_the_list_of_others_follows(chat: Chat) -> None:
    on = await stage(chat)
    dora = await chat.coordinator("Dora", on.group)
    anna = await chat.person("Anna")
    await on.asks(anna, "First?", "Second?", "Third?")

    await on.carla.presses("3")
    detail = (on.carla.screen.text, on.carla.screen.labels)
    await on.carla.presses("Up")
    moved = (on.carla.screen.text, on.carla.toasts[-1])
    await on.carla.presses("Up")
    top = on.carla.screen.labels
    at_dora = entries(dora)
    await on.asks(await chat.person("Ben"), "Fourth?")
    undisturbed = on.carla.screen.text
    await on.carla.presses("Back")

    assert detail == (
        f"Question 3 of 3 · {TITLE}\n\nThird?\n\nAnna",
        [["Up"], ["Answered", "Drop"], ["Same as …"], ["Back"]],
    )
    assert moved == (f"Question 2 of 3 · {TITLE}\n\nThird?\n\nAnna", "One up.")
    assert top == [["Down"], ["Answered", "Drop"], ["Same as …"], ["Back"]]
    assert at_dora == ["1. Third?\nAnna", "2. First?\nAnna", "3. Second?\nAnna"]
    assert undisturbed == f"Question 1 of 3 · {TITLE}\n\nThird?\n\nAnna"
    assert entries(on.carla) == entries(dora) == [*at_dora, "4. Fourth?\nBen"]


async def test_a_second_tap_on_up_does_not_count_twice(chat: Chat) -> None:
    on = await stage(chat)
    dora = await chat.coordinator("Dora", on.group)
    await on.asks(await chat.person("Anna"), "First?", "Second?", "Third?")
    for moderator in (on.carla, dora):
        await moderator.presses("3")

    await on.carla.presses("Up")
    await dora.presses("Up")

    assert dora.toasts[-1] == OUT_OF_DATE
    await on.carla.presses("Back")
    assert entries(on.carla) == ["1. First?\nAnna", "2. Third?\nAnna", "3. Second?\nAnna"]


async def test_questions_that_ask_the_same_count_together_and_are_settled_together(chat: Chat) -> None:
    on = await stage(chat)
    anna, ben, cleo = await chat.person("Anna"), await chat.person("Ben"), await chat.person("Cleo")
    await on.asks(anna, "Who pays?")
    await on.asks(ben, "Who will pay?")
    await on.asks(cleo, "Who bears the costs?", "Why now?")

    await on.carla.presses("2")
    await on.carla.presses("Same as …")
    choice = (on.carla.screen.text, on.carla.screen.labels)
    await on.carla.presses("1")
    await on.carla.presses("2")
    await on.carla.presses("Same as …")
    await on.carla.presses("1")
    together = entries(on.carla)
    await on.carla.presses("1")
    detail = on.carla.screen.text
    await on.carla.presses("Answered")
    states = []
    for visitor in (anna, ben, cleo):
        await visitor.starts(f"w_{on.webinar}")
        await visitor.presses("My questions")
        states.append(visitor.screen.text.split("\n\n")[1:])

    assert choice == (
        "\n\n".join([SAME, "Who will pay?", "1. Who pays?", "2. Who bears the costs?", "3. Why now?"]),
        [["1", "2", "3"], ["Back"]],
    )
    assert together == ["1. Who pays?\nasked by 3 people: Anna, Ben, …", "2. Why now?\nCleo"]
    assert detail == (
        f"Question 1 of 2 · {TITLE}\n\nWho pays?\n\n• Who will pay?\n\n• Who bears the costs?\n\n"
        "asked by 3 people: Anna, Ben, …"
    )
    assert states == [
        ["1. Who pays?\nanswered"],
        ["1. Who will pay?\nanswered"],
        ["1. Why now?\nopen", "2. Who bears the costs?\nanswered"],
    ]


async def test_when_the_one_that_stands_for_all_is_taken_back_the_others_stay_together(chat: Chat) -> None:
    on = await stage(chat)
    anna, ben, cleo = await chat.person("Anna"), await chat.person("Ben"), await chat.person("Cleo")
    await on.asks(anna, "Who pays?")
    await on.asks(ben, "Who will pay?")
    await on.asks(cleo, "Who bears the costs?")
    for number in ("3", "2"):
        await on.carla.presses(number)
        await on.carla.presses("Same as …")
        await on.carla.presses("1")

    await anna.starts(f"w_{on.webinar}")
    await anna.presses("My questions")
    await anna.presses("1 · Take it back")

    assert entries(on.carla) == ["1. Who will pay?\nasked by 2 people: Ben, Cleo"]


async def test_of_two_moderators_the_first_counts_and_the_second_sees_who_was_faster(chat: Chat) -> None:
    on = await stage(chat)
    dora = await chat.coordinator("Dora", on.group)
    await on.asks(await chat.person("Anna"), "First?", "Second?")
    for moderator in (on.carla, dora):
        await moderator.presses("1")

    await on.carla.presses("Answered")
    undo = (on.carla.screen.text, on.carla.screen.labels)
    await dora.presses("Drop")
    late = (dora.toasts[-1], entries(dora))
    await on.carla.presses("Undo")

    link = chat.bot.process.start_link(f"q_{on.webinar}")
    assert undo == (
        f"Questions · {TITLE}\n\n1. Second?\nAnna\n\n1 question is answered.\n\nPeople ask here: {link}",
        [["1"], ["Undo"], ["Back to the webinar"]],
    )
    assert late == ("Carla has already marked this question as answered.", ["1. Second?\nAnna"])
    assert on.carla.toasts[-1] == "It is open again."
    assert entries(on.carla) == entries(dora) == ["1. First?\nAnna", "2. Second?\nAnna"]


async def test_two_moderators_at_the_very_same_moment_settle_a_question_once(chat: Chat) -> None:
    on = await stage(chat)
    dora = await chat.coordinator("Dora", on.group)
    anna = await chat.person("Anna")
    await on.asks(anna, "First?", "Second?")
    for moderator in (on.carla, dora):
        await moderator.presses("1")

    on.carla.client.press(on.carla.message_with("Answered"), "Answered")
    dora.client.press(dora.message_with("Drop"), "Drop")
    await chat.settles()

    won = {on.carla.toasts[-1], dora.toasts[-1]}
    assert won in (
        {"Answered.", "Carla has already marked this question as answered."},
        {"Dropped. Whoever asked is not told.", "Dora has dropped this question already."},
    )
    assert entries(on.carla) == entries(dora) == ["1. Second?\nAnna"]


async def test_a_moderator_without_any_role_moderates_this_webinar_and_no_other(chat: Chat) -> None:
    on = await stage(chat)
    mia = await chat.person("Mia")
    other = await chat.webinar(on.group, {"en": "Another one"}, AT + timedelta(days=1))
    await on.changes(moderator_id=mia.id)
    mia.looks()

    await on.asks(await chat.person("Anna"), "First?")
    told = [m.text.split("\n")[0] for m in mia.new_messages]
    await mia.presses("1")
    await mia.presses("Answered")
    settled = mia.toasts[-1]
    await mia.forges(encode(ListQuestions(other, 0)))

    assert told == [f"Questions · {TITLE}"]
    assert settled == "Answered."
    assert mia.toasts[-1] == NOT_FOR_YOU


async def test_another_moderator_gets_the_list_and_the_one_before_sees_it_no_more(chat: Chat) -> None:
    on = await stage(chat)
    mia, max_ = await chat.person("Mia"), await chat.person("Max")
    await on.changes(moderator_id=mia.id)
    await on.asks(await chat.person("Anna"), "First?")

    await on.changes(moderator_id=max_.id)

    assert entries(max_) == ["1. First?\nAnna"]
    assert mia.screen.text == "This does not exist any more."


async def test_whoever_neither_moderates_nor_speaks_sees_no_list(chat: Chat) -> None:
    on = await stage(chat)
    member, anna = await chat.member("Mo", on.group), await chat.person("Anna")
    await on.asks(anna, "First?")

    refused = []
    for visitor in (member, anna):
        for action in (ListQuestions(on.webinar, 0), ShowQuestion(1), SettleQuestion(1, Verdict.DROPPED)):
            await visitor.forges(encode(action))
            refused.append(visitor.toasts[-1])

    assert refused == [NOT_FOR_YOU] * 6
    assert entries(on.carla) == ["1. First?\nAnna"]


async def test_five_questions_of_one_person_wait_and_a_sixth_is_not_taken(chat: Chat) -> None:
    on = await stage(chat)
    anna = await chat.person("Anna")
    await on.asks(anna, *(f"Question {number}?" for number in range(1, 6)))

    refused = await anna.starts(f"q_{on.webinar}")
    await on.carla.presses("1")
    await on.carla.presses("Drop")
    again = await anna.starts(f"q_{on.webinar}")

    assert (refused.text, refused.labels) == (
        f"{TITLE}\n\n5 questions of yours wait there already. Take one back to ask another one.",
        [["My questions"], ["Back to the webinar"]],
    )
    assert again.text.startswith("1 of 2")


async def test_questions_are_taken_until_the_end_and_a_draft_typed_too_late_is_refused(chat: Chat) -> None:
    on = await stage(chat)
    anna, ben = await chat.person("Anna"), await chat.person("Ben")

    await chat.time_goes_to(AT + timedelta(minutes=59))
    await on.asks(anna, "Just in time?")
    await ben.starts(f"q_{on.webinar}")
    await ben.sends("Too late?")
    await chat.time_goes_to(AT + timedelta(minutes=60))
    await ben.presses("Send")
    card = await anna.starts(f"w_{on.webinar}")

    over = f"{TITLE}\n\n{TOO_LATE}"
    assert ben.screen.text == over
    assert entries(on.carla) == ["1. Just in time?\nAnna"]
    assert ["My questions"] in card.labels
    assert (await anna.starts(f"q_{on.webinar}")).text == over


async def test_presenters_read_along_from_when_they_meet_and_see_no_names(chat: Chat) -> None:
    on = await stage(chat)
    paula = await chat.person("Paula")
    await paula.starts(await invites_presenter(on.carla, f"1 · {TITLE}"))
    await paula.presses("Accept")
    anna, ben = await chat.person("Anna"), await chat.person("Ben")
    await chat.time_goes_to(AT - timedelta(days=2))
    paula.looks()

    await on.asks(anna, "First?")
    before = paula.new_messages
    await chat.time_goes_to(AT - timedelta(minutes=30))
    at_backstage = [(m.text, m.labels) for m in paula.new_messages if str(m.text).startswith("Questions")]
    await chat.time_goes_to(AT + timedelta(minutes=5))
    paula.looks()
    await on.asks(ben, "Second?")
    await on.carla.presses("2")
    await on.carla.presses("Same as …")
    await on.carla.presses("1")

    assert before == []
    assert at_backstage == [(f"Questions · {TITLE}\n\n1. First?", [["Back to the webinar"]])]
    assert paula.new_messages == []
    assert entries(paula) == ["1. First?\nasked by 2 people"]


async def test_who_runs_the_group_finds_the_questions_on_the_webinar(chat: Chat) -> None:
    on = await stage(chat)
    await on.asks(await chat.person("Anna"), "First?")

    await on.carla.sends("/manage")
    await on.carla.presses("Webinars")
    await on.carla.presses(TITLE)
    await on.carla.presses("Questions")

    assert entries(on.carla) == ["1. First?\nAnna"]


async def test_presenters_open_the_list_from_the_card_of_their_talk(chat: Chat) -> None:
    on = await stage(chat)
    paula = await chat.person("Paula")
    await paula.starts(await invites_presenter(on.carla, f"1 · {TITLE}"))
    await paula.presses("Accept")
    await paula.starts("talks")
    without = paula.screen.labels
    await on.asks(await chat.person("Anna"), "First?")

    await paula.starts("talks")
    await paula.presses("Questions")

    assert ["Questions"] not in without
    assert paula.screen.text == f"Questions · {TITLE}\n\n1. First?"
    await paula.forges(encode(SettleQuestion(1, Verdict.DROPPED)))
    assert paula.toasts[-1] == NOT_FOR_YOU


async def test_a_long_list_is_turned_page_by_page_and_nobody_is_taken_from_the_page_they_are_on(chat: Chat) -> None:
    on = await stage(chat)
    for name in ("Anna", "Ben"):
        await on.asks(await chat.person(name), *(f"{name}'s {number}?" for number in range(1, 5)))

    first = on.carla.screen.labels
    await on.carla.presses("Next")
    second = (entries(on.carla), on.carla.screen.labels)
    await on.asks(await chat.person("Cleo"), "One more?")
    same_page = entries(on.carla)
    await on.carla.presses("Previous")

    assert first == [["1", "2", "3", "4", "5"], ["Next"], ["Back to the webinar"]]
    assert second == (
        ["6. Ben's 2?\nBen", "7. Ben's 3?\nBen", "8. Ben's 4?\nBen"],
        [["6", "7", "8"], ["Previous"], ["Back to the webinar"]],
    )
    assert same_page == second[0]
    assert len(entries(on.carla)) == 5


async def test_what_is_open_after_the_end_is_a_chore_and_answered_in_writing_once(chat: Chat) -> None:
    on = await stage(chat)
    anna, ben = await chat.person("Anna", "de"), await chat.person("Ben")
    await on.asks(ben, "Who pays?")
    await on.asks(anna, "Who will pay?", "Why now?", send="Senden")
    await on.carla.presses("2")
    await on.carla.presses("Same as …")
    await on.carla.presses("1")
    for visitor in (anna, ben, on.carla):
        visitor.looks()

    await chat.time_goes_to(AT + timedelta(minutes=60))
    chore = [(m.text, m.labels) for m in on.carla.new_messages]
    await on.carla.presses("Answer them")
    in_writing = (on.carla.screen.text, on.carla.screen.labels)
    await on.carla.presses("1")
    choices = on.carla.screen.labels
    await on.carla.presses("Answer in writing")
    question = (on.carla.screen.text, on.carla.screen.labels)
    await on.carla.sends("The states & the EU.")
    done = on.carla.screen.text
    to_ben, to_anna = ben.new_messages, anna.new_messages
    left = await on.open_chores()
    await on.carla.presses("1")
    await on.carla.presses("Drop")

    assert chore == [
        (f"PWG 3\n\n2 questions were not answered at “{TITLE}”.", [["Answer them"], ["Done", "Open the group"]])
    ]
    assert in_writing == (
        f"Questions · {TITLE}\n\n1. Who pays?\nasked by 2 people: Ben, Anna\n\n2. Why now?\nAnna",
        [["1", "2"], ["Back to the webinar"]],
    )
    assert choices == [["Down"], ["Answer in writing"], ["Answered", "Drop"], ["Same as …"], ["Back"]]
    assert question == (
        "1 of 1\n\nWho pays?\n\nWhat is the answer? At most 1500 characters. It goes to the 2 people who asked.",
        [["Cancel"]],
    )
    assert done.startswith(f"The answer goes to 2 people.\n\nQuestions · {TITLE}\n\n1. Why now?\nAnna")
    assert [m.text for m in to_ben] == [f"You asked at {TITLE}:\n\nWho pays?\n\nThe answer:\n\nThe states & the EU."]
    assert [m.text.split("\n\n")[1::2] for m in to_anna] == [["Who will pay?", "The states & the EU."]]
    assert left == ["questions_open"]
    assert await on.open_chores() == []
    assert anna.new_messages == []


async def test_an_answer_typed_too_late_is_not_sent_a_second_time(chat: Chat) -> None:
    on = await stage(chat)
    dora = await chat.coordinator("Dora", on.group)
    anna = await chat.person("Anna")
    await on.asks(anna, "Who pays?")
    await chat.time_goes_to(AT + timedelta(minutes=60))
    for moderator in (on.carla, dora):
        await moderator.presses("Answer them")
        await moderator.presses("1")
        await moderator.presses("Answer in writing")
    anna.looks()

    await on.carla.sends("The states.")
    late = await dora.sends("The EU.")

    assert late.text.startswith("Carla has already marked this question as answered.\n\nQuestions · ")
    assert [m.text.rpartition("\n\n")[2] for m in anna.new_messages] == ["The states."]


async def test_nothing_is_answered_in_writing_before_the_end(chat: Chat) -> None:
    on = await stage(chat)
    await on.asks(await chat.person("Anna"), "Who pays?")

    await on.carla.forges(encode(AnswerQuestion(1)))

    assert on.carla.toasts[-1] == OUT_OF_DATE


async def test_a_cancelled_webinar_takes_no_questions_and_leaves_no_chore(chat: Chat) -> None:
    on = await stage(chat)
    anna = await chat.person("Anna")
    await on.asks(anna, "Who pays?")

    await on.changes(state=EventState.CANCELLED)
    card = await anna.starts(f"w_{on.webinar}")
    await chat.time_goes_to(AT + timedelta(days=2))

    assert not any("Ask the speakers" in row for row in card.labels)
    assert on.carla.message_with("1").text == f"Questions · {TITLE}\n\n1. Who pays?\nAnna"
    assert await on.open_chores() == []


async def test_the_chore_outlasts_the_thanks_of_the_next_day(chat: Chat) -> None:
    on = await stage(chat)
    await on.asks(await chat.person("Anna"), "Who pays?")

    await chat.time_goes_to(AT + timedelta(days=3))

    assert await on.open_chores() == ["questions_open"]


async def test_a_question_that_is_too_long_is_kept_out_and_asked_for_again(chat: Chat) -> None:
    on = await stage(chat)
    anna = await chat.person("Anna")

    await anna.starts(f"q_{on.webinar}")
    await anna.sends("?" * 501)
    refusal = anna.refusal
    await anna.sends("W" * 500)

    assert refusal == ("That is too long: 501 characters, 500 at most. Your draft is safe; send a shorter text.")
    assert anna.screen.text.endswith("W" * 500)


async def test_a_question_left_at_its_preview_is_gone_on_with(chat: Chat) -> None:
    on = await stage(chat)
    anna = await chat.person("Anna")
    await anna.starts(f"q_{on.webinar}")
    await anna.sends("Who pays?")

    await anna.sends("/cancel")
    again = await anna.starts(f"q_{on.webinar}")

    assert again.text == f"2 of 2\n\nYour question at {TITLE}:\n\nWho pays?"
