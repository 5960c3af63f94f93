"""What comes in a programme file is cleaned as if it had been typed, and comes back from each kind of file as it is."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from domain.events import EventState, LinkPolicy
from domain.groups import Group
from domain.programme import PlannedWebinar, Programme, ProgrammeError
from domain.typed import one_line, paragraphs
from programme.reading import parse, read
from programme.writing import write
from tests.hostile import HOSTILE, storable

MOST_TITLE = 200

TEXTS = [storable(text).replace("\x85", "\n") for text in HOSTILE]
"""YAML itself takes a next line (U+0085) for the end of one."""

FITTING = [text for text in TEXTS if 0 < len(one_line(text)) <= MOST_TITLE]
OTHERS = [text for text in TEXTS if text not in FITTING]


def webinar(number: int, text: str) -> PlannedWebinar:
    said = {"en": text}
    return PlannedWebinar(
        slug=f"hostile-{number}",
        group="PWG 3",
        titles=said,
        abstracts=said,
        speakers=(),
        languages=("en",),
        wall=datetime(2022, 3, 22, 16),  # noqa: DTZ001 - local to the zone
        minutes=60,
        zone="UTC",
        link=None,
        link_policy=LinkPolicy.GUARDED,
        state=EventState.ANNOUNCED,
    )


def programme(texts: list[str]) -> Programme:
    group = Group(0, "PWG 3", {"en": "Climate change"}, {"en": "A theme."}, 7, 10)
    return Programme((group,), tuple(webinar(number, text) for number, text in enumerate(texts)))


def said(found: Programme) -> list[tuple[str, str]]:
    return [(one.titles["en"], one.abstracts["en"]) for one in found.webinars]


def test_hostile_texts_in_a_file_are_cleaned_as_if_they_had_been_typed(tmp_path: Path) -> None:
    path = tmp_path / "hostile.yaml"
    write(programme(FITTING), path)

    assert said(read(path)) == [(one_line(text), paragraphs(text)) for text in FITTING]
    assert len(FITTING) > 250


@pytest.mark.parametrize("name", ["again.yaml", "again.csv"])
def test_what_was_cleaned_comes_back_from_every_kind_of_file(tmp_path: Path, name: str) -> None:
    clean = programme([one_line(text) for text in FITTING])
    write(clean if name.endswith("yaml") else replace(clean, groups=()), tmp_path / name)

    assert said(read(tmp_path / name)) == said(clean)


def test_what_is_too_long_or_nothing_to_be_seen_is_refused() -> None:
    for text in OTHERS:
        data = {
            "groups": [],
            "webinars": [{"slug": "x", "group": "PWG 3", "titles": {"en": text}, "abstracts": {"en": "An abstract."}}],
        }
        with pytest.raises(ProgrammeError, match="titles"):
            parse("hostile.yaml", yaml.safe_dump(data).encode())
    assert len(OTHERS) > 20


@pytest.mark.parametrize(
    "link", ["https://example.org@elsewhere.example/", "https://x.example/\u202egro", "https://[::1"]
)
def test_an_address_that_hides_where_it_leads_is_refused(link: str) -> None:
    row = {"slug": "x", "group": "PWG 3", "titles": {"en": "A"}, "abstracts": {"en": "B"}, "link": link}

    with pytest.raises(ProgrammeError, match="link is not an address"):
        parse("hostile.yaml", yaml.safe_dump({"webinars": [row]}).encode())
