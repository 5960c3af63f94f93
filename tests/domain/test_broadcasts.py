from datetime import UTC, datetime, timedelta

import pytest

from domain.broadcasts import (
    SHOW_EVERY,
    AlreadyStarted,
    Audience,
    Broadcast,
    BroadcastState,
    Fate,
    NobodyToConfirm,
    NobodyToReach,
    NumberChanged,
    Progress,
    SecondOrganiserNeeded,
    Started,
    StartOutcome,
    decide_start,
)

AUTHOR, OTHER = 1, 2
NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)
DRAFT, ASKED = BroadcastState.DRAFT, BroadcastState.ASKED
SENDING, STOPPED, DONE = BroadcastState.SENDING, BroadcastState.STOPPED, BroadcastState.DONE


def a_broadcast(
    state: BroadcastState, *, started_at: datetime | None = None, shown_at: datetime | None = None
) -> Broadcast:
    return Broadcast(
        id=7,
        author_id=AUTHOR,
        html="Hello",
        audience=Audience.EVERYBODY,
        target_id=0,
        state=state,
        total=0,
        started_at=started_at,
        started_by=None,
        shown_at=shown_at,
        finished_at=None,
    )


@pytest.mark.parametrize(
    ("state", "shown", "recipients", "by", "others", "expected"),
    [
        (DRAFT, 143, 143, AUTHOR, 0, Started(143)),
        (DRAFT, 1, 1, AUTHOR, 0, Started(1)),
        (DRAFT, 500, 500, AUTHOR, 3, Started(500)),
        (DRAFT, 501, 501, AUTHOR, 1, SecondOrganiserNeeded(501)),
        (DRAFT, 501, 501, AUTHOR, 0, NobodyToConfirm()),
        (DRAFT, 143, 144, AUTHOR, 1, NumberChanged(144)),
        (DRAFT, 500, 501, AUTHOR, 1, NumberChanged(501)),
        (DRAFT, 143, 0, AUTHOR, 1, NobodyToReach()),
        (DRAFT, 0, 0, AUTHOR, 1, NobodyToReach()),
        (ASKED, 501, 501, OTHER, 1, Started(501)),
        (ASKED, 501, 502, OTHER, 1, NumberChanged(502)),
        (ASKED, 501, 0, OTHER, 1, NobodyToReach()),
        (ASKED, 501, 501, AUTHOR, 1, SecondOrganiserNeeded(501)),
        *((state, 143, 143, by, 1, AlreadyStarted()) for state in (SENDING, STOPPED, DONE) for by in (AUTHOR, OTHER)),
        (SENDING, 143, 144, AUTHOR, 1, AlreadyStarted()),
    ],
)
def test_whether_a_broadcast_may_start(
    state: BroadcastState, shown: int, recipients: int, by: int, others: int, expected: StartOutcome
) -> None:
    outcome = decide_start(
        a_broadcast(state), shown=shown, recipients=recipients, confirmed_by=by, other_organisers=others
    )

    assert outcome == expected


@pytest.mark.parametrize(
    ("state", "started_at", "expected"),
    [(DRAFT, None, False), (ASKED, None, False), (STOPPED, None, True), (STOPPED, NOW, False), (DONE, NOW, False)],
)
def test_only_what_was_stopped_before_it_began_was_withdrawn(
    state: BroadcastState, started_at: datetime | None, expected: bool
) -> None:
    assert a_broadcast(state, started_at=started_at).was_withdrawn is expected


@pytest.mark.parametrize(
    ("shown_at", "expected"),
    [
        (None, True),
        (NOW, False),
        (NOW - SHOW_EVERY + timedelta(milliseconds=1), False),
        (NOW - SHOW_EVERY, True),
    ],
)
def test_progress_is_told_every_few_seconds(shown_at: datetime | None, expected: bool) -> None:
    assert a_broadcast(SENDING, shown_at=shown_at).is_to_be_shown(NOW) is expected


@pytest.mark.parametrize(
    ("counts", "total", "settled"),
    [
        ({}, 0, 0),
        ({Fate.WAITING: 5}, 5, 0),
        ({Fate.SENT: 3, Fate.UNREACHABLE: 1, Fate.UNCERTAIN: 1, Fate.WAITING: 2}, 7, 5),
        ({Fate.SENT: 3, Fate.CANCELLED: 4, Fate.FAILED: 1}, 8, 8),
    ],
)
def test_everybody_is_counted_once(counts: dict[Fate, int], total: int, settled: int) -> None:
    progress = Progress(counts)

    assert (progress.total, progress.settled) == (total, settled)
    assert progress[Fate.SENT] == counts.get(Fate.SENT, 0)
