"""What happens in chats, whoever caused it: it is stored, and told to the bots and to the page."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sandbox.bots import Bot
from sandbox.objects import chat_json, link_json, member_json, message_json, request_json, user_json
from sandbox.state import Chat, InviteLink, JoinRequest, Json, Member, Message, Topic, User, Version

if TYPE_CHECKING:
    from sandbox.telegram import LocalTelegram

ECHOED = frozenset(
    {"new_chat_title", "left_chat_member", "pinned_message"}
    | {"forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"}
)
CONTACT_SECONDS = 300
"""How long a bot may write to somebody who asked to join: core.telegram.org/bots/api#chatjoinrequest."""


def post(
    telegram: "LocalTelegram",
    chat: Chat,
    sender: User | None,
    content: Json,
    *,
    sender_chat: Chat | None = None,
    author: User | None = None,
    thread_id: int | None = None,
    reply_to: Message | None = None,
    reply_markup: Json | None = None,
    extra: Json | None = None,
    silent: bool = False,
) -> Message:
    """Put a message into a chat and tell the bots that may see it."""
    chat.last_message_id += 1
    message = Message(
        chat=chat,
        message_id=chat.last_message_id,
        date=telegram.clock.timestamp,
        sender=sender,
        content=content,
        sender_chat=sender_chat,
        author=author or sender,
        thread_id=thread_id,
        reply_to=reply_to,
        reply_markup=reply_markup,
        extra=extra or {},
        silent=silent,
    )
    telegram.keep(message)
    if sender is not None and sender.is_bot and sender.id in telegram.bots_by_id:
        chat.last_bot_id = sender.id
    _tell_page(telegram, "message", message)
    tell_bots(telegram, message, edited=False)
    if chat.kind == "channel" and chat.linked_chat is not None and not message.is_service:
        _forward_to_discussion(telegram, message, chat.linked_chat)
    return message


def _forward_to_discussion(telegram: "LocalTelegram", message: Message, group: Chat) -> None:
    origin = {
        "type": "channel",
        "chat": chat_json(message.chat),
        "message_id": message.message_id,
        "date": message.date,
    }
    extra = {"is_automatic_forward": True, "forward_origin": origin}
    copy = post(telegram, group, telegram.service_account, message.content, sender_chat=message.chat, extra=extra)
    group.pinned.append(copy.message_id)


def edit(telegram: "LocalTelegram", message: Message, content: Json, reply_markup: Json | None) -> None:
    """Change what a message says; the former version stays in its history."""
    message.history.append(Version(message.edit_date or message.date, message.content, message.reply_markup))
    message.content = content
    message.reply_markup = reply_markup
    message.edit_date = telegram.clock.timestamp
    _tell_page(telegram, "edit", message)
    tell_bots(telegram, message, edited=True)


def delete(telegram: "LocalTelegram", message: Message) -> None:
    """Delete a message for everybody; Telegram tells bots nothing of it."""
    message.deleted = True
    if message.message_id in message.chat.pinned:
        message.chat.pinned.remove(message.message_id)
    _tell_page(telegram, "delete", message)


def _tell_page(telegram: "LocalTelegram", kind: str, message: Message) -> None:
    chat = message.chat
    bot = chat.bot.id if chat.bot is not None else None
    telegram.events.tell(kind, chat=chat.id, bot=bot, message_id=message.message_id)


def tell_bots(telegram: "LocalTelegram", message: Message, *, edited: bool) -> None:
    """Give the message to each bot that may see it, never to the one that wrote it."""
    channel = message.chat.kind == "channel"
    kind = "channel_post" if channel else "message"
    if edited:
        kind = f"edited_{kind}"
    for bot in listeners(telegram, message):
        telegram.tell(bot, kind, message_json(message))


def listeners(telegram: "LocalTelegram", message: Message) -> list[Bot]:
    """Return the bots that see this message. Bots never see each other's messages."""
    chat, author = message.chat, message.author
    if author is not None and author.id in telegram.bots_by_id and not message.is_service:
        return []
    if chat.kind == "private":
        return [] if chat.blocked or _is_own_voice(chat.bot, message) else [chat.bot]
    return [
        bot
        for bot in telegram.bots.values()
        if not _is_own_voice(bot, message) and (member := chat.member(bot.id)) and member.is_in
        if member.is_admin or bot.reads_all_groups or _is_meant_for(bot, message)
    ]


def _is_own_voice(bot: Bot, message: Message) -> bool:
    """Bots don't hear themselves, but they get the service messages that they cause."""
    return message.author is bot.user and not message.content.keys() & ECHOED


