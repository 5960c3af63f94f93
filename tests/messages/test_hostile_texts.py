"""Whatever is typed as title, text, name or address stands in public messages as it was kept, and marks nothing."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.errors import NotReadable, TooLong
from domain.events import Event
from domain.groups import Asked, Group
from domain.homepage import body_of
from domain.paging import page_at
from domain.results import MOST_SUMMARY, Result, ResultState
from domain.social import MOST, Network, length
from domain.typed import one_line, paragraphs, web_link, within
from domain.webinar_edits import MOST_ABSTRACT, MOST_SPEAKER, MOST_TITLE
from domain.webinars import Following
from messages import groups, publications, results, sharing, social, webinars
from messages.languages import LANGUAGES
from messages.markup import MOST_LABEL, CopyButton, Html, Message
from sandbox.formatted import Formatted
from sandbox.html_reader import parse_html
from tests.hostile import HOSTILE
from tests.messages.examples import WEBINAR
from tests.messages.test_results import LONGEST

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)
PAGE = "https://pages.example.org/en/results/5"

MARKS = {"bold", "italic", "strikethrough", "text_link", "pre", "date_time"}

OURS = ("https://t.me/", "https://pages.example.org/")

LANGUAGE_PAIRS = [["en"], ["de", "en"], ["fr", "en"]]


def kept(text: str, most: int) -> str | None:
    """What is kept of something typed; None where it is refused."""
    try:
        return within(one_line(text), most)
    except (NotReadable, TooLong):
        return None


TITLES = [title for text in HOSTILE if (title := kept(text, MOST_SPEAKER))]
"""Short enough for every place."""


def start_link(payload: str) -> str:
    return f"https://t.me/prework_bot?start={payload}"


def a_group(title: str) -> Group:
    return Group(3, title[:16], {"en": title}, {"en": title}, 7, 10)


def a_webinar(title: str) -> Event:
    return replace(WEBINAR, titles={"en": title, "de": title}, abstracts={"en": title}, speakers=(title,))


def a_result(title: str) -> Result:
    public = {"state": ResultState.PUBLISHED, "published_at": NOW, "corrected_at": NOW}
    return replace(LONGEST, title=title, summary=title, link=None, correction=title, **public)  # type: ignore[arg-type]


def read(html: Html) -> Formatted:
    """As Telegram reads it, links of ours only; raises what it would refuse."""
    found = parse_html(html)
    assert {one["type"] for one in found.entities} <= {
        "bold",
        "italic",
        "strikethrough",
        "text_link",
        "pre",
        "date_time",
    }
    assert all(one["url"].startswith(OURS) for one in found.entities if one["type"] == "text_link")
    return found


def count(message: Message, words: str) -> int:
    return read(message.text).text.count(words)


def marked(message: Message, kind: str) -> list[str]:
    """The words marked so."""
    found = read(message.text)
    units = found.text.encode("utf-16-le")
    return [
        units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in found.entities
        if one["type"] == kind
    ]


def public_messages(title: str, language: str) -> Iterator[tuple[Message, int]]:
    """What everybody can be shown in Telegram, with how often at least it says the title."""
    event, group, result = a_webinar(title), a_group(title), a_result(title)
    yield webinars.card(webinars.Card(event, group, Following()), NOW, "Europe/Berlin", language), 3
    yield sharing.card(event, group, start_link, NOW, language), 3
    yield groups.card(group, 3, event, Asked(), None, "Europe/Berlin", language), 3
    yield groups.listed([(group, 3, event)], page_at(0, 1, 6), "Europe/Berlin", language), 2
    yield results.listed([result], [], {}, {3: group.code}, page_at(0, 1, 6), "Europe/Berlin", language), 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_and_lists_say_what_was_kept(language: str) -> None:
    for title in TITLES:
        for message, times in public_messages(title, language):
            assert count(message, title) >= times
            assert all(len(button.label) <= MOST_LABEL for row in message.buttons for button in row)
    assert len(TITLES) > 230


@pytest.mark.parametrize("languages", LANGUAGE_PAIRS)
def test_a_post_in_the_channel_says_what_was_kept(languages: list[str]) -> None:
    for title in TITLES:
        post = publications.post(a_result(title), a_group(title), PAGE, "Europe/Berlin", languages)

        assert count(post, title) >= 3
        assert marked(post, "bold") == [title]


def test_what_is_offered_for_sharing_is_called_as_it_was_kept() -> None:
    for title in TITLES:
        event = a_webinar(title)
        card = sharing.card(event, a_group("A group"), start_link, NOW, "en")

        assert sharing.offer("7:1:en", event, "PWG 3", card, "Europe/Berlin", "en").title == title


def test_the_homepage_is_told_what_was_kept() -> None:
    for text in HOSTILE:
        title, summary = one_line(text), paragraphs(text)
        result = replace(a_result(title), summary=summary, file_name=title, file_id="x", link=web_link(text))

        said: Mapping[str, object] = json.loads(body_of(result, title, {"en": PAGE}, None).encode())

        assert (said["title"], said["summary"], said["file_name"], said["group"]) == (title, summary, title, title)
        assert (said["link"], said["correction"]) == (web_link(text), title)


@pytest.mark.parametrize("network", Network)
def test_a_text_for_a_network_fits_and_begins_with_what_was_kept(network: Network) -> None:
    for text in HOSTILE:
        title = kept(text, MOST_TITLE)
        if title is None:
            continue
        result = replace(a_result(title), summary=paragraphs(text)[:MOST_SUMMARY])
        made = social.text_for(result, a_group("PWG 3"), PAGE, network, "en")
        shown = social.screen(result, a_group("PWG 3"), PAGE, network, "en", "de")

        assert length(made, network) <= MOST[network]
        assert made.startswith(f"New from PWG 3: {title[:20]}")
        assert PAGE in made
        assert marked(shown, "pre")[0] == made.strip()
        assert {button.text for row in shown.buttons for button in row if isinstance(button, CopyButton)} <= {
            made,
            social.alt_text(result, a_group("PWG 3"), "en"),
        }


def test_an_abstract_of_several_lines_keeps_them() -> None:
    for text in HOSTILE:
        abstract = paragraphs(text)[:MOST_ABSTRACT].strip()
        event = replace(WEBINAR, abstracts={"en": abstract})
        message = webinars.card(webinars.Card(event, None, Following()), NOW, "Europe/Berlin", "en")

        assert abstract in read(message.text).text


def test_an_address_is_kept_only_if_it_shows_where_it_leads() -> None:
    found = {text: web_link(text) for text in HOSTILE}
    links = [link for link in found.values() if link]

    assert all(link == text.strip() for text, link in found.items() if link)
    assert all(link.lower().startswith(("http://", "https://")) and "@" not in link for link in links)
    assert all(link.isprintable() and " " not in link for link in links)
    assert 5 < len(links) < 20
