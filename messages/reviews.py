"""What is said while results are reviewed and published: to those who decide, and to authors."""

from typing import assert_never

from domain.buttons.dialogs import HandIn
from domain.buttons.results import Revise, ShowResult
from domain.results import Result, ResultState
from domain.reviews import MOST_WITHDRAWAL, News
from messages import dialogs
from messages.languages import speaker
from messages.markup import Button, Message, join, render, rows
from messages.result_deeds import Shown
from messages.results import all_results, name_of


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
        case ResultState.WITHDRAWN:
            return say.plain("This is withdrawn already.")
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


def news(result: Result, told: News, language: str) -> Message:
    """What those who wrote it are told."""
    say = speaker(language)
    title, details = result.title, Button(say.plain("Details"), ShowResult(result.id))
    match told:
        case News.ACCEPTED:
            return Message(
                say("Accepted: <b>{title}</b>\nAn organiser can publish it now.", title=title), rows(details)
            )
        case News.CHANGES_ASKED:
            text = say("Changes asked for: <b>{title}</b>\n{reason}", title=title, reason=result.reason)
            return Message(text, rows(Button(say.plain("Revise"), Revise(result.id)), details))
        case News.PUBLISHED:
            return Message(say("Published: <b>{title}</b>\nEverybody can read it now.", title=title), rows(details))
        case News.CORRECTED:
            text = say("Corrected in public: <b>{title}</b>\n{what}", title=title, what=result.correction)
            return Message(text, rows(details))
        case News.NOT_CORRECTED:
            text = say("Your correction of <b>{title}</b> is not taken over. It stays as it is.", title=title)
            return Message(text, rows(details))
        case News.COAUTHOR_DECLINED:
            text = say(
                "Somebody you named as a co-author of <b>{title}</b> does not want to be named. The result shows who "
                "still is.",
                title=title,
            )
            return Message(text, rows(details))
        case News.WITHDRAWN:
            text = say("Withdrawn: <b>{title}</b>\n{reason}", title=title, reason=result.withdrawal)
            return Message(text, rows(details))
        case _:
            assert_never(told)


# --- Withdrawing ---


def ask_withdrawal(title: str, revision: int, language: str) -> Message:
    """Why is it taken back?"""
    say = speaker(language)
    text = say(
        "<b>{title}</b>\n\nWhy is it withdrawn? Everybody can read your words. At most {most} characters.",
        title=title,
        most=MOST_WITHDRAWAL,
    )
    return dialogs.question(text, language, step=1, of=2, revision=revision)


def confirm_withdrawal(title: str, reason: str, revision: int, language: str) -> Message:
    """Sure? With who will see what."""
    say = speaker(language)
    text = say(
        "Withdraw <b>{title}</b>?\n\nReason: {reason}\n\n<i>Everybody sees this reason from now on, and nothing else "
        "of the result: here, on the public page and wherever it was posted. Those who wrote it are told.</i>",
        title=title,
        reason=reason,
    )
    sure = ((Button(say.plain("Withdraw it"), HandIn(revision)),),)
    return dialogs.question(text, language, step=2, of=2, revision=revision, choices=sure)


def withdrawn(language: str) -> str:
    """The toast after *Withdraw it*."""
    return speaker(language).plain("Withdrawn. Those who wrote it are told.")


def already_withdrawn(name: str | None, language: str) -> str:
    """Another organiser was faster."""
    say = speaker(language)
    return (
        say.plain("{name} has already withdrawn this.", name=name) if name else say.plain("This is withdrawn already.")
    )


def not_public(language: str) -> str:
    """There is nothing public to take back or to correct."""
    return speaker(language).plain("This is not published.")
