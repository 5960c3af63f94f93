"""Samples of deadlines for results."""

from domain.buttons.rounds import ChooseRoundGroup, CloseRound, ListRounds, MoveRound, NewRound, ShowRound
from domain.permissions import Permission
from storage import tables
from storage.database import Tx
from tests.rights import scene
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.sample import Sample, Thing, always, nothing
from tests.rights.scene import NOW, Side

EDIT = (Permission.EDIT_GROUPS,)


async def deadline(tx: Tx, me: int, side: Side) -> Thing | None:
    """A deadline of all groups."""
    if side is not Side.OWN:
        return None
    row = {"titles": {"en": "First results"}, "due_at": NOW.replace(month=5), "created_at": NOW}
    return Thing(await scene.add(tx, tables.rounds, **row))


SAMPLES = [
    Sample(ListRounds, always(ListRounds(0)), nothing, EDIT),
    Sample(NewRound, always(NewRound()), nothing, EDIT),
    Sample(ShowRound, lambda it: ShowRound(it.id), deadline, EDIT),
    Sample(MoveRound, lambda it: MoveRound(it.id), deadline, EDIT),
    Sample(CloseRound, lambda it: CloseRound(it.id, 1), deadline, EDIT),
    Sample(ChooseRoundGroup, lambda it: ChooseRoundGroup(0, it.revision), dialog("round", "group"), EDIT),
    Sample("round", lambda _: "First results", dialog("round", "title_en"), EDIT),
    Sample(
        "round_move", lambda _: "01.06.2022 12:00", dialog("round_move", "due", about=deadline, key="round_id"), EDIT
    ),
]
