"""Buttons of interim results."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


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
