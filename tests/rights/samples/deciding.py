"""Samples of deciding about people: applications, members, taking either back."""

from datetime import timedelta

from domain.buttons.applications import (
    Accept,
    AnswerHere,
    Decline,
    DeclineWithReason,
    ListRequests,
    ListWaiting,
    UndoAnswer,
    Verdict,
)
from domain.buttons.members import (
    ListPeople,
    ListSilent,
    Remove,
    RemoveForSure,
    RemoveWithReason,
    ShowPerson,
    UndoRemoval,
)
from domain.permissions import Permission, Target
from storage import tables
from storage.database import Tx
from tests.rights import scene
from tests.rights.samples.applications import application
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.sample import Sample, Thing, group
from tests.rights.scene import GROUP_OF, NOW, Side

DECIDE = (Permission.DECIDE_PEOPLE,)

SOON = NOW + timedelta(seconds=30)


async def answered(tx: Tx, me: int, side: Side) -> Thing | None:
    """An application that whoever asks has declined just now."""
    if side not in {Side.OWN, Side.OTHER}:
        return None
    asked = await scene.application(tx, scene.APPLIES, GROUP_OF[side], "declined")
    row = tables.applications.c.id == asked
    values = {"decided_by": me, "decided_at": NOW, "undo_until": SOON}
    await tx.execute(tables.applications.update().where(row).values(values))
    return Thing(asked, Target(GROUP_OF[side], author_id=scene.APPLIES), personal=True)


async def removed(tx: Tx, me: int, side: Side) -> Thing | None:
    """A removal by whoever asks, just now."""
    if side not in {Side.OWN, Side.OTHER}:
        return None
    values = {"group_id": GROUP_OF[side], "person_id": scene.APPLIES, "seated_at": NOW, "taken": 3, "reason": ""}
    made = await scene.add(tx, tables.removals, **values, removed_by=me, removed_at=NOW, undo_until=SOON)
    return Thing(made, Target(GROUP_OF[side]), personal=True)


at_no = dialog("decline", "reason", about=application, key="application_id")
at_removal = dialog("remove", "reason", about=group, key="group_id", data={"person_id": scene.AUTHOR})

SAMPLES = [
    Sample(Accept, lambda it: Accept(it.id), application, DECIDE),
    Sample(Decline, lambda it: Decline(it.id), application, DECIDE),
    Sample(DeclineWithReason, lambda it: DeclineWithReason(it.id), application, DECIDE),
    Sample("decline", lambda _: "The group is full.", at_no, DECIDE),
    Sample(UndoAnswer, lambda it: UndoAnswer(it.id), answered, DECIDE),
    Sample(AnswerHere, lambda it: AnswerHere(it.id, Verdict.SHOW), application, DECIDE),
    Sample(AnswerHere, lambda it: AnswerHere(it.id, Verdict.ACCEPT), application, DECIDE),
    Sample(AnswerHere, lambda it: AnswerHere(it.id, Verdict.DECLINE), application, DECIDE),
    Sample(AnswerHere, lambda it: AnswerHere(it.id, Verdict.UNDO), answered, DECIDE),
    Sample(ListRequests, lambda it: ListRequests(it.id, 0), group, DECIDE),
    Sample(ListWaiting, lambda it: ListWaiting(it.id, 0), group, DECIDE),
    Sample(ListPeople, lambda it: ListPeople(it.id, 0), group, DECIDE),
    Sample(ListSilent, lambda it: ListSilent(it.id, 0), group, DECIDE),
    Sample(ShowPerson, lambda it: ShowPerson(it.id, scene.AUTHOR), group, DECIDE),
    Sample(Remove, lambda it: Remove(it.id, scene.AUTHOR), group, DECIDE),
    Sample(RemoveForSure, lambda it: RemoveForSure(it.id, scene.AUTHOR), group, DECIDE),
    Sample(RemoveWithReason, lambda it: RemoveWithReason(it.id, scene.AUTHOR), group, DECIDE),
    Sample("remove", lambda _: "You asked for it.", at_removal, DECIDE),
    Sample(UndoRemoval, lambda it: UndoRemoval(it.id), removed, DECIDE),
]
