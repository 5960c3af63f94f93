"""What did not arrive: why, and whether it may be sent again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.broadcasts import BroadcastState
from domain.deliveries import KINDS, DeliveryState, Lane
from domain.letters import Trouble, Undelivered, trouble_of
from domain.people import Person
from domain.retries import REPEATS, MayGo, MayNot, Repeat, Since, decide_retry

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

ANNA = Person(7, "Anna", "en", started_at=NOW)
HERE = Since(reader=ANNA, revision=3, run=BroadcastState.DONE)


def message(kind: str = "decision", **values: object) -> Undelivered:
    """One for Anna that failed an hour ago."""
    standard: dict[str, object] = {
        "id": 1, "kind": kind, "lane": Lane.NORMAL, "state": DeliveryState.FAILED, "person_id": 7, "chat_id": 7,
        "card_id": None, "event_id": None, "revision": None, "broadcast_id": None, "error": "ConnectTimeout",
        "at": NOW - HOUR, "expires_at": NOW + HOUR,
    }  # fmt: skip
    return Undelivered(**{**standard, **values})  # type: ignore[arg-type]


REMINDER = message("reminder", event_id=5, revision=3)
BROADCAST = message("broadcast", broadcast_id=9, state=DeliveryState.UNCERTAIN)

CASES: dict[str, tuple[Undelivered, Since, MayGo | MayNot]] = {
    # worded anew: it is worth as long as a new one, however old it is
    "news of a request": (message(), HERE, MayGo(NOW + timedelta(days=7), may_double=False)),
    "news of a revision of its own": (message(revision=2), HERE, MayGo(NOW + timedelta(days=7), may_double=False)),
    "news that has expired": (message(expires_at=NOW - HOUR), HERE, MayGo(NOW + timedelta(days=7), may_double=False)),
    "a card": (message("card", card_id=4), HERE, MayGo(NOW + timedelta(days=7), may_double=False)),
    "a card that waits anew": (message("card", card_id=4), replace(HERE, is_overtaken=True), MayNot.OVERTAKEN),
    "the menu": (message("menu", person_id=None, chat_id=None), Since(), MayGo(NOW + 24 * HOUR, False, True)),
    "an older menu": (message("menu", person_id=None), Since(is_overtaken=True), MayNot.OVERTAKEN),
    "the end of a post": (message("channel_call", person_id=None, expires_at=None), Since(), MayGo(None, False, True)),
    # only as long as it is of use
    "a reminder before the start": (REMINDER, HERE, MayGo(NOW + HOUR, may_double=False)),
    "a reminder at the start": (replace(REMINDER, expires_at=NOW), HERE, MayNot.TOO_LATE),
    "a reminder after the start": (replace(REMINDER, expires_at=NOW - HOUR), HERE, MayNot.TOO_LATE),
    "a reminder of a time that moved": (REMINDER, replace(HERE, revision=4), MayNot.OUTDATED),
    "a reminder of nothing any more": (REMINDER, replace(HERE, revision=None), MayNot.OUTDATED),
    "an apology an hour later": (message("sorry", expires_at=NOW), HERE, MayNot.TOO_LATE),
    # twice is asked about
    "a broadcast nobody knows of": (BROADCAST, HERE, MayGo(NOW + timedelta(days=1), may_double=True)),
    "a broadcast that failed": (replace(BROADCAST, state=DeliveryState.FAILED), HERE, MayGo(NOW + 24 * HOUR, False)),
    "a broadcast on its way": (BROADCAST, replace(HERE, run=BroadcastState.SENDING), MayGo(NOW + 24 * HOUR, True)),
    "a stopped broadcast": (BROADCAST, replace(HERE, run=BroadcastState.STOPPED), MayNot.HALTED),
    "a paused broadcast": (BROADCAST, replace(HERE, run=BroadcastState.PAUSED), MayNot.HALTED),
    "a broadcast that is gone": (BROADCAST, replace(HERE, run=None), MayNot.OVERTAKEN),
    # to whom nothing is sent
    "who blocked the bot": (message(), replace(HERE, reader=replace(ANNA, blocked_at=NOW)), MayNot.BLOCKED),
    "who never pressed Start": (message(), replace(HERE, reader=Person(7, "Anna", "en")), MayNot.NEVER_STARTED),
    "who said /stop": (message(), replace(HERE, reader=replace(ANNA, stopped_at=NOW)), MayNot.STOPPED),
    "progress for who said /stop": (
        message("progress", lane=Lane.INTERACTIVE),
        replace(HERE, reader=replace(ANNA, stopped_at=NOW)),
        MayGo(NOW + timedelta(days=1), may_double=False),
    ),
    "who is not known any more": (message(), Since(), MayNot.ERASED),
    "who is being erased": (message(), replace(HERE, is_being_erased=True), MayNot.ERASED),
    "what named somebody erased": (message(error=None), HERE, MayNot.ERASED),
    "a chat without the bot": (message("group_card", person_id=None, chat_id=-5), Since(is_out=True), MayNot.OUT),
    "a chat with the bot": (message("group_card", person_id=None, chat_id=-5), Since(), MayGo(NOW + 168 * HOUR, False)),
    # what is had in another way
    "a screen": (message("reply"), HERE, MayNot.ASKED_FOR),
    "a link that signs in": (message("web_link"), HERE, MayNot.ASKED_FOR),
    "a ban": (message("chat_call", person_id=None, chat_id=-5), Since(), MayNot.ELSEWHERE),
    "a kind that is not known": (message("telegram"), HERE, MayNot.ELSEWHERE),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_may_be_sent_again(name: str) -> None:
    lost, since, expected = CASES[name]

    assert decide_retry(lost, since, NOW) == expected


@pytest.mark.parametrize("state", DeliveryState)
def test_only_what_has_ended_badly_is_sent_again(state: DeliveryState) -> None:
    may_go = decide_retry(message(state=state), HERE, NOW) is not MayNot.HANDLED

    assert may_go is (state in {DeliveryState.FAILED, DeliveryState.UNCERTAIN})


def test_each_end_of_a_message_counts_once() -> None:
    seen, later = message(), message(at=NOW - HOUR + timedelta(microseconds=1))

    assert isinstance(decide_retry(seen, HERE, NOW, seen.ending), MayGo)
    assert decide_retry(later, HERE, NOW, seen.ending) is MayNot.HANDLED


def test_every_kind_says_what_trying_it_again_means() -> None:
    assert REPEATS.keys() == KINDS.keys()


def test_what_waits_for_nothing_is_never_worth_longer() -> None:
    endless = {kind for kind, promise in KINDS.items() if promise.lifetime is None}

    assert {kind for kind in endless if REPEATS[kind] is Repeat.ANEW} == set()


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        ("Forbidden: bot was blocked by the user", Trouble.BLOCKED),
        ("blocked the bot", Trouble.BLOCKED),
        ("Forbidden: bot can't initiate conversation with a user", Trouble.NEVER_STARTED),
        ("never pressed Start", Trouble.NEVER_STARTED),
        ("Forbidden: user is deactivated", Trouble.ACCOUNT_GONE),
        ("Forbidden: bot was kicked from the supergroup chat", Trouble.CHAT_LEFT),
        ("Bad Request: chat not found", Trouble.CHAT_LEFT),
        ("Bad Request: not enough rights to send text messages to the chat", Trouble.NO_RIGHT),
        ("the process ended during the call", Trouble.STOPPED_MIDWAY),
        ("held back: the database was restored from a backup", Trouble.RESTORED),
        ("Bad Request: message is too long", Trouble.REFUSED),
        ("Timed out", Trouble.NO_CONNECTION),
        ("", Trouble.NO_CONNECTION),
        (None, Trouble.EMPTIED),
    ],
)
def test_what_happened_in_plain_words(error: str | None, trouble: Trouble) -> None:
    assert trouble_of(message(error=error)) is trouble
