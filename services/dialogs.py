"""Dialogs: going from question to question, with buttons of older questions refused."""

from collections.abc import Mapping

from domain.dialogs import Dialog
from domain.errors import OutOfDate
from services.work import Work
from storage import dialogs


async def go(work: Work, name: str, step: str, data: Mapping[str, object]) -> Dialog:
    """Ask the next question."""
    return await dialogs.put(work.tx, work.person.id, name, step, data, work.now)


async def current(work: Work, revision: int) -> Dialog:
    """The dialog that a button with this revision belongs to; raise OutOfDate if it has gone on or ended."""
    dialog = await dialogs.get(work.tx, work.person.id)
    if dialog is None or dialog.revision != revision:
        raise OutOfDate
    return dialog


async def left(work: Work, name: str) -> Dialog | None:
    """The dialog of this name that the person left without handing in."""
    return await dialogs.get_left(work.tx, work.person.id, name)


async def take_up(work: Work, name: str, **about: object) -> Dialog | None:
    """Ask the question once more at which the person left the dialog about this: what its data says of it."""
    one = await left(work, name)
    if one is None or any(one.data.get(what) != value for what, value in about.items()):
        return None
    return await go(work, name, one.step, one.data)


async def end(work: Work) -> None:
    """The dialog is over."""
    await dialogs.end(work.tx, work.person.id)
