"""Values to be said, and the longest that can come in."""

from dataclasses import replace
from datetime import UTC, datetime

from domain.broadcasts import Audience, Broadcast, BroadcastState, Fate, Progress
from domain.events import Event, EventState, LinkPolicy
from domain.groups import Application, ApplicationState, Group
from domain.paging import ListPage
from domain.people import MOST_NAME
from messages.broadcast_runs import MOST_NAMES, Run
from services.broadcast_drafts import MOST_TEXT as MOST_HTML

WEBINAR = Event(
    id=1,
    group_id=3,
    slug="planned-relocation",
    titles={"en": "Planned relocation", "de": "Geplante Umsiedlung", "fr": "La réinstallation planifiée"},
    abstracts={"en": "An example.", "de": "Ein Beispiel.", "fr": "Un exemple."},
    speakers=("Coastal Communities Exempla",),
    languages=("en", "fr"),
    starts_at=datetime(2022, 4, 27, 13, tzinfo=UTC),
    minutes=60,
    zone="Europe/Berlin",
    link="https://meet.example.org/1",
    link_policy=LinkPolicy.GUARDED,
    state=EventState.ANNOUNCED,
    revision=1,
)

LONGEST_TITLE = "<" * 200
LONGEST_WEBINAR = replace(
    WEBINAR,
    titles={"en": LONGEST_TITLE},
    abstracts={"en": "&" * 1000},
    speakers=("S" * 120,) * 12,
    languages=("en", "de", "fr", "es", "pt", "ar"),
)
LONGEST_NAME = "N" * MOST_NAME
LONGEST_GROUP = Group(3, "P" * 16, {"en": LONGEST_TITLE}, {"en": "&" * 1000}, 199, 200)
LONGEST_BROADCAST = Broadcast(
    id=10**9,
    author_id=1,
    html="m" * MOST_HTML,
    audience=Audience.GROUP,
    target_id=3,
    state=BroadcastState.DONE,
    total=100_000,
    started_at=WEBINAR.starts_at,
    started_by=1,
    shown_at=None,
    finished_at=None,
)
EVERY_FATE = Run(
    LONGEST_BROADCAST,
    Progress(dict.fromkeys(Fate, 20_000)),
    {fate: [LONGEST_NAME] * most for fate, most in MOST_NAMES.items()},
    starter=LONGEST_NAME,
)
APPLICATIONS = [
    Application(1, 3, 1, "<" * 500, "&" * 200, state, decided_by=2, created_at=WEBINAR.starts_at, reason="&" * 300)
    for state in ApplicationState
]

MIDDLE, ONLY = ListPage(1, of=3, limit=8), ListPage(0, of=1, limit=8)
"""A page from which one can turn both ways, and the one there is of a list that needs no more."""
