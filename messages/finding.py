"""What is said while coordinators look for a time: the questions, and the slots with those whom they burden."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.buttons.dialogs import HandIn
from domain.buttons.finding import ChooseTime, FindTime, MoreTimes, TurnDays
from domain.buttons.polls import ShowPoll
from domain.finding import MOST_SLOTS, Days, Finding, Line, Offer, Proposal, Step, latest, span
from domain.groups import Group
from domain.polls import Poll
from messages import dates, groups, manage
from messages.dialogs import question
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows
from messages.scheduling_preview import clash
from messages.sessions import untitled
from messages.ways import in_rows

LENGTHS = (30, 45, 60, 90, 120)
"""Minutes on offer."""

DAYS = tuple(Days)
"""By the number on the button."""

GO_ON = 7
"""The number after the seven weekdays."""


def section(group: Group, poll: Poll | None, language: str) -> Message:
    """What this section is for; or the poll that is open."""
    say = speaker(language)
    if poll is not None:
        text = say("{group} is being asked when it can meet.", group=groups.name(group, language))
        button = Button(say.plain("Show the poll"), ShowPoll(poll.id))
    else:
        text = say(
            "{group}: find a time that is fair across time zones. I propose times at which as few people as possible "
            "have to come before 07:00 or after 22:00, and not always the same ones. Then I ask the group.",
            group=groups.name(group, language),
        )
        button = Button(say.plain("Find a time"), FindTime(group.id))
    return Message(text, rows(button, manage.back(group.id, language)))


# --- The questions ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """Where a question is put: the dialog's revision, today where the reader is, and the week of days shown."""

    revision: int
    today: date
    language: str
    week: int = 0


def ask(finding: Finding, step: Step, asked: Asked) -> Message:
    """One question before the slots."""
    say = speaker(asked.language)
    text, choices = _question(finding, step, asked, say)
    return question(
        text,
        asked.language,
        step=finding.steps.index(step) + 1,
        of=len(finding.steps),
        revision=asked.revision,
        choices=choices,
        skippable=step is Step.TITLE,
    )


def _question(finding: Finding, step: Step, asked: Asked, say: Speaker) -> tuple[Html, tuple[Row, ...]]:
    match step:
        case Step.TITLE:
            title = untitled()[say.language]
            return say("What is the session about? Without a title it is “{title}”.", title=title), ()
        case Step.MINUTES:
            lengths = [Button(dates.lead(n, say.language), ChooseTime(asked.revision, n)) for n in LENGTHS]
            return say("How long is it? Tap, or send a number of minutes."), tuple(in_rows(lengths, 3))
        case Step.DAYS:
            return say("Which days come into question?"), _spans(asked, say)
        case Step.FIRST:
            return say("From which day on?"), _days(asked.today, None, asked, say)
        case Step.LAST:
            first = finding.first or asked.today
            shown = dates.day(first, say.language)
            return say("From {day}: until which day?", day=shown), _days(first, latest(first), asked, say)
        case Step.WEEKDAYS:
            return say("On which weekdays? Tap to choose or leave out."), _weekdays(finding, asked.revision, say)
        case Step.SLOTS:
            raise AssertionError(step)


def _spans(asked: Asked, say: Speaker) -> tuple[Row, ...]:
    return tuple((Button(_span(days, asked.today, say), ChooseTime(asked.revision, n)),) for n, days in enumerate(DAYS))


def _span(days: Days, today: date, say: Speaker) -> str:
    found = span(days, today)
    if found is None:
        return say.plain("Other days")
    first, last = (dates.short_day(day, say.language) for day in found)
    if days is Days.THIS_WEEK:
        return say.plain("This week, until {last}", last=last)
    return say.plain("{first} to {last}", first=first, last=last)


