"""What those who run a group hear in private about its chat, each fact once."""

from collections.abc import Mapping

from domain.deliveries import owe
from messages import chat_notes as texts
from messages.markup import Message
from services.deciders import deciders_of
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background
from storage import chats, groups, outbox, people


async def tell(work: Background, group_id: int, note: str, moment: str, **refs: object) -> None:
    """Owe the note to those who run the group; `note` is a key of the texts, `moment` makes the fact unique.

    `refs`: "title" of the chat, "missing" rights, "person" whom it is about.
    """
    deliveries = [
        owe(
            "chat_note",
            f"chat:{note}:{group_id}:{moment}:{reader}",
            work.now,
            chat_id=reader,
            person_id=reader,
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
        missing = await _missing(batch, group.id, refs)
        rendered[delivery.id] = texts.note(
            str(refs["note"]), group, str(refs.get("title", "")), language, person=name, missing=missing
        )
    return rendered


async def _missing(batch: Rendering, group_id: int, refs: Mapping[str, object]) -> list[str]:
    """Which rights are missing: as it was noted; when the bot comes back, as it is by now."""
    if refs["note"] != "back":
        noted = refs.get("missing")
        return [str(right) for right in noted] if isinstance(noted, list) else []
    link = await chats.link_of(batch.tx, group_id)
    chat = await chats.get(batch.tx, link.chat_id) if link else None
    return [right.value for right in chat.missing] if chat else []
