"""Where something is asked or shown: in private, or in a group chat or one of its topics."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """`chat_id` None: the private chat of whoever asks. `group_ids`: the working groups linked right here.

    `title`: of the chat. `language`: what the bot speaks there, None where no group is linked.
    """

    chat_id: int | None = None
    thread_id: int | None = None
    group_ids: tuple[int, ...] = ()
    title: str = ""
    is_forum: bool = False
    language: str | None = None

    @property
    def is_private(self) -> bool:
        """Whether only one person reads it."""
        return self.chat_id is None


PRIVATE = Place()


class SharedZone(str):
    """A zone shown to many at once: where it says a time, each reader's own client shows theirs."""

    __slots__ = ()
