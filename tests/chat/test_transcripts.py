"""Whole conversations in every language, byte for byte; written anew by `pytest tests/chat/transcripts/rewrite.py`."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import write_po

from domain.results import LANGUAGES as WRITTEN
from domain.webinar_edits import SPOKEN
from messages.dates import city
from messages.languages import LANGUAGES, locale_of
from messages.locales.update import extract
from messages.markup import shortened
from messages.places import WELL_KNOWN
from programme.reading import read
from tests.chat.transcripts.journeys import JOURNEYS, PROGRAMME, TYPED, record

ROOT = Path(__file__).parents[2]
TRANSCRIPTS = Path(__file__).parent / "transcripts"

PACKAGES = (
    "bot", "domain", "gateway", "handlers", "messages", "programme", "sandbox", "services", "storage", "tests", "web",
)  # fmt: skip

LAST_LANGUAGE = '    "fr": ("Français", "fr"),\n'


@pytest.mark.parametrize("name", JOURNEYS)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_journey_reads_as_it_was_last_approved(language: str, name: str, tmp_path: Path) -> None:
    approved = (TRANSCRIPTS / language / f"{name}.txt").read_text(encoding="utf-8")

    assert await record(name, language, tmp_path) == approved


@pytest.mark.timeout(300)
def test_a_new_language_takes_one_catalogue_and_one_line_and_no_english_is_left(tmp_path: Path) -> None:
    """In an invented language that puts every text of the catalogue in «…», all that is outside is data."""
    _copy_with_a_language_more(tmp_path)

    rewritten = _pytest(tmp_path, "tests/chat/transcripts/rewrite.py", "-k", "xx-")

    assert rewritten.returncode == 0, rewritten.stdout
    told = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "tests/chat/transcripts/xx").iterdir()}
    assert told.keys() == JOURNEYS.keys()
    assert {name: left for name, text in told.items() if (left := _words_outside(text))} == {}


def _copy_with_a_language_more(to: Path) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, to / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", to)
    texts = extract()
    for message in texts:
        forms = [message.id] if isinstance(message.id, str) else message.id
        bracketed = tuple(f"«{form}»" for form in forms)
        message.string = bracketed if message.pluralizable else bracketed[0]
    with (to / "messages/locales/xx.po").open("wb") as catalogue:
        write_po(catalogue, texts, omit_header=True)
    languages = to / "messages/languages.py"
    source = languages.read_text(encoding="utf-8")
    assert source.count(LAST_LANGUAGE) == 1
    languages.write_text(
        source.replace(LAST_LANGUAGE, LAST_LANGUAGE + '    "xx": ("Xx", "en_GB"),\n'), encoding="utf-8"
    )


def _pytest(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


# --- What is data ---


PEOPLE = ("Anna", "Ben", "Carl", "Cem", "Clara", "Dora", "Emil", "Fay", "Mia", "Olga")
ROOM = r"Aula( minor| maior)?(/Futura)?"
HEAD = re.compile(rf"^({'|'.join(PEOPLE)})( in {ROOM})? [<>~!x]( \(anonymous\))?", re.MULTILINE)
ROOM_HEAD = re.compile(rf"^{ROOM}(:| [<~x^])", re.MULTILINE)
HAPPENED = re.compile(r"^— .* —$", re.MULTILINE)
BRACKETED = re.compile(r"«[^«»]*»")
DATE = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? \d+ (Mar|Apr|May|Jun)( 2022)?")
WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
LENGTH = re.compile(r"\d+ (minutes?|hours?|days?)\b( and \d+ minutes)?")
COMMAND = re.compile(r"/[a-z]+( [wgsqr]_\d+)?")
FILE = re.compile(r"(?<=📎 )[\w.-]+")
BUTTON_DATA = re.compile(r"\[[a-z]+:\d+\]")
OWN_NAMES = ("English", "Deutsch", "Français", "Xx", "UTC", "brief.pdf", "video.mp4", "1000 B", "22020096 B", "x" * 501)


def _words_outside(text: str) -> list[str]:
    while BRACKETED.search(text):
        text = BRACKETED.sub("", text)
    for pattern in (HEAD, ROOM_HEAD, HAPPENED, DATE, WEEKDAY, LENGTH, BUTTON_DATA, FILE):
        text = pattern.sub("", text)
    for data in sorted(_data(), key=len, reverse=True):
        text = text.replace(data, "")
    text = COMMAND.sub("", text)
    return re.findall(r"[^\W\d_]+", text)


def _data() -> Iterator[str]:
    yield from PEOPLE
    yield from OWN_NAMES
    yield from TYPED
    yield from (city(zone, "en") for zone in WELL_KNOWN)
    yield from (locale_of("en").languages[code] for code in {*SPOKEN, *WRITTEN})
    programme = read(PROGRAMME)
    for group in programme.groups:
        yield from (group.code, group.titles["en"], group.themes["en"])
        yield shortened(f"{group.code} · {group.titles['en']}")
        yield shortened(f"{group.code} {group.titles['en']}")
    for webinar in programme.webinars:
        yield from (webinar.titles["en"], shortened(webinar.titles["en"]), webinar.abstracts["en"], *webinar.speakers)


def test_what_is_left_outside_the_brackets_is_seen() -> None:
    assert _words_outside("Anna < «Hello {«nested»}»\n       Tue, 22 Mar 2022 (Berlin) · Remind me") == ["Remind", "me"]
