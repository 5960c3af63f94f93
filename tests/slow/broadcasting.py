"""A broadcast to the whole crowd: written by the first of it, confirmed by the second, the owner."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.broadcasts import BroadcastState
from domain.buttons.broadcasts import StartBroadcast
from domain.buttons.coding import encode
from domain.people import Person
from domain.permissions import Role
from sandbox.limits import Traffic
from storage import broadcasts, people
from tests.slow.process import World, opened, until

TEXT = "The programme is online."


@dataclass
class Run:
    """A broadcast that waits for the second pair of eyes, or is under way."""

    world: World
    broadcast_id: int

    async def start(self) -> None:
        """The owner presses *Send*; the bot must run."""
        owner, card = self.world.crowd[1], self.world.seeded[1]
        count = len(self.world.crowd)
        owner.press_data(card, encode(StartBroadcast(self.broadcast_id, count, 0)))
        owed = "SELECT count(*) FROM outbox WHERE kind = 'broadcast'"
        await until(lambda: self.world.count(owed) == count, 10, "the broadcast begins")

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


async def write_broadcast(world: World, folder: Path, count: int) -> Run:
    """A crowd, and a broadcast to it that has been written and waits to be confirmed. The bot must not run."""
    world.add_crowd(count)
    now = datetime.now(UTC)
    async with opened(folder) as database, database.write() as tx:
        for member in world.crowd:
            await people.add(tx, Person(member.user.id, member.user.full_name, "en", started_at=now), now)
        author = world.crowd[0].user.id
        await people.grant(tx, author, Role.ORGANISER)
        broadcast_id = await broadcasts.add_draft(tx, author, TEXT, now)
        await broadcasts.change(tx, broadcast_id, state=BroadcastState.ASKED.value)
    return Run(world, broadcast_id)
