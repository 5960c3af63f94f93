"""`make catalogues`: new texts of the code into every catalogue, texts no longer said out of them."""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from messages.languages import LANGUAGES, SOURCE_LANGUAGE

LOCALES = Path(__file__).parent
ROOT = LOCALES.parents[1]

FOLDERS = ("gateway", "handlers", "messages", "services")
"""Where texts are said."""

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "say": None,
    "plain": None,
    "marked": None,
    "plural": (1, 2),
    "plain_plural": (1, 2),
}
"""The names under which texts are said (`messages.languages.Speaker`), and which arguments are texts."""


def extract() -> Catalog:
    """Every text of the code, with the files that say it."""
    found = Catalog()
    for path in _sources():
        for _, text, comments, _ in extract_from_file("python", path, keywords=KEYWORDS, comment_tags=["Translators:"]):
            found.add(text, locations=[(path.relative_to(ROOT).as_posix(), 0)], auto_comments=comments)
    return found


def _sources() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def read(language: str) -> Catalog:
    """The catalogue of a language as it stands."""
    with (LOCALES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, texts: Catalog) -> list[str]:
    """Bring a catalogue up to date; returns the texts that wait for a translation."""
    catalogue = read(language)
    # Nothing is guessed from similar texts: a wrong translation is worse than a missing one.
    catalogue.update(texts, no_fuzzy_matching=True)
    with (LOCALES / f"{language}.po").open("wb") as file:
        file.write(_header(catalogue).encode())
        write_po(
            file, catalogue, width=120, omit_header=True, sort_by_file=True, ignore_obsolete=True, include_lineno=False
        )
    return [_name(message) for message in catalogue if message.id and not is_translated(message)]


def is_translated(message: Message) -> bool:
    """Whether every form of a text is there and nobody has doubts about it."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [])
    return bool(forms) and all(forms) and not message.fuzzy


def _name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _header(catalogue: Catalog) -> str:
    """What the reader of the file needs, and no dates: they would change with every update."""
    kept = ("Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")
    lines = [f'"{name}: {value}\\n"' for name, value in catalogue.mime_headers if name in kept]
    return "\n".join(['msgid ""', 'msgstr ""', *lines]) + "\n\n"


def main() -> None:
    """Update every catalogue and name what is missing."""
    texts = extract()
    for language in LANGUAGES:
        if language != SOURCE_LANGUAGE:
            missing = update(language, texts)
            sys.stdout.write(f"{language}: {len(texts)} texts, {len(missing)} to translate\n")
            sys.stdout.writelines(f"  {text!r}\n" for text in missing)


if __name__ == "__main__":
    main()
