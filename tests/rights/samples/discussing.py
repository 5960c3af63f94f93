"""Samples of talking about a result: comments, co-authors, earlier versions, corrections."""

from domain.buttons.corrections import (
    ApproveCorrection,
    ChooseCorrectedAccessible,
    CorrectResult,
    DeclineCorrection,
    DropCorrectedFile,
    ShowCorrectionFile,
)
from domain.buttons.results import (
    AddComment,
    ConfirmCoauthor,
    DeclineCoauthor,
    ListComments,
    ShowVersion,
    ShowVersionFile,
)
from domain.permissions import Permission, Target
from domain.results import Accessible
from storage import tables
from storage.database import Tx
from tests.rights import scene
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.results import EVERY, result
from tests.rights.samples.sample import Maker, Sample, Thing
from tests.rights.scene import NOW, Side
from tests.rights.updates import File

PUBLISH = (Permission.PUBLISH_RESULT,)
DISCUSS = (Permission.REVIEW_RESULT, Permission.EDIT_OWN_RESULT, Permission.CO_AUTHOR)
CORRECT = (Permission.PUBLISH_RESULT, Permission.EDIT_OWN_RESULT, Permission.CO_AUTHOR)
CO_AUTHOR = (Permission.CO_AUTHOR,)

FILE = {"link": None, "file_id": "f", "file_name": "paper.pdf", "file_kind": "document"}

submitted = result("submitted", *EVERY)
published = result("published", *EVERY)


async def named(tx: Tx, me: int, side: Side) -> Thing | None:
    """A result of somebody else on which whoever asks is named; elsewhere, on which somebody else is."""
    thing = await result("submitted", Side.OWN, Side.OTHER)(tx, me, Side.OWN if side is Side.MINE else side)
    if thing is None:
        return None
    person = me if side is Side.MINE else scene.QUIET_OWN
    row = {"result_id": thing.id, "person_id": person, "state": "asked", "asked_at": NOW}
    await scene.add(tx, tables.coauthors, **row)
    return Thing(thing.id, Target(thing.target.group_id, author_id=person))


async def with_version(tx: Tx, me: int, side: Side) -> Thing | None:
    """A submitted result, what it says kept, with a file."""
    thing = await submitted(tx, me, side)
    if thing is not None:
        row = {"result_id": thing.id, "version": 1, "title": "A result", "summary": "In short.", "at": NOW}
        await scene.add(tx, tables.result_versions, **row, **FILE)
    return thing


def correction(state: str) -> Maker:
    """A correction in this state of a published result, by its author."""

    async def made(tx: Tx, me: int, side: Side) -> Thing | None:
        thing = await published(tx, me, side)
        if thing is None:
            return None
        author = me if side is Side.MINE else scene.AUTHOR
        row = {"result_id": thing.id, "person_id": author, "base": 1, "title": "Corrected", "summary": "In short."}
        row["accessible"] = "no"
        texts = {"sentence": "A word.", "state": state, "created_at": NOW}
        made_id = await scene.add(tx, tables.corrections, **row, **texts, **FILE)
        return Thing(made_id, thing.target)

    made.__name__ = f"{state} correction"
    return made


def correcting(step: str) -> Maker:
    """The dialog of correcting, at this question."""
    return dialog("correct", step, about=correction("draft"), key="correction_id")


proposed = correction("proposed")

SAMPLES = [
    Sample(AddComment, lambda it: AddComment(it.id), submitted, DISCUSS),
    Sample(ListComments, lambda it: ListComments(it.id, 0), submitted, DISCUSS),
    Sample("comment", lambda _: "Well done.", dialog("comment", "text", about=submitted, key="result_id"), DISCUSS),
    Sample(ShowVersion, lambda it: ShowVersion(it.id, 0), with_version, DISCUSS),
    Sample(ShowVersionFile, lambda it: ShowVersionFile(it.id, 0), with_version, DISCUSS),
    Sample(ConfirmCoauthor, lambda it: ConfirmCoauthor(it.id), named, CO_AUTHOR),
    Sample(DeclineCoauthor, lambda it: DeclineCoauthor(it.id), named, CO_AUTHOR),
    Sample(CorrectResult, lambda it: CorrectResult(it.id), published, CORRECT),
    Sample("correct", lambda _: "A title", correcting("title"), (Permission.EDIT_OWN_RESULT,)),
    Sample("correct", lambda _: File(), correcting("file"), (Permission.EDIT_OWN_RESULT,)),
    Sample(
        DropCorrectedFile, lambda it: DropCorrectedFile(it.revision), correcting("file"), (Permission.EDIT_OWN_RESULT,)
    ),
    Sample(
        ChooseCorrectedAccessible,
        lambda it: ChooseCorrectedAccessible(Accessible.YES, it.revision),
        correcting("accessible"),
        (Permission.EDIT_OWN_RESULT,),
    ),
    Sample(ApproveCorrection, lambda it: ApproveCorrection(it.id), proposed, PUBLISH),
    Sample(DeclineCorrection, lambda it: DeclineCorrection(it.id), proposed, PUBLISH),
    Sample(ShowCorrectionFile, lambda it: ShowCorrectionFile(it.id), proposed, PUBLISH),
]
