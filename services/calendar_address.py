"""The address of somebody's own calendar feed: made when it is sent, so that nothing of ours ever holds it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from domain.calendar import hash_of
from domain.deliveries import owe
from domain.errors import OutOfDate
from domain.permissions import Permission, Target
from messages import calendar as texts
from messages.markup import Message
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Work
from storage import calendar, facts, outbox

TOKEN_BYTES = 32


@dataclass(frozen=True)
class Standing:
    """`web`: how the web side is reached from outside, if it is. `since`: when the person's address was made."""

    web: str | None
    since: datetime | None


async def look(work: Work) -> Standing:
    """Whether the person can have an address, and has one."""
    _check(work)
    return Standing(work.process.web_url, await calendar.feed_since(work.tx, work.person.id))


async def renew(work: Work) -> None:
    """Owe a new address; from now on the one before is none. Raise OutOfDate where nobody could reach it."""
    _check(work)
    if work.process.web_url is None:
        raise OutOfDate
    reader, place = work.person.id, hash_of(secrets.token_urlsafe(TOKEN_BYTES))
    await calendar.put_feed(work.tx, reader, place, work.now)
    await facts.note(work.tx, work.now, reader, "calendar_address_made", f"person:{reader}")
    key = f"calendar_address:{reader}:{place[:32]}"
    await outbox.add(work.tx, [owe("calendar_address", key, work.now, chat_id=reader, person_id=reader)], work.now)


async def end(work: Work) -> None:
    """No address any more."""
    _check(work)
    if await calendar.end_feed(work.tx, work.person.id):
        await facts.note(work.tx, work.now, work.person.id, "calendar_address_ended", f"person:{work.person.id}")


async def render_addresses(batch: Rendering) -> Rendered:
    """Make each address at the moment it goes out, and keep its hash; one sent again is a new one."""
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        reader = batch.readers[delivery.person_id or 0]
        since = await calendar.feed_since(batch.tx, reader.id)
        if since is None or batch.process.web_url is None:
            rendered[delivery.id] = OUTDATED
            continue
        token = secrets.token_urlsafe(TOKEN_BYTES)
        await calendar.put_feed(batch.tx, reader.id, hash_of(token), since)
        rendered[delivery.id] = texts.address(f"{batch.process.web_url}/calendar/{token}.ics", reader.language)
    return rendered


def _check(work: Work) -> None:
    work.require(Permission.OWN_DATA, Target(author_id=work.person.id))
