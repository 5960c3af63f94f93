"""What a chat is: reading it, its title and description, leaving it."""

from sandbox import happenings
from sandbox.errors import bad_request
from sandbox.methods.request import Method, Request
from sandbox.objects import full_chat_json, member_json
from sandbox.state import Json, Member


def get_chat(request: Request) -> Json:
    """ChatFullInfo; works for anybody who started the bot, and for chats the bot is in."""
    chat = request.known_chat()
    if chat.kind == "private":
        if not chat.started and not chat.blocked:
            raise bad_request("chat not found")
        return full_chat_json(chat)
    return full_chat_json(request.chat())


def get_chat_member(request: Request) -> Json:
    """ChatMember; somebody who never was in the chat has left it."""
    chat = request.chat()
    user = request.user()
    if chat.kind == "channel" and not request.me(chat).is_admin:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    return member_json(chat.member(user.id) or Member(user, "left"), chat)


def get_chat_administrators(request: Request) -> list[Json]:
    """Administrators without other bots."""
    chat = request.chat()
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    return [
        member_json(member, chat)
        for member in chat.members.values()
        if member.is_admin and (not member.user.is_bot or member.user is request.bot.user)
    ]


def get_chat_member_count(request: Request) -> int:
    """How many belong to the chat."""
    chat = request.chat()
    return 2 if chat.kind == "private" else sum(member.is_in for member in chat.members.values())


def leave_chat(request: Request) -> bool:
    """Go."""
    chat = request.chat()
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    happenings.put_out(request.telegram, chat, request.bot.user, request.bot.user)
    return True


def set_chat_title(request: Request) -> bool:
    """Rename, with the service message."""
    chat = request.chat()
    request.need_right(chat, "can_change_info", "not enough rights to change chat title")
    chat.title = request.text("title")
    happenings.service(request.telegram, chat, request.bot.user, new_chat_title=chat.title)
    return True


def set_chat_description(request: Request) -> bool:
    """Describe."""
    chat = request.chat()
    request.need_right(chat, "can_change_info", "not enough rights to change chat description")
    if (chat.description or "") == request.text("description"):
        raise bad_request("chat description is not modified")
    chat.description = request.text("description") or None
    return True


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "setChatTitle": set_chat_title,
    "setChatDescription": set_chat_description,
}
