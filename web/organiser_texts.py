"""The texts of the public page at a desk: which there are, one form for each, a look at it before it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from starlette.datastructures import QueryParams

from domain.errors import NotFound
from domain.notes import MOST, NoteTooLong, Overtaken, Unchanged, Written, cleaned, mark_of
from domain.pages import Note, paragraphs
from messages import organiser_texts as texts
from messages.languages import LANGUAGES
from messages.organiser_pages import News
from messages.page_wording import Wording, cut
from services import pages
from services.work import Work
from web.forms import Form
from web.organiser_deeds import Deed, Done, Shown
from web.organiser_views import View, Viewer

PLACE = "texts"

MOST_EXCERPT = 90


@dataclass(frozen=True)
class Chosen:
    """One text in one language."""

    note: Note
    language: str


def chosen(note: str, language: str) -> Chosen:
    """What a form or an address names; raises NotFound for what there is not."""
    if note not in set(Note) or language not in LANGUAGES:
        raise NotFound
    return Chosen(Note(note), language)


# --- Pages ------------------------------------------------------------------------------------


async def overview(work: Work, query: QueryParams) -> View:
    """Every text, by language: how it begins, and the way to its form."""
    del query
    written = await pages.get_notes(work)
    rows = [
        (note.value, texts.title(note, work.language), texts.purpose(note, work.language), _excerpts(note, written))
        for note in Note
    ]
    languages = {code: own for code, (own, _) in LANGUAGES.items()}
    return View("texts.html", "texts", {"rows": rows, "languages": languages})


def _excerpts(note: Note, written: Mapping[tuple[Note, str], str]) -> dict[str, str]:
    return {code: cut(written.get((note, code), ""), MOST_EXCERPT) for code in LANGUAGES}


async def editor(work: Work, query: QueryParams) -> View:
    """The form of one text."""
    one = chosen(query.get("note", ""), query.get("language", ""))
    standing = (await pages.get_notes(work)).get((one.note, one.language), "")
    return _editor(work, one, standing, mark_of(standing))


def _editor(
    work: Work, one: Chosen, text: str, seen: str, *, problem: str = "", theirs: str | None = None, look: bool = False
) -> View:
    """`seen`: the mark of what is on the page, as far as whoever writes knows. `theirs`: what they have to know now."""
    values = {
        "note": one.note.value,
        "code": one.language,
        "own": LANGUAGES[one.language][0],
        "title": texts.title(one.note, work.language),
        "purpose": texts.purpose(one.note, work.language),
        "limit": texts.limit(MOST[one.note], work.language),
        "is_line": one.note is Note.NAME,
        "text": text,
        "seen": seen,
        "problem": problem,
        "theirs": theirs,
        "look": look,
        "about": Wording(text),
        "parts_of_text": paragraphs(text),
    }
    return View("text.html", "texts", values)


# --- Deeds ------------------------------------------------------------------------------------


async def save(work: Work, form: Form) -> Done | Shown:
    """Put it on the page; what cannot be saved stays in the form."""
    one, typed = chosen(form["note"], form["language"]), form["text"]
    outcome = await pages.write(work, one.note, one.language, typed, form["seen"])
    match outcome:
        case Written(text=text):
            return Done(PLACE, News.WRITTEN if text else News.TAKEN_OFF)
        case Unchanged():
            return Done(PLACE, News.UNCHANGED)
        case NoteTooLong(length=length, most=most):
            return _too_long(work, one, form, length, most)
        case Overtaken(standing=standing):
            problem = texts.overtaken(work.language)
            return Shown(PLACE, _editor(work, one, typed, mark_of(standing), problem=problem, theirs=standing), 409)
        case _:
            assert_never(outcome)


async def preview(work: Work, form: Form) -> Done | Shown:
    """As the public page would show it; nothing is saved."""
    work.require(pages.WRITING)
    one = chosen(form["note"], form["language"])
    text = cleaned(one.note, form["text"])
    if len(text) > MOST[one.note]:
        return _too_long(work, one, form, len(text), MOST[one.note])
    return Shown(PLACE, _editor(work, one, text, form["seen"], look=True), 200)


def _too_long(work: Work, one: Chosen, form: Form, length: int, most: int) -> Shown:
    problem = texts.too_long(length, most, work.language)
    return Shown(PLACE, _editor(work, one, form["text"], form["seen"], problem=problem), 422)


VIEWS: Mapping[str, Viewer] = {PLACE: overview, f"{PLACE}/edit": editor}

DEEDS: Mapping[str, Deed] = {f"{PLACE}/save": save, f"{PLACE}/preview": preview}
