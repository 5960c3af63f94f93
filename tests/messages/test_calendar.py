"""What is said about calendars keeps to Telegram's limits in every language, also with the longest titles."""

from datetime import UTC, datetime
from html import unescape
from re import sub

import pytest

from messages import calendar
from messages.languages import LANGUAGES, speaker
from messages.markup import Message, utf16_length
from tests.messages.examples import LONGEST_WEBINAR

MOST_CAPTION = 1024
WEB = f"https://{'prework.' * 8}example.org"
NOW = datetime(2022, 3, 14, tzinfo=UTC)


def shown(message: Message) -> str:
    return unescape(sub("<[^>]*>", "", message.text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_with_a_file_fit_below_it(language: str) -> None:
    message = calendar.file(LONGEST_WEBINAR, b"", language)

    assert utf16_length(shown(message)) <= MOST_CAPTION
    assert message.attachment is not None
    assert message.attachment.name == "webinar-1.ics"


@pytest.mark.parametrize("language", LANGUAGES)
def test_toasts_and_buttons_fit(language: str) -> None:
    say = speaker(language)
    labels = [button.label for row in calendar.screen(WEB, NOW, "Asia/Kolkata", language).buttons for button in row]

    for toast in (calendar.ordered(language), calendar.address_ordered(language), calendar.ended(language)):
        assert utf16_length(toast) <= 200
    assert all(len(label) <= 40 for label in labels)
    # Three of them stand side by side in the list of webinars.
    assert len(calendar.webinar_button(1, say).label) <= 10


def test_the_address_stands_alone_in_its_line_to_be_copied() -> None:
    url = "https://prework.example.org/calendar/token.ics"

    message = calendar.address(url, "en")

    assert f"<code>{url}</code>" in message.text.splitlines()
    assert "<code>webcal://prework.example.org/calendar/token.ics</code>" in message.text.splitlines()


def test_an_address_from_before_can_be_switched_off_where_there_are_none_any_more() -> None:
    def labels(since: datetime | None) -> list[str]:
        screen = calendar.screen(None, since, "Asia/Kolkata", "en")
        return [button.label for row in screen.buttons for button in row]

    assert labels(NOW) == ["Switch off", "Back"]
    assert labels(None) == ["Back"]


def test_the_screen_names_the_feed_for_everybody_in_the_language_of_the_reader() -> None:
    assert "/calendar/webinars.ics?lang=fr" in calendar.screen(WEB, None, "Europe/Paris", "fr").text
    assert "Mon, 14 Mar 2022, 05:30" in calendar.screen(WEB, NOW, "Asia/Kolkata", "en").text
