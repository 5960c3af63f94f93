import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import NotReadable, TooLong
from domain.typed import MOST_LINK, one_line, paragraphs, web_link, within


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("A title", "A title"),
        ("  two\nlines\tand  more ", "two lines and more"),
        ("right\u202eto left\u2066", "rightto left"),
        ("nul\x00 and lone \ud800", "nul and lone"),
        ("\u200b \u2060 \n", ""),
        ("\u0301" * 50, ""),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("<b>&amp;", "<b>&amp;"),
        ("Qui paie\u00a0?", "Qui paie\u00a0?"),
        ("\u00a0L'Europe\u202f: et après  \u00a0", "L'Europe\u202f: et après"),
    ],
)
def test_a_title_is_one_visible_line(raw: str, kept: str) -> None:
    assert one_line(raw) == kept


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("one\ntwo", "one\ntwo"),
        ("\n\none\n\n\n \ntwo  \n", "one\n\ntwo"),
        ("a\u202eb", "ab"),
        (" \n\u200b\n", ""),
    ],
)
def test_paragraphs_keep_their_lines(raw: str, kept: str) -> None:
    assert paragraphs(raw) == kept


@given(st.text())
def test_nothing_that_turns_or_controls_text_is_kept(raw: str) -> None:
    for cleaned in (one_line(raw), paragraphs(raw)):
        left = {c for c in cleaned if c != "\n" and (unicodedata.category(c) == "Cc" or c in "\u202e\u2066")}

        assert left == set()


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org",
        "http://example.org/a?b=c&d=e#f",
        "https://example.org:8443/brief.pdf",
        "https://bücher.example/é",
        "HTTPS://EXAMPLE.ORG/A",
    ],
)
def test_addresses_of_the_web_are_links(link: str) -> None:
    assert web_link(f"  {link}\n") == link


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "example.org",
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,x",
        "ftp://example.org/a",
        "file:///etc/hosts",
        "https://",
        "https://nowhere",
        "https://.",
        "https://example.org@elsewhere.example/",
        "https://example.org/a b",
        "https://example.org/\u202egpj.exe",
        "https://[::1",
        "https://example.org\nhttps://example.org",
        "https://example.org/" + "x" * MOST_LINK,
    ],
)
def test_anything_else_is_no_link(typed: str) -> None:
    assert web_link(typed) is None


def test_limits_count_as_telegram_does() -> None:
    assert within("🙂" * 5, 10) == "🙂" * 5
    with pytest.raises(TooLong) as refused:
        within("🙂" * 5 + "x", 10)
    assert (refused.value.length, refused.value.most) == (11, 10)


def test_an_empty_text_is_none() -> None:
    with pytest.raises(NotReadable):
        within("", 10)
