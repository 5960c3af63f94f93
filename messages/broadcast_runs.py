"""How a message for many gets on: the bar while it goes out, the report by names afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.broadcasts import Broadcast, BroadcastState, Fate, Progress
from domain.buttons.broadcasts import LeaveUncertain, ResumeRun, RetryUncertain, StopBroadcast
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, Row, clean, join, render, rows

BAR = 10
"""Cells of the text bar."""

MOST_NAMES: Mapping[Fate, int] = {Fate.UNREACHABLE: 20, Fate.FAILED: 20, Fate.UNCERTAIN: 80}
"""Names listed of each kind in a report. A kill leaves at most as many uncertain as calls were under way."""

MOST_NAME = 24
"""Longest name in a report: three full lists fit into one message."""


@dataclass(frozen=True)
class Run:
    """A run as it is shown. `names`: the first of those it did not reach for sure."""

    broadcast: Broadcast
    progress: Progress
    names: Mapping[Fate, Sequence[str]]
    starter: str = ""  # who confirmed, where that was not the author


def run(shown: Run, language: str, *, decided: bool = False) -> Message:
    """The card of a run: a bar while it goes on, the report by names afterwards. `decided`: uncertain ones are left."""
    say = speaker(language)
    broadcast, progress = shown.broadcast, shown.progress
    if broadcast.was_withdrawn:
        return Message(say("<b>Not sent</b>\nThe message was withdrawn before anything went out."))
    parts = [_heading(broadcast, progress, say), *_confirmed(shown, say), *_counts(progress, say)]
    if broadcast.state is BroadcastState.SENDING:
        parts[1:1] = [_bar(progress), say("Sent: {count}", count=progress[Fate.SENT])]
        return Message(join(parts), rows(Button(say.plain("Stop"), StopBroadcast(broadcast.id))))
    text = join([join(parts), *(_named(fate, shown, say) for fate in shown.names)], "\n\n")
    return Message(text, () if decided else _uncertain_buttons(broadcast.id, progress[Fate.UNCERTAIN], say))


def paused(
    broadcast: Broadcast, progress: Progress, recipients: int, sender: str | None, language: str, *, may_resume: bool
) -> Message:
    """A run that waits for an owner's word: whoever sent it may not any more. `recipients`: before it has begun."""
    say = speaker(language)
    name = sender or say.plain("somebody who has left")
    head = say("<b>Paused: {name} is no organiser any more</b>", name=name)
    if broadcast.started_at is None:
        far = say.plural("It was to go to {count} person.", "It was to go to {count} people.", recipients)
    else:
        far = say("{sent} of {total} have it.", sent=progress[Fate.SENT], total=progress.total)
    if not may_resume:
        return Message(join([head, far, say("An owner decides whether it goes out.")], "\n"))
    send, drop = ResumeRun(broadcast.id), StopBroadcast(broadcast.id)
    choices = (Button(say.plain("Send it on"), send), Button(say.plain("Do not send"), drop))
    return Message(join([head, clean(broadcast.html), far], "\n\n"), rows(choices))


def _heading(broadcast: Broadcast, progress: Progress, say: Speaker) -> Html:
    match broadcast.state:
        case BroadcastState.SENDING:
            return say.plural("<b>Sending to {count} person</b>", "<b>Sending to {count} people</b>", progress.total)
        case BroadcastState.STOPPED:
            return say("<b>Stopped: {sent} of {total} had gone out</b>", sent=progress[Fate.SENT], total=progress.total)
        case _:
            return say("<b>Done: {sent} of {total} have it</b>", sent=progress[Fate.SENT], total=progress.total)


def _confirmed(shown: Run, say: Speaker) -> list[Html]:
    return [say("Confirmed by {name}", name=shown.starter)] if shown.starter else []


def _bar(progress: Progress) -> Html:
    done = progress.settled / progress.total if progress.total else 1.0
    full = int(done * BAR)
    return render("{bar} {percent} %", bar="█" * full + "░" * (BAR - full), percent=int(done * 100))


def _counts(progress: Progress, say: Speaker) -> list[Html]:
    """The counts of those who do not have it, where there are any."""
    told = {
        Fate.UNREACHABLE: say("Unreachable: {count}", count=progress[Fate.UNREACHABLE]),
        Fate.FAILED: say("Failed: {count}", count=progress[Fate.FAILED]),
        Fate.UNCERTAIN: say("Uncertain: {count}", count=progress[Fate.UNCERTAIN]),
        Fate.CANCELLED: say("Stopped before sending: {count}", count=progress[Fate.CANCELLED]),
        Fate.WAITING: say("Waiting: {count}", count=progress[Fate.WAITING]),
    }
    return [line for fate, line in told.items() if progress[fate]]


def _named(fate: Fate, shown: Run, say: Speaker) -> Html:
    headings = {
        Fate.UNREACHABLE: say("<b>Unreachable</b> – they blocked the bot or never started it:"),
        Fate.FAILED: say("<b>Failed</b> – Telegram did not take it:"),
        Fate.UNCERTAIN: say("<b>Uncertain</b> – they may have it or not:"),
    }
    listed = shown.names[fate]
    more = shown.progress[fate] - len(listed)
    names = ", ".join(_short(name) for name in listed)
    line = say("{names} and {more} more", names=names, more=more) if more > 0 else render("{names}", names=names)
    return join([headings[fate], line])


def _short(name: str) -> str:
    return name if len(name) <= MOST_NAME else name[: MOST_NAME - 1] + "…"


def _uncertain_buttons(broadcast_id: int, count: int, say: Speaker) -> tuple[Row, ...]:
    if count == 0:
        return ()
    again = say.plain_plural("Send again to {count}", "Send again to these {count}", count)
    return rows(
        Button(again, RetryUncertain(broadcast_id)),
        Button(say.plain("Leave it"), LeaveUncertain(broadcast_id)),
    )
