"""Applications: what becomes of them, who hears of it, and the card that shows it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from domain.deliveries import owe
from domain.errors import NotAllowed, OutOfDate
from domain.groups import (
    AlreadyDecided,
    Application,
    ApplicationState,
    DecideOutcome,
    Group,
    GroupClosed,
    Waitlisted,
    Withdrawn,
    WithdrawOutcome,
    decide_accept,
    decide_decline,
    decide_withdraw,
    state_after,
)
from domain.members import MOST_REASON
from domain.people import Person
from domain.permissions import Permission, Target
from domain.typed import paragraphs, within
from domain.undo import UNDO_WITHIN, Stands, Undone, decide_undo_answer
from messages import applications as texts
from messages import deciding
from messages.markup import Message
from services import admitting, asking, belonging, cards
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Work
from storage import applications, facts, groups, outbox, people
from storage.database import Tx


def subject_of(application_id: int) -> str:
    """The name of an application among the subjects of cards and of the audit."""
    return f"application:{application_id}"


async def get_application(work: Work, application_id: int, permission: Permission) -> tuple[Application, Group]:
    """Load an application with its group held; "not there" and "not yours" are said alike."""
    group = await groups.lock_of_application(work.tx, application_id)
    application = await applications.get(work.tx, application_id) if group else None
    if group is None or application is None:
        raise NotAllowed
    work.require(permission, Target(group_id=group.id, author_id=application.person_id))
    return application, group


async def withdraw(work: Work, application_id: int) -> tuple[Application, WithdrawOutcome]:
    """Take back one's own application."""
    application, _ = await get_application(work, application_id, Permission.WITHDRAW)
    outcome = decide_withdraw(application)
    if isinstance(outcome, Withdrawn):
        moved = await move(work.tx, application, ApplicationState.WITHDRAWN, work.now, work.person.id, "withdrawn")
        await answer_at_the_door(work.tx, moved, work.now)
    return application, outcome


async def accept(work: Work, application_id: int) -> DecideOutcome:
    """Give a seat, or a place on the waiting list; the first answer wins."""
    application, group = await get_application(work, application_id, Permission.DECIDE_PEOPLE)
    outcome = decide_accept(group, await groups.get_roster(work.tx, group.id), application, work.today)
    await _follow(work, application, outcome)
    return outcome


async def check_decline(work: Work, application_id: int) -> tuple[Application, DecideOutcome]:
    """What a no would come to, before its reason is typed."""
    application, _ = await get_application(work, application_id, Permission.DECIDE_PEOPLE)
    return application, decide_decline(application)


async def decline(work: Work, application_id: int, typed: str = "") -> DecideOutcome:
    """Say no, with a reason or without; the first answer wins. Raise NotReadable or TooLong for the reason."""
    reason = within(paragraphs(typed), MOST_REASON) if typed else ""
    application, outcome = await check_decline(work, application_id)
    await _follow(work, application, outcome, reason)
    return outcome


async def undo(work: Work, application_id: int) -> None:
    """Take the own answer back: the application is open again, nobody is told. Raise OutOfDate if it stands."""
    application, group = await get_application(work, application_id, Permission.DECIDE_PEOPLE)
    roster = await groups.get_roster(work.tx, group.id)
    outcome = decide_undo_answer(group, roster, application, work.person.id, work.now, work.today)
    if isinstance(outcome, Stands) or not await outbox.take_back(work.tx, _key_of(application), work.now):
        raise OutOfDate
    if application.state is ApplicationState.ACCEPTED:
        await belonging.free_seat(work.tx, group.id, application.person_id, work.now)
    values = {"decided_by": None, "decided_at": None, "queued_at": None, "reason": ""}
    await move(work.tx, application, ApplicationState.OPEN, work.now, work.person.id, "undone", **values)


async def _follow(work: Work, application: Application, outcome: DecideOutcome, reason: str = "") -> None:
    if isinstance(outcome, AlreadyDecided):
        return
    if isinstance(outcome, GroupClosed):
        await close(work.tx, application, work.now)
        return
    state = state_after(outcome)
    if state is ApplicationState.ACCEPTED:
        await belonging.take_seat(work.tx, application.group_id, application.person_id, work.now)
    if isinstance(outcome, Waitlisted):
        await applications.queue(work.tx, application, work.now)
    stands_at = work.now + UNDO_WITHIN
    values = {"decided_by": work.person.id, "decided_at": work.now, "reason": reason, "undo_until": stands_at}
    moved = await move(work.tx, application, state, work.now, work.person.id, state.value, **values)
    await tell(work.tx, moved, state.value, work.now, stands_at)


# --- One door for every change of state -------------------------------------------------------


