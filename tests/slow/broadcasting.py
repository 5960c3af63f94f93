"""A broadcast to the whole crowd, started as two organisers start one."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.broadcasts import BroadcastState, Started
from domain.people import Person
from domain.permissions import Actor, Role
from domain.process import Process
from sandbox.limits import Traffic
from services import broadcasts
from services.work import Work
from storage import broadcasts as stored
from storage import people
from storage.database import Tx
from tests.slow.process import OWNER, World, opened

TEXT = "The programme is online."


@dataclass
class Run:
    """A broadcast under way."""

    world: World

    @property
    def traffic(self) -> Traffic:
        return self.world.telegram.first_bot.traffic

    def copies(self) -> dict[int, int]:
        """How many copies everybody has, by person id."""
        chats = self.world.telegram.first_bot.private_chats
        return {person.user.id: sum(m.text == TEXT for m in chats[person.user.id]) for person in self.world.crowd}

    def people_in(self, state: str) -> list[int]:
        """Whose message is in this state, in the order of sending."""
        query = "SELECT person_id FROM outbox WHERE kind = 'broadcast' AND state = ? ORDER BY id"
        return [int(str(row[0])) for row in self.world.query(query, state)]

    def report(self) -> str | None:
        """What the author is told at the end."""
        author = self.world.crowd[0]
        return next((m.text for m in reversed(author.inbox()) if m.text.startswith("Done:")), None)


async def begin(world: World, folder: Path, count: int) -> Run:
    """A crowd, and a broadcast to it that goes out as soon as the bot runs.

    The first of the crowd wrote it, the second, the owner, confirmed it.
    """
    world.add_crowd(count)
    async with opened(folder) as database, database.write() as tx:
        await start_run(tx, world, datetime.now(UTC))
    return Run(world)


async def start_run(tx: Tx, world: World, now: datetime) -> None:
    known = [Person(p.user.id, p.user.full_name, "en", started_at=now) for p in world.crowd]
    for person in known:
        await people.add(tx, person, now)
    author, owner = known[:2]
    await people.grant(tx, author.id, Role.ORGANISER)
    broadcast_id = await stored.add_draft(tx, author.id, TEXT, now)
    await stored.change(tx, broadcast_id, state=BroadcastState.ASKED.value)
    actor = Actor(owner.id, is_owner=True, is_organiser=False, coordinates=frozenset(), member_of=frozenset())
    process = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset({OWNER}))
    outcome = await broadcasts.start(Work(tx, now, owner, actor, process), broadcast_id, len(known), 0)
    assert outcome == Started(len(known))
