"""What failed, said so that somebody can do something about it."""

from collections.abc import Sequence

from domain.buttons.audit import ListDeadLetters, ListUndelivered, RetryLetter
from domain.buttons.organise import OrganiseSection, Section
from domain.letters import DeadLetter, Undelivered
from domain.paging import ListPage
from messages import dates
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, Row, join, rows, shortened
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


def undelivered(found: Sequence[tuple[Undelivered, str]], page: ListPage, zone: str, language: str) -> Message:
    """A page of what did not arrive."""
    say = speaker(language)
    parts = [say("<b>Not arrived</b>"), *(_undelivered(message, name, zone, say) for message, name in found)]
    if not found:
        parts.append(say("Nothing is left here."))
    turn = by_time(page, ListUndelivered, language)
    return Message(join(parts, "\n\n"), rows(turn, _back(say)))


def _undelivered(message: Undelivered, name: str, zone: str, say: Speaker) -> Html:
    when = dates.in_zone(message.at, zone, say.language) if message.at else "–"
    who = name or (say.plain("a group chat") if (message.chat_id or 0) < 0 else say.plain("Telegram"))
    state = say.plain("perhaps arrived") if message.is_uncertain else say.plain("did not arrive")
    return say(
        "{when}, to {who}: {state}\n{kind}: {error}",
        when=when,
        who=who,
        state=state,
        kind=kind_of(message.kind, say),
        error=shortened(message.error, MOST_ERROR),
    )


def kind_of(kind: str, say: Speaker) -> str:
    """What sort of message it was; a sort without a name here is shown as it is stored."""
    known = {
        "reply": say.plain("An answer"),
        "card": say.plain("A card"),
        "group_card": say.plain("A card in a group"),
        "progress": say.plain("The progress of a broadcast"),
        "reminder": say.plain("A reminder"),
        "change": say.plain("News of a webinar"),
        "session_change": say.plain("News of a session"),
        "registration": say.plain("News of a registration"),
        "share": say.plain("A shared card"),
        "ask": say.plain("A question about a session"),
        "decision": say.plain("News of a request"),
        "role": say.plain("News of a role"),
        "review": say.plain("News of a result"),
        "broadcast": say.plain("A broadcast"),
        "digest": say.plain("The weekly summary"),
        "export": say.plain("A file"),
        "file": say.plain("A file"),
        "web_link": say.plain("A link to the organisers' pages"),
        "alarm": say.plain("An alarm"),
    }
    return known.get(kind) or kind.replace("_", " ")


def _back(say: Speaker) -> Row:
    return (Button(say.plain("Back"), OrganiseSection(Section.LETTERS)), to_cockpit(say.language))
