"""What those who run a group hear in private about its chat, each fact once."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.deliveries import owe
from messages import chat_notes as texts
from messages.markup import Message
from services.deciders import deciders_of
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background
from storage import chats, groups, outbox, people

RIGHTS_FOLLOW = timedelta(minutes=1)
"""Telegram adds a bot first and gives it rights then: so long nobody is told that they are missing."""


async def tell(
    work: Background, group_id: int, note: str, moment: str, *, not_before: datetime | None = None, **refs: object
) -> None:
    """Owe the note to those who run the group; `note` is a key of the texts, `moment` makes the fact unique.

    `refs`: "title" of the chat, "missing" rights, "person" whom it is about; "chat": its id, where rights count as
    they are when the note goes out.
    """
    deliveries = [
        owe(
            "chat_note",
            f"chat:{note}:{group_id}:{moment}:{reader}",
            work.now,
            chat_id=reader,
            person_id=reader,
            not_before=not_before or work.now,
            refs={"note": note, "group": group_id, **refs},
        )
        for reader in await deciders_of(work, group_id)
    ]
    await outbox.add(work.tx, deliveries, work.now)


async def render_notes(batch: Rendering) -> Rendered:
    """Word the notes."""
    found = {group.id: group for group in await groups.get_all(batch.tx)}
    persons = {int(str(d.refs["person"])) for d in batch.deliveries if "person" in d.refs}
    names = {person.id: person.name for person in (await people.get_many(batch.tx, persons)).values()}
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        refs, language = delivery.refs, batch.readers[delivery.person_id or 0].language
        group = found.get(int(str(refs["group"])))
        if group is None:
            rendered[delivery.id] = OUTDATED
            continue
        name = names.get(int(str(refs.get("person", 0))), "?")
        missing = await _missing(batch, refs)
        if "chat" in refs and not missing:
            rendered[delivery.id] = OUTDATED
            continue
        rendered[delivery.id] = texts.note(
            str(refs["note"]), group, str(refs.get("title", "")), language, person=name, missing=missing
        )
    return rendered


async def _missing(batch: Rendering, refs: Mapping[str, object]) -> list[str]:
    """Which rights are missing: as it was noted, or as it is by now."""
    if "chat" not in refs:
        noted = refs.get("missing")
        return [str(right) for right in noted] if isinstance(noted, list) else []
    chat = await chats.get(batch.tx, int(str(refs["chat"])))
    return [right.value for right in chat.missing] if chat and chat.is_attached else []
