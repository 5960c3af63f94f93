"""State to the JSON of the Bot API."""

from sandbox.state import Chat, InviteLink, JoinRequest, Json, Member, Message, Topic, User

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
GROUP_RIGHTS = ("can_pin_messages",)
FORUM_RIGHTS = ("can_manage_topics",)
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
ACCEPTED_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def user_json(user: User) -> Json:
    """User."""
    value: Json = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    if user.last_name:
        value["last_name"] = user.last_name
    if user.username:
        value["username"] = user.username
    if user.language_code and not user.is_bot:
        value["language_code"] = user.language_code
    return value


def chat_json(chat: Chat) -> Json:
    """Chat."""
    value: Json = {"id": chat.id, "type": chat.kind}
    if chat.user is not None:
        value["first_name"] = chat.user.first_name
        if chat.user.last_name:
            value["last_name"] = chat.user.last_name
    else:
        value["title"] = chat.title or ""
    username = chat.user.username if chat.user is not None else chat.username
    if username:
        value["username"] = username
    if chat.is_forum:
        value["is_forum"] = True
    return value


def full_chat_json(chat: Chat) -> Json:
    """ChatFullInfo."""
    value = chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(ACCEPTED_GIFTS, False),
    }
    if chat.description:
        value["description"] = chat.description
    if chat.is_group:
        value["permissions"] = permissions_json(chat)
    if chat.linked_chat is not None:
        value["linked_chat_id"] = chat.linked_chat.id
    primary = next((link for link in chat.links.values() if link.is_primary and not link.is_revoked), None)
    if primary is not None:
        value["invite_link"] = primary.link
    pinned = chat.messages.get(chat.pinned[-1]) if chat.pinned else None
    if pinned is not None and not pinned.deleted:
        value["pinned_message"] = message_json(pinned, with_reply=False)
    return value


def permissions_json(chat: Chat) -> Json:
    """ChatPermissions: what plain members may do."""
    return {name: chat.permissions.get(name, True) for name in PERMISSIONS}


def message_json(message: Message, *, with_reply: bool = True) -> Json:
    """Message; a reply is shown one level deep, as Telegram does."""
    value: Json = {"message_id": message.message_id}
    if message.sender is not None:
        value["from"] = user_json(message.sender)
    if message.sender_chat is not None:
        value["sender_chat"] = chat_json(message.sender_chat)
    value["chat"] = chat_json(message.chat)
    value["date"] = message.date
    if message.edit_date is not None:
        value["edit_date"] = message.edit_date
    _add_place(value, message, with_reply=with_reply)
    value.update(message.extra)
    value.update(message.content)
    if message.keyboard:
        value["reply_markup"] = message.reply_markup
    return value


def _add_place(value: Json, message: Message, *, with_reply: bool) -> None:
    if message.thread_id is not None:
        value["message_thread_id"] = message.thread_id
        if message.chat.is_forum:
            value["is_topic_message"] = True
    if with_reply and message.reply_to is not None and not message.reply_to.deleted:
        value["reply_to_message"] = message_json(message.reply_to, with_reply=False)
    if message.chat.protect_content:
        value["has_protected_content"] = True


def rights_for(chat: Chat) -> tuple[str, ...]:
    """Return the names of the rights that an administrator of such a chat can have."""
    if chat.kind == "channel":
        return ADMIN_RIGHTS + CHANNEL_RIGHTS
    if chat.kind == "supergroup":
        return ADMIN_RIGHTS + GROUP_RIGHTS + FORUM_RIGHTS
    return ADMIN_RIGHTS + GROUP_RIGHTS


def member_json(member: Member, chat: Chat) -> Json:
    """ChatMember of the status's kind."""
    value: Json = {"user": user_json(member.user), "status": member.status}
    match member.status:
        case "creator":
            value["is_anonymous"] = member.is_anonymous
        case "administrator":
            value |= {"can_be_edited": False, "is_anonymous": member.is_anonymous}
            value |= {name: bool(member.rights.get(name, False)) for name in rights_for(chat)}
        case "restricted":
            value |= {"is_member": member.is_in, "until_date": member.until_date}
            value |= {name: bool(member.rights.get(name, False)) for name in PERMISSIONS}
        case "kicked":
            value["until_date"] = member.until_date
        case "member" | "left":
            pass
    if member.custom_title and member.is_admin:
        value["custom_title"] = member.custom_title
    return value


def link_json(link: InviteLink, pending: int = 0) -> Json:
    """ChatInviteLink."""
    value: Json = {
        "invite_link": link.link,
        "creator": user_json(link.creator),
        "creates_join_request": link.creates_join_request,
        "is_primary": link.is_primary,
        "is_revoked": link.is_revoked,
    }
    for name in ("name", "expire_date", "member_limit"):
        if getattr(link, name) is not None:
            value[name] = getattr(link, name)
    if pending:
        value["pending_join_request_count"] = pending
    return value


def request_json(request: JoinRequest, chat: Chat) -> Json:
    """ChatJoinRequest."""
    value: Json = {
        "chat": chat_json(chat),
        "from": user_json(request.user),
        "user_chat_id": request.user.id,
        "date": request.date,
    }
    if request.bio:
        value["bio"] = request.bio
    if request.link is not None:
        value["invite_link"] = link_json(request.link)
    return value


def topic_json(topic: Topic) -> Json:
    """ForumTopic."""
    value: Json = {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}
    if topic.icon_custom_emoji_id:
        value["icon_custom_emoji_id"] = topic.icon_custom_emoji_id
    return value
