"""The files that all pages share. Their names hold a hash of the content: nobody has to ask for them twice."""

import hashlib
from collections.abc import Mapping
from importlib.resources import files

from web.documents import Document

_KINDS = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml", "png": "image/png"}


def _read() -> tuple[Mapping[str, str], Mapping[str, Document]]:
    names, documents = {}, {}
    for file in (files("web") / "static").iterdir():
        stem, _, ending = file.name.rpartition(".")
        if ending in _KINDS:
            content = file.read_bytes()
            names[file.name] = f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
            documents[names[file.name]] = Document(content, _KINDS[ending])
    return names, documents


NAMES, FILES = _read()
"""The name of each file in addresses, and what stands there."""
