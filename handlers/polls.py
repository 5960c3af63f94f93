"""What people can ask about a poll: vote, and for those who run the group, close or drop it."""

from domain.buttons.polls import AskDropPoll, ClosePoll, DropPoll, ReviewPoll, ShowPoll, VoteSlot
from domain.permissions import Permission
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import polls as texts
from messages.markup import Message
from services import poll_closing, polls
from services.poll_closing import EndedBefore, Scheduled
from services.work import Work


async def show(request: ButtonRequest[ShowPoll], work: Work) -> Reply:
    """The card of a poll; from now on it edits itself."""
    return await _card_in_place(work, request.action.poll_id)


async def vote(request: ButtonRequest[VoteSlot], work: Work) -> Reply:
    """Yes, if need be, no."""
    poll, slot, outcome = await polls.vote(work, request.action.slot_id, request.action.vote)
    toast = texts.voted(outcome, slot.place, work.language)
    return await _card_in_place(work, poll.id, toast) if work.place.is_private else Reply(toast=toast)


async def review(request: ButtonRequest[ReviewPoll], work: Work) -> Reply:
    """Which time wins?"""
    return Reply(edit=await _review(work, request.action.poll_id))


async def _review(work: Work, poll_id: int) -> Message:
    found = await poll_closing.review(work, poll_id)
    return texts.review(found.shown, found.outcome, found.clashes, work.zone, work.language)


async def close(request: ButtonRequest[ClosePoll], work: Work) -> Reply:
    """The session is scheduled; or the winner is shown anew, because votes came in between."""
    poll_id = request.action.poll_id
    outcome = await poll_closing.close(work, poll_id, request.action.slot_id)
    if isinstance(outcome, Scheduled):
        return await _card_in_place(work, poll_id, texts.scheduled(work.language))
    if isinstance(outcome, EndedBefore):
        return await _card_in_place(work, poll_id, texts.ended_before(outcome.by, work.language), alert=True)
    return Reply(toast=texts.votes_changed(work.language), alert=True, edit=await _review(work, poll_id))


async def ask_drop(request: ButtonRequest[AskDropPoll], work: Work) -> Reply:
    """Sure?"""
    return Reply(edit=texts.ask_drop(await poll_closing.get_drop(work, request.action.poll_id), work.language))


async def drop(request: ButtonRequest[DropPoll], work: Work) -> Reply:
    """No session comes of it."""
    ended = await poll_closing.drop(work, request.action.poll_id)
    toast = texts.ended_before(ended.by, work.language) if ended else texts.dropped(work.language)
    return await _card_in_place(work, request.action.poll_id, toast, alert=ended is not None)


async def _card_in_place(work: Work, poll_id: int, toast: str = "", *, alert: bool = False) -> Reply:
    return Reply(toast=toast, alert=alert, edit=await card(work, poll_id), subject=polls.subject_of(poll_id))


async def card(work: Work, poll_id: int) -> Message:
    """The newest card of a poll, for this person."""
    return texts.card(await polls.get_card(work, poll_id), work.now, work.zone, work.language)


ROUTES: list[Route] = [
    ButtonPress(ShowPoll, show, Permission.SEE_MATERIAL),
    ButtonPress(VoteSlot, vote, Permission.ANSWER_SESSION, in_groups=True),
    ButtonPress(ReviewPoll, review, Permission.RUN_EVENTS),
    ButtonPress(ClosePoll, close, Permission.RUN_EVENTS),
    ButtonPress(AskDropPoll, ask_drop, Permission.RUN_EVENTS),
    ButtonPress(DropPoll, drop, Permission.RUN_EVENTS),
]
