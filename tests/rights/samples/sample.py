"""What a sample is: how a route is asked for an object, and what the page calls what it does to it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from domain.buttons.coding import Action
from domain.permissions import NOWHERE, Permission, Target
from storage import tables
from storage.database import Tx
from tests.rights.asking import Outcome
from tests.rights.page import Shape
from tests.rights.scene import GROUP_OF, OTHER_WEBINAR, SESSION_OF, WEBINAR_OF, Side
from tests.rights.updates import Ask


@dataclass(frozen=True)
class Thing:
    """An object: its id, and what rights to it are asked about. `revision`: of the dialog that is about it.

    `personal`: it is there for nobody else at all: a dialog, what can be taken back.
    """

    id: int
    target: Target = NOWHERE
    revision: int = 0
    personal: bool = False


Maker = Callable[[Tx, int, Side], Awaitable[Thing | None]]
"""(tx, who asks, side) -> an object on that side; None where there is none."""

Route = type[Action] | str
"""A kind of button, "/command", or the name of a dialog."""


@dataclass(frozen=True)
class Sample:
    """One thing to ask for. Any of `needs` is enough, all of `besides` must be there, too.

    `public`: everybody may know whether the object is there. `anyway`: tables that a refusal changes, too.
    `refusal`: how it is said that it is not for somebody, where everybody may know what is not there.
    `shape`: where it is not that of the route. `tells`: by side, the secret in the answer for those who may read it.
    """

    route: Route
    asks: Callable[[Thing], Ask]
    of: Maker
    needs: tuple[Permission, ...]
    besides: tuple[Permission, ...] = ()
    public: bool = False
    refusal: Outcome = Outcome.REFUSED
    shape: Shape | None = None
    anyway: frozenset[str] = frozenset()
    tells: Mapping[Side, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Tells it from the other samples of its route."""
        return f"{self.of.__name__}, needs {' or '.join(self.needs)}"


async def nothing(tx: Tx, me: int, side: Side) -> Thing | None:
    """No object at all."""
    return Thing(0) if side is Side.OWN else None


async def myself(tx: Tx, me: int, side: Side) -> Thing | None:
    """What belongs to whoever asks."""
    return Thing(0, Target(author_id=me)) if side is Side.MINE else None


async def group(tx: Tx, me: int, side: Side) -> Thing | None:
    """A working group."""
    return Thing(GROUP_OF[side], Target(GROUP_OF[side])) if side in {Side.OWN, Side.OTHER} else None


async def own_group(tx: Tx, me: int, side: Side) -> Thing | None:
    """The group in which the role is held: for what finds its object by itself."""
    return Thing(GROUP_OF[side], Target(GROUP_OF[side])) if side is Side.OWN else None


async def webinar(tx: Tx, me: int, side: Side) -> Thing | None:
    """A webinar."""
    return Thing(WEBINAR_OF[side], Target(GROUP_OF[side], WEBINAR_OF[side])) if side in WEBINAR_OF else None


async def draft_webinar(tx: Tx, me: int, side: Side) -> Thing | None:
    """A webinar that is not announced yet."""
    thing = await webinar(tx, me, side)
    if thing is not None:
        this = tables.events.c.id == thing.id
        await tx.execute(tables.events.update().where(this).values(state="draft"))
    return thing


async def session(tx: Tx, me: int, side: Side) -> Thing | None:
    """A session."""
    return Thing(SESSION_OF[side], Target(GROUP_OF[side], SESSION_OF[side])) if side in SESSION_OF else None


async def followed(tx: Tx, me: int, side: Side) -> Thing | None:
    """A webinar as something to follow: the choice is always one's own."""
    found = {Side.OWN: WEBINAR_OF[Side.OWN], Side.OTHER: OTHER_WEBINAR}.get(side)
    return Thing(found, Target(author_id=me)) if found else None


def always(action: Action) -> Callable[[Thing], Ask]:
    """Ask for the same, whatever the object."""
    return lambda _: action
