"""What the public page may show: every field here is for everybody; what is for some has no field."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from domain.events import Event, EventState
from domain.groups import Group
from domain.registering import public_link
from domain.results import Accessible, Result, ResultKind, ResultState

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]")
"""Control characters and halves of characters, which neither HTML nor XML can carry."""

_WEB = re.compile(r"https?://[^\s/?#@\\]+([/?#]\S*)?", re.IGNORECASE)


class Note(StrEnum):
    """A text that organisers write for the page, in each language."""

    NAME = "name"
    ABOUT = "about"
    CONTACT = "contact"
    PRIVACY = "privacy"
    IMPRINT = "imprint"


class Standing(StrEnum):
    """Where a webinar stands at a moment."""

    UPCOMING = "upcoming"
    ON = "on"
    OVER = "over"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class PublicGroup:
    """A group. `is_open`: it works today, and one may ask to join. `members`: least and most."""

    id: int
    code: str
    titles: Mapping[str, str]
    themes: Mapping[str, str]
    members: tuple[int, int]
    closes_on: date | None
    is_open: bool


@dataclass(frozen=True)
class PublicWebinar:
    """A webinar as it stands. `join_link`, `recording_link`: only while everybody may have them.

    `changed_at` is None for what was stored before changes were dated.
    """

    id: int
    group_id: int
    titles: Mapping[str, str]
    abstracts: Mapping[str, str]
    speakers: tuple[str, ...]
    languages: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    zone: str
    standing: Standing
    registers: bool
    join_link: str | None
    recording_link: str | None
    changed_at: datetime | None

    @property
    def is_ahead(self) -> bool:
        """Whether it is to come or on now."""
        return self.standing in {Standing.UPCOMING, Standing.ON}


@dataclass(frozen=True)
class PublicResult:
    """A published result. `file_name`: of the file that the bot has for it, if it has one; `file`: its served name."""

    id: int
    group_id: int | None
    kind: ResultKind
    language: str
    title: str
    summary: str
    link: str | None
    file_name: str | None
    accessible: Accessible | None
    published_at: datetime
    corrected_at: datetime | None
    correction: str
    file: str | None = None


@dataclass(frozen=True)
class WithdrawnResult:
    """What is left in public of a result that was withdrawn: its address, and why."""

    id: int
    withdrawn_at: datetime
    reason: str


@dataclass(frozen=True)
class Site:
    """All that is public at a moment; two that are equal look alike. `notes` by note and language.

    Groups by code, webinars soonest first, results newest first, as are those that were withdrawn.
    """

    groups: tuple[PublicGroup, ...]
    webinars: tuple[PublicWebinar, ...]
    results: tuple[PublicResult, ...]
    withdrawn: tuple[WithdrawnResult, ...]
    notes: Mapping[tuple[Note, str], str]

    @property
    def ahead(self) -> tuple[PublicWebinar, ...]:
        """The webinars that are on or to come, soonest first."""
        return tuple(webinar for webinar in self.webinars if webinar.is_ahead)

    @property
    def called_off(self) -> tuple[PublicWebinar, ...]:
        """The cancelled ones, soonest first."""
        return tuple(webinar for webinar in self.webinars if webinar.standing is Standing.CANCELLED)

    @property
    def past(self) -> tuple[PublicWebinar, ...]:
        """The webinars that took place, newest first."""
        return tuple(webinar for webinar in reversed(self.webinars) if webinar.standing is Standing.OVER)


def group_of(group: Group, today: date) -> PublicGroup:
    """What everybody may know of a group: nothing about its people."""
    return PublicGroup(
        id=group.id,
        code=one_line(group.code),
        titles=_each(group.titles, one_line),
        themes=_each(group.themes, readable),
        members=(group.least_members, group.most_members),
        closes_on=group.closes_on,
        is_open=group.is_open_on(today),
    )


def webinar_of(event: Event, changed_at: datetime | None, now: datetime) -> PublicWebinar | None:
    """What everybody may know of a webinar; None for a draft."""
    standing = standing_of(event, now)
    if standing is None:
        return None
    return PublicWebinar(
        id=event.id,
        group_id=event.group_id,
        titles=_each(event.titles, one_line),
        abstracts=_each(event.abstracts, readable),
        speakers=tuple(one_line(speaker) for speaker in event.speakers),
        languages=event.languages,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.zone,
        standing=standing,
        registers=event.registers,
        join_link=_join_link(event, now),
        recording_link=event.recording_link if standing is Standing.OVER else None,
        changed_at=changed_at,
    )


def standing_of(event: Event, now: datetime) -> Standing | None:
    """Where an event stands; None for a draft, which stands nowhere."""
    match event.state:
        case EventState.DRAFT:
            return None
        case EventState.CANCELLED:
            return Standing.CANCELLED
        case EventState.ANNOUNCED if now < event.starts_at:
            return Standing.UPCOMING
        case EventState.ANNOUNCED if now < event.ends_at:
            return Standing.ON
        case EventState.ANNOUNCED:
            return Standing.OVER


def _join_link(event: Event, now: datetime) -> str | None:
    """The link, if it is for everybody."""
    return public_link(event, now) if now < event.ends_at else None


def result_of(result: Result, file: str | None = None) -> PublicResult | None:
    """What everybody may know of a result: not who wrote or reviewed it. None unless it is published.

    `file`: the name under which its file is served, if it is.
    """
    if result.state is not ResultState.PUBLISHED or result.published_at is None:
        return None
    return PublicResult(
        id=result.id,
        group_id=result.group_id,
        kind=result.kind,
        language=result.language,
        title=one_line(result.title),
        summary=readable(result.summary),
        link=one_line(result.link) if result.link else None,
        file_name=one_line(result.file_name) if result.file_id and result.file_name else None,
        accessible=result.accessible if result.has_file else None,
        published_at=result.published_at,
        corrected_at=result.corrected_at,
        correction=readable(result.correction),
        file=file if result.file_id else None,
    )


def withdrawn_of(result: Result) -> WithdrawnResult | None:
    """What stays of a result that was withdrawn; None unless it was."""
    if result.state is not ResultState.WITHDRAWN or result.withdrawn_at is None:
        return None
    return WithdrawnResult(result.id, result.withdrawn_at, readable(result.withdrawal))


def next_change(webinars: Iterable[PublicWebinar], now: datetime) -> datetime | None:
    """When the first of them begins or ends: until then they stay as they are."""
    moments = (moment for webinar in webinars for moment in (webinar.starts_at, webinar.ends_at))
    return min((moment for moment in moments if moment > now), default=None)


def readable(text: str) -> str:
    """The text without what no page can carry; line ends are one character."""
    kept = _UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(character for character in kept if ord(character) & 0xFFFE != 0xFFFE)


def one_line(text: str) -> str:
    """The same in one line: titles, names."""
    return readable(text).replace("\n", " ").replace("\t", " ")


def is_web_address(link: str) -> bool:
    """Whether one may be sent there by a press; everything else is only shown, never followed."""
    try:
        urlsplit(link).port  # noqa: B018 - raises for brackets or a port that are none
    except ValueError:
        return False
    return _WEB.fullmatch(link) is not None


def paragraphs(text: str) -> Sequence[str]:
    """A text of several lines, cut at its empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def _each(texts: Mapping[str, str], change: Callable[[str], str]) -> dict[str, str]:
    return {language: change(text) for language, text in texts.items()}
