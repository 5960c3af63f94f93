"""Talks: who presents what, what they have answered, and what becomes of an answer."""

from dataclasses import dataclass
from datetime import datetime

from domain.chores import ChoreKind
from domain.errors import NotAllowed
from domain.events import Event, EventKind, EventState
from domain.occasions import plan_timings
from domain.paging import ListPage, page_at
from domain.people import Person
from domain.permissions import Permission, Target
from domain.talks import (
    ALL_PURPOSES,
    Confirmed,
    ConfirmOutcome,
    Declined,
    DeclineOutcome,
    Step,
    Talk,
    TalkState,
    choose_leads,
    decide_confirm,
    decide_decline,
    find_due,
    find_open,
    is_ahead,
    is_backstage_open,
    plan_runway,
)
from messages import talks as texts
from messages.markup import Message
from services import cards, chores, sessions
from services.rendering import Rendering
from services.work import Background, Work
from storage import events, facts, groups, occasions, people, questions, talks
from storage.database import Tx


def subject(talk_id: int) -> str:
    """What the card of a talk is called."""
    return f"talk:{talk_id}"


def key_of(talk: Talk, what: str) -> str:
    """The name of a fact about a talk: of a chore, or of a message that is owed once."""
    return f"{subject(talk.id)}:{what}"


# --- Loading ----------------------------------------------------------------------------------


async def get_talk(work: Work, talk_id: int, *, own: bool = False) -> tuple[Talk, Event]:
    """Load a talk and check the right; `own`: only its presenter. "Not there" and "not yours" are said alike."""
    talk = await talks.get(work.tx, talk_id)
    event = await events.get(work.tx, talk.event_id) if talk else None
    if talk is None or event is None or (own and talk.person_id != work.person.id):
        raise NotAllowed
    work.require(Permission.EDIT_TALK, Target(group_id=event.group_id, event_id=event.id, author_id=talk.person_id))
    return talk, event


async def get_card(work: Work, talk_id: int) -> texts.Shown:
    """The newest state of a talk, for its presenter or a coordinator."""
    talk, event = await get_talk(work, talk_id)
    presenter = await people.get(work.tx, talk.person_id)
    return await show(work, talk, event, presenter or work.person)


async def show(work: Background, talk: Talk, event: Event, presenter: Person) -> texts.Shown:
    """A talk with what is open now."""
    leads = choose_leads(await occasions.get_timings(work.tx))
    group = await groups.get(work.tx, event.group_id)
    opens = find_open(talk, find_due(event, work.now, leads))
    backstage = is_backstage_open(talk, event, work.now, leads)
    asked = await questions.count_asked(work.tx, event.id) > 0
    return texts.Shown(talk, event, group.code if group else "", presenter, opens, backstage, asked)


async def list_own(work: Work) -> list[tuple[Talk, Event]]:
    """The person's talks that are not over, soonest first."""
    mine = await talks.of_person(work.tx, work.person.id)
    found = await events.get_many(work.tx, {talk.event_id for talk in mine})
    return [(talk, found[talk.event_id]) for talk in mine if found[talk.event_id].ends_at > work.now]


PAGE_SIZE = 6


@dataclass(frozen=True)
class Listed:
    """One page of the talks at the coming events of a group."""

    entries: list[tuple[Talk, Event, Person | None]]
    page: ListPage


async def list_of_group(work: Work, group_id: int, wished: int) -> Listed:
    """A page of the talks to come; one past the end shows the last."""
    work.require(Permission.EDIT_TALK, Target(group_id=group_id))
    page = page_at(wished, await talks.count_of_group(work.tx, group_id, work.now), PAGE_SIZE)
    found = await talks.of_group(work.tx, group_id, work.now, page.offset, page.limit)
    at = await events.get_many(work.tx, {talk.event_id for talk in found})
    known = await people.get_many(work.tx, {talk.person_id for talk in found})
    return Listed([(talk, at[talk.event_id], known.get(talk.person_id)) for talk in found], page)


# --- Answers ----------------------------------------------------------------------------------


async def name_presenter(work: Work, event: Event, invited_by: int | None) -> texts.Shown:
    """The person speaks at the event. Whoever comes after the first question was due has answered it by coming."""
    leads = choose_leads(await occasions.get_timings(work.tx))
    state = TalkState.CONFIRMED if Step.CONFIRM in find_due(event, work.now, leads) else TalkState.ASKED
    talk_id = await talks.name(work.tx, event.id, work.person.id, state, invited_by, work.now)
    talk = await talks.get(work.tx, talk_id)
    if talk is None:
        raise NotAllowed
    await chores.settle(work.tx, key_of(talk, "declined"), work.now)
    await _show_who_is_invited(work, event)
    await _plan(work, event)
    return await show(work, talk, event, work.person)


async def _show_who_is_invited(work: Work, event: Event) -> None:
    """The cards of a session count those who speak there, too."""
    if event.kind is EventKind.SESSION:
        await cards.refresh(work.tx, sessions.subject_of(event.id), work.now)


