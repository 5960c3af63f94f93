"""The bot's side of the demo's world: who is met already, who sits where, who coordinates, who lives far away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from domain.people import Person
from domain.permissions import Role
from domain.programme import Programme
from services import programme as programmes
from storage import groups, people
from storage.database import Tx


@dataclass(frozen=True)
class DemoWorld:
    """Read from the file that the sandbox reads, too. Groups by code, people by id."""

    token: str
    people: tuple[Person, ...]
    owner_ids: frozenset[int]
    organisers: tuple[int, ...]
    coordinators: Mapping[str, tuple[int, ...]]
    members: Mapping[str, tuple[int, ...]]


def read_demo_world(path: Path) -> DemoWorld:
    """The world of a file that comes with the program."""
    source: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    bots_side = source["prework"]
    ids = {person["key"]: int(person["id"]) for person in source["people"]}

    def by_group(held: Mapping[str, list[str]]) -> dict[str, tuple[int, ...]]:
        return {code: tuple(ids[key] for key in keys) for code, keys in held.items()}

    return DemoWorld(
        token=source["bot"]["token"],
        people=tuple(_person(p, bots_side["zones"]) for p in source["people"] if p.get("started")),
        owner_ids=frozenset(ids[key] for key in bots_side["owners"]),
        organisers=tuple(ids[key] for key in bots_side["organisers"]),
        coordinators=by_group(bots_side["coordinators"]),
        members=by_group(bots_side["members"]),
    )


def _person(source: Mapping[str, Any], zones: Mapping[str, str]) -> Person:
    name = f"{source['first_name']} {source['last_name']}"
    return Person(source["id"], name, source["language_code"], zones.get(source["key"]))


async def settle_in(tx: Tx, world: DemoWorld, programme: Programme, now: datetime) -> None:
    """Take the programme over, and give everybody who has pressed Start their seats and roles."""
    await programmes.apply(tx, programme, now, None, lambda: None)
    codes = {group.code: group.id for group in await groups.get_all(tx)}
    for person in world.people:
        await people.add(tx, person, now)
        await people.change(tx, person.id, started_at=now)
    for person_id in world.organisers:
        await people.grant(tx, person_id, Role.ORGANISER)
    for code, person_ids in world.coordinators.items():
        for person_id in person_ids:
            await people.grant(tx, person_id, Role.COORDINATOR, codes[code])
    for code, person_ids in world.members.items():
        for person_id in person_ids:
            await groups.take_seat(tx, codes[code], person_id, now)
