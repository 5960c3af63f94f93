"""Samples of talks: what presenters say, and what coordinators look at."""

from sqlalchemy import select

from domain.buttons.dialogs import Back, Skip
from domain.buttons.talks import (
    AnswerRecording,
    AskDecline,
    CheckFails,
    CheckWorks,
    ConfirmTalk,
    Consent,
    DeclineTalk,
    EditTalk,
    GetSlides,
    ListTalks,
    SendSlides,
    ShowTalk,
)
from domain.permissions import Permission, Target
from storage import tables
from storage.database import Tx
from tests.rights import scene
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.sample import Sample, Thing, group
from tests.rights.scene import GROUP_OF, OWN_WEBINAR, WEBINAR_OF, Side
from tests.rights.updates import File

TALK, THEIRS = (Permission.EDIT_TALK,), (Permission.OWN_DATA,)


async def talk(tx: Tx, me: int, side: Side) -> Thing | None:
    """Somebody's talk; one's own only where the presenter asks."""
    if side is Side.MINE:
        mine = (tables.talks.c.person_id == me, tables.talks.c.event_id == OWN_WEBINAR)
        made = await tx.scalar(select(tables.talks.c.id).where(*mine))
        event, person = OWN_WEBINAR, me
    elif side in WEBINAR_OF:
        event, person = WEBINAR_OF[side], scene.AUTHOR
        made = await scene.talk(tx, person, event)
    else:
        return None
    if made is None:
        return None
    values = {"slides_id": "f", "slides_name": "slides.pdf"}
    await tx.execute(tables.talks.update().where(tables.talks.c.id == made).values(values))
    return Thing(made, Target(GROUP_OF[side], event, person))


telling = dialog("talk", "title", about=talk, key="talk_id")
recording = dialog("talk", "recording", about=talk, key="talk_id")
sending = dialog("slides", "file", about=talk, key="talk_id")

SAMPLES = [
    Sample(ShowTalk, lambda it: ShowTalk(it.id), talk, TALK),
    Sample(ConfirmTalk, lambda it: ConfirmTalk(it.id), talk, TALK, THEIRS),
    Sample(AskDecline, lambda it: AskDecline(it.id), talk, TALK, THEIRS),
    Sample(DeclineTalk, lambda it: DeclineTalk(it.id), talk, TALK, THEIRS),
    Sample(CheckWorks, lambda it: CheckWorks(it.id), talk, TALK, THEIRS),
    Sample(CheckFails, lambda it: CheckFails(it.id), talk, TALK, THEIRS),
    Sample(GetSlides, lambda it: GetSlides(it.id), talk, TALK),
    Sample(EditTalk, lambda it: EditTalk(it.id), talk, TALK),
    Sample("talk", lambda _: "Another title", telling, TALK),
    Sample(Skip, lambda it: Skip(it.revision), telling, TALK),
    Sample(Back, lambda it: Back(it.revision), dialog("talk", "abstract", about=talk, key="talk_id"), TALK),
    Sample(AnswerRecording, lambda it: AnswerRecording(Consent.YES, it.revision), recording, TALK, THEIRS),
    Sample(SendSlides, lambda it: SendSlides(it.id), talk, TALK),
    Sample("slides", lambda _: File("slides.pdf"), sending, TALK),
    Sample("slides", lambda _: "Here they are", sending, TALK),
    Sample(ListTalks, lambda it: ListTalks(it.id, 0), group, TALK),
]
