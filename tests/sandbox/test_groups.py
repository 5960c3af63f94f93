"""Groups, forums, channels: members, rights, privacy, links, requests, topics, migration."""

from typing import Any

import pytest

from sandbox.people import PersonError
from sandbox.state import Chat, Json
from tests.sandbox.setting import World


def group(world: World, **chosen: Any) -> Chat:
    """A supergroup of Anna with Ben in it, and the bot as administrator."""
    options: dict[str, Any] = {"members": [world.ben.user], "owner": world.anna.user} | chosen
    chat = world.telegram.add_group("Cities", **options)
    world.anna.add_bot(chat)
    world.anna.promote(chat)
    return chat


async def heard(world: World) -> list[Json]:
    """What the bot got since the last time, all kinds allowed."""
    return await world.call.updates(allowed_updates=ALL)


ALL = [
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
]


def kinds(updates: list[Json]) -> list[str]:
    return [list(update)[1] for update in updates]


async def test_being_added_is_told_as_membership_and_as_message(world: World) -> None:
    chat = world.telegram.add_group("Cities", owner=world.anna.user)

    world.anna.add_bot(chat)

    mine, message = await heard(world)
    assert mine["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert mine["my_chat_member"]["from"]["id"] == world.anna.user.id
    assert message["message"]["new_chat_members"][0]["id"] == world.bot.id


async def test_privacy_mode_shows_only_what_is_meant_for_the_bot(world: World) -> None:
    chat = world.telegram.add_group("Cities", owner=world.anna.user)
    world.anna.add_bot(chat)
    sent = await world.call("sendMessage", chat_id=chat.id, text="I am here")
    await heard(world)

    world.anna.send("just talking", chat)
    world.anna.send("/help", chat)
    world.anna.send("/help@other_bot", chat)
    world.anna.send("/help@Prework_Bot", chat)
    world.anna.send("thanks", chat, reply_to=chat.messages[sent["message_id"]])

    assert [update["message"]["text"] for update in await heard(world)] == ["/help", "/help@Prework_Bot", "thanks"]


async def test_an_administrator_bot_sees_everything(world: World) -> None:
    chat = group(world)
    await heard(world)

    world.ben.send("just talking", chat)

    assert [update["message"]["text"] for update in await heard(world)] == ["just talking"]


async def test_comings_and_goings_reach_an_administrator_bot(world: World) -> None:
    chat = group(world)
    await heard(world)

    world.ben.leave(chat)

    member, message = await heard(world)
    assert member["chat_member"]["old_chat_member"]["status"] == "member"
    assert member["chat_member"]["new_chat_member"]["status"] == "left"
    assert message["message"]["left_chat_member"]["id"] == world.ben.user.id
    assert (await world.call("getChatMember", chat_id=chat.id, user_id=world.ben.user.id))["status"] == "left"


@pytest.mark.parametrize(("kind", "words"), [("group", "group chat"), ("supergroup", "supergroup chat")])
async def test_a_removed_bot_is_kept_out(world: World, kind: str, words: str) -> None:
    chat = group(world, kind=kind)
    world.anna.remove_bot(chat)

    refusal = await world.call.refused("sendMessage", chat_id=chat.id, text="x")

    assert refusal == f"Forbidden: bot was kicked from the {words}"
    assert (await heard(world))[-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_a_bot_that_left_is_no_member(world: World) -> None:
    chat = group(world)
    await world.call("leaveChat", chat_id=chat.id)

    refusal = await world.call.refused("sendMessage", chat_id=chat.id, text="x")

    assert refusal == "Forbidden: bot is not a member of the supergroup chat"


async def test_strangers_groups_are_not_found(world: World) -> None:
    chat = world.telegram.add_group("Strangers", owner=world.ben.user)

    assert await world.call.refused("getChat", chat_id=chat.id) == "Bad Request: chat not found"


async def test_a_demoted_bot_lacks_rights(world: World) -> None:
    chat = group(world)
    world.anna.demote(chat)

    assert await world.call.refused("createChatInviteLink", chat_id=chat.id) == (
        "Bad Request: not enough rights to manage chat invite link"
    )
    assert await world.call.refused("banChatMember", chat_id=chat.id, user_id=world.ben.user.id) == (
        "Bad Request: not enough rights to restrict/unrestrict chat member"
    )


async def test_a_restricted_bot_cannot_write(world: World) -> None:
    chat = group(world)
    world.anna.demote(chat)
    world.anna.restrict(chat, can_send_messages=False)

    assert await world.call.refused("sendMessage", chat_id=chat.id, text="x") == (
        "Bad Request: not enough rights to send text messages to the chat"
    )


async def test_a_join_request_is_approved_once(world: World) -> None:
    chat = group(world, members=[])
    link = (await world.call("createChatInviteLink", chat_id=chat.id, creates_join_request=True))["invite_link"]
    await heard(world)
    world.ben.open_link(link)
    (asked,) = await heard(world)
    who = {"chat_id": chat.id, "user_id": world.ben.user.id}

    await world.call("sendMessage", chat_id=asked["chat_join_request"]["user_chat_id"], text="Please wait")
    await world.call("approveChatJoinRequest", **who)

    member, _ = await heard(world)
    assert asked["chat_join_request"]["invite_link"]["invite_link"] == link
    assert member["chat_member"]["via_join_request"] is True
    assert member["chat_member"]["invite_link"]["invite_link"] == link
    assert await world.call.refused("approveChatJoinRequest", **who) == "Bad Request: USER_ALREADY_PARTICIPANT"


async def test_the_door_of_a_join_request_closes_after_five_minutes(world: World) -> None:
    chat = group(world, members=[])
    link = await world.call("createChatInviteLink", chat_id=chat.id, creates_join_request=True)
    world.ben.ask_to_join(link["invite_link"], bio="I plan cities")
    world.time_passes(seconds=301)

    refusal = await world.call.refused("sendMessage", chat_id=world.ben.user.id, text="late")

    assert refusal == "Forbidden: bot can't initiate conversation with a user"


async def test_a_request_that_is_gone_is_missing(world: World) -> None:
    chat = group(world, members=[])
    link = await world.call("createChatInviteLink", chat_id=chat.id, creates_join_request=True)
    who = {"chat_id": chat.id, "user_id": world.ben.user.id}
    world.ben.ask_to_join(link["invite_link"])
    world.ben.take_back_request(chat)
    withdrawn = await world.call.refused("approveChatJoinRequest", **who)
    world.ben.ask_to_join(link["invite_link"])
    world.anna.accept(chat, world.ben.user)

    by_a_human = await world.call.refused("declineChatJoinRequest", **who)

    assert withdrawn == "Bad Request: HIDE_REQUESTER_MISSING"
    assert by_a_human == "Bad Request: USER_ALREADY_PARTICIPANT"


async def test_revoked_expired_and_full_links_lead_nowhere(world: World) -> None:
    chat = group(world, members=[])
    now = world.telegram.clock.timestamp
    links = [
        await world.call("createChatInviteLink", chat_id=chat.id, name="gone"),
        await world.call("createChatInviteLink", chat_id=chat.id, expire_date=now + 60),
        await world.call("createChatInviteLink", chat_id=chat.id, member_limit=1),
    ]
    await world.call("revokeChatInviteLink", chat_id=chat.id, invite_link=links[0]["invite_link"])
    world.telegram.as_person(world.telegram.add_user("Cleo")).join(links[2]["invite_link"])
    world.time_passes(minutes=2)

    for link in links:
        with pytest.raises(PersonError, match="expired"):
            world.ben.join(link["invite_link"])


async def test_the_primary_link_is_replaced(world: World) -> None:
    chat = group(world)

    first = await world.call("exportChatInviteLink", chat_id=chat.id)
    second = await world.call("exportChatInviteLink", chat_id=chat.id)

    assert first != second
    assert (await world.call("getChat", chat_id=chat.id))["invite_link"] == second
    assert await world.call.refused("editChatInviteLink", chat_id=chat.id, invite_link=first, name="x") == (
        "Bad Request: INVITE_HASH_EXPIRED"
    )


async def test_a_group_that_became_a_supergroup_names_its_new_id(world: World) -> None:
    chat = group(world, kind="group")
    await heard(world)

    new = world.anna.migrate(chat)

    status, answer = await world.call.raw("sendMessage", {"chat_id": chat.id, "text": "x"})
    old_side, new_side = await heard(world)
    assert (status, answer["description"], answer["parameters"]) == (
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": new.id},
    )
    assert old_side["message"]["migrate_to_chat_id"] == new.id
    assert new_side["message"]["migrate_from_chat_id"] == chat.id
    await world.call("sendMessage", chat_id=new.id, text="here again")


async def test_topics_open_close_and_vanish(world: World) -> None:
    chat = group(world, forum=True)
    topic = (await world.call("createForumTopic", chat_id=chat.id, name="Papers"))["message_thread_id"]
    place = {"chat_id": chat.id, "message_thread_id": topic}

    sent = await world.call("sendMessage", text="first", **place)
    await world.call("closeForumTopic", **place)
    await world.call("sendMessage", text="administrators may", **place)
    world.anna.promote(chat, can_manage_topics=False)
    closed = await world.call.refused("sendMessage", text="x", **place)
    world.anna.delete_topic(chat, chat.topics[topic])
    deleted = await world.call.refused("sendMessage", text="x", **place)

    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    assert closed == "Bad Request: TOPIC_CLOSED"
    assert deleted == "Bad Request: message thread not found"
    assert [message.text for message in chat if not message.is_service] == []


async def test_the_general_topic_has_no_number_and_can_be_closed(world: World) -> None:
    chat = group(world, forum=True)
    await world.call("closeGeneralForumTopic", chat_id=chat.id)
    await world.call("sendMessage", chat_id=chat.id, text="administrators may")
    world.anna.promote(chat, can_manage_topics=False)

    numbered = await world.call.refused("sendMessage", chat_id=chat.id, text="x", message_thread_id=1)
    closed = await world.call.refused("sendMessage", chat_id=chat.id, text="x")
    world.anna.reopen_topic(chat, None)
    await world.call("sendMessage", chat_id=chat.id, text="open again")

    assert numbered == "Bad Request: message thread not found"
    assert closed == "Bad Request: TOPIC_CLOSED"


async def test_a_public_group_is_found_by_its_name(world: World) -> None:
    chat = group(world)

    world.anna.publish(chat, "cities_group")

    assert (await world.call("getChat", chat_id="@cities_group"))["id"] == chat.id
    assert world.ben.open_link("https://t.me/cities_group") is chat


async def test_only_forums_have_topics(world: World) -> None:
    chat = group(world)

    assert await world.call.refused("createForumTopic", chat_id=chat.id, name="x") == (
        "Bad Request: the chat is not a forum"
    )


async def test_people_write_in_topics_and_the_bot_sees_which(world: World) -> None:
    chat = group(world, forum=True)
    topic = world.anna.create_topic(chat, "Dates")
    await heard(world)

    world.ben.send("when?", chat, thread=topic)

    (update,) = await heard(world)
    assert update["message"]["message_thread_id"] == topic.id


async def test_pins_leave_a_service_message(world: World) -> None:
    chat = group(world)
    sent = await world.call("sendMessage", chat_id=chat.id, text="Rules")

    await world.call("pinChatMessage", chat_id=chat.id, message_id=sent["message_id"])

    assert (await world.call("getChat", chat_id=chat.id))["pinned_message"]["text"] == "Rules"
    assert list(chat)[-1].content["pinned_message"]["message_id"] == sent["message_id"]
    await world.call("unpinChatMessage", chat_id=chat.id)
    assert "pinned_message" not in await world.call("getChat", chat_id=chat.id)


async def test_anonymous_administrators_and_channels_hide_who_writes(world: World) -> None:
    chat = group(world)
    channel = world.telegram.add_group("News", kind="channel", owner=world.ben.user)
    await heard(world)

    world.anna.send_anonymously(chat, "/link 123")
    world.ben.send_as_channel(chat, "/link 456", channel)

    anonymous, posing = await heard(world)
    assert (anonymous["message"]["from"]["id"], anonymous["message"]["sender_chat"]["id"]) == (1087968824, chat.id)
    assert (posing["message"]["from"]["id"], posing["message"]["sender_chat"]["id"]) == (136817688, channel.id)


async def test_channel_posts_are_forwarded_to_the_linked_group(world: World) -> None:
    channel = world.telegram.add_group("News", kind="channel", owner=world.anna.user)
    group(world, linked_to=channel)
    await heard(world)

    world.anna.send("We moved", channel)

    (update,) = await heard(world)
    assert update["message"]["is_automatic_forward"] is True
    assert update["message"]["from"]["id"] == 777000
    assert update["message"]["forward_origin"]["chat"]["id"] == channel.id


async def test_a_bot_posts_in_a_channel_it_administers(world: World) -> None:
    channel = world.telegram.add_group("News", kind="channel", owner=world.anna.user)
    world.anna.add_bot(channel)

    sent = await world.call("sendMessage", chat_id=channel.id, text="News")

    assert ("from" in sent, sent["sender_chat"]["id"]) == (False, channel.id)
    world.anna.demote(channel)
    assert await world.call.refused("sendMessage", chat_id=channel.id, text="x") == (
        "Bad Request: need administrator rights in the channel chat"
    )


async def test_banning_restricting_and_promoting(world: World) -> None:
    chat = group(world)
    who = {"chat_id": chat.id, "user_id": world.ben.user.id}

    await world.call("restrictChatMember", permissions={"can_send_messages": False}, **who)
    with pytest.raises(PersonError, match="not allowed"):
        world.ben.send("x", chat)
    await world.call("promoteChatMember", can_pin_messages=True, **who)
    promoted = await world.call.refused("banChatMember", **who)
    await world.call("promoteChatMember", **who)
    await world.call("banChatMember", **who)

    assert promoted == "Bad Request: user is an administrator of the chat"
    assert (await world.call("getChatMember", **who))["status"] == "kicked"
    await world.call("unbanChatMember", **who)
    assert (await world.call("getChatMember", **who))["status"] == "left"


async def test_administrators_and_counts(world: World) -> None:
    chat = group(world)

    admins = await world.call("getChatAdministrators", chat_id=chat.id)

    assert {admin["user"]["id"]: admin["status"] for admin in admins} == {
        world.anna.user.id: "creator",
        world.bot.id: "administrator",
    }
    assert await world.call("getChatMemberCount", chat_id=chat.id) == 3


async def test_a_start_group_link_adds_the_bot_with_its_payload(world: World) -> None:
    chat = world.telegram.add_group("Cities", owner=world.anna.user)

    world.anna.open_link("https://t.me/prework_bot?startgroup=CODE-1", chat)

    assert [update["message"].get("text") for update in (await heard(world))[1:]] == [
        None,
        "/start@prework_bot CODE-1",
    ]


async def test_renamed_and_deleted_groups(world: World) -> None:
    chat = group(world)
    world.anna.rename_chat(chat, "Cities and climate")
    renamed = (await heard(world))[-1]["message"]["new_chat_title"]
    world.anna.delete_chat(chat)

    assert renamed == "Cities and climate"
    assert await world.call.refused("sendMessage", chat_id=chat.id, text="x") == (
        "Forbidden: the group chat was deleted"
    )


async def test_the_client_refuses_what_telegram_would(world: World) -> None:
    chat = world.telegram.add_group("Cities", owner=world.anna.user)

    with pytest.raises(PersonError, match="Ben is not in Cities"):
        world.ben.send("x", chat)
    with pytest.raises(PersonError, match="press Start first"):
        world.ben.send("x")
    assert world.ben.inbox(chat) == []


async def test_a_bot_does_not_hear_itself_but_the_changes_it_makes(world: World) -> None:
    channel = world.telegram.add_group("News", kind="channel", owner=world.anna.user)
    world.anna.add_bot(channel)
    chat = group(world)
    await heard(world)

    await world.call("sendMessage", chat_id=channel.id, text="News")
    await world.call("sendMessage", chat_id=chat.id, text="Hello")
    await world.call("setChatTitle", chat_id=chat.id, title="Cities 2")

    assert [update["message"]["new_chat_title"] for update in await heard(world)] == ["Cities 2"]


@pytest.mark.parametrize(("by", "status"), [("anna", "administrator"), ("ben", "member")])
async def test_a_link_with_rights_makes_the_bot_administrator_if_whoever_follows_it_may(
    world: World, by: str, status: str
) -> None:
    chat = world.telegram.add_group("Cities", owner=world.anna.user, members=[world.ben.user])
    link = f"https://t.me/{world.bot.username}?startgroup=CODE&admin=pin_messages+invite_users"

    getattr(world, by).open_link(link, chat)

    me = chat.member(world.bot.id)
    assert me is not None
    assert me.status == status
    assert {name for name, granted in me.rights.items() if granted} == (
        {"can_manage_chat", "can_pin_messages", "can_invite_users"} if status == "administrator" else set()
    )
    assert (await heard(world))[-1]["message"]["text"] == f"/start@{world.bot.username} CODE"
