"""Organisers choose when what is due; what is planned follows."""

from datetime import timedelta

from sqlalchemy import select

from storage.tables import audit
from tests.chat.test_talks import AT, CONFIRM, DETAILS, asking, stage, texts
from tests.chat.world import Chat, Visitor


async def opens_timings(visitor: Visitor) -> None:
    await visitor.sends("/organise")
    await visitor.presses("Timings")


async def test_an_organiser_chooses_another_moment_and_announced_webinars_follow(chat: Chat) -> None:
    on = await stage(chat)
    olga, paula = await chat.organiser(), await on.invites()
    paula.looks()

    await opens_timings(olga)
    listed = olga.screen.text
    await olga.presses("Talk: title, abstract")
    question = (olga.screen.text, olga.screen.labels[0], olga.screen.labels[-1])
    await olga.presses("5 days before")
    await on.days_before(14)
    await paula.presses("I will speak")
    paula.looks()
    await on.days_before(7)
    at_the_old_moment = texts(paula)
    await on.days_before(5)

    assert listed.split("\n\n")[0] == "What is due when"
    assert "• Talk: title, abstract: 7 days before\n• Talk: slides: 3 days before" in listed
    assert "• Talk: thanks: 1 day after the start\n• Open questions: at the end\n" in listed
    assert listed.endswith("• Survey: 15 minutes after the end\n• Summary: 1 day after the end")
    assert question == (
        (
            "Talk: title, abstract\nNow: 7 days before\n\nEvents that are already announced follow; what has happened "
            "does not happen again."
        ),
        ["1 day before", "2 days before"],
        ["Back"],
    )
    assert olga.toasts == ["Talk: title, abstract: 5 days before."]
    assert at_the_old_moment == []
    assert texts(paula) == [asking(DETAILS, known="You speak.")]
    async with chat.bot.database.read() as tx:
        query = select(audit.c.actor_id, audit.c.subject, audit.c.before, audit.c.after)
        noted = (await tx.execute(query.where(audit.c.action == "timing_chosen"))).all()
    assert [tuple(row) for row in noted] == [
        (olga.id, "timing:talk_details", {"minutes": 10080}, {"minutes": 7200}),
    ]


async def test_the_deadlines_of_presenters_follow_and_nobody_is_asked_twice(chat: Chat) -> None:
    on = await stage(chat)
    olga, paula = await chat.organiser(), await on.invites()
    await on.days_before(14)
    paula.looks()
    on.carla.looks()

    await opens_timings(olga)
    await olga.presses("Talk: confirm")
    await olga.presses("10 days before")
    await opens_timings(olga)
    await olga.presses("Talk: title, abstract")
    await olga.presses("10 days before")
    await on.days_before(10)
    asked = texts(paula)
    await on.days_before(4.01)
    before_the_deadline = texts(on.carla)
    await on.days_before(4)

    assert asked == [asking(CONFIRM, DETAILS)]
    assert before_the_deadline == []
    assert len(texts(on.carla)) == 2
    assert await on.open_chores() == ["talk_unconfirmed", "talk_incomplete"]


async def test_a_step_whose_new_moment_is_past_is_asked_at_once(chat: Chat) -> None:
    on = await stage(chat)
    olga, paula = await chat.organiser(), await on.invites()
    await on.days_before(14)
    await paula.presses("I will speak")
    await on.days_before(9)
    paula.looks()

    await opens_timings(olga)
    await olga.presses("Talk: title, abstract")
    await olga.presses("10 days before")
    at_once = texts(paula)
    await on.days_before(7)

    assert at_once == [asking(DETAILS, known="You speak.")]
    assert texts(paula) == []


async def test_only_organisers_choose_and_only_what_is_offered(chat: Chat) -> None:
    on = await stage(chat)
    olga = await chat.organiser()
    await opens_timings(olga)
    before = olga.screen.text

    for data in ("nt:talk_details", "nc:talk_details:1440"):
        await on.carla.forges(data)
    for data in ("nc:talk_details:17", "nc:link:1440", "nt:reminder", "nt:talk_silent", "nc:ask:-60"):
        await olga.forges(data)
    await opens_timings(olga)

    assert on.carla.toasts == ["This is not for you, or it does not exist."] * 2
    assert olga.toasts == ["This card is out of date. Here is a fresh one."] * 5
    assert olga.screen.text == before
    assert chat.clock.now() < AT - timedelta(days=1)
