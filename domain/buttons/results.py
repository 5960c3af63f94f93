"""Buttons of interim results."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded
from domain.results import Accessible, ResultKind


@coded("rg")
@dataclass(frozen=True)
class ChooseGroup(Action):
    """The group a result is for."""

    group_id: int
    revision: int


@coded("rd")
@dataclass(frozen=True)
class ResumeDraft(Action):
    """Go on with the draft that was kept."""

    result_id: int


@coded("rn")
@dataclass(frozen=True)
class NewDraft(Action):
    """Put the kept draft aside for good and begin anew."""

    result_id: int


@coded("rs")
@dataclass(frozen=True)
class ShowResult(Action):
    """One result."""

    result_id: int


@coded("ra")
@dataclass(frozen=True)
class AcceptResult(Action):
    """Accept this version."""

    result_id: int
    version: int


@coded("rc")
@dataclass(frozen=True)
class AskChanges(Action):
    """Ask for changes to this version: the reason is typed next."""

    result_id: int
    version: int


@coded("re")
@dataclass(frozen=True)
class Revise(Action):
    """Work on a result that came back."""

    result_id: int


@coded("rp")
@dataclass(frozen=True)
class PublishResult(Action):
    """Make this version public."""

    result_id: int
    version: int


@coded("rf")
@dataclass(frozen=True)
class ShowFile(Action):
    """The file of a result."""

    result_id: int


@coded("rx")
@dataclass(frozen=True)
class DropFile(Action):
    """Hand in without the file or link chosen before. `revision` is that of the dialog."""

    revision: int


@coded("rl")
@dataclass(frozen=True)
class ListResults(Action):
    """A page of the results, counted from 0."""

    page: int


# --- Handing in ---


@coded("rk")
@dataclass(frozen=True)
class ChooseKind(Action):
    """What sort of text it is. `revision` is that of the dialog."""

    kind: ResultKind
    revision: int


@coded("rlg")
@dataclass(frozen=True)
class ChooseLanguage(Action):
    """In which language it is written. `revision` is that of the dialog."""

    language: str
    revision: int


@coded("rac")
@dataclass(frozen=True)
class ChooseAccessible(Action):
    """Whether everybody can read the file. `revision` is that of the dialog."""

    accessible: Accessible
    revision: int


@coded("rco")
@dataclass(frozen=True)
class NameCoauthor(Action):
    """Name somebody as a co-author, or no more; `page` of the list stays. `revision` is that of the dialog."""

    person_id: int
    page: int
    revision: int


@coded("rcp")
@dataclass(frozen=True)
class TurnCoauthors(Action):
    """A page of those who can be named. `revision` is that of the dialog."""

    page: int
    revision: int


# --- Talking about it ---


@coded("rcy")
@dataclass(frozen=True)
class ConfirmCoauthor(Action):
    """Yes, I wrote it, too."""

    result_id: int


@coded("rcn")
@dataclass(frozen=True)
class DeclineCoauthor(Action):
    """No, do not name me."""

    result_id: int


@coded("rm")
@dataclass(frozen=True)
class AddComment(Action):
    """Say something about a result: the words are typed next."""

    result_id: int


@coded("rml")
@dataclass(frozen=True)
class ListComments(Action):
    """A page of the comments on a result, counted from 0."""

    result_id: int
    page: int


@coded("rv")
@dataclass(frozen=True)
class ShowVersion(Action):
    """A version of a result, counted from 0, the newest first."""

    result_id: int
    page: int


@coded("rvf")
@dataclass(frozen=True)
class ShowVersionFile(Action):
    """The file of a version, counted like the versions."""

    result_id: int
    page: int


# --- After publication ---


@coded("rw")
@dataclass(frozen=True)
class WithdrawResult(Action):
    """Take back what is public in this version: the reason is typed next."""

    result_id: int
    version: int