async def move(
    tx: Tx,
    application: Application,
    state: ApplicationState,
    now: datetime,
    actor_id: int | None,
    action: str,
    **values: object,
) -> Application:
    """Save a new state and note it. News of the old one that have not gone out are not owed any more."""
    await applications.change(tx, application, state, **values)
    before, after = {"state": application.state.value}, {"state": state.value}
    await facts.note(tx, now, actor_id, action, subject_of(application.id), before, after)
    await outbox.take_back(tx, _key_of(application), now)
    await cards.refresh(tx, subject_of(application.id), now)
    return replace(application, state=state, revision=application.revision + 1)


async def close(tx: Tx, application: Application, now: datetime) -> None:
    """The group is over before the application came to a seat."""
    moved = await move(tx, application, ApplicationState.CLOSED, now, None, "closed")
    await tell(tx, moved, "closed", now)
    await answer_at_the_door(tx, moved, now)


async def promote(tx: Tx, application: Application, now: datetime) -> None:
    """Seat somebody from the waiting list, and tell them at once: nobody can take it back."""
    await belonging.take_seat(tx, application.group_id, application.person_id, now)
    moved = await move(tx, application, ApplicationState.ACCEPTED, now, None, "promoted")
    await tell(tx, moved, "promoted", now)
    await answer_at_the_door(tx, moved, now)


async def answer_at_the_door(tx: Tx, application: Application, now: datetime) -> None:
    """What stands about an application also answers who asked for it at the door of the group's chat."""
    if application.state is ApplicationState.ACCEPTED:
        if await groups.seated_at(tx, application.group_id, application.person_id):
            await admitting.let_in(tx, application.group_id, application.person_id, now)
            await asking.ask_newcomer(tx, application.group_id, application.person_id, now)
    elif application.state is not ApplicationState.WAITING:
        await admitting.turn_away(tx, application.group_id, application.person_id, now)


async def tell(tx: Tx, application: Application, fact: str, now: datetime, at: datetime | None = None) -> None:
    """Owe the applicant the news that led to this revision of the application, once, not before `at`."""
    reader, refs = application.person_id, {"application": application.id, "fact": fact}
    values = {"chat_id": reader, "person_id": reader, "revision": application.revision, "not_before": at or now}
    await outbox.add(tx, [owe("decision", _key_of(application), now, refs=refs, **values)], now)


async def forget_news(tx: Tx, group_id: int, person_id: int, now: datetime) -> None:
    """Somebody has left again before they were told of their seat: there is nothing to tell."""
    application = await applications.accepted_of(tx, group_id, person_id)
    if application is not None:
        await outbox.take_back(tx, _key_of(application), now)


def _key_of(application: Application) -> str:
    """The fact and its moment: after an undo, an application may be accepted a second time."""
    return f"{subject_of(application.id)}:{application.revision}"


# --- Wording ----------------------------------------------------------------------------------


async def get_decider(tx: Tx, person_id: int | None) -> str | None:
    """The name of who decided; None when nobody is known any more."""
    person = await people.get(tx, person_id) if person_id is not None else None
    return person.name if person else None


async def render_card(batch: Rendering, application_id: int, reader: Person) -> Message | None:
    """The card of an application as it stands, for somebody who decides about it."""
    shown = await look(batch.tx, application_id, reader, batch.now, batch.process.date_at(batch.now))
    return deciding.card(shown, reader.language) if shown else None


async def look(tx: Tx, application_id: int, reader: Person, now: datetime, today: date) -> deciding.Shown | None:
    """What the card of an application shows to `reader`; None when it is gone."""
    application = await applications.get(tx, application_id)
    group = await groups.get(tx, application.group_id) if application else None
    applicant = await people.get(tx, application.person_id) if application else None
    if application is None or group is None or applicant is None:
        return None
    roster = await groups.get_roster(tx, group.id)
    undo = decide_undo_answer(group, roster, application, reader.id, now, today)
    return deciding.Shown(
        application=application,
        applicant=applicant.name,
        group=group,
        members=len(roster.members),
        decided_by=await get_decider(tx, application.decided_by),
        can_undo=isinstance(undo, Undone),
        is_reachable=applicant.can_be_written_to,
    )


async def render_news(batch: Rendering) -> Rendered:
    """Tell applicants; what is no longer true is left out: the newer news is on its way."""
    found = await applications.get_many(batch.tx, {int(str(d.refs["application"])) for d in batch.deliveries})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        application = found.get(int(str(delivery.refs["application"])))
        if application is None or application.revision != delivery.revision:
            rendered[delivery.id] = OUTDATED
        else:
            reader = batch.readers[delivery.person_id or 0]
            rendered[delivery.id] = await _news(batch.tx, application, delivery.refs, reader) or OUTDATED
    return rendered


async def _news(tx: Tx, application: Application, refs: Mapping[str, object], reader: Person) -> Message | None:
    group = await groups.get(tx, application.group_id)
    if group is None:
        return None
    waiting = (await groups.get_roster(tx, group.id)).waiting
    position = waiting.index(reader.id) + 1 if reader.id in waiting else 0
    door = await admitting.access_to(tx, group.id)
    return texts.news(str(refs["fact"]), group, position, application.reason, door, reader.language)
