"""Publications: what each outlet was last told, and what has not followed yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, and_, cast, delete, func, literal, select, update

from domain.deliveries import DeliveryState
from domain.events import EventKind, EventState
from domain.publications import Outlet, Progress
from domain.results import ResultState
from storage.database import Tx
from storage.dialects import insert, insert_unless_there
from storage.tables import cards, events, outbox, publications, results


@dataclass(frozen=True)
class Publication:
    """One outlet of one subject, such as "result:5". `reference` is the outlet's own word for what stands there."""

    subject: str
    outlet: Outlet
    progress: Progress
    reference: str | None = None
    content_hash: str | None = None
    error: str | None = None


_COLUMNS = (
    publications.c.subject,
    publications.c.target,
    publications.c.state,
    publications.c.reference,
    publications.c.content_hash,
    publications.c.error,
)


async def get(tx: Tx, subject: str) -> Mapping[Outlet, Publication]:
    """Every outlet of a subject that was told of it."""
    rows = await tx.execute(select(*_COLUMNS).where(publications.c.subject == subject))
    found = [Publication(row[0], Outlet(row[1]), Progress(row[2]), *row[3:]) for row in rows]
    return {one.outlet: one for one in found}


async def put(tx: Tx, publication: Publication, now: datetime) -> None:
    """Set the state of one outlet."""
    values = {
        "state": publication.progress.value,
        "reference": publication.reference,
        "content_hash": publication.content_hash,
        "error": publication.error,
        "at": now,
    }
    names = {"subject": publication.subject, "target": publication.outlet.value}
    statement = insert(tx, publications).values(**names, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["subject", "target"], set_=values))


async def drop(tx: Tx, subject: str, outlet: Outlet) -> None:
    """Nothing stands in this outlet any more, and nothing is owed to it."""
    here = (publications.c.subject == subject, publications.c.target == outlet.value)
    await tx.execute(delete(publications).where(*here))


# --- What has not followed yet ----------------------------------------------------------------

_OUT = results.c.state.in_((ResultState.PUBLISHED.value, ResultState.WITHDRAWN.value))
_MARK = results.c.state + literal(":") + cast(results.c.version, String)
_OF_RESULT = and_(
    publications.c.subject == literal("result:") + cast(results.c.id, String),
    publications.c.target == Outlet.PAGE.value,
)


async def results_to_follow(tx: Tx) -> list[int]:
    """Results whose publication, correction or withdrawal the outlets have not been told of."""
    query = select(results.c.id).outerjoin(publications, _OF_RESULT)
    behind = func.coalesce(publications.c.reference, "") != _MARK
    return list((await tx.execute(query.where(_OUT, behind).order_by(results.c.id))).scalars())


async def take_as_followed(tx: Tx, now: datetime) -> None:
    """Whatever is published already counts as told: only what happens from now on follows."""
    rows = select(
        literal("result:") + cast(results.c.id, String),
        literal(Outlet.PAGE.value),
        literal(Progress.DONE.value),
        _MARK,
        literal(now, publications.c.at.type),
    ).where(_OUT)
    columns = ["subject", "target", "state", "reference", "at"]
    await tx.execute(insert_unless_there(tx, publications).from_select(columns, rows))


_OF_WEBINAR = and_(
    publications.c.subject == literal("webinar:") + cast(events.c.id, String),
    publications.c.target == Outlet.CHANNEL.value,
)


async def webinars_to_follow(tx: Tx, now: datetime) -> list[int]:
    """Webinars that are announced and to come without a post, and posts that show an older state."""
    query = select(events.c.id).outerjoin(publications, _OF_WEBINAR)
    is_new = and_(
        publications.c.subject.is_(None), events.c.state == EventState.ANNOUNCED.value, events.c.starts_at > now
    )
    is_behind = publications.c.reference != cast(events.c.sequence, String)
    which = query.where(events.c.kind == EventKind.WEBINAR.value, is_new | is_behind)
    return list((await tx.execute(which.order_by(events.c.starts_at, events.c.id))).scalars())


# --- The post in the channel ------------------------------------------------------------------

_LET_GO = DeliveryState.CANCELLED.value


@dataclass(frozen=True)
class Posting:
    """The newest delivery of a card that was not let go."""

    state: DeliveryState
    error: str | None


async def last_posting(tx: Tx, subject: str, chat_id: int) -> Posting | None:
    """How far the post of a subject is."""
    query = select(outbox.c.state, outbox.c.error).join(cards, cards.c.id == outbox.c.card_id)
    here = (cards.c.subject == subject, cards.c.chat_id == chat_id, outbox.c.state != _LET_GO)
    row = (await tx.execute(query.where(*here).order_by(outbox.c.id.desc()).limit(1))).one_or_none()
    return Posting(DeliveryState(row.state), row.error) if row else None


# --- Files to fetch ---------------------------------------------------------------------------


async def files_found(tx: Tx) -> list[Publication]:
    """Files that Telegram has told the place of, still to be downloaded."""
    owed = (publications.c.target == Outlet.FILE.value, publications.c.state == Progress.OWED.value)
    rows = await tx.execute(select(*_COLUMNS).where(*owed, publications.c.reference.is_not(None)))
    return [Publication(row[0], Outlet(row[1]), Progress(row[2]), *row[3:]) for row in rows]


async def set_place(tx: Tx, subject: str, content_hash: str, place: str | None) -> bool:
    """Where Telegram keeps the file that is owed; False if another one is owed by now, or none."""
    owed = (
        publications.c.subject == subject,
        publications.c.target == Outlet.FILE.value,
        publications.c.state == Progress.OWED.value,
        publications.c.content_hash == content_hash,
    )
    return bool((await tx.execute(update(publications).where(*owed).values(reference=place))).rowcount)


async def is_file_owed(tx: Tx, subject: str) -> bool:
    """Whether the file of a subject is on its way."""
    owed = (publications.c.target == Outlet.FILE.value, publications.c.state == Progress.OWED.value)
    query = select(publications.c.subject).where(publications.c.subject == subject, *owed)
    return await tx.scalar(query) is not None
