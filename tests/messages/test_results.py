from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from re import sub

import pytest

from domain.groups import Group
from domain.results import MOST_REASON, MOST_SUMMARY, MOST_TITLE, FileKind, Result, ResultState, Step, Tier, plan_steps
from domain.typed import MOST_LINK
from messages import results, reviews, submissions
from messages.markup import MOST_TEXT, Message, utf16_length
from tests.messages.examples import ONLY

LONGEST = Result(
    id=5,
    group_id=3,
    author_id=1,
    title="&" * MOST_TITLE,
    summary="<" * MOST_SUMMARY,
    link="https://example.org/".ljust(MOST_LINK, "&"),
    file_id=None,
    file_name=None,
    file_kind=None,
    state=ResultState.CHANGES_ASKED,
    reason="🙂" * (MOST_REASON // 2),
    version=1,
    decided_by=2,
    submitted_at=None,
    published_by=None,
    published_at=None,
)
NAMES = {1: "N" * 64, 2: "M" * 64}


def shown(message: Message) -> str:
    return unescape(sub(r"</?[a-z]+>", "", message.text))


@pytest.mark.parametrize("state", list(ResultState))
def test_the_longest_card_fits_into_one_message_and_says_every_character(state: ResultState) -> None:
    result = replace(LONGEST, state=state, published_at=datetime(2022, 3, 1, tzinfo=UTC))
    seen = results.Shown(result, "PWG 3", NAMES, is_own=False, may_review=True, may_publish=True)

    text = shown(results.card(seen, "Europe/Berlin", "en"))

    assert utf16_length(text) <= MOST_TEXT
    assert f"\n\n{result.title}\n\n{result.summary}\n\nLink: {result.link}\n\n" in text


@pytest.mark.parametrize("state", [ResultState.ACCEPTED, ResultState.CHANGES_ASKED, ResultState.PUBLISHED])
def test_the_longest_news_fits_into_one_message(state: ResultState) -> None:
    assert utf16_length(shown(reviews.news(LONGEST, state, "en"))) <= MOST_TEXT


def test_five_longest_results_of_each_kind_fit_into_one_list() -> None:
    message = results.listed([LONGEST] * 5, [LONGEST] * 5, {3: "PWG 3"}, ONLY, "Europe/Berlin", "en")

    assert utf16_length(shown(message)) <= MOST_TEXT


@pytest.mark.parametrize("step", list(Step))
def test_the_longest_question_fits_into_one_message(step: Step) -> None:
    draft = replace(LONGEST, state=ResultState.DRAFT)
    groups = tuple(Group(n, f"PWG {n}", {"en": "T" * 100}, {"en": ""}, 7, 10) for n in range(1, 5))
    asked = submissions.Question(draft, step, plan_steps(draft, 4), 9, groups, "PWG 3", Tier.COORDINATORS)

    assert utf16_length(shown(submissions.question(asked, "en"))) <= MOST_TEXT


@pytest.mark.parametrize(("kind", "document", "photo"), [(FileKind.DOCUMENT, "x", None), (FileKind.PHOTO, None, "x")])
def test_a_file_is_sent_as_what_telegram_keeps_it(kind: FileKind, document: str | None, photo: str | None) -> None:
    message = results.file(replace(LONGEST, file_id="x", file_kind=kind))

    assert (message.document, message.photo) == (document, photo)
    assert utf16_length(shown(message)) <= 1024
