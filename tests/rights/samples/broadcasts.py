"""Samples of messages for many."""

from domain.broadcasts import Audience
from domain.buttons.broadcasts import (
    ChooseAudience,
    LeaveUncertain,
    ListTargets,
    NewBroadcast,
    PreviewOnly,
    ResumeBroadcast,
    ResumeRun,
    RetryUncertain,
    StartBroadcast,
    StopBroadcast,
)
from domain.buttons.dialogs import Back
from domain.permissions import NOWHERE, Permission
from storage import tables
from storage.database import Tx
from tests.rights import scene
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.sample import Maker, Sample, Thing, always, nothing
from tests.rights.scene import NOW, OWN, Side

SEND = (Permission.BROADCAST,)


def broadcast(state: str, by: Side) -> Maker:
    """A broadcast to the own group, by whoever asks or by somebody else."""

    async def made(tx: Tx, me: int, side: Side) -> Thing | None:
        if side is not by:
            return None
        values = {"author_id": me if by is Side.MINE else scene.AUTHOR, "html": "Hello.", "state": state, "total": 0}
        audience = {"audience": "group", "target_id": OWN, "created_at": NOW}
        return Thing(await scene.add(tx, tables.broadcasts, **values, **audience), NOWHERE)

    made.__name__ = f"{state} broadcast"
    return made


draft = broadcast("draft", Side.MINE)
asked = broadcast("asked", Side.OTHER)
sending = broadcast("sending", Side.OTHER)
paused = broadcast("paused", Side.OTHER)


def at(step: str, **data: object) -> Maker:
    """The dialog of writing one, at this question."""
    return dialog("broadcast", step, about=draft, data=data)


SAMPLES = [
    Sample("/broadcast", lambda _: "/broadcast", nothing, SEND),
    Sample("broadcast", lambda _: "Hello again.", at("text"), SEND),
    Sample(PreviewOnly, always(PreviewOnly()), nothing, SEND),
    Sample(ResumeBroadcast, lambda it: ResumeBroadcast(it.revision), at("kept"), SEND),
    Sample(NewBroadcast, lambda it: NewBroadcast(it.revision), at("kept"), SEND),
    Sample(ChooseAudience, lambda it: ChooseAudience(Audience.EVERYBODY, 0, it.revision), at("audience"), SEND),
    Sample(
        ChooseAudience,
        lambda it: ChooseAudience(Audience.GROUP, OWN, it.revision),
        at("target", audience="group"),
        SEND,
    ),
    Sample(ListTargets, lambda it: ListTargets(Audience.GROUP, 0, it.revision), at("target", audience="group"), SEND),
    Sample(Back, lambda it: Back(it.revision), at("audience"), SEND),
    Sample(StartBroadcast, lambda it: StartBroadcast(it.id, 5, it.revision), at("preview"), SEND),
    Sample(StartBroadcast, lambda it: StartBroadcast(it.id, 5, 0), asked, SEND),
    Sample(StopBroadcast, lambda it: StopBroadcast(it.id), sending, SEND),
    Sample(ResumeRun, lambda it: ResumeRun(it.id), paused, (Permission.GRANT_ORGANISER,), SEND),
    Sample(RetryUncertain, lambda it: RetryUncertain(it.id), sending, SEND),
    Sample(LeaveUncertain, lambda it: LeaveUncertain(it.id), sending, SEND),
]
