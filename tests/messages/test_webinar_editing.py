"""What is said about making and changing webinars keeps to Telegram's limits, with the longest of everything."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from re import sub

import pytest

from domain import event_json
from domain.changes import differences, known_of
from domain.events import Event, EventState, LinkPolicy
from domain.paging import page_at
from domain.people import Person
from domain.webinar_edits import Announced, Dropped, Edit, Incomplete, Outcome, Overtaken, Saved
from domain.webinar_parts import REQUIRED, Part, Phase, Step, plan_steps
from messages import webinar_editing, webinar_news, webinar_previews
from messages.languages import LANGUAGES
from messages.markup import MOST_LABEL, MOST_TEXT, Message, join, utf16_length
from messages.webinar_questions import Question, ask
from tests.messages.examples import LONGEST_GROUP, LONGEST_NAME, LONGEST_WEBINAR

ZONE = "America/Argentina/ComodRivadavia"
LINK = f"https://example.org/{'x' * 480}"
NOW = LONGEST_WEBINAR.starts_at - timedelta(hours=2)
MIDDLE = page_at(1, 30, 6)

LONGEST = replace(
    LONGEST_WEBINAR,
    titles=dict.fromkeys(LANGUAGES, "<" * 200),
    abstracts=dict.fromkeys(LANGUAGES, "&" * 1000),
    link=LINK,
    backstage_link=LINK,
    recording_link=LINK,
    capacity=100_000,
    registers=True,
    minutes=475,
)
OTHER = replace(
    LONGEST,
    titles=dict.fromkeys(LANGUAGES, ">" * 200),
    abstracts=dict.fromkeys(LANGUAGES, '"' * 1000),
    speakers=("T" * 120,) * 12,
    languages=("en", "de", "fr", "es", "uk", "ar"),
    starts_at=LONGEST.starts_at + timedelta(days=30),
    minutes=235,
    link=f"{LINK}y",
    link_policy=LinkPolicy.PUBLIC,
    backstage_link=f"{LINK}y",
    recording_link=f"{LINK}y",
    capacity=None,
    registers=False,
)
DRAFT = replace(LONGEST, state=EventState.DRAFT)
OVERTAKEN = Overtaken(replace(OTHER, state=EventState.CANCELLED), LONGEST_NAME, LONGEST)
OUTCOMES: list[Outcome] = [
    Announced(LONGEST),
    Incomplete(REQUIRED),
    Saved(LONGEST, 0),
    Saved(LONGEST, 100_000),
    OVERTAKEN,
    Dropped(3),
]
HOSTS = [Person(n, LONGEST_NAME, "en") for n in range(8)]


def questions(language: str) -> Iterator[Message]:
    for part in Part:
        phase = Phase.DRAFT if part is Part.ALL else Phase.OVER if part is Part.RECORDING else Phase.AHEAD
        edit = Edit(3, 7, part, event_json.to_json(LONGEST), {Step.DAY: "2022-04-01"})
        for step in plan_steps(part)[:-1]:
            asked = Question(edit, LONGEST, phase, step, 10**6, NOW, LONGEST_NAME, HOSTS, MIDDLE, week=4)
            yield ask(asked, ZONE, language)


def previews(language: str) -> Iterator[Message]:
    for part in Part:
        edit = Edit(3, 7, part, event_json.to_json(LONGEST), shown_in=language)
        yield webinar_previews.draft(DRAFT, LONGEST_GROUP, edit, REQUIRED, 10**6, NOW, ZONE, language)
        after = of_part(part)
        asked = webinar_previews.change(LONGEST, after, ("", LONGEST_NAME), 10**5, edit, 10**6, ZONE, language)
        yield asked
        news = webinar_previews.overtaken(OVERTAKEN, ZONE, language)
        yield replace(asked, text=join([news, asked.text], "\n\n"))


def of_part(part: Part) -> Event:
    """The longest webinar, changed in one part to something just as long."""
    fields = {
        Part.TITLE: ("titles",),
        Part.ABSTRACT: ("abstracts",),
        Part.MOVE: ("starts_at",),
        Part.LENGTH: ("minutes",),
        Part.LINK: ("link",),
        Part.AUDIENCE: ("link_policy",),
        Part.LANGUAGES: ("languages",),
        Part.SPEAKERS: ("speakers",),
        Part.BACKSTAGE: ("backstage_link",),
        Part.SEATS: ("capacity", "registers"),
        Part.RECORDING: ("recording_link",),
    }.get(part, ())
    return replace(LONGEST, **{name: getattr(OTHER, name) for name in fields})


def screens(language: str) -> Iterator[Message]:
    six = [LONGEST, DRAFT, *[OTHER] * 4]
    group = LONGEST_GROUP
    counts = {"announced": 99, "wanted": 99, "over": 999, "now": NOW, "zone": ZONE, "language": language}
    yield webinar_editing.current(group, six, MIDDLE, **counts)  # type: ignore[arg-type]
    yield webinar_editing.current(group, [], page_at(0, 0, 6), **counts)  # type: ignore[arg-type]
    yield webinar_editing.over(group, six, MIDDLE, NOW, ZONE, language)
    yield webinar_editing.over(group, [], page_at(0, 0, 6), NOW, ZONE, language)
    for now in (NOW - timedelta(days=9), NOW, NOW + timedelta(hours=3), NOW + timedelta(days=9)):
        for event in (LONGEST, DRAFT, replace(LONGEST, state=EventState.CANCELLED), replace(LONGEST, titles={})):
            yield webinar_editing.card(event, group, LONGEST_NAME, now, ZONE, language, sees_questions=True)
    yield webinar_editing.trouble(LONGEST, ZONE, language)
    cancelled = replace(LONGEST, state=EventState.CANCELLED)
    for new in (OTHER, cancelled, replace(LONGEST, minutes=10)):
        yield webinar_news.changed(new, differences(known_of(LONGEST), known_of(new)), ZONE, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_fits(language: str) -> None:
    for message in [*questions(language), *previews(language), *screens(language)]:
        assert utf16_length(unescape(sub(r"<[^>]+>", "", message.text))) <= MOST_TEXT
        for label in (button.label for row in message.buttons for button in row):
            assert 0 < len(label) <= MOST_LABEL


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_over_the_screen_fits_there(language: str) -> None:
    toasts = [webinar_previews.toast(outcome, language) for outcome in OUTCOMES]

    for said in [*toasts, webinar_editing.nothing_to_change(language), webinar_editing.kept(language)]:
        assert 0 < len(said) <= 200
