"""Files: sending them by file_id or upload, albums, looking them up for download; places, contacts, polls, dice."""

from collections.abc import Callable

from sandbox.errors import bad_request
from sandbox.files import MOST_DOWNLOADED, MOST_UPLOADED, file_content
from sandbox.methods.request import Method, Request
from sandbox.methods.sending import caption_content, deliver, find_file
from sandbox.objects import message_json
from sandbox.state import Json


def _send(kind: str) -> Callable[[Request], Json]:
    def send(request: Request) -> Json:
        chat = request.chat()
        stored = find_file(request, request.get(kind), kind)
        if stored.size > MOST_UPLOADED:
            raise bad_request("file is too big")
        content = file_content(stored) | caption_content(request, request.params)
        return message_json(deliver(request, chat, content))

    return send


def send_media_group(request: Request) -> list[Json]:
    """Album of 2 to 10 files."""
    chat = request.chat()
    items: list[Json] = request.get("media") or []
    if not 2 <= len(items) <= 10:
        raise bad_request("group of media must include 2-10 items")
    kinds = {str(item["type"]) for item in items}
    if len(kinds) > 1 and kinds & {"document", "audio"}:
        raise bad_request("document and audio can't be mixed with other media types")
    contents = [media_content(request, item) for item in items]
    extra = {"media_group_id": str(request.telegram.number("album", 13_900_000_000_000_001))}
    return [message_json(deliver(request, chat, content, extra=extra)) for content in contents]


def media_content(request: Request, item: Json) -> Json:
    """Return the content of a message from an InputMedia."""
    stored = find_file(request, item.get("media"), str(item["type"]))
    return file_content(stored) | caption_content(request, item)


def get_file(request: Request) -> Json:
    """File: where a file can be fetched for an hour."""
    stored = request.telegram.files.by_id.get(request.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.gone:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > MOST_DOWNLOADED:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


def _fields(request: Request, names: str) -> Json:
    return {name: request.get(name) for name in names.split() if request.get(name) is not None}


def send_location(request: Request) -> Json:
    """Place on the map."""
    fields = _fields(request, "latitude longitude horizontal_accuracy live_period heading")
    return message_json(deliver(request, request.chat(), {"location": fields}))


def send_venue(request: Request) -> Json:
    """Place with a name and an address."""
    location = _fields(request, "latitude longitude")
    venue = {"location": location} | _fields(request, "title address")
    return message_json(deliver(request, request.chat(), {"venue": venue, "location": location}))


def send_contact(request: Request) -> Json:
    """Telephone number with a name."""
    contact = _fields(request, "phone_number first_name last_name vcard")
    return message_json(deliver(request, request.chat(), {"contact": contact}))


def send_dice(request: Request) -> Json:
    """Die; the sandbox always throws a four."""
    dice = {"emoji": request.text("emoji") or "🎲", "value": 4}
    return message_json(deliver(request, request.chat(), {"dice": dice}))


METHODS: dict[str, Method] = {
    "sendDocument": _send("document"),
    "sendPhoto": _send("photo"),
    "sendVideo": _send("video"),
    "sendAudio": _send("audio"),
    "sendVoice": _send("voice"),
    "sendAnimation": _send("animation"),
    "sendVideoNote": _send("video_note"),
    "sendSticker": _send("sticker"),
    "sendMediaGroup": send_media_group,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendDice": send_dice,
    "getFile": get_file,
}