def _is_meant_for(bot: Bot, message: Message) -> bool:
    """Privacy mode: core.telegram.org/bots/features#privacy-mode."""
    if message.is_service or message.extra.get("via_bot", {}).get("id") == bot.id:
        return True
    if message.reply_to is not None and message.reply_to.author is bot.user:
        return True
    commands = commands_in(message.text, message.entities)
    for _, addressed in commands:
        if addressed is not None and addressed.casefold() == bot.username.casefold():
            return True
        if addressed is None and message.chat.last_bot_id in {None, bot.id}:
            return True
    return False


def commands_in(text: str, entities: list[Json]) -> list[tuple[str, str | None]]:
    """Return the commands of a text as (name, addressed bot or None)."""
    units = text.encode("utf-16-le", "surrogatepass")
    commands = []
    for entity in entities:
        if entity["type"] == "bot_command":
            start = entity["offset"] * 2
            word = units[start : start + entity["length"] * 2].decode("utf-16-le")
            name, _, bot = word[1:].partition("@")
            commands.append((name, bot or None))
    return commands


def service(telegram: "LocalTelegram", chat: Chat, sender: User | None, **content: object) -> Message:
    """Post a service message ("Anna joined", "Bea pinned …"); channels name no sender."""
    if chat.kind == "channel":
        return post(telegram, chat, None, dict(content), sender_chat=chat, author=sender)
    return post(telegram, chat, sender, dict(content))


def change_member(
    telegram: "LocalTelegram",
    chat: Chat,
    new: Member,
    by: User,
    *,
    link: InviteLink | None = None,
    via_join_request: bool = False,
) -> None:
    """Change how somebody belongs to a chat, and tell the bots concerned (my_chat_member, chat_member)."""
    old = chat.member(new.user.id) or Member(new.user, "left")
    chat.members[new.user.id] = new
    update: Json = {
        "chat": chat_json(chat),
        "from": user_json(by),
        "date": telegram.clock.timestamp,
        "old_chat_member": member_json(old, chat),
        "new_chat_member": member_json(new, chat),
    }
    if link is not None:
        update["invite_link"] = link_json(link)
    if via_join_request:
        update["via_join_request"] = True
    for bot in telegram.bots.values():
        if bot.user is new.user:
            telegram.tell(bot, "my_chat_member", update)
        elif (member := chat.member(bot.id)) is not None and member.is_admin:
            telegram.tell(bot, "chat_member", update)
    telegram.events.tell("member", chat=chat.id, user=new.user.id, status=new.status)


def bring_in(
    telegram: "LocalTelegram",
    chat: Chat,
    user: User,
    by: User,
    *,
    link: InviteLink | None = None,
    via_join_request: bool = False,
    rights: Mapping[str, bool] | None = None,
) -> None:
    """Let somebody into a chat, with the service message of groups; with `rights`, as an admin from the start."""
    chat.requests.pop(user.id, None)
    if link is not None:
        link.joined.add(user.id)
    member = Member(user, "administrator", {"can_manage_chat": True, **rights}) if rights else Member(user, "member")
    if user.is_bot and chat.kind == "channel":
        member = Member(user, "administrator", dict.fromkeys(telegram.rights_for(chat), True))
    change_member(telegram, chat, member, by, link=link, via_join_request=via_join_request)
    if chat.is_group:
        service(telegram, chat, user if via_join_request else by, new_chat_members=[user_json(user)])


def put_out(
    telegram: "LocalTelegram", chat: Chat, user: User, by: User, *, banned: bool = False, until: int = 0
) -> None:
    """Let somebody leave, or remove them; `banned` keeps them out."""
    new = Member(user, "kicked", until_date=until) if banned else Member(user, "left")
    change_member(telegram, chat, new, by)
    if chat.is_group:
        service(telegram, chat, by, left_chat_member=user_json(user))


def set_blocked(telegram: "LocalTelegram", chat: Chat, *, blocked: bool) -> None:
    """Block or unblock a bot in a private chat."""
    person, bot = chat.user, chat.bot
    if person is None or chat.blocked == blocked:
        return
    chat.blocked = blocked
    out = {"user": user_json(bot.user), "status": "kicked", "until_date": 0}
    inside = {"user": user_json(bot.user), "status": "member"}
    update: Json = {
        "chat": chat_json(chat),
        "from": user_json(person),
        "date": telegram.clock.timestamp,
        "old_chat_member": inside if blocked else out,
        "new_chat_member": out if blocked else inside,
    }
    telegram.tell(bot, "my_chat_member", update)
    telegram.events.tell("member", chat=chat.id, user=bot.id, status="kicked" if blocked else "member")


