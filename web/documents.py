"""What is sent: bytes made once, compressed once, and known by a tag."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property

HTML = "text/html; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"


@dataclass(frozen=True)
class Document:
    """`framed`: other sites may show it in a frame."""

    content: bytes
    media_type: str
    framed: bool = False

    @cached_property
    def tag(self) -> str:
        """A weak tag: it names the content, in whichever encoding it goes out."""
        return f'W/"{hashlib.sha256(self.content).hexdigest()[:32]}"'

    @cached_property
    def gzipped(self) -> bytes:
        """The content compressed; the same bytes each time."""
        return gzip.compress(self.content, 9, mtime=0)
