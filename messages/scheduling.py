"""What is asked when a session is planned, and what is shown before it is saved."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import assert_never

from domain.buttons.dialogs import HandIn
from domain.buttons.manage import ManagePage, Section
from domain.buttons.scheduling import Choose, NewSession, TurnWeek
from domain.buttons.sessions import ShowSession
from domain.events import Event
from domain.groups import Group
from domain.recurrence import InGap, Missing, NoSuchDate, Occurrence, Rule
from domain.scheduling import Clash, Draft, Line, Preview, Step
from messages import dates
from messages.dialogs import question
from messages.languages import Speaker, pick, speaker
from messages.manage import back
from messages.markup import Button, Html, Message, Row, join, render, rows
from messages.sessions import in_rows, name, untitled

CLOCKS = tuple(range(8 * 60, 20 * 60, 60))
"""Times of day on offer, in minutes after midnight."""

LENGTHS = (30, 45, 60, 90, 120, 180)
TIMES = (2, 3, 4, 5, 6, 8, 10, 12)
RULES = (Rule.ONCE, Rule.WEEKLY, Rule.EVERY_TWO_WEEKS, Rule.MONTHLY_BY_WEEKDAY)

MOST_WEEKS = 52


def of_group(listed: Sequence[Event], group: Group, page: int, pages: int, zone: str, language: str) -> Message:
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
    earlier = (Button(say.plain("Earlier"), ManagePage(group.id, Section.SESSIONS, page - 1)),) if page > 0 else ()
    later = (Button(say.plain("Later"), ManagePage(group.id, Section.SESSIONS, page + 1)),) if page < pages - 1 else ()
    new = Button(say.plain("New session"), NewSession(group.id))
    text = join([heading, *(entries or [say("None is planned.")])], "\n\n")
    return Message(text, rows(*in_rows(details, 3), earlier + later, new, back(group.id, language)))


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


# --- The preview ------------------------------------------------------------------------------


def preview(shown: Preview, revision: int, zone: str, language: str) -> Message:
    """Every date with what is in its way; dates of a series can be left out."""
    say = speaker(language)
    steps = shown.draft.steps
    head = [
        render("<b>{group}: {title}</b>", group=shown.group.code, title=_title(shown.draft, language)),
        _facts(shown.draft, zone, say),
    ]
    lines = join(_line(n, line, zone, say) for n, line in enumerate(shown.lines, 1))
    choices = rows(*_date_buttons(shown, revision, say), _save(shown, revision, say))
    text = join([say("Save this?"), join(head), lines, _advice(shown, say)], "\n\n")
    return question(text, language, step=len(steps), of=len(steps), revision=revision, choices=choices)


def _title(draft: Draft, language: str) -> str:
    return draft.title or untitled()[language]


def _facts(draft: Draft, zone: str, say: Speaker) -> Html:
    times = say(
        "{rule}, {length}. All times: {city}",
        rule=rule_name(draft.rule, draft.day, say),
        length=_length(draft, say),
        city=dates.city(zone, say.language),
    )
    link = say("Join link: {link}", link=draft.link) if draft.link else say("Join link: none yet")
    return join([times, link])


def _length(draft: Draft, say: Speaker) -> str:
    return dates.lead(draft.minutes, say.language)


def _line(number: int, line: Line, zone: str, say: Speaker) -> Html:
    shown = _date(line.date, zone, say)
    if line.is_left_out:
        return say("{n}. <s>{date}</s> left out", n=number, date=shown)
    parts = [render("{n}. {date}", n=number, date=shown)]
    parts += [clash(one, zone, say) for one in line.clashes]
    return join(parts)


def _date(one: Occurrence | Missing, zone: str, say: Speaker) -> Html:
    match one:
        case Occurrence(at=at):
            return render("{when}", when=dates.day_and_time(at, zone, say.language))
        case InGap(wall=wall, next_time=next_time):
            day, clock = dates.day(wall.date(), say.language), f"{wall:%H:%M}"
            text = "{day}: {clock} does not exist, clocks go on to {next}. No session on that day."
            return say(text, day=day, clock=clock, next=f"{next_time:%H:%M}")
        case NoSuchDate(year=year, month=month, day=number):
            return say("{date} does not exist. No session in that month.", date=f"{number:02}.{month:02}.{year}")
        case _:
            assert_never(one)


def clash(one: Clash, zone: str, say: Speaker) -> Html:
    """Another session at the same time, with the same people."""
    return say.plural(
        "   at the same time as {name} ({clock}), with {count} person of both",
        "   at the same time as {name} ({clock}), with {count} people of both",
        one.people,
        name=name(one.session, one.group_code, say.language),
        clock=dates.clock(one.session.starts_at, zone, say.language),
    )


def _date_buttons(shown: Preview, revision: int, say: Speaker) -> list[Row]:
    """For each date of a series: take it out, or back in."""
    if len(shown.lines) < 2:
        return []
    buttons = [
        Button(
            f"{'+' if line.is_left_out else '−'} {dates.short_day(line.date.wall.date(), say.language)}",
            Choose(revision, line.date.wall.toordinal()),
        )
        for line in shown.lines
        if isinstance(line.date, Occurrence)
    ]
    return in_rows(buttons, 3)


def _advice(shown: Preview, say: Speaker) -> Html:
    if not shown.takes_place:
        return say("No date is left, so there is nothing to save. Go back and choose others.")
    if len(shown.lines) > 1:
        return say("Tap a date to leave it out, or to take it in again.")
    return say("Members see it in /sessions, are asked whether they will come, and are reminded.")


def _save(shown: Preview, revision: int, say: Speaker) -> Button | None:
    if not shown.takes_place:
        return None
    label = say.plain_plural("Save {count} session", "Save {count} sessions", shown.takes_place)
    return Button(label, HandIn(revision))


def saved(planned: Sequence[Event], group: Group, zone: str, language: str) -> Message:
    """After *Save*."""
    say = speaker(language)
    heading = say.plural(
        "Saved: {count} session of {group}.", "Saved: {count} sessions of {group}.", len(planned), group=group.code
    )
    lines = [dates.in_zone(session.starts_at, zone, language) for session in planned]
    listed = join(render("{line}", line=line) for line in lines)
    card = Button(say.plain("Show the session"), ShowSession(planned[0].id))
    return Message(join([heading, listed], "\n\n"), rows(card, back(group.id, language)))
