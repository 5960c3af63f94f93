"""Who hears of what a group has to decide: its coordinators; where none can be written to, whoever is above them."""

from domain.groups import choose_deciders
from services.work import Background
from storage import people


async def deciders_of(work: Background, group_id: int) -> tuple[int, ...]:
    """Ids of the coordinators, else of the organisers, else of the owners: the first of whom any can be reached."""
    return await _first(work, await people.coordinators_of(work.tx, group_id), *await _above(work))


async def organisers_or_owners(work: Background) -> tuple[int, ...]:
    """Ids of the organisers, else of the owners: for what no coordinator can decide."""
    return await _first(work, *await _above(work))


async def _above(work: Background) -> tuple[list[int], list[int]]:
    return await people.organisers(work.tx), await people.owners(work.tx, work.process.owner_ids)


async def _first(work: Background, *circles: list[int]) -> tuple[int, ...]:
    """The first circle in which anybody can be reached."""
    known = await people.get_many(work.tx, {person_id for circle in circles for person_id in circle})
    return choose_deciders(circles, {p.id for p in known.values() if p.can_be_written_to and p.stopped_at is None})
