"""Buttons of invitations."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("il")
@dataclass(frozen=True)
class ListInvites(Action):
    """A page of a group's invitations, counted from 0."""

    group_id: int
    page: int


@coded("ig")
@dataclass(frozen=True)
class InviteGuests(Action):
    """Invite guests: asks how many."""

    group_id: int


@coded("igm")
@dataclass(frozen=True)
class MakeGuestInvite(Action):
    """A link for so many guests."""

    group_id: int
    uses: int


@coded("ip")
@dataclass(frozen=True)
class InvitePresenter(Action):
    """Invite a presenter: a page of the events to choose from, counted from 0."""

    group_id: int
    page: int


@coded("ipm")
@dataclass(frozen=True)
class MakePresenterInvite(Action):
    """A link for one presenter of this event."""

    event_id: int


@coded("ir")
@dataclass(frozen=True)
class RevokeInvite(Action):
    """Take an invitation back."""

    invite_id: int
    page: int


@coded("iy")
@dataclass(frozen=True)
class AcceptInvite(Action):
    """Accept an invitation. Its number could be guessed: the token cannot."""

    token: str


@coded("in")
@dataclass(frozen=True)
class DeclineInvite(Action):
    """No, thanks."""
