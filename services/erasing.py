"""Erasing a person: asked for in the chat, done by the clock, said once nothing is left of them."""

import secrets
from typing import assert_never

from domain.chores import ChoreKind
from domain.deliveries import owe
from domain.erasing import (
    LAST_WORD,
    LINGER,
    LONGEST,
    PATIENCE,
    Erasable,
    EraseOutcome,
    Erasure,
    ErasureState,
    LastOwner,
    OrderOutcome,
    decide_erase,
    decide_order,
)
from domain.events import EventState
from domain.people import Person
from domain.permissions import Actor, Permission, Role, Target
from domain.talks import TalkState
from messages import privacy as texts
from messages.markup import Message
from services import admitting, belonging, boards, cards, chores, promoting, seats
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.talks import key_of
from services.work import Background, Work
from storage import erasures, events, facts, groups, outbox, own_data, people, roles, talks

# --- In the chat ------------------------------------------------------------------------------


async def get_groups(work: Work) -> list[str]:
    """Codes of the groups that the person would leave."""
    work.require(Permission.OWN_DATA, Target(author_id=work.person.id))
    mine = work.actor.member_of | work.actor.guest_of
    return [group.code for group in await groups.get_all(work.tx) if group.id in mine]


async def ask(work: Work) -> EraseOutcome:
    """Begin to erase the person who asks. What is queued for them goes out no more from the next tick on."""
    work.require(Permission.OWN_DATA, Target(author_id=work.person.id))
    outcome = await _decide(work, work.actor)
    if isinstance(outcome, Erasable):
        await _begin(work, work.person)
    return outcome


async def judge_order(work: Work, person_id: int) -> OrderOutcome:
    """Whether whoever asks may have this person erased now."""
    work.require(Permission.ERASE_OTHER)
    actor = await people.get_actor(work.tx, person_id, work.process.owner_ids)
    under_way = await erasures.of_person(work.tx, person_id)
    owners = await _owners(work) if actor.is_owner else frozenset()
    return decide_order(actor, work.actor, owners, under_way.state if under_way else None)


async def order(work: Work, person: Person) -> OrderOutcome:
    """Begin to erase somebody else, who asked for it; it is noted on whose word."""
    outcome = await judge_order(work, person.id)
    if isinstance(outcome, Erasable):
        await facts.note(work.tx, work.now, work.person.id, "erasure_ordered", f"person:{person.id}")
        await _begin(work, person, on_request=True)
    return outcome


async def _begin(work: Work, person: Person, *, on_request: bool = False) -> None:
    language = person.language if person.can_be_written_to else None
    salt = secrets.token_hex(16)
    await erasures.add(work.tx, person.id, person.name, language, salt, work.now, on_request=on_request)


async def _decide(work: Background, actor: Actor) -> EraseOutcome:
    owners = await _owners(work) if actor.is_owner else frozenset()
    return decide_erase(actor.person_id, is_owner=actor.is_owner, owners=owners)


async def _owners(work: Background) -> frozenset[int]:
    """All owners that the bot has met, held until the transaction ends."""
    met = await people.get_many(work.tx, work.process.owner_ids)
    named = {person.id for person in met.values() if person.started_at is not None}
    return frozenset(named | set(await roles.lock_owners(work.tx)))


# --- By the clock -----------------------------------------------------------------------------


async def advance(work: Background, erasure_id: int) -> None:
    """Take an erasure as far as it can go before the log of the database is emptied once more."""
    erasure = await erasures.get(work.tx, erasure_id)
    if erasure is None:
        return
    match erasure.state:
        case ErasureState.ASKED:
            await _erase(work, erasure)
        case ErasureState.ERASED:
            await _wipe(work, erasure)
        case ErasureState.TOLD:
            await _clear(work, erasure)
        case ErasureState.WIPED | ErasureState.CLEARED | ErasureState.DONE:
            pass  # the log comes next, or nothing
        case _:
            assert_never(erasure.state)


async def confirm(work: Background) -> None:
    """The log is empty: who was wiped out before hears that it is done, and who has heard is forgotten for good."""
    for erasure in await erasures.get_open(work.tx):
        if erasure.state is ErasureState.WIPED:
            await _tell(work, erasure, "done_on_request" if erasure.on_request else "done")
            await erasures.reach(work.tx, erasure.id, ErasureState.TOLD)
    await erasures.finish_cleared(work.tx, work.now)


