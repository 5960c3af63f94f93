"""Who holds what: giving roles and taking them away."""

from domain.buttons.roles import (
    AskTake,
    BeginGrant,
    ListRoles,
    NameCoordinator,
    PickGroup,
    PickPerson,
    PickRole,
    TakeForSure,
    TurnGroups,
    TurnPeople,
)
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.permissions import Permission
from domain.roles import Taken
from handlers.dialogs import Flow
from handlers.requests import ButtonRequest, Reply, TextRequest
from handlers.routes import ButtonPress, DialogInput, Route
from messages import granting as questions
from messages import roles as texts
from messages.markup import Message
from services import granting, roles
from services.work import Work


async def section(work: Work) -> Message:
    """The first page: the section of the cockpit."""
    return await _page(work, 0)


async def turn_page(request: ButtonRequest[ListRoles], work: Work) -> Reply:
    """Another page."""
    return Reply(edit=await _page(work, request.action.page))


async def ask_take(request: ButtonRequest[AskTake], work: Work) -> Reply:
    """Sure?"""
    return Reply(edit=texts.ask_take(await roles.get_takeable(work, request.action.role_id), work.language))


async def take(request: ButtonRequest[TakeForSure], work: Work) -> Reply:
    """Take it away."""
    held = await roles.get_takeable(work, request.action.role_id)
    outcome = await roles.take(work, request.action.role_id)
    notice = texts.taken(outcome, held, work.language)
    if isinstance(outcome, Taken) and held.person.id == work.person.id:  # perhaps the list is not for them any more
        return Reply(edit=texts.left(held, work.language), toast=notice)
    return Reply(edit=await _page(work, 0, notice))


async def _page(work: Work, page: int, notice: str = "") -> Message:
    listed = await roles.list_roles(work, page)
    return texts.listed(listed.held, listed.takeable, listed.page, work.language, notice)


# --- Giving a role ----------------------------------------------------------------------------


async def begin_grant(request: ButtonRequest[BeginGrant], work: Work) -> Reply:
    """Which role?"""
    del request
    return await _ask(await granting.begin(work), work)


async def name_coordinator(request: ButtonRequest[NameCoordinator], work: Work) -> Reply:
    """Who shall run this group?"""
    return await _ask(await granting.begin_in(work, request.action.group_id), work)


async def pick_role(request: ButtonRequest[PickRole], work: Work) -> Reply:
    """This one."""
    return await _ask(await granting.pick_role(work, request.action.role, request.action.revision), work)


async def turn_groups(request: ButtonRequest[TurnGroups], work: Work) -> Reply:
    """Other groups."""
    return await _ask(await granting.turn_groups(work, request.action.page, request.action.revision), work)


async def pick_group(request: ButtonRequest[PickGroup], work: Work) -> Reply:
    """This group."""
    return await _ask(await granting.pick_group(work, request.action.group_id, request.action.revision), work)


async def type_name(request: TextRequest, work: Work) -> Reply:
    """A part of a name."""
    return await _ask(await granting.look_for(work, request.dialog, request.text), work)


async def turn_people(request: ButtonRequest[TurnPeople], work: Work) -> Reply:
    """Others who were found."""
    return await _ask(await granting.turn_people(work, request.action.page, request.action.revision), work)


async def pick_person(request: ButtonRequest[PickPerson], work: Work) -> Reply:
    """This person."""
    return await _ask(await granting.pick_person(work, request.action.person_id, request.action.revision), work)


async def _back(dialog: Dialog, work: Work) -> Reply:
    return await _ask(await granting.go_back(work, dialog), work)


async def _grant(dialog: Dialog, work: Work) -> Reply:
    asked = await granting.get_question(work, dialog)
    outcome = await granting.grant(work, dialog)
    if asked.person is None or asked.role is None:
        raise OutOfDate
    group_code = asked.group.code if asked.group else ""
    return Reply(edit=await _page(work, 0, texts.granted(outcome, asked.person, asked.role, group_code, work.language)))


async def _ask(dialog: Dialog, work: Work) -> Reply:
    return Reply(step=await _question(dialog, work))


async def _question(dialog: Dialog, work: Work) -> Message:
    asked = await granting.get_question(work, dialog)
    revision, language, link = asked.revision, work.language, work.process.link
    if asked.role is None:
        return questions.ask_role(asked.roles, revision, language)
    code = asked.group.code if asked.group else ""
    of = questions.steps_for(asked.role, asks_role=len(asked.roles) > 1)
    match asked.step:
        case "group":
            return questions.ask_group(asked.groups, asked.page, of, revision, language)
        case "found":
            return questions.found(asked.typed, asked.found, asked.page, of, link, revision, language)
        case "confirm" if asked.person is not None:
            return questions.confirm(asked.person, asked.role, code, of, revision, language)
        case _:
            return questions.ask_name(asked.role, code, of, link, revision, language)


FLOW = Flow(back=_back, hand_in=_grant)

ROUTES: list[Route] = [
    ButtonPress(ListRoles, turn_page, Permission.GRANT_COORDINATOR),
    ButtonPress(AskTake, ask_take, Permission.GRANT_COORDINATOR),
    ButtonPress(TakeForSure, take, Permission.GRANT_COORDINATOR),
    ButtonPress(BeginGrant, begin_grant, Permission.GRANT_COORDINATOR),
    ButtonPress(NameCoordinator, name_coordinator, Permission.GRANT_COORDINATOR),
    ButtonPress(PickRole, pick_role, Permission.GRANT_COORDINATOR),
    ButtonPress(TurnGroups, turn_groups, Permission.GRANT_COORDINATOR),
    ButtonPress(PickGroup, pick_group, Permission.GRANT_COORDINATOR),
    ButtonPress(TurnPeople, turn_people, Permission.GRANT_COORDINATOR),
    ButtonPress(PickPerson, pick_person, Permission.GRANT_COORDINATOR),
    DialogInput(granting.DIALOG, type_name, Permission.GRANT_COORDINATOR, again=_question),
]
