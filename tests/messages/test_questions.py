"""Questions and feedback in every language: within Telegram's limits, escaped, with the longest that can come in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from re import sub

import pytest

from domain.buttons.questions import Verdict, Way
from domain.chores import Chore, ChoreKind
from domain.feedback import Feedback, Summary, Wish
from domain.questions import MOST_ANSWER, MOST_TEXT, Closed, Cluster, Question, QuestionState, TooMany
from domain.results import MOST_SUMMARY, MOST_TITLE
from domain.talks import Talk, TalkState
from messages import chores, feedback, moderating, questions
from messages.languages import LANGUAGES
from messages.markup import MOST_LABEL, Message, utf16_length
from messages.markup import MOST_TEXT as MOST_MESSAGE
from tests.messages.examples import LONGEST_GROUP, LONGEST_NAME, LONGEST_WEBINAR, MIDDLE

MOST_TOAST = 200
ZONE = "America/St_Johns"
DURING = LONGEST_WEBINAR.starts_at
AFTER = LONGEST_WEBINAR.ends_at + timedelta(minutes=15)
ID = 2**52

QUESTION = Question(ID, ID, ID, "<" * MOST_TEXT, QuestionState.OPEN, None, 10**6, DURING)
ANSWERED = replace(QUESTION, state=QuestionState.ANSWERED, answer="&" * MOST_ANSWER)
SAME = tuple(replace(QUESTION, id=number, person_id=number) for number in range(1, 100))
ENTRY = moderating.Entry(Cluster(QUESTION, SAME), (LONGEST_NAME,) * 100)
BOX = moderating.Box(LONGEST_WEBINAR, (ENTRY,) * 5, MIDDLE, 10**6, True, f"https://t.me/{'b' * 32}?start=q_{ID}")
MINE = questions.Mine(LONGEST_WEBINAR, (QUESTION, ANSWERED, ANSWERED, ANSWERED, ANSWERED), MIDDLE, True)
TALK = Talk(1, 1, 1, TalkState.CONFIRMED, "T" * 200, "", "", True, "file", "slides.pdf", None, 1, DURING)
SUMMARY = Summary(10**6, 10**6, 3.25, 10**6, 10**6, 10**6, 10**6, 10**6)
GIVEN = [
    Feedback(wants_recording=True),
    Feedback(4, wants_recording=True, told_at=AFTER),
    *(Feedback(4, wish) for wish in Wish),
]


def about_asking(language: str) -> list[Message]:
    return [
        questions.ask(LONGEST_WEBINAR, 1, language),
        questions.preview(LONGEST_WEBINAR, QUESTION.text, 1, language),
        questions.asked(LONGEST_WEBINAR, language),
        *(questions.refused(outcome, LONGEST_WEBINAR, language) for outcome in (Closed(), TooMany(5))),
        questions.own(MINE, language),
        questions.own(replace(MINE, questions=()), language),
        questions.answer(ANSWERED, LONGEST_WEBINAR, language),
    ]


def about_moderating(language: str) -> list[Message]:
    told = chores.Told(
        Chore(1, "k", ChoreKind.QUESTIONS_OPEN, 3, 1, None, AFTER), LONGEST_GROUP, LONGEST_WEBINAR, None, 10**6
    )
    return [
        moderating.listed(BOX, DURING, language, undo=QUESTION),
        moderating.listed(replace(BOX, entries=(), answered=0), AFTER, language),
        moderating.listed(replace(BOX, may_moderate=False), DURING, language),
        moderating.detail(ENTRY, LONGEST_WEBINAR, 2, 10**6, AFTER, language),
        moderating.choose_same(QUESTION, [QUESTION] * 5, MIDDLE, language),
        moderating.ask_answer(ENTRY, 1, language),
        *(moderating.answered(count, BOX, AFTER, language) for count in (0, 1, 10**6)),
        moderating.too_late(
            moderating.settled_before(QuestionState.ANSWERED, LONGEST_NAME, language), BOX, AFTER, language
        ),
        chores.card(told, None, language),
    ]


def about_feedback(language: str) -> list[Message]:
    return [
        *(feedback.survey(LONGEST_WEBINAR, "P" * 16, given, language) for given in GIVEN),
        feedback.recording(replace(LONGEST_WEBINAR, recording_link="https://video.example.org/1"), language),
        feedback.slides(TALK, language),
        *(feedback.summary(LONGEST_WEBINAR, one, language, may_submit=True) for one in (SUMMARY, NOTHING)),
    ]


NOTHING = Summary(0, 0, None, 0, 0, 0, 0, 0)

each_language = pytest.mark.parametrize("language", LANGUAGES)
everything = pytest.mark.parametrize("messages", [about_asking, about_moderating, about_feedback])


@each_language
@everything
def test_every_message_fits(messages: Callable[[str], list[Message]], language: str) -> None:
    lengths = [utf16_length(unescape(sub(r"</?[a-z]+>", "", message.text))) for message in messages(language)]

    assert [length for length in lengths if length > MOST_MESSAGE] == []


@each_language
@everything
def test_every_label_fits_into_its_button(messages: Callable[[str], list[Message]], language: str) -> None:
    labels = {button.label for message in messages(language) for row in message.buttons for button in row}

    assert [label for label in labels if len(label) > MOST_LABEL] == []


@each_language
def test_every_toast_fits(language: str) -> None:
    toasts = [
        *(questions.not_asked(outcome, language) for outcome in (Closed(), TooMany(5))),
        questions.taken_back(language),
        *(moderating.moved(way, language) for way in Way),
        *(moderating.settled(verdict, language) for verdict in Verdict),
        *(
            moderating.settled_before(state, by, language)
            for state in (QuestionState.ANSWERED, QuestionState.DROPPED)
            for by in (LONGEST_NAME, None)
        ),
        moderating.merged(language),
        moderating.reopened(language),
        feedback.rated(language),
        *(feedback.wanted(comes_now, language) for comes_now in (True, False)),
    ]

    assert [toast for toast in toasts if len(toast) > MOST_TOAST] == []


@each_language
def test_what_people_typed_is_shown_as_they_typed_it(language: str) -> None:
    typed = "<b>Who</b> & why?"
    question = replace(QUESTION, text=typed, answer="1 < 2")
    box = replace(BOX, entries=(moderating.Entry(Cluster(question), ("<Anna>",)),))

    said = [
        questions.preview(LONGEST_WEBINAR, typed, 1, language),
        questions.answer(question, LONGEST_WEBINAR, language),
        moderating.listed(box, DURING, language),
    ]

    assert all("&lt;b&gt;Who&lt;/b&gt; &amp; why?" in message.text for message in said)
    assert "&lt;Anna&gt;" in said[2].text


@each_language
def test_the_beginning_of_a_result_fits_into_its_dialog(language: str) -> None:
    title = feedback.result_title(LONGEST_WEBINAR, language)
    summary = feedback.result_summary(LONGEST_WEBINAR, "P" * 16, SUMMARY, ZONE, language)

    assert 0 < utf16_length(title) <= MOST_TITLE
    assert 0 < utf16_length(summary) <= MOST_SUMMARY


@pytest.mark.parametrize(
    ("language", "said"), [("en", "3.3 of 5"), ("de", "3,3 von 5"), ("fr", "3,3 sur 5")], ids=["en", "de", "fr"]
)
def test_the_mean_is_written_as_the_language_writes_numbers(language: str, said: str) -> None:
    summary = replace(SUMMARY, mean=3.26)

    assert said in feedback.summary(LONGEST_WEBINAR, summary, language, may_submit=False).text
