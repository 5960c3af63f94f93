"""Samples of the two hubs: the coordinators' card of a group and the organisers' cockpit."""

from collections.abc import Mapping

from domain.buttons import manage, organise
from domain.buttons.manage import ListManaged, Manage, ManagePage, ManageSection
from domain.buttons.organise import AskWanted, Organise, OrganiseSection, SetWanted, ShowProgress
from domain.permissions import Permission
from handlers.manage import PAGED
from handlers.manage import SECTIONS as MANAGED
from handlers.organise import SECTIONS as ORGANISED
from tests.rights.samples.sample import Sample, always, group, nothing, own_group

DECIDE, EDIT = (Permission.DECIDE_PEOPLE,), (Permission.EDIT_GROUPS,)

MANAGE: Mapping[manage.Section, Permission] = {
    manage.Section.REQUESTS: Permission.DECIDE_PEOPLE,
    manage.Section.PEOPLE: Permission.DECIDE_PEOPLE,
    manage.Section.SESSIONS: Permission.RUN_EVENTS,
    manage.Section.WEBINARS: Permission.RUN_EVENTS,
    manage.Section.SUBMISSIONS: Permission.REVIEW_RESULT,
    manage.Section.CHAT: Permission.LINK_CHAT,
    manage.Section.REACH: Permission.DECIDE_PEOPLE,
    manage.Section.INVITES: Permission.DECIDE_PEOPLE,
    manage.Section.TALKS: Permission.RUN_EVENTS,
    manage.Section.TIME: Permission.RUN_EVENTS,
    manage.Section.CHORES: Permission.RUN_EVENTS,
    manage.Section.HAND_OVER: Permission.HAND_OVER,
    manage.Section.EXPORT: Permission.EXPORT_MEMBERS,
}
"""What each section shows, in the words of the page."""

ORGANISE: Mapping[organise.Section, Permission] = {
    organise.Section.GROUPS: Permission.EDIT_GROUPS,
    organise.Section.ROLES: Permission.GRANT_COORDINATOR,
    organise.Section.ROUNDS: Permission.EDIT_GROUPS,
    organise.Section.TIMINGS: Permission.EDIT_GROUPS,
    organise.Section.EXPORTS: Permission.EDIT_GROUPS,
    organise.Section.AUDIT: Permission.READ_AUDIT,
    organise.Section.LETTERS: Permission.READ_AUDIT,
    organise.Section.DIGEST: Permission.EDIT_GROUPS,
    organise.Section.ERASING: Permission.ERASE_OTHER,
    organise.Section.HOMEPAGE: Permission.EDIT_GROUPS,
}


def managed(one: manage.Section) -> Sample:
    """A section of a group's card."""
    return Sample(ManageSection, lambda it: ManageSection(it.id, one), group, (MANAGE[one],), DECIDE)


def paged(one: manage.Section) -> Sample:
    """A page of a section that is a list."""
    return Sample(ManagePage, lambda it: ManagePage(it.id, one, 0), group, (MANAGE[one],), DECIDE)


SAMPLES = [
    Sample("/manage", lambda _: "/manage", own_group, DECIDE),
    Sample(ListManaged, always(ListManaged(0)), own_group, DECIDE),
    Sample(Manage, lambda it: Manage(it.id), group, DECIDE),
    *map(managed, MANAGED),
    *map(paged, PAGED),
    Sample("/organise", lambda _: "/organise", nothing, EDIT),
    Sample(Organise, always(Organise(0)), nothing, EDIT),
    Sample(AskWanted, always(AskWanted()), nothing, EDIT),
    Sample(SetWanted, always(SetWanted(3)), nothing, EDIT),
    Sample(ShowProgress, lambda it: ShowProgress(it.id), group, EDIT, public=True),
    *[Sample(OrganiseSection, always(OrganiseSection(one)), nothing, (ORGANISE[one],), EDIT) for one in ORGANISED],
]
