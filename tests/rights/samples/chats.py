"""Samples of a group's chat: linking it, looking after it."""

import hashlib
from datetime import timedelta

from domain.buttons.chats import (
    InviteToReminders,
    NewChatCode,
    SetChatLanguage,
    ShowOutsiders,
    Unlink,
    UnlinkForSure,
)
from domain.permissions import Permission
from storage import chat_codes
from storage.chat_codes import ChatCode
from storage.database import Tx
from tests.rights import scene
from tests.rights.samples.sample import Sample, Thing, group
from tests.rights.scene import GROUP_OF, NOW, Side

BOT, LINK = (Permission.USE_BOT,), (Permission.LINK_CHAT,)

CODE = "a-code-that-was-made-for-this"


async def code(tx: Tx, me: int, side: Side) -> Thing | None:
    """A fresh code of a group. Whoever brings it may link the group: no role is asked for."""
    if side not in {Side.OWN, Side.OTHER}:
        return None
    made = ChatCode(GROUP_OF[side], scene.AUTHOR)
    await chat_codes.add(tx, hashlib.sha256(CODE.encode()).hexdigest(), made, NOW, NOW + timedelta(hours=1))
    return Thing(GROUP_OF[side])


SAMPLES = [
    Sample("/link", lambda _: f"/link {CODE}", code, BOT),
    Sample(NewChatCode, lambda it: NewChatCode(it.id), group, LINK),
    Sample(SetChatLanguage, lambda it: SetChatLanguage(it.id, "fr"), group, LINK),
    Sample(Unlink, lambda it: Unlink(it.id), group, LINK),
    Sample(UnlinkForSure, lambda it: UnlinkForSure(it.id), group, LINK),
    Sample(ShowOutsiders, lambda it: ShowOutsiders(it.id, 0), group, LINK),
    Sample(InviteToReminders, lambda it: InviteToReminders(it.id), group, LINK),
]
