"""Flip every cell, one at a time: the walk turns red, or the cell is named here with the reason why it cannot."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from domain.buttons.sessions import ShowSession
from domain.permissions import Permission, Role
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress
from handlers.table import ROUTES
from messages.markup import Message, render
from services.work import Work
from storage import events
from tests.domain import test_permissions as domain_tests
from tests.rights import page
from tests.rights.asking import Stage, open_stage
from tests.rights.flipping import Flip, every_flip, flipped, narrowed, replaced, widened
from tests.rights.page import Counts, Shape, Way
from tests.rights.samples.sample import Sample
from tests.rights.samples.table import ALL, BY_NAME
from tests.rights.scene import SECRETS, Side
from tests.rights.walking import Asking, shape_of, walk

pytestmark = pytest.mark.fault("G1")

asynchronous = pytest.mark.asyncio(loop_scope="session")

WITHOUT_OFFICE = (Role.GUEST, Role.MEMBER, Role.PRESENTER, Role.COORDINATOR)

UNSEEN: Mapping[str, frozenset[Flip]] = {
    "Nothing names the person who follows: it is always whoever asks.": widened(Permission.SUBSCRIBE, *Role),
    "Who runs everything moderates every event, named or not.": widened(
        Permission.MODERATE_OWN, Role.ORGANISER, Role.OWNER
    ),
    "A result belongs to a group and to no event.": narrowed(Permission.SUBMIT_RESULT, Role.PRESENTER),
    "Who may review everything takes part in everything; only whoever is named answers to it.": widened(
        Permission.CO_AUTHOR, Role.ORGANISER, Role.OWNER
    ),
    "Where it is needed, a second right is, which comes with an office.": widened(
        Permission.GRANT_ORGANISER, *WITHOUT_OFFICE
    ),
    "Names are on cards that only those in the group see, and whoever decides about people sees them anyway.": (
        widened(Permission.SEE_MEMBERS, Role.MEMBER, Role.COORDINATOR)
        | narrowed(Permission.SEE_MEMBERS, Role.ORGANISER, Role.OWNER)
    ),
}
"""Flips that the walk cannot see, by the reason; `tests/domain` sees them. The list is exact."""


def samples_of(permission: Permission) -> list[Sample]:
    """Everything to be asked for that this permission decides about."""

    def concerned(sample: Sample) -> set[Permission]:
        told = {SECRETS[secret][0] for secret in sample.tells.values()}
        return {*sample.needs, *sample.besides, BY_NAME[sample.route].permission, *told}

    return [sample for sample in ALL if permission in concerned(sample)]


def askings_of(flip: Flip) -> Iterator[Asking]:
    """Everything to be asked by those whom the flip concerns: the flipped role first."""
    others: list[Role] = []
    if flip.role in {Role.PUBLIC, Role.SUBSCRIBER, Role.APPLICANT}:
        others = list(Role)  # everybody is these
    elif flip.role is Role.MEMBER:
        others = [Role.COORDINATOR]
    for role in (flip.role, *others):
        for sample in samples_of(flip.permission):
            for side in Side:
                yield Asking(sample, role, side)


async def turns_red(stage: Stage, flip: Flip) -> bool:
    """Whether the walk finds that this cell is flipped."""
    with flipped(flip):
        for asking in askings_of(flip):
            if await walk(stage, asking, [Way.PRIVATE]):
                return True
    return False


@asynchronous
@pytest.mark.parametrize("permission", Permission)
async def test_every_flipped_cell_turns_the_walk_red(stage: Stage, permission: Permission) -> None:
    unseen = {flip for flip in every_flip(permission) if not await turns_red(stage, flip)}

    assert unseen == {flip for flips in UNSEEN.values() for flip in flips if flip.permission is permission}


def domain_finds(flip: Flip) -> bool:
    """Whether the table of `tests/domain` finds it, too."""
    with flipped(flip):
        try:
            for role in Role:
                domain_tests.test_every_cell_of_the_page_is_what_the_code_does(flip.permission, role)
                domain_tests.test_a_menu_opens_where_there_is_anything_to_do(flip.permission, role)
        except AssertionError:
            return True
    return False


@pytest.mark.parametrize("permission", Permission)
def test_every_flipped_cell_turns_the_tests_of_the_domain_red(permission: Permission) -> None:
    assert [str(flip) for flip in every_flip(permission) if not domain_finds(flip)] == []


# --- The second table -------------------------------------------------------------------------

NO_ROUTE = {Shape.GROUP_COMMAND}
"""There is no command yet that counts in group chats only."""


@asynchronous
@pytest.mark.parametrize("shape", Shape)
async def test_every_flipped_way_to_ask_turns_the_walk_red(stage: Stage, shape: Shape) -> None:
    asked = next((Asking(s, Role.OWNER, side) for s in ALL if shape_of(s) is shape for side in (Side.OWN,)), None)
    ways = [way for way in Way if page.ways()[way, shape] is not Counts.NEVER]

    assert (asked is None) is (shape in NO_ROUTE)
    if asked is not None:
        assert [way for way in ways if not await _turns_red(stage, asked, way)] == []


async def _turns_red(stage: Stage, asking: Asking, way: Way) -> bool:
    key = way, shape_of(asking.sample)
    other = Counts.NO if page.ways()[key] is not Counts.NO else Counts.YES
    with replaced(page.ways(), key, other):
        return await walk(stage, asking, [way]) != []


# --- A handler that forgets ----------------------------------------------------------------------


async def forgetful(request: ButtonRequest[ShowSession], work: Work) -> Reply:
    """Show a session without asking whether it is for whoever asks."""
    session = await events.get(work.tx, request.action.session_id)
    return Reply(edit=Message(render("{link}", link=session.link if session else "")))


@asynchronous
async def test_a_handler_that_forgets_to_check_its_object_is_found(tmp_path: Path) -> None:
    careless = [route for route in ROUTES if getattr(route, "action", None) is not ShowSession]
    careless.append(ButtonPress(ShowSession, forgetful, Permission.SEE_MATERIAL))
    sample = next(s for s in ALL if s.route is ShowSession)

    async with open_stage(tmp_path, careless) as stage:
        found = await walk(stage, Asking(sample, Role.MEMBER, Side.OTHER), [Way.PRIVATE])

    assert [fault.partition(": ")[2].partition(":")[0] for fault in found] == [
        f"{sample.name}, In private",
        f"{sample.name}, In private",
    ]
    assert "tells https://meet.example.org/other-session" in found[1]