async def _plan(work: Work, event: Event) -> None:
    """An event saved by a program that knew no talks has no moments for them; what is planned already stays."""
    chosen = await occasions.get_timings(work.tx)
    planned = [one for one in plan_timings(event, work.now, chosen) if one.purpose in ALL_PURPOSES]
    planned += plan_runway(event.kind, event.starts_at, work.now, chosen)
    await occasions.plan(work.tx, event.id, event.revision, planned)


async def confirm(work: Work, talk_id: int) -> ConfirmOutcome:
    """They will speak."""
    talk, event = await get_talk(work, talk_id, own=True)
    outcome = decide_confirm(talk, event, work.now)
    if isinstance(outcome, Confirmed):
        await _save(work, talk, "talk_confirmed", state=TalkState.CONFIRMED.value)
    return outcome


async def decline(work: Work, talk_id: int) -> DeclineOutcome:
    """They will not: the coordinators have to find somebody else."""
    talk, event = await get_talk(work, talk_id, own=True)
    outcome = decide_decline(talk, event, work.now)
    if isinstance(outcome, Declined):
        await _save(work, talk, "talk_declined", state=TalkState.DECLINED.value)
        await _show_who_is_invited(work, event)
        for step in Step:
            await chores.settle(work.tx, key_of(talk, step.value), work.now)
        await chores.settle(work.tx, key_of(talk, "check_failed"), work.now)
        await open_chore(work, talk, event, "declined", ChoreKind.TALK_DECLINED, again=True)
    return outcome


async def check(work: Work, talk_id: int, *, works: bool) -> bool:
    """The technical check; returns False where the talk is not to come any more."""
    talk, event = await get_talk(work, talk_id, own=True)
    if not is_ahead(talk, event, work.now):
        return False
    await _save(work, talk, "talk_checked", checked_at=work.now if works else None)
    if works:
        await chores.settle(work.tx, key_of(talk, "check_failed"), work.now)
    else:
        await open_chore(work, talk, event, "check_failed", ChoreKind.CHECK_FAILED, again=True)
    return True


async def set_details(work: Work, talk: Talk, **values: object) -> None:
    """Keep an answer: title, abstract, bio, recording."""
    await _save(work, talk, "talk_edited", **values)


async def set_slides(work: Work, talk: Talk, file_id: str, name: str) -> None:
    """Keep the slides; newer ones take the place of older ones."""
    await _save(work, talk, "slides_sent", slides_id=file_id, slides_name=name)


async def _save(work: Work, talk: Talk, action: str, **values: object) -> None:
    await talks.change(work.tx, talk.id, **values)
    changed = await talks.get(work.tx, talk.id)
    if changed is None:
        raise NotAllowed
    before, after = _seen(talk), _seen(changed)
    await facts.note(work.tx, work.now, work.person.id, action, subject(talk.id), before, after)
    for step in Step:
        if changed.has(step):
            await chores.settle(work.tx, key_of(talk, step.value), work.now)
    await cards.refresh(work.tx, subject(talk.id), work.now)


def _seen(talk: Talk) -> dict[str, object]:
    """What the audit keeps: which steps are done, not what was written."""
    return {"state": talk.state.value, "recording": talk.recording, "done": [s.value for s in Step if talk.has(s)]}


async def open_chore(
    work: Background, talk: Talk, event: Event, what: str, kind: ChoreKind, *, again: bool = False
) -> None:
    """Give the coordinators something to do about a talk; `again`: also where it was done before."""
    about = {"group_id": event.group_id, "event_id": event.id, "person_id": talk.person_id}
    await chores.open_once(work, key_of(talk, what), kind, **about, again=again)


# --- What follows from outside ---------------------------------------------------------------


async def follow_change(tx: Tx, old: Event, event: Event, now: datetime) -> None:
    """The event takes place otherwise: the cards follow; of a cancelled one nothing is to be done any more.

    Where a new time makes questions due, the card comes anew: an edit of the old one would tell nobody.
    """
    found = await talks.of_event(tx, event.id)
    leads = choose_leads(await occasions.get_timings(tx)) if found else {}
    for talk in found:
        if event.starts_at != old.starts_at and find_open(talk, find_due(event, now, leads)):
            await cards.show_anew(tx, subject(talk.id), talk.person_id, now)
        await cards.refresh(tx, subject(talk.id), now)
    if event.state is EventState.CANCELLED:
        await chores.settle_event(tx, event.id, now)


# --- Wording ----------------------------------------------------------------------------------


async def render_card(batch: Rendering, talk_id: int, reader: Person) -> Message | None:
    """The card of a talk as it stands, for its presenter."""
    talk = await talks.get(batch.tx, talk_id)
    event = await events.get(batch.tx, talk.event_id) if talk else None
    if talk is None or event is None:
        return None
    shown = await show(Background(batch.tx, batch.now, batch.process), talk, event, reader)
    return texts.card(shown, batch.now, batch.zone_of(reader), reader.language)
