"""Samples of handing in a result, reading, reviewing and publishing one."""

from domain.buttons.dialogs import Back, HandIn, Skip
from domain.buttons.results import (
    AcceptResult,
    AskChanges,
    ChooseAccessible,
    ChooseGroup,
    ChooseKind,
    ChooseLanguage,
    DropFile,
    ListResults,
    NameCoauthor,
    NewDraft,
    PublishResult,
    ResumeDraft,
    Revise,
    ShowFile,
    ShowResult,
    TurnCoauthors,
    WithdrawResult,
)
from domain.permissions import Permission, Target
from domain.results import Accessible, ResultKind
from storage import tables
from storage.database import Tx
from tests.rights import scene
from tests.rights.page import Shape
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.sample import Maker, Sample, Thing, always, nothing, own_group
from tests.rights.scene import GROUP_OF, Side
from tests.rights.updates import File

SUBMIT, EDIT = (Permission.SUBMIT_RESULT,), (Permission.EDIT_OWN_RESULT,)
NAME = (Permission.SUBMIT_RESULT, Permission.SEE_MEMBERS)
REVIEW, PUBLISH, PUBLIC = (Permission.REVIEW_RESULT,), (Permission.PUBLISH_RESULT,), (Permission.SEE_PUBLIC,)


def result(state: str, *sides: Side) -> Maker:
    """A result in this state, of somebody else or of whoever asks."""

    async def made(tx: Tx, me: int, side: Side) -> Thing | None:
        if side not in sides:
            return None
        author = me if side in {Side.MINE, Side.ELSEWHERE} else scene.AUTHOR
        made_id = await scene.result(tx, author, GROUP_OF[side], state)
        return Thing(made_id, Target(GROUP_OF[side], author_id=author))

    made.__name__ = f"{state} result"
    return made


async def with_file(tx: Tx, me: int, side: Side) -> Thing | None:
    """An accepted result with a file."""
    thing = await result("accepted", *EVERY)(tx, me, side)
    if thing is not None:
        values = {"link": None, "file_id": "f", "file_name": "paper.pdf", "file_kind": "document"}
        await tx.execute(tables.results.update().where(tables.results.c.id == thing.id).values(values))
    return thing


async def chosen_group(tx: Tx, me: int, side: Side) -> Thing | None:
    """A group to hand something in for: whoever asks has two to choose from, and is at that question."""
    if side not in {Side.OWN, Side.OTHER}:
        return None
    dialog_of_mine = await dialog("submit", "group", about=drafts, key="result_id")(tx, me, Side.MINE)
    assert dialog_of_mine is not None
    return Thing(GROUP_OF[side], Target(GROUP_OF[side], author_id=me), dialog_of_mine.revision, personal=True)


ARRIVING = frozenset({"cards"})
"""Whoever comes in is shown what waits for them, even when the link leads nowhere."""

EVERY = (Side.OWN, Side.OTHER, Side.MINE)
drafts = result("draft", *EVERY)
returned = result("changes_asked", *EVERY)
submitted = result("submitted", *EVERY)
accepted = result("accepted", *EVERY)
published = result("published", *EVERY)
complete = result("draft", *EVERY, Side.ELSEWHERE)


def at(step: str, about: Maker = drafts) -> Maker:
    """The dialog of handing in, at this question."""
    return dialog("submit", step, about=about, key="result_id")


SAMPLES = [
    Sample("/submit", lambda _: "/submit", own_group, SUBMIT),
    Sample(ResumeDraft, lambda it: ResumeDraft(it.id), drafts, EDIT, SUBMIT),
    Sample(NewDraft, lambda it: NewDraft(it.id), drafts, EDIT, SUBMIT),
    Sample(Revise, lambda it: Revise(it.id), returned, EDIT, SUBMIT),
    Sample(ChooseGroup, lambda it: ChooseGroup(it.id, it.revision), chosen_group, SUBMIT),
    Sample(DropFile, lambda it: DropFile(it.revision), at("file"), EDIT, SUBMIT),
    Sample(ChooseKind, lambda it: ChooseKind(ResultKind.BRIEF, it.revision), at("kind"), EDIT, SUBMIT),
    Sample(ChooseLanguage, lambda it: ChooseLanguage("de", it.revision), at("language"), EDIT, SUBMIT),
    Sample(ChooseAccessible, lambda it: ChooseAccessible(Accessible.YES, it.revision), at("accessible"), EDIT, SUBMIT),
    Sample(NameCoauthor, lambda it: NameCoauthor(scene.QUIET_OWN, 0, it.revision), at("coauthors"), EDIT, NAME),
    Sample(TurnCoauthors, lambda it: TurnCoauthors(0, it.revision), at("coauthors"), EDIT, SUBMIT),
    Sample("submit", lambda _: "A title", at("title"), EDIT, SUBMIT),
    Sample("submit", lambda _: "In short.", at("summary"), EDIT, SUBMIT),
    Sample("submit", lambda _: "https://example.org/paper", at("file"), EDIT, SUBMIT),
    Sample("submit", lambda _: File(), at("file"), EDIT, SUBMIT),
    Sample(Skip, lambda it: Skip(it.revision), at("file"), EDIT, SUBMIT),
    Sample(Back, lambda it: Back(it.revision), at("summary"), EDIT, SUBMIT),
    Sample(HandIn, lambda it: HandIn(it.revision), at("preview", complete), EDIT, SUBMIT),
    Sample("/results", lambda _: "/results", nothing, PUBLIC),
    Sample(ListResults, always(ListResults(0)), nothing, PUBLIC),
    Sample(ShowResult, lambda it: ShowResult(it.id), drafts, EDIT),
    Sample(ShowResult, lambda it: ShowResult(it.id), submitted, (*REVIEW, *EDIT)),
    Sample(ShowResult, lambda it: ShowResult(it.id), accepted, (Permission.SEE_SUBMISSIONS, *EDIT)),
    Sample(ShowResult, lambda it: ShowResult(it.id), published, PUBLIC),
    Sample(
        "/start", lambda it: f"/start r_{it.id}", submitted, (*REVIEW, *EDIT), anyway=ARRIVING, shape=Shape.START_LINK
    ),
    Sample(ShowFile, lambda it: ShowFile(it.id), with_file, (Permission.SEE_SUBMISSIONS, *EDIT)),
    Sample(AcceptResult, lambda it: AcceptResult(it.id, 1), submitted, REVIEW),
    Sample(AskChanges, lambda it: AskChanges(it.id, 1), submitted, REVIEW),
    Sample(
        "review",
        lambda _: "Please.",
        dialog("review", "reason", about=submitted, key="result_id", data={"version": 1}),
        REVIEW,
    ),
    Sample(PublishResult, lambda it: PublishResult(it.id, 1), accepted, PUBLISH),
    Sample(WithdrawResult, lambda it: WithdrawResult(it.id, 1), published, PUBLISH),
    Sample(
        "withdraw",
        lambda _: "It is wrong.",
        dialog("withdraw", "reason", about=published, key="result_id", data={"version": 1}),
        PUBLISH,
    ),
]
