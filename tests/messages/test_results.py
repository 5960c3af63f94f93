from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from re import sub

import pytest

from domain.coauthors import MOST_COAUTHORS, Coauthor, CoauthorState
from domain.comments import MOST_COMMENT, ON_CARD, Comment
from domain.corrections import MOST_CORRECTION
from domain.groups import Group
from domain.people import Person
from domain.results import MOST_REASON, MOST_SUMMARY, MOST_TITLE, Accessible, FileKind, Result, ResultState
from domain.reviews import MOST_WITHDRAWAL, News, Tier
from domain.submissions import Step, plan_steps
from domain.typed import MOST_LINK
from messages import coauthors, comments, results, reviews, submissions
from messages.markup import MOST_TEXT, Message, utf16_length
from messages.result_deeds import Shown
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
    accessible=Accessible.TO_FOLLOW,
    corrected_at=datetime(2022, 3, 1, tzinfo=UTC),
    correction="🙂" * (MOST_CORRECTION // 2),
    withdrawn_at=datetime(2022, 3, 1, tzinfo=UTC),
    withdrawal="🙂" * (MOST_WITHDRAWAL // 2),
)
NOW = datetime(2022, 3, 1, tzinfo=UTC)
NAMES = dict.fromkeys(range(1, 12), "🙂" * 64)
NAMED = [Coauthor(5, 3 + n, list(CoauthorState)[n % 2], NOW) for n in range(MOST_COAUTHORS)]
SAID = [Comment(n, 5, 9 + n, "🙂" * (MOST_COMMENT // 2), NOW) for n in range(ON_CARD)]


def shown(message: Message) -> str:
    return unescape(sub(r"</?[a-z]+>", "", message.text))


@pytest.mark.parametrize("state", [state for state in ResultState if state is not ResultState.WITHDRAWN])
def test_the_longest_card_fits_into_one_message_and_says_every_character(state: ResultState) -> None:
    result = replace(LONGEST, state=state, published_at=datetime(2022, 3, 1, tzinfo=UTC))
    text = shown(results.card(seen(result), "Europe/Berlin", "en"))

    assert utf16_length(text) <= MOST_TEXT
    assert f"\n\n{result.title}\n\n{result.summary}\n\nLink: {result.link}\n\n" in text


def seen(result: Result) -> Shown:
    return Shown(
        result,
        "PWG 3",
        NAMES,
        is_own=False,
        may_review=True,
        may_publish=True,
        discusses=True,
        coauthors=NAMED,
        comments=SAID,
        comment_count=50,
        before=100,
    )


def test_what_is_withdrawn_says_when_and_why_and_nothing_else() -> None:
    message = results.card(seen(replace(LONGEST, state=ResultState.WITHDRAWN)), "Europe/Berlin", "en")

    assert message.text == f"Withdrawn on Tue, 1 Mar 2022, 01:00 (Berlin): {LONGEST.withdrawal}"
    assert [[button.label for button in row] for row in message.buttons] == [["All results"]]


def test_a_short_card_says_the_last_comments_in_full() -> None:
    short = replace(LONGEST, title="A title", summary="A summary.", link=None, state=ResultState.SUBMITTED)
    said = replace(SAID[0], text="x" * MOST_COMMENT)

    text = shown(results.card(replace(seen(short), comments=[said]), "Europe/Berlin", "en"))

    assert text.endswith("x" * MOST_COMMENT)


@pytest.mark.parametrize("news", list(News))
def test_the_longest_news_fits_into_one_message(news: News) -> None:
    assert utf16_length(shown(reviews.news(LONGEST, news, "en"))) <= MOST_TEXT


def test_five_longest_comments_fit_into_one_message() -> None:
    page = comments.listed(LONGEST, (SAID * 2)[:5], NAMES, ONLY, "Europe/Berlin", "en")
    told = comments.news(LONGEST, SAID[0], "N" * 64, "en")

    assert max(utf16_length(shown(message)) for message in (page, told)) <= MOST_TEXT


def test_five_longest_results_of_each_kind_fit_into_one_list() -> None:
    message = results.listed([LONGEST] * 5, [LONGEST] * 5, {5: 99}, {3: "PWG 3"}, ONLY, "Europe/Berlin", "en")

    assert utf16_length(shown(message)) <= MOST_TEXT


@pytest.mark.parametrize("step", list(Step))
def test_the_longest_question_fits_into_one_message(step: Step) -> None:
    draft = replace(LONGEST, state=ResultState.DRAFT)
    groups = tuple(Group(n, f"PWG {n}", {"en": "T" * 100}, {"en": ""}, 7, 10) for n in range(1, 5))
    steps = plan_steps(draft, 4, has_others=True)
    others = coauthors.Choice([Person(n, "N" * 64, "en") for n in range(6)], frozenset({1}), ONLY)
    named = ["N" * 64] * MOST_COAUTHORS
    asked = submissions.Question(draft, step, steps, 9, groups, "PWG 3", Tier.COORDINATORS, named, others)

    assert utf16_length(shown(submissions.question(asked, "en"))) <= MOST_TEXT


@pytest.mark.parametrize(("kind", "document", "photo"), [(FileKind.DOCUMENT, "x", None), (FileKind.PHOTO, None, "x")])
def test_a_file_is_sent_as_what_telegram_keeps_it(kind: FileKind, document: str | None, photo: str | None) -> None:
    message = results.file(replace(LONGEST, file_id="x", file_kind=kind))

    assert (message.document, message.photo) == (document, photo)
    assert utf16_length(shown(message)) <= 1024
