"""Who is in a group chat as Telegram tells it, who asks to be let in, and who belongs there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from domain.chats import Circle
from domain.groups import ApplicationState
from domain.permissions import Role
from storage.database import Tx
from storage.dialects import insert
from storage.tables import applications, chat_members, events, join_requests, links, people, roles, seats, talks

OPEN, APPROVED, DECLINED = "open", "approved", "declined"


@dataclass(frozen=True)
class JoinRequest:
    """Somebody waits to be let into a chat; `user_chat_id` can be written to for five minutes."""

    chat_id: int
    person_id: int
    user_chat_id: int
    asked_at: datetime


async def note_member(tx: Tx, chat_id: int, person_id: int, now: datetime, *, is_in: bool) -> None:
    """Somebody came into a chat or left it."""
    values = {"chat_id": chat_id, "person_id": person_id, "is_in": is_in, "seen_at": now}
    statement = insert(tx, chat_members).values(values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["chat_id", "person_id"], set_=values))


async def is_known_out(tx: Tx, chat_id: int, person_id: int) -> bool:
    """Whether Telegram said that they are not in the chat (who came before the bot, nobody told us of)."""
    mine = (chat_members.c.chat_id == chat_id, chat_members.c.person_id == person_id)
    return await tx.scalar(select(chat_members.c.is_in).where(*mine)) is False


async def known_in(tx: Tx, chat_id: int) -> set[int]:
    """Ids of those who are in the chat, as far as Telegram told us."""
    query = select(chat_members.c.person_id).where(chat_members.c.chat_id == chat_id, chat_members.c.is_in)
    return set((await tx.execute(query)).scalars())


async def names_of(tx: Tx, person_ids: Collection[int]) -> dict[int, str]:
    """Names of those we have met, by id."""
    rows = await tx.execute(select(people.c.id, people.c.name).where(people.c.id.in_(person_ids)))
    return {row.id: row.name for row in rows}


async def circle_of(tx: Tx, chat_id: int, owner_ids: Collection[int]) -> Circle:
    """Everybody to whom a chat is open, by the groups that are linked there."""
    group_ids = list((await tx.execute(select(links.c.group_id).where(links.c.chat_id == chat_id))).scalars())
    seated: dict[int, set[int]] = {group_id: set() for group_id in group_ids}
    query = select(seats.c.group_id, seats.c.person_id).where(seats.c.group_id.in_(group_ids))
    for row in await tx.execute(query):
        seated[row.group_id].add(row.person_id)
    coordinators: set[int] = set()
    others = set(owner_ids)
    for row in await tx.execute(_roles_in(group_ids)):
        (coordinators if row.role == Role.COORDINATOR.value else others).add(row.person_id)
    speakers = select(talks.c.person_id).join(events, events.c.id == talks.c.event_id)
    speakers = speakers.where(events.c.group_id.in_(group_ids), talks.c.state != "declined")
    others.update((await tx.execute(speakers)).scalars())
    return Circle(seated, coordinators, others)


def _roles_in(group_ids: list[int]) -> Select[str, int]:
    here = roles.c.group_id.in_(group_ids) & roles.c.role.in_([Role.COORDINATOR.value, Role.GUEST.value])
    return select(roles.c.role, roles.c.person_id).where(
        or_(here, roles.c.role.in_([Role.ORGANISER.value, Role.OWNER.value]))
    )


async def ask(tx: Tx, request: JoinRequest) -> None:
    """Store a request to be let in, in place of an earlier one."""
    values = {**vars(request), "state": OPEN}
    statement = insert(tx, join_requests).values(values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["chat_id", "person_id"], set_=values))


async def open_request(tx: Tx, chat_id: int, person_id: int) -> JoinRequest | None:
    """The request of a person that is not answered yet."""
    columns = [join_requests.c[name] for name in JoinRequest.__dataclass_fields__]
    row = (await tx.execute(select(*columns).where(_mine(chat_id, person_id)))).one_or_none()
    return JoinRequest(**row._mapping) if row else None


async def has_asked_in(tx: Tx, chat_id: int, person_id: int) -> bool:
    """Whether an application of theirs to a group of this chat is not decided, or waits for a seat."""
    undecided = [ApplicationState.OPEN.value, ApplicationState.WAITING.value]
    query = select(applications.c.id).join(links, links.c.group_id == applications.c.group_id)
    mine = (links.c.chat_id == chat_id, applications.c.person_id == person_id, applications.c.state.in_(undecided))
    return await tx.scalar(query.where(*mine).limit(1)) is not None


async def answer(tx: Tx, chat_id: int, person_id: int, state: str) -> None:
    """Store how an open request was answered, by us or by an administrator."""
    await tx.execute(update(join_requests).where(_mine(chat_id, person_id)).values(state=state))


def _mine(chat_id: int, person_id: int) -> ColumnElement[bool]:
    mine = (join_requests.c.chat_id == chat_id) & (join_requests.c.person_id == person_id)
    return mine & (join_requests.c.state == OPEN)
