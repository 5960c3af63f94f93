"""A person and the bot: coming back, stopping messages, leaving a dialog."""

from services import consents
from services.work import Work
from storage import dialogs, facts, following, outbox, people, registering


async def come_back(work: Work) -> None:
    """Start again after `/stop`; who follows something, or comes to it, agrees to it anew."""
    if work.person.stopped_at is not None:
        await people.change(work.tx, work.person.id, stopped_at=None)
        follows = not (await following.get(work.tx, work.person.id)).is_nothing
        if follows or await registering.booked_by(work.tx, work.person.id):
            await consents.give(work)


async def stop_messages(work: Work) -> None:
    """Send nothing but direct answers from now on; what waits is cancelled. Dialogs end, drafts stay."""
    await people.change(work.tx, work.person.id, stopped_at=work.now)
    await outbox.cancel_unasked(work.tx, work.person.id, work.now)
    await consents.take_back(work)
    await dialogs.leave(work.tx, work.person.id)
    await facts.note(work.tx, work.now, work.person.id, "stopped", f"person:{work.person.id}")


async def leave_dialog(work: Work) -> str | None:
    """Leave the dialog, its answers kept; returns its name, None if there was none."""
    dialog = await dialogs.get(work.tx, work.person.id)
    if dialog is None:
        return None
    await dialogs.leave(work.tx, work.person.id)
    return dialog.name
