"""Texts that people wrote, for the public page: in which language they are, and cut to what there is room for."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.pages import Note, Site
from messages.languages import SOURCE_LANGUAGE, speaker

MOST_EXCERPT = 280
"""So much of a summary stands in a list."""

MOST_DESCRIPTION = 200
"""So much of a text is shown by whoever shows a link to a page."""


@dataclass(frozen=True)
class Wording:
    """A text that people wrote. `language`: its code where it is not that of the page."""

    text: str
    language: str | None = None


def pick(texts: Mapping[str, str], language: str) -> Wording:
    """A text that is stored per language, in this one or else in English or any other, which it names."""
    if texts.get(language):
        return Wording(texts[language])
    found = SOURCE_LANGUAGE if texts.get(SOURCE_LANGUAGE) else next((code for code in texts if texts[code]), "")
    return Wording(texts.get(found, ""), found or None)


def note(site: Site, which: Note, language: str) -> Wording | None:
    """A text that organisers wrote; None if they have not."""
    written = {code: text for (kind, code), text in site.notes.items() if kind is which}
    return pick(written, language) if written else None


def name_of(site: Site, language: str) -> str:
    """How the whole is called."""
    written = note(site, Note.NAME, language)
    return written.text if written else speaker(language).plain("Pre-conference process")


def description(text: str) -> str:
    """A text as others show it beside a link."""
    return cut(text, MOST_DESCRIPTION)


def cut(text: str, most: int) -> str:
    """The beginning of a text in one line, up to the end of a word where there is one."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    whole_words = line[:most].rpartition(" ")[0]
    return f"{whole_words or line[: most - 1]}…"
