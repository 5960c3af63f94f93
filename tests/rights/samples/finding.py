"""Samples of finding a time: the search, the poll, its end."""

from datetime import timedelta

from domain.buttons.dialogs import Back, HandIn, Skip
from domain.buttons.finding import ChooseTime, FindTime, MoreTimes, TurnDays
from domain.buttons.polls import AskDropPoll, ClosePoll, DropPoll, ReviewPoll, ShowPoll, VoteSlot
from domain.finding import Days, Finding, Offer, to_json
from domain.permissions import Permission, Target
from domain.slots import Slot, Vote
from storage import tables
from storage.database import Tx
from tests.rights import scene
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.sample import Maker, Sample, Thing, group
from tests.rights.scene import GROUP_OF, NOW, Side

RUN, SEE, ANSWER = (Permission.RUN_EVENTS,), (Permission.SEE_MATERIAL,), (Permission.ANSWER_SESSION,)

SOON = NOW + timedelta(days=8)
SEARCH = Finding(0, days=Days.RANGE, first=SOON.date(), last=SOON.date(), offers=(Offer(Slot(SOON, (), ())),))


def at(step: str) -> Maker:
    """The dialog of finding a time for a group, at this question."""
    return dialog("time", step, about=group, key="group_id", data=to_json(SEARCH))


async def poll(tx: Tx, me: int, side: Side) -> Thing | None:
    """An open poll with one slot, whose id is in the place of the revision."""
    if side not in {Side.OWN, Side.OTHER}:
        return None
    values = {"group_id": GROUP_OF[side], "title": "", "zone": "Europe/Berlin", "minutes": 60, "state": "open"}
    made = await scene.add(tx, tables.polls, **values, created_by=scene.AUTHOR, created_at=NOW)
    slot = await scene.add(tx, tables.slots, poll_id=made, place=1, starts_at=SOON, outside=[])
    return Thing(made, Target(GROUP_OF[side]), slot)


SAMPLES = [
    Sample(FindTime, lambda it: FindTime(it.id), group, RUN),
    Sample("time", lambda _: "A title", at("title"), RUN),
    Sample("time", lambda _: "90", at("minutes"), RUN),
    Sample("time", lambda _: "28.03.2022", at("first"), RUN),
    Sample(ChooseTime, lambda it: ChooseTime(it.revision, 60), at("minutes"), RUN),
    Sample(TurnDays, lambda it: TurnDays(it.revision, 1), at("first"), RUN),
    Sample(MoreTimes, lambda it: MoreTimes(it.revision), at("slots"), RUN),
    Sample(Skip, lambda it: Skip(it.revision), at("title"), RUN),
    Sample(Back, lambda it: Back(it.revision), at("days"), RUN),
    Sample(HandIn, lambda it: HandIn(it.revision), at("slots"), RUN),
    Sample(ShowPoll, lambda it: ShowPoll(it.id), poll, SEE),
    Sample(VoteSlot, lambda it: VoteSlot(it.revision, Vote.YES), poll, ANSWER),
    Sample(ReviewPoll, lambda it: ReviewPoll(it.id), poll, RUN),
    Sample(ClosePoll, lambda it: ClosePoll(it.id, it.revision), poll, RUN),
    Sample(AskDropPoll, lambda it: AskDropPoll(it.id), poll, RUN),
    Sample(DropPoll, lambda it: DropPoll(it.id), poll, RUN),
]
