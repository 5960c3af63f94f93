"""Files that were sent: what they hold, and the ids by which bots speak of them."""

import base64
import hashlib
import mimetypes
from dataclasses import dataclass

from sandbox.state import Json, StoredFile

MOST_DOWNLOADED = 20 * 1024 * 1024
"""A bot can download files up to 20 MB: core.telegram.org/bots/api#getfile."""
MOST_UPLOADED = 50 * 1024 * 1024
"""A bot can send files up to 50 MB: core.telegram.org/bots/api#sending-files."""
_PREFIXES = {
    "photo": "AgACAgIAAxkB",
    "document": "BQACAgIAAxkB",
    "video": "BAACAgIAAxkB",
    "voice": "AwACAgIAAxkB",
    "audio": "CQACAgIAAxkB",
    "animation": "CgACAgIAAxkB",
    "sticker": "CAACAgIAAxkB",
    "video_note": "DQACAgIAAxkB",
}
_FOLDERS = {"photo": "photos", "voice": "voice", "audio": "music", "video": "videos", "sticker": "stickers"}


@dataclass(frozen=True)
class Upload:
    """A file as it arrived; `size` may be larger than what `data` holds, for invented files."""

    name: str
    data: bytes
    mime: str | None = None
    size: int | None = None


class FileShelf:
    """All files by file_id."""

    def __init__(self) -> None:
        self.by_id: dict[str, StoredFile] = {}
        self.by_path: dict[str, StoredFile] = {}

    def store(self, upload: Upload, kind: str) -> StoredFile:
        """Keep an upload as a file of this kind (photo, document, …)."""
        number = len(self.by_id) + 1
        digest = hashlib.sha256(f"{kind}{number}".encode()).digest()
        file_id = _PREFIXES[kind] + base64.urlsafe_b64encode(digest + number.to_bytes(6, "big")).decode().rstrip("=")
        suffix = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
        stored = StoredFile(
            file_id=file_id,
            unique_id="Ag" + base64.urlsafe_b64encode(digest[:12]).decode(),
            kind=kind,
            path=f"{_FOLDERS.get(kind, 'documents')}/file_{number}.{_safe(suffix)}",
            size=len(upload.data) if upload.size is None else upload.size,
            data=upload.data,
            name=upload.name,
            mime=upload.mime or mimetypes.guess_type(upload.name)[0] or "application/octet-stream",
        )
        self.by_id[file_id] = stored
        self.by_path[stored.path] = stored
        return stored


def _safe(suffix: str) -> str:
    return suffix.lower() if suffix.isascii() and suffix.isalnum() and len(suffix) < 8 else "bin"


def file_content(stored: StoredFile) -> Json:
    """Return the field of a message that shows this file: {"document": {…}}, {"photo": [{…}]} …"""
    base: Json = {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": stored.size}
    named: Json = {"mime_type": stored.mime}
    if stored.name:
        named["file_name"] = stored.name
    match stored.kind:
        case "photo":
            return {"photo": [base | {"width": 90, "height": 60}, base | {"width": 1280, "height": 853}]}
        case "voice":
            return {"voice": base | {"duration": 4, "mime_type": stored.mime}}
        case "audio":
            return {"audio": base | named | {"duration": 60}}
        case "video":
            return {"video": base | named | {"width": 1280, "height": 720, "duration": 10}}
        case "video_note":
            return {"video_note": base | {"length": 240, "duration": 10}}
        case "animation":
            animation = base | named | {"width": 320, "height": 240, "duration": 3}
            return {"animation": animation, "document": base | named}
        case "sticker":
            shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return {"sticker": base | shape | {"emoji": "🙂"}}
        case _:
            return {"document": base | named}
