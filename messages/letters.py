"""What failed, said so that somebody can do something about it."""

from collections.abc import Sequence
from typing import assert_never

from domain.buttons.audit import AskResend, ListDeadLetters, ListUndelivered, Resend, RetryLetter
from domain.buttons.organise import OrganiseSection, Section
from domain.letters import DeadLetter, Trouble, Undelivered, trouble_of
from domain.paging import ListPage
from domain.retries import Lost, MayGo, MayNot, Retry
from messages import dates
from messages.kinds import kind_of
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows, shortened
from messages.organise import to_cockpit
from messages.turning import by_time

MOST_ERROR = 200


def overview(dead: int, undelivered: int, language: str) -> Message:
    """The section of the cockpit: how much failed."""
    say = speaker(language)
    parts = [
        say("<b>What failed</b>"),
        say.plural(
            "{count} message from somebody could not be handled.",
            "{count} messages from people could not be handled.",
            dead,
        ),
        say.plural(
            "{count} message of ours did not arrive, or nobody knows whether it did.",
            "{count} messages of ours did not arrive, or nobody knows whether they did.",
            undelivered,
        ),
    ]
    letters = Button(say.plain("Not handled"), ListDeadLetters(0)) if dead else None
    messages = Button(say.plain("Not arrived"), ListUndelivered(0)) if undelivered else None
    return Message(join(parts, "\n\n"), rows(letters, messages, to_cockpit(language)))


def dead_letters(
    found: Sequence[tuple[DeadLetter, str]], page: ListPage, zone: str, language: str, *, may_handle: bool
) -> Message:
    """A page of what could not be handled; whoever may, lets it be tried again."""
    say = speaker(language)
    parts = [say("<b>Not handled</b>"), *(_dead(letter, name, zone, say) for letter, name in found)]
    if not found:
        parts.append(say("Nothing is left here."))
    again = [
        Button(say.plain("Try again: {reference}", reference=letter.reference), RetryLetter(letter.id))
        for letter, _ in found
        if may_handle
    ]
    turn = by_time(page, ListDeadLetters, language)
    return Message(join(parts, "\n\n"), rows(*again, turn, _back(say)))


def _dead(letter: DeadLetter, name: str, zone: str, say: Speaker) -> Html:
    when = dates.in_zone(letter.received_at, zone, say.language)
    who = name or (say.plain("a group chat") if letter.lane < 0 else say.plain("somebody"))
    _, _, error = letter.error.partition(": ")
    return say(
        "{when}, from {who}\nReference: <code>{reference}</code>\n{error}",
        when=when,
        who=who,
        reference=letter.reference,
        error=shortened(error, MOST_ERROR),
    )


def tried_again(language: str) -> str:
    """The toast after *Try again*."""
    return speaker(language).plain("It is being handled once more.")


# --- Not arrived ------------------------------------------------------------------------------


def undelivered(
    found: Sequence[tuple[Lost, str]], page: ListPage, zone: str, language: str, *, may_handle: bool
) -> Message:
    """A page of what did not arrive; whoever may, sends it again."""
    say = speaker(language)
    parts = [say("<b>Not arrived</b>"), *(_undelivered(lost, name, zone, say) for lost, name in found)]
    if not found:
        parts.append(say("Nothing is left here."))
    elif not may_handle:
        parts.append(say("Owners can have them sent again."))
    again = [_again(lost.message, name, say) for lost, name in found if may_handle and isinstance(lost.retry, MayGo)]
    turn = by_time(page, ListUndelivered, language)
    return Message(join(parts, "\n\n"), rows(*again, turn, _back(say)))


def _undelivered(lost: Lost, name: str, zone: str, say: Speaker) -> Html:
    message = lost.message
    heading = say(
        "{when}, to {who}: {state}",
        when=dates.in_zone(message.at, zone, say.language) if message.at else "–",
        who=reader(message, name, say),
        state=fate(message, say),
    )
    what = say("{what}. {trouble}", what=kind_of(message.kind, say), trouble=happened(message, say))
    may_not = [] if isinstance(lost.retry, MayGo) else [render("<i>{why}</i>", why=why_not(lost.retry, say))]
    return join([heading, what, *may_not])


def _again(message: Undelivered, name: str, say: Speaker) -> Button:
    """Who may have it already is asked about first."""
    values = (message.id, message.ending)
    to = reader(message, name, say)
    label = say.plain("Again to {who}: {what}", what=kind_of(message.kind, say), who=to)
    return Button(shortened(label), AskResend(*values) if message.is_uncertain else Resend(*values))


