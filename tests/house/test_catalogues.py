"""Every text that the code says is there in every language, whole and with the same places to fill."""

import ast
import re
from collections import Counter
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from messages.languages import LANGUAGES, SOURCE_LANGUAGE
from messages.locales.update import FOLDERS, KEYWORDS, extract, is_translated, read
from tests.house.source import dotted, files, parsed, place

OTHERS = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]

TAG = re.compile(r"</?[a-z-]+[^>]*>")

VARIABLE_ON_PURPOSE = {"gateway/menu.py", "messages/languages.py"}
"""Files that say a text which another place has marked."""


def identities(catalogue: Catalog) -> set[str]:
    return {text_of(message) for message in catalogue if message.id}


def text_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(value: object) -> list[str]:
    """The text, or its singular and plural forms."""
    return [value] if isinstance(value, str) else list(value or [])  # type: ignore[call-overload]


def places(text: str) -> set[str]:
    """Names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def tags(text: str) -> Counter[str]:
    return Counter(TAG.findall(text))


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return extract()


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_holds_exactly_the_texts_of_the_code(language: str, texts: Catalog) -> None:
    held = read(language)

    assert identities(held) == identities(texts)
    assert list(held.obsolete) == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_beyond_doubt(language: str) -> None:
    assert [text_of(m) for m in read(language) if m.id and not is_translated(m)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_same_places_and_the_same_markup(language: str) -> None:
    translated = [message for message in read(language) if message.id and is_translated(message)]

    assert [text_of(message) for message in translated if not fits(message)] == []


def fits(message: Message) -> bool:
    """Whether every form of the translation fills the same places and uses the same tags."""
    sources, translations = forms(message.id), forms(message.string)
    wanted = set().union(*(places(source) for source in sources))
    optional = {"count"} if len(sources) > 1 else set()  # a singular may spell its number out
    return all(
        wanted - optional <= places(translation) <= wanted and tags(translation) == tags(sources[0])
        for translation in translations
    )


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_the_plural_forms_of_its_language(language: str) -> None:
    catalogue = read(language)

    assert [text_of(m) for m in catalogue if m.pluralizable and len(forms(m.string)) != catalogue.num_plurals] == []


def test_only_literal_texts_are_said() -> None:
    """Anything else would never reach the translators."""
    found = []
    for path in files(*FOLDERS):
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = dotted(node.func).split(".")[-1]
            if name in KEYWORDS and not isinstance(node.args[0], ast.Constant):
                found.append(place(path, node))
            elif isinstance(node.func, ast.Call) and dotted(node.func.func) == "speaker":
                found.append(place(path, node))  # speaker(language)("…") is not seen by the extraction

    assert [where for where in found if where.split(":")[0] not in VARIABLE_ON_PURPOSE] == []


def test_every_literal_that_is_said_is_extracted(texts: Catalog) -> None:
    said = {
        str(node.args[0].value)
        for path in files(*FOLDERS)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and dotted(node.func).split(".")[-1] in KEYWORDS
    }

    assert said == identities(texts)


def test_placeholders_are_names_and_nothing_more(texts: Catalog) -> None:
    odd = [
        text
        for message in texts
        if message.id
        for text in forms(message.id)
        for _, name, format_spec, conversion in Formatter().parse(text)
        if name is not None and (not name.isidentifier() or format_spec or conversion)
    ]

    assert odd == []