def migrate(telegram: "LocalTelegram", group: Chat, by: User | None) -> Chat:
    """Turn a basic group into a supergroup with another id; both get their service message."""
    new = telegram.new_chat("supergroup", group.title or "", username=group.username)
    new.members = {
        user_id: Member(member.user, member.status, dict(member.rights), member.custom_title)
        for user_id, member in group.members.items()
    }
    new.permissions = dict(group.permissions)
    group.migrated_to = new
    service(telegram, group, by, migrate_to_chat_id=new.id)
    service(telegram, new, by, migrate_from_chat_id=group.id)
    telegram.events.tell("chat", chat=new.id)
    return new


def open_topic(
    telegram: "LocalTelegram", chat: Chat, name: str, by: User, *, color: int = 7322096, icon: str | None = None
) -> Topic:
    """Open a topic; its id is that of the service message."""
    content: Json = {"name": name, "icon_color": color}
    if icon:
        content["icon_custom_emoji_id"] = icon
    chat.last_message_id = max(chat.last_message_id, 1)  # the id 1 means the general topic
    topic_id = chat.last_message_id + 1
    chat.topics[topic_id] = topic = Topic(topic_id, name, color, icon)
    post(telegram, chat, by, {"forum_topic_created": content}, thread_id=topic_id)
    telegram.events.tell("chat", chat=chat.id)
    return topic


def pin(telegram: "LocalTelegram", message: Message, by: User) -> None:
    """Pin a message, with the service message in its topic; one that is on top already stays there in silence."""
    chat = message.chat
    if chat.pinned[-1:] == [message.message_id]:
        return
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
    chat.pinned.append(message.message_id)
    content: Json = {"pinned_message": message_json(message, with_reply=False)}
    if chat.kind == "channel":
        service(telegram, chat, by, **content)
    else:
        post(telegram, chat, by, content, thread_id=message.thread_id)


def ask_in(telegram: "LocalTelegram", chat: Chat, request: JoinRequest) -> None:
    """Somebody asks to join: bots that may invite are told, and may write to them for five minutes."""
    chat.requests[request.user.id] = request
    for bot in telegram.bots.values():
        member = chat.member(bot.id)
        if member is not None and member.is_admin and member.rights.get("can_invite_users"):
            bot.contact_until[request.user.id] = telegram.clock.timestamp + CONTACT_SECONDS
            telegram.tell(bot, "chat_join_request", request_json(request, chat))
    telegram.events.tell("request", chat=chat.id, user=request.user.id)


def let_in(telegram: "LocalTelegram", chat: Chat, request: JoinRequest, by: User) -> None:
    """A join request is approved."""
    bring_in(telegram, chat, request.user, by, link=request.link, via_join_request=True)
    telegram.events.tell("request", chat=chat.id, user=request.user.id)


def turn_away(telegram: "LocalTelegram", chat: Chat, request: JoinRequest) -> None:
    """A join request is declined or taken back; nobody is told."""
    chat.requests.pop(request.user.id, None)
    telegram.events.tell("request", chat=chat.id, user=request.user.id)


def rename_topic(telegram: "LocalTelegram", chat: Chat, topic: Topic, name: str, by: User) -> None:
    """Give a topic another name."""
    topic.name = name
    post(telegram, chat, by, {"forum_topic_edited": {"name": name}}, thread_id=topic.id)
    telegram.events.tell("chat", chat=chat.id)


def set_topic_closed(telegram: "LocalTelegram", chat: Chat, topic: Topic | None, by: User, *, closed: bool) -> None:
    """Close a topic or open it again; None is the general one."""
    if topic is None:
        chat.general_closed = closed
    else:
        topic.is_closed = closed
    name = "forum_topic_closed" if closed else "forum_topic_reopened"
    post(telegram, chat, by, {name: {}}, thread_id=None if topic is None else topic.id)
    telegram.events.tell("chat", chat=chat.id)


def delete_topic(telegram: "LocalTelegram", chat: Chat, topic: Topic) -> None:
    """Delete a topic with its messages; bots are told nothing."""
    del chat.topics[topic.id]
    for message in chat:
        if message.thread_id == topic.id:
            delete(telegram, message)
    telegram.events.tell("chat", chat=chat.id)
