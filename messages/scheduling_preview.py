"""What is shown before planned sessions are saved, and after it."""

from collections.abc import Sequence
from typing import assert_never

from domain.buttons.dialogs import HandIn
from domain.buttons.scheduling import Choose
from domain.buttons.sessions import ShowSession
from domain.events import Event
from domain.groups import Group
from domain.recurrence import InGap, Missing, NoSuchDate, Occurrence
from domain.scheduling import Clash, Draft, Line, Preview
from messages import dates
from messages.dialogs import question
from messages.labels import labelled
from messages.languages import Speaker, speaker
from messages.manage import back
from messages.markup import Button, Html, Message, Row, join, render, rows
from messages.scheduling import rule_name
from messages.session_links import name
from messages.sessions import untitled
from messages.ways import in_rows


def preview(shown: Preview, revision: int, zone: str, language: str) -> Message:
    """Every date with what is in its way; dates of a series can be left out."""
    say = speaker(language)
    steps = shown.draft.steps
    head = [
        render("<b>{name}</b>", name=labelled(shown.group.code, _title(shown.draft, language), say)),
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
            return say(
                "{day}: {clock} does not exist, clocks go on to {next}. No session on that day.",
                day=day,
                clock=clock,
                next=f"{next_time:%H:%M}",
            )
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
