"""Rows that most storage tests need: people who can be written to, a group, an event."""

from datetime import UTC, datetime, timedelta

from domain.events import Event, EventState, LinkPolicy
from domain.groups import Group
from domain.people import Person
from storage import events, groups, people
from storage.database import Database, Tx

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)
STARTS_AT = NOW + timedelta(days=8)


async def add_people(tx: Tx, *ids: int) -> None:
    """People who pressed Start."""
    for number in ids:
        await people.add(tx, Person(number, f"Person {number}", "en", started_at=NOW), NOW)


async def add_group(tx: Tx, code: str = "PWG 1") -> int:
    return await groups.add(tx, Group(0, code, {"en": code}, {"en": "A theme."}, 7, 10))


def an_event(group_id: int, slug: str = "ukraine", **values: object) -> Event:
    standard: dict[str, object] = {
        "titles": {"en": "Ukraine"},
        "abstracts": {"en": "An abstract."},
        "speakers": ("Institute of Examples", "Office of Cases"),
        "languages": ("en", "fr"),
        "starts_at": STARTS_AT,
        "minutes": 60,
        "zone": "Europe/Berlin",
        "link": None,
        "link_policy": LinkPolicy.GUARDED,
        "state": EventState.ANNOUNCED,
        "revision": 1,
    }
    return Event(id=0, group_id=group_id, slug=slug, **{**standard, **values})  # type: ignore[arg-type]


async def add_event(database: Database, group_id: int, slug: str = "ukraine", **values: object) -> Event:
    async with database.write() as tx:
        event_id = await events.add(tx, an_event(group_id, slug, **values))
        stored = await events.get(tx, event_id)
    assert stored is not None
    return stored
