"""What those who run a group see of its chat; where a code was shown, it takes its place once the chat is linked."""

from domain.chats import Topic
from domain.groups import Group
from domain.people import Person
from domain.permissions import Permission, Target, can
from messages import chats as texts
from messages.markup import Message
from services import cards, joining
from services.manage import get_managed
from services.rendering import Rendering
from services.work import Background, Work
from storage import cards as stored_cards
from storage import chats, groups, people


def subject_of(group_id: int) -> str:
    """The name of a group's chat among the subjects of cards."""
    return f"group_chat:{group_id}"


async def open_(work: Work, group_id: int) -> Message:
    """The section for this person, in place of whatever the message showed."""
    group = await get_managed(work, group_id, Permission.LINK_CHAT)
    await leave(work, group.id)
    return await _show(work, group, work.language)


async def _show(work: Background, group: Group, language: str) -> Message:
    link = await chats.link_of(work.tx, group.id)
    chat = await chats.get(work.tx, link.chat_id) if link else None
    if link is None or chat is None:
        return texts.no_chat(group, language)
    outsiders = await joining.count_outsiders(work, chat.id)
    is_topic = link.thread_id is not None
    return texts.section(texts.Shown(group, chat, Topic(link.topic), is_topic, link.language, outsiders), language)


async def refresh(work: Background, group_id: int) -> None:
    """Where the code was shown that is used up now, the section is shown."""
    await cards.refresh(work.tx, subject_of(group_id), work.now)


async def refresh_in(work: Background, chat_id: int) -> None:
    """The same for every group of a chat of which more is known by now."""
    for link in await chats.links_in(work.tx, chat_id):
        await refresh(work, link.group_id)


async def leave(work: Work, group_id: int) -> None:
    """The message is about to show something else: it is no card of the chat any more."""
    await stored_cards.forget(work.tx, work.person.id, subject_of(group_id))


async def render_card(batch: Rendering, group_id: int, reader: Person) -> Message | None:
    """The section for one reader; None for who may not see it any more."""
    actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
    group = await groups.get(batch.tx, group_id)
    if group is None or not can(actor, Permission.LINK_CHAT, Target(group_id=group.id)):
        return None
    return await _show(Background(batch.tx, batch.now, batch.process), group, reader.language)