async def _erase(work: Background, erasure: Erasure) -> None:
    """One transaction over all tables, once the answer to the last tap has gone out."""
    person_id, now = erasure.person_id, work.now
    if await erasures.is_being_answered(work.tx, person_id) and now < erasure.asked_at + PATIENCE:
        return
    actor = await people.get_actor(work.tx, person_id, work.process.owner_ids)
    if isinstance(await _decide(work, actor), LastOwner):  # the other owner was faster
        await _refuse(work, erasure)
        return
    await erasures.forget_updates(work.tx, person_id, now)
    await _leave(work, await people.get_actor(work.tx, person_id, work.process.owner_ids))
    for subject in await own_data.shown_subjects(work.tx, person_id):
        await cards.refresh(work.tx, subject, now)
    by, action = (None, "erased_on_request") if erasure.on_request else (person_id, "erased")
    await facts.note(work.tx, now, by, action, f"person:{person_id}")
    await erasures.erase(work.tx, person_id, -secrets.randbits(62), now)
    await erasures.reach(work.tx, erasure.id, ErasureState.ERASED, erased_at=now)


async def _refuse(work: Background, erasure: Erasure) -> None:
    """Nobody would be owner any more. Whoever never asked for it hears nothing of it; the audit says so."""
    if erasure.on_request:
        await facts.note(work.tx, work.now, None, "erasure_refused", f"person:{erasure.person_id}")
    else:
        await _tell(work, erasure, "refused")
    await erasures.drop(work.tx, erasure.id)


async def _leave(work: Background, actor: Actor) -> None:
    """As if they had left by themselves: seats go to who waits, groups without a coordinator and talks are chores."""
    person_id = actor.person_id
    await _leave_talks(work, person_id)
    await promoting.give_all_back(work.tx, person_id, work.now)
    for group_id in sorted(actor.member_of | actor.guest_of):
        for role in (Role.COORDINATOR, Role.GUEST):
            await belonging.revoke(work.tx, person_id, role, group_id, work.now)
        group = await groups.lock(work.tx, group_id)
        if group is not None:
            await seats.give_back(work, group, person_id)
        await admitting.put_out(work, group_id, person_id)
        if group_id in actor.coordinates and not await people.coordinators_of(work.tx, group_id):
            await chores.open_coordinator_wanted(work, group_id)
        await boards.refresh(work.tx, group_id, work.now)


async def _leave_talks(work: Background, person_id: int) -> None:
    """Whoever was to speak does not: the coordinators look for somebody else."""
    mine = [talk for talk in await talks.of_person(work.tx, person_id) if talk.state is not TalkState.DECLINED]
    found = await events.get_many(work.tx, {talk.event_id for talk in mine})
    for talk in mine:
        event = found[talk.event_id]
        if event.state is EventState.ANNOUNCED and event.starts_at > work.now:
            key, kind = key_of(talk, "declined"), ChoreKind.TALK_DECLINED
            await chores.open_once(work, key, kind, group_id=event.group_id, event_id=event.id)


async def _wipe(work: Background, erasure: Erasure) -> None:
    """Out of what others were sent, once nothing is on its way any more that names them."""
    if await _is_unmentioned(work, erasure):
        await erasures.reach(work.tx, erasure.id, ErasureState.WIPED)


async def _clear(work: Background, erasure: Erasure) -> None:
    """The last word has gone out, and Telegram tells nothing more of them: forget to whom."""
    if erasure.is_older_than(LINGER, work.now) and await _is_unmentioned(work, erasure):
        await erasures.clear(work.tx, erasure.id)


async def _is_unmentioned(work: Background, erasure: Erasure) -> bool:
    """Empty what names them. It is not waited for ever: after a day what still would go out does not."""
    if erasure.is_older_than(LONGEST, work.now):
        await erasures.cancel_ahead(work.tx, erasure, work.now)
    if await erasures.is_mentioned_ahead(work.tx, erasure):
        return False
    await erasures.wipe_mentions(work.tx, erasure)
    return True


async def _tell(work: Background, erasure: Erasure, fact: str) -> None:
    if erasure.language is None:
        return
    refs = {"fact": fact, "language": erasure.language}
    key = f"erasure:{erasure.id}:{fact}"
    await outbox.add(work.tx, [owe(LAST_WORD, key, work.now, chat_id=erasure.person_id, refs=refs)], work.now)


async def render_words(batch: Rendering) -> Rendered:
    """Word what becomes of an erasure, to somebody of whom only the language is known."""
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        language = str(delivery.refs["language"])
        match delivery.refs["fact"]:
            case "done":
                rendered[delivery.id] = texts.erased(language)
            case "done_on_request":
                rendered[delivery.id] = texts.erased_on_request(language)
            case "refused":
                rendered[delivery.id] = texts.refused(LastOwner(), language)
            case _:
                rendered[delivery.id] = OUTDATED
    return rendered
