"""People at the door of a group's chat, coming in and going: seats and chat are kept in step."""

from dataclasses import dataclass
from typing import Any, assert_never

from domain.chats import NoSeat, SeatGoes, SeatStays, decide_departure
from domain.deliveries import owe
from domain.errors import NotFound
from domain.groups import AlreadyAsked, Asked, Group, Waiting
from domain.happenings import JoinAsked, PersonMoved, Standing
from domain.paging import ListPage, page_at
from domain.people import Person
from domain.permissions import Permission
from messages import joining as texts
from messages.languages import choose
from messages.markup import Message
from services import admitting, applying, chat_notes, seats
from services.manage import get_managed
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background, Work
from storage import chat_people, chats, groups, outbox, people
from storage.chat_people import APPROVED, JoinRequest
from storage.chats import ChatLink

PAGE_SIZE = 10


# --- At the door -------------------------------------------------------------------------------


async def ask(work: Background, asked: JoinAsked) -> None:
    """Somebody wants to be let in: who belongs here is, anybody else becomes an applicant and hears so."""
    links = await chats.links_in(work.tx, asked.chat.id)
    if not links:
        return
    reader = await _meet(work, asked)
    await chat_people.ask(work.tx, JoinRequest(asked.chat.id, reader.id, asked.user_chat_id, work.now))
    circle = await chat_people.circle_of(work.tx, asked.chat.id, work.process.owner_ids)
    if circle.holds(reader.id):
        await admitting.answer_request(work.tx, asked.chat.id, reader.id, work.now, is_welcome=True)
    elif len(links) == 1:
        await _apply(work, asked, links[0], reader)
    else:
        await _answer(work, asked)  # which of the groups they mean, they say in the private chat


async def _meet(work: Background, asked: JoinAsked) -> Person:
    """Somebody new may come by the chat; they can be written to for good once they press Start."""
    known = await people.get(work.tx, asked.person_id)
    if known is None:
        known = Person(asked.person_id, asked.name, choose(asked.language, work.process.language))
        await people.add(work.tx, known, work.now)
    return known


async def _apply(work: Background, asked: JoinAsked, link: ChatLink, reader: Person) -> None:
    group = await groups.lock(work.tx, link.group_id)
    if group is None:
        return
    outcome = await applying.apply(work, group, reader.id, asked.bio)
    await _answer(work, asked)
    if not isinstance(outcome, Asked | AlreadyAsked | Waiting):
        await admitting.answer_request(work.tx, asked.chat.id, reader.id, work.now, is_welcome=False)


async def _answer(work: Background, asked: JoinAsked) -> None:
    """Owe the word at the door; it names no reader, as whoever never pressed Start can be written to all the same."""
    key = f"door:{asked.chat.id}:{asked.person_id}:{work.now.isoformat()}"
    refs = {"person": asked.person_id, "chat": asked.chat.id}
    await outbox.add(work.tx, [owe("door", key, work.now, chat_id=asked.user_chat_id, refs=refs)], work.now)


async def render_words(batch: Rendering) -> Rendered:
    """Word what is said at the door, by how things stand now."""
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        reader = await people.get(batch.tx, int(str(delivery.refs["person"])))
        links = await chats.links_in(batch.tx, int(str(delivery.refs["chat"])))
        found = [group for link in links if (group := await groups.get(batch.tx, link.group_id)) is not None]
        said = await _words(batch, found, reader) if reader and found else None
        rendered[delivery.id] = said or OUTDATED
    return rendered


async def _words(batch: Rendering, found: list[Group], reader: Person) -> Message | None:
    start_link = batch.process.start_link
    if len(found) > 1:
        return texts.which_group([(group, start_link(f"g_{group.id}")) for group in found], reader.language)
    group = found[0]
    standing = await applying.decide(Background(batch.tx, batch.now, batch.process), group, reader.id)
    link = start_link(f"g_{group.id}")
    return texts.at_the_door(group, standing, link, reader.language, is_heard=reader.can_be_written_to)


# --- Coming in and going -----------------------------------------------------------------------


