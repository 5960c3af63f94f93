"""Walking the cells: what the page expects of each, and what the bot does."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from domain.permissions import Permission, Role
from tests.rights import page
from tests.rights.asking import Answer, Outcome, Stage
from tests.rights.page import Counts, Held, Shape, Way
from tests.rights.samples.sample import Route, Sample, Thing
from tests.rights.samples.table import BY_NAME, SAMPLES
from tests.rights.scene import PEOPLE, SECRETS, Side, held_by

LEFT = {Shape.TYPED: {"dialogs"}}
"""Whoever may not answer any more is led out of the dialog."""


@dataclass(frozen=True)
class Asking:
    """Somebody in a role asks for an object on one side: with every way to ask, a cell of the walk each."""

    sample: Sample
    role: Role
    side: Side

    @property
    def person(self) -> int:
        """Who asks."""
        return PEOPLE[self.role]

    def __str__(self) -> str:
        return f"{self.role}, {self.side}: {self.sample.name}"


def askings(routes: Iterable[Route], roles: Iterable[Role] = Role) -> Iterator[Asking]:
    """Everything to be asked of these routes."""
    for sample, role, side in product([s for route in routes for s in SAMPLES[route]], roles, Side):
        yield Asking(sample, role, side)


def shape_of(sample: Sample) -> Shape:
    """The column of the second table."""
    return sample.shape or page.shape_of(BY_NAME[sample.route])


def expected(asking: Asking, thing: Thing, way: Way) -> Outcome:
    """What the page says comes of it."""
    match page.ways()[way, shape_of(asking.sample)]:
        case Counts.NO | Counts.NEVER:
            return Outcome.SILENT
        case Counts.AWAY:
            return Outcome.AWAY
        case Counts.CODE:
            return Outcome.NO
        case Counts.YES:
            return Outcome.DONE if may(asking, thing) else asking.sample.refusal


def may(asking: Asking, thing: Thing, held: Held | None = None) -> bool:
    """Whether the page lets this role do this to this object; `held`: if it is not held as usual."""

    def allowed(permission: Permission) -> bool:
        return page.allows(permission, asking.role, thing.target, held or held_by(asking.role))

    return any(map(allowed, asking.sample.needs)) and all(map(allowed, asking.sample.besides))


async def walk(stage: Stage, asking: Asking, ways: Collection[Way] = tuple(Way)) -> list[str]:
    """What is not as on the page, in all these ways of asking for this."""
    cells = {way: page.ways()[way, shape_of(asking.sample)] for way in ways}
    quiet = [way for way in ways if cells[way] in {Counts.NO, Counts.AWAY}]
    heard = [way for way in ways if cells[way] in {Counts.YES, Counts.CODE}]
    if quiet and not await _is_quiet(stage, asking, quiet):
        heard += quiet
    return [fault for way in heard for fault in await faults(stage, asking, way)]


async def _is_quiet(stage: Stage, asking: Asking, ways: Collection[Way]) -> bool:
    """Ask in ways that are all to have no effect, one after the other: much faster than in a scene for each."""
    async with stage.database.rehearse() as tx:
        thing = await asking.sample.of(tx, asking.person, asking.side)
        if thing is None:
            return True
        ask = asking.sample.asks(thing)
        silent = [way for way in ways if expected(asking, thing, way) is Outcome.SILENT]
        answers = {way: await stage.ask(tx, asking.person, way, ask) for way in ways if way not in silent}
        as_on_page = not any(fault for way, answer in answers.items() for fault in _faults(asking, way, thing, answer))
        return as_on_page and await stage.ignores(tx, asking.person, silent, ask)
    raise AssertionError


async def ask(stage: Stage, asking: Asking, way: Way) -> tuple[Thing, Answer] | None:
    """Make the object, ask, and take it all back; None where there is no such object."""
    async with stage.database.rehearse() as tx:
        thing = await asking.sample.of(tx, asking.person, asking.side)
        if thing is not None:
            return thing, await stage.ask(tx, asking.person, way, asking.sample.asks(thing))
    return None


async def faults(stage: Stage, asking: Asking, way: Way) -> list[str]:
    """What is not as on the page in this cell."""
    asked = await ask(stage, asking, way)
    return [f"{asking}, {way}: {fault}" for fault in _faults(asking, way, *asked)] if asked else []


def _faults(asking: Asking, way: Way, thing: Thing, answer: Answer) -> Iterator[str]:
    wanted = expected(asking, thing, way)
    if answer.outcome is not wanted:
        yield f"{answer.outcome}, not {wanted}: {answer.texts!r}"
    for secret in SECRETS:
        if secret in answer.texts and not _may_read(secret, asking.role):
            yield f"tells {secret}"
    told = asking.sample.tells.get(asking.side)
    if told and wanted is Outcome.DONE and _may_read(told, asking.role) and told not in answer.texts:
        yield f"does not tell {told}"
    changed = answer.changed - asking.sample.anyway - LEFT.get(shape_of(asking.sample), set())
    if wanted is not Outcome.DONE and changed:
        yield f"changes {sorted(changed)}"
    is_heard = page.ways()[way, shape_of(asking.sample)] is Counts.YES
    if is_heard and wanted is not Outcome.DONE and answer.chats - {asking.person}:
        yield f"tells others: {sorted(answer.chats)}"


def _may_read(secret: str, role: Role) -> bool:
    permission, target = SECRETS[secret]
    return page.allows(permission, role, target, held_by(role))
