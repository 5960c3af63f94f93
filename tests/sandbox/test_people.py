"""What people can do in their clients, and what the clients refuse."""

import pytest

from sandbox.people import PersonError
from sandbox.state import Chat
from tests.sandbox.setting import World


@pytest.fixture
def chat(world: World) -> Chat:
    """A forum of Anna with Ben and the bot as administrator."""
    chat = world.telegram.add_group("Cities", forum=True, owner=world.anna.user, members=[world.ben.user])
    world.anna.add_bot(chat)
    world.anna.promote(chat)
    return chat


@pytest.mark.parametrize("kind", ["document", "photo", "voice", "video", "audio", "animation", "sticker", "video_note"])
async def test_every_kind_of_file_arrives_and_can_be_copied(world: World, kind: str) -> None:
    world.anna.start()
    await world.call.updates()

    sent = world.anna.send_file("thing.bin", b"data", kind=kind, caption="See /help" if kind != "sticker" else None)

    (update,) = await world.call.updates()
    assert kind in update["message"]
    copy = {"chat_id": world.anna.user.id, "from_chat_id": world.anna.user.id, "message_id": sent.message_id}
    await world.call("copyMessage", **copy)
    assert world.anna.inbox()[-1].content == sent.content


@pytest.mark.parametrize("kind", ["location", "contact", "dice", "venue", "poll"])
async def test_other_things_arrive(world: World, kind: str) -> None:
    world.anna.start()
    await world.call.updates()

    world.anna.send_other(kind)

    assert kind in (await world.call.updates())[0]["message"]


async def test_forwards_keep_their_origin(world: World, chat: Chat) -> None:
    world.ben.start()
    said = world.anna.send("Hello", chat)
    await world.call.updates()

    world.ben.forward(said)
    world.ben.forward(world.ben.inbox()[-1])

    origins = [update["message"]["forward_origin"]["sender_user"]["id"] for update in await world.call.updates()]
    assert origins == [world.anna.user.id] * 2


async def test_topics_are_administered(world: World, chat: Chat) -> None:
    topic = world.anna.create_topic(chat, "Dates")
    world.anna.rename_topic(chat, topic, "Days")
    world.anna.close_topic(chat, topic)
    with pytest.raises(PersonError, match="this topic is closed"):
        world.ben.send("x", chat, thread=topic)
    world.anna.reopen_topic(chat, topic)
    world.ben.send("x", chat, thread=topic)

    world.anna.switch_forum(chat, on=False)

    changes = [next(iter(message.content)) for message in chat if message.thread_id == topic.id]
    assert changes == [
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "text",
    ]
    assert (
        await world.call.refused("sendMessage", chat_id=chat.id, text="x", message_thread_id=topic.id)
        == "Bad Request: message thread not found"
    )


async def test_members_are_added_removed_and_banned(world: World, chat: Chat) -> None:
    cleo = world.telegram.as_person(world.telegram.add_user("Cleo"))
    world.ben.add_member(chat, cleo.user)
    cleo.send("I am in", chat)
    world.anna.remove_member(chat, cleo.user)
    link = world.anna.create_link(chat, name="everybody")

    with pytest.raises(PersonError, match="Cleo was banned"):
        cleo.join(link)
    with pytest.raises(PersonError, match="Ben does not administer Cities"):
        world.ben.remove_member(chat, world.anna.user)
    with pytest.raises(PersonError, match="is in Cities already"):
        world.ben.join(link)


async def test_only_administrators_delete_what_others_wrote(world: World, chat: Chat) -> None:
    said = world.anna.send("Hello", chat)

    with pytest.raises(PersonError, match="only administrators delete"):
        world.ben.delete(said)
    with pytest.raises(PersonError, match="only one's own"):
        world.ben.edit(said, "Bye")
    world.anna.delete(said)

    assert said not in world.ben.inbox(chat)


async def test_pins_are_told(world: World, chat: Chat) -> None:
    said = world.anna.send("Rules", chat)
    await world.call.updates()

    world.anna.pin(said)

    assert (await world.call.updates())[0]["message"]["pinned_message"]["text"] == "Rules"


async def test_captions_are_edited(world: World) -> None:
    world.anna.start()
    sent = world.anna.send_file("a.pdf", b"x", caption="frist")
    await world.call.updates()

    world.anna.edit(sent, "first")

    (update,) = await world.call.updates()
    assert update["edited_message"]["caption"] == "first"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "there is nothing to send"),
        ("  \n", "there is nothing to send"),
        ("x" * 5000, "too long for one message: 5000 of 4096 characters"),
    ],
)
async def test_a_client_does_not_send_nothing_or_too_much(world: World, text: str, refusal: str) -> None:
    world.anna.start()

    with pytest.raises(PersonError, match=refusal):
        world.anna.send(text)


async def test_a_start_parameter_has_its_alphabet(world: World) -> None:
    with pytest.raises(PersonError, match="64 letters"):
        world.anna.start("a b")
    with pytest.raises(PersonError, match="64 letters"):
        world.anna.start("x" * 65)


async def test_a_link_button_is_no_question_to_the_bot(world: World) -> None:
    world.anna.start()
    markup = {"inline_keyboard": [[{"text": "Page", "url": "https://example.org/"}]]}
    await world.call("sendMessage", chat_id=world.anna.user.id, text="See", reply_markup=markup)

    with pytest.raises(PersonError, match=r"it is a url button: .https://example\.org/"):
        world.anna.press(world.anna.inbox()[-1], "Page")


async def test_a_new_name_is_seen_with_the_next_message(world: World) -> None:
    world.anna.start()
    world.anna.rename("Hanna", "O.")
    world.anna.send("me again")

    updates = await world.call.updates()

    assert [update["message"]["from"]["first_name"] for update in updates] == ["Anna", "Hanna"]


async def test_everybody_lists_their_own_chats(world: World, chat: Chat) -> None:
    world.ben.start()

    assert world.ben.chats == [world.telegram.private_chat(world.ben.user), chat]
    assert world.telegram.as_person(world.telegram.add_user("Cleo")).chats == []
