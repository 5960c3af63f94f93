"""What people's messages hold: the Bot API's fields for a text, a file, a place, a poll."""

from collections.abc import Sequence

from sandbox.client import PersonError
from sandbox.entities import format_text, is_blank, utf16_length
from sandbox.files import FileShelf, Upload, file_content
from sandbox.methods.sending import MOST_TEXT
from sandbox.state import Json

_OTHER: dict[str, Json] = {
    "location": {"latitude": 52.52, "longitude": 13.405},
    "contact": {"phone_number": "+49301234567", "first_name": "Somebody"},
    "dice": {"emoji": "🎲", "value": 3},
    "venue": {"location": {"latitude": 52.5, "longitude": 13.4}, "title": "Hall", "address": "Square 1"},
}


def text_content(text: str, entities: Sequence[Json] | None = None) -> Json:
    """Return the content of a text that somebody typed; what a client would not send is a PersonError."""
    read = format_text(text, None, entities or ())
    if is_blank(read.text):
        raise PersonError("there is nothing to send")
    if (length := utf16_length(read.text)) > MOST_TEXT:
        raise PersonError(f"too long for one message: {length} of {MOST_TEXT} characters")
    return {"text": read.text} | ({"entities": read.entities} if read.entities else {})


def caption_content(caption: str | None) -> Json:
    """Return the caption of a file as fields of its message."""
    if not caption:
        return {}
    read = format_text(caption)
    return {"caption": read.text} | ({"caption_entities": read.entities} if read.entities else {})


def upload_content(shelf: FileShelf, upload: Upload, kind: str, caption: str | None) -> Json:
    """Store a file and return the content of its message."""
    return file_content(shelf.store(upload, kind)) | caption_content(caption)


def other_content(kind: str, number: int) -> Json:
    """Return a location, contact, dice, venue or poll; `number` makes a poll different from others."""
    if kind != "poll":
        return {kind: dict(_OTHER[kind])}
    options = [{"text": each, "voter_count": 0, "persistent_id": each} for each in ("Yes", "No")]
    flags: Json = {"is_closed": False, "is_anonymous": True, "allows_multiple_answers": False}
    poll = {"id": str(number), "question": "Shall we?", "options": options, "total_voter_count": 0}
    return {"poll": poll | flags | {"type": "regular", "allows_revoting": False, "members_only": False}}
