"""What is public: which fields, when, and in which characters."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.events import Event, EventState, LinkPolicy
from domain.groups import Group
from domain.pages import (
    PublicGroup,
    PublicResult,
    PublicWebinar,
    Standing,
    WithdrawnResult,
    group_of,
    is_web_address,
    next_change,
    one_line,
    paragraphs,
    readable,
    result_of,
    webinar_of,
    withdrawn_of,
)
from domain.results import Accessible, FileKind, Result, ResultState

AT = datetime(2022, 3, 22, 15, tzinfo=UTC)
BEFORE, DURING, AFTER = AT - timedelta(minutes=1), AT + timedelta(minutes=59), AT + timedelta(minutes=60)
LINK, RECORDING = "https://meet.example.org/open", "https://video.example.org/1"
WEBINAR = Event(
    id=7,
    group_id=3,
    slug="cities",
    titles={"en": "Cities"},
    abstracts={"en": "An abstract."},
    speakers=("Institute of Examples",),
    languages=("en",),
    starts_at=AT,
    minutes=60,
    zone="Europe/Berlin",
    link=LINK,
    link_policy=LinkPolicy.PUBLIC,
    state=EventState.ANNOUNCED,
    revision=1,
    moderator_id=5,
    backstage_link="https://meet.example.org/backstage",
    recording_link=RECORDING,
)
RESULT = Result(
    id=5,
    group_id=3,
    author_id=1,
    title="A brief",
    summary="What we found.",
    link=None,
    file_id="AgAD",
    file_name="brief.pdf",
    file_kind=FileKind.DOCUMENT,
    state=ResultState.PUBLISHED,
    reason="because",
    version=1,
    decided_by=2,
    submitted_at=AT,
    published_by=3,
    published_at=AT,
)


def shown(event: Event, now: datetime) -> PublicWebinar:
    webinar = webinar_of(event, AT, now)
    assert webinar is not None
    return webinar


@pytest.mark.parametrize(
    ("state", "now", "standing"),
    [
        (EventState.ANNOUNCED, BEFORE, Standing.UPCOMING),
        (EventState.ANNOUNCED, AT, Standing.ON),
        (EventState.ANNOUNCED, DURING, Standing.ON),
        (EventState.ANNOUNCED, AFTER, Standing.OVER),
        (EventState.CANCELLED, BEFORE, Standing.CANCELLED),
        (EventState.CANCELLED, AFTER, Standing.CANCELLED),
    ],
)
def test_a_webinar_stands_somewhere(state: EventState, now: datetime, standing: Standing) -> None:
    assert shown(replace(WEBINAR, state=state), now).standing is standing


def test_a_draft_stands_nowhere() -> None:
    assert webinar_of(replace(WEBINAR, state=EventState.DRAFT), AT, BEFORE) is None


@pytest.mark.parametrize(
    ("webinar", "now", "link"),
    [
        (WEBINAR, BEFORE, LINK),
        (WEBINAR, DURING, LINK),
        (WEBINAR, AFTER, None),
        (replace(WEBINAR, link_policy=LinkPolicy.GUARDED), BEFORE, None),
        (replace(WEBINAR, link_policy=LinkPolicy.GUARDED), DURING, None),
        (replace(WEBINAR, registers=True), DURING, None),
        (replace(WEBINAR, state=EventState.CANCELLED), BEFORE, None),
    ],
)
def test_only_an_open_webinar_shows_its_link(webinar: Event, now: datetime, link: str | None) -> None:
    assert shown(webinar, now).join_link == link


def test_a_recording_is_shown_afterwards_unless_nothing_took_place() -> None:
    assert [shown(WEBINAR, now).recording_link for now in (BEFORE, DURING, AFTER)] == [None, None, RECORDING]
    assert shown(replace(WEBINAR, state=EventState.CANCELLED), AFTER).recording_link is None


def test_what_is_public_has_a_field_and_nothing_else_has() -> None:
    assert [field.name for field in fields(PublicWebinar)] == [
        "id",
        "group_id",
        "titles",
        "abstracts",
        "speakers",
        "languages",
        "starts_at",
        "ends_at",
        "zone",
        "standing",
        "registers",
        "join_link",
        "recording_link",
        "changed_at",
    ]
    assert [field.name for field in fields(PublicGroup)] == [
        "id",
        "code",
        "titles",
        "themes",
        "members",
        "closes_on",
        "is_open",
    ]
    assert [field.name for field in fields(PublicResult)] == [
        "id",
        "group_id",
        "kind",
        "language",
        "title",
        "summary",
        "link",
        "file_name",
        "accessible",
        "published_at",
        "corrected_at",
        "correction",
        "file",
    ]
    assert [field.name for field in fields(WithdrawnResult)] == ["id", "withdrawn_at", "reason"]


def test_a_group_is_open_by_its_dates() -> None:
    group = Group(3, "PWG 3", {"en": "Climate"}, {"en": "A\ntheme"}, 7, 10, date(2022, 3, 1), date(2022, 3, 31))

    public = group_of(group, date(2022, 3, 31))

    assert (public.is_open, public.members, public.themes) == (True, (7, 10), {"en": "A\ntheme"})
    assert [group_of(group, date(2022, *day)).is_open for day in ((2, 28), (4, 1))] == [False, False]


@pytest.mark.parametrize("state", sorted(set(ResultState) - {ResultState.PUBLISHED, ResultState.WITHDRAWN}))
def test_what_is_not_published_is_not_public(state: ResultState) -> None:
    assert (result_of(replace(RESULT, state=state)), withdrawn_of(replace(RESULT, state=state))) == (None, None)


def test_a_result_is_public_or_only_the_reason_why_it_is_gone() -> None:
    gone = replace(RESULT, state=ResultState.WITHDRAWN, withdrawn_at=AFTER, withdrawal="Wrong\x00 figures.")
    published = result_of(RESULT)

    assert published is not None
    assert (published.title, published.file_name, published.accessible) == ("A brief", "brief.pdf", Accessible.NO)
    assert withdrawn_of(RESULT) is None
    assert result_of(gone) is None
    assert withdrawn_of(gone) == WithdrawnResult(5, AFTER, "Wrong figures.")


def test_without_a_file_nobody_asks_whether_it_is_accessible() -> None:
    published = result_of(replace(RESULT, file_id=None))

    assert published is not None
    assert (published.file_name, published.accessible) == (None, None)


def test_the_next_change_is_a_beginning_or_an_end() -> None:
    later = shown(replace(WEBINAR, starts_at=AT + timedelta(minutes=30)), BEFORE)
    webinars = [later, shown(WEBINAR, BEFORE)]

    assert [next_change(webinars, now) for now in (BEFORE, AT, DURING, AFTER, AFTER + timedelta(minutes=30))] == [
        AT,
        AT + timedelta(minutes=30),
        AFTER,
        AFTER + timedelta(minutes=30),
        None,
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("as it is <b>&amp;", "as it is <b>&amp;"),
        ("a\x00b\x08c\x1bd\x7fe\x85f", "abcdef"),
        ("lines\r\nof\rall\nkinds\tand tabs", "lines\nof\nall\nkinds\tand tabs"),
        ("\ud800half\udfff", "half"),
        ("\ufdd0\ufffe\uffff\U0001fffe\U0010ffffend", "end"),
        ("\u202eright to left\u202c 👩‍👩‍👧", "\u202eright to left\u202c 👩‍👩‍👧"),
    ],
)
def test_only_what_no_page_can_carry_is_left_out(text: str, kept: str) -> None:
    assert readable(text) == kept
    assert one_line(text) == kept.replace("\n", " ").replace("\t", " ")


@pytest.mark.parametrize("link", ["https://example.org", "HTTP://example.org/a?b=<c>#d", "https://[::1]:8080/"])
def test_an_address_of_the_web_can_be_followed(link: str) -> None:
    assert is_web_address(link)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "https://",
        "https:///x",
        "javascript:alert(1)",
        " https://x.org",
        "https://x.org/a b",
        "//x.org",
        "https://a@b.org",
        "https://\\x",
        "https://x.org\n",
    ],
)
def test_everything_else_cannot(link: str) -> None:
    assert not is_web_address(link)


def test_a_text_is_cut_at_its_empty_lines() -> None:
    assert paragraphs(" one\ntwo \n\n \n\nthree\n") == ["one\ntwo", "three"]
