"""One action of the page: who does it, where, and with what."""

from dataclasses import dataclass

from sandbox.page.reading import ReadMarks
from sandbox.page.views import GENERAL, Views
from sandbox.people import Person, PersonError
from sandbox.state import Chat, Json, Message, Topic, User

MOST_NAME = 128
"""Titles of chats and names of topics: core.telegram.org/bots/api#setchattitle, #createforumtopic."""


@dataclass(frozen=True)
class Upload:
    """A file as it came with the request."""

    name: str
    mime: str | None
    data: bytes


@dataclass(frozen=True)
class Deed:
    """One action: who does it, and the fields the page sent."""

    person: Person
    views: Views
    read: ReadMarks
    fields: Json
    uploads: tuple[Upload, ...] = ()

    @property
    def chat(self) -> Chat:
        """The chat it happens in; without one, the private chat with the bot."""
        chat_id = self.number("chat") or self.person.user.id
        chat = self.views.find_chat(self.person.user, chat_id)
        if chat is None:
            raise PersonError("This person does not know that chat.")
        return chat

    @property
    def message(self) -> Message:
        """The message it is about."""
        message = self.chat.messages.get(self.number("message") or 0)
        if message is None or message.deleted:
            raise PersonError("That message is not there any more.")
        return message

    def user(self, name: str) -> User:
        """The account that a field names by its id."""
        user = self.views.telegram.users.get(self.number(name) or 0)
        if user is None:
            raise PersonError("There is no such person.")
        return user

    @property
    def thread(self) -> int | None:
        """The topic to write in; the general one has no id, and the page calls it 1."""
        topic = self.number("topic")
        return None if topic == GENERAL else topic

    @property
    def topic(self) -> Topic | None:
        """The topic that something is done to; None is the general one."""
        if self.thread is None:
            return None
        topic = self.chat.topics.get(self.thread)
        if topic is None:
            raise PersonError("That topic is not there any more.")
        return topic

    @property
    def reply_to(self) -> Message | None:
        """The message it answers."""
        return self.chat.messages.get(self.number("reply_to") or 0)

    def number(self, name: str) -> int | None:
        """Return a whole number, which forms send as text."""
        value = self.fields.get(name)
        if value is None or value == "":
            return None
        try:
            return int(str(value))
        except ValueError:
            raise PersonError(f"“{name}” should be a whole number.") from None

    def text(self, name: str) -> str:
        """Return a text; empty when it is missing."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    def named(self, name: str, what: str, longest: int = MOST_NAME) -> str:
        """Return a name somebody gives; PersonError when it is empty or too long."""
        value = " ".join(self.text(name).split())
        if not value:
            raise PersonError(f"{what} needs a name.")
        if len(value) > longest:
            raise PersonError(f"{what} has a name of at most {longest} characters.")
        return value

    def flag(self, name: str) -> bool:
        """Whether something is switched on."""
        return self.fields.get(name) in {True, "true"}

    def rights(self) -> dict[str, bool]:
        """Return the rights that are ticked; {} when the request is silent about them."""
        ticked = self.fields.get("rights")
        return dict.fromkeys(map(str, ticked), True) if isinstance(ticked, list) else {}
