"""The words of the public page that are always the same."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace

from messages.languages import speaker

Say = Callable[[str], str]


def labels(language: str) -> SimpleNamespace:
    """All of them, by the names that the templates use."""
    say = speaker(language).plain
    return SimpleNamespace(**_frame(say), **_lists(say), **_one(say), **_texts(say))


def _frame(say: Say) -> Mapping[str, str]:
    """Around every page."""
    return {
        "skip": say("Skip to the content"),
        "pages": say("Pages"),
        "colon": say(":"),
        "language": say("Language"),
        "webinars": say("Webinars"),
        "groups": say("Working groups"),
        "results": say("Results"),
        "contact": say("Contact the organisers"),
        "privacy": say("Privacy"),
        "imprint": say("Imprint"),
        "bot": say("Open the bot"),
        "on_telegram": say("On Telegram"),
        "bot_does": say(
            "The bot reminds you of webinars in your own time zone, brings results, and lets you ask to join a group."
        ),
        "scan": say("Or scan this code with your phone."),
        "code": say("QR code of the link"),
        "feed_of_webinars": say("Webinars as a feed"),
        "feed_of_results": say("Results as a feed"),
        "has_no_address": say(
            "This page does not know its public address (BOT_PUBLIC_URL); until it does, feeds and calendars cannot be "
            "subscribed to from elsewhere."
        ),
    }


def _lists(say: Say) -> Mapping[str, str]:
    """Start page and lists."""
    return {
        "next_webinars": say("Next webinars"),
        "all_webinars": say("All webinars"),
        "upcoming": say("Upcoming webinars"),
        "past": say("Past webinars"),
        "called_off": say("Cancelled"),
        "none_announced": say("No webinar is announced at the moment."),
        "none_past": say("No webinar has taken place yet."),
        "latest_results": say("Latest results"),
        "all_results": say("All results"),
        "no_results": say("Nothing is published here yet."),
        "no_groups": say("There are no working groups yet."),
        "about": say(
            "Working groups prepare the themes of the conference in the months before it. They hold webinars that "
            "are open to everybody, and publish what they find."
        ),
        "turn": say("More of the list"),
        "newer": say("Newer"),
        "older": say("Older"),
    }


def _one(say: Say) -> Mapping[str, str]:
    """One webinar, and what one can subscribe to."""
    return {
        "when": say("When"),
        "joining": say("Taking part"),
        "group": say("Organised by"),
        "spoken": say("Language"),
        "speakers": say("With"),
        "calendar": say("Calendar"),
        "calendar_file": say("Calendar file"),
        "calendar_feed": say("Subscribe in your calendar"),
        "calendar_does": say("Your calendar then follows when something is moved or cancelled."),
        "feeds": say("Feeds"),
        "embed": say("For your website"),
    }


def _texts(say: Say) -> Mapping[str, str]:
    """Privacy notice, imprint, and the page where nothing is."""
    return {
        "not_written": say("The organisers have not written this text yet."),
        "this_page": say("This page"),
        "no_cookies": say(
            "It sets no cookies, runs no scripts and loads nothing from other servers. The program that serves it "
            "keeps no record of who reads it."
        ),
        "what_bot_keeps": say("What the bot keeps about you"),
        "bot_privacy": say(
            "On Telegram, the command /privacy says what is stored and why. There you can take your data with you, "
            "or have them deleted."
        ),
        "not_found": say("There is no such page"),
        "not_found_text": say("Perhaps the address is mistyped, or what stood here has been taken away."),
        "to_start": say("To the start page"),
    }
