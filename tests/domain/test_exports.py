"""Tables for spreadsheets: what goes in comes back, and nothing can become a formula."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.exports import What, file_name, safe, to_csv
from tests.hostile import HOSTILE

FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


def read_back(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_300_hostile_cells_come_back_as_one_table_and_none_begins_like_a_formula() -> None:
    table = [HOSTILE[i : i + 3] for i in range(0, 300, 3)]

    found = read_back(to_csv(table))

    assert [len(row) for row in found] == [3] * 100
    cells = [cell for row in found for cell in row]
    assert cells == [safe(cell).encode(errors="replace").decode() for cell in HOSTILE]
    assert [cell for cell in cells if cell.lstrip(" \u00a0")[:1] in FORMULA_STARTS and cell.strip(" \u00a0")] == []


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4))
@example([["=1", "a\r\nb"]])
def test_every_text_comes_back_whole_but_for_an_apostrophe_before_it(table: list[list[str]]) -> None:
    found = read_back(to_csv(table))

    for row, read in zip(table, found, strict=True):
        for cell, back in zip(row, read, strict=True):
            whole = cell.replace("\0", "").encode(errors="replace").decode()
            assert back in {whole, f"'{whole}"}
            assert back == "" or back.lstrip(" \u00a0")[:1] not in set(FORMULA_STARTS)


@pytest.mark.parametrize("harmless", ["Anna", "7-10", "a=b", "Climate change – impact", "'quoted'", "", "1", "é"])
def test_harmless_texts_stay_as_they_are(harmless: str) -> None:
    assert safe(harmless) == harmless


def test_the_file_is_utf8_with_a_mark_commas_quotes_and_the_line_ends_of_the_standard() -> None:
    assert to_csv([["Name", "N"], ["Zoë", -7], ["-7", None]]) == (
        b'\xef\xbb\xbf"Name","N"\r\n"Zo\xc3\xab","-7"\r\n"\'-7",""\r\n'
    )


@pytest.mark.parametrize(
    ("what", "code", "name"),
    [
        (What.MEMBERS, "PWG 3", "members-pwg-3-2022-03-14.csv"),
        (What.MEMBERS, "../../etc\r\n", "members-etc-2022-03-14.csv"),
        (What.MEMBERS, "Gruppe Ä", "members-gruppe-2022-03-14.csv"),
        (What.SIGN_UPS, "", "sign-ups-2022-03-14.csv"),
    ],
)
def test_the_name_of_the_file_is_made_of_letters_digits_and_hyphens(what: What, code: str, name: str) -> None:
    assert file_name(what, code, "2022-03-14") == name
