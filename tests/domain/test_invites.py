"""Invitations: what makes one good, and what does not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.invites import Accepted, AcceptOutcome, BelongsAlready, Invite, InvitePurpose, NotGood, decide_accept

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)

GOOD = Invite(1, InvitePurpose.GUEST, 10, None, 7, NOW, NOW + timedelta(days=14), 1)


@pytest.mark.parametrize(
    ("invite", "is_open", "belongs", "expected"),
    [
        (GOOD, True, False, Accepted()),
        (GOOD, True, True, BelongsAlready()),
        (GOOD, False, False, NotGood()),
        (replace(GOOD, uses_left=0), True, False, NotGood()),
        (replace(GOOD, uses_left=0), True, True, NotGood()),
        (replace(GOOD, revoked_at=NOW), True, False, NotGood()),
        (replace(GOOD, expires_at=NOW), True, False, NotGood()),
        (replace(GOOD, expires_at=NOW + timedelta(seconds=1)), True, False, Accepted()),
    ],
)
def test_an_invitation_is_good_while_it_is_new_unused_and_not_taken_back(
    invite: Invite, is_open: bool, belongs: bool, expected: AcceptOutcome
) -> None:
    assert decide_accept(invite, NOW, is_open=is_open, belongs=belongs) == expected
