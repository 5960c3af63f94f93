"""How a group is doing: the light and its reasons, as a table of cases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.groups import Group
from domain.organise import Judgement, Light, Progress, Reason, judge

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)
TODAY = date(2022, 3, 14)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
DAY = timedelta(days=1)

OPEN = Group(1, "PWG 3", {"en": "T"}, {"en": "T"}, 7, 10)
ENDS_IN_SIX_WEEKS = Group(1, "PWG 3", {"en": "T"}, {"en": "T"}, 7, 10, closes_on=TODAY + timedelta(days=42))
ENDS_LATER = Group(1, "PWG 3", {"en": "T"}, {"en": "T"}, 7, 10, closes_on=TODAY + timedelta(days=43))
OVER = Group(1, "PWG 3", {"en": "T"}, {"en": "T"}, 7, 10, closes_on=YESTERDAY)
LAST_DAY = Group(1, "PWG 3", {"en": "T"}, {"en": "T"}, 7, 10, closes_on=TODAY)
NOT_YET = Group(1, "PWG 3", {"en": "T"}, {"en": "T"}, 7, 10, opens_on=TOMORROW)

WELL = Progress(coordinators=1, members=7, webinars=2, results=1, next_session_at=NOW + DAY)


def having(**changes: object) -> Progress:
    """A group that is doing well, but for this."""
    return Progress(**{**vars(WELL), **changes})


BEHIND, IN_TROUBLE = Light.BEHIND, Light.IN_TROUBLE

CASES: list[tuple[Group, Progress, list[tuple[Reason, Light]]]] = [
    (OPEN, WELL, []),
    (OPEN, having(coordinators=0), [(Reason.NO_COORDINATOR, IN_TROUBLE)]),
    (OPEN, having(members=6), [(Reason.FEW_MEMBERS, BEHIND)]),
    (OPEN, having(members=4), [(Reason.FEW_MEMBERS, BEHIND)]),
    (OPEN, having(members=3), [(Reason.FEW_MEMBERS, IN_TROUBLE)]),
    (OPEN, having(members=0), [(Reason.FEW_MEMBERS, IN_TROUBLE)]),
    (OPEN, having(members=11), []),
    (OPEN, having(webinars=1), [(Reason.FEW_WEBINARS, BEHIND)]),
    (OPEN, having(results=0), []),
    (OPEN, having(next_session_at=None), [(Reason.NO_SESSION, BEHIND)]),
    (OPEN, having(reviews=1, reviews_since=NOW - 7 * DAY), [(Reason.SLOW_REVIEW, BEHIND)]),
    (OPEN, having(reviews=1, reviews_since=NOW - 7 * DAY + timedelta(seconds=1)), []),
    (OPEN, having(reviews=1, reviews_since=NOW - 14 * DAY), [(Reason.SLOW_REVIEW, IN_TROUBLE)]),
    (OPEN, having(requests=1, requests_since=NOW - 7 * DAY), [(Reason.SLOW_REQUEST, BEHIND)]),
    (OPEN, having(requests=1, requests_since=NOW - 14 * DAY), [(Reason.SLOW_REQUEST, IN_TROUBLE)]),
    (ENDS_LATER, having(webinars=1, results=0), [(Reason.FEW_WEBINARS, BEHIND)]),
    (ENDS_IN_SIX_WEEKS, WELL, []),
    (ENDS_IN_SIX_WEEKS, having(webinars=1), [(Reason.FEW_WEBINARS, IN_TROUBLE)]),
    (ENDS_IN_SIX_WEEKS, having(results=0), [(Reason.NO_RESULT, IN_TROUBLE)]),
    (LAST_DAY, having(next_session_at=None), [(Reason.NO_SESSION, BEHIND)]),
    (OVER, having(coordinators=0, members=0, next_session_at=None), []),
    (OVER, having(results=0), [(Reason.NO_RESULT, IN_TROUBLE)]),
    (NOT_YET, having(members=0, webinars=0, results=0, next_session_at=None), []),
    (NOT_YET, having(coordinators=0, members=0, webinars=0), [(Reason.NO_COORDINATOR, IN_TROUBLE)]),
    (
        OPEN,
        Progress(),
        [
            (Reason.NO_COORDINATOR, IN_TROUBLE),
            (Reason.FEW_MEMBERS, IN_TROUBLE),
            (Reason.FEW_WEBINARS, BEHIND),
            (Reason.NO_SESSION, BEHIND),
        ],
    ),
    (
        OPEN,
        having(members=6, reviews=1, reviews_since=NOW - 30 * DAY),
        [(Reason.SLOW_REVIEW, IN_TROUBLE), (Reason.FEW_MEMBERS, BEHIND)],
    ),
]


@pytest.mark.parametrize(("group", "progress", "reasons"), CASES)
def test_the_light_is_the_worst_of_the_reasons(
    group: Group, progress: Progress, reasons: list[tuple[Reason, Light]]
) -> None:
    light = max((weight for _, weight in reasons), default=Light.ON_TRACK)

    assert judge(group, progress, 2, NOW, TODAY) == Judgement(light, tuple(reasons))


@pytest.mark.parametrize(("wanted", "light"), [(0, Light.ON_TRACK), (2, Light.ON_TRACK), (3, Light.BEHIND)])
def test_how_many_webinars_are_wanted_is_for_the_organisers_to_say(wanted: int, light: Light) -> None:
    assert judge(OPEN, WELL, wanted, NOW, TODAY).light is light
