"""What is said when something cannot be done: what happened, what is kept, what to do."""

from domain import errors
from messages import moments
from messages.languages import speaker
from messages.markup import Message, render, rows
from messages.ways import home


def said(error: errors.UserError, language: str) -> str:
    """The sentence for an expected "no", without markup."""
    say = speaker(language)
    match error:
        case errors.NotAllowed():
            return say.plain("This is not for you, or it does not exist.")
        case errors.NotFound():
            return say.plain("This does not exist any more.")
        case errors.OutOfDate():
            return say.plain("This card is out of date. Here is a fresh one.")
        case errors.TooLong(length=length, most=most):
            return say.plain(
                "That is too long: {length} characters, {most} at most. Your draft is safe; send a shorter text.",
                length=length,
                most=most,
            )
        case errors.NotReadable(expected=expected):
            return _not_readable(expected, language)
        case errors.NotInRange(least=least, most=most):
            return say.plain("Send a whole number from {least} to {most}, in digits.", least=least, most=most)
        case errors.NotThatTime():
            return moments.said(error, language)
        case _:
            raise error


def only_first(language: str) -> str:
    """Of an album."""
    return speaker(language).plain("Only the first file of an album counts. The others are not kept.")


def gone(language: str) -> Message:
    """In place of a card whose object is no more."""
    return Message(render("{text}", text=said(errors.NotFound(), language)))


def _not_readable(expected: str, language: str) -> str:
    say = speaker(language)
    match expected:
        case "link":
            return say.plain("That is not a link. Send one that begins with https://, or a file. Your draft is safe.")
        case "homepage":
            return say.plain("Notices cannot go there. Send an address of the open web that begins with https://.")
        case "file":
            return say.plain("I can only take a document or a link here. Your draft is safe.")
        case "slides":
            return say.plain("I need a file here, not a picture: as a PDF, for example. What you sent before is kept.")
        case "big file":
            return say.plain("That file is larger than 20 MB. Send a smaller one or a link. Your draft is safe.")
        case "zone":
            return say.plain("I do not know that place. Send the name of a large city in your time zone, like Accra.")
        case "moment":
            return say.plain(
                "I could not read that date and time. Send it like {example}, or tap a day. Your draft is safe.",
                example=moments.EXAMPLE,
            )
        case "day":
            return say.plain(
                "I could not read that date. Send it like {example}. Your draft is safe.", example="31.05.2023"
            )
        case "other code":
            return say.plain("Another group has this code already. Send a different one. Your draft is safe.")
        case "join link":
            return say.plain(
                "That is not a link. Send one that begins with https://, or skip this. Your draft is safe."
            )
        case "last day":
            return say.plain("The last day has to come after the first. Send another date, or a number of times.")
        case "speakers":
            return say.plain("Send the names of the organisations, one on each line, at most 12. Your draft is safe.")
        case "document":
            return say.plain("I need a text or a file here, not a picture. Your draft is safe.")
        case "lead":
            return say.plain("I could not read that. Send it like 45 minutes, 3 hours or 2 days.")
        case "lead range":
            return say.plain("A reminder comes from 1 minute to 30 days before. Send a time in between.")
        case "more leads":
            return say.plain("You have 12 reminders before an event. Switch one off first.")
        case "silence":
            return say.plain("Send a day after today, at most a year ahead, like {example}.", example="24.03.2023")
        case "day ahead":
            return say.plain("That day is past, before the first one, or too far ahead. Send another date.")
        case "later day":
            return say.plain("The group would close before it opens. Send another date. Your draft is safe.")
        case _:
            return say.plain("I need a text here. What you have written so far is safe.")


def not_understood(language: str) -> Message:
    """For anything that is neither a command nor an answer to a question."""
    say = speaker(language)
    return Message(say("I did not understand that. Choose below, or send /help."), rows(home(say)))


def fresh_home(text: str, language: str) -> Message:
    """A message with the way home, below an error that left nothing else on the screen."""
    return Message(render("{text}", text=text), rows(home(speaker(language))))


def unexpected(reference: str, language: str) -> Message:
    """A bug: a short reference; the details are in the log."""
    say = speaker(language)
    text = say(
        "Something went wrong on our side. What you had saved is kept. Try again; if it stays like this, "
        "tell the organisers this reference: <code>{reference}</code>",
        reference=reference,
    )
    return Message(text, rows(home(say)))


def too_fast(language: str) -> Message:
    """Said once when somebody floods the bot."""
    say = speaker(language)
    return Message(say("That was a lot at once. I will listen again in a few seconds."))
