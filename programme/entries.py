"""What a programme file may say about a group and a webinar, with every limit."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from domain.events import EventState, LinkPolicy
from domain.groups import Group
from domain.programme import PlannedWebinar
from domain.typed import one_line, paragraphs, web_link
from domain.webinar_edits import MOST_CAPACITY
from messages.languages import LANGUAGES, SOURCE_LANGUAGE

MOST_MEMBERS = 1000

_zones = cache(available_timezones)
"""Read from the disk once: a file of thousands of webinars asks for each."""


def _in_known_languages(value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError("must give a text for each language, such as {en: …, de: …, fr: …}")  # noqa: TRY004 - pydantic wants it
    unknown = sorted(str(language) for language in value if language not in LANGUAGES)
    if unknown:
        raise ValueError(f"speaks {', '.join(unknown)}; known are {', '.join(LANGUAGES)}")
    return value


def _with_english(value: dict[str, str]) -> dict[str, str]:
    """Refuse a text without English, which stands in for the languages that are missing."""
    if not value.get(SOURCE_LANGUAGE):
        raise ValueError(f"has no text in {SOURCE_LANGUAGE}")
    return value


def _as_typed(clean: Callable[[str], str]) -> BeforeValidator:
    """What comes in a file is cleaned as if it had been typed in the chat."""
    return BeforeValidator(lambda value: clean(value) if isinstance(value, str) else value)


Title = Annotated[
    dict[str, Annotated[str, _as_typed(one_line), Field(min_length=1, max_length=200)]],
    BeforeValidator(_in_known_languages),
]
Paragraph = Annotated[
    dict[str, Annotated[str, _as_typed(paragraphs), Field(min_length=1, max_length=1000)]],
    BeforeValidator(_in_known_languages),
]
Speaker = Annotated[str, _as_typed(one_line), Field(min_length=1, max_length=120)]
Code = Annotated[str, _as_typed(one_line), Field(min_length=1, max_length=16)]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2}$")]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, hide_input_in_errors=True)


class GroupEntry(_Entry):
    """One group; `members` are the least and the most."""

    code: Code
    titles: Annotated[Title, AfterValidator(_with_english)]
    themes: Annotated[Paragraph, AfterValidator(_with_english)]
    members: tuple[int, int]
    opens: date | None = None
    closes: date | None = None

    @field_validator("members")
    @classmethod
    def _in_order(cls, value: tuple[int, int]) -> tuple[int, int]:
        if not 1 <= value[0] <= value[1] <= MOST_MEMBERS:
            raise ValueError(f"must be the least and the most, such as [7, 10], at most {MOST_MEMBERS}")
        return value

    def group(self) -> Group:
        """The group as the domain knows it."""
        least, most = self.members
        return Group(0, self.code, self.titles, self.themes, least, most, self.opens, self.closes)


class WebinarEntry(_Entry):
    """One webinar; `start` is local to `zone`. A draft may lack texts."""

    state: EventState = EventState.ANNOUNCED  # comes first: what the others need depends on it
    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
    group: Code
    titles: Title
    abstracts: Paragraph
    speakers: Annotated[list[Speaker], Field(max_length=12)] = []
    languages: Annotated[list[LanguageCode], Field(min_length=1, max_length=6)]
    start: datetime
    minutes: Annotated[int, Field(ge=5, le=1440)] = 60
    zone: str
    link: Annotated[str, Field(max_length=500)] | None = None
    link_policy: LinkPolicy = LinkPolicy.GUARDED
    backstage_link: Annotated[str, Field(max_length=500)] | None = None
    capacity: Annotated[int, Field(ge=1, le=MOST_CAPACITY)] | None = None
    registration: bool | None = None
    recording_link: Annotated[str, Field(max_length=500)] | None = None

    @field_validator("titles", "abstracts")
    @classmethod
    def _complete(cls, value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        return value if info.data.get("state") is EventState.DRAFT else _with_english(value)

    @field_validator("start")
    @classmethod
    def _on_the_wall(cls, value: datetime) -> datetime:
        if value.tzinfo is not None:
            raise ValueError("must be local to the zone, without an offset")
        return value

    @field_validator("zone")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in _zones():
            raise ValueError("is not an IANA zone such as Europe/Berlin")
        return value

    @field_validator("link", "backstage_link", "recording_link")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and web_link(value) is None:
            raise ValueError("is not an address such as https://meet.example.org/1")
        return value

    def planned(self, place: str) -> PlannedWebinar:
        """The webinar as the domain knows it."""
        return PlannedWebinar(
            slug=self.slug,
            group=self.group,
            titles=self.titles,
            abstracts=self.abstracts,
            speakers=tuple(self.speakers),
            languages=tuple(self.languages),
            wall=self.start,
            minutes=self.minutes,
            zone=self.zone,
            link=self.link,
            link_policy=self.link_policy,
            state=self.state,
            backstage_link=self.backstage_link,
            capacity=self.capacity,
            registration=self.registration,
            recording_link=self.recording_link,
            place=place,
        )


class ProgrammeEntries(_Entry):
    """A whole file."""

    groups: list[GroupEntry] = []
    webinars: list[WebinarEntry] = []