def ask_resend(message: Undelivered, name: str, zone: str, language: str) -> Message:
    """Once more, at the risk of twice?"""
    say = speaker(language)
    values = {"what": kind_of(message.kind, say), "who": reader(message, name, say)}
    when = dates.in_zone(message.at, zone, language) if message.at else "–"
    text = say("<b>Send it again?</b>\n{when}, to {who}: {what}", when=when, **values)
    send = Button(say.plain("Send again"), Resend(message.id, message.ending))
    back = Button(say.plain("Back"), ListUndelivered(0))
    return Message(join([text, render("{warning}", warning=twice(say))], "\n\n"), rows(send, back))


def twice(say: Speaker) -> str:
    """What to think of before what is uncertain is sent again."""
    return say.plain("It may have arrived. Sent again, it may arrive twice.")


def resent(retry: Retry, language: str) -> str:
    """The toast after *Send again*."""
    say = speaker(language)
    return say.plain("It goes out again.") if isinstance(retry, MayGo) else why_not(retry, say)


def reader(message: Undelivered, name: str, say: Speaker) -> str:
    """For whom a message was."""
    if name:
        return name
    if message.kind in ("channel_post", "channel_call"):
        return say.plain("the channel")
    if message.chat_id is None:
        return say.plain("Telegram")
    return say.plain("a group chat") if message.chat_id < 0 else say.plain("somebody")


def fate(message: Undelivered, say: Speaker) -> str:
    """What became of it."""
    return say.plain("perhaps arrived") if message.is_uncertain else say.plain("did not arrive")


def happened(message: Undelivered, say: Speaker) -> str:
    """Why, in a sentence."""
    match trouble_of(message):
        case Trouble.BLOCKED:
            return say.plain("They have blocked the bot.")
        case Trouble.NEVER_STARTED:
            return say.plain("They never pressed Start.")
        case Trouble.ACCOUNT_GONE:
            return say.plain("Their account does not exist any more.")
        case Trouble.CHAT_LEFT:
            return say.plain("The chat is gone, or the bot is not in it.")
        case Trouble.NO_RIGHT:
            return say.plain("The bot may not do that in this chat.")
        case Trouble.STOPPED_MIDWAY:
            return say.plain("The bot was stopped in the middle of sending.")
        case Trouble.RESTORED:
            return say.plain("It was on its way when the backup was made that the database was restored from.")
        case Trouble.EMPTIED:
            return say.plain("It was for or about somebody whose data are deleted.")
        case Trouble.REFUSED:
            error = shortened(message.error or "", MOST_ERROR)
            return say.plain("Telegram does not take it: {error}", error=error)
        case Trouble.NO_CONNECTION:
            error = shortened(message.error or "", MOST_ERROR)
            return say.plain("Telegram could not be reached, or did not answer: {error}", error=error)
        case trouble:
            assert_never(trouble)


def why_not(reason: MayNot, say: Speaker) -> str:
    """Why it is not sent again."""
    match reason:
        case MayNot.HANDLED:
            return say.plain("Somebody was faster, or it has changed. Here is how it stands.")
        case MayNot.ERASED:
            return say.plain("Not sent again: nobody is left to read it.")
        case MayNot.ASKED_FOR:
            return say.plain("Not sent again: whoever it was for can ask for it anew.")
        case MayNot.ELSEWHERE:
            return say.plain("Not sent again: a step is taken anew in its chat, or from the card of its result.")
        case MayNot.OVERTAKEN:
            return say.plain("Not sent again: something newer has taken its place.")
        case MayNot.NEVER_STARTED:
            return say.plain("Not sent again before they press Start.")
        case MayNot.BLOCKED:
            return say.plain("Not sent again while they block the bot.")
        case MayNot.STOPPED:
            return say.plain("Not sent again: they have stopped all messages.")
        case MayNot.OUT:
            return say.plain("Not sent again while the bot is not in that chat.")
        case MayNot.TOO_LATE:
            return say.plain("Not sent again: it is too late.")
        case MayNot.OUTDATED:
            return say.plain("Not sent again: what it is about has changed since.")
        case MayNot.HALTED:
            return say.plain("Not sent again: the broadcast is paused or was stopped.")
        case _:
            assert_never(reason)


def _back(say: Speaker) -> Row:
    return (Button(say.plain("Back"), OrganiseSection(Section.LETTERS)), to_cockpit(say.language))
