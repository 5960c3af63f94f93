"""Every screen around results and deadlines, with the longest that can come in, in every language."""

from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from re import sub

import pytest

from domain.coauthors import MOST_COAUTHORS
from domain.corrections import MOST_CORRECTION, Correction, CorrectionState, plan_steps
from domain.people import Person
from domain.results import CONTENTS, ResultState, Version
from domain.rounds import MOST_TITLE, Round, Step
from messages import coauthors, corrections, rounds, versions
from messages.languages import LANGUAGES, speaker
from messages.markup import MOST_LABEL, MOST_TEXT, Button, Message, utf16_length
from tests.messages.examples import LONGEST_GROUP, LONGEST_NAME, MIDDLE
from tests.messages.test_results import LONGEST

ZONE = "America/Argentina/ComodRivadavia"
NOW = datetime(2022, 9, 28, 12, tzinfo=UTC)
WORDS = {name: getattr(LONGEST, name) for name in CONTENTS}
NAMES = {1: LONGEST_NAME, 2: LONGEST_NAME}
CORRECTION = Correction(
    **WORDS,
    id=1,
    result_id=5,
    person_id=1,
    base=1,
    accessible=LONGEST.accessible,
    sentence="🙂" * (MOST_CORRECTION // 2),
    state=CorrectionState.PROPOSED,
    decided_by=2,
)
ROUND = Round(1, dict.fromkeys(("en", "de", "fr"), "<" * MOST_TITLE), 3, NOW, NOW, None, None)
ROUND_QUESTION = rounds.Question(Step.PREVIEW, 9, ROUND.titles, 0, NOW)


def of_corrections(language: str) -> list[Message]:
    public = replace(LONGEST, state=ResultState.PUBLISHED)
    return [
        *(
            corrections.question(corrections.Question(CORRECTION, step, 9, is_different, may_publish), language)
            for step in plan_steps(CORRECTION)
            for is_different, may_publish in ((True, True), (True, False), (False, True))
        ),
        *(
            corrections.card(corrections.Shown(public, replace(CORRECTION, state=state, base=base), NAMES), language)
            for state in CorrectionState
            for base in (0, 1)
        ),
    ]


def of_the_rest(language: str) -> list[Message]:
    say = speaker(language)
    everybody = [Person(number, LONGEST_NAME, language) for number in range(6)]
    choice = coauthors.Choice(everybody, frozenset({1, 2}), MIDDLE)
    named = [LONGEST_NAME] * MOST_COAUTHORS
    return [
        Message(coauthors.question(named, say), coauthors.choices(choice, named, 9, say)),
        coauthors.ask(LONGEST, LONGEST_NAME, language),
        coauthors.declined(LONGEST.title, language),
        versions.shown(Version(**WORDS, result_id=5, version=99, by=1, at=NOW), LONGEST_NAME, MIDDLE, ZONE, language),
        rounds.listed([ROUND] * 6, {3: "P" * 16}, MIDDLE, ZONE, language),
        rounds.card(ROUND, "P" * 16, 99, NOW, ZONE, language),
        rounds.ask_to_close(ROUND, language),
        rounds.ask_move(ROUND, 9, ZONE, language),
        *(rounds.question(replace(ROUND_QUESTION, step=step), [LONGEST_GROUP] * 8, ZONE, language) for step in Step),
        *(
            rounds.reminder(ROUND, code, has_draft=x, zone=ZONE, language=language)
            for code in ("", "P")
            for x in (False, True)
        ),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_fits_into_one_message_and_its_buttons_on_a_phone(language: str) -> None:
    screens = [*of_corrections(language), *of_the_rest(language)]

    lengths = [utf16_length(unescape(sub(r"</?[a-z]+>", "", screen.text))) for screen in screens]
    labels = {b.label for screen in screens for row in screen.buttons for b in row if isinstance(b, Button)}

    assert max(lengths) <= MOST_TEXT
    assert {label for label in labels if len(label) > MOST_LABEL} == set()
