"""Changing sessions: which questions are asked, what the answers make of one session or of a series."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.changes import Difference
from domain.dialogs import step_after
from domain.events import Event, EventState
from domain.scheduling import Clash
from domain.times import Skipped, to_utc


class Part(StrEnum):
    """What is changed in one go."""

    MOVE = "move"
    LENGTH = "length"
    TITLE = "title"
    LINK = "link"
    CANCEL = "cancel"


class EditStep(StrEnum):
    """The questions; which of them, follows from what is changed."""

    WHAT = "what"
    DAY = "day"
    CLOCK = "clock"
    MINUTES = "minutes"
    TITLE = "title"
    LINK = "link"
    SCOPE = "scope"
    PREVIEW = "preview"


_ASKED: Mapping[Part, tuple[EditStep, ...]] = {
    Part.MOVE: (EditStep.DAY, EditStep.CLOCK),
    Part.LENGTH: (EditStep.MINUTES,),
    Part.TITLE: (EditStep.TITLE,),
    Part.LINK: (EditStep.LINK,),
    Part.CANCEL: (),
}


@dataclass(frozen=True)
class Edit:
    """What has been answered so far.

    `sequences`: of the session and those of its series that follow, as they were when the editor saw them. `day` and
    `clock` are local to the editor. `following`: all that follow are changed alike. `seen`: the session as JSON.
    """

    session_id: int
    sequences: Mapping[int, int]
    seen: Mapping[str, object]
    part: Part | None = None
    day: date | None = None
    clock: time | None = None
    minutes: int | None = None
    title: str = ""
    link: str | None = None
    following: bool = False

    @property
    def steps(self) -> tuple[EditStep, ...]:
        """The questions of this edit."""
        asked = _ASKED[self.part] if self.part else ()
        scope = (EditStep.SCOPE,) if len(self.sequences) > 1 else ()
        return (EditStep.WHAT, *asked, *scope, EditStep.PREVIEW)

    def step_after(self, step: str, by: int) -> EditStep:
        """So many questions on or back."""
        return step_after(self.steps, step, by)


def to_json(edit: Edit) -> dict[str, object]:
    """The edit as a dialog keeps it."""
    return {
        "session_id": edit.session_id,
        "sequences": {str(session_id): sequence for session_id, sequence in edit.sequences.items()},
        "seen": dict(edit.seen),
        "part": edit.part.value if edit.part else None,
        "day": edit.day.isoformat() if edit.day else None,
        "clock": edit.clock.isoformat("minutes") if edit.clock else None,
        "minutes": edit.minutes,
        "title": edit.title,
        "link": edit.link,
        "following": edit.following,
    }


def from_json(data: Mapping[str, object]) -> Edit:
    """Read back what `to_json` wrote."""
    sequences, seen = data["sequences"], data["seen"]
    return Edit(
        session_id=int(str(data["session_id"])),
        sequences={int(k): int(v) for k, v in sequences.items()} if isinstance(sequences, dict) else {},
        seen=seen if isinstance(seen, dict) else {},
        part=Part(str(data["part"])) if data["part"] else None,
        day=date.fromisoformat(str(data["day"])) if data["day"] else None,
        clock=time.fromisoformat(str(data["clock"])) if data["clock"] else None,
        minutes=int(str(data["minutes"])) if data["minutes"] else None,
        title=str(data["title"]),
        link=str(data["link"]) if data["link"] else None,
        following=bool(data["following"]),
    )


@dataclass(frozen=True)
class Editor:
    """Whose words an edit is in: `titles` by language, and the zone of the day and time."""

    titles: Mapping[str, str]
    zone: str


def edited(edit: Edit, first: Event, session: Event, editor: Editor) -> Event | Skipped:
    """What becomes of `session` when `first` is edited: itself, or one that follows it in the series.

    Skipped: it would be moved to a local time that clocks skip on that day; it stays where it is.
    """
    match edit.part:
        case Part.MOVE:
            return _moved(edit, first, session, editor.zone)
        case Part.LENGTH if edit.minutes is not None:
            return replace(session, minutes=edit.minutes)
        case Part.TITLE:
            return replace(session, titles=editor.titles)
        case Part.LINK:
            return replace(session, link=edit.link)
        case Part.CANCEL:
            return replace(session, state=EventState.CANCELLED)
        case _:
            return session


def _moved(edit: Edit, first: Event, session: Event, zone: str) -> Event | Skipped:
    """The first starts at the day and time given; those that follow are as many days later and at the same time.

    Days and time of the series are those of its own zone, so that it keeps its local time over a change of clocks.
    """
    if edit.day is None or edit.clock is None:
        return session
    at = to_utc(datetime.combine(edit.day, edit.clock), zone)
    if isinstance(at, Skipped) or session.id == first.id:
        return at if isinstance(at, Skipped) else replace(session, starts_at=at)
    there = ZoneInfo(session.zone)
    target = at.astimezone(there)
    days = target.date() - first.starts_at.astimezone(there).date()
    day = session.starts_at.astimezone(there).date() + days
    then = to_utc(datetime.combine(day, target.time()), session.zone)
    return then if isinstance(then, Skipped) else replace(session, starts_at=then)


@dataclass(frozen=True)
class Line:
    """One session before and after; `after` Skipped: it would be at a local time that does not exist, and stays."""

    before: Event
    after: Event | Skipped
    clashes: tuple[Clash, ...]


@dataclass(frozen=True)
class Preview:
    """What would be changed, and how many people would be told."""

    group_code: str
    edit: Edit
    lines: tuple[Line, ...]
    told: int


@dataclass(frozen=True)
class Saved:
    """The change counts. `session`: as it is now; `count`: how many sessions were changed."""

    session: Event
    count: int


@dataclass(frozen=True)
class Overtaken:
    """Somebody else has changed it meanwhile. `by`: their name if known; `news`: what they changed."""

    session: Event
    by: str | None
    news: tuple[Difference, ...]
