"""How a poll ends: the time that suits most becomes a session of which everybody is told once, or it is dropped."""

from dataclasses import dataclass, replace

from domain.errors import OutOfDate
from domain.events import Event
from domain.permissions import Permission
from domain.polls import CloseOutcome, Poll, PollOver, PollSlot, PollState, ShownPoll, Winner, decide_close
from domain.scheduling import Clash
from domain.sessions import Answer
from domain.slots import Vote
from services import asking, cards, session_changes
from services.polls import as_session, checked, get_card, get_poll, others_in, subject_of
from services.scheduling import find_all_clashes, new_session
from services.sessions import subject_of as session_subject
from services.work import Work
from storage import facts
from storage import polls as stored
from storage import sessions as invitations


@dataclass(frozen=True)
class Review:
    """What closing the poll would make of it."""

    shown: ShownPoll
    outcome: CloseOutcome
    clashes: tuple[Clash, ...]


async def review(work: Work, poll_id: int) -> Review:
    """The slot that wins now, and what else is at that time."""
    poll = await get_poll(work, poll_id, Permission.RUN_EVENTS)
    outcome, clashes = await _decide(work, poll), tuple[Clash, ...]()
    if isinstance(outcome, Winner):
        clashes = (await find_all_clashes(work.tx, [_session(poll, outcome.slot, work)]))[0]
    return Review(await get_card(work, poll.id), outcome, clashes)


async def _decide(work: Work, poll: Poll) -> CloseOutcome:
    ballot = await stored.get_votes(work.tx, poll.id, invitations.invited(as_session(poll)))
    return decide_close(poll, await stored.get_slots(work.tx, poll.id), ballot, work.now)


def _session(poll: Poll, slot: PollSlot, work: Work) -> Event:
    session = new_session(poll.group_id, slot.starts_at, poll.minutes, poll.zone, None)
    return replace(session, titles={work.language: poll.title}) if poll.title else session


@dataclass(frozen=True)
class Scheduled:
    """The session is there."""

    session: Event


@dataclass(frozen=True)
class VotesChanged:
    """Another slot wins than the one that was shown."""


@dataclass(frozen=True)
class EndedBefore:
    """Somebody else closed or dropped it; None: nobody knows who."""

    by: str | None


async def close(work: Work, poll_id: int, slot_id: int) -> Scheduled | VotesChanged | EndedBefore:
    """Make a session of the winner that was shown; of two who do it at a time, the second hears who was faster."""
    poll = checked(work, await stored.lock(work.tx, poll_id), Permission.RUN_EVENTS)
    outcome = await _decide(work, poll)
    if isinstance(outcome, PollOver):
        return await _ended_before(work, poll)
    if not isinstance(outcome, Winner) or outcome.slot.id != slot_id:
        return VotesChanged()
    session = await session_changes.add(work.tx, _session(poll, outcome.slot, work), work.now, work.person.id)
    await stored.finish(work.tx, poll.id, PollState.CLOSED, session.id)
    await _note(work, poll, PollState.CLOSED, "poll_closed", session.id)
    await _tell(work, poll, outcome.slot, session)
    return Scheduled(session)


async def _tell(work: Work, poll: Poll, slot: PollSlot, session: Event) -> None:
    """Whoever said yes to the slot is coming. Everybody else gets the card of the session, unless asked right now."""
    ballot = await stored.get_votes(work.tx, poll.id, invitations.invited(session))
    coming = {person for person, vote in ballot.get(slot.id, {}).items() if vote is Vote.YES}
    for person in coming:
        await invitations.set_answer(work.tx, session.id, person, Answer.YES, work.now)
    is_asked = await asking.is_late(work.tx, session, work.now)
    for reader in await others_in(work, session):
        if reader in coming or not is_asked:
            await cards.show(work.tx, session_subject(session.id), reader, work.now)


async def drop(work: Work, poll_id: int) -> EndedBefore | None:
    """End a poll without a session; None when it is done."""
    poll = checked(work, await stored.lock(work.tx, poll_id), Permission.RUN_EVENTS)
    if not await stored.finish(work.tx, poll.id, PollState.DROPPED):
        return await _ended_before(work, poll)
    await _note(work, poll, PollState.DROPPED, "poll_dropped", None)
    return None


async def _ended_before(work: Work, poll: Poll) -> EndedBefore:
    return EndedBefore(await facts.last_actor(work.tx, subject_of(poll.id), "poll_"))


async def _note(work: Work, poll: Poll, state: PollState, action: str, session_id: int | None) -> None:
    before, after = {"state": poll.state.value}, {"state": state.value, "session": session_id}
    await facts.note(work.tx, work.now, work.person.id, action, subject_of(poll.id), before, after)
    await cards.refresh(work.tx, subject_of(poll.id), work.now)


async def get_drop(work: Work, poll_id: int) -> ShownPoll:
    """What would be lost."""
    poll = await get_poll(work, poll_id, Permission.RUN_EVENTS)
    if poll.state is not PollState.OPEN:
        raise OutOfDate
    return await get_card(work, poll.id)
