"""What a message is made of: safe HTML and buttons."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import escape

import nh3

from domain.buttons.coding import Action


class Html(str):
    """Text in Telegram's HTML, every value in it escaped. Made only here.

    A class and not a NewType: so `render` can tell at run time what is markup already.
    """

    __slots__ = ()


ALLOWED_TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}
"""What people may use in a text of their own; Telegram knows a few more."""

MOST_TEXT = 4096
"""Length limit of a message in UTF-16 units, after the markup is taken out."""

MOST_LABEL = 40
"""Longest label of a button: what a phone shows in one line."""


def render(template: str, /, **values: object) -> Html:
    """Fill a template (our own HTML); every value that is not Html itself is escaped."""
    return Html(template.format_map({name: _safe(value) for name, value in values.items()}))


def join(parts: Iterable[Html], between: str = "\n") -> Html:
    """Put pieces together."""
    return Html(between.join(parts))


def clean(html: str) -> Html:
    """HTML that somebody else wrote, reduced to the tags and links that are harmless."""
    return Html(
        nh3.clean(html, tags=ALLOWED_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"}, link_rel=None)
    )


def _safe(value: object) -> Html:
    return value if isinstance(value, Html) else Html(escape(str(value), quote=True))


@dataclass(frozen=True)
class Button:
    """A button that does something; the label is plain text."""

    label: str
    action: Action


@dataclass(frozen=True)
class LinkButton:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True)
class ShareButton:
    """A button that lets one choose a chat, where the bot then offers what it finds for `query`."""

    label: str
    query: str


@dataclass(frozen=True)
class CopyButton:
    """A button that puts a text of 1 to 256 UTF-16 units into the clipboard."""

    label: str
    text: str


AnyButton = Button | LinkButton | ShareButton | CopyButton
Row = tuple[AnyButton, ...]


@dataclass(frozen=True)
class Attachment:
    """A file of our own making."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Message:
    """A text with rows of buttons; `document` or `photo` is Telegram's file id, the text its caption then.

    `attachment` goes out with what is worded at the claim, never with a reply: its bytes are not stored.
    """

    text: Html
    buttons: tuple[Row, ...] = ()
    document: str | None = None
    photo: str | None = None
    attachment: Attachment | None = None

    @property
    def has_file(self) -> bool:
        """A message with a file never takes the place of one without."""
        return any(file is not None for file in (self.document, self.photo, self.attachment))


def rows(*entries: Row | AnyButton | None) -> tuple[Row, ...]:
    """Rows of buttons from rows and single buttons; None and empty rows are left out."""
    made = (entry if isinstance(entry, tuple) else (entry,) for entry in entries if entry is not None)
    return tuple(row for row in made if row)


def shortened(text: str, most: int = MOST_LABEL) -> str:
    """A text cut to a length, with "…" where something is missing; by default for a button."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def below(text: str, message: Message) -> Message:
    """The same message with a plain sentence above it: what was wrong, then the question once more."""
    return replace(message, text=join([render("{text}", text=text), message.text], "\n\n"))


def utf16_length(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2
