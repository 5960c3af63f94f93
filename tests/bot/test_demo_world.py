"""The demo's file means the same to the sandbox and to the bot."""

from datetime import UTC, datetime

from bot.demo import FILES
from bot.demo_world import read_demo_world
from sandbox.clock import WallClock
from sandbox.telegram import LocalTelegram
from sandbox.world import read_world

DEMO = FILES / "demo.yaml"


def test_chats_and_topics_have_the_same_ids_on_both_sides() -> None:
    telegram = LocalTelegram(WallClock(start=datetime(2022, 3, 21, tzinfo=UTC), frozen=True))
    built = read_world(DEMO, telegram)
    linked = read_demo_world(DEMO).chats

    assert {code: (chat.chat.title, chat.topic) for code, chat in linked.items()} == {
        "PWG 1": (built.chats["pwg1"].title, None),
        "PWG 3": (built.chats["pwg3"].title, telegram.topic(built.chats["pwg3"], "Papers").id),
    }
    for chat in linked.values():
        found = telegram.chats[chat.chat.id]
        bot = found.member(telegram.first_bot.id)
        assert bot is not None
        assert all(bot.rights[right] for right in chat.chat.rights)
        assert {user for user in found.members if user != telegram.first_bot.id} == set(chat.members)


def test_every_group_is_run_and_reaches_over_several_zones() -> None:
    world = read_demo_world(DEMO)
    zones = {person.id: person.zone for person in world.people}

    assert sorted(world.coordinators) == ["PWG 1", "PWG 2", "PWG 3", "PWG 4"]
    for code, coordinators in world.coordinators.items():
        assert len({zones[person] for person in (*coordinators, *world.members[code])}) > 1


def test_one_chat_waits_to_be_linked() -> None:
    telegram = LocalTelegram(WallClock(start=datetime(2022, 3, 21, tzinfo=UTC), frozen=True))
    berlin = read_world(DEMO, telegram).chats["berlin"]

    assert berlin.is_forum
    assert berlin.member(telegram.first_bot.id) is None


def test_the_bot_may_post_and_edit_in_the_channel_and_anybody_may_join_it() -> None:
    telegram = LocalTelegram(WallClock(start=datetime(2022, 3, 21, tzinfo=UTC), frozen=True))
    built = read_world(DEMO, telegram)
    channel = telegram.chats[read_demo_world(DEMO).channel]

    bot, owner = channel.member(telegram.first_bot.id), channel.member(built.people["olga"].id)
    assert bot is not None
    assert owner is not None
    assert (channel.kind, channel.username, owner.status) == ("channel", "news_from_berlin", "creator")
    assert (bot.status, bot.rights["can_post_messages"], bot.rights["can_edit_messages"]) == (
        "administrator",
        True,
        True,
    )
    assert built.people["anna"].id in channel.members
