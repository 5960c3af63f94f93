"""What is said in a poll about a time: the card in each reader's own times, the winner, the end."""

from datetime import datetime
from typing import assert_never

from domain.buttons.polls import AskDropPoll, ClosePoll, DropPoll, ReviewPoll, ShowPoll, VoteSlot
from domain.buttons.sessions import ShowSession
from domain.places import SharedZone
from domain.polls import (
    CloseOutcome,
    NobodyCan,
    NoneAhead,
    PollOver,
    PollState,
    ShownPoll,
    ShownSlot,
    SlotPast,
    Voted,
    VoteOutcome,
    Winner,
)
from domain.scheduling import Clash
from domain.slots import Hour, Vote, grade
from messages import dates
from messages.labels import labelled
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows
from messages.scheduling_preview import clash
from messages.sessions import untitled


def card(shown: ShownPoll, now: datetime, zone: str, language: str) -> Message:
    """Every time with the votes; in a group chat the same for all, without names."""
    say, poll = speaker(language), shown.poll
    if poll.state is not PollState.OPEN:
        return _ended(shown, zone, say)
    heading = [render("<b>{name}</b>", name=_name(shown, say)), _question(shown, zone, say)]
    slots = [_slot(one, shown, now, zone, say) for one in shown.slots]
    counted = say("Answered: {voted} of {voters}", voted=shown.voted, voters=shown.voters)
    buttons = rows(*(_vote_buttons(one, say) for one in shown.slots if one.slot.starts_at > now))
    is_shared = isinstance(zone, SharedZone)
    if not (shown.may_vote or is_shared):
        buttons = ()
    run = (
        Button(say.plain("Close and schedule"), ReviewPoll(poll.id)),
        Button(say.plain("Drop"), AskDropPoll(poll.id)),
    )
    return Message(join([join(heading), *slots, counted], "\n\n"), (*buttons, *rows(run if shown.may_run else None)))


def _name(shown: ShownPoll, say: Speaker) -> Html:
    return labelled(shown.group.code, shown.poll.title or untitled()[say.language], say)


def _question(shown: ShownPoll, zone: str, say: Speaker) -> Html:
    length = dates.lead(shown.poll.minutes, say.language)
    if isinstance(zone, SharedZone):
        return say("When can you come, for {length}?", length=length)
    city = dates.city(zone, say.language)
    return say("When can you come, for {length}? All times: {city}", length=length, city=city)


def _slot(one: ShownSlot, shown: ShownPoll, now: datetime, zone: str, say: Speaker) -> Html:
    slot = one.slot
    when = render("{place}. <b>{when}</b>", place=slot.place, when=_when(slot.starts_at, zone, say))
    if slot.starts_at <= now:
        when = join([when, say("over")], " · ")
    marks = [_mine(one, shown.poll.minutes, zone, say), _others(one, say)]
    return join([when, *(mark for mark in marks if mark), _tally(one, say)])


def _when(at: datetime, zone: str, say: Speaker) -> str:
    """In private without the city, which stands above."""
    if isinstance(zone, SharedZone):
        return dates.in_zone(at, zone, say.language)
    return dates.day_and_time(at, zone, say.language)


def _mine(one: ShownSlot, minutes: int, zone: str, say: Speaker) -> Html | None:
    """Said where it is no good time for the reader."""
    if isinstance(zone, SharedZone):
        return None
    at = dates.clock(one.slot.starts_at, zone, say.language)
    match grade(one.slot.starts_at, minutes, zone):
        case Hour.INSIDE:
            return None
        case Hour.OUTSIDE:
            return say("for you at {clock}: before 07:00 or after 22:00", clock=at)
        case Hour.ASLEEP:
            return say("for you at {clock}: in the night", clock=at)


def _others(one: ShownSlot, say: Speaker) -> Html | None:
    """For whom else it is no good time: by name, or how many."""
    if one.outside:
        return say("Before 07:00 or after 22:00 for: {names}", names=", ".join(one.outside))
    if one.burdened:
        return say("Before 07:00 or after 22:00 for: {count}", count=one.burdened)
    return None


def _tally(one: ShownSlot, say: Speaker) -> Html:
    labels = _labels(say)
    return join((_count(labels[vote], one.counts[vote], one.names[vote], say) for vote in Vote), " · ")


def _count(label: str, count: int, names: tuple[str, ...], say: Speaker) -> Html:
    return labelled(label, f"{count} ({', '.join(names)})" if names else count, say)


def _labels(say: Speaker) -> dict[Vote, str]:
    return {Vote.YES: say.plain("Yes"), Vote.IF_NEED: say.plain("If need be"), Vote.NO: say.plain("No")}


