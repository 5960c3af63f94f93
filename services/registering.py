"""Registering for a webinar, and taking it back."""

from domain.permissions import Permission
from domain.registering import (
    AlreadyThere,
    NotOpen,
    Queued,
    Registered,
    RegisterOutcome,
    Registration,
    Withdrawn,
    WithdrawOutcome,
    decide_register,
    decide_withdraw,
)
from services import exports, webinars
from services.promoting import promote
from services.work import Work
from storage import facts, following, registering
from storage import webinars as stored

_DEEDS = {
    Registration.REGISTERED: "place_taken",
    Registration.WAITING: "place_waited_for",
    Registration.WITHDRAWN: "place_given_back",
}
"""Names for the audit."""


async def register(work: Work, webinar_id: int) -> RegisterOutcome:
    """Take a place, or the end of the waiting list. Takes back an earlier /stop and "no reminder of this one"."""
    await stored.lock(work.tx, webinar_id)
    event = await webinars.get_webinar(work, webinar_id, Permission.SUBSCRIBE)
    booking = await registering.get(work.tx, event.id, work.person.id)
    outcome = decide_register(event, booking, work.now)
    match outcome:
        case Registered():
            await _put(work, event.id, booking.mine, Registration.REGISTERED)
        case Queued():
            await _put(work, event.id, booking.mine, Registration.WAITING)
        case AlreadyThere() | NotOpen():
            return outcome
    await webinars.subscribed(work)
    await following.forget_refusal(work.tx, work.person.id, event.id)
    return outcome


async def withdraw(work: Work, webinar_id: int) -> WithdrawOutcome:
    """Come no more: the place goes to whoever waits first."""
    await stored.lock(work.tx, webinar_id)
    event = await webinars.get_webinar(work, webinar_id, Permission.SUBSCRIBE)
    booking = await registering.get(work.tx, event.id, work.person.id)
    outcome = decide_withdraw(booking)
    if isinstance(outcome, Withdrawn):
        await _put(work, event.id, booking.mine, Registration.WITHDRAWN)
        await promote(work.tx, event, work.now)
    return outcome


async def _put(work: Work, event_id: int, before: Registration | None, state: Registration) -> None:
    person_id = work.person.id
    await registering.put(work.tx, event_id, person_id, state, work.now)
    seen = {"registration": before.value if before else None}
    after = {"registration": state.value}
    await facts.note(work.tx, work.now, person_id, _DEEDS[state], f"webinar:{event_id}", seen, after)


async def order_file(work: Work, webinar_id: int) -> None:
    """Owe those who run the webinar the list of who comes and who waits; it is noted who took it."""
    event = await webinars.get_webinar(work, webinar_id, Permission.EXPORT_MEMBERS)
    await exports.order_registrations(work, event)
