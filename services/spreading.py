"""What organisers see and do around publishing one result: previews, where it stands, texts for social networks."""

from dataclasses import dataclass

from domain.errors import OutOfDate
from domain.groups import Group
from domain.homepage import body_of, host_of
from domain.permissions import Permission
from domain.publications import Outlet, Standing
from domain.results import Result, ResultState
from messages import publications as texts
from messages.languages import LANGUAGES
from messages.markup import Html
from services import homepage, outlets, posting
from services.results import get_result
from services.work import Work
from storage import facts, groups


@dataclass(frozen=True)
class Shown:
    """A result with its outlets. `address`: where it can be read, in the language asked for."""

    result: Result
    group: Group | None
    standings: tuple[Standing, ...]
    address: str | None


async def look(work: Work, result_id: int, language: str | None = None) -> Shown:
    """Where a result stands; raise OutOfDate for one that never was public."""
    result = await get_result(work, result_id, Permission.PUBLISH_RESULT)
    standings = await outlets.get_standings(work, result)
    if not standings:
        raise OutOfDate
    group = await groups.get(work.tx, result.group_id) if result.group_id is not None else None
    address = posting.page_of(work.process, result, language or work.language) or result.link
    return Shown(result, group, standings, address or work.process.start_link(f"r_{result.id}"))


async def try_again(work: Work, result_id: int, outlet: Outlet) -> bool:
    """Owe once more what failed there; False where nothing had."""
    result = await get_result(work, result_id, Permission.PUBLISH_RESULT)
    is_owed = await outlets.try_again(work, result, outlet)
    if is_owed:
        after = {"outlet": outlet.value}
        await facts.note(work.tx, work.now, work.person.id, "publication_retried", f"result:{result.id}", None, after)
    return is_owed


@dataclass(frozen=True)
class Previewed:
    """How a result will look in one outlet."""

    result: Result
    shown: Html
    can_publish: bool


async def preview(work: Work, result_id: int, outlet: Outlet) -> Previewed:
    """How an accepted result will look; raise OutOfDate once it is out."""
    result = await get_result(work, result_id, Permission.PUBLISH_RESULT)
    if result.state is not ResultState.ACCEPTED:
        raise OutOfDate
    return Previewed(result, await _preview(work, result, outlet), can_publish=True)


async def _preview(work: Work, result: Result, outlet: Outlet) -> Html:
    match outlet:
        case Outlet.PAGE | Outlet.FILE:
            addresses = [posting.page_of(work.process, result, code) for code in LANGUAGES]
            return texts.page_preview(result, [one for one in addresses if one], work.language)
        case Outlet.CHANNEL:
            said = (await posting.word_post(work.tx, work.process, result)).text
            return texts.channel_preview(said if work.process.channel_id is not None else None, work.language)
        case Outlet.HOMEPAGE:
            known = await homepage.get(work.tx)
            if known is None:
                return texts.homepage_preview(None, "", work.language)
            group = await groups.get(work.tx, result.group_id or 0)
            body = body_of(result, group.code if group else "", {}, None)
            return texts.homepage_preview(body, host_of(known.address), work.language)
