"""Who is let in on the organisers' pages: a link made when it is sent, a session, and the right read anew each time."""

import secrets

from domain.deliveries import owe
from domain.errors import OutOfDate
from domain.permissions import Permission, Target, can_anywhere
from domain.web_sessions import LINK_LIFETIME, SESSION_LIFETIME, TOKEN_BYTES, hash_of
from messages import web_access as texts
from messages.markup import Message
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background, Work
from storage import erasures, facts, outbox, people, web_sessions
from storage.database import Tx

ENTRANCE = "organisers"
"""Where the pages begin, below the address of the web side."""

NEEDED = Permission.EDIT_GROUPS
"""Whoever may do this is let in; each page asks for its own right besides."""


async def order_link(work: Work, place: str = "") -> None:
    """Owe a link to a page, by its place; raise OutOfDate where no browser could reach it."""
    work.require(NEEDED)
    if work.process.web_url is None:
        raise OutOfDate
    reader = work.person.id
    key = f"web_link:{reader}:{secrets.token_hex(TOKEN_BYTES)}"
    link = owe("web_link", key, work.now, chat_id=reader, person_id=reader, refs={"place": place} if place else {})
    await outbox.add(work.tx, [link], work.now)


async def render_links(batch: Rendering) -> Rendered:
    """Make each link at the moment it goes out, and keep its hash; one sent again is a new one."""
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        reader = batch.readers[delivery.person_id or 0]
        if batch.process.web_url is None or not await _may_enter(batch.tx, reader.id, batch.process.owner_ids):
            rendered[delivery.id] = OUTDATED
            continue
        token = secrets.token_urlsafe(TOKEN_BYTES)
        await web_sessions.put_link(batch.tx, reader.id, hash_of(token), batch.now, batch.now + LINK_LIFETIME)
        place = f"?to={delivery.refs['place']}" if "place" in delivery.refs else ""
        url = f"{batch.process.web_url}/{ENTRANCE}/enter/{token}{place}"
        rendered[delivery.id] = texts.link(url, reader.language)
    return rendered


async def _may_enter(tx: Tx, person_id: int, owner_ids: frozenset[int]) -> bool:
    return can_anywhere(await people.get_actor(tx, person_id, owner_ids), NEEDED)


async def redeem(work: Background, token: str) -> str | None:
    """Use a link up and begin a session: its token; None for a link that lets nobody in."""
    person_id = await web_sessions.take_link(work.tx, hash_of(token), work.now)
    if person_id is None or await _enter(work, person_id) is None:
        return None
    session = secrets.token_urlsafe(TOKEN_BYTES)
    await web_sessions.add(work.tx, person_id, hash_of(session), work.now, work.now + SESSION_LIFETIME)
    await facts.note(work.tx, work.now, person_id, "web_signed_in", f"person:{person_id}")
    return session


async def visit(work: Background, session: str) -> Work | None:
    """The work of whoever a session belongs to, with the roles they hold now; None where nobody is let in."""
    person_id = await web_sessions.owner_of(work.tx, hash_of(session), work.now)
    return await _enter(work, person_id) if person_id is not None else None


async def _enter(work: Background, person_id: int) -> Work | None:
    """Nobody who has lost the right, and nobody whose data are being deleted."""
    person = await people.get(work.tx, person_id)
    if person is None or await erasures.of_person(work.tx, person_id) is not None:
        return None
    actor = await people.get_actor(work.tx, person_id, work.process.owner_ids)
    return Work(work.tx, work.now, work.process, person, actor) if can_anywhere(actor, NEEDED) else None


async def sign_out(work: Work, session: str) -> None:
    """End this session."""
    await web_sessions.end(work.tx, hash_of(session))
    await facts.note(work.tx, work.now, work.person.id, "web_signed_out", f"person:{work.person.id}")


async def sign_out_everywhere(work: Work) -> int:
    """End every session of whoever asks, and the link that is still open; returns how many sessions there were."""
    work.require(Permission.OWN_DATA, Target(author_id=work.person.id))
    ended = await web_sessions.end_all(work.tx, work.person.id)
    subject = f"person:{work.person.id}"
    await facts.note(work.tx, work.now, work.person.id, "web_signed_out", subject, None, {"sessions": ended})
    return ended
