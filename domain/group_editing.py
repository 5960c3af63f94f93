"""Creating and editing groups: which questions are asked, and what the answers make of a group."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.groups import Group

MOST_CODE, MOST_TITLE, MOST_THEME = 16, 200, 1000
"""Limits of typed texts in UTF-16 units."""

MOST_MEMBERS = 1000


class Part(StrEnum):
    """What is edited in one go; NEW asks for all that a group needs."""

    NEW = "new"
    CODE = "code"
    TITLE = "title"
    THEME = "theme"
    QUOTA = "quota"
    OPENS = "opens"
    CLOSES = "closes"
    NAMES = "names"


class Step(StrEnum):
    """The questions. TITLE and THEME are asked for one language."""

    CODE = "code"
    TITLE = "title"
    THEME = "theme"
    LEAST = "least"
    MOST = "most"
    OPENS = "opens"
    CLOSES = "closes"
    NAMES = "names"
    PREVIEW = "preview"


_STEPS: Mapping[Part, tuple[Step, ...]] = {
    Part.NEW: (Step.CODE, Step.TITLE, Step.THEME, Step.LEAST, Step.MOST, Step.OPENS, Step.CLOSES, Step.NAMES),
    Part.CODE: (Step.CODE,),
    Part.TITLE: (Step.TITLE,),
    Part.THEME: (Step.THEME,),
    Part.QUOTA: (Step.LEAST, Step.MOST),
    Part.OPENS: (Step.OPENS,),
    Part.CLOSES: (Step.CLOSES,),
    Part.NAMES: (Step.NAMES,),
}


def plan_steps(part: Part) -> tuple[Step, ...]:
    """The questions of a part, the preview last."""
    return (*_STEPS[part], Step.PREVIEW)


Answer = str | int | bool | None
"""A text, a number, yes or no; a date as ISO text, None for no date."""

BLANK = Group(0, "", {}, {}, 1, 1)
"""What the answers about a new group are put into."""


def changed(group: Group, answers: Mapping[Step, Answer], language: str) -> Group:
    """The group with these answers; titles and themes are those in `language`."""
    for step, answer in answers.items():
        group = _with(group, step, answer, language)
    return group


def _with(group: Group, step: Step, answer: Answer, language: str) -> Group:
    match step:
        case Step.CODE:
            return replace(group, code=str(answer))
        case Step.TITLE:
            return replace(group, titles={**group.titles, language: str(answer)})
        case Step.THEME:
            return replace(group, themes={**group.themes, language: str(answer)})
        case Step.LEAST:
            return replace(group, least_members=int(answer or 0))
        case Step.MOST:
            return replace(group, most_members=int(answer or 0))
        case Step.OPENS:
            return replace(group, opens_on=_day(answer))
        case Step.CLOSES:
            return replace(group, closes_on=_day(answer))
        case Step.NAMES:
            return replace(group, shows_members=bool(answer))
        case Step.PREVIEW:
            return group


def value_of(group: Group, step: Step, language: str) -> Answer:
    """What the group says to this question now."""
    match step:
        case Step.CODE:
            return group.code
        case Step.TITLE:
            return group.titles.get(language, "")
        case Step.THEME:
            return group.themes.get(language, "")
        case Step.LEAST:
            return group.least_members
        case Step.MOST:
            return group.most_members
        case Step.OPENS:
            return group.opens_on.isoformat() if group.opens_on else None
        case Step.CLOSES:
            return group.closes_on.isoformat() if group.closes_on else None
        case Step.NAMES:
            return group.shows_members
        case Step.PREVIEW:
            return None


def _day(answer: Answer) -> date | None:
    return date.fromisoformat(answer) if isinstance(answer, str) else None


def is_in_order(group: Group) -> bool:
    """Whether it opens before it closes, where both are said."""
    return group.opens_on is None or group.closes_on is None or group.opens_on <= group.closes_on


def seen(group: Group) -> dict[str, object]:
    """Everything about a group that can be edited, as the audit keeps it."""
    return {
        "code": group.code,
        "titles": dict(group.titles),
        "themes": dict(group.themes),
        "members": [group.least_members, group.most_members],
        "opens_on": group.opens_on.isoformat() if group.opens_on else None,
        "closes_on": group.closes_on.isoformat() if group.closes_on else None,
        "shows_members": group.shows_members,
    }


def difference(old: Group, new: Group) -> tuple[dict[str, object], dict[str, object]]:
    """What differs, before and after."""
    before, after = seen(old), seen(new)
    names = [name for name in after if before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


@dataclass(frozen=True)
class Saved:
    """The group is stored. `moved_up`: how many of those who waited have a seat by it."""

    group: Group
    is_new: bool
    moved_up: int = 0


@dataclass(frozen=True)
class CodeTaken:
    """Another group has the code."""

    code: str


@dataclass(frozen=True)
class ChangedMeanwhile:
    """Somebody else has changed the same part since it was asked for."""


SaveOutcome = Saved | CodeTaken | ChangedMeanwhile


def closed(group: Group, today: date) -> Group:
    """The group as it is when it closes now: its last day was yesterday."""
    yesterday = today - timedelta(days=1)
    opens_on = min(group.opens_on, yesterday) if group.opens_on else None
    return replace(group, opens_on=opens_on, closes_on=yesterday)
