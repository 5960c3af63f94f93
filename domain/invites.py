"""Invitations by link: what one is good for, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LIFETIME = timedelta(days=14)
"""So long an invitation can be followed."""

USES = (1, 5, 20)
"""For how many guests one link may be; a presenter's is for one person."""


class InvitePurpose(StrEnum):
    """What somebody becomes who accepts. Rights come with accepting, not with the link."""

    GUEST = "guest"
    PRESENTER = "presenter"


@dataclass(frozen=True)
class Invite:
    """An invitation, known by the hash of its token. `event_id`: where a presenter is to speak."""

    id: int
    purpose: InvitePurpose
    group_id: int
    event_id: int | None
    created_by: int | None
    created_at: datetime
    expires_at: datetime
    uses_left: int
    revoked_at: datetime | None = None

    def is_good_at(self, now: datetime) -> bool:
        """Whether somebody may still accept."""
        return self.revoked_at is None and self.uses_left > 0 and now < self.expires_at


@dataclass(frozen=True)
class Accepted:
    """They are what they were invited to be."""


@dataclass(frozen=True)
class BelongsAlready:
    """They were that before; the invitation is not used up."""


@dataclass(frozen=True)
class NotGood:
    """Never made, used up, expired, taken back, or for something that is over: nobody is told which."""


AcceptOutcome = Accepted | BelongsAlready | NotGood


def decide_accept(invite: Invite, now: datetime, *, is_open: bool, belongs: bool) -> AcceptOutcome:
    """Accept an invitation; `is_open`: its group works today, and its event is still to come."""
    if not is_open or not invite.is_good_at(now):
        return NotGood()
    return BelongsAlready() if belongs else Accepted()
