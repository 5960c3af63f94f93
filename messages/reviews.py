"""What is said while results are reviewed and published: to those who decide, and to authors."""

from typing import assert_never

from domain.buttons.results import Revise, ShowResult
from domain.results import Result, ResultState
from messages import dialogs
from messages.languages import speaker
from messages.markup import Button, Message, join, render, rows
from messages.results import Shown, all_results, name_of


def ask_reason(title: str, revision: int, language: str) -> Message:
    """What shall the author change?"""
    say = speaker(language)
    text = say("<b>{title}</b>\n\nWhat should be changed? The author gets your words.", title=title)
    return dialogs.question(text, language, step=1, of=1, revision=revision)


def accepted(language: str) -> str:
    """The toast after *Accept*."""
    return speaker(language).plain("Accepted. The author is told.")


def changes_asked(title: str, language: str) -> Message:
    """After the reason was typed."""
    say = speaker(language)
    return Message(
        say("Sent. The author of <b>{title}</b> is told what to change.", title=title), rows(all_results(say))
    )


def published(language: str) -> str:
    """The toast after *Publish*."""
    return speaker(language).plain("Published. Everybody can read it under /results.")


def not_accepted(language: str) -> str:
    """The toast when something is to be published that nobody has accepted."""
    return speaker(language).plain("Nobody has accepted this yet.")


def out_of_date(language: str) -> str:
    """The toast on a card of an older version; the newest takes its place."""
    return speaker(language).plain("This card was out of date. Here is the newest version.")


def too_late(shown: Shown, language: str) -> str:
    """Somebody else was faster: who, and with what."""
    say, result = speaker(language), shown.result
    name = name_of(shown, result.decided_by, say)
    match result.state:
        case ResultState.ACCEPTED:
            return say.plain("Already accepted by {name}.", name=name)
        case ResultState.CHANGES_ASKED:
            return say.plain("{name} has already asked for changes.", name=name)
        case ResultState.PUBLISHED:
            return say.plain("Already published by {name}.", name=name_of(shown, result.published_by, say))
        case ResultState.DRAFT | ResultState.SUBMITTED:
            return out_of_date(language)
        case _:
            assert_never(result.state)


def too_late_message(shown: Shown, language: str) -> Message:
    """The same, after the reason was typed; it is not lost but shown once more."""
    say = speaker(language)
    said = render("{text}", text=too_late(shown, language))
    show = Button(say.plain("Show the result"), ShowResult(shown.result.id))
    return Message(join([said, say("Your words were not sent.")]), rows(show))


def news(result: Result, state: ResultState, language: str) -> Message:
    """What an author is told."""
    say = speaker(language)
    details = Button(say.plain("Details"), ShowResult(result.id))
    match state:
        case ResultState.ACCEPTED:
            text = say("Accepted: <b>{title}</b>\nAn organiser can publish it now.", title=result.title)
            return Message(text, rows(details))
        case ResultState.CHANGES_ASKED:
            text = say("Changes asked for: <b>{title}</b>\n{reason}", title=result.title, reason=result.reason)
            return Message(text, rows(Button(say.plain("Revise"), Revise(result.id))))
        case ResultState.PUBLISHED:
            text = say("Published: <b>{title}</b>\nEverybody can read it now.", title=result.title)
            return Message(text, rows(details))
        case ResultState.DRAFT | ResultState.SUBMITTED:
            raise ValueError(f"{state} is no news to the author")
        case _:
            assert_never(state)