async def note_move(work: Background, moved: PersonMoved) -> None:
    """Somebody came into a linked chat or left it: who leaves the chat of their group gives back the seat."""
    chat = await chats.get(work.tx, moved.chat.id)
    if chat is None or not await chats.links_in(work.tx, chat.id):
        return
    if moved.by_message and chat.standing is Standing.ADMINISTRATOR:
        return  # told as administrator, too, and better
    await chat_people.note_member(work.tx, moved.chat.id, moved.person_id, work.now, is_in=moved.is_in)
    if moved.is_in:
        await chat_people.answer(work.tx, moved.chat.id, moved.person_id, APPROVED)
    elif moved.was_in:
        await _left(work, moved)


async def _left(work: Background, moved: PersonMoved) -> None:
    circle = await chat_people.circle_of(work.tx, moved.chat.id, work.process.owner_ids)
    moment = work.now.isoformat()
    refs: dict[str, Any] = {"title": moved.chat.title, "person": moved.person_id}
    match decide_departure(circle, moved.person_id):
        case SeatGoes(group_id=group_id):
            await _free_seat(work, group_id, moved.person_id)
            await chat_notes.tell(work, group_id, "left_chat", moment, **refs)
            await _tell_leaver(work, group_id, moved.person_id)
        case SeatStays(group_ids=group_ids):
            for group_id in group_ids:
                await chat_notes.tell(work, group_id, "left_chat_only", moment, **refs)
        case NoSeat():
            pass
        case outcome:
            assert_never(outcome)


async def _free_seat(work: Background, group_id: int, person_id: int) -> None:
    group = await groups.lock(work.tx, group_id)
    if group is not None:
        await seats.give_back(work, group, person_id)


async def _tell_leaver(work: Background, group_id: int, person_id: int) -> None:
    key, refs = (
        f"chat:seat_gone:{group_id}:{person_id}:{work.now.isoformat()}",
        {"note": "seat_gone", "group": group_id},
    )
    note = owe("chat_note", key, work.now, chat_id=person_id, person_id=person_id, refs=refs)
    await outbox.add(work.tx, [note], work.now)


async def note_removed(work: Background, chat_id: int, person_id: int, *, is_done: bool) -> None:
    """We took somebody out of a chat, or were not allowed to."""
    if is_done:
        await admitting.open_door(work, chat_id, person_id)
        return
    chat = await chats.get(work.tx, chat_id)
    for link in await chats.links_in(work.tx, chat_id) if chat else ():
        title = chat.title if chat else ""
        await chat_notes.tell(work, link.group_id, "still_there", work.now.isoformat(), title=title, person=person_id)


# --- Who is there without belonging there -------------------------------------------------------


@dataclass(frozen=True)
class Outsiders:
    """A page of the names of those in a chat to whom it is not open; `count`: how many in all."""

    group: Group
    names: list[str]
    count: int
    page: ListPage


async def list_outsiders(work: Work, group_id: int, wished: int) -> Outsiders:
    """Who is in the chat of a group without a seat or a role in any group of that chat; nobody is removed unasked."""
    group = await get_managed(work, group_id, Permission.LINK_CHAT)
    link = await chats.link_of(work.tx, group.id)
    if link is None:
        raise NotFound
    names = await _outsiders(work, link.chat_id)
    page = page_at(wished, len(names), PAGE_SIZE)
    return Outsiders(group, names[page.part], len(names), page)


async def count_outsiders(work: Background, chat_id: int) -> int:
    """How many are in a chat without belonging there."""
    return len(await _outsiders(work, chat_id))


async def _outsiders(work: Background, chat_id: int) -> list[str]:
    circle = await chat_people.circle_of(work.tx, chat_id, work.process.owner_ids)
    there = [p for p in await chat_people.known_in(work.tx, chat_id) if not circle.holds(p)]
    known = await people.get_many(work.tx, there)
    strangers = len(there) - len(known)
    return sorted((person.name for person in known.values()), key=str.casefold) + [""] * strangers
