"""What stands in the feeds: of webinars what is to come, has changed or is over; of results all."""

from typing import TYPE_CHECKING

from messages import pages as texts
from web.feeds import NEVER, Entry, Feed

if TYPE_CHECKING:
    from web.contents import Contents

MOST = 50
"""So many entries a feed has; the rest is on the page."""


def of_webinars(contents: "Contents") -> Feed:
    """The webinars that changed last."""
    latest = sorted(contents.site.webinars, key=lambda one: (one.changed_at or NEVER, one.id), reverse=True)
    views = [contents.views.webinar(webinar) for webinar in latest[:MOST]]
    entries = [
        Entry(
            name=f"webinar-{view.id}",
            title=texts.feed_title(view, contents.language),
            address=contents.address(f"webinars/{view.id}"),
            text=texts.feed_text(view),
            changed_at=view.source.changed_at or NEVER,
        )
        for view in views
    ]
    return _feed(contents, "webinars", contents.labels.webinars, entries)


def of_results(contents: "Contents") -> Feed:
    """The results, newest first."""
    entries = [
        Entry(
            name=f"result-{result.id}",
            title=result.title,
            address=contents.address(f"results/{result.id}"),
            text=result.summary,
            changed_at=result.published_at,
            published_at=result.published_at,
        )
        for result in contents.site.results[:MOST]
    ]
    return _feed(contents, "results", contents.labels.results, entries)


def _feed(contents: "Contents", name: str, title: str, entries: list[Entry]) -> Feed:
    return Feed(
        name=f"{name}-{contents.language}",
        title=f"{title} · {contents.name}",
        language=contents.language,
        page=contents.address(name),
        atom=contents.address(f"{name}.atom"),
        json=contents.address(f"{name}.json"),
        author=contents.name,
        entries=entries,
    )
