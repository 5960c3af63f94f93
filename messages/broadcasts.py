"""What is said while a message for many is written, shown to its author, and started."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.broadcasts import MOST_ALONE, Audience, Broadcast
from domain.buttons.broadcasts import (
    ChooseAudience,
    ListTargets,
    NewBroadcast,
    PreviewOnly,
    ResumeBroadcast,
    StartBroadcast,
    StopBroadcast,
    StopMessages,
)
from domain.buttons.dialogs import Cancel
from domain.paging import ListPage
from messages.dialogs import question
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, Message, Row, clean, join, rows, shortened
from messages.turning import by_start

STEPS = 3


def copy(html: str, language: str, *, preview: bool = False) -> Message:
    """The message as it reaches everybody: the same text, the way out in the reader's language."""
    way_out = PreviewOnly() if preview else StopMessages()
    return Message(clean(html), rows(Button(speaker(language).plain("Stop these messages"), way_out)))


def only_a_preview(language: str) -> str:
    """The toast of the button in the preview."""
    return speaker(language).plain("In the preview this button does nothing.")


# --- Writing ----------------------------------------------------------------------------------


def kept(html: str, revision: int, language: str, *, unread: bool) -> Message:
    """A draft is there: go on, or write anew? `unread`: a text came instead of an answer."""
    say = speaker(language)
    first = [say("Please choose first; what you have just written is not taken.")] if unread else []
    return Message(
        join([*first, say("<b>You have a draft</b>"), clean(html)], "\n\n"),
        rows(
            (
                Button(say.plain("Go on"), ResumeBroadcast(revision)),
                Button(say.plain("Write a new one"), NewBroadcast(revision)),
            ),
            Button(say.plain("Cancel"), Cancel()),
        ),
    )


def ask_text(draft: str, most: int, revision: int, language: str) -> Message:
    """What shall it say?"""
    say = speaker(language)
    text = say(
        "Write the message as it shall look: bold, italic and links are kept. At most {most} characters.", most=most
    )
    if draft:
        text = join([text, say("Until now it says:"), clean(draft)], "\n\n")
    return question(text, language, step=1, of=STEPS, revision=revision)


def ask_audience(revision: int, language: str) -> Message:
    """For whom is it?"""
    say = speaker(language)
    labels = {
        Audience.EVERYBODY: say.plain("Everybody"),
        Audience.GROUP: say.plain("A working group"),
        Audience.WEBINAR: say.plain("Those who follow a webinar"),
    }
    choices = tuple((Button(label, ChooseAudience(who, 0, revision)),) for who, label in labels.items())
    return question(say("For whom is it?"), language, step=2, of=STEPS, revision=revision, choices=choices)


@dataclass(frozen=True)
class Choice:
    """A group or a webinar to choose; `titles` by language."""

    id: int
    titles: Mapping[str, str]


def ask_target(audience: Audience, listed: Sequence[Choice], page: ListPage, revision: int, language: str) -> Message:
    """Which group, which webinar?"""
    say = speaker(language)
    text = say("Which working group?") if audience is Audience.GROUP else say("Which webinar?")
    if not listed:
        text = say("There is none yet. Go back and choose another audience.")
    choices: list[Row] = [
        (Button(shortened(pick(one.titles, language)), ChooseAudience(audience, one.id, revision)),) for one in listed
    ]
    turn = by_start(page, lambda to: ListTargets(audience, to, revision), language)
    return question(text, language, step=2, of=STEPS, revision=revision, choices=rows(*choices, turn))


def ask_to_send(
    broadcast: Broadcast, target: Mapping[str, str], recipients: int, revision: int, language: str
) -> Message:
    """Below the preview: to whom, to how many?"""
    say = speaker(language)
    parts = [say("Above you see the message as it will arrive."), _audience(broadcast.audience, target, say)]
    choices: tuple[Row, ...] = ()
    if recipients == 0:
        parts.append(say("Nobody can be reached there at the moment."))
    else:
        parts.append(_send_to(recipients, say))
        choices = ((_send_button(broadcast.id, recipients, revision, say),),)
    if recipients > MOST_ALONE:
        parts.append(say("These are more than {most} people: a second organiser has to confirm.", most=MOST_ALONE))
    return question(join(parts, "\n\n"), language, step=3, of=STEPS, revision=revision, choices=choices)


