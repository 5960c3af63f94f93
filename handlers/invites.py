"""Inviting people by link, and following one."""

from domain.buttons.invites import (
    AcceptInvite,
    DeclineInvite,
    InviteGuests,
    InvitePresenter,
    ListInvites,
    MakeGuestInvite,
    MakePresenterInvite,
    RevokeInvite,
)
from domain.invites import Accepted, BelongsAlready, NotGood
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import invites as texts
from messages.markup import Message
from messages.talks import card as talk_card
from services import invites
from services.manage import get_managed
from services.talks import subject as talk_subject
from services.work import Work


async def section(work: Work, group_id: int) -> Message:
    """The invitations of a group: the section of its card."""
    return await _page(work, group_id, 0)


async def turn_page(request: ButtonRequest[ListInvites], work: Work) -> Reply:
    """Another page, or back to the list."""
    return Reply(edit=await _page(work, request.action.group_id, request.action.page))


async def invite_guests(request: ButtonRequest[InviteGuests], work: Work) -> Reply:
    """How many?"""
    return Reply(edit=texts.ask_uses(await get_managed(work, request.action.group_id), work.language))


async def make_for_guests(request: ButtonRequest[MakeGuestInvite], work: Work) -> Reply:
    """The link."""
    return _made(*await invites.make_for_guests(work, request.action.group_id, request.action.uses), work)


async def invite_presenter(request: ButtonRequest[InvitePresenter], work: Work) -> Reply:
    """At which event?"""
    group, events, page = await invites.list_events(work, request.action.group_id, request.action.page)
    return Reply(edit=texts.ask_event(group, events, page, work.zone, work.language))


async def make_for_presenter(request: ButtonRequest[MakePresenterInvite], work: Work) -> Reply:
    """The link."""
    return _made(*await invites.make_for_presenter(work, request.action.event_id), work)


def _made(offer: invites.Offer, link: str, work: Work) -> Reply:
    return Reply(edit=texts.made(offer.group, offer.event, offer.invite, link, work.zone, work.language))


async def revoke(request: ButtonRequest[RevokeInvite], work: Work) -> Reply:
    """Take one back."""
    invite = await invites.revoke(work, request.action.invite_id)
    page = await _page(work, invite.group_id, request.action.page)
    return Reply(toast=texts.revoked(work.language), edit=page)


async def _page(work: Work, group_id: int, page: int) -> Message:
    listed = await invites.list_good(work, group_id, page)
    return texts.listed(listed.group, listed.invites, listed.events, listed.page, work.zone, work.language)


# --- Following a link -------------------------------------------------------------------------


async def card(work: Work, token: str) -> Message:
    """`/start i_TOKEN`: what the invitation is for. Whatever is wrong with it, the answer is the same."""
    offer, outcome = await invites.look_at(work, token)
    if offer is None or isinstance(outcome, NotGood):
        return texts.not_good(work.language)
    if isinstance(outcome, BelongsAlready):
        return texts.belongs_already(offer.group, offer.event, work.language)
    inviter = offer.inviter.name if offer.inviter else None
    return texts.offer(offer.group, offer.event, inviter, token, work.zone, work.language)


async def accept(request: ButtonRequest[AcceptInvite], work: Work) -> Reply:
    """Become a guest or a presenter."""
    offer, outcome, talk = await invites.accept(work, request.action.token)
    if offer is None or isinstance(outcome, NotGood):
        return Reply(edit=texts.not_good(work.language))
    if not isinstance(outcome, Accepted):
        return Reply(edit=texts.belongs_already(offer.group, offer.event, work.language))
    if talk is None:
        return Reply(edit=texts.welcome(offer.group, work.language))
    message = talk_card(talk, work.now, work.zone, work.language)
    return Reply(edit=message, subject=talk_subject(talk.talk.id))


async def decline(request: ButtonRequest[DeclineInvite], work: Work) -> Reply:
    """No, thanks."""
    del request
    return Reply(edit=texts.declined(work.language))


ROUTES: list[Route] = [
    ButtonPress(ListInvites, turn_page, Permission.DECIDE_PEOPLE),
    ButtonPress(InviteGuests, invite_guests, Permission.DECIDE_PEOPLE),
    ButtonPress(MakeGuestInvite, make_for_guests, Permission.DECIDE_PEOPLE),
    ButtonPress(InvitePresenter, invite_presenter, Permission.GRANT_PRESENTER),
    ButtonPress(MakePresenterInvite, make_for_presenter, Permission.GRANT_PRESENTER),
    ButtonPress(RevokeInvite, revoke, Permission.DECIDE_PEOPLE),
    ButtonPress(AcceptInvite, accept, Permission.USE_BOT),
    ButtonPress(DeclineInvite, decline, Permission.USE_BOT),
]
