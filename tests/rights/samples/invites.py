"""Samples of inviting by link, and of following one."""

import hashlib
from datetime import timedelta

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
from domain.permissions import Permission, Target
from storage import tables
from storage.database import Tx
from tests.rights import scene
from tests.rights.page import Shape
from tests.rights.samples.sample import Sample, Thing, always, group, nothing, session, webinar
from tests.rights.scene import GROUP_OF, NOW, Side

BOT, DECIDE, GRANT = (Permission.USE_BOT,), (Permission.DECIDE_PEOPLE,), (Permission.GRANT_PRESENTER,)

TOKEN = "a-token-made-for-this"


async def invite(tx: Tx, me: int, side: Side) -> Thing | None:
    """An invitation for guests of a group."""
    if side not in {Side.OWN, Side.OTHER}:
        return None
    values = {"purpose": "guest", "group_id": GROUP_OF[side], "created_by": scene.AUTHOR, "created_at": NOW}
    token = hashlib.sha256(TOKEN.encode()).hexdigest()
    until = NOW + timedelta(days=1)
    made = await scene.add(tx, tables.invites, **values, token_hash=token, expires_at=until, uses_left=1)
    return Thing(made, Target(GROUP_OF[side]))


SAMPLES = [
    Sample(ListInvites, lambda it: ListInvites(it.id, 0), group, DECIDE),
    Sample(InviteGuests, lambda it: InviteGuests(it.id), group, DECIDE),
    Sample(MakeGuestInvite, lambda it: MakeGuestInvite(it.id, 5), group, DECIDE),
    Sample(InvitePresenter, lambda it: InvitePresenter(it.id, 0), group, GRANT),
    Sample(MakePresenterInvite, lambda it: MakePresenterInvite(it.id), webinar, GRANT),
    Sample(MakePresenterInvite, lambda it: MakePresenterInvite(it.id), session, GRANT),
    Sample(RevokeInvite, lambda it: RevokeInvite(it.id, 0), invite, DECIDE),
    Sample(AcceptInvite, always(AcceptInvite(TOKEN)), invite, BOT),
    Sample(DeclineInvite, always(DeclineInvite()), nothing, BOT),
    Sample("/start", lambda _: f"/start i_{TOKEN}", invite, BOT, shape=Shape.START_LINK),
]
