"""What the page lets a person do: one function per action, by the name it has in the address."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.page.reading import ReadMarks
from sandbox.page.views import Views, links_of
from sandbox.people import Person, PersonError
from sandbox.state import Chat, InlineQuery, Json, Message, User

KINDS = {"image/jpeg": "photo", "image/png": "photo", "audio/ogg": "voice", "video/mp4": "video"}


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
    upload: Upload | None = None

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

    @property
    def applicant(self) -> User:
        """The person who asks to join."""
        user = self.views.telegram.users.get(self.number("applicant") or 0)
        if user is None:
            raise PersonError("There is no such person.")
        return user

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


def start(deed: Deed) -> None:
    """Press Start."""
    deed.person.start(deed.text("payload"))


def send(deed: Deed) -> None:
    """Type a text."""
    deed.person.send(deed.text("text"), deed.chat, thread=deed.number("topic"), reply_to=deed.reply_to)


def send_file(deed: Deed) -> None:
    """Send a file; pictures, voices and films are sent as such."""
    if deed.upload is None:
        raise PersonError("There is no file in this request.")
    deed.person.send_file(
        deed.upload.name,
        deed.upload.data,
        deed.upload.mime,
        chat=deed.chat,
        caption=deed.text("caption") or None,
        kind=KINDS.get(deed.upload.mime or "", "document"),
        thread=deed.number("topic"),
        reply_to=deed.reply_to,
    )


def press(deed: Deed) -> None:
    """Press an inline button, named by its place: labels may be there twice."""
    deed.person.press(deed.message, (deed.number("row") or 0, deed.number("column") or 0))


def edit(deed: Deed) -> None:
    """Edit one's own message."""
    deed.person.edit(deed.message, deed.text("text"))


def delete(deed: Deed) -> None:
    """Delete a message for everybody."""
    deed.person.delete(deed.message)


def forward(deed: Deed) -> None:
    """Forward a message to the bot."""
    deed.person.forward(deed.message)


def join(deed: Deed) -> None:
    """Join a public chat, or use its link, which may only ask to join."""
    links = links_of(deed.chat)
    deed.person.join(deed.chat if deed.chat.username or not links else links[0])


def ask_to_join(deed: Deed) -> None:
    """Ask to join, with or without a link."""
    links = links_of(deed.chat)
    deed.person.ask_to_join(links[0] if links else deed.chat)


def leave(deed: Deed) -> None:
    """Leave a chat."""
    deed.person.leave(deed.chat)


def accept(deed: Deed) -> None:
    """Let in somebody who asked."""
    deed.person.accept(deed.chat, deed.applicant)


def decline(deed: Deed) -> None:
    """Decline somebody who asked."""
    deed.person.decline(deed.chat, deed.applicant)


def open_link(deed: Deed) -> Json:
    """Follow a t.me link; says which chat it led to, if any."""
    reached = deed.person.open_link(deed.text("url"))
    if reached is None:
        return {"chat": None}
    return {"chat": reached.id if isinstance(reached, Chat) else reached.chat.id}


def add_bot(deed: Deed) -> None:
    """Add the bot to a group, with the payload of the link that asked for it."""
    deed.person.add_bot(deed.chat, payload=deed.text("payload") or None)


def ask_inline(deed: Deed) -> Json:
    """Type `@bot words`; says under which id the bot will answer."""
    return {"query": deed.person.inline(deed.text("query")).id}


def offered(deed: Deed) -> Json:
    """Tell what the bot answered to an inline query; nothing while it has not."""
    results = _inline_query(deed).results or []
    return {"results": [{"title": result_title(each), "description": each.get("description", "")} for each in results]}


def choose(deed: Deed) -> None:
    """Send one of the offered results."""
    query, number = _inline_query(deed), deed.number("result") or 0
    if not 0 <= number < len(query.results or []):
        raise PersonError("The bot did not offer that.")
    deed.person.send_inline(query, number, deed.chat)


def _inline_query(deed: Deed) -> InlineQuery:
    query = deed.views.telegram.first_bot.inline_queries.get(deed.text("query"))
    if query is None or query.user is not deed.person.user:
        raise PersonError("This question to the bot is forgotten.")
    return query


def result_title(result: Json) -> str:
    """Return what a client shows of an inline result; most kinds have a title."""
    return str(result.get("title") or result["type"])


def mark_read(deed: Deed) -> None:
    """Note what the person has seen."""
    deed.read.mark(deed.person.user, deed.chat, deed.number("message") or 0)


ACTIONS: dict[str, Callable[[Deed], Json | None]] = {
    "start": start,
    "send": send,
    "file": send_file,
    "press": press,
    "edit": edit,
    "delete": delete,
    "forward": forward,
    "join": join,
    "ask": ask_to_join,
    "leave": leave,
    "accept": accept,
    "decline": decline,
    "block": lambda deed: deed.person.block_bot(),
    "unblock": lambda deed: deed.person.unblock_bot(),
    "open": open_link,
    "add-bot": add_bot,
    "remove-bot": lambda deed: deed.person.remove_bot(deed.chat),
    "promote-bot": lambda deed: deed.person.promote(deed.chat),
    "demote-bot": lambda deed: deed.person.demote(deed.chat),
    "inline": ask_inline,
    "offered": offered,
    "choose": choose,
    "read": mark_read,
}
