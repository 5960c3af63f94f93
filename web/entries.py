"""What stands in the feeds: of webinars what is to come, has changed or is over; of results all."""

from collections.abc import Iterator
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
    """The results that were published, corrected or withdrawn last."""
    entries = [*_published(contents), *_withdrawn(contents)]
    latest = sorted(entries, key=lambda entry: entry.changed_at, reverse=True)
    return _feed(contents, "results", contents.labels.results, latest[:MOST])


def _published(contents: "Contents") -> Iterator[Entry]:
    for view in map(contents.views.result, contents.site.results):
        yield Entry(
            name=f"result-{view.id}",
            title=view.title.text,
            address=contents.address(f"results/{view.id}"),
            text=texts.result_text(view),
            changed_at=view.source.corrected_at or view.source.published_at,
            published_at=view.source.published_at,
        )


def _withdrawn(contents: "Contents") -> Iterator[Entry]:
    for result in contents.site.withdrawn:
        yield Entry(
            name=f"result-{result.id}",
            title=texts.withdrawn_title(contents.language),
            address=contents.address(f"results/{result.id}"),
            text=contents.views.withdrawn(result),
            changed_at=result.withdrawn_at,
        )


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
