"""One call of a bot, read: which chat, which message, with which rights."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.bots import Bot
from sandbox.errors import ApiError, bad_request
from sandbox.files import Upload
from sandbox.state import Chat, Json, Member, Message, Topic, User

if TYPE_CHECKING:
    from sandbox.telegram import LocalTelegram

_KINDS = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}


@dataclass(slots=True)
class Request:
    """A call with its decoded parameters and the files that came with it."""

    telegram: "LocalTelegram"
    bot: Bot
    method: str
    params: Json
    uploads: dict[str, Upload] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """Return a parameter."""
        return self.params.get(name, default)

    def text(self, name: str) -> str:
        """Return a parameter as text, empty when missing."""
        value = self.params.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """Return a parameter as a whole number."""
        value = self.params.get(name)
        try:
            return default if value is None or value == "" else int(value)
        except (TypeError, ValueError):
            raise bad_request(f"{name} must be a number") from None

    def flag(self, name: str) -> bool:
        """Return a parameter as true or false."""
        return self.params.get(name) in {True, "true", "True", "1"}

    # --- chats -------------------------------------------------------------------------------------------

    def known_chat(self, name: str = "chat_id") -> Chat:
        """Return the chat that a parameter names, or refuse: "chat not found"."""
        wanted = self.params.get(name)
        if wanted is None or wanted == "":
            raise bad_request("chat_id is empty")
        found: Chat | User | None
        if isinstance(wanted, str) and wanted.startswith("@"):
            found = self.telegram.find_by_username(wanted[1:])
            if isinstance(found, User):
                found = None  # bots cannot address people by name
        else:
            found = self.telegram.find_chat(self.number(name), self.bot)
        if found is None or (found.kind != "private" and found.member(self.bot.id) is None):
            raise bad_request("chat not found")
        return found

    def chat(self, name: str = "chat_id") -> Chat:
        """Return a chat that the bot may read and write, or refuse as Telegram does."""
        chat = self.known_chat(name)
        if chat.kind == "private":
            self._check_private(chat)
            return chat
        if chat.migrated_to is not None:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": chat.migrated_to.id},
            )
        self._check_membership(chat)
        return chat

    def _check_private(self, chat: Chat) -> None:
        user = chat.user
        if user is None or user.deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if user.is_bot:
            raise ApiError(403, "Forbidden: bots can't send messages to bots")
        if chat.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if not chat.started and self.bot.contact_until.get(user.id, 0) < self.telegram.clock.timestamp:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")

    def _check_membership(self, chat: Chat) -> None:
        if chat.deleted:
            raise ApiError(403, "Forbidden: the group chat was deleted")
        member = chat.member(self.bot.id)
        if member is not None and member.status == "kicked":
            raise ApiError(403, f"Forbidden: bot was kicked from the {_KINDS[chat.kind]}")
        if member is None or not member.is_in:
            raise ApiError(403, f"Forbidden: bot is not a member of the {_KINDS[chat.kind]}")

    def me(self, chat: Chat) -> Member:
        """Return how the bot itself belongs to the chat."""
        return chat.member(self.bot.id) or Member(self.bot.user, "left")

    def has_right(self, chat: Chat, right: str) -> bool:
        """Tell whether the bot administers the chat with this right."""
        member = self.me(chat)
        return member.status == "creator" or (
            member.status == "administrator" and bool(member.rights.get(right, False))
        )

    def need_right(self, chat: Chat, right: str, words: str) -> None:
        """Refuse unless the bot administers the chat with this right."""
        if chat.kind != "private" and not self.has_right(chat, right):
            raise bad_request(words)

    # --- messages, topics, people ------------------------------------------------------------------------

    def message(self, chat: Chat, words: str, name: str = "message_id") -> Message:
        """Return a message of the chat, or refuse with "message to … not found"."""
        message = chat.messages.get(self.number(name))
        if message is None or message.deleted:
            raise bad_request(words)
        return message

    def topic(self, chat: Chat) -> Topic:
        """Return the topic that message_thread_id names."""
        if not chat.is_forum:
            raise bad_request("the chat is not a forum")
        topic = chat.topics.get(self.number("message_thread_id"))
        if topic is None:
            raise bad_request("message thread not found")
        return topic

    def user(self, name: str = "user_id") -> User:
        """Return the account that a parameter names."""
        user = self.telegram.users.get(self.number(name))
        if user is None:
            raise bad_request("PARTICIPANT_ID_INVALID")
        return user


Method = Callable[[Request], object]
"""Carries a call out and returns its result as JSON; raises ApiError."""
