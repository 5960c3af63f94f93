"""What the page lets a person do: one function per action, by the name it has in the address."""

from collections.abc import Callable

from sandbox.page import groups
from sandbox.page.deed import Deed, Upload
from sandbox.people import PersonError
from sandbox.state import Chat, InlineQuery, Json

KINDS = {"image/jpeg": "photo", "image/png": "photo", "audio/ogg": "voice", "video/mp4": "video"}
MOST_IN_ALBUM = 10


def start(deed: Deed) -> None:
    """Press Start."""
    deed.person.start(deed.text("payload"))


def send(deed: Deed) -> None:
    """Type a text, as oneself or, as an admin, in the name of the group."""
    if deed.flag("anonymous"):
        deed.person.send_anonymously(deed.chat, deed.text("text"), thread=deed.thread)
    else:
        deed.person.send(deed.text("text"), deed.chat, thread=deed.thread, reply_to=deed.reply_to)


def send_file(deed: Deed) -> None:
    """Send a file, or several as an album; pictures, voices and films are sent as such."""
    if not deed.uploads:
        raise PersonError("There is no file in this request.")
    if len(deed.uploads) > 1:
        _send_album(deed)
        return
    upload = deed.uploads[0]
    deed.person.send_file(
        upload.name,
        upload.data,
        upload.mime,
        chat=deed.chat,
        caption=deed.text("caption") or None,
        kind=_kind(upload),
        thread=deed.thread,
        reply_to=deed.reply_to,
    )


def _kind(upload: Upload) -> str:
    return KINDS.get(upload.mime or "", "document")


def _send_album(deed: Deed) -> None:
    if len(deed.uploads) > MOST_IN_ALBUM:
        raise PersonError(f"An album has at most {MOST_IN_ALBUM} files.")
    # An album is of one kind; whatever is mixed goes as documents.
    kinds = {_kind(upload) for upload in deed.uploads}
    files = [(upload.name, upload.data) for upload in deed.uploads]
    kind = "photo" if kinds == {"photo"} else "document"
    deed.person.send_album(files, kind=kind, caption=deed.text("caption") or None, chat=deed.chat, thread=deed.thread)


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


def open_link(deed: Deed) -> Json:
    """Follow a t.me link; says which chat it led to, if any."""
    reached = deed.person.open_link(deed.text("url"))
    if reached is None:
        return {"chat": None}
    return {"chat": reached.id if isinstance(reached, Chat) else reached.chat.id}


def ask_inline(deed: Deed) -> Json:
    """Type `@bot words`; says under which id the bot will answer."""
    return {"query": deed.person.inline(deed.text("query")).id}


def offered(deed: Deed) -> Json:
    """Tell what the bot answered to an inline query; nothing while it has not."""
    query = _inline_query(deed)
    answer = query.answer or {}
    shown = [{"title": result_title(each), "description": each.get("description", "")} for each in query.results or []]
    return {
        "results": shown,
        "button": answer.get("button", {}).get("text"),
        "more": bool(answer.get("next_offset")),
    }


def scroll(deed: Deed) -> Json:
    """Ask for what comes after the offered results; says under which id the bot will answer."""
    return {"query": deed.person.scroll(_inline_query(deed)).id}


def leave_inline(deed: Deed) -> None:
    """Press the button above the offered results, which leads to the bot itself."""
    deed.person.leave_inline(_inline_query(deed))


def write_inline(deed: Deed) -> Json:
    """Press a button that leads to an inline query; says what is written then."""
    query = deed.person.switch_inline(deed.message, (deed.number("row") or 0, deed.number("column") or 0))
    return {"text": f"@{deed.views.telegram.first_bot.username} {query}"}


def choose(deed: Deed) -> None:
    """Send one of the offered results."""
    query, number = _inline_query(deed), deed.number("result") or 0
    if not 0 <= number < len(query.results or []):
        raise PersonError("The bot did not offer that.")
    deed.person.send_inline(query, number, deed.chat, thread=deed.thread)


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
    "block": lambda deed: deed.person.block_bot(),
    "unblock": lambda deed: deed.person.unblock_bot(),
    "open": open_link,
    "inline": ask_inline,
    "offered": offered,
    "choose": choose,
    "scroll": scroll,
    "leave-inline": leave_inline,
    "write-inline": write_inline,
    "read": mark_read,
    **groups.ACTIONS,
}
