"""A walk in one language: labels and texts are named in English, as in the code, and looked for in that language."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from playwright.async_api import Locator

from messages.languages import catalogue, speaker
from tests.bot.walking import Walk

CATALOGUE = Path(__file__).parents[2] / "messages" / "locales" / "de.po"
FILLED = re.compile(r"<[^>]+>|\{\w+\}|\n")
"""What stands between the words of a text: markup, values, the ends of lines."""


@cache
def texts() -> frozenset[str]:
    """Every text of the bot, as the code has it."""
    with CATALOGUE.open("rb") as source:
        return frozenset(message.id for message in read_po(source) if isinstance(message.id, str))


@cache
def text_with(words: str) -> str:
    """The one text of the bot that is these words, or has them in it."""
    found = {words} if words in texts() else {text for text in texts() if words in text}
    assert len(found) == 1, f"{words!r} stands in {sorted(found)}"
    return found.pop()


@dataclass(frozen=True)
class SpokenWalk:
    """The language may be another for each who walks."""

    walk: Walk
    language: str

    def label(self, text: str, **values: object) -> str:
        """A text without markup, such as a button's."""
        assert text in texts(), text
        return speaker(self.language).plain(text, **values)

    def pieces(self, words: str) -> list[str]:
        """The text with these words, without what is filled in."""
        translated = catalogue(self.language).gettext(text_with(words))
        return [piece.strip() for piece in FILLED.split(translated) if piece.strip()]

    async def presses(self, label: str) -> None:
        """The newest button with this label."""
        await self.walk.presses(self.label(label))

    async def sees(self, words: str, *data: str) -> Locator:
        """A message with the text that has these words, and with the data; the newest of several."""
        return await self.walk.sees(*self.pieces(words), *data)

    async def answers(self, *pairs: tuple[str, str]) -> None:
        """See a question, send an answer, and so on."""
        for question, answer in pairs:
            await self.sees(question)
            await self.walk.says(answer)

    async def chooses(self, question: str, label: str) -> None:
        """See a question, and press a button."""
        await self.sees(question)
        await self.presses(label)
