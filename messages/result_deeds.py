"""What a reader can do with a result, as the buttons below its card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.buttons.corrections import CorrectResult
from domain.buttons.publications import Preview, ShowOutlets
from domain.buttons.results import (
    AcceptResult,
    AddComment,
    AskChanges,
    ConfirmCoauthor,
    DeclineCoauthor,
    ListComments,
    PublishResult,
    ResumeDraft,
    Revise,
    ShowFile,
    ShowVersion,
    WithdrawResult,
)
from domain.coauthors import Coauthor, CoauthorState
from domain.comments import Comment, is_open_to_comments
from domain.publications import Outlet, Standing
from domain.results import Result, ResultState
from messages.languages import Speaker
from messages.markup import Button, Row


@dataclass(frozen=True)
class Shown:
    """A result as one reader sees it. `names`: those of the people involved, by id.

    `discusses`: whether they see co-authors, comments and earlier versions; `answer`: what they said to being named as
    a co-author, None where they are not. `comments`: the last ones, the newest last. `before`: how many results wait
    longer for the same answer. `standings`: outlet by outlet, for those who publish.
    """

    result: Result
    group_code: str
    names: Mapping[int, str]
    is_own: bool
    may_review: bool
    may_publish: bool
    discusses: bool = False
    coauthors: Sequence[Coauthor] = ()
    answer: CoauthorState | None = None
    comments: Sequence[Comment] = ()
    comment_count: int = 0
    before: int = 0
    standings: Sequence[Standing] = ()


def deeds(shown: Shown, say: Speaker) -> list[Row]:
    """The buttons, row by row."""
    result = shown.result
    return [
        (Button(say.plain("File"), ShowFile(result.id)),) if result.file_id else (),
        *_coauthor(shown, say),
        *_decide(shown, say),
        *_write(shown, say),
        *_discuss(shown, say),
    ]


def _coauthor(shown: Shown, say: Speaker) -> list[Row]:
    result_id = shown.result.id
    match shown.answer:
        case CoauthorState.ASKED:
            yes = Button(say.plain("I wrote it, too"), ConfirmCoauthor(result_id))
            return [(yes, Button(say.plain("Do not name me"), DeclineCoauthor(result_id)))]
        case CoauthorState.CONFIRMED:
            return [(Button(say.plain("Do not name me any more"), DeclineCoauthor(result_id)),)]
        case CoauthorState.DECLINED | None:
            return []


def _decide(shown: Shown, say: Speaker) -> list[Row]:
    result = shown.result
    match result.state:
        case ResultState.SUBMITTED if shown.may_review:
            accept = Button(say.plain("Accept"), AcceptResult(result.id, result.version))
            return [(accept, Button(say.plain("Ask for changes"), AskChanges(result.id, result.version)))]
        case ResultState.ACCEPTED if shown.may_publish:
            preview = Button(say.plain("Preview"), Preview(result.id, Outlet.PAGE))
            return [(preview, Button(say.plain("Publish"), PublishResult(result.id, result.version)))]
        case ResultState.PUBLISHED if shown.may_publish:
            correct = Button(say.plain("Correct"), CorrectResult(result.id))
            withdraw = Button(say.plain("Withdraw the result"), WithdrawResult(result.id, result.version))
            return [(correct, withdraw), (Button(say.plain("Where it stands"), ShowOutlets(result.id)),)]
        case _:
            return []


def _write(shown: Shown, say: Speaker) -> list[Row]:
    result = shown.result
    match result.state:
        case ResultState.CHANGES_ASKED if shown.is_own:
            return [(Button(say.plain("Revise"), Revise(result.id)),)]
        case ResultState.DRAFT if shown.is_own:
            return [(Button(say.plain("Go on with the draft"), ResumeDraft(result.id)),)]
        case ResultState.PUBLISHED if shown.is_own or shown.answer is CoauthorState.CONFIRMED:
            return [(Button(say.plain("Propose a correction"), CorrectResult(result.id)),)]
        case _:
            return []


def _discuss(shown: Shown, say: Speaker) -> list[Row]:
    result = shown.result
    if not (shown.discusses and is_open_to_comments(result)):
        return []
    said: Row = (Button(say.plain("Comment"), AddComment(result.id)),)
    if shown.comment_count:
        every = say.plain("All comments ({count})", count=shown.comment_count)
        said = (*said, Button(every, ListComments(result.id, 0)))
    earlier: Row = (Button(say.plain("Earlier versions"), ShowVersion(result.id, 1)),) if result.version > 1 else ()
    return [said, earlier]
