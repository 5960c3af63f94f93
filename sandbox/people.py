"""What people do in their clients: write, press, join, administer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sandbox.state import CallbackQuery, Chat, InlineQuery, InviteLink, Json, Message, Topic, User

if TYPE_CHECKING:
    from sandbox.bots import Bot
    from sandbox.telegram import LocalTelegram


class PersonError(Exception):
    """The client of this person would not allow that; the sentence says why."""


class Person:
    """One person and their client; `chat=None` is always the private chat with the first bot. All synchronous."""

    def __init__(self, telegram: "LocalTelegram", user: User) -> None:
        self.telegram = telegram
        self.user = user
        self.toasts: list[str] = []

    def start(self, payload: str = "") -> Message:
        """Press Start, or follow a deep link with a payload."""
        raise NotImplementedError

    def send(
        self,
        text: str,
        chat: Chat | None = None,
        *,
        thread: Topic | int | None = None,
        reply_to: Message | None = None,
        entities: Sequence[Json] | None = None,
    ) -> Message:
        """Type a text; commands, mentions and links in it become entities as in a client."""
        raise NotImplementedError

    def send_file(
        self,
        name: str,
        data: bytes | int,
        mime: str | None = None,
        *,
        chat: Chat | None = None,
        caption: str | None = None,
        kind: str = "document",
        thread: Topic | int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send a file; `data` may be only a size. kind: document, photo, voice, video, audio, sticker, animation."""
        raise NotImplementedError

    def send_album(self, files: Sequence[tuple[str, bytes | int]], *, kind: str = "photo", caption: str | None = None,
                   chat: Chat | None = None) -> list[Message]:
        """Send several files as one album."""
        raise NotImplementedError

    def send_other(self, kind: str, chat: Chat | None = None) -> Message:
        """Send a location, contact, poll, dice …"""
        raise NotImplementedError

    def press(self, message: Message, button: str | tuple[int, int]) -> CallbackQuery:
        """Press an inline button by its label, its callback data or (row, column); `.answer` is filled later."""
        raise NotImplementedError

    def press_data(self, message: Message, data: str) -> CallbackQuery:
        """Press a button that does not exist: a forged client sends any data."""
        raise NotImplementedError

    def edit(self, message: Message, text: str) -> Message:
        """Edit one's own message."""
        raise NotImplementedError

    def delete(self, message: Message) -> None:
        """Delete a message for everybody."""
        raise NotImplementedError

    def forward(self, message: Message, to: Chat | None = None) -> Message:
        """Forward a message."""
        raise NotImplementedError

    def react(self, message: Message, *emoji: str) -> None:
        """Set one's reactions to a message."""
        raise NotImplementedError

    def inline(self, query: str, bot: "Bot | None" = None) -> InlineQuery:
        """Type `@bot query`; `.results` is filled when the bot answers."""
        raise NotImplementedError

    def send_inline(self, query: InlineQuery, result: int = 0, chat: Chat | None = None) -> Message:
        """Choose a result of an inline query: it is sent `via_bot`."""
        raise NotImplementedError

    def open_link(self, url: str) -> Message | Chat | None:
        """Follow https://t.me/… or {sandbox}/t.me/…: ?start=, ?startgroup= (give `chat` to add_bot), +invite, name."""
        raise NotImplementedError

    def block_bot(self, bot: "Bot | None" = None) -> None:
        """Stop and block the bot."""
        raise NotImplementedError

    def unblock_bot(self, bot: "Bot | None" = None) -> None:
        """Unblock the bot."""
        raise NotImplementedError

    def join(self, chat: Chat | InviteLink | str) -> None:
        """Join a chat, by itself or by an invite link (which may only ask to join)."""
        raise NotImplementedError

    def leave(self, chat: Chat) -> None:
        """Leave a chat."""
        raise NotImplementedError

    def inbox(self, chat: Chat | None = None) -> list[Message]:
        """The messages visible to this person in that chat, oldest first."""
        raise NotImplementedError
