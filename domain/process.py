"""What is the same for everybody: the process's zone and language, its bot, its owners."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Process:
    """`link_base`: where t.me links of the bot begin, e.g. "https://t.me"."""

    zone: str
    language: str
    bot_username: str
    link_base: str
    owner_ids: frozenset[int]

    def start_link(self, payload: str) -> str:
        """An address that opens the bot with `/start payload`."""
        return f"{self.link_base}/{self.bot_username}?start={payload}"
