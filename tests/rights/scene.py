"""Two working groups with everything in them, and somebody in every role: of the own group only."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Table

from domain.permissions import Permission, Role, Target
from storage import tables
from storage.database import Tx
from storage.dialects import insert
from tests.rights.page import Held

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)

OWN, OTHER = 1, 2
"""Ids of the groups: every role is held in the first."""

OWN_WEBINAR, SIBLING_WEBINAR, OTHER_WEBINAR = 11, 12, 13
OWN_SESSION, SIBLING_SESSION, OTHER_SESSION = 21, 22, 23
"""The presenter presents `OWN_WEBINAR` and `OWN_SESSION`; siblings belong to the same group."""

OWN_CHAT, OTHER_CHAT, LOOSE_CHAT, CHANNEL = -1001, -1002, -1003, -1004

PEOPLE = {role: 100 + number for number, role in enumerate(Role)}
"""Somebody in every role, by role; the owner is named in the settings."""

AUTHOR, QUIET_OWN, QUIET_OTHER, RUNS_OTHER, APPLIES = 201, 202, 203, 204, 205
"""Somebody else: who wrote things in both groups, who only sits there, who runs the other, who asks to join both."""


class Side(StrEnum):
    """Where an object is, seen from whoever asks."""

    OWN = "own group"
    SIBLING = "own group, another event"
    OTHER = "other group"
    MINE = "written by oneself"
    ELSEWHERE = "written by oneself, in the other group"


GROUP_OF = {Side.OWN: OWN, Side.SIBLING: OWN, Side.OTHER: OTHER, Side.MINE: OWN, Side.ELSEWHERE: OTHER}
SESSION_OF = {Side.OWN: OWN_SESSION, Side.SIBLING: SIBLING_SESSION, Side.OTHER: OTHER_SESSION}
WEBINAR_OF = {Side.OWN: OWN_WEBINAR, Side.SIBLING: SIBLING_WEBINAR, Side.OTHER: OTHER_WEBINAR}


def held_by(role: Role) -> Held:
    """What somebody in this role is."""
    return Held(PEOPLE[role], OWN, frozenset({OWN_WEBINAR, OWN_SESSION}))


LINKS = {Side.OWN: "https://meet.example.org/own-session", Side.OTHER: "https://meet.example.org/other-session"}
NAMES = {Side.OWN: "Quintus Own", Side.SIBLING: "Quintus Own", Side.OTHER: "Quintus Other"}
"""Secrets that an answer tells, by the side of its object."""

SECRETS: dict[str, tuple[Permission, Target]] = {
    "https://meet.example.org/own-session": (Permission.SEE_MATERIAL, Target(OWN, OWN_SESSION)),
    "https://meet.example.org/sibling-session": (Permission.SEE_MATERIAL, Target(OWN, SIBLING_SESSION)),
    "https://meet.example.org/other-session": (Permission.SEE_MATERIAL, Target(OTHER, OTHER_SESSION)),
    "https://meet.example.org/own-backstage": (Permission.EDIT_TALK, Target(OWN, OWN_WEBINAR)),
    "https://meet.example.org/other-backstage": (Permission.EDIT_TALK, Target(OTHER, OTHER_WEBINAR)),
    "https://t.me/+own": (Permission.SEE_MATERIAL, Target(OWN, OWN_WEBINAR)),
    "https://t.me/+other": (Permission.SEE_MATERIAL, Target(OTHER, OTHER_WEBINAR)),
    "Quintus Own": (Permission.SEE_MEMBERS, Target(OWN)),
    "Quintus Other": (Permission.SEE_MEMBERS, Target(OTHER)),
}
"""Texts that only some may read: what the page calls reading them. Whatever is asked, they are in no other answer."""


async def set(tx: Tx) -> None:  # noqa: A001 - one sets a scene
    """Store the scene."""
    await _people(tx)
    await _groups(tx)
    await _events(tx)
    await _roles(tx)
    await _answers(tx)
    await _chats(tx)


async def add(tx: Tx, table: Table, **values: Any) -> int:
    """Store a row; its id, 0 where the table has none."""
    statement = insert(tx, table).values(values)
    if "id" not in table.c:
        await tx.execute(statement)
        return 0
    return int((await tx.execute(statement.returning(table.c.id))).scalar_one())


async def _people(tx: Tx) -> None:
    named = {person: role.value.title() for role, person in PEOPLE.items()}
    others = {
        AUTHOR: "Alma Author",
        QUIET_OWN: "Quintus Own",
        QUIET_OTHER: "Quintus Other",
        RUNS_OTHER: "Rosa",
        APPLIES: "Ada",
    }
    for person, name in (named | others).items():
        await add(tx, tables.people, id=person, name=name, language="en", started_at=NOW, created_at=NOW)
        await add(tx, tables.leads, person_id=person, minutes=60)


async def _groups(tx: Tx) -> None:
    for group, code in ((OWN, "PWG 1"), (OTHER, "PWG 2")):
        texts = dict.fromkeys(("en", "de", "fr"), f"Group {code}")
        row = {"id": group, "code": code, "titles": texts, "themes": texts}
        await add(tx, tables.groups, **row, least_members=2, most_members=20, shows_members=True)


async def _events(tx: Tx) -> None:
    names = {OWN_WEBINAR: "own", SIBLING_WEBINAR: "sibling", OTHER_WEBINAR: "other"}
    for event, name in names.items():
        await _event(tx, event, "webinar", name, backstage_link=f"https://meet.example.org/{name}-backstage")
    names = {OWN_SESSION: "own", SIBLING_SESSION: "sibling", OTHER_SESSION: "other"}
    for event, name in names.items():
        await _event(tx, event, "session", name, link=f"https://meet.example.org/{name}-session")


async def _event(tx: Tx, event: int, kind: str, name: str, **values: Any) -> None:
    """One that begins in five minutes: its link can be shown to those who may have it."""
    standard = {
        "group_id": OTHER if name == "other" else OWN,
        "titles": dict.fromkeys(("en", "de", "fr"), f"A {kind} ({name})"),
        "abstracts": {"en": "An abstract."},
        "speakers": [],
        "languages": ["en"],
        "starts_at": NOW + timedelta(minutes=5),
        "minutes": 60,
        "zone": "Europe/Berlin",
        "link_policy": "guarded",
        "state": "announced",
        "revision": 1,
        "sequence": 0,
    }
    await add(tx, tables.events, id=event, kind=kind, slug=f"{kind}-{name}", **{**standard, **values})


async def _roles(tx: Tx) -> None:
    await add(
        tx,
        tables.subscriptions,
        person_id=PEOPLE[Role.SUBSCRIBER],
        scope="all",
        target_id=0,
        wanted=True,
        created_at=NOW,
    )
    await application(tx, PEOPLE[Role.APPLICANT], OWN)
    await add(tx, tables.roles, person_id=PEOPLE[Role.GUEST], role="guest", group_id=OWN)
    await add(tx, tables.roles, person_id=PEOPLE[Role.COORDINATOR], role="coordinator", group_id=OWN)
    await add(tx, tables.roles, person_id=RUNS_OTHER, role="coordinator", group_id=OTHER)
    await add(tx, tables.roles, person_id=PEOPLE[Role.ORGANISER], role="organiser", group_id=None)
    seats = [(PEOPLE[Role.MEMBER], OWN), (QUIET_OWN, OWN), (QUIET_OTHER, OTHER), (AUTHOR, OWN), (AUTHOR, OTHER)]
    for person, group in seats:
        await add(tx, tables.seats, group_id=group, person_id=person, taken_at=NOW)
    for event in (OWN_WEBINAR, OWN_SESSION):
        await talk(tx, PEOPLE[Role.PRESENTER], event)


async def _answers(tx: Tx) -> None:
    """Whose names are to be known to some only will be there: their names are on the cards of the sessions."""
    coming = [(QUIET_OWN, OWN_SESSION), (QUIET_OWN, SIBLING_SESSION), (QUIET_OTHER, OTHER_SESSION)]
    for person, event in coming:
        await add(tx, tables.answers, event_id=event, person_id=person, answer="yes", answered_at=NOW)


async def application(tx: Tx, person: int, group: int, state: str = "open") -> int:
    """Somebody asks to join a group; the id."""
    row = {"group_id": group, "person_id": person, "state": state, "created_at": NOW}
    return await add(tx, tables.applications, **row, motivation="I would like to.", affiliation="", reason="")


async def talk(tx: Tx, person: int, event: int, state: str = "confirmed") -> int:
    """Somebody presents at an event; the id."""
    row = {"event_id": event, "person_id": person, "state": state, "created_at": NOW}
    return await add(tx, tables.talks, **row, title="A talk", abstract="", bio="")


async def result(tx: Tx, author: int, group: int, state: str) -> int:
    """An interim result, complete, with a link; the id."""
    row = {"author_id": author, "group_id": group, "state": state, "version": 0 if state == "draft" else 1}
    texts = {"title": "A result", "summary": "In short.", "link": "https://example.org/paper", "reason": ""}
    return await add(tx, tables.results, **row, **texts, created_at=NOW, submitted_at=NOW)


async def _chats(tx: Tx) -> None:
    for chat, title in ((OWN_CHAT, "Own"), (OTHER_CHAT, "Other"), (LOOSE_CHAT, "Loose")):
        row = {"id": chat, "title": title, "is_forum": False, "standing": "administrator", "rights": []}
        await add(tx, tables.chats, **row, invite_link=f"https://t.me/+{title.lower()}", seen_at=NOW)
    for group, chat in ((OWN, OWN_CHAT), (OTHER, OTHER_CHAT)):
        row = {"group_id": group, "chat_id": chat, "topic": "open", "language": "en"}
        await add(tx, tables.links, **row, linked_at=NOW)
