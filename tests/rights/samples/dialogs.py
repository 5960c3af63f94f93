"""Dialogs as things: where somebody is in one, and what its answers are about."""

from collections.abc import Mapping
from dataclasses import replace

from storage import dialogs
from storage.database import Tx
from tests.rights.samples.sample import Maker, Thing, nothing
from tests.rights.scene import NOW, Side


def dialog(
    name: str, step: str, *, about: Maker = nothing, key: str = "", data: Mapping[str, object] | None = None
) -> Maker:
    """A dialog that whoever asks is in, about an object whose id it keeps as `key`, with what was answered."""

    async def made(tx: Tx, me: int, side: Side) -> Thing | None:
        thing = await about(tx, me, side)
        if thing is None:
            return None
        opened = await dialogs.put(tx, me, name, step, {**(data or {}), **({key: thing.id} if key else {})}, NOW)
        return replace(thing, revision=opened.revision, personal=True)

    made.__name__ = f"{name} at {step} about {about.__name__}"
    return made
