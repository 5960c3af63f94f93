"""What the public page says of each thing on it; the templates hold no text."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.pages import (
    PublicGroup,
    PublicResult,
    PublicWebinar,
    Site,
    Standing,
    WithdrawnResult,
    is_web_address,
    paragraphs,
)
from domain.process import Process
from domain.typed import is_visible
from messages import dates, result_parts
from messages.languages import Speaker, locale_of, speaker
from messages.page_dates import When, when
from messages.page_wording import MOST_EXCERPT, Wording, cut, pick


@dataclass(frozen=True)
class Link:
    """Where a press leads: the label, and an address."""

    label: str
    url: str


@dataclass(frozen=True)
class GroupView:
    """A group in words. `ask`: how to join it, while it is open."""

    id: int
    code: str
    title: Wording
    theme: Wording
    facts: Sequence[str]
    ask: Link | None


@dataclass(frozen=True)
class WebinarView:
    """A webinar in words. `mark`: what is special about it; `joining`: how to come in; `links`: what one can press."""

    id: int
    title: Wording
    abstract: Wording
    mark: str
    is_ahead: bool
    when: When
    group: GroupView | None
    spoken: str
    speakers: Sequence[str]
    joining: str
    links: Sequence[Link]
    remind: Link
    source: PublicWebinar


@dataclass(frozen=True)
class ResultView:
    """A result in words. `sort`: its kind and language; `accessible`: whether everybody can read the file;
    `links`: where to get it; `shown_link`: an address that is not to be followed blindly.
    """

    id: int
    title: Wording
    summary: Sequence[str]
    excerpt: Wording
    group: GroupView | None
    published: str
    published_at: str
    published_on: str
    sort: str
    accessible: str
    correction: str
    links: Sequence[Link]
    shown_link: str
    source: PublicResult


class Views:
    """Puts public things into words of one language."""

    def __init__(self, site: Site, process: Process, language: str) -> None:
        self.site = site
        self._process = process
        self._say = speaker(language)
        self._groups = {one.id: self.group(one) for one in site.groups}

    def group(self, group: PublicGroup) -> GroupView:
        """A group."""
        say = self._say
        least, most = group.members
        facts = [say.plain("{least} to {most} members", least=least, most=most)]
        if group.closes_on is not None and group.is_open:
            facts.append(say.plain("works until {day}", day=dates.day(group.closes_on, say.language)))
        if not group.is_open:
            facts.append(say.plain("takes in nobody at present"))
        ask = Link(say.plain("Ask to join on Telegram"), self._process.start_link(f"g_{group.id}"))
        title, theme = self._titled(pick(group.titles, say.language)), pick(group.themes, say.language)
        return GroupView(group.id, group.code, title, theme, facts, ask if group.is_open else None)

    def webinar(self, webinar: PublicWebinar) -> WebinarView:
        """A webinar."""
        say = self._say
        names = locale_of(say.language).languages
        return WebinarView(
            id=webinar.id,
            title=self._titled(pick(webinar.titles, say.language)),
            abstract=pick(webinar.abstracts, say.language),
            mark=_mark(webinar, say),
            is_ahead=webinar.is_ahead,
            when=when(webinar.starts_at, webinar.ends_at, webinar.zone, say.language),
            group=self._groups.get(webinar.group_id),
            spoken=", ".join(names.get(code, code) for code in webinar.languages),
            speakers=webinar.speakers,
            joining=_joining(webinar, say),
            links=self._links(webinar),
            remind=self._remind(webinar),
            source=webinar,
        )

    def result(self, result: PublicResult) -> ResultView:
        """A result."""
        say, zone = self._say, self._process.zone
        published = dates.local_day(result.published_at, zone)
        is_safe = result.link is not None and is_web_address(result.link)
        return ResultView(
            id=result.id,
            title=self._titled(Wording(result.title, self._unless_ours(result.language))),
            summary=paragraphs(result.summary),
            excerpt=Wording(cut(result.summary, MOST_EXCERPT), self._unless_ours(result.language)),
            group=self._groups.get(result.group_id or 0),
            published=dates.day(published, say.language),
            published_at=published.isoformat(),
            published_on=say.plain("Published: {day}", day=dates.day(published, say.language)),
            sort=self._sort(result),
            accessible=self._accessible(result),
            correction=self._correction(result),
            links=self._ways(result),
            shown_link="" if is_safe or result.link is None else say.plain("Address: {link}", link=result.link),
            source=result,
        )

    def withdrawn(self, result: WithdrawnResult) -> str:
        """When and why a result was withdrawn."""
        when = dates.in_zone(result.withdrawn_at, self._process.zone, self._say.language)
        return self._say.plain("Withdrawn on {when}: {reason}", when=when, reason=result.reason)

    def _sort(self, result: PublicResult) -> str:
        """Such as "Research brief in German"."""
        kind = result_parts.kind(result.kind, self._say)
        language = result_parts.language_name(result.language, self._say)
        return self._say.plain("{kind} in {language}", kind=kind, language=language)

    def _accessible(self, result: PublicResult) -> str:
        return "" if result.accessible is None else result_parts.accessible(result.accessible, self._say)

    def _correction(self, result: PublicResult) -> str:
        if result.corrected_at is None:
            return ""
        when = dates.in_zone(result.corrected_at, self._process.zone, self._say.language)
        return self._say.plain("Corrected on {when}: {what}", when=when, what=result.correction)

    def _unless_ours(self, language: str) -> str | None:
        return None if language == self._say.language else language

    def _titled(self, title: Wording) -> Wording:
        """One can press it, even if nothing readable was left of it."""
        return title if is_visible(title.text) else Wording(self._say.plain("Without a title"))

    def _links(self, webinar: PublicWebinar) -> list[Link]:
        say = self._say
        labelled = (
            (say.plain("Join the webinar"), webinar.join_link),
            (say.plain("Recording"), webinar.recording_link),
        )
        return [Link(label, url) for label, url in labelled if url and is_web_address(url)]

    def _remind(self, webinar: PublicWebinar) -> Link:
        if webinar.standing is Standing.UPCOMING:
            return Link(self._say.plain("Remind me on Telegram"), self._process.start_link(f"m_{webinar.id}"))
        return Link(self._say.plain("Open it on Telegram"), self._process.start_link(f"w_{webinar.id}"))

    def _ways(self, result: PublicResult) -> list[Link]:
        say = self._say
        ways = []
        if result.link and is_web_address(result.link):
            ways.append(Link(say.plain("Read the result"), result.link))
        if result.file:
            ways.append(Link(say.plain("Download the file"), f"{self._process.web_url or ''}/files/{result.file}"))
        elif result.file_name:
            ways.append(Link(say.plain("Get the file on Telegram"), self._process.start_link(f"r_{result.id}")))
        return ways


def _mark(webinar: PublicWebinar, say: Speaker) -> str:
    match webinar.standing:
        case Standing.CANCELLED:
            return say.plain("Cancelled")
        case Standing.ON:
            return say.plain("On now")
        case Standing.OVER if webinar.recording_link:
            return say.plain("Recorded")
        case Standing.UPCOMING | Standing.OVER:
            return ""


def _joining(webinar: PublicWebinar, say: Speaker) -> str:
    match webinar.standing:
        case Standing.CANCELLED:
            return say.plain("It does not take place.")
        case Standing.OVER:
            return say.plain("This webinar is over.")
        case Standing.UPCOMING | Standing.ON if webinar.registers:
            return say.plain("Register on Telegram: the bot gives you a place, and the link before it starts.")
        case Standing.UPCOMING | Standing.ON if webinar.join_link:
            return say.plain("Open to everybody, no registration.")
        case Standing.UPCOMING | Standing.ON:
            return say.plain("Open to everybody. The bot has the link on Telegram, 15 minutes before it starts.")


def feed_title(webinar: WebinarView, language: str) -> str:
    """How a webinar is called in a feed, where its state does not show."""
    title, is_off = webinar.title.text, webinar.source.standing is Standing.CANCELLED
    return speaker(language).plain("Cancelled: {title}", title=title) if is_off else title


def withdrawn_title(language: str) -> str:
    """How a result is called that was withdrawn: nothing of it is said any more."""
    return speaker(language).plain("A result that was withdrawn")


def result_text(result: ResultView) -> str:
    """What a feed says of a result."""
    return "\n\n".join(filter(None, (result.source.summary, result.correction)))


def feed_text(webinar: WebinarView) -> str:
    """What a feed says of a webinar: nothing that time alone would change."""
    when = ", ".join(filter(None, (webinar.when.date, webinar.when.hours, webinar.when.in_utc)))
    return f"{when}\n\n{webinar.abstract.text}".strip()
