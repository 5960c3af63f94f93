"""What is said in the chat about signing in on the organisers' pages."""

from domain.buttons.web_access import SignOutEverywhere
from messages.languages import speaker
from messages.markup import Button, LinkButton, Message, rows


def ordered(language: str) -> str:
    """The toast: the link comes as a message of its own."""
    return speaker(language).plain("The link comes in a moment.")


def link(url: str, language: str) -> Message:
    """The link, which lets in whoever opens it."""
    say = speaker(language)
    text = say(
        "<b>The organisers' pages</b>\nThe button opens them in your browser and signs you in for 8 hours. It works "
        "once, within 5 minutes. Do not pass this message on: whoever opens the link acts in your name."
    )
    open_pages = LinkButton(say.plain("Open in the browser"), url)
    return Message(text, rows(open_pages, sign_out_button(language)))


def sign_out_button(language: str) -> Button:
    """*Sign out everywhere*."""
    return Button(speaker(language).plain("Sign out everywhere"), SignOutEverywhere())


def signed_out(sessions: int, language: str) -> str:
    """The toast after *Sign out everywhere*."""
    say = speaker(language)
    if not sessions:
        return say.plain("You are signed in nowhere.")
    return say.plain_plural(
        "Done. {count} browser was signed out.", "Done. {count} browsers were signed out.", sessions
    )
