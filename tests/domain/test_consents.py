"""Consents: a row is added when something new is said, and at no other time."""

from datetime import UTC, datetime

import pytest

from domain.consents import WORDING, Consent, Purpose, decide_consent

AT = datetime(2022, 3, 14, 12, tzinfo=UTC)
YES, NO = (Consent(Purpose.MESSAGES, given, WORDING, AT) for given in (True, False))
YES_TO_OLDER_WORDS = Consent(Purpose.MESSAGES, True, WORDING - 1, AT)


@pytest.mark.parametrize(
    ("last", "given", "says_something_new"),
    [
        (None, True, True),
        (None, False, False),
        (YES, True, False),
        (YES, False, True),
        (NO, True, True),
        (NO, False, False),
        (YES_TO_OLDER_WORDS, True, True),
        (YES_TO_OLDER_WORDS, False, True),
    ],
)
def test_what_was_said_already_is_not_said_again(last: Consent | None, given: bool, says_something_new: bool) -> None:
    assert decide_consent(last, given=given) is says_something_new
