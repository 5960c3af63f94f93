"""Minutes of a session: written by those who run it, asked for twice, told once when they are there."""

from dataclasses import replace

from domain.attendance import has_begun
from domain.chores import ChoreKind
from domain.deliveries import owe
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.events import Event
from domain.minutes import MOST_TEXT, Draft, Minutes, Overtaken, Saved, Shown, decide_save
from domain.occasions import Firing
from domain.permissions import Permission
from domain.typed import paragraphs, within
from messages import minutes as texts
from messages.markup import Message
from services import cards, chores, dialogs
from services.attendance import card_of
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.sessions import get_session, lock_session, subject_of
from services.work import Background, Work
from storage import events, facts, groups, outbox
from storage import minutes as stored
from storage import sessions as invitations

DIALOG = "minutes"

KIND = "minutes"


def key_of(session_id: int) -> str:
    """The fact that the minutes of a session are missing."""
    return f"minutes:{session_id}"


async def get_shown(work: Work, session_id: int) -> Shown | None:
    """The minutes of a session; None if there are none yet."""
    session = await get_session(work, session_id)
    found, group = await stored.get(work.tx, session.id), await groups.get(work.tx, session.group_id)
    if found is None or group is None:
        return None
    names = await invitations.get_names(work.tx, {found.author_id} if found.author_id else ())
    return Shown(session, group, found, names.get(found.author_id or 0))


# --- Writing ----------------------------------------------------------------------------------


async def begin(work: Work, session_id: int) -> Dialog:
    """Ask for the text or file, or go on where this was left; raise OutOfDate before the session has begun."""
    session = await get_session(work, session_id, Permission.RUN_EVENTS)
    if not has_begun(session, work.now):
        raise OutOfDate
    left = await dialogs.take_up(work, DIALOG, session_id=session.id)
    if left is not None:
        return left
    newest = await stored.get(work.tx, session.id)
    return await _go(work, "text", Draft(session.id, newest.version if newest else 0))


def draft_of(dialog: Dialog) -> Draft:
    """What the dialog has gathered."""
    data = dialog.data
    file_id, file_name = data["file_id"], data["file_name"]
    return Draft(
        session_id=int(str(data["session_id"])),
        seen=int(str(data["seen"])),
        text=str(data["text"]),
        file_id=str(file_id) if file_id is not None else None,
        file_name=str(file_name) if file_name is not None else None,
    )


async def _go(work: Work, step: str, draft: Draft) -> Dialog:
    return await dialogs.go(work, DIALOG, step, vars(draft))


async def type_text(work: Work, dialog: Dialog, typed: str) -> Dialog:
    """The minutes as text; raise TooLong or NotReadable."""
    text = within(paragraphs(typed), MOST_TEXT)
    return await _take(work, replace(draft_of(dialog), text=text, file_id=None, file_name=None))


async def attach(work: Work, dialog: Dialog, file_id: str, file_name: str) -> Dialog:
    """The minutes as a file."""
    return await _take(work, replace(draft_of(dialog), text="", file_id=file_id, file_name=file_name))


async def _take(work: Work, draft: Draft) -> Dialog:
    await get_session(work, draft.session_id, Permission.RUN_EVENTS)
    return await _go(work, "preview", draft)


async def go_back(work: Work, dialog: Dialog) -> Dialog:
    """To the text once more."""
    return await _go(work, "text", draft_of(dialog))


async def save(work: Work, dialog: Dialog) -> tuple[Dialog, Saved | Overtaken]:
    """They count from now on; if somebody saved others meanwhile, that is said first and these are kept."""
    draft = draft_of(dialog)
    if dialog.step != "preview":
        raise OutOfDate
    session = await lock_session(work, draft.session_id, Permission.RUN_EVENTS)
    newest = await stored.get(work.tx, session.id)
    outcome = decide_save(newest.version if newest else 0, draft.seen)
    if isinstance(outcome, Overtaken):
        return await _go(work, "preview", replace(draft, seen=outcome.version)), outcome
    await dialogs.end(work)
    await stored.save(
        work.tx,
        Minutes(session.id, work.person.id, draft.text, draft.file_id, draft.file_name, outcome.version, work.now),
    )
    await _published(work, session, outcome.version)
    return dialog, outcome


async def _published(work: Work, session: Event, version: int) -> None:
    """What follows: nobody is asked for them any more, everybody in the group hears of the first version."""
    before, after = ({"version": version - 1} if version > 1 else None), {"version": version}
    await facts.note(work.tx, work.now, work.person.id, "minutes_saved", subject_of(session.id), before, after)
    await chores.settle(work.tx, key_of(session.id), work.now)
    for subject in (subject_of(session.id), card_of(session.id)):
        await cards.refresh(work.tx, subject, work.now)
    told = invitations.told(session, work.person.id, with_refusals=True)
    delivery = owe(KIND, f"{KIND}:{session.id}:", work.now, refs={"session": session.id})
    await outbox.add_for_each(work.tx, told, delivery, work.now)


async def render_news(batch: Rendering) -> Rendered:
    """Word it for those who are still in the group."""
    found = await events.get_many(batch.tx, {int(str(d.refs["session"])) for d in batch.deliveries})
    codes = {group.id: group.code for group in await groups.get_all(batch.tx)}
    concerned = {
        s.id: await invitations.which_of(batch.tx, invitations.concerned(s), list(batch.readers))
        for s in found.values()
    }
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        session, reader = found.get(int(str(delivery.refs["session"]))), batch.readers[delivery.person_id or 0]
        if session is None or reader.id not in concerned[session.id]:
            rendered[delivery.id] = OUTDATED
        else:
            zone = batch.zone_of(reader)
            rendered[delivery.id] = texts.news(session, codes[session.group_id], zone, reader.language)
    return rendered


# --- Asking for them --------------------------------------------------------------------------


async def chase(work: Background, session: Event, firing: Firing) -> int:
    """They are late: a chore for those who run the group; the second time a fresh one, also if it was ticked off."""
    del firing
    if await stored.get(work.tx, session.id) is not None:
        return 0
    await chores.settle(work.tx, key_of(session.id), work.now)
    opened = await chores.open_once(
        work, key_of(session.id), ChoreKind.MINUTES, group_id=session.group_id, event_id=session.id, again=True
    )
    return int(opened)
