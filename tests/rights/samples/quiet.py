"""Samples of when people want to be reminded, and of what they follow."""

from domain.buttons.following import FollowLanguage, ListFollowed, ListNext, StopFollowing
from domain.buttons.quiet import (
    AskOwnLead,
    AskQuiet,
    AskSilence,
    AskSilentUntil,
    NoQuiet,
    QuietFrom,
    QuietUntil,
    SilentFor,
    SilentUntil,
    SpeakAgain,
)
from domain.permissions import Permission
from domain.webinars import Scope, number_of
from storage import following
from storage.database import Tx
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.sample import Sample, Thing, always, followed, myself, nothing
from tests.rights.scene import NOW, Side

BOT, MINE = (Permission.USE_BOT,), (Permission.SUBSCRIBE,)


async def choice(tx: Tx, me: int, side: Side) -> Thing | None:
    """That somebody follows all webinars."""
    if side is Side.MINE:
        await following.follow(tx, me, Scope.ALL, 0, NOW)
    return await myself(tx, me, side)


BUTTONS = [
    AskOwnLead(),
    AskQuiet(),
    QuietFrom(1320),
    QuietUntil(1320, 420),
    NoQuiet(),
    AskSilence(),
    SilentFor(7),
    AskSilentUntil(),
    SilentUntil(NOW.toordinal() + 3),
    SpeakAgain(),
]

SAMPLES = [
    *[Sample(type(button), always(button), nothing, BOT) for button in BUTTONS],
    Sample("lead", lambda _: "45 minutes", dialog("lead", "lead"), BOT),
    Sample("silence", lambda _: "tomorrow", dialog("silence", "day"), BOT),
    Sample(ListFollowed, always(ListFollowed(0)), myself, MINE),
    Sample(ListNext, always(ListNext(0)), myself, MINE),
    Sample(StopFollowing, always(StopFollowing(Scope.ALL, 0, 0)), choice, MINE),
    Sample(FollowLanguage, lambda it: FollowLanguage(it.id, number_of("en")), followed, MINE, public=True),
]
