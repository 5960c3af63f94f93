"""Publishing: the outlets in which a result or a webinar appears, and how far each of them is."""

from dataclasses import dataclass
from enum import StrEnum

from domain.results import FileKind, Result, ResultState

MOST_FILE = 20 * 1024 * 1024
"""Bytes of the largest file that the Bot API hands out."""

MOST_STEM, MOST_ENDING = 100, 10
"""Characters of the name of a file, before and after its last dot."""


class Outlet(StrEnum):
    """Where something is published."""

    PAGE = "page"
    FILE = "file"
    CHANNEL = "channel"
    HOMEPAGE = "homepage"


class Progress(StrEnum):
    """How far an outlet is with the newest state."""

    OWED = "owed"
    DONE = "done"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    MISSING = "missing"
    NOT_SET = "not_set"


@dataclass(frozen=True)
class Standing:
    """One outlet of one result. `reason`: why it failed, in the words of who refused."""

    outlet: Outlet
    progress: Progress
    reason: str = ""

    @property
    def can_be_tried(self) -> bool:
        """Whether *Try again* makes sense."""
        return self.progress in {Progress.FAILED, Progress.MISSING}


def mark_of(result: Result) -> str:
    """Names what everybody sees of a result: as long as it stays the same, nothing has to follow."""
    return f"{result.state.value}:{result.version}"


def is_out(result: Result) -> bool:
    """Whether it is in public now."""
    return result.state is ResultState.PUBLISHED


def subject_of(result_id: int) -> str:
    """What a result is called among the subjects of cards."""
    return f"result:{result_id}"


def post_of(result_id: int) -> str:
    """What its post in the channel is called there."""
    return f"post:{result_id}"


def announcement_of(webinar_id: int) -> str:
    """What the post of a webinar is called there."""
    return f"announcement:{webinar_id}"


class Form(StrEnum):
    """What a post is to Telegram. One with a file becomes another with a file, never a mere text again."""

    TEXT = "text"
    DOCUMENT = "document"
    PHOTO = "photo"

    @property
    def has_file(self) -> bool:
        """Whether the post carries a file."""
        return self is not Form.TEXT


def form_of(result: Result) -> Form:
    """The form in which a result is posted now: what is withdrawn is only told of."""
    if not is_out(result) or result.file_id is None:
        return Form.TEXT
    return Form.PHOTO if result.file_kind is FileKind.PHOTO else Form.DOCUMENT


def must_go(shown: Form | None, wanted: Form) -> bool:
    """Whether the message that stands there has to be deleted, because it cannot become what is wanted."""
    return shown is not None and shown.has_file and not wanted.has_file


def second_language(first: str, written_in: str, spoken: frozenset[str]) -> str | None:
    """In which language a post repeats its frame, where what it is about is not in the first one."""
    return written_in if written_in != first and written_in in spoken else None


MEDIA_TYPES = {
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "txt": "text/plain",
}
"""By the ending of the name; the content is never looked at."""

UNKNOWN_TYPE = "application/octet-stream"


def media_type_of(name: str) -> str:
    """As what a file is handed out."""
    return MEDIA_TYPES.get(name.rpartition(".")[2].lower(), UNKNOWN_TYPE)


def shown_name_of(name: str) -> str:
    """What a file is called when somebody saves it: a name, no path, nothing that turns the direction of reading."""
    kept = "".join(c for c in name if c.isprintable() and c not in '/\\:*?"<>|').strip(". ")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:MOST_STEM]}{dot}{ending[:MOST_ENDING]}" if stem else (ending[:MOST_STEM] or "file")
