"""Exports: who may take which table away, and the file itself, made when it is sent."""

from zoneinfo import ZoneInfo

from domain.deliveries import owe
from domain.errors import OutOfDate
from domain.events import Event
from domain.exports import OF_A_GROUP, Table, What, file_name, permission_for, to_csv
from domain.groups import Group
from domain.people import Person
from domain.permissions import Permission, Target, can
from messages import exports as texts
from messages.markup import Attachment, Message
from services.groups import Listed, get_group, list_groups
from services.organise import get_wanted, judge_groups
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.work import Background, Work
from storage import exports, facts, groups, outbox, people


async def list_exports(work: Work, page: int) -> Listed:
    """A page of the groups whose members can be exported, for organisers."""
    work.require(Permission.EDIT_GROUPS)
    return await list_groups(work, page)


async def get_exportable(work: Work, group_id: int) -> Group:
    """A group whose members this person may take away."""
    return await get_group(work, group_id, Permission.EXPORT_MEMBERS)


async def order_members(work: Work, group_id: int) -> None:
    """Owe the members of a group as a file; it is noted who took it."""
    group = await get_exportable(work, group_id)
    await _order(work, What.MEMBERS, group.id, "members_exported", f"group:{group.id}")


async def order_registrations(work: Work, webinar: Event) -> None:
    """Owe the list of who comes to a webinar, loaded with the right to that; it is noted who took it."""
    action, subject = "registrations_exported", f"webinar:{webinar.id}"
    await _order(work, What.REGISTRATIONS, webinar.group_id, action, subject, webinar.id)


async def order_table(work: Work, what: What) -> None:
    """Owe a table over all groups; raise OutOfDate for one that needs a group."""
    if what in OF_A_GROUP:
        raise OutOfDate
    work.require(permission_for(what))
    await _order(work, what, 0, f"{what.value}_exported", "groups")


async def _order(work: Work, what: What, group_id: int, action: str, subject: str, event_id: int = 0) -> None:
    await facts.note(work.tx, work.now, work.person.id, action, subject)
    reader = work.person.id
    # A second tap within the minute is the same wish.
    key = f"export:{what.value}:{group_id}:{event_id}:{reader}:{work.now:%Y-%m-%dT%H:%M}"
    refs = {"what": what.value, "group": group_id} | ({"event": event_id} if event_id else {})
    await outbox.add(work.tx, [owe("export", key, work.now, chat_id=reader, person_id=reader, refs=refs)], work.now)


# --- The file ---------------------------------------------------------------------------------


async def render_exports(batch: Rendering) -> Rendered:
    """Make the files from the newest state; whoever has lost the right meanwhile gets none."""
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        what, group_id = What(str(delivery.refs["what"])), int(str(delivery.refs["group"]))
        reader = batch.readers[delivery.person_id or 0]
        event_id = int(str(delivery.refs.get("event", 0)))
        rendered[delivery.id] = await _file(batch, what, group_id, event_id, reader) or OUTDATED
    return rendered


async def _file(batch: Rendering, what: What, group_id: int, event_id: int, reader: Person) -> Message | None:
    actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
    if not can(actor, permission_for(what), Target(group_id=group_id or None)):
        return None
    group = await groups.get(batch.tx, group_id) if group_id else None
    if what in OF_A_GROUP and group is None:
        return None
    code, day = group.code if group else "", batch.now.astimezone(ZoneInfo(batch.process.zone)).date().isoformat()
    table = await _table(batch, what, group_id, event_id, reader.language)
    return texts.file(what, code, Attachment(file_name(what, code, day), to_csv(table)), reader.language)


async def _table(batch: Rendering, what: What, group_id: int, event_id: int, language: str) -> Table:
    work = Background(batch.tx, batch.now, batch.process)
    match what:
        case What.MEMBERS:
            return texts.members(await exports.get_members(batch.tx, group_id), batch.process.zone, language)
        case What.REGISTRATIONS:
            return texts.registrations(await exports.get_registered(batch.tx, event_id), batch.process.zone, language)
        case What.STATISTICS:
            return await _statistics(work, language)
        case What.SIGN_UPS:
            codes = {group.id: group.code for group in await groups.get_all(batch.tx)}
            return texts.sign_ups(await exports.get_sign_ups(batch.tx), codes, language)


async def _statistics(work: Background, language: str) -> Table:
    found = await groups.get_all(work.tx)
    standings = await judge_groups(work, found, await get_wanted(work))
    numbers = await exports.get_numbers(work.tx, [group.id for group in found], work.now)
    return texts.statistics([((s.group, s.progress, s.judgement), numbers[s.group.id]) for s in standings], language)
