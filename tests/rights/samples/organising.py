"""Samples of what organisers do: groups, the weekly summary, exports, roles, erasing."""

from collections.abc import Mapping

from domain.buttons.dialogs import Back, HandIn, Skip
from domain.buttons.digest import StopDigest, WantDigest
from domain.buttons.erasing import BeginOrder, GoOn, PickFound, TurnFound
from domain.buttons.exports import ExportMembers, ExportTable, ListExports
from domain.buttons.group_editing import (
    CloseForSure,
    CloseGroup,
    EditGroup,
    EditPart,
    ListEditable,
    NewGroup,
    ShowNames,
)
from domain.buttons.roles import (
    AskHandOver,
    AskStepDown,
    AskTake,
    BeginGrant,
    HandOverAndLeave,
    HandOverAndStay,
    ListHeirs,
    ListRoles,
    NameCoordinator,
    PickGroup,
    PickPerson,
    PickRole,
    StepDownForSure,
    TakeForSure,
    TurnGroups,
    TurnPeople,
)
from domain.buttons.timings import ChooseTiming, ShowTiming
from domain.buttons.web_access import OpenBrowser, OpenTexts, SignOutEverywhere
from domain.exports import OF_A_GROUP, What
from domain.group_editing import Part
from domain.occasions import Purpose
from domain.permissions import Permission, Role, Target
from domain.timings import choices_for
from storage import tables
from storage.database import Tx
from tests.rights import scene
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.sample import Maker, Sample, Thing, always, group, myself, nothing
from tests.rights.scene import GROUP_OF, OWN, Side

EDIT, HAND_OVER = (Permission.EDIT_GROUPS,), (Permission.HAND_OVER,)
GRANT, GRANT_HIGH = (Permission.GRANT_COORDINATOR,), (Permission.GRANT_ORGANISER,)

# --- Groups -----------------------------------------------------------------------------------

WAS = {"title": "Group PWG 1", "names": True, "opens": None}


def at(step: str, part: Part, about: Maker = group, answers: Mapping[str, object] | None = None) -> Maker:
    """The dialog of editing a group, at this question."""
    data = {"part": part.value, "language": "en", "answers": answers or {}, "was": WAS}
    return dialog("group", step, about=about, key="group_id", data=data)


TITLE = {"title": "Another title"}

GROUPS = [
    Sample(ListEditable, always(ListEditable(0)), nothing, EDIT),
    Sample(EditGroup, lambda it: EditGroup(it.id), group, EDIT, public=True),
    Sample(NewGroup, always(NewGroup()), nothing, EDIT),
    Sample(EditPart, lambda it: EditPart(it.id, Part.TITLE, "en"), group, EDIT, public=True),
    Sample("group", lambda _: "Another title", at("title", Part.TITLE), EDIT),
    Sample("group", lambda _: "PWG 9", at("code", Part.NEW, nothing), EDIT),
    Sample(ShowNames, lambda it: ShowNames(0, it.revision), at("names", Part.NAMES), EDIT),
    Sample(Skip, lambda it: Skip(it.revision), at("opens", Part.OPENS), EDIT),
    Sample(Back, lambda it: Back(it.revision), at("preview", Part.TITLE, answers=TITLE), EDIT),
    Sample(HandIn, lambda it: HandIn(it.revision), at("preview", Part.TITLE, answers=TITLE), EDIT),
    Sample(CloseGroup, lambda it: CloseGroup(it.id), group, EDIT, public=True),
    Sample(CloseForSure, lambda it: CloseForSure(it.id), group, EDIT, public=True),
    Sample(WantDigest, always(WantDigest(0)), nothing, EDIT),
    Sample(StopDigest, always(StopDigest()), nothing, EDIT),
    Sample(ListExports, always(ListExports(0)), nothing, EDIT),
    Sample(ExportMembers, lambda it: ExportMembers(it.id), group, (Permission.EXPORT_MEMBERS,), public=True),
    Sample(ShowTiming, always(ShowTiming(Purpose.MINUTES)), nothing, EDIT),
    Sample(ChooseTiming, always(ChooseTiming(Purpose.MINUTES, choices_for(Purpose.MINUTES)[0])), nothing, EDIT),
    *[Sample(ExportTable, always(ExportTable(what)), nothing, EDIT) for what in What if what not in OF_A_GROUP],
]

# --- Roles ------------------------------------------------------------------------------------


async def coordinator(tx: Tx, me: int, side: Side) -> Thing | None:
    """A coordinator's role of somebody else."""
    if side not in {Side.OWN, Side.OTHER}:
        return None
    values = {"person_id": scene.AUTHOR, "role": "coordinator", "group_id": GROUP_OF[side]}
    return Thing(await scene.add(tx, tables.roles, **values), Target(GROUP_OF[side]))


async def organiser(tx: Tx, me: int, side: Side) -> Thing | None:
    """An organiser's role of somebody else."""
    if side is not Side.OWN:
        return None
    return Thing(await scene.add(tx, tables.roles, person_id=scene.AUTHOR, role="organiser", group_id=None))


