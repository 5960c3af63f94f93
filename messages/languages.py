"""The languages the bot speaks, and how a text is said in one of them.

To add a language: a catalogue `locales/CODE.po` and a line in `LANGUAGES`.
"""

from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from messages.markup import Html, render

LANGUAGES: Mapping[str, tuple[str, str]] = {
    "en": ("English", "en_GB"),
    "de": ("Deutsch", "de"),
    "fr": ("Français", "fr"),
}
"""Code of the catalogue: (its own name, Babel's locale for dates and numbers)."""

SOURCE_LANGUAGE = "en"


def choose(code: str | None, fallback: str) -> str:
    """The language to speak with somebody whose client says `code` (IETF tag, e.g. "de-AT")."""
    base = (code or "").split("-")[0].lower()
    return base if base in LANGUAGES else fallback


@cache
def locale_of(language: str) -> Locale:
    """Babel's locale."""
    return Locale.parse(LANGUAGES[language][1])


def pick(texts: Mapping[str, str], language: str) -> str:
    """A text that is stored per language, in this one or else in English or any other."""
    return texts.get(language) or texts.get(SOURCE_LANGUAGE) or next(iter(texts.values()), "")


class Speaker:
    """Says texts in one language. The English text is the key; catalogues hold the others."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = catalogue(language)

    def __call__(self, text: str, /, **values: object) -> Html:
        """A text in HTML; every value is escaped."""
        return render(self._catalogue.gettext(text), **values)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> Html:
        """A text in HTML that depends on a number, which it may name as {count}."""
        return render(self._catalogue.ngettext(one, many, count), count=count, **values)

    def plain(self, text: str, /, **values: object) -> str:
        """A text without markup: labels of buttons, toasts."""
        return self._catalogue.gettext(text).format_map(values)

    def plain_plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """A text without markup that depends on a number."""
        return self._catalogue.ngettext(one, many, count).format_map({"count": count, **values})


@cache
def speaker(language: str) -> Speaker:
    """The speaker of a language of `LANGUAGES`."""
    return Speaker(language)


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations, read from the .po file as it is edited: nothing compiled to forget or to ship."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    with (files("messages") / "locales" / f"{language}.po").open("rb") as source:
        parsed = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, parsed)
    compiled.seek(0)
    return GNUTranslations(compiled)
