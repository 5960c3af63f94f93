"""A programme file on its way from the browser: read, tried out, carried through the preview."""

import asyncio
import base64
import binascii
import zlib

import yaml

from domain.programme import Programme, ProgrammeError
from programme.reading import parse
from services import programme as programmes
from services.programme import Applied
from services.work import Work
from web.forms import MOST_BYTES, Form, NotAForm


class Tried(Exception):
    """No error: it ends the transaction in which a file was tried out. `applied`: what would have changed."""

    def __init__(self, applied: Applied) -> None:
        super().__init__(applied)
        self.applied = applied


async def read_upload(name: str, content: bytes) -> Programme:
    """The programme in a file; raises ProgrammeError. In a thread: a large file takes seconds."""
    return await asyncio.to_thread(_read, name, content)


def _read(name: str, content: bytes) -> Programme:
    try:
        if not name.lower().endswith(".csv") and _uses_aliases(content):
            raise ProgrammeError([f"{name} repeats parts by *names, which files from the browser must not"])
        return parse(name, content)
    except RecursionError:
        raise ProgrammeError([f"{name} is nested too deeply"]) from None


def _uses_aliases(content: bytes) -> bool:
    """A few lines of YAML with aliases can stand for more than fits into any machine."""
    try:
        return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(content, Loader=yaml.SafeLoader))
    except (yaml.YAMLError, ValueError):
        return False  # the reader says what is wrong with it


async def try_out(work: Work, programme: Programme) -> None:
    """Raise Tried with what would change, so that nothing does; or ProgrammeError."""
    raise Tried(await programmes.take_over(work, programme))


def pack(content: bytes) -> str:
    """The file as a field of the form that confirms it."""
    return base64.b64encode(zlib.compress(content, 9)).decode()


def unpack(form: Form) -> bytes:
    """The file out of that field; raises NotAForm for what `pack` has not made of a file of that size."""
    try:
        reader = zlib.decompressobj()
        content = reader.decompress(base64.b64decode(form["content"], validate=True), MOST_BYTES)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise NotAForm from error
    if reader.unconsumed_tail or not reader.eof:
        raise NotAForm
    return content