async def coordinated(tx: Tx, me: int, side: Side) -> Thing | None:
    """A group that others coordinate, too: whoever asks may go."""
    await coordinator(tx, me, side)
    return await group(tx, me, side)


def granting(step: str, role: Role, data: Mapping[str, object] | None = None) -> Maker:
    """The dialog of giving a role, at this question."""
    return dialog("grant", step, data={"role": role.value, **(data or {})})


FOUND = {"typed": "Alma", "page": 0}
SURE = {**FOUND, "person_id": scene.AUTHOR}
of_group = granting("group", Role.COORDINATOR)
of_person = granting("found", Role.COORDINATOR, {"group_id": OWN, **FOUND})

ROLES = [
    Sample(ListRoles, always(ListRoles(0)), nothing, GRANT),
    Sample(AskTake, lambda it: AskTake(it.id), coordinator, GRANT),
    Sample(AskTake, lambda it: AskTake(it.id), organiser, GRANT_HIGH),
    Sample(TakeForSure, lambda it: TakeForSure(it.id), coordinator, GRANT),
    Sample(TakeForSure, lambda it: TakeForSure(it.id), organiser, GRANT_HIGH),
    Sample(BeginGrant, always(BeginGrant()), nothing, GRANT),
    Sample(NameCoordinator, always(NameCoordinator(OWN)), nothing, GRANT),
    Sample(PickRole, lambda it: PickRole(Role.COORDINATOR, it.revision), dialog("grant", "role"), GRANT),
    Sample(PickRole, lambda it: PickRole(Role.ORGANISER, it.revision), dialog("grant", "role"), GRANT_HIGH),
    Sample(PickRole, lambda it: PickRole(Role.OWNER, it.revision), dialog("grant", "role"), GRANT_HIGH),
    Sample(TurnGroups, lambda it: TurnGroups(0, it.revision), of_group, GRANT),
    Sample(PickGroup, lambda it: PickGroup(OWN, it.revision), of_group, GRANT),
    Sample("grant", lambda _: "Alma", granting("person", Role.COORDINATOR, {"group_id": OWN}), GRANT),
    Sample(TurnPeople, lambda it: TurnPeople(0, it.revision), of_person, GRANT),
    Sample(PickPerson, lambda it: PickPerson(scene.AUTHOR, it.revision), of_person, GRANT),
    Sample(Back, lambda it: Back(it.revision), of_person, GRANT),
    Sample(
        HandIn, lambda it: HandIn(it.revision), granting("confirm", Role.COORDINATOR, {"group_id": OWN, **SURE}), GRANT
    ),
    Sample(HandIn, lambda it: HandIn(it.revision), granting("confirm", Role.ORGANISER, SURE), GRANT_HIGH),
    Sample(HandIn, lambda it: HandIn(it.revision), granting("confirm", Role.OWNER, SURE), GRANT_HIGH),
    Sample(ListHeirs, lambda it: ListHeirs(it.id, 0), group, HAND_OVER, public=True),
    Sample(AskHandOver, lambda it: AskHandOver(it.id, scene.AUTHOR), group, HAND_OVER, public=True),
    Sample(HandOverAndLeave, lambda it: HandOverAndLeave(it.id, scene.AUTHOR), group, HAND_OVER, public=True),
    Sample(HandOverAndStay, lambda it: HandOverAndStay(it.id, scene.AUTHOR), group, HAND_OVER, public=True),
    Sample(AskStepDown, lambda it: AskStepDown(it.id), coordinated, HAND_OVER, public=True),
    Sample(StepDownForSure, lambda it: StepDownForSure(it.id), coordinated, HAND_OVER, public=True),
]

# --- Erasing somebody on request --------------------------------------------------------------

ERASE = (Permission.ERASE_OTHER,)
one_found = dialog("erase", "found", data=FOUND)
one_sure = dialog("erase", "sure", data=SURE)

ERASING = [
    Sample(BeginOrder, always(BeginOrder()), nothing, ERASE),
    Sample("erase", lambda _: "Alma", dialog("erase", "person"), ERASE),
    Sample(TurnFound, lambda it: TurnFound(0, it.revision), one_found, ERASE),
    Sample(PickFound, lambda it: PickFound(scene.AUTHOR, it.revision), one_found, ERASE),
    Sample(GoOn, lambda it: GoOn(it.revision), dialog("erase", "holds", data=SURE), ERASE),
    Sample(Back, lambda it: Back(it.revision), one_sure, ERASE),
    Sample(HandIn, lambda it: HandIn(it.revision), one_sure, ERASE),
]

# --- In the browser ---------------------------------------------------------------------------

BROWSER = [
    Sample(OpenBrowser, always(OpenBrowser()), nothing, EDIT),
    Sample(OpenTexts, always(OpenTexts()), nothing, EDIT),
    Sample(SignOutEverywhere, always(SignOutEverywhere()), myself, (Permission.OWN_DATA,)),
]

SAMPLES = [*GROUPS, *ROLES, *ERASING, *BROWSER]
