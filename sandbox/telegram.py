"""The local Telegram as one object: accounts, chats, what was called, what goes wrong, and the server."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

from sandbox import happenings
from sandbox.bots import Bot, new_bot
from sandbox.clock import WallClock
from sandbox.errors import InvalidObject
from sandbox.events import EventStream, Subscription
from sandbox.faults import Faults
from sandbox.files import FileShelf
from sandbox.limits import Limits
from sandbox.objects import rights_for
from sandbox.people import Person
from sandbox.server import Server, start_server
from sandbox.state import (
    ANONYMOUS_ADMIN_ID,
    CHANNEL_BOT_ID,
    TELEGRAM_ID,
    Call,
    Chat,
    ChatKind,
    Json,
    Member,
    Message,
    Topic,
    User,
)
from sandbox.updates import UpdateQueue
from sandbox.validation import object_errors

FIRST_USER_ID = 5_200_000_001  # beyond 32 bits, as new accounts are
FIRST_GROUP_ID = -4_100_000_001
FIRST_CHANNEL_ID = -1_002_300_000_001


class LocalTelegram:
    """A whole Telegram in one process; everything but `serve` is synchronous and takes effect at once.

    `limits=None` lifts the rate limits; `monotonic` is their clock, `sleep` what webhook retries and delays wait by.
    With `validate` every request and every object that leaves is checked against the Bot API schema. `keep_calls`
    and `keep_messages` (per chat) bound the memory. `public_url` is set by `serve`: links below `{public_url}/t.me/`
    are understood like https://t.me/.
    """

    def __init__(
        self,
        clock: WallClock,
        *,
        limits: Limits | None = Limits(),  # noqa: B008  (frozen)
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        validate: bool = True,
        keep_calls: int = 20_000,
        keep_messages: int = 5_000,
    ) -> None:
        self.clock = clock
        self.limits = limits
        self.monotonic = monotonic
        self.sleep = sleep
        self.validate = validate
        self.keep_messages = keep_messages
        self.faults = Faults()
        self.files = FileShelf()
        self.events = EventStream()
        self.calls: deque[Call] = deque(maxlen=keep_calls)
        self.calls_made = 0
        self.problems: list[str] = []  # bugs of the sandbox itself: a test should find none
        self.calls_under_way = 0
        self.bots: dict[str, Bot] = {}  # by token
        self.bots_by_id: dict[int, Bot] = {}
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}  # groups, supergroups and channels
        self.public_url = ""
        self.health_url: str | None = None
        self.rights_for = rights_for
        self._persons: dict[int, Person] = {}
        self._numbers: dict[str, int] = {}
        self.anonymous_admin = self._special(ANONYMOUS_ADMIN_ID, "Group", "GroupAnonymousBot", is_bot=True)
        self.channel_bot = self._special(CHANNEL_BOT_ID, "Channel", "Channel_Bot", is_bot=True)
        self.service_account = self._special(TELEGRAM_ID, "Telegram", None, is_bot=False)
        clock.on_jump(self._tell_clock)

    # --- accounts and chats ------------------------------------------------------------------------------

    def add_bot(
        self,
        *,
        token: str,
        username: str = "prework_bot",
        name: str = "Prework",
        reads_all_groups: bool = False,
        supports_inline: bool = True,
    ) -> Bot:
        """Register a bot; its id is the number before the colon of its token."""
        user = User(int(token.partition(":")[0]), name, username=username, language_code=None, is_bot=True)
        bot = new_bot(user, token, UpdateQueue(self.clock, self.sleep), self.limits, self.monotonic)
        bot.reads_all_groups = reads_all_groups
        bot.supports_inline = supports_inline
        self.users[user.id] = user
        self.bots[token] = self.bots_by_id[user.id] = bot
        return bot

    def add_user(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "en",
        user_id: int | None = None,
        note: str = "",
        zone: str | None = None,
        is_bot: bool = False,
    ) -> User:
        """Invent a person (or a bot that nobody runs); `note` says in one line who they are, `zone` where (IANA)."""
        user = User(
            user_id or self.number("user", FIRST_USER_ID),
            first_name,
            last_name,
            username,
            language_code,
            is_bot=is_bot,
            note=note,
            zone=zone,
        )
        self.users[user.id] = user
        return user

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
        topics: Iterable[str] = (),
        linked_to: Chat | None = None,
        chat_id: int | None = None,
    ) -> Chat:
        """Found a group, supergroup or channel without telling anybody. `linked_to`: the channel it discusses."""
        chat = self.new_chat(kind, title, username=username, chat_id=chat_id)
        chat.is_forum = forum
        for user in members:
            chat.members[user.id] = Member(user)
        for user in admins:
            chat.members[user.id] = Member(user, "administrator", dict.fromkeys(rights_for(chat), True))
        if owner is not None:
            chat.members[owner.id] = Member(owner, "creator")
        for name in topics:
            self._found_topic(chat, name, owner)
        if linked_to is not None:
            chat.linked_chat, linked_to.linked_chat = linked_to, chat
        return chat

    def _found_topic(self, chat: Chat, name: str, owner: User | None) -> None:
        founder = owner or self.anonymous_admin
        happenings.open_topic(self, chat, name, founder)

    def new_chat(self, kind: ChatKind, title: str, *, username: str | None = None, chat_id: int | None = None) -> Chat:
        """Register an empty chat, with a new id if none is given."""
        name, first = ("group", FIRST_GROUP_ID) if kind == "group" else ("channel", FIRST_CHANNEL_ID)
        chat = Chat(chat_id or self.number(name, first, -1), kind, title, username)
        self.chats[chat.id] = chat
        return chat

    def as_person(self, user: User) -> Person:
        """Return what this person can do in their client; the same object each time."""
        if user.id not in self._persons:
            self._persons[user.id] = Person(self, user)
        return self._persons[user.id]

    def private_chat(self, user: User, bot: Bot | None = None) -> Chat:
        """Return the private chat of a person with a bot (default: the first); it exists before Start is pressed."""
        bot = bot or self.first_bot
        chat = bot.private_chats.get(user.id)
        if chat is None:
            chat = bot.private_chats[user.id] = Chat(user.id, "private", user=user, bot=bot)
        return chat

    def find_chat(self, chat_id: int, bot: Bot | int | None = None) -> Chat | None:
        """Return the chat with this id; a positive id is the private chat with `bot` (default: the first)."""
        if chat_id < 0:
            return self.chats.get(chat_id)
        user = self.users.get(chat_id)
        if isinstance(bot, int):
            bot = self.bots_by_id[bot]
        return None if user is None else self.private_chat(user, bot)

    def find_by_username(self, username: str) -> User | Chat | None:
        """Return the account, group or channel with this public name."""
        wanted = username.casefold()
        accounts: list[User | Chat] = [*self.users.values(), *self.chats.values()]
        return next((each for each in accounts if (each.username or "").casefold() == wanted), None)

    @property
    def first_bot(self) -> Bot:
        """The bot that is meant where none is named."""
        return next(iter(self.bots.values()))

    def sent(self, chat: Chat | User | int) -> list[Message]:
        """All messages of a chat that were not deleted, oldest first; for a user, of the chat with the first bot."""
        if isinstance(chat, User):
            return list(self.private_chat(chat))
        if isinstance(chat, int):
            found = self.find_chat(chat)
            return [] if found is None else list(found)
        return list(chat)

    def topic(self, chat: Chat, name: str) -> Topic:
        """Return the topic with this name."""
        return next(topic for topic in chat.topics.values() if topic.name == name)

    # --- what the rest of the sandbox needs --------------------------------------------------------------

    def tell(self, bot: Bot, kind: str, value: Json) -> None:
        """Queue an update for a bot, if it asked for the kind."""
        if not bot.queue.wants(kind):
            return
        if self.validate:
            self.check("Update", {"update_id": bot.queue.next_id, kind: value})
        bot.queue.push(kind, value)

    def check(self, type_name: str, value: object) -> None:
        """Raise InvalidObject when the official schema does not know such an object."""
        errors = object_errors(type_name, value)
        if errors:
            sentence = f"{type_name}: {'; '.join(errors)}: {value}"
            self.problems.append(sentence)
            raise InvalidObject(sentence)

    def keep(self, message: Message) -> None:
        """Store a message; the oldest of a very long chat are forgotten."""
        messages = message.chat.messages
        messages[message.message_id] = message
        if len(messages) > self.keep_messages:
            del messages[next(iter(messages))]

    def number(self, series: str, first: int, step: int = 1) -> int:
        """Return the next number of a series."""
        self._numbers[series] = number = self._numbers.get(series, first - step) + step
        return number

    def subscribe(self) -> Subscription:
        """Listen to what happens; see EventStream for the kinds."""
        return self.events.subscribe()

    async def serve(self, host: str = "127.0.0.1", port: int = 0, *, page: bool = False) -> Server:
        """Listen; port 0 takes a free one. With `page` the chat page is served at `/`."""
        server = await start_server(self, host, port, page=page)
        self.public_url = server.url
        return server

    def _special(self, user_id: int, name: str, username: str | None, *, is_bot: bool) -> User:
        user = User(user_id, name, username=username, language_code=None, is_bot=is_bot)
        self.users[user_id] = user
        return user

    def _tell_clock(self, offset: float) -> None:
        self.events.tell("clock", now=self.clock.now().isoformat(), offset=offset)
