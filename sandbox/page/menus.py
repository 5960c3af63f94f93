"""Which command menu a client shows: the narrowest scope that has one, in the person's language if possible.

The order is that of core.telegram.org/bots/api#determining-list-of-commands.
"""

from typing import TYPE_CHECKING

from sandbox.state import Chat, Json, User

if TYPE_CHECKING:
    from sandbox.bots import Bot


def commands_for(bot: "Bot", chat: Chat, user: User) -> list[Json]:
    """Return the commands that this person is offered in this chat; [] when no scope fits."""
    for scope in _scopes(chat, user):
        for language in dict.fromkeys((user.language_code or "", "")):
            if (scope, language) in bot.commands:
                return bot.commands[scope, language]
    return []


def _scopes(chat: Chat, user: User) -> list[str]:
    if chat.kind == "private":
        return [f"chat:{chat.id}", "all_private_chats", "default"]
    member = chat.member(user.id)
    if member is None or not member.is_in or chat.kind == "channel":
        return []
    admin = member.is_admin
    return [
        f"chat_member:{chat.id}:{user.id}",
        *([f"chat_administrators:{chat.id}"] if admin else []),
        f"chat:{chat.id}",
        *(["all_chat_administrators"] if admin else []),
        "all_group_chats",
        "default",
    ]