def _days(first: date, last: date | None, asked: Asked, say: Speaker) -> tuple[Row, ...]:
    """Two weeks of days from `first` and the week turned to, and the way to those before and after."""
    begin = first + timedelta(weeks=asked.week)
    shown = [begin + timedelta(days=n) for n in range(14)]
    shown = [day for day in shown if last is None or day <= last]
    buttons = [Button(dates.short_day(day, say.language), ChooseTime(asked.revision, day.toordinal())) for day in shown]
    earlier = (Button(say.plain("Earlier"), TurnDays(asked.revision, asked.week - 2)),) if asked.week > 0 else ()
    goes_on = len(shown) == 14 and (last is None or shown[-1] < last)
    later = (Button(say.plain("Later"), TurnDays(asked.revision, asked.week + 2)),) if goes_on else ()
    return (*in_rows(buttons, 3), earlier + later)


def _weekdays(finding: Finding, revision: int, say: Speaker) -> tuple[Row, ...]:
    labels = (("✓ " if n in finding.weekdays else "") + dates.weekday(n, say.language) for n in range(7))
    buttons = [Button(label, ChooseTime(revision, n)) for n, label in enumerate(labels)]
    go_on = Button(say.plain("Go on"), ChooseTime(revision, GO_ON)) if finding.weekdays else None
    return rows(*in_rows(buttons, 3), go_on)


# --- The slots --------------------------------------------------------------------------------


def proposal(shown: Proposal, revision: int, zone: str, language: str) -> Message:
    """The slots, fairest first of each day; each can be unticked."""
    say, finding = speaker(language), shown.finding
    step = len(finding.steps)
    if not shown.lines:
        text = say("None of these days has a time left. Go back and choose other days.")
        return question(text, language, step=step, of=step, revision=revision)
    parts = [_heading(shown, zone, say)]
    parts += [_line(n, line, zone, say) for n, line in enumerate(shown.lines, 1)]
    if shown.guessed:
        home = dates.city(shown.home, language)
        parts.append(
            say("Without a time zone in their settings, taken as {city}: {count}", city=home, count=shown.guessed)
        )
    ticks = [Button(_ticked(n, line.offer), ChooseTime(revision, n)) for n, line in enumerate(shown.lines)]
    more = Button(say.plain("More times"), MoreTimes(revision)) if len(shown.lines) < MOST_SLOTS else None
    send = Button(say.plain("Ask the group"), HandIn(revision)) if finding.chosen else None
    choices = rows(*in_rows(ticks, 4), more, send)
    return question(join(parts, "\n\n"), language, step=step, of=step, revision=revision, choices=choices)


def _heading(shown: Proposal, zone: str, say: Speaker) -> Html:
    return say(
        "When could {group} meet for {length}? Tap a number to leave a time out. All times: {city}",
        group=shown.group.code,
        length=dates.lead(shown.finding.minutes, say.language),
        city=dates.city(zone, say.language),
    )


def _ticked(number: int, offer: Offer) -> str:
    return f"{number + 1}" if offer.is_out else f"✓ {number + 1}"


def _line(number: int, line: Line, zone: str, say: Speaker) -> Html:
    when = dates.day_and_time(line.offer.slot.at, zone, say.language)
    dropped = render("<s>{when}</s>", when=when) if line.offer.is_out else render("<b>{when}</b>", when=when)
    parts = [render("{number}. {when}", number=number, when=dropped), _burden(line, say)]
    return join([*parts, *(clash(one, zone, say) for one in line.clashes)])


def _burden(line: Line, say: Speaker) -> Html:
    if not line.outside:
        return say("Between 07:00 and 22:00 for everybody.")
    listed = ", ".join(_local(name, line.offer, zone, say) for name, zone in line.outside)
    return say("Before 07:00 or after 22:00 for: {names}", names=listed)


def _local(person: str, offer: Offer, zone: str, say: Speaker) -> str:
    return f"{person} ({dates.clock(offer.slot.at, zone, say.language)} {dates.city(zone, say.language)})"


def poll_there(language: str) -> str:
    """The toast when another coordinator was faster."""
    return speaker(language).plain("This group is being asked already. Here is that poll; your search is kept.")
