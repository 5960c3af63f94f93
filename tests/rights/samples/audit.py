"""Samples of reading what happened and what failed."""

from domain.buttons.audit import (
    AskResend,
    ChooseAuditGroup,
    ListDeadLetters,
    ListDeeds,
    ListUndelivered,
    Resend,
    RetryLetter,
)
from domain.permissions import Permission
from storage import tables
from storage.database import Tx
from tests.rights import scene
from tests.rights.samples.sample import Sample, Thing, always, group, nothing
from tests.rights.scene import NOW, Side

READ = (Permission.READ_AUDIT,)


async def letter(tx: Tx, me: int, side: Side) -> Thing | None:
    """An update that could not be handled."""
    if side is not Side.OWN:
        return None
    values = {"bot_id": 0, "generation": 0, "update_id": 1, "lane": scene.AUTHOR, "raw": "{}", "attempts": 3}
    return Thing(await scene.add(tx, tables.inbox, **values, state="dead", error="a bug", received_at=NOW, done_at=NOW))


async def message(tx: Tx, me: int, side: Side) -> Thing | None:
    """A message that did not arrive, of which its ending is not known."""
    if side is not Side.OWN:
        return None
    values = {"key": "menu", "kind": "menu", "lane": 2, "policy": "at_least_once", "method": "setMyCommands"}
    more = {"refs": {}, "payload": {}, "not_before": NOW, "attempt": 8, "created_at": NOW, "error": "Timed out"}
    return Thing(await scene.add(tx, tables.outbox, **values, **more, state="failed"))


SAMPLES = [
    Sample(ListDeeds, always(ListDeeds(0, 0)), nothing, READ),
    Sample(ListDeeds, lambda it: ListDeeds(0, it.id), group, READ),
    Sample(ChooseAuditGroup, always(ChooseAuditGroup(0)), nothing, READ),
    Sample(ListDeadLetters, always(ListDeadLetters(0)), letter, READ),
    Sample(RetryLetter, lambda it: RetryLetter(it.id), letter, (Permission.HANDLE_AUDIT,)),
    Sample(AskResend, lambda it: AskResend(it.id, 0), message, (Permission.HANDLE_AUDIT,)),
    Sample(Resend, lambda it: Resend(it.id, 0), message, (Permission.HANDLE_AUDIT,)),
    Sample(ListUndelivered, always(ListUndelivered(0)), nothing, READ),
]
