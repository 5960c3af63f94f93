"""How far each person has read each chat, as far as the page knows: unread badges come from it."""

from itertools import takewhile

from sandbox.state import Chat, Message, User

MOST_COUNTED = 100


class ReadMarks:
    """The last message a person has seen, by person and chat."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], int] = {}

    def mark(self, reader: User, chat: Chat, message_id: int) -> None:
        """Note that everything up to this message was seen; marks only move forward."""
        key = (reader.id, chat.id)
        self._seen[key] = max(message_id, self._seen.get(key, 0))

    def unread(self, reader: User, chat: Chat) -> int:
        """Count what others said since, up to 100, which is enough for a badge."""
        seen = self._seen.get((reader.id, chat.id), 0)
        newer = takewhile(lambda message: message.message_id > seen, reversed(chat.messages.values()))
        return sum(1 for message, _ in zip(newer, range(MOST_COUNTED), strict=False) if counts(message, reader))


def counts(message: Message, reader: User) -> bool:
    """Whether a message makes a chat unread: somebody else said something."""
    return not message.deleted and not message.is_service and message.sender is not reader
