"""The bot as a process, with a page to show and reminders to send; the local Telegram is in this one."""

import re
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.peers import BEST_OF_OURS
from benchmarks.subscribers import webinar
from domain.groups import Group
from domain.webinars import Scope
from services import webinars
from storage import groups, results
from storage.database import Tx
from storage.tables import leads, people, subscriptions
from tests.slow.process import World, open_world, opened

LEAD = timedelta(hours=1)

COHORTS, FOLLOWERS = 10, 200
"""Each webinar is followed by as many people, the eleventh by those who follow the first: a chat takes one message a
second."""

ABSTRACT = "Which cities take in those who move because of heat, drought and flood, and what do they need for it? " * 8

RATE = 100_000
"""Messages a second: what the bot itself takes is to be seen, and not the pace that Telegram asks for."""

PUBLIC_URL = "https://prework.example.org"


@asynccontextmanager
async def serving(folder: Path, dues: Sequence[datetime]) -> AsyncIterator[tuple[World, int]]:
    """The bot with a webinar for each moment at which a reminder is due; and the port of its page."""
    async with open_world(folder, public_url=PUBLIC_URL, rate=RATE, calls_in_flight=BEST_OF_OURS) as world:
        world.add_crowd(COHORTS * FOLLOWERS)
        async with opened(folder) as database, database.write() as tx:
            await _fill(tx, [person.user.id for person in world.crowd], dues)
        await world.process.start_and_wait()
        yield world, _port(world.process.log)
        world.process.terminate()
        code = await world.process.ends(10)
        if code:
            raise RuntimeError(f"the bot ended with {code}")


async def _fill(tx: Tx, ids: Sequence[int], dues: Sequence[datetime]) -> None:
    now = datetime.now(UTC)
    await tx.execute(people.insert(), [_person(n, now) for n in ids])
    await tx.execute(leads.insert(), [{"person_id": n, "minutes": LEAD.total_seconds() // 60} for n in ids])
    group_id = await groups.add(tx, Group(0, "PWG 1", {"en": "Climate"}, {"en": ABSTRACT}, 7, 10))
    for number, due in enumerate(dues):
        new = replace(
            webinar(group_id, due + LEAD),
            slug=f"webinar-{number}",
            titles={"en": title(number)},
            abstracts={"en": ABSTRACT},
        )
        webinar_id = await webinars.add(tx, new, now, None)
        await tx.execute(subscriptions.insert(), _choices(ids[number % COHORTS :: COHORTS], webinar_id, now))
    result = await results.add_draft(tx, ids[0], now, group_id=group_id)
    await results.change(tx, result, title="A brief", summary=ABSTRACT, state="published", published_at=now)


def _person(person_id: int, now: datetime) -> dict[str, object]:
    return {"id": person_id, "name": "Anna", "language": "en", "started_at": now, "created_at": now}


def _choices(ids: Collection[int], webinar_id: int, now: datetime) -> list[dict[str, object]]:
    what = {"scope": Scope.WEBINAR, "target_id": webinar_id, "wanted": True, "created_at": now}
    return [{"person_id": person_id, **what} for person_id in ids]


def title(number: int) -> str:
    """Of the webinar whose reminder is due at the moment of this number."""
    return f"Webinar {number}"


def number_in(text: str) -> int | None:
    """Which moment a message is about; None for one that is no reminder."""
    found = re.match(r"Starts in .+: <b>Webinar (\d+)</b>\n", text)
    return int(found[1]) if found else None


def _port(log: str) -> int:
    found = re.search(r"started .*web=127\.0\.0\.1:(\d+)", log)
    if found is None:
        raise RuntimeError("the bot does not say where it listens")
    return int(found[1])
