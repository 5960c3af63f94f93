"""Writes down what people do and see, person by person, in the words of their language.

    Anna > …   does something          Anna < …   a new message
    Anna ~ …   a message has changed   Anna ! …   a short notice over the screen
    Anna x     a message is gone

Buttons stand in brackets below their message; those that open an address end in ↗.
"""

from datetime import datetime, timedelta

from domain.permissions import Role
from messages.languages import speaker
from sandbox.state import Message
from tests.chat.world import Chat, Visitor


class Transcript:
    """The record of one journey; everybody in it speaks the same language."""

    def __init__(self, chat: Chat, language: str) -> None:
        self.chat = chat
        self.language = language
        self.say = speaker(language)
        self.people: list[Recorded] = []
        self._lines: list[str] = []

    def __str__(self) -> str:
        return "\n".join(self._lines).strip() + "\n"

    async def person(self, name: str) -> "Recorded":
        """Somebody who has not pressed Start yet."""
        visitor = await self.chat.person(name, self.language, starts=False)
        self.people.append(Recorded(self, name, visitor))
        return self.people[-1]

    async def started(self, name: str, role: Role | None = None, group: int | None = None) -> "Recorded":
        """Somebody who has pressed Start, perhaps with a role; the greeting is not recorded again."""
        person = await self.person(name)
        await person.visitor.starts()
        if role is Role.MEMBER and group is not None:
            await self.chat.takes_seat(person.visitor, group)
        elif role is not None:
            await self.chat._with_role(person.visitor, role, group)
        person.screens = person.now()
        return person

    async def time_goes_to(self, moment: datetime) -> None:
        await self.chat.time_goes_to(moment)
        self.write("", f"— {moment:%Y-%m-%d %H:%M} UTC —")
        self.look()

    async def time_passes(self, *, minutes: int) -> None:
        await self.time_goes_to(self.chat.clock.now().replace(second=0, microsecond=0) + timedelta(minutes=minutes))

    def write(self, *lines: str) -> None:
        self._lines.extend(lines)

    def look(self) -> None:
        """Write down what has changed on everybody's screen."""
        for person in self.people:
            self.write(*person.news())


class Recorded:
    """A person whose doings and screens are written down."""

    def __init__(self, transcript: Transcript, name: str, visitor: Visitor) -> None:
        self.transcript = transcript
        self.name = name
        self.visitor = visitor
        self.screens: dict[int, str] = {}
        self._toasts = 0

    async def starts(self, payload: str = "") -> None:
        self._does(f"/start {payload}".strip())
        await self.visitor.starts(payload)
        self.transcript.look()

    async def sends(self, text: str) -> None:
        self._does(text)
        await self.visitor.sends(text)
        self.transcript.look()

    async def sends_file(self, name: str, size: int = 1000) -> None:
        self._does(f"📎 {name}, {size} B")
        await self.visitor.sends_file(name, size)
        self.transcript.look()

    async def presses(self, label: str, **values: object) -> None:
        """Press the newest button with this label, given in English as the code says it."""
        await self.presses_labelled(self.transcript.say.plain(label, **values))

    async def presses_labelled(self, label: str) -> None:
        """Press a button whose label is data, or depends on a number."""
        self._does(f"[{label}]")
        await self.visitor.presses(label)
        self.transcript.look()

    async def forges(self, data: str) -> None:
        """Press a button that is not there any more."""
        self._does(f"[{data}]")
        await self.visitor.forges(data)
        self.transcript.look()

    def _does(self, what: str) -> None:
        self.transcript.write("", *_indented(f"{self.name} > ", what))

    def now(self) -> dict[int, str]:
        """What stands on the screen, by message."""
        return {message.message_id: _shown(message) for message in self.visitor.messages}

    def news(self) -> list[str]:
        before, self.screens = self.screens, self.now()
        lines = [f"{self.name} x" for number in before if number not in self.screens]
        for number, text in self.screens.items():
            if before.get(number) != text:
                lines += _indented(f"{self.name} {'~' if number in before else '<'} ", text)
        toasts = self.visitor.toasts[self._toasts :]
        self._toasts += len(toasts)
        return [*lines, *(f"{self.name} ! {toast}" for toast in toasts if toast)]


def _shown(message: Message) -> str:
    rows = [" ".join(f"[{b['text']}{' ↗' if 'url' in b else ''}]" for b in row) for row in message.keyboard]
    file = message.content.get("document", {}).get("file_name")
    return "\n".join([*([f"📎 {file}"] if file else []), message.text, *rows])


def _indented(head: str, text: str) -> list[str]:
    first, *others = text.split("\n")
    return [head + first, *(f"{' ' * len(head)}{line}".rstrip() for line in others)]
