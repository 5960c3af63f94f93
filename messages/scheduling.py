"""What is asked when a session is planned; and the list of a group's sessions."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import assert_never

from domain.buttons.manage import ManagePage, Section
from domain.buttons.scheduling import Choose, NewSession, TurnWeek
from domain.buttons.sessions import ShowSession
from domain.events import Event
from domain.groups import Group
from domain.paging import ListPage
from domain.recurrence import Rule
from domain.scheduling import Draft, Step
from messages import dates
from messages.dialogs import question
from messages.languages import Speaker, pick, speaker
from messages.manage import back
from messages.markup import Button, Html, Message, Row, join, render, rows
from messages.sessions import untitled
from messages.turning import by_start
from messages.ways import in_rows

CLOCKS = tuple(range(8 * 60, 20 * 60, 60))
"""Times of day on offer, in minutes after midnight."""

LENGTHS = (30, 45, 60, 90, 120, 180)
TIMES = (2, 3, 4, 5, 6, 8, 10, 12)
RULES = (Rule.ONCE, Rule.WEEKLY, Rule.EVERY_TWO_WEEKS, Rule.MONTHLY_BY_WEEKDAY)

MOST_WEEKS = 52


def of_group(listed: Sequence[Event], group: Group, page: ListPage, zone: str, language: str) -> Message:
    """The section of a group's card: its sessions to come, and the way to a new one."""
    say = speaker(language)
    heading = say("<b>Sessions of {group}</b>", group=group.code)
    entries = [
        render(
            "{n}. <b>{title}</b>\n{when}",
            n=n,
            title=pick(session.titles, language),
            when=dates.in_zone(session.starts_at, zone, language),
        )
        for n, session in enumerate(listed, 1)
    ]
    details = [Button(say.plain("{number} · Details", number=n), ShowSession(s.id)) for n, s in enumerate(listed, 1)]
    turn = by_start(page, lambda to: ManagePage(group.id, Section.SESSIONS, to), language)
    new = Button(say.plain("New session"), NewSession(group.id))
    text = join([heading, *(entries or [say("None is planned.")])], "\n\n")
    return Message(text, rows(*in_rows(details, 3), turn, new, back(group.id, language)))


# --- The questions ----------------------------------------------------------------------------


def ask(draft: Draft, step: Step, revision: int, today: date, zone: str, language: str, week: int = 0) -> Message:
    """The question of a step other than the last."""
    say = speaker(language)
    steps = draft.steps
    text, choices, skippable = _question(draft, step, revision, today, zone, say, week)
    return question(
        text,
        language,
        step=steps.index(step) + 1,
        of=len(steps),
        revision=revision,
        choices=choices,
        skippable=skippable,
    )


def _question(
    draft: Draft, step: Step, revision: int, today: date, zone: str, say: Speaker, week: int
) -> tuple[Html, tuple[Row, ...], bool]:
    """Text, buttons, and whether it may go without an answer."""
    match step:
        case Step.TITLE:
            text = say("What is the session called? Without a title it is “{title}”.", title=untitled()[say.language])
            return text, (), True
        case Step.DAY:
            return ask_day(zone, say), day_buttons(revision, today, week, say), False
        case Step.CLOCK:
            return ask_clock(draft.day, zone, say), clock_buttons(revision), False
        case Step.MINUTES:
            return say("How long is it? Tap, or send a number of minutes."), length_buttons(revision, say), False
        case Step.REPEAT:
            return say("How often does it take place?"), _rule_buttons(draft, revision, say), False
        case Step.TIMES:
            text = say("How many times? Tap or send a number, or send the date of the last day, such as 31.12.2022.")
            return text, tuple(in_rows([Button(str(n), Choose(revision, n)) for n in TIMES], 4)), False
        case Step.LINK:
            return ask_link(say), (), True
        case _:
            raise AssertionError(step)


def ask_day(zone: str, say: Speaker) -> Html:
    """Which day; a whole date and time may be typed."""
    city = dates.city(zone, say.language)
    return say("On which day? Tap, or send day and time ({city}) such as 22.03.2022 16:00.", city=city)


def day_buttons(revision: int, today: date, week: int, say: Speaker) -> tuple[Row, ...]:
    """Two weeks of days, and the way to those before and after."""
    week = min(max(week, 0), MOST_WEEKS)
    first = today + timedelta(weeks=week)
    days = [first + timedelta(days=n) for n in range(14)]
    buttons = [Button(dates.short_day(day, say.language), Choose(revision, day.toordinal())) for day in days]
    earlier = (Button(say.plain("Earlier"), TurnWeek(revision, max(week - 2, 0))),) if week > 0 else ()
    later = (Button(say.plain("Later"), TurnWeek(revision, week + 2)),) if week < MOST_WEEKS else ()
    return (*in_rows(buttons, 3), earlier + later)


def ask_clock(day: date | None, zone: str, say: Speaker) -> Html:
    """At what time, on the day chosen."""
    shown = dates.day(day, say.language) if day else ""
    return say(
        "{day}: at what time? Tap, or send a time ({city}) such as 16:30.",
        day=shown,
        city=dates.city(zone, say.language),
    )


def clock_buttons(revision: int) -> tuple[Row, ...]:
    """Common times of day."""
    return tuple(in_rows([Button(f"{n // 60:02}:{n % 60:02}", Choose(revision, n)) for n in CLOCKS], 4))


def length_buttons(revision: int, say: Speaker) -> tuple[Row, ...]:
    """Common lengths."""
    return tuple(in_rows([Button(dates.lead(n, say.language), Choose(revision, n)) for n in LENGTHS], 3))


def ask_link(say: Speaker) -> Html:
    """The join link, which may come later."""
    return say(
        "What is the join link? Send it, or skip this: it can come later. "
        "Members see it from 15 minutes before the start."
    )


def _rule_buttons(draft: Draft, revision: int, say: Speaker) -> tuple[Row, ...]:
    return tuple((Button(rule_name(rule, draft.day, say), Choose(revision, n)),) for n, rule in enumerate(RULES))


def rule_name(rule: Rule, day: date | None, say: Speaker) -> str:
    """How often, in words."""
    weekday = dates.weekday(day.weekday(), say.language) if day else ""
    match rule:
        case Rule.ONCE:
            return say.plain("Once")
        case Rule.WEEKLY:
            return say.plain("Every week")
        case Rule.EVERY_TWO_WEEKS:
            return say.plain("Every two weeks")
        case Rule.MONTHLY_BY_WEEKDAY:
            return say.plain("Every month, the same {weekday}", weekday=weekday)
        case Rule.MONTHLY_BY_DATE:
            return say.plain("Every month, the same date")
        case _:
            assert_never(rule)
