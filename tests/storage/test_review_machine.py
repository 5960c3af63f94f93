"""Results are reviewed, published, corrected and withdrawn: no illegal state, and nobody decides on their own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.storage.review_machine import (
    ANNA,
    BEN,
    CARLA,
    CLEO,
    FRED,
    HERE,
    OLGA,
    OTTO,
    OWEN,
    PAUL,
    TEXTS,
    Reviewing,
)


def test_results_are_what_the_model_says_whatever_people_do() -> None:
    run_state_machine_as_test(
        Reviewing,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            # Not to the shortest example: to find it would take longer than a test may.
            phases=[Phase.reuse, Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


class Walk:
    """One step after the other through the machine, with what has to come of each."""

    def __init__(self) -> None:
        self.life = Reviewing()
        self.life.everything_is_as_the_model_says()

    def then(self, deed: Callable[..., object], *arguments: Any, says: str, **more: Any) -> None:
        self.life.model.now += 7
        deed(*arguments, **more)
        assert self.life.outcomes == [says]
        self.life.everything_is_as_the_model_says()

    def edits(self, *, says: str) -> None:
        """The author edits the newest message that still says something of the first result."""
        author, message = self.life.model.pieces[1].author, max(self.life.model.pieces[1].said_by)
        self.then(self.life.edit, author, message, self.life.word("edited"), says=says)

    def presses(self, *, says: str) -> None:
        """Whoever came to a preview last presses its button."""
        self.then(self.life.hand_in, *self.life.buttons[-1], says=says)

    def decides(self, deed: str, person: int, version: int, *, says: str) -> None:
        self.then(self.life.decide, deed, person, 1, version, says=says)

    def seat(self, person: int, *, comes: bool) -> None:
        self.life.switch_seat(person, comes=comes)
        self.life.everything_is_as_the_model_says()

    def loses(self, person: int, group: int | None) -> None:
        self.life.switch_role(person, group)
        self.life.everything_is_as_the_model_says()


ONLY_BEN, ONLY_CARLA, BEN_AND_CARLA, NOBODY = 0, 1, 2, 15
"""Whom Anna names; or names no more, where they are named."""


@pytest.fixture
def walk() -> Iterator[Walk]:
    """Nothing is written yet."""
    walk = Walk()
    yield walk
    walk.life.teardown()


def hands_in(walk: Walk) -> None:
    """A result by Anna, Ben and Carla; Cleo is left to review it."""
    walk.then(walk.life.write, ANNA, TEXTS[0], BEN_AND_CARLA, anew=True, says="written")
    walk.presses(says=f"HandedIn [{CLEO}]")


def publishes(walk: Walk) -> None:
    """The same, accepted by Cleo and published by Olga."""
    hands_in(walk)
    walk.decides("accept", CLEO, 1, says="Reviewed")
    walk.decides("publish", OLGA, 1, says="Published")


def test_a_draft_is_nobodys_but_its_authors(walk: Walk) -> None:
    walk.then(walk.life.write, ANNA, TEXTS[0], BEN_AND_CARLA, anew=True, says="written")
    for deed in ("accept", "ask changes", "publish", "withdraw"):
        for person in (ANNA, BEN, CLEO, OLGA, OWEN, FRED, PAUL):
            walk.decides(deed, person, 0, says="NotAllowed")
    walk.then(walk.life.comment, CARLA, 1, says="NotAllowed")
    walk.then(walk.life.answer_name, CARLA, 1, "confirms", says="NotAllowed")


def test_whoever_has_left_the_group_hands_in_nothing_for_it(walk: Walk) -> None:
    walk.then(walk.life.write, BEN, TEXTS[0], NOBODY, anew=True, says="written")
    walk.seat(BEN, comes=False)
    walk.presses(says="NotAllowed")
    walk.then(walk.life.write, BEN, TEXTS[0], NOBODY, anew=True, says="NotAllowed")
    walk.seat(BEN, comes=True)
    walk.presses(says=f"HandedIn {[ANNA, CARLA, CLEO]}")


def test_whoever_has_left_the_group_is_named_no_more(walk: Walk) -> None:
    for person in (CARLA, CLEO):
        walk.loses(person, HERE)
    walk.then(walk.life.write, ANNA, TEXTS[0], ONLY_BEN, anew=True, says="written")
    walk.seat(BEN, comes=False)
    walk.presses(says=f"HandedIn {[BEN, OLGA, OTTO]}")
    walk.then(walk.life.answer_name, BEN, 1, "confirms", says="NotAllowed")
    walk.decides("accept", BEN, 1, says="Reviewed")


def test_a_draft_that_was_given_up_says_nothing_of_the_next_one(walk: Walk) -> None:
    walk.then(walk.life.write, ANNA, TEXTS[0], NOBODY, anew=True, says="written")
    given_up = dict(walk.life.model.messages[ANNA])
    walk.then(walk.life.write, ANNA, TEXTS[0], NOBODY, anew=True, says="written")
    walk.presses(says=f"HandedIn {[CARLA, CLEO]}")
    for message in given_up:
        walk.then(walk.life.edit, ANNA, message, "Something else", says="no such message")
    walk.edits(says="Edited True")


def test_nobody_reviews_what_they_wrote_and_the_first_answer_to_the_newest_version_counts(walk: Walk) -> None:
    hands_in(walk)
    walk.presses(says="OutOfDate")
    for person in (ANNA, BEN, CARLA, FRED, PAUL):
        walk.decides("accept", person, 1, says="NotAllowed")
        walk.decides("ask changes", person, 1, says="NotAllowed")
    walk.decides("publish", OLGA, 1, says="NotAccepted")
    walk.decides("withdraw", OLGA, 1, says="NotPublic")
    walk.edits(says="Edited True")
    walk.decides("accept", CLEO, 1, says="Superseded")
    walk.decides("ask changes", CLEO, 1, says="Superseded")
    walk.decides("accept", CLEO, 2, says="Reviewed")
    walk.decides("ask changes", OTTO, 2, says="AlreadyReviewed")
    walk.edits(says="Edited False")


def test_whoever_says_no_to_being_named_may_review_until_they_are_named_again(walk: Walk) -> None:
    hands_in(walk)
    walk.then(walk.life.answer_name, CARLA, 1, "declines", says="Answered")
    walk.then(walk.life.answer_name, CARLA, 1, "confirms", says="AlreadyAnswered")
    walk.then(walk.life.answer_name, BEN, 1, "confirms", says="Answered")
    walk.then(walk.life.comment, CARLA, 1, says="Added")
    walk.then(walk.life.comment, ANNA, 1, says="Added")
    walk.decides("ask changes", CARLA, 1, says="Reviewed")
    walk.edits(says="Edited False")
    walk.then(walk.life.revise, BEN, 1, TEXTS[1], NOBODY, says="NotAllowed")
    walk.then(walk.life.revise, ANNA, 1, TEXTS[1], ONLY_CARLA, says="written")
    walk.presses(says=f"HandedIn [{CLEO}]")
    walk.decides("accept", CARLA, 2, says="NotAllowed")


def test_a_role_that_is_lost_decides_no_more(walk: Walk) -> None:
    hands_in(walk)
    walk.loses(CLEO, HERE)
    walk.decides("accept", CLEO, 1, says="NotAllowed")
    walk.decides("accept", OTTO, 1, says="Reviewed")
    walk.loses(OTTO, None)
    walk.decides("publish", OTTO, 1, says="NotAllowed")
    walk.decides("publish", CARLA, 1, says="NotAllowed")
    walk.decides("publish", OLGA, 0, says="Superseded")
    walk.decides("publish", OLGA, 1, says="Published")
    walk.decides("publish", OWEN, 1, says="AlreadyPublished")
    walk.loses(OLGA, None)
    walk.decides("withdraw", OLGA, 1, says="NotAllowed")


def test_where_nobody_else_is_left_the_owner_decides(walk: Walk) -> None:
    for person, group in ((CARLA, HERE), (CLEO, HERE), (OLGA, None), (OTTO, None)):
        walk.loses(person, group)
    walk.then(walk.life.write, ANNA, TEXTS[0], 0, anew=True, says="written")
    walk.presses(says=f"HandedIn [{OWEN}]")
    walk.decides("accept", BEN, 1, says="NotAllowed")
    walk.decides("accept", OWEN, 1, says="Reviewed")


def test_of_two_proposals_one_is_taken_over_once_and_by_nobody_who_wrote_it(walk: Walk) -> None:
    publishes(walk)
    walk.then(walk.life.correct, PAUL, 1, TEXTS[1], says="NotAllowed")
    for person in (BEN, ANNA):
        walk.then(walk.life.correct, person, 1, TEXTS[1], says="begun")
        walk.presses(says="Proposed")
    for person in (ANNA, BEN, CLEO, PAUL):
        walk.then(walk.life.answer, person, 1, is_yes=True, says="NotAllowed")
        walk.then(walk.life.answer, person, 2, is_yes=False, says="NotAllowed")
    walk.then(walk.life.answer_name, BEN, 1, "declines", says="Answered")
    walk.then(walk.life.answer, OTTO, 1, is_yes=True, says="Corrected")
    walk.then(walk.life.answer, OLGA, 1, is_yes=True, says="AlreadyAnswered")
    walk.then(walk.life.answer, OLGA, 2, is_yes=True, says="Superseded")
    walk.then(walk.life.answer, OLGA, 2, is_yes=False, says="Declined")
    walk.then(walk.life.answer, OTTO, 2, is_yes=False, says="AlreadyAnswered")


def test_an_organiser_corrects_once_and_withdraws_once_what_is_public_now(walk: Walk) -> None:
    publishes(walk)
    walk.then(walk.life.correct, OTTO, 1, TEXTS[3], says="begun")
    walk.presses(says="Unchanged")
    walk.then(walk.life.correct, OTTO, 1, TEXTS[2], says="begun")
    walk.presses(says="Corrected")
    walk.presses(says="OutOfDate")
    walk.decides("withdraw", OLGA, 1, says="Superseded")
    for person in (ANNA, BEN, CLEO, PAUL):
        walk.decides("withdraw", person, 2, says="NotAllowed")
    walk.decides("withdraw", OLGA, 2, says="Withdrawn")
    walk.decides("withdraw", OTTO, 2, says="AlreadyWithdrawn")
    walk.decides("publish", OTTO, 2, says="AlreadyWithdrawn")
    walk.decides("accept", OTTO, 2, says="AlreadyReviewed")
    walk.then(walk.life.correct, OTTO, 1, TEXTS[1], says="OutOfDate")
    walk.then(walk.life.comment, ANNA, 1, says="Closed")
    walk.then(walk.life.answer_name, BEN, 1, "declines", says="OutOfDate")
