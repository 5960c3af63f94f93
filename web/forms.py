"""Reads what a form sends: fields and small files, never more than 1 MiB in all."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

from starlette.requests import Request

MOST_BYTES = 1024 * 1024
MOST_FIELDS = 20

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


class TooLarge(Exception):
    """The body has more than `MOST_BYTES`."""


class NotAForm(Exception):
    """The body is not what forms send."""


@dataclass(frozen=True)
class Form:
    """Texts by the names of their fields; files as (name, content)."""

    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.texts.get(name, "")

    def number(self, name: str) -> int:
        """A whole number; 0 for what is none."""
        text = self[name]
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else 0


async def read_form(request: Request) -> Form:
    """The form; raises TooLarge or NotAForm."""
    said = request.headers.get("Content-Type", "")
    kind = said.partition(";")[0].strip().lower()
    if kind not in {URLENCODED, MULTIPART}:
        raise NotAForm
    body = await read_body(request)
    # A whole megabyte takes a while, and reminders must not wait for it.
    return _fields(body) if kind == URLENCODED else await asyncio.to_thread(_parts, said, body)


async def read_body(request: Request) -> bytes:
    """The body as it comes, until it is too much."""
    declared = request.headers.get("Content-Length", "0")
    if declared.isdecimal() and int(declared) > MOST_BYTES:
        raise TooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise TooLarge
    return bytes(body)


def _fields(body: bytes) -> Form:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise NotAForm from error
    return Form(dict(pairs))


def _parts(content_type: str, body: bytes) -> Form:
    """Multipart is what mails are made of: the standard library reads it."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    if not message.is_multipart():
        raise NotAForm
    texts, files = {}, {}
    for part in list(message.iter_parts())[:MOST_FIELDS]:
        name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            raise NotAForm
        file_name = part.get_filename()
        if file_name is None:
            texts[name] = content.decode("utf-8", "replace")
        else:
            files[name] = (file_name, content)
    return Form(texts, files)
