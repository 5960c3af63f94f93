"""Who may do what: one table, default deny."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum


class Role(StrEnum):
    """What somebody is, in relation to one object."""

    PUBLIC = "public"
    SUBSCRIBER = "subscriber"
    APPLICANT = "applicant"
    GUEST = "guest"
    MEMBER = "member"
    PRESENTER = "presenter"
    COORDINATOR = "coordinator"
    ORGANISER = "organiser"
    OWNER = "owner"


class Permission(StrEnum):
    """What a route does; each route declares one."""

    SEE_PUBLIC = "see public"
    USE_BOT = "use the bot"
    SUBSCRIBE = "subscribe"
    OWN_DATA = "own data"
    ASK_TO_JOIN = "ask to join"
    WITHDRAW = "withdraw an application"
    SEE_MATERIAL = "session link, group material"
    SEE_MEMBERS = "names of members"
    ANSWER_SESSION = "answer a session"
    SUBMIT_RESULT = "submit a result"
    EDIT_OWN_RESULT = "edit own submission"
    CO_AUTHOR = "be a co-author"
    SEE_SUBMISSIONS = "see submissions"
    REVIEW_RESULT = "review a result"
    PUBLISH_RESULT = "publish a result"
    EDIT_TALK = "edit a talk"
    RUN_EVENTS = "create, move, cancel events"
    ASK_SPEAKERS = "ask the speakers"
    SEE_QUESTIONS = "see questions to the speakers"
    MODERATE_QUESTIONS = "moderate questions"
    MODERATE_OWN = "moderate an own event"
    DECIDE_PEOPLE = "accept, decline, remove people"
    SEE_ATTENDANCE = "attendance, message to own group"
    LINK_CHAT = "link a chat"
    BROADCAST = "broadcast"
    EDIT_GROUPS = "edit groups, import, export"
    GRANT_PRESENTER = "grant presenter"
    GRANT_COORDINATOR = "grant coordinator"
    HAND_OVER = "hand over a group"
    GRANT_ORGANISER = "grant organiser or owner"
    SET_HOMEPAGE = "set the conference homepage"
    EXPORT_MEMBERS = "export members"
    READ_AUDIT = "read audit and dead letters"
    HANDLE_AUDIT = "handle dead letters"
    ERASE_OTHER = "erase another person"


class Reach(Enum):
    """How far a role carries a permission."""

    NO = "-"
    YES = "everywhere"
    OWN = "own objects"
    GROUP = "groups where the role is held"
    EVENT = "events where the role is held"


@dataclass(frozen=True)
class Actor:
    """A person with what they are: the roles as stored, read in the transaction that uses them."""

    person_id: int
    is_owner: bool = False
    is_organiser: bool = False
    coordinates: frozenset[int] = frozenset()
    member_of: frozenset[int] = frozenset()
    guest_of: frozenset[int] = frozenset()
    presents: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Target:
    """What a right is asked about. None: the object has no such side."""

    group_id: int | None = None
    event_id: int | None = None
    author_id: int | None = None
    coauthors: frozenset[int] = frozenset()


NOWHERE = Target()

_EVERYBODY: Mapping[Role, Reach] = {Role.PUBLIC: Reach.YES}
_OWN: Mapping[Role, Reach] = {Role.PUBLIC: Reach.OWN}
_ORGANISERS: Mapping[Role, Reach] = {Role.ORGANISER: Reach.YES, Role.OWNER: Reach.YES}
_COORDINATORS: Mapping[Role, Reach] = {**_ORGANISERS, Role.COORDINATOR: Reach.GROUP}
_MEMBERS: Mapping[Role, Reach] = {
    Role.MEMBER: Reach.GROUP,
    Role.PRESENTER: Reach.EVENT,
    Role.COORDINATOR: Reach.GROUP,
}
_THOSE_IN_SESSIONS: Mapping[Role, Reach] = {**_MEMBERS, Role.GUEST: Reach.GROUP}

TABLE: Mapping[Permission, Mapping[Role, Reach]] = {
    Permission.SEE_PUBLIC: _EVERYBODY,
    Permission.USE_BOT: _EVERYBODY,
    Permission.SUBSCRIBE: _OWN,
    Permission.OWN_DATA: _OWN,
    Permission.ASK_TO_JOIN: _EVERYBODY,
    Permission.WITHDRAW: _OWN,
    Permission.SEE_MATERIAL: {**_ORGANISERS, **_THOSE_IN_SESSIONS},
    Permission.SEE_MEMBERS: {**_COORDINATORS, Role.MEMBER: Reach.GROUP},
    Permission.ANSWER_SESSION: _THOSE_IN_SESSIONS,
    Permission.SUBMIT_RESULT: _MEMBERS,
    Permission.EDIT_OWN_RESULT: _OWN,
    Permission.CO_AUTHOR: _OWN,
    Permission.SEE_SUBMISSIONS: {**_COORDINATORS, Role.MEMBER: Reach.GROUP},
    Permission.REVIEW_RESULT: _COORDINATORS,
    Permission.PUBLISH_RESULT: _ORGANISERS,
    Permission.EDIT_TALK: {**_COORDINATORS, Role.PRESENTER: Reach.EVENT},
    Permission.RUN_EVENTS: _COORDINATORS,
    Permission.ASK_SPEAKERS: _EVERYBODY,
    Permission.SEE_QUESTIONS: {**_COORDINATORS, Role.PRESENTER: Reach.EVENT},
    Permission.MODERATE_QUESTIONS: _COORDINATORS,
    Permission.MODERATE_OWN: _OWN,
    Permission.DECIDE_PEOPLE: _COORDINATORS,
    Permission.SEE_ATTENDANCE: _COORDINATORS,
    Permission.LINK_CHAT: _COORDINATORS,
    Permission.BROADCAST: _ORGANISERS,
    Permission.EDIT_GROUPS: _ORGANISERS,
    Permission.GRANT_PRESENTER: _COORDINATORS,
    Permission.GRANT_COORDINATOR: _ORGANISERS,
    Permission.HAND_OVER: _COORDINATORS,
    Permission.GRANT_ORGANISER: {Role.OWNER: Reach.YES},
    Permission.SET_HOMEPAGE: {Role.OWNER: Reach.YES},
    Permission.EXPORT_MEMBERS: _COORDINATORS,
    Permission.READ_AUDIT: _ORGANISERS,
    Permission.HANDLE_AUDIT: {Role.OWNER: Reach.YES},
    Permission.ERASE_OTHER: _ORGANISERS,
}

NEVER_ON_OWN = frozenset({Permission.REVIEW_RESULT, Permission.PUBLISH_RESULT})
"""Four eyes: nobody decides on what they wrote, alone or with others."""


def can(actor: Actor, permission: Permission, target: Target = NOWHERE) -> bool:
    """Whether `actor` may do `permission` to `target`."""
    if permission in NEVER_ON_OWN and actor.person_id in {target.author_id, *target.coauthors}:
        return False
    return any(_reaches(actor, role, reach, target) for role, reach in TABLE[permission].items())


def can_anywhere(actor: Actor, permission: Permission) -> bool:
    """Whether there is anything at all the actor may do this to: opens a menu, never an object."""
    return any(_holds(actor, role) for role, reach in TABLE[permission].items() if reach is not Reach.NO)


def _reaches(actor: Actor, role: Role, reach: Reach, target: Target) -> bool:
    match reach:
        case Reach.NO:
            return False
        case Reach.YES:
            return _holds(actor, role)
        case Reach.OWN:
            return target.author_id == actor.person_id
        case Reach.GROUP:
            return target.group_id in _groups_of(actor, role)
        case Reach.EVENT:
            return target.event_id in actor.presents


def _groups_of(actor: Actor, role: Role) -> frozenset[int]:
    match role:
        case Role.COORDINATOR:
            return actor.coordinates
        case Role.GUEST:
            return actor.guest_of
        case _:
            return actor.member_of


def _holds(actor: Actor, role: Role) -> bool:
    match role:
        case Role.PUBLIC | Role.SUBSCRIBER | Role.APPLICANT:
            return True
        case Role.GUEST:
            return bool(actor.guest_of)
        case Role.MEMBER:
            return bool(actor.member_of)
        case Role.PRESENTER:
            return bool(actor.presents)
        case Role.COORDINATOR:
            return bool(actor.coordinates)
        case Role.ORGANISER:
            return actor.is_organiser
        case Role.OWNER:
            return actor.is_owner
