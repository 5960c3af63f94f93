"""No feed tells what only some may know: two groups with everything in them, read as everybody and as every role."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from domain.calendar import hash_of
from domain.permissions import Role
from domain.process import Process
from messages.languages import LANGUAGES
from services import calendar
from services.work import Background
from storage import calendar as stored
from storage import tables
from storage.database import Database
from tests.databases import fresh_sqlite
from tests.rights import scene

PROCESS = Process("Europe/Berlin", "en", "prework_bot", "https://t.me", frozenset(), bot_id=1)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """The scene, with webinars that everybody sees and whose links they do not."""
    opened = Database(await fresh_sqlite(tmp_path))
    async with opened.write() as tx:
        await scene.set(tx)
        link = {"link": "https://meet.example.org/guarded-webinar", "recording_link": "https://video.example.org/1"}
        await tx.execute(update(tables.events).where(tables.events.c.kind == "webinar").values(link))
    yield opened
    await opened.close()


async def secrets(database: Database) -> set[str]:
    """Every link but those of the bot, and the name of everybody."""
    async with database.read() as tx:
        names = (await tx.execute(select(tables.people.c.name))).scalars().all()
    roles = {role.value.title() for role in Role}  # words as well as names
    return {*scene.SECRETS, "meet.example.org", "video.example.org", *names} - roles


def plain(content: bytes | None) -> str:
    assert content is not None
    return content.decode().replace("\r\n ", "")


async def test_feeds_for_everybody_hold_no_secret_of_anybody(database: Database) -> None:
    hidden = await secrets(database)
    async with database.read() as tx:
        for minutes in (0, 6, 70):  # before the start, when links are open; during it; after it
            work = Background(tx, scene.NOW + timedelta(minutes=minutes), PROCESS)
            for name in ("webinars", "pwg-1", "pwg-2", "webinar-11", "webinar-12", "webinar-13"):
                for language in LANGUAGES:
                    content = plain(await calendar.read_public(work, name, language))
                    assert "A webinar (" in content
                    assert "A session (" not in content
                    assert not [secret for secret in hidden if secret in content]
            assert await calendar.read_public(work, "webinar-21", "en") is None


SESSIONS = {Role.GUEST: 2, Role.MEMBER: 2, Role.COORDINATOR: 2, Role.PRESENTER: 1}
"""How many of the three sessions are somebody's own: both of the group, or the one they speak at."""


@pytest.mark.parametrize("role", Role)
async def test_ones_own_feed_holds_ones_own_sessions_and_no_link(database: Database, role: Role) -> None:
    hidden = await secrets(database)
    person = scene.PEOPLE[role]
    async with database.write() as tx:
        await stored.put_feed(tx, person, hash_of("token"), scene.NOW)
    async with database.read() as tx:
        content = plain(await calendar.read_own(Background(tx, scene.NOW, PROCESS), "token"))

    assert content.count("BEGIN:VEVENT\r\nSUMMARY:PWG 1: A session") == SESSIONS.get(role, 0)
    assert "A session (other)" not in content
    assert not [secret for secret in hidden if secret in content]
