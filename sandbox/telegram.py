"""The local Telegram as one object: accounts, chats, what was called, what goes wrong, and the server."""

import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Any

from sandbox.clock import WallClock
from sandbox.faults import Faults
from sandbox.limits import Limits, Traffic
from sandbox.state import Call, Chat, ChatKind, InlineQuery, Json, Message, User

if TYPE_CHECKING:
    from sandbox.bots import Bot
    from sandbox.people import Person
    from sandbox.server import Server


class LocalTelegram:
    """See the signatures; everything but `serve` is synchronous and takes effect at once.

    `limits=None` lifts the rate limits; `monotonic` is their clock. With `validate` every request and every object
    that leaves is checked against the Bot API schema. `keep_calls` and `keep_messages` bound the memory.
    """

    def __init__(
        self,
        clock: WallClock,
        *,
        limits: Limits | None = Limits(),
        monotonic: Callable[[], float] = time.monotonic,
        validate: bool = True,
        keep_calls: int = 20_000,
    ) -> None:
        self.clock = clock
        self.limits = limits
        self.monotonic = monotonic
        self.validate = validate
        self.faults = Faults()
        self.calls: deque[Call] = deque(maxlen=keep_calls)
        self.bots: dict[str, Bot] = {}  # by token
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}  # groups, supergroups, channels

    def add_bot(self, *, token: str, username: str = "prework_bot", name: str = "Prework") -> "Bot":
        """Register a bot. Bot has: user, token, traffic (Traffic: the counters), queue (updates), commands."""
        raise NotImplementedError

    def add_user(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "en",
        user_id: int | None = None,
        note: str = "",
    ) -> User:
        """Invent a person; `note` says in one line who they are (the page shows it)."""
        raise NotImplementedError

    def add_group(
        self,
        title: str,
        *,
        kind: ChatKind = "supergroup",
        forum: bool = False,
        members: Iterable[User] = (),
        admins: Iterable[User] = (),
        owner: User | None = None,
        username: str | None = None,
    ) -> Chat:
        """Found a group, supergroup or channel. Bots are put in by `Person.add_bot` or as members (bot.user)."""
        raise NotImplementedError

    def as_person(self, user: User) -> "Person":
        """Return what this person can do in their client; the same object each time."""
        raise NotImplementedError

    def private_chat(self, user: User, bot: "Bot | None" = None) -> Chat:
        """The private chat of a person with a bot (default: the first bot); it exists before Start is pressed."""
        raise NotImplementedError

    def sent(self, chat: Chat | User | int) -> list[Message]:
        """All messages of a chat that were not deleted, oldest first; for a user, of the chat with the first bot."""
        raise NotImplementedError

    def subscribe(self) -> "Any":
        """A Subscription: `async for event in subscription`, `.close()`. Events are JSON objects, see events.py."""
        raise NotImplementedError

    async def serve(self, host: str = "127.0.0.1", port: int = 0, *, page: bool = False) -> "Server":
        """Listen. Server has .url ("http://127.0.0.1:PORT") and async close().

        With `page`, `sandbox.page.add_routes(app: aiohttp.web.Application, telegram: LocalTelegram)` is called.
        """
        raise NotImplementedError


# Events for the page (all JSON): {"kind": "message"|"edit"|"delete", "chat": id, "bot": id|null (private chats),
#   "message_id": id} — take the message from telegram.find_chat(id, bot).messages[message_id];
# {"kind": "toast", "user": id, "text": str, "alert": bool, "url": str|null}; {"kind": "call", "number": n};
# {"kind": "clock", "now": ISO, "offset": seconds}; {"kind": "member", "chat": id, "user": id, "status": str};
# {"kind": "chat", "chat": id} (title, topics, pins, links, migration); {"kind": "typing", "chat": id, "action": str};
# {"kind": "commands"} (menus changed); {"kind": "request", "chat": id, "user": id} (join request came or went)
_Unused = Awaitable, InlineQuery, Json, Traffic
