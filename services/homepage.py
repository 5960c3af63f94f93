"""The conference homepage: where it is, and the notices that it is owed."""

import secrets

from domain.deliveries import owe
from domain.errors import NotReadable, OutOfDate
from domain.homepage import (
    GivenUp,
    Homepage,
    Notice,
    NoticeState,
    Reaction,
    body_of,
    decide_next,
    host_of,
    key_of,
    read_address,
)
from domain.permissions import Permission
from domain.publications import Outlet
from domain.results import Result
from messages import homepage as texts
from messages.languages import LANGUAGES
from messages.markup import Message
from services import cards
from services.rendering import OUTDATED, Drop, Rendered, Rendering
from services.troubles import tell
from services.work import Background, Work
from storage import facts, files, groups, notices, outbox, results
from storage.database import Tx

ADDRESS, SECRET = "homepage_address", "homepage_secret"
SUBJECT = "homepage:1"


async def get(tx: Tx) -> Homepage | None:
    """Where notices go; None where they go nowhere."""
    address, secret = await facts.get(tx, ADDRESS), await facts.get(tx, SECRET)
    return Homepage(address, secret) if address and secret else None


# --- Setting it -------------------------------------------------------------------------------


async def set_address(work: Work, typed: str) -> None:
    """Send notices there from now on; the first address gets a secret. Raise NotReadable."""
    work.require(Permission.SET_HOMEPAGE)
    address = read_address(typed, loopback=work.process.is_demo)
    if address is None:
        raise NotReadable("homepage")
    before = await get(work.tx)
    await facts.put(work.tx, ADDRESS, address)
    await notices.look_again(work.tx, work.now)
    hosts = {"host": host_of(before.address)} if before else None, {"host": host_of(address)}
    await facts.note(work.tx, work.now, work.person.id, "homepage_set", SUBJECT, *hosts)
    if before is None:
        await _make_secret(work)


async def renew_secret(work: Work) -> None:
    """Sign with another secret from now on, and send it to whoever asked."""
    work.require(Permission.SET_HOMEPAGE)
    if await get(work.tx) is None:
        raise OutOfDate
    await facts.note(work.tx, work.now, work.person.id, "homepage_secret_made", SUBJECT)
    await _make_secret(work)


async def _make_secret(work: Work) -> None:
    secret = secrets.token_urlsafe(32)
    await facts.put(work.tx, SECRET, secret)
    reader = work.person.id
    key = f"homepage_secret:{reader}:{work.now.isoformat()}"
    await outbox.add(work.tx, [owe("homepage_secret", key, work.now, chat_id=reader, person_id=reader)], work.now)


async def drop(work: Work) -> None:
    """Send no notices any more; what waits is given up."""
    work.require(Permission.SET_HOMEPAGE)
    known = await get(work.tx)
    if known is None:
        raise OutOfDate
    for name in (ADDRESS, SECRET):
        await facts.drop(work.tx, name)
    await notices.give_up_all(work.tx, "no homepage is set", work.now)
    hosts = {"host": host_of(known.address)}, None
    await facts.note(work.tx, work.now, work.person.id, "homepage_dropped", SUBJECT, *hosts)


async def render_secrets(batch: Rendering) -> Rendered:
    """The secret, at the moment it goes out: no row but its own ever holds it."""
    known = await get(batch.tx)
    rendered: dict[int, Message | Drop] = {}
    for delivery in batch.deliveries:
        reader = batch.readers[delivery.person_id or 0]
        rendered[delivery.id] = texts.secret(known.secret, reader.language) if known else OUTDATED
    return rendered


# --- Notices ----------------------------------------------------------------------------------


async def owe_notice(work: Background, result: Result) -> None:
    """Owe the homepage the newest state of a result; the same state is owed once."""
    if await get(work.tx) is None:
        return
    group = await groups.get(work.tx, result.group_id) if result.group_id is not None else None
    name = (await files.of_results(work.tx)).get(result.id)
    web = work.process.web_url
    pages = {code: f"{web}/{code}/results/{result.id}" for code in LANGUAGES} if web else {}
    file_address = f"{web}/files/{name}" if web and name else None
    body = body_of(result, group.code if group else "", pages, file_address)
    await notices.add(work.tx, key_of(result), f"result:{result.id}", body, work.now)


async def owe_again(work: Background, result: Result) -> None:
    """Once more what was given up; or for the first time, where the homepage was set later."""
    last = await notices.last_of(work.tx, f"result:{result.id}")
    if last is not None and last.key == key_of(result) and last.state is NoticeState.FAILED:
        await notices.again(work.tx, last.id, work.now)
    else:
        await owe_notice(work, result)


async def record(work: Background, notice: Notice, reaction: Reaction) -> None:
    """What came of one try: it is there, it comes again, or somebody has to look."""
    step = decide_next(reaction, notice.attempt + 1, work.now)
    if not await notices.record(work.tx, notice, step, work.now):
        return
    await cards.refresh(work.tx, notice.subject, work.now)
    if isinstance(step, GivenUp):
        result = await results.get(work.tx, int(notice.subject.partition(":")[2]))
        if result is not None:
            await tell(work, result, Outlet.HOMEPAGE, step.reason)