def _vote_buttons(one: ShownSlot, say: Speaker) -> Row:
    labels = _labels(say)
    return tuple(
        Button(("✓ " if one.mine is vote else "") + f"{one.slot.place} · {labels[vote]}", VoteSlot(one.slot.id, vote))
        for vote in Vote
    )


def _ended(shown: ShownPoll, zone: str, say: Speaker) -> Message:
    heading = render("<b>{name}</b>", name=_name(shown, say))
    by = shown.by or say.plain("Somebody")
    if shown.poll.state is PollState.DROPPED:
        return Message(join([heading, say("{name} dropped this poll. No time was chosen.", name=by)], "\n\n"))
    if shown.session is None:
        return Message(join([heading, say("This poll is closed.")], "\n\n"))
    when = dates.in_zone(shown.session.starts_at, zone, say.language)
    text = say("{name} closed this poll. The session is on {when}.", name=by, when=when)
    details = None if isinstance(zone, SharedZone) else Button(say.plain("Details"), ShowSession(shown.session.id))
    return Message(join([heading, text], "\n\n"), rows(details))


def not_yours_any_more(language: str) -> Message:
    """In the place of a card whose reader has left the group."""
    say = speaker(language)
    return Message(say("This poll is for its group only."))


# --- What people are told ---------------------------------------------------------------------


def voted(outcome: VoteOutcome, place: int, language: str) -> str:
    """The toast after a vote for the time with this number."""
    say = speaker(language)
    match outcome:
        case Voted(vote=Vote.YES):
            return say.plain("Time {number}: you can come.", number=place)
        case Voted(vote=Vote.IF_NEED):
            return say.plain("Time {number}: you can come if need be.", number=place)
        case Voted():
            return say.plain("Time {number}: you cannot come.", number=place)
        case PollOver():
            return say.plain("This poll is over.")
        case SlotPast():
            return say.plain("That time is over.")
        case _:
            assert_never(outcome)


def review(shown: ShownPoll, outcome: CloseOutcome, clashes: tuple[Clash, ...], zone: str, language: str) -> Message:
    """Which time wins, before the poll is closed; or why none does."""
    say, poll_id = speaker(language), shown.poll.id
    back = Button(say.plain("Back to the poll"), ShowPoll(poll_id))
    heading = render("<b>{name}</b>", name=_name(shown, say))
    match outcome:
        case Winner(slot=slot):
            one = next(one for one in shown.slots if one.slot.id == slot.id)
            when = dates.in_zone(slot.starts_at, zone, language)
            lines = [say("Most can come on {when}.", when=when), _others(one, say), _tally(one, say)]
            parts = [join([line for line in lines if line]), *(clash(found, zone, say) for found in clashes)]
            parts.append(say("Close the poll and schedule the session then? Everybody in the group is told."))
            schedule = Button(say.plain("Schedule it"), ClosePoll(poll_id, slot.id))
            return Message(join([heading, *parts], "\n\n"), rows(schedule, back))
        case NobodyCan():
            text = say("Nobody has said yet that they could come to any of these times.")
        case NoneAhead():
            text = say("All of these times are over. Drop the poll and look for other times.")
        case PollOver():
            text = say("This poll is over.")
        case _:
            assert_never(outcome)
    return Message(join([heading, text], "\n\n"), rows(back))


def votes_changed(language: str) -> str:
    """The toast when the winner is not the one that was shown."""
    return speaker(language).plain("The votes have changed. Look again before you schedule it.")


def ended_before(by: str | None, language: str) -> str:
    """The toast for whoever was second."""
    say = speaker(language)
    return say.plain("{name} was faster.", name=by) if by else say.plain("This poll is over.")


def ask_drop(shown: ShownPoll, language: str) -> Message:
    """Drop the poll? With how many answers are lost."""
    say = speaker(language)
    text = say.plural(
        "Drop this poll? {count} person has answered. No session comes of it, and the group sees that.",
        "Drop this poll? {count} people have answered. No session comes of it, and the group sees that.",
        shown.voted,
    )
    drop = Button(say.plain("Drop the poll"), DropPoll(shown.poll.id))
    return Message(
        join([render("<b>{name}</b>", name=_name(shown, say)), text], "\n\n"),
        rows((drop, Button(say.plain("Back to the poll"), ShowPoll(shown.poll.id)))),
    )


def scheduled(language: str) -> str:
    """The toast when the session is there."""
    return speaker(language).plain("Scheduled. The group is told.")


def dropped(language: str) -> str:
    """The toast when the poll is gone."""
    return speaker(language).plain("Dropped.")
