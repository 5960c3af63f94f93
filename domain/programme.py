"""The programme as a whole: groups and webinars as they stand in a file, and how to move all of it to other dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from domain.events import Event, EventState, LinkPolicy
from domain.groups import Group
from domain.times import Skipped, to_utc


class ProgrammeError(Exception):
    """The programme cannot be used; `str()` is one line per finding, each with its place."""

    def __init__(self, findings: Sequence[str]) -> None:
        super().__init__("\n".join(findings))


@dataclass(frozen=True)
class PlannedWebinar:
    """A webinar by its file: `wall` is naive, what clocks in `zone` show at its start.

    Of the way backstage, capacity, registration and recording None says nothing: what there is stays.
    `place` says where it was read ("imcb22.yaml line 57, webinar 3 (climate-havens)"), for findings.
    """

    slug: str
    group: str
    titles: Mapping[str, str]
    abstracts: Mapping[str, str]
    speakers: tuple[str, ...]
    languages: tuple[str, ...]
    wall: datetime
    minutes: int
    zone: str
    link: str | None
    link_policy: LinkPolicy
    state: EventState
    backstage_link: str | None = None
    capacity: int | None = None
    registration: bool | None = None
    recording_link: str | None = None
    place: str = field(default="", compare=False)

    def event(self, group_id: int, *, event_id: int = 0, revision: int = 1) -> Event:
        """The event it describes; raises ProgrammeError when its local time does not exist."""
        starts_at = to_utc(self.wall, self.zone)
        if isinstance(starts_at, Skipped):
            raise ProgrammeError([f"{self.place}: {_in_the_gap(self.wall, self.zone, starts_at)}"])
        return Event(
            id=event_id,
            group_id=group_id,
            slug=self.slug,
            titles=self.titles,
            abstracts=self.abstracts,
            speakers=self.speakers,
            languages=self.languages,
            starts_at=starts_at,
            minutes=self.minutes,
            zone=self.zone,
            link=self.link,
            link_policy=self.link_policy,
            state=self.state,
            revision=revision,
            backstage_link=self.backstage_link,
            capacity=self.capacity,
            registers=bool(self.registration),
            recording_link=self.recording_link,
        )


def _in_the_gap(wall: datetime, zone: str, skipped: Skipped) -> str:
    return (
        f"start {wall:%Y-%m-%d %H:%M} does not exist in {zone}, where the clocks are put forward over it; "
        f"the next time is {skipped.next_time:%H:%M}"
    )


@dataclass(frozen=True)
class Programme:
    """Groups (their `id` is 0: the code counts) and webinars."""

    groups: tuple[Group, ...] = ()
    webinars: tuple[PlannedWebinar, ...] = ()


def starting_on(programme: Programme, day: date) -> Programme:
    """Shift every date by the same number of days, so that the first webinar takes place on `day`.

    Clocks on the wall show the same as before, whatever happens to summer time in between.
    """
    if not programme.webinars:
        return programme
    shift = day - min(webinar.wall for webinar in programme.webinars).date()
    return Programme(
        groups=tuple(_shifted(group, shift) for group in programme.groups),
        webinars=tuple(replace(webinar, wall=webinar.wall + shift) for webinar in programme.webinars),
    )


def _shifted(group: Group, shift: timedelta) -> Group:
    return replace(
        group,
        opens_on=group.opens_on + shift if group.opens_on else None,
        closes_on=group.closes_on + shift if group.closes_on else None,
    )
