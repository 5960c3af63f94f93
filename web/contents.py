"""Which page stands at which address, and what it is given to show. Addresses name things by numbers that stay."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TypeVar
from urllib.parse import urlsplit

from domain.calendar import slug_of
from domain.pages import Note, PublicGroup, PublicResult, PublicWebinar, Site, WithdrawnResult, paragraphs
from domain.paging import page_at
from domain.process import Process
from messages import page_wording as wording
from messages import pages as texts
from messages.languages import LANGUAGES
from messages.page_labels import labels
from web import entries, feeds, structured
from web.documents import PLAIN, XML, Document
from web.rendering import render
from web.sitemap import robots, sitemap
from web.static_files import NAMES

T = TypeVar("T")

NEXT, LATEST = 4, 3
"""So many webinars and results stand on the start page."""

LISTS = ("webinars/past", "results")

PAGE_SIZE = 20
"""So many stand on one page of a list."""

EMBEDDED = 5


@dataclass
class Contents:
    """All pages of one language, as long as nothing changes."""

    site: Site
    process: Process
    language: str
    views: texts.Views = field(init=False)
    labels: SimpleNamespace = field(init=False)

    def __post_init__(self) -> None:
        self.views = texts.Views(self.site, self.process, self.language)
        self.labels = labels(self.language)
        self.name = wording.name_of(self.site, self.language)
        self.web_url = self.process.web_url or ""
        self.root = urlsplit(self.web_url).path
        self.base = f"{self.root}/{self.language}"

    def make(self, place: str, page: int = 1) -> Document | None:
        """The document at a place such as "webinars/7", on this page of its list; None if there is none."""
        if page != 1 and place not in LISTS:
            return None
        match place.split("/"):
            case [""]:
                return self._start()
            case ["webinars"]:
                return self._webinars()
            case ["webinars", "past"]:
                return self._past(page)
            case ["webinars", number]:
                return self._one(number, self.site.webinars, self._webinar)
            case ["groups"]:
                groups = [self.views.group(group) for group in self.site.groups]
                return self._page("groups.html", "groups", self.labels.groups, groups=groups)
            case ["groups", number]:
                return self._one(number, self.site.groups, self._group)
            case ["results"]:
                return self._results(page)
            case ["results", number]:
                withdrawn = self._one(number, self.site.withdrawn, self._withdrawn)
                return withdrawn or self._one(number, self.site.results, self._result)
            case ["contact"] if self._has_contact:
                return self._note(Note.CONTACT, self.labels.contact)
            case ["privacy"]:
                return self._note(Note.PRIVACY, self.labels.privacy)
            case ["imprint"]:
                return self._note(Note.IMPRINT, self.labels.imprint)
            case ["embed"]:
                return self._embed()
            case [name]:
                return self._feed(name)
            case _:
                return None

    def not_found(self) -> Document:
        """What is said where nothing stands."""
        return self._page("not_found.html", "", self.labels.not_found, robots="noindex")

    def sitemap(self) -> Document:
        """All pages in all languages."""
        return Document(sitemap(self.site, self.web_url).encode(), XML)

    def robots(self) -> Document:
        """Where search engines may look."""
        return Document(robots(self.web_url).encode(), PLAIN)

    def address(self, place: str) -> str:
        """The whole address of a place, as far as it is known."""
        return f"{self.web_url}/{self.language}/{place}"

    # --- pages ---

    def _start(self) -> Document:
        about = wording.note(self.site, Note.ABOUT, self.language) or wording.Wording(self.labels.about)
        return self._page(
            "start.html",
            "",
            self.name,
            about=about,
            description=wording.description(about.text),
            webinars=[self.views.webinar(one) for one in self.site.ahead[:NEXT]],
            groups=[self.views.group(group) for group in self.site.groups],
            results=[self.views.result(one) for one in self.site.results[:LATEST]],
        )

    def _webinars(self) -> Document:
        return self._page(
            "webinars.html",
            "webinars",
            self.labels.upcoming,
            webinars=[self.views.webinar(one) for one in self.site.ahead],
            called_off=[self.views.webinar(one) for one in self.site.called_off],
            has_past=bool(self.site.past),
        )

    def _past(self, page: int) -> Document | None:
        return self._listed("past.html", "webinars/past", self.labels.past, self.site.past, self.views.webinar, page)

    def _results(self, page: int) -> Document | None:
        return self._listed("results.html", "results", self.labels.results, self.site.results, self.views.result, page)

    def _listed(
        self, template: str, place: str, title: str, things: Sequence[T], view: Callable[[T], object], page: int
    ) -> Document | None:
        """A page of a list; a number beyond its last page leads nowhere."""
        found = page_at(page - 1, len(things), PAGE_SIZE)
        if found.number != page - 1:
            return None
        shown = [view(one) for one in things[found.part]]
        turn = {"page": page, "last": found.of}
        query = f"?page={page}" if page > 1 else ""
        return self._page(template, place, title, things=shown, turn=turn, query=query)

    def _webinar(self, webinar: PublicWebinar) -> Document:
        view, place = self.views.webinar(webinar), f"webinars/{webinar.id}"
        return self._page(
            "webinar.html",
            place,
            view.title.text,
            webinar=view,
            data=structured.event(view, self.address(place), self.name),
            description=wording.description(view.abstract.text),
        )

    def _group(self, group: PublicGroup) -> Document:
        view = self.views.group(group)
        return self._page(
            "group.html",
            f"groups/{group.id}",
            f"{group.code}: {view.title.text}",
            group=view,
            slug=slug_of(group.code),
            description=wording.description(view.theme.text),
            webinars=[self.views.webinar(one) for one in self.site.ahead if one.group_id == group.id],
            past=[self.views.webinar(one) for one in self.site.past if one.group_id == group.id],
            results=[self.views.result(one) for one in self.site.results if one.group_id == group.id],
        )

    def _result(self, result: PublicResult) -> Document:
        view = self.views.result(result)
        description = wording.description(result.summary)
        place = f"results/{result.id}"
        return self._page("result.html", place, view.title.text, result=view, description=description)

    def _withdrawn(self, result: WithdrawnResult) -> Document:
        """Its address stays, and says what became of it."""
        title, said = texts.withdrawn_title(self.language), self.views.withdrawn(result)
        return self._page("withdrawn.html", f"results/{result.id}", title, said=said, robots="noindex")

    @property
    def _has_contact(self) -> bool:
        return wording.note(self.site, Note.CONTACT, self.language) is not None

    def _note(self, note: Note, title: str) -> Document:
        written = wording.note(self.site, note, self.language)
        parts = paragraphs(written.text) if written else []
        return self._page(
            "note.html", note.value, title, written=written, parts_of_text=parts, is_privacy=note is Note.PRIVACY
        )

    def _embed(self) -> Document:
        webinars = [self.views.webinar(one) for one in self.site.ahead[:EMBEDDED]]
        return self._page("embed.html", "embed", self.labels.upcoming, framed=True, webinars=webinars, robots="noindex")

    # --- feeds ---

    def _feed(self, name: str) -> Document | None:
        makers: Mapping[str, Callable[[], feeds.Feed]] = {
            "webinars": lambda: entries.of_webinars(self),
            "results": lambda: entries.of_results(self),
        }
        stem, _, kind = name.rpartition(".")
        if stem not in makers or kind not in {"atom", "json"}:
            return None
        write = feeds.atom if kind == "atom" else feeds.json_feed
        return write(makers[stem](), self.process.bot_id)

    # --- shared by all ---

    def _one(self, number: str, things: Iterable[T], make: Callable[[T], Document]) -> Document | None:
        """The page of the thing with this number; written as it is in addresses, and no other way."""
        found = next((thing for thing in things if str(getattr(thing, "id", None)) == number), None)
        return make(found) if found is not None else None

    def _page(self, template: str, place: str, title: str, *, framed: bool = False, **values: object) -> Document:
        """`place`: where it stands, without the language: its other languages stand there, too."""
        standard: dict[str, object] = {
            "t": self.labels,
            "language": self.language,
            "languages": {code: own for code, (own, _) in LANGUAGES.items()},
            "web_url": self.web_url,
            "root": self.root,
            "base": self.base,
            "place": place,
            "static": NAMES,
            "site_name": self.name,
            "title": title,
            "description": wording.description(self.labels.about),
            "robots": "",
            "query": "",
            "bot": self.process.link,
            "contact": (Note.CONTACT if self._has_contact else Note.IMPRINT).value,
            "bot_privacy": self.process.start_link("privacy"),
        }
        return render(template, framed=framed, **(standard | values))
