"""Formatted text is read, counted and refused the way Telegram does it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import (
    Entity,
    EntityError,
    checked_link,
    find_entities,
    format_text,
    is_blank,
    link_error,
    parse_html,
    to_html,
    utf16_length,
)


def entity(kind: str, offset: int, length: int, **extra: object) -> Entity:
    return {"type": kind, "offset": offset, "length": length, **extra}


READ = [
    ("plain", "plain", []),
    ("<b>a</b><strong>b</strong>", "ab", [entity("bold", 0, 2)]),
    ("<i>a</i> <em>b</em>", "a b", [entity("italic", 0, 1), entity("italic", 2, 1)]),
    ("<u>a</u> <ins>b</ins>", "a b", [entity("underline", 0, 1), entity("underline", 2, 1)]),
    ("<s>a</s><strike>b</strike><del>c</del>", "abc", [entity("strikethrough", 0, 3)]),
    ('<span class="tg-spoiler">a</span>', "a", [entity("spoiler", 0, 1)]),
    ("<tg-spoiler>a</tg-spoiler>", "a", [entity("spoiler", 0, 1)]),
    ("<B>a</B >", "a", [entity("bold", 0, 1)]),
    ("<b>a</>", "a", [entity("bold", 0, 1)]),
    (
        "<a href='https://example.org/?a=1&amp;b=2'>x</a>",
        "x",
        [entity("text_link", 0, 1, url="https://example.org/?a=1&b=2")],
    ),
    ("<a href=example.org>x</a>", "x", [entity("text_link", 0, 1, url="http://example.org/")]),
    ("<a>example.org</a>", "example.org", [entity("text_link", 0, 11, url="http://example.org/")]),
    ('<a href="javascript:alert(1)">x</a>', "x", []),
    ('<a href="tg://user?id=5">x</a>', "x", [entity("text_link", 0, 1, url="tg://user?id=5")]),
    ("<code>a</code>", "a", [entity("code", 0, 1)]),
    ("<b>a<code>b</code>c</b>", "abc", [entity("bold", 0, 1), entity("code", 1, 1), entity("bold", 2, 1)]),
    ("<pre>a</pre>", "a", [entity("pre", 0, 1)]),
    (
        '<pre><code class="language-python">a</code></pre>',
        "a",
        [entity("pre", 0, 1, language="python")],
    ),
    ("<code><pre>a</pre></code>", "a", [entity("pre", 0, 1)]),
    ("<blockquote>a</blockquote>", "a", [entity("blockquote", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [entity("expandable_blockquote", 0, 1)]),
    ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍", [entity("custom_emoji", 0, 2, custom_emoji_id="5")]),
    (
        '<tg-time unix="1647961200" format="wDT">16:00</tg-time>',
        "16:00",
        [entity("date_time", 0, 5, unix_time=1647961200, date_time_format="wDT")],
    ),
    ('<tg-time unix="1647961200">now</tg-time>', "now", [entity("date_time", 0, 3, unix_time=1647961200)]),
    ("😀<b>é😀</b>z", "😀é😀z", [entity("bold", 2, 3)]),
    ("&lt;&gt;&amp;&quot;&#39;&#x41;", "<>&\"'A", []),
    ("Q&A &nbsp; &#0; &copy;", "Q&A &nbsp; &#0; &copy;", []),
    (" \n a \n", "a", []),
    (" x <b> a </b> \n", "x  a", [entity("bold", 2, 2)]),
    ("<b>  </b>", "", []),
    ("<b></b>x", "x", []),
    ("a\r\nb\tc", "a\nb c", []),
    ("<b>a<i>b</i></b><i>c</i>", "abc", [entity("bold", 0, 2), entity("italic", 1, 2)]),
]


@pytest.mark.parametrize(("source", "text", "entities"), READ)
def test_html_is_read(source: str, text: str, entities: list[Entity]) -> None:
    formatted = parse_html(source)

    assert (formatted.text, formatted.entities) == (text, entities)


REFUSED = [
    ("a <x>b</x>", 'Unsupported start tag "x" at byte offset 2'),
    ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
    ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
    ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<b", "Unclosed start tag at byte offset 0"),
    ('<a href="https://example.org', "Unclosed start tag at byte offset 0"),
    ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ('<tg-time unix="soon">x</tg-time>', "Invalid Unix time specified at byte offset 0"),
    ('<tg-time unix="5" format="HH:MM">x</tg-time>', "Invalid date-time format specified at byte offset 0"),
    ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified at byte offset 0"),
]


@pytest.mark.parametrize(("source", "reason"), REFUSED)
def test_html_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(EntityError) as refusal:
        parse_html(source)

    assert str(refusal.value) == f"Bad Request: can't parse entities: {reason}"


FOUND = [
    ("/start", [entity("bot_command", 0, 6)]),
    ("/start@prework_bot now", [entity("bot_command", 0, 18)]),
    ("and/or 1/2 //x", []),
    ("😀 /help", [entity("bot_command", 3, 5)]),
    ("hi @anna_w!", [entity("mention", 3, 7)]),
    ("@ab", []),
    ("#imcb22 #1", [entity("hashtag", 0, 7)]),
    ("see https://example.org/a?b=(c).", [entity("url", 4, 27)]),
    ("(www.example.org/x)", [entity("url", 1, 17)]),
    ("e.g. this", []),
    ("write to a.b@example.org.", [entity("email", 9, 15)]),
]


@pytest.mark.parametrize(("text", "entities"), FOUND)
def test_commands_links_and_names_are_found_in_typed_text(text: str, entities: list[Entity]) -> None:
    assert find_entities(text) == entities


def test_a_stored_text_has_both_what_was_marked_and_what_is_found() -> None:
    formatted = format_text("<b>see example.org</b> <code>/start</code> /help", "HTML")

    assert formatted.text == "see example.org /start /help"
    assert formatted.entities == [
        entity("bold", 0, 15),
        entity("url", 4, 11),
        entity("code", 16, 6),
        entity("bot_command", 23, 5),
    ]


def test_given_entities_are_kept_and_moved_when_the_text_is_trimmed() -> None:
    formatted = format_text("  😀 bold ", entities=[entity("bold", 5, 5)])

    assert (formatted.text, formatted.entities) == ("😀 bold", [entity("bold", 3, 4)])


def test_an_entity_beyond_the_text_is_refused() -> None:
    with pytest.raises(EntityError, match="ends after the end of the text at UTF-16 offset 9"):
        format_text("short", entities=[entity("bold", 2, 7)])


def test_other_parse_modes_are_refused() -> None:
    with pytest.raises(EntityError, match="reads parse mode HTML, not MarkdownV2"):
        format_text("*a*", "MarkdownV2")


def test_changing_the_answer_does_not_change_the_next_one() -> None:
    parse_html("<b>kept</b>").entities[0]["type"] = "italic"

    assert parse_html("<b>kept</b>").entities == [entity("bold", 0, 4)]


LINKS = [
    ("https://Example.org", "https://example.org/", None),
    ("example.org/a", "http://example.org/a", None),
    ("http://127.0.0.1:8080/?start=x", "http://127.0.0.1:8080/?start=x", None),
    ("tg://resolve?domain=prework_bot", "tg://resolve?domain=prework_bot", None),
    ("http://localhost:8080", None, "Wrong HTTP URL"),
    ("https://", None, "Wrong HTTP URL"),
    ("https://[x", None, "Wrong HTTP URL"),
    ("javascript:alert(1)", None, "Wrong HTTP URL"),
    ("ftp://example.org", None, "Unsupported URL protocol"),
    ("", None, "Wrong HTTP URL"),
]


@pytest.mark.parametrize(("link", "kept", "error"), LINKS)
def test_links_are_normalised_or_refused(link: str, kept: str | None, error: str | None) -> None:
    assert (checked_link(link), link_error(link)) == (kept, error)


WRITTEN = [
    ("a<b", [], "a&lt;b"),
    ("ab", [entity("bold", 0, 2), entity("italic", 1, 1)], "<b>a<i>b</i></b>"),
    ("abc", [entity("bold", 0, 2), entity("italic", 1, 2)], "<b>a<i>b</i></b><i>c</i>"),
    ("😀x", [entity("bold", 0, 2)], "<b>😀</b>x"),
    (
        "x",
        [entity("text_link", 0, 1, url='https://example.org/"><script>')],
        '<a href="https://example.org/&quot;&gt;&lt;script&gt;" target="_blank" rel="noopener noreferrer">x</a>',
    ),
    ("x", [entity("text_link", 0, 1, url="javascript:alert(1)")], "<span>x</span>"),
    ("/go", [entity("bot_command", 0, 3)], '<span class="entity-bot_command">/go</span>'),
    (
        "16:00",
        [entity("date_time", 0, 5, unix_time=1647961200)],
        '<time datetime="2022-03-22T15:00:00Z" title="2022-03-22 15:00 UTC">16:00</time>',
    ),
    ("a", [entity("bold", 0, 99)], "<b>a</b>"),
    ("a", [entity("bold", 5, 1)], "a"),
]


@pytest.mark.parametrize(("text", "entities", "markup"), WRITTEN)
def test_messages_are_written_as_safe_html(text: str, entities: list[Entity], markup: str) -> None:
    assert to_html(text, entities) == markup


@pytest.mark.parametrize("text", ["", " \n", "\u200b\u2060", "\u3164"])
def test_a_text_that_shows_nothing_is_blank(text: str) -> None:
    assert is_blank(text)


texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30)
tags = st.sampled_from(["b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler"])


@st.composite
def sources(draw: st.DrawFn) -> str:
    """Markup as a person might build it: escaped texts inside nested tags."""
    parts = []
    for text in draw(st.lists(texts, min_size=1, max_size=4)):
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for tag in draw(st.lists(tags, max_size=3, unique=True)):
            escaped = f"<{tag}>{escaped}</{tag}>"
        parts.append(escaped)
    return "".join(parts)


@given(sources())
def test_what_was_read_comes_back_the_same_from_what_is_written(source: str) -> None:
    formatted = parse_html(source)

    assert parse_html(to_html(formatted.text, formatted.entities)) == formatted


@given(sources())
def test_entities_stay_inside_the_text(source: str) -> None:
    formatted = parse_html(source)

    end = utf16_length(formatted.text)
    assert all(0 <= each["offset"] < each["offset"] + each["length"] <= end for each in formatted.entities)


@given(st.text(st.sampled_from("<b>/ai=\"'& x")))
def test_any_markup_is_read_or_refused(source: str) -> None:
    reason = ""
    try:
        parse_html(source)
    except EntityError as refusal:
        reason = str(refusal)

    assert reason.startswith("Bad Request: can't parse entities: ") or not reason


@given(texts)
def test_an_escaped_text_is_read_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert parse_html(escaped).text == text.strip()
