"""A programme taken over by the running bot: what is new, what changed, who is told."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.demo import coming_soon
from domain.programme import Programme, ProgrammeError
from programme.reading import read
from services import programme as programmes
from services.programme import Applied
from tests.chat.world import START, Chat, open_chat

IMCB22 = Path(__file__).parents[2] / "programme" / "imcb22.yaml"


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    async with open_chat(tmp_path) as opened:
        yield opened


async def take_over(chat: Chat, programme: Programme) -> Applied:
    async with chat.bot.database.write() as tx:
        applied = await programmes.apply(tx, programme, chat.clock.now(), None, lambda: None)
    await chat.settles()
    return applied


async def test_a_new_programme_is_added_and_the_same_once_more_changes_nothing(chat: Chat) -> None:
    programme = read(IMCB22)

    first, second = await take_over(chat, programme), await take_over(chat, programme)

    assert first == Applied(groups_added=4, webinars_added=8)
    assert second == Applied(unchanged=12)


async def test_what_is_given_out_is_what_was_taken_over(chat: Chat) -> None:
    programme = read(IMCB22)
    await take_over(chat, programme)

    async with chat.bot.database.read() as tx:
        given_out = await programmes.collect(tx)

    assert given_out == programme


async def test_a_webinar_that_the_file_moves_is_announced_to_its_followers_once(chat: Chat) -> None:
    programme = read(IMCB22)
    await take_over(chat, programme)
    anna, ben = await chat.person("Anna"), await chat.person("Ben")
    await anna.sends("/webinars")
    await anna.presses("1 · Remind me")
    await anna.presses("This webinar")
    anna.looks()
    ben.looks()
    wall = datetime(2022, 3, 24, 17)  # noqa: DTZ001 - what a clock in Berlin shows
    moved = replace(programme.webinars[0], wall=wall)
    changed = replace(programme, webinars=(moved, *programme.webinars[1:]))

    applied = await take_over(chat, changed)
    again = await take_over(chat, changed)

    assert applied == Applied(webinars_changed=1, unchanged=11)
    assert again == Applied(unchanged=12)
    assert [message.text for message in anna.new_messages] == [
        (
            "Moved: Forced migration and regional solidarity: Ukraine and Europe\n"
            "before: Tue, 22 Mar 2022, 16:00\n"
            "now: Thu, 24 Mar 2022, 17:00 (Berlin)"
        )
    ]
    assert ben.new_messages == []


async def test_a_new_title_is_told_and_a_new_abstract_disturbs_nobody(chat: Chat) -> None:
    programme = read(IMCB22)
    await take_over(chat, programme)
    anna = await chat.person("Anna")
    await anna.sends("/webinars")
    await anna.presses("1 · Remind me")
    await anna.presses("All webinars")
    anna.looks()
    shorter = replace(programme.webinars[0], abstracts={"en": "In short."})
    renamed = replace(shorter, titles={"en": "Forced migration"})

    applied = await take_over(chat, Programme(webinars=(shorter,)))
    after_the_abstract = anna.new_messages
    await take_over(chat, Programme(webinars=(renamed,)))

    assert applied == Applied(webinars_changed=1)
    assert after_the_abstract == []
    (news,) = anna.new_messages
    assert news.text.startswith("Changed: Forced migration\n")


async def test_what_a_file_does_not_say_of_the_day_itself_stays_and_what_it_says_counts(chat: Chat) -> None:
    programme = read(IMCB22)
    first = programme.webinars[0]
    of_the_day = replace(
        first, backstage_link="https://meet.example.org/back", recording_link="https://video.example.org/1"
    )
    await take_over(chat, replace(programme, webinars=(replace(of_the_day, capacity=80, registration=True),)))

    silent = await take_over(chat, Programme(webinars=(first,)))
    said = await take_over(chat, Programme(webinars=(replace(first, capacity=40, registration=False),)))
    async with chat.bot.database.read() as tx:
        (given_out,) = (await programmes.collect(tx)).webinars

    assert silent == Applied(unchanged=1)
    assert said == Applied(webinars_changed=1)
    assert given_out == replace(of_the_day, capacity=40)


async def test_a_changed_quota_is_taken_over(chat: Chat) -> None:
    programme = read(IMCB22)
    await take_over(chat, programme)
    larger = tuple(replace(group, most_members=12) for group in programme.groups)

    applied = await take_over(chat, Programme(groups=larger))

    assert applied == Applied(groups_changed=4)


async def test_a_file_with_a_mistake_changes_nothing_at_all(chat: Chat) -> None:
    programme = read(IMCB22)
    nowhere = replace(programme.webinars[0], group="PWG 9")
    skipped = replace(programme.webinars[1], wall=datetime(2022, 3, 27, 2, 30))  # noqa: DTZ001

    with pytest.raises(ProgrammeError) as error:
        await take_over(chat, replace(programme, webinars=(nowhere, skipped)))

    assert str(error.value).splitlines() == [
        f"{nowhere.place}: there is no group PWG 9",
        (
            f"{skipped.place}: start 2022-03-27 02:30 does not exist in Europe/Berlin, where the clocks are put "
            "forward over it; the next time is 03:00"
        ),
    ]
    async with chat.bot.database.read() as tx:
        assert await programmes.collect(tx) == Programme()


def test_the_demo_begins_in_two_hours_and_goes_on_days_later() -> None:
    programme = coming_soon(read(IMCB22), START)

    starts = sorted(webinar.event(1).starts_at for webinar in programme.webinars)

    assert 120 <= (starts[0] - START).total_seconds() / 60 <= 150
    assert (starts[1].date() - START.date()).days == 4
    assert starts[-1] > START
