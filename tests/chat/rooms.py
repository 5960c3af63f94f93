"""Telegram's group chats as conversations need them: who is in them, what the bot wrote there, how they are linked."""

import re
from typing import Any

from sandbox.state import Call, CallbackQuery, Message, Topic
from sandbox.state import Chat as GroupChat
from tests.chat.world import Chat, Visitor


class Room:
    """A group chat that somebody founded."""

    def __init__(self, world: Chat, chat: GroupChat, founder: Visitor) -> None:
        self.world = world
        self.chat = chat
        self.founder = founder

    @property
    def id(self) -> int:
        return self.chat.id

    async def says(self, visitor: Visitor, text: str, *, topic: Topic | None = None) -> list[Message]:
        """Somebody writes; returns what the bot wrote then."""
        before = {m.message_id for m in self.posts}
        visitor.client.send(text, self.chat, thread=topic)
        await self.world.settles()
        return [m for m in self.posts if m.message_id not in before]

    async def presses(self, visitor: Visitor, label: str, on: Message) -> CallbackQuery:
        query = visitor.client.press(on, label)
        await self.world.settles()
        return query

    @property
    def posts(self) -> list[Message]:
        """What the bot wrote and is still there; no service messages."""
        return [m for m in self.chat if m.author is self.world.telegram.first_bot.user and not m.is_service]

    @property
    def texts(self) -> list[str]:
        return [m.text for m in self.posts]

    @property
    def pinned(self) -> list[Message]:
        return [self.chat.messages[number] for number in self.chat.pinned]

    @property
    def people(self) -> list[str]:
        """First names of those who are in it, the bot left out."""
        return sorted(m.user.first_name for m in self.chat.members.values() if m.is_in and not m.user.is_bot)

    @property
    def has_bot(self) -> bool:
        member = self.chat.member(self.world.telegram.first_bot.id)
        return member is not None and member.is_in

    def calls(self, method: str) -> list[Call]:
        """What the bot asked of Telegram here, oldest first."""
        return [c for c in self.world.telegram.calls if c.method == method and c.params.get("chat_id") == self.id]


async def found(chat: Chat, founder: Visitor, title: str = "Climate", *, bot: bool = True, **options: Any) -> Room:
    """A group chat with the bot as administrator, not linked yet; `bot=False`: without it."""
    room = Room(chat, chat.telegram.add_group(title, owner=founder.client.user, **options), founder)
    if bot:
        founder.client.add_bot(room.chat)
        founder.client.promote(room.chat)
        await chat.settles()
    return room


async def code_from(coordinator: Visitor) -> str:
    """The one-time code out of `/manage`, section *Group chat*."""
    await coordinator.sends("/manage")
    await coordinator.presses("Group chat")
    label = "Link a chat" if ["Link a chat"] in coordinator.screen.labels else "Link another chat"
    await coordinator.presses(label)
    match = re.search(r"/link (\S+)", coordinator.screen.text)
    assert match
    return match[1]


async def link(coordinator: Visitor, room: Room, *, topic: Topic | None = None) -> None:
    """The founder brings the coordinator's code into the chat; afterwards everybody has read everything."""
    await room.says(room.founder, f"/link {await code_from(coordinator)}", topic=topic)
    coordinator.looks()
    room.founder.looks()


async def linked(chat: Chat, coordinator: Visitor, title: str = "Climate", **options: Any) -> Room:
    """A group chat founded by the coordinator of a group and linked to it."""
    room = await found(chat, coordinator, title, **options)
    await link(coordinator, room)
    return room
