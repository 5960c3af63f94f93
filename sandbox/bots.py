"""A bot as Telegram knows it: token, profile, commands, open questions, traffic."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.limits import Limits, Traffic
from sandbox.state import CallbackQuery, Chat, InlineQuery, Json, Message, User
from sandbox.updates import UpdateQueue


@dataclass(eq=False)
class Bot:
    """One registered bot. `commands` by (scope key, language); the texts of the profile by language."""

    user: User
    token: str
    queue: UpdateQueue
    traffic: Traffic
    reads_all_groups: bool = False
    supports_inline: bool = True
    inline_feedback: bool = True
    """Whether it is told which of its results were chosen: BotFather, /setinlinefeedback."""
    private_chats: dict[int, Chat] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)
    default_rights: dict[bool, Json] = field(default_factory=dict)
    callback_queries: dict[str, CallbackQuery] = field(default_factory=dict)
    inline_queries: dict[str, InlineQuery] = field(default_factory=dict)
    inline_messages: dict[str, Message] = field(default_factory=dict)
    contact_until: dict[int, float] = field(default_factory=dict)
    """Until when (Unix seconds) somebody may be written to because of a join request."""

    @property
    def id(self) -> int:
        """The id of the bot's account."""
        return self.user.id

    @property
    def username(self) -> str:
        """The bot's name in links and commands."""
        return self.user.username or ""


def new_bot(user: User, token: str, queue: UpdateQueue, limits: Limits | None, monotonic: Callable[[], float]) -> Bot:
    """Register an account as a bot, with counters of its own."""
    return Bot(user=user, token=token, queue=queue, traffic=Traffic(limits, monotonic))
