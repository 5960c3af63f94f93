"""What is the same for everybody: the process's zone and language, its bot, its owners."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

TELEGRAM = "https://t.me"
"""Where links to bots begin, but in the demo."""


@dataclass(frozen=True)
class Process:
    """`link_base`: where t.me links of the bot begin, e.g. "https://t.me". `bot_id`: the bot's own Telegram id.

    `web_url`: how the web side is reached from outside; None where it is not. `offers_cards`: inline mode is
    switched on for the bot, so that cards can be shared into any chat. `channel_id`: the channel in which results and
    webinars are published, if there is one.
    """

    zone: str
    language: str
    bot_username: str
    link_base: str
    owner_ids: frozenset[int]
    bot_id: int = 0
    web_url: str | None = None
    offers_cards: bool = False
    channel_id: int | None = None

    @property
    def is_demo(self) -> bool:
        """Whether Telegram is a local one: then everything else may be on this machine, too."""
        return self.link_base != TELEGRAM

    @property
    def link(self) -> str:
        """The address of the bot."""
        return f"{self.link_base}/{self.bot_username}"

    def start_link(self, payload: str) -> str:
        """An address that opens the bot with `/start payload`."""
        return f"{self.link}?start={payload}"

    def date_at(self, now: datetime) -> date:
        """The date at the process's place: groups open and close by it."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def group_link(self, payload: str, rights: Collection[str]) -> str:
        """An address that adds the bot to a group, as administrator with these rights, and says `/start payload` there.

        Rights by the names of such links: core.telegram.org/api/links#bot-links.
        """
        return f"{self.link}?startgroup={payload}&admin={'+'.join(rights)}"
