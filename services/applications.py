"""Applications: what becomes of them, who hears of it, and the card that shows it."""

from datetime import datetime

from domain.deliveries import owe
from domain.errors import NotAllowed
from domain.groups import (
    AlreadyDecided,
    Application,
    ApplicationState,
    DecideOutcome,
    Group,
    Waitlisted,
    Withdrawn,
    WithdrawOutcome,
    decide_accept,
    decide_decline,
    decide_withdraw,
    state_after,
)
from domain.people import Person
from domain.permissions import Permission, Target, can, can_anywhere
from messages import applications as texts
from messages.markup import Message
from services import cards
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Work
from storage import applications, facts, groups, outbox, people
from storage.database import Tx

TOLD = {
    "accepted": ApplicationState.ACCEPTED,
    "promoted": ApplicationState.ACCEPTED,
    "waiting": ApplicationState.WAITING,
    "declined": ApplicationState.DECLINED,
}
"""What applicants are told, and the state in which that is still true when it goes out."""


def subject_of(application_id: int) -> str:
    """The name of an application among the subjects of cards and of the audit."""
    return f"application:{application_id}"


async def withdraw(work: Work, application_id: int) -> tuple[Application, WithdrawOutcome]:
    """Take back one's own application."""
    application, _ = await _lock(work, application_id, Permission.WITHDRAW)
    outcome = decide_withdraw(application)
    if isinstance(outcome, Withdrawn):
        await _save(work, application, ApplicationState.WITHDRAWN, None)
    return application, outcome


async def accept(work: Work, application_id: int) -> DecideOutcome:
    """Give a seat, or a place on the waiting list; the first answer wins."""
    application, group = await _lock(work, application_id, Permission.DECIDE_PEOPLE)
    outcome = decide_accept(group, await groups.get_roster(work.tx, group.id), application)
    await _follow(work, application, outcome)
    return outcome


async def decline(work: Work, application_id: int) -> DecideOutcome:
    """Say no; the first answer wins."""
    application, _ = await _lock(work, application_id, Permission.DECIDE_PEOPLE)
    outcome = decide_decline(application)
    await _follow(work, application, outcome)
    return outcome


async def show_unseen(work: Work) -> None:
    """Somebody who may decide is here: show them the applications for which nobody could be written to so far."""
    if not can_anywhere(work.actor, Permission.DECIDE_PEOPLE):
        return
    for application in await applications.open_without_card(work.tx):
        if can(work.actor, Permission.DECIDE_PEOPLE, Target(group_id=application.group_id)):
            await cards.show(work.tx, subject_of(application.id), work.person.id, work.now)


async def _lock(work: Work, application_id: int, permission: Permission) -> tuple[Application, Group]:
    """Load an application with its group held; "not there" and "not yours" are said alike."""
    group = await groups.lock_of_application(work.tx, application_id)
    application = await applications.get(work.tx, application_id) if group else None
    if group is None or application is None:
        raise NotAllowed
    work.require(permission, Target(group_id=group.id, author_id=application.person_id))
    return application, group


async def _follow(work: Work, application: Application, outcome: DecideOutcome) -> None:
    if isinstance(outcome, AlreadyDecided):
        return
    state = state_after(outcome)
    if state is ApplicationState.ACCEPTED:
        await groups.take_seat(work.tx, application.group_id, application.person_id, work.now)
    if isinstance(outcome, Waitlisted):
        await applications.queue(work.tx, application, work.now)
    await _save(work, application, state, work.person.id)
    await tell(work.tx, application, state.value, work.now)


async def _save(work: Work, application: Application, state: ApplicationState, decided_by: int | None) -> None:
    await applications.decide(work.tx, application.id, state, decided_by, work.now)
    before, after = {"state": application.state.value}, {"state": state.value}
    await facts.note(work.tx, work.now, work.person.id, state.value, subject_of(application.id), before, after)
    await cards.refresh(work.tx, subject_of(application.id), work.now)


async def tell(tx: Tx, application: Application, fact: str, now: datetime) -> None:
    """Owe the applicant the news, once; `fact` is a key of `TOLD`."""
    refs = {"application": application.id, "fact": fact}
    key, reader = f"{subject_of(application.id)}:{fact}", application.person_id
    await outbox.add(tx, [owe("decision", key, now, chat_id=reader, person_id=reader, refs=refs)], now)


async def get_decider(tx: Tx, person_id: int | None) -> str | None:
    """The name of who decided; None when nobody is known any more."""
    person = await people.get(tx, person_id) if person_id is not None else None
    return person.name if person else None


# --- Wording ----------------------------------------------------------------------------------


async def render_card(batch: Rendering, application_id: int, reader: Person) -> Message | None:
    """The card of an application as it stands, for somebody who decides about it."""
    application = await applications.get(batch.tx, application_id)
    group = await groups.get(batch.tx, application.group_id) if application else None
    applicant = await people.get(batch.tx, application.person_id) if application else None
    if application is None or group is None or applicant is None:
        return None
    members = (await groups.count_members(batch.tx, [group.id])).get(group.id, 0)
    decider = await get_decider(batch.tx, application.decided_by)
    return texts.card(application, applicant.name, group, members, decider, reader.language)


async def render_news(batch: Rendering) -> Rendered:
    """Tell applicants; what is no longer true is left out: the newer news is on its way."""
    found = await applications.get_many(batch.tx, {int(str(d.refs["application"])) for d in batch.deliveries})
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        application, fact = found.get(int(str(delivery.refs["application"]))), str(delivery.refs["fact"])
        reader = batch.readers[delivery.person_id or 0]
        if application is None or application.state is not TOLD[fact]:
            rendered[delivery.id] = OUTDATED
        else:
            rendered[delivery.id] = await _news(batch.tx, application, fact, reader) or OUTDATED
    return rendered


async def _news(tx: Tx, application: Application, fact: str, reader: Person) -> Message | None:
    group = await groups.get(tx, application.group_id)
    if group is None:
        return None
    waiting = (await groups.get_roster(tx, group.id)).waiting
    position = waiting.index(reader.id) + 1 if reader.id in waiting else 0
    return texts.news(fact, group, position, reader.language)
