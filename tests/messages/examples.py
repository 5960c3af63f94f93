"""Values to be said, and the longest that can come in."""

from datetime import UTC, datetime

from domain.events import Event, EventState, LinkPolicy

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
