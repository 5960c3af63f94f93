"""What search engines are told: where they may look, and which pages there are in which languages."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from domain.pages import Note, Site
from messages.languages import LANGUAGES

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def robots(web_url: str) -> str:
    """Everything may be read, calendars need not."""
    where = f"\nSitemap: {web_url}/sitemap.xml\n" if web_url else ""
    return f"User-agent: *\nDisallow: /calendar/\n{where}"


def sitemap(site: Site, web_url: str) -> str:
    """Each page in each language, with its other languages beside it."""
    return _HEAD + "".join(_urls(site, web_url)) + "</urlset>\n"


def places(site: Site) -> Iterator[str]:
    """Every place with a page that is worth finding."""
    yield from ("", "webinars", "webinars/past", "groups", "results", "privacy", "imprint")
    if any(note is Note.CONTACT for note, _ in site.notes):
        yield "contact"
    yield from (f"webinars/{webinar.id}" for webinar in site.webinars)
    yield from (f"groups/{group.id}" for group in site.groups)
    yield from (f"results/{result.id}" for result in site.results)


def _urls(site: Site, web_url: str) -> Iterator[str]:
    for place in places(site):
        addresses = {code: f"{web_url}/{code}/{place}" for code in LANGUAGES}
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'
            for code, address in addresses.items()
        )
        yield from (f"<url><loc>{escape(address)}</loc>{others}</url>\n" for address in addresses.values())