def _audience(audience: Audience, target: Mapping[str, str], say: Speaker) -> Html:
    name = pick(target, say.language)
    match audience:
        case Audience.EVERYBODY:
            return say("To: everybody")
        case Audience.GROUP:
            return say("To: members of {group}", group=name)
        case Audience.WEBINAR:
            return say("To: those who follow {webinar}", webinar=name)


def _send_to(recipients: int, say: Speaker) -> Html:
    return say.plural("<b>Send to {count} person?</b>", "<b>Send to {count} people?</b>", recipients)


def _send_button(broadcast_id: int, recipients: int, revision: int, say: Speaker) -> Button:
    label = say.plain("Send to {count}", count=recipients)
    return Button(label, StartBroadcast(broadcast_id, recipients, revision))


# --- Starting ---------------------------------------------------------------------------------


def on_its_way(recipients: int, language: str) -> Message:
    """In place of the question, once it was answered with *Send*."""
    say = speaker(language)
    return Message(
        say.plural("On its way to {count} person.", "On its way to {count} people.", recipients),
    )


def asked(language: str) -> Message:
    """In place of the question, when a second organiser is needed."""
    say = speaker(language)
    return Message(say("The other organisers have been asked to confirm. Nothing is sent until then."))


def to_confirm(broadcast: Broadcast, target: Mapping[str, str], recipients: int, author: str, language: str) -> Message:
    """A second organiser's card: the message, to whom, to how many."""
    say = speaker(language)
    head = say("<b>{author} asks you to confirm this message</b>", author=author)
    parts = [head, clean(broadcast.html), _audience(broadcast.audience, target, say), _send_to(recipients, say)]
    return Message(
        join(parts, "\n\n"), rows(_send_button(broadcast.id, recipients, 0, say), _withdraw(broadcast.id, say))
    )


def waits_for_second(broadcast: Broadcast, target: Mapping[str, str], recipients: int, language: str) -> Message:
    """The author's card until somebody confirms."""
    say = speaker(language)
    count = say.plural("{count} person", "{count} people", recipients)
    parts = [say("<b>Waiting for a second organiser</b>"), _audience(broadcast.audience, target, say), count]
    return Message(join(parts), rows(_withdraw(broadcast.id, say)))


def _withdraw(broadcast_id: int, say: Speaker) -> Button:
    return Button(say.plain("Do not send"), StopBroadcast(broadcast_id))


# --- Toasts -----------------------------------------------------------------------------------


def started(language: str) -> str:
    """It goes out from now on."""
    return speaker(language).plain("On its way.")


def already_started(starter: str, language: str) -> str:
    """Pressed twice, or by two."""
    return speaker(language).plain("Already on its way, started by {starter}.", starter=starter)


def nobody_to_reach(language: str) -> str:
    """The audience is empty."""
    return speaker(language).plain("Nobody can be reached there at the moment. Your draft is safe.")


def nobody_to_confirm(language: str) -> str:
    """Too many people, and nobody else to look at it."""
    return speaker(language).plain(
        "A second organiser has to confirm, and there is none. Your draft is safe; choose a smaller audience, or let "
        "somebody become an organiser first."
    )


def number_changed(recipients: int, language: str) -> str:
    """Not sent yet: the number on the button was no longer true."""
    say = speaker(language)
    return say.plain_plural(
        "Nothing is sent yet: by now it is {count} person. Please look again.",
        "Nothing is sent yet: by now it is {count} people. Please look again.",
        recipients,
    )


def stopped(spared: int, language: str) -> str:
    """Nothing more goes out; `spared`: to how many it would have."""
    say = speaker(language)
    if spared == 0:
        return say.plain("Stopped. Nothing more goes out.")
    return say.plain_plural("Stopped: {count} person gets nothing.", "Stopped: {count} people get nothing.", spared)


def over_already(language: str) -> str:
    """There was nothing to stop."""
    return speaker(language).plain("It was over already.")


def sending_again(count: int, language: str) -> str:
    """The uncertain ones get it once more."""
    say = speaker(language)
    if count == 0:
        return say.plain("Nobody is uncertain any more.")
    return say.plain_plural("Sending again to {count} person.", "Sending again to {count} people.", count)


def left_uncertain(language: str) -> str:
    """The uncertain ones stay as they are."""
    return speaker(language).plain("Left as it is.")
