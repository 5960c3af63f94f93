"""Webinars for those who run them: the lists of a group, and the card with everything there is to know."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import NotAllowed, OutOfDate
from domain.events import Event, EventKind, EventState
from domain.groups import Group
from domain.paging import ListPage, page_at
from domain.people import Person
from domain.permissions import Permission, Target
from domain.questions import may
from domain.webinar_parts import Phase, phase_of
from services import organise
from services.manage import get_managed
from services.work import Work
from storage import events, groups, people, webinars
from storage.talks import presenting

PAGE_SIZE = 6


def checked(work: Work, webinar: Event | None) -> Event:
    """The webinar, if it is one that the person runs; "not there" and "not yours" are said alike."""
    if webinar is None or webinar.kind is not EventKind.WEBINAR:
        raise NotAllowed
    work.require(Permission.RUN_EVENTS, Target(group_id=webinar.group_id, event_id=webinar.id))
    return webinar


async def get_run(work: Work, webinar_id: int) -> Event:
    """Load a webinar for somebody who runs it."""
    return checked(work, await events.get(work.tx, webinar_id))


async def lock_run(work: Work, webinar_id: int) -> Event:
    """The same, held until the end of the transaction: for changing it."""
    return checked(work, await webinars.lock(work.tx, webinar_id))


@dataclass(frozen=True)
class Listed:
    """A page of a group's webinars. `announced`: how many are, held ones included; `wanted`: how many are expected."""

    group: Group
    webinars: Sequence[Event]
    page: ListPage
    announced: int
    wanted: int
    over: int


async def list_current(work: Work, group_id: int, wished: int) -> Listed:
    """A page of what is to come or is running, soonest first, and the drafts after it."""
    return await _list(work, group_id, wished, over=False)


async def list_over(work: Work, group_id: int, wished: int) -> Listed:
    """A page of what is past or cancelled, newest first."""
    return await _list(work, group_id, wished, over=True)


async def _list(work: Work, group_id: int, wished: int, *, over: bool) -> Listed:
    group = await get_managed(work, group_id, Permission.RUN_EVENTS)
    everything = await webinars.get_of_group(work.tx, group.id)
    ended = [event for event in everything if phase_of(event, work.now) in {Phase.OVER, Phase.CANCELLED}]
    current = sorted((event for event in everything if event not in ended), key=_drafts_last)
    found = ended[::-1] if over else current
    page = page_at(wished, len(found), PAGE_SIZE)
    announced = sum(event.state is EventState.ANNOUNCED for event in everything)
    return Listed(group, found[page.part], page, announced, await organise.get_wanted(work), len(ended))


def _drafts_last(event: Event) -> bool:
    return event.state is EventState.DRAFT


@dataclass(frozen=True)
class Run:
    """A webinar as those see it who run it. `moderator`: the name, "" for nobody."""

    webinar: Event
    group: Group
    moderator: str
    sees_questions: bool


async def get_card(work: Work, webinar_id: int) -> Run:
    """The newest state of a webinar, for somebody who runs it."""
    return await show(work, await get_run(work, webinar_id))


async def show(work: Work, webinar: Event) -> Run:
    """A webinar with the names of what it only numbers."""
    group = await groups.get(work.tx, webinar.group_id)
    if group is None:
        raise NotAllowed
    sees = may(work.actor, Permission.SEE_QUESTIONS, webinar)
    return Run(webinar, group, await name_of(work, webinar.moderator_id), sees)


async def name_of(work: Work, person_id: int | None) -> str:
    """The name of a moderator; "" for nobody."""
    person = await people.get(work.tx, person_id) if person_id is not None else None
    return person.name if person else ""


async def list_hosts(work: Work, group_id: int, webinar_id: int) -> list[Person]:
    """Who may moderate: coordinators of the group, and those who speak there; by name."""
    ids = set(await people.coordinators_of(work.tx, group_id))
    ids |= set((await work.tx.execute(presenting(webinar_id))).scalars())
    found = await people.get_many(work.tx, ids)
    return sorted(found.values(), key=lambda person: (person.name, person.id))


async def check_host(work: Work, webinar: Event, person_id: int | None) -> None:
    """Raise OutOfDate for somebody who may not moderate, or not any more; nobody always may."""
    hosts = await list_hosts(work, webinar.group_id, webinar.id)
    if person_id is not None and person_id not in {person.id for person in hosts}:
        raise OutOfDate
