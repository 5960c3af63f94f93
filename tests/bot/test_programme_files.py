"""Programme files: what is read is what was written, and every mistake is named with its place."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.events import EventState, LinkPolicy
from domain.groups import Group
from domain.programme import PlannedWebinar, Programme, ProgrammeError, starting_on
from programme.reading import read
from programme.writing import write

IMCB22 = Path(__file__).parents[2] / "programme" / "imcb22.yaml"

SMALL = """\
groups:
  - code: PWG 3
    titles: {en: Climate change}
    themes: {en: Who moves.}
    members: [7, 10]
    closes: 2023-05-31
webinars:
  - slug: havens
    group: PWG 3
    titles: {en: "Cities as climate havens?", de: "Städte als Klimazuflucht?"}
    abstracts: {en: About cities.}
    languages: [en]
    start: 2022-03-22 16:00
    zone: Europe/Berlin
"""


def reading(tmp_path: Path, text: str, name: str = "small.yaml") -> Programme:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def findings(tmp_path: Path, text: str, name: str = "small.yaml") -> list[str]:
    with pytest.raises(ProgrammeError) as error:
        reading(tmp_path, text, name)
    return str(error.value).splitlines()


def webinar(slug: str = "havens", **values: object) -> PlannedWebinar:
    standard: dict[str, object] = {
        "group": "PWG 3",
        "titles": {"en": "Cities"},
        "abstracts": {"en": "About cities."},
        "speakers": (),
        "languages": ("en",),
        "wall": datetime(2022, 3, 22, 16),  # noqa: DTZ001 - what a clock on the wall shows
        "minutes": 60,
        "zone": "Europe/Berlin",
        "link": None,
        "link_policy": LinkPolicy.GUARDED,
        "state": EventState.ANNOUNCED,
    }
    return PlannedWebinar(slug=slug, **{**standard, **values})  # type: ignore[arg-type]


def test_a_small_file_is_read_as_it_stands(tmp_path: Path) -> None:
    programme = reading(tmp_path, SMALL)

    assert programme == Programme(
        groups=(Group(0, "PWG 3", {"en": "Climate change"}, {"en": "Who moves."}, 7, 10, None, date(2023, 5, 31)),),
        webinars=(webinar(titles={"en": "Cities as climate havens?", "de": "Städte als Klimazuflucht?"}),),
    )


def test_the_real_webinar_of_imcb22_begins_at_15_utc_five_days_before_summer_time() -> None:
    programme = read(IMCB22)

    real = next(one for one in programme.webinars if one.slug == "ukraine-and-europe").event(1)

    assert (real.starts_at, real.ends_at) == (
        datetime(2022, 3, 22, 15, tzinfo=UTC),
        datetime(2022, 3, 22, 16, tzinfo=UTC),
    )


def test_imcb22_has_its_four_groups_with_their_dates_and_every_text_in_three_languages() -> None:
    programme = read(IMCB22)

    assert [(g.code, g.least_members, g.most_members, g.closes_on) for g in programme.groups] == [
        ("PWG 1", 7, 10, date(2022, 9, 9)),
        ("PWG 2", 7, 10, date(2023, 5, 31)),
        ("PWG 3", 7, 10, date(2023, 5, 31)),
        ("PWG 4", 7, 10, date(2022, 9, 9)),
    ]
    texts = [text for g in programme.groups for text in (g.titles, g.themes)]
    texts += [text for w in programme.webinars for text in (w.titles, w.abstracts)]
    assert all(set(text) == {"en", "de", "fr"} for text in texts)


def test_every_group_of_imcb22_has_at_least_two_webinars_and_the_invented_ones_say_so() -> None:
    programme = read(IMCB22)

    for group in programme.groups:
        assert sum(one.group == group.code for one in programme.webinars) >= 2
    real = {one.slug for one in programme.webinars if "invented" not in one.abstracts["en"]}
    assert real == {"ukraine-and-europe"}


@pytest.mark.parametrize("name", ["again.yaml", "again.csv"])
def test_what_is_written_is_read_again(tmp_path: Path, name: str) -> None:
    programme = read(IMCB22)

    write(programme, tmp_path / name)
    again = read(tmp_path / name)

    assert again.webinars == programme.webinars
    assert again.groups == (programme.groups if name.endswith("yaml") else ())


@pytest.mark.parametrize("name", ["again.yaml", "again.csv"])
def test_what_belongs_to_the_day_itself_travels_along_and_so_do_drafts_without_texts(tmp_path: Path, name: str) -> None:
    day = {"backstage_link": "https://meet.example.org/back", "recording_link": "https://video.example.org/1"}
    programme = Programme(
        webinars=(
            webinar("one", capacity=80, registration=True, **day),
            webinar("two", registration=False),
            webinar("three", titles={}, abstracts={"de": "Über Städte."}, state=EventState.DRAFT),
        )
    )

    write(programme, tmp_path / name)

    assert read(tmp_path / name) == programme


def test_cells_that_a_spreadsheet_would_calculate_are_text_in_the_table_and_come_back_unchanged(tmp_path: Path) -> None:
    texts = ["=1+1", "+49 30", "-", "@anna", "'quoted", "'=both", "＝1+1", 'a "word"', "a;b"]
    webinars = (webinar(f"w{n}", titles={"en": t}, abstracts={"en": f"{t}\n{t}"}) for n, t in enumerate(texts))
    programme = Programme(webinars=tuple(webinars))

    write(programme, tmp_path / "table.csv")

    assert read(tmp_path / "table.csv") == programme
    cells = (tmp_path / "table.csv").read_text().replace('"', "").split(",")
    assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []


@pytest.mark.parametrize(
    ("before", "after", "finding"),
    [
        ("slug: havens", "slug: Havens!", "line 8, webinar 1 (Havens!): slug is wrong: string should match pattern"),
        ("start: 2022-03-22 16:00", "start: soon", "line 13, webinar 1 (havens): start is wrong: input should be a"),
        (
            "start: 2022-03-22 16:00",
            "start: 2022-03-22 16:00+01:00",
            "line 13, webinar 1 (havens): start must be local to the zone, without an offset",
        ),
        ("    start: 2022-03-22 16:00\n", "", "line 8, webinar 1 (havens): start is missing"),
        (
            "zone: Europe/Berlin",
            "zone: Berlin",
            "line 14, webinar 1 (havens): zone is not an IANA zone such as Europe/Berlin",
        ),
        ("zone: Europe", "room: 5\n    zone: Europe", "line 14, webinar 1 (havens): room is not known here"),
        (
            "abstracts: {en: About cities.}",
            "abstracts: {de: Über Städte}",
            "line 11, webinar 1 (havens): abstracts has",
        ),
        (
            "themes: {en: Who",
            "themes: {it: Chi, en: Who",
            "line 4, group 1 (PWG 3): themes speaks it; known are en, de",
        ),
        ("themes: {en: Who moves.}", "themes: Who moves.", "line 4, group 1 (PWG 3): themes must give a text for each"),
        ("members: [7, 10]", "members: [10, 7]", "line 5, group 1 (PWG 3): members must be the least and the most"),
        ("members: [7, 10]", "members: 10", "line 5, group 1 (PWG 3): members is wrong: input should be a valid tuple"),
        ("closes: 2023-05-31", "closes: 2023-02-30", "is not YAML: day "),
        ("slug: havens", "slug: havens\n    slug: heavens", "line 9: slug is written twice"),
        ("webinars:", "webinars: [", "line 8: "),
        (
            "zone: Europe",
            "capacity: 0\n    zone: Europe",
            "line 14, webinar 1 (havens): capacity is wrong: input should",
        ),
        (
            "zone: Europe",
            "recording_link: soon\n    zone: Europe",
            "line 14, webinar 1 (havens): recording_link is not an address such as https://meet.example.org/1",
        ),
        ("zone: Europe/Berlin", "link: meet.example.org", "line 8, webinar 1 (havens): zone is missing"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_entry(tmp_path: Path, before: str, after: str, finding: str) -> None:
    assert before in SMALL

    found = findings(tmp_path, SMALL.replace(before, after))

    assert found[0].startswith(f"small.yaml {finding}")


def test_the_same_name_twice_is_refused_at_both_places(tmp_path: Path) -> None:
    twice = SMALL + SMALL[SMALL.index("  - slug") :]

    assert findings(tmp_path, twice) == [
        "small.yaml line 8, webinar 1 (havens): slug havens is used twice",
        "small.yaml line 15, webinar 2 (havens): slug havens is used twice",
    ]


@pytest.mark.parametrize("text", ["", "hello", "- 1\n- 2\n"])
def test_a_file_that_holds_something_else_is_refused(tmp_path: Path, text: str) -> None:
    assert findings(tmp_path, text) == ["small.yaml holds no programme: it needs groups: and webinars:"]


def test_a_missing_file_and_one_that_is_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "image.yaml").write_bytes(b"\x89PNG\xff")

    with pytest.raises(ProgrammeError, match=r"nothing\.yaml cannot be read: No such file or directory"):
        read(tmp_path / "nothing.yaml")
    with pytest.raises(ProgrammeError, match=r"image\.yaml is not text in UTF-8"):
        read(tmp_path / "image.yaml")


def test_a_table_names_the_line_of_a_mistake(tmp_path: Path) -> None:
    write(Programme(webinars=(webinar("one"), webinar("two"))), tmp_path / "t.csv")
    broken = (tmp_path / "t.csv").read_text().replace("two,PWG 3", "two,").replace(",60,", ",sixty,", 1)

    assert findings(tmp_path, broken, "t.csv") == [
        (
            "t.csv line 2, webinar 1 (one): minutes is wrong: input should be a valid integer, unable to parse string "
            "as an integer"
        ),
        "t.csv line 3, webinar 2 (two): group is missing",
    ]


def test_a_time_that_the_clocks_skip_is_refused_with_the_next_one() -> None:
    skipped = webinar(wall=datetime(2022, 3, 27, 2, 30), place="small.yaml line 8, webinar 1 (havens)")  # noqa: DTZ001

    with pytest.raises(ProgrammeError) as error:
        skipped.event(1)

    assert str(error.value) == (
        "small.yaml line 8, webinar 1 (havens): start 2022-03-27 02:30 does not exist in Europe/Berlin, where the "
        "clocks are put forward over it; the next time is 03:00"
    )


def test_a_time_that_occurs_twice_means_the_first() -> None:
    twice = webinar(wall=datetime(2022, 10, 30, 2, 30))  # noqa: DTZ001

    assert twice.event(1).starts_at == datetime(2022, 10, 30, 0, 30, tzinfo=UTC)


def test_a_shifted_programme_keeps_distances_and_what_clocks_on_the_wall_show() -> None:
    programme = read(IMCB22)

    shifted = starting_on(programme, date(2030, 10, 20))

    assert min(one.wall for one in shifted.webinars) == datetime(2030, 10, 20, 16)  # noqa: DTZ001
    days = (date(2030, 10, 20) - date(2022, 3, 22)).days
    for old, new in zip(programme.webinars, shifted.webinars, strict=True):
        assert (new.wall - old.wall).days == days
        local = new.event(1).starts_at.astimezone(ZoneInfo(new.zone))
        assert (local.hour, local.minute) == (old.wall.hour, old.wall.minute)
    closes = [(new.closes_on, old.closes_on) for new, old in zip(shifted.groups, programme.groups, strict=True)]
    assert all(new and old and (new - old).days == days for new, old in closes)


def test_a_programme_without_webinars_cannot_be_shifted_and_stays() -> None:
    assert starting_on(Programme(), date(2030, 1, 1)) == Programme()
