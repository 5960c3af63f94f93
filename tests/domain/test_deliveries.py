"""What follows from the answer to a call: every result, both policies, first and last attempt."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.deliveries import (
    KINDS,
    MOST_ATTEMPTS,
    Again,
    AlreadyDone,
    BadMarkup,
    DeliveryState,
    Finish,
    Lane,
    Migrated,
    NotSent,
    Policy,
    Refused,
    Repair,
    Repaired,
    Result,
    Sent,
    Step,
    TargetGone,
    ThreadGone,
    TooMany,
    Unauthorized,
    Uncertain,
    Unreachable,
    after_crash,
    back_off,
    next_step,
    owe,
)

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)
LAST = MOST_ATTEMPTS
SENT, FAILED, UNCERTAIN = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNCERTAIN


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


SAME_FOR_BOTH_POLICIES: list[tuple[Result, int, Step]] = [
    (Sent(77), 1, Finish(SENT, 77)),
    (Sent(None), LAST, Finish(SENT)),
    (AlreadyDone("not modified"), 1, Finish(SENT, error="not modified")),
    (AlreadyDone("not modified"), LAST, Finish(SENT, error="not modified")),
    (Refused("wrong"), 1, Finish(FAILED, error="wrong")),
    (Refused("wrong"), LAST, Finish(FAILED, error="wrong")),
    (Unreachable("blocked"), 1, Finish(FAILED, error="blocked")),
    (Unreachable("blocked"), LAST, Finish(FAILED, error="blocked")),
    (NotSent("refused"), 1, Again(after(1), "refused")),
    (NotSent("refused"), 2, Again(after(2), "refused")),
    (NotSent("refused"), LAST - 1, Again(after(64), "refused")),
    (NotSent("refused"), LAST, Finish(FAILED, error="refused")),
    (NotSent("refused"), LAST + 1, Finish(FAILED, error="refused")),
    (TooMany(35), 1, Again(after(35), "too many requests, wait 35 s", counts=False)),
    (TooMany(0.5), LAST, Again(after(0.5), "too many requests, wait 0.5 s", counts=False)),
    (Unauthorized("401"), 1, Again(after(30), "401", counts=False)),
    (Unauthorized("401"), LAST, Again(after(30), "401", counts=False)),
    (Migrated(-1001), 1, Repaired(Repair.CHAT, "chat migrated")),
    (Migrated(-1001), LAST, Finish(FAILED, error="chat migrated")),
    (BadMarkup("entities"), 1, Repaired(Repair.PLAIN_TEXT, "entities")),
    (BadMarkup("entities"), LAST, Finish(FAILED, error="entities")),
    (ThreadGone("closed"), 1, Repaired(Repair.GENERAL_TOPIC, "closed")),
    (ThreadGone("closed"), LAST, Finish(FAILED, error="closed")),
    (TargetGone("gone"), 1, Repaired(Repair.NEW_MESSAGE, "gone")),
    (TargetGone("gone"), LAST, Finish(FAILED, error="gone")),
]

BY_POLICY: list[tuple[Result, int, Policy, Step]] = [
    (Uncertain("lost"), 1, Policy.AT_LEAST_ONCE, Again(after(1), "lost")),
    (Uncertain("lost"), LAST, Policy.AT_LEAST_ONCE, Finish(FAILED, error="lost")),
    (Uncertain("lost"), 1, Policy.AT_MOST_ONCE, Finish(UNCERTAIN, error="lost")),
    (Uncertain("lost"), LAST, Policy.AT_MOST_ONCE, Finish(UNCERTAIN, error="lost")),
]

CASES = [
    *((result, attempt, policy, step) for result, attempt, step in SAME_FOR_BOTH_POLICIES for policy in Policy),
    *BY_POLICY,
]


@pytest.mark.parametrize(("result", "attempt", "policy", "step"), CASES)
def test_every_result_leads_to_its_step(result: Result, attempt: int, policy: Policy, step: Step) -> None:
    assert next_step(result, attempt, policy, NOW) == step


def test_the_table_leaves_no_result_and_no_policy_out() -> None:
    tabled = {(type(result), policy) for result, _, policy, _ in CASES}

    assert tabled == {(kind, policy) for kind in Result.__args__ for policy in Policy}


def test_waits_double_up_to_five_minutes() -> None:
    assert [back_off(attempt).total_seconds() for attempt in (1, 2, 3, 8, 9, 10, 100)] == [
        1, 2, 4, 128, 256, 300, 300,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("policy", "state"),
    [(Policy.AT_LEAST_ONCE, DeliveryState.PENDING), (Policy.AT_MOST_ONCE, DeliveryState.UNCERTAIN)],
)
def test_after_a_crash_the_policy_decides(policy: Policy, state: DeliveryState) -> None:
    assert after_crash(policy) is state


def test_only_toasts_and_what_many_read_are_left_unsent_when_unsure() -> None:
    unsure = {kind for kind, promise in KINDS.items() if promise.policy is Policy.AT_MOST_ONCE}

    assert unsure == {"toast", "broadcast", "channel_post"}


def test_nothing_but_answers_goes_in_the_lane_of_answers_and_bulk_is_for_many() -> None:
    assert {kind for kind, promise in KINDS.items() if promise.lane is Lane.INTERACTIVE} == {
        "reply", "toast", "progress", "sorry", "export", "door",
        "calendar", "calendar_address", "homepage_secret", "own_data", "web_link",
    }  # fmt: skip
    assert {kind for kind, promise in KINDS.items() if promise.lane is Lane.BULK} == {"broadcast", "share"}


def test_a_kind_lends_its_promises_and_values_override_them() -> None:
    plain = owe("broadcast", "broadcast:3:7", NOW, chat_id=7)
    own = owe("broadcast", "broadcast:3:7", NOW, lane=Lane.URGENT, not_before=after(60), expires_at=None)

    assert (plain.lane, plain.policy, plain.not_before) == (Lane.BULK, Policy.AT_MOST_ONCE, NOW)
    assert (plain.expires_at, plain.chat_id) == (NOW + timedelta(days=1), 7)
    assert (own.lane, own.not_before, own.expires_at) == (Lane.URGENT, after(60), None)


def test_what_has_no_lifetime_of_its_own_expires_with_its_event() -> None:
    assert owe("reminder", "reminder:1", NOW).expires_at is None
    assert owe("reminder", "reminder:1", NOW, expires_at=after(60)).expires_at == after(60)


def test_an_unknown_kind_is_a_bug() -> None:
    with pytest.raises(KeyError):
        owe("postcard", "postcard:1", NOW)
