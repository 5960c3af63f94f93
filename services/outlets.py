"""Where a result stands: how far each outlet is, and trying again what failed."""

from domain.deliveries import DeliveryState
from domain.homepage import NoticeState, key_of
from domain.publications import Outlet, Progress, Standing, is_out, post_of, subject_of
from domain.results import Result, ResultState
from services import homepage, published_files
from services import publications as posts
from services.work import Background
from storage import notices, publications
from storage.publications import Publication


async def get_standings(work: Background, result: Result) -> tuple[Standing, ...]:
    """Every outlet of a result that is published or was; empty for one that never was."""
    if result.state not in {ResultState.PUBLISHED, ResultState.WITHDRAWN}:
        return ()
    known = await publications.get(work.tx, subject_of(result.id))
    page = Progress.DONE if work.process.web_url else Progress.NOT_SET
    standings = [Standing(Outlet.PAGE, page)]
    if result.file_id is not None:
        standings.append(_file_standing(known.get(Outlet.FILE)))
    standings += [await _channel_standing(work, result, known.get(Outlet.CHANNEL)), await _homepage(work, result)]
    return tuple(_withdrawn(one) if not is_out(result) else one for one in standings)


def _withdrawn(one: Standing) -> Standing:
    """What is there for a withdrawn result is its end."""
    gone = one.progress is Progress.DONE or one.progress is Progress.MISSING
    return Standing(one.outlet, Progress.WITHDRAWN) if gone else one


def _file_standing(known: Publication | None) -> Standing:
    if known is None:
        return Standing(Outlet.FILE, Progress.MISSING)
    return Standing(Outlet.FILE, known.progress, known.error or "")


async def _channel_standing(work: Background, result: Result, known: Publication | None) -> Standing:
    channel = work.process.channel_id
    if channel is None:
        return Standing(Outlet.CHANNEL, Progress.NOT_SET)
    if known is not None and known.progress is Progress.FAILED:
        return Standing(Outlet.CHANNEL, Progress.FAILED, known.error or "")
    last = await publications.last_posting(work.tx, post_of(result.id), channel)
    match last.state if last else None:
        case None:
            return Standing(Outlet.CHANNEL, Progress.MISSING)
        case DeliveryState.PENDING | DeliveryState.SENDING:
            return Standing(Outlet.CHANNEL, Progress.OWED)
        case DeliveryState.SENT:
            return Standing(Outlet.CHANNEL, Progress.DONE)
        case _:
            return Standing(Outlet.CHANNEL, Progress.FAILED, (last.error if last else None) or "")


async def _homepage(work: Background, result: Result) -> Standing:
    if await homepage.get(work.tx) is None:
        return Standing(Outlet.HOMEPAGE, Progress.NOT_SET)
    notice = await notices.last_of(work.tx, subject_of(result.id))
    if notice is None or notice.key != key_of(result):
        waits = await publications.is_file_owed(work.tx, subject_of(result.id))
        return Standing(Outlet.HOMEPAGE, Progress.OWED if waits else Progress.MISSING)
    match notice.state:
        case NoticeState.PENDING:
            return Standing(Outlet.HOMEPAGE, Progress.OWED, notice.error or "")
        case NoticeState.SENT:
            return Standing(Outlet.HOMEPAGE, Progress.DONE)
        case NoticeState.FAILED:
            return Standing(Outlet.HOMEPAGE, Progress.FAILED, notice.error or "")


async def try_again(work: Background, result: Result, outlet: Outlet) -> bool:
    """Owe once more what failed in one outlet; False if there is nothing to try."""
    standing = next((s for s in await get_standings(work, result) if s.outlet is outlet), None)
    if standing is None or not standing.can_be_tried:
        return False
    match outlet:
        case Outlet.CHANNEL:
            await _try_channel(work, result)
        case Outlet.FILE:
            await published_files.fetch(work, result)
        case Outlet.HOMEPAGE:
            await homepage.owe_again(work, result)
        case Outlet.PAGE:
            return False
    return True


async def _try_channel(work: Background, result: Result) -> None:
    known = (await publications.get(work.tx, subject_of(result.id))).get(Outlet.CHANNEL)
    if known is not None and known.progress is Progress.FAILED:
        message_id = int((known.error or "0").partition(":")[0])
        again = Publication(known.subject, known.outlet, Progress.OWED, known.reference)
        await publications.put(work.tx, again, work.now)
        await posts.delete_post(work, result.id, message_id)
    else:
        await posts.post(work, result.id)
