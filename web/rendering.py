"""Fills the templates. Every value is escaped, and a name that is not there is an error instead of a gap."""

import re

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from domain.pages import is_web_address
from messages.markup import Html
from web.documents import HTML, Document

_DIRECTING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_ADDRESS = re.compile(
    r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]|(?<![\w.+:/@-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
)
"""An address of the web, or of somebody's mail."""


def render(template: str, *, framed: bool = False, **values: object) -> Document:
    """A page from a template of `web/templates`."""
    return Document(_TEMPLATES.get_template(template).render(values).encode(), HTML, framed)


def qr_code(address: str) -> Markup:
    """The address as a QR code, in SVG that stands in the page itself."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None))  # noqa: S704 - made of numbers


def linked(text: str) -> Markup:
    """Plain text with its line breaks, in which addresses of the web and of mail can be followed."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        parts += [_lines(text[end : found.start()]), _link(found[0])]
        end = found.end()
    return Markup("").join([*parts, _lines(text[end:])])


def _lines(text: str) -> Markup:
    return Markup("<br>\n").join(escape(line) for line in text.split("\n"))


def _link(address: str) -> Markup:
    if "://" not in address:
        return Markup('<a href="mailto:{0}">{0}</a>').format(address)
    if not is_web_address(address):
        return escape(address)
    return Markup('<a href="{0}" rel="noopener">{0}</a>').format(address)


def isolated(text: str) -> str:
    """The text so that what it says about its direction ends with it; where no element can see to that."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if _DIRECTING.search(text) else text


def said_on_telegram(html: Html) -> Markup:
    """What the chat says, with its bold and italic words; every value in it is escaped already."""
    return Markup(html)  # noqa: S704 - only `messages.markup` makes such texts


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["isolated"] = isolated
    made.filters["linked"] = linked
    made.filters["telegram"] = said_on_telegram
    made.filters["qr"] = qr_code
    return made


_TEMPLATES = _environment()
