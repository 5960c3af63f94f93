"""Feeds: what is new, as Atom and as JSON Feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

import orjson
from feedgenerator import Atom1Feed
from markupsafe import escape

from web.documents import ATOM, JSON_FEED, Document

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed changed last in which nothing stands."""


@dataclass(frozen=True)
class Entry:
    """One thing in a feed. `name` is its own for ever, such as "webinar-7"; `text`: plain, with line breaks."""

    name: str
    title: str
    address: str
    text: str
    changed_at: datetime
    published_at: datetime | None = None


@dataclass(frozen=True)
class Feed:
    """`name` is the feed's own for ever; `page`: what it is of; `address`: its own, one for Atom and one for JSON."""

    name: str
    title: str
    language: str
    page: str
    atom: str
    json: str
    author: str
    entries: Sequence[Entry]


def identity(bot_id: int, name: str) -> str:
    """By this a reader knows a thing again, also after the page has moved to another address."""
    return uuid5(NAMESPACE_URL, f"prework:{bot_id}:{name}").urn


class _Atom(Atom1Feed):  # type: ignore[misc]  # the library has no types
    def latest_post_date(self) -> datetime:
        """When the feed changed last. The library says "now" for an empty one: then it would change each time."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


def atom(feed: Feed, bot_id: int) -> Document:
    """The feed by RFC 4287."""
    made = _Atom(
        feed.title,
        feed.page,
        None,
        language=feed.language,
        author_name=feed.author,
        feed_url=feed.atom,
        feed_guid=identity(bot_id, feed.name),
    )
    for entry in feed.entries:
        made.add_item(
            entry.title,
            entry.address,
            _html(entry.text),
            unique_id=identity(bot_id, entry.name),
            pubdate=entry.published_at,
            updateddate=entry.changed_at,
        )
    return Document(made.writeString("utf-8").encode(), ATOM)


def json_feed(feed: Feed, bot_id: int) -> Document:
    """The feed as JSON Feed 1.1."""
    items = [
        {
            "id": identity(bot_id, entry.name),
            "url": entry.address,
            "title": entry.title,
            "content_text": entry.text,
            "date_modified": entry.changed_at.isoformat(),
            **({"date_published": entry.published_at.isoformat()} if entry.published_at else {}),
        }
        for entry in feed.entries
    ]
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.json,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": items,
    }
    return Document(orjson.dumps(content), JSON_FEED)


def _html(text: str) -> str:
    return "<br>".join(str(escape(line)) for line in text.split("\n"))
