"""Who follows which webinars: choices, and what follows from them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, bindparam, delete, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.events import Event
from domain.occasions import Firing
from domain.webinars import Following, Scope, language_of, number_of
from storage.database import Tx
from storage.dialects import insert
from storage.people import reachable
from storage.registering import registered_for
from storage.tables import leads, people, subscriptions

_CHOICES = select(subscriptions.c.scope, subscriptions.c.target_id, subscriptions.c.wanted).where(
    subscriptions.c.person_id == bindparam("person_id")
)


async def get(tx: Tx, person_id: int) -> Following:
    """What a person follows."""
    rows = (await tx.execute(_CHOICES, {"person_id": person_id})).all()

    def targets(scope: Scope, *, wanted: bool) -> frozenset[int]:
        return frozenset(row.target_id for row in rows if row.scope == scope and row.wanted is wanted)

    return Following(
        everything=bool(targets(Scope.ALL, wanted=True)),
        groups=targets(Scope.GROUP, wanted=True),
        languages=frozenset(map(language_of, targets(Scope.LANGUAGE, wanted=True))),
        webinars=targets(Scope.WEBINAR, wanted=True),
        not_these=targets(Scope.WEBINAR, wanted=False),
    )


async def follow(tx: Tx, person_id: int, scope: Scope, target_id: int, now: datetime, *, wanted: bool = True) -> None:
    """Store a choice, over an earlier one about the same."""
    statement = insert(tx, subscriptions).values(
        person_id=person_id, scope=scope.value, target_id=target_id, wanted=wanted, created_at=now
    )
    keys = ["person_id", "scope", "target_id"]
    await tx.execute(statement.on_conflict_do_update(index_elements=keys, set_={"wanted": wanted, "created_at": now}))


async def unfollow(tx: Tx, person_id: int, scope: Scope, target_id: int) -> None:
    """Forget one choice."""
    mine = (subscriptions.c.person_id == person_id, subscriptions.c.scope == scope.value)
    await tx.execute(delete(subscriptions).where(*mine, subscriptions.c.target_id == target_id))


async def unfollow_all(tx: Tx, person_id: int) -> None:
    """Forget every choice of a person about webinars."""
    webinars = subscriptions.c.scope.in_([scope.value for scope in Scope])
    await tx.execute(delete(subscriptions).where(subscriptions.c.person_id == person_id, webinars))


async def forget_refusal(tx: Tx, person_id: int, event_id: int) -> None:
    """Take back "not this one"."""
    await tx.execute(
        delete(subscriptions).where(
            subscriptions.c.person_id == person_id,
            subscriptions.c.scope == Scope.WEBINAR.value,
            subscriptions.c.target_id == event_id,
            ~subscriptions.c.wanted,
        )
    )


def followers(event: Event) -> Select[int]:
    """SELECT of the ids of those to be told of an event: they follow it or come, and can be written to."""
    return reachable().where(_follow(event))


def followers_with_lead(event: Event, firing: Firing) -> Select[int]:
    """SELECT of the followers to be reminded at an occasion: they use its lead, and none that is due instead."""
    return with_lead(followers(event), firing)


def with_lead(query: Select[int], firing: Firing) -> Select[int]:
    """Those of a SELECT of people whose turn it is at an occasion."""
    query = query.where(people.c.id.in_(_users_of_leads([firing.occasion.lead])))
    return query.where(people.c.id.not_in(_users_of_leads(firing.instead))) if firing.instead else query


def _users_of_leads(minutes: Sequence[int]) -> Select[int]:
    return select(leads.c.person_id).where(leads.c.minutes.in_(minutes))


def _follow(event: Event) -> ColumnElement[bool]:
    """Condition on `people`: the narrowest choice wins."""
    mine = subscriptions.alias("mine")

    def about(scope: Scope, targets: Sequence[int]) -> ColumnElement[bool]:
        return and_(mine.c.scope == scope.value, mine.c.target_id.in_(targets))

    this_one = about(Scope.WEBINAR, [event.id])
    wide = or_(
        about(Scope.GROUP, [event.group_id]),
        about(Scope.LANGUAGE, [number_of(code) for code in event.languages]),
        mine.c.scope == Scope.ALL.value,
    )
    chosen = select(mine.c.person_id).where(mine.c.wanted, or_(this_one, wide))
    refused = select(mine.c.person_id).where(this_one, ~mine.c.wanted)
    comes = people.c.id.in_(registered_for(event.id))
    return and_(or_(people.c.id.in_(chosen), comes), people.c.id.not_in(refused))
