"""Webinars: those of a group, and everybody whom a change concerns."""

from collections.abc import Collection

from sqlalchemy import and_, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.events import Event, EventKind
from domain.registering import Registration
from storage import events as stored
from storage.database import Tx
from storage.following import followers
from storage.people import reachable
from storage.sessions import Recipients
from storage.tables import events, people, registrations
from storage.talks import presenting


async def lock(tx: Tx, webinar_id: int) -> Event | None:
    """One webinar, held until the transaction ends: of two who change it, the second sees what the first did."""
    await tx.execute(select(events.c.id).where(events.c.id == webinar_id).with_for_update())
    webinar = await stored.get(tx, webinar_id)
    return webinar if webinar is not None and webinar.kind is EventKind.WEBINAR else None


async def remove(tx: Tx, webinar_id: int) -> None:
    """Forget a webinar altogether: a draft that nobody else has seen."""
    await tx.execute(events.delete().where(events.c.id == webinar_id))


async def get_of_group(tx: Tx, group_id: int) -> list[Event]:
    """Every webinar of a group, drafts and cancelled ones too; soonest first."""
    mine = and_(events.c.group_id == group_id, events.c.kind == EventKind.WEBINAR.value)
    ids = (await tx.execute(select(events.c.id).where(mine))).scalars()
    found = await stored.get_many(tx, list(ids))
    return sorted(found.values(), key=lambda event: (event.starts_at, event.id))


# --- Whom a change concerns -------------------------------------------------------------------


def concerned(webinar: Event, but: int | None = None, languages: Collection[str] | None = None) -> Recipients:
    """SELECT of the ids of those to be told of a change: they follow it, come to it, speak there or moderate.

    `but`: not this one, who makes it. `languages`: only those who read one of them; None: everybody.
    """
    query = reachable().where(_concerned(webinar))
    if but is not None:
        query = query.where(people.c.id != but)
    return query if languages is None else query.where(people.c.language.in_(languages))


def _concerned(webinar: Event) -> ColumnElement[bool]:
    coming = [Registration.REGISTERED.value, Registration.WAITING.value]
    here = and_(registrations.c.event_id == webinar.id, registrations.c.state.in_(coming))
    return or_(
        people.c.id.in_(followers(webinar)),
        people.c.id.in_(presenting(webinar.id)),
        people.c.id.in_(select(registrations.c.person_id).where(here)),
        people.c.id == webinar.moderator_id,
    )
