"""Buttons around publishing, and what takes up Telegram's answers."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded
from domain.publications import Outlet
from domain.social import Network


@coded("zv")
@dataclass(frozen=True)
class Preview(Action):
    """How it will look in one outlet."""

    result_id: int
    outlet: Outlet


@coded("zo")
@dataclass(frozen=True)
class ShowOutlets(Action):
    """Where a result stands, outlet by outlet."""

    result_id: int


@coded("zt")
@dataclass(frozen=True)
class TryOutlet(Action):
    """Try once more what failed there."""

    result_id: int
    outlet: Outlet


@coded("zn")
@dataclass(frozen=True)
class ShowText(Action):
    """A text for a social network, in one language."""

    result_id: int
    network: Network
    language: str


# --- The homepage -----------------------------------------------------------------------------


@coded("zh")
@dataclass(frozen=True)
class EditHomepage(Action):
    """Type the address of the conference homepage."""


@coded("zs")
@dataclass(frozen=True)
class RenewSecret(Action):
    """Another secret from now on."""


@coded("zx")
@dataclass(frozen=True)
class DropHomepage(Action):
    """Send no notices any more."""


# --- Answers of Telegram ----------------------------------------------------------------------


@coded("zfp")
@dataclass(frozen=True)
class PostMade(Action):
    """The post of a result was made or changed in the channel, or was not."""

    result_id: int


@coded("zfd")
@dataclass(frozen=True)
class PostDeleted(Action):
    """A post with a file was deleted, or could not be."""

    result_id: int
    message_id: int


@coded("zff")
@dataclass(frozen=True)
class FileFound(Action):
    """Telegram said where it keeps a file. `mark` names the file."""

    result_id: int
    mark: str
