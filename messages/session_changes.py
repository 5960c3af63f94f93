"""What is said when a session changes: to those concerned, and to the coordinator who changes it."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.buttons.dialogs import HandIn
from domain.buttons.scheduling import Choose
from domain.buttons.sessions import OpenSessions, ShowSession
from domain.changes import Cancelled, Difference, Moved, News, differences, known_of
from domain.events import Event, EventState
from domain.session_edits import Edit, EditStep, Line, Overtaken, Part, Preview, Saved
from domain.times import Skipped
from messages import dates
from messages.dialogs import question
from messages.event_changes import said
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows
from messages.scheduling import ask_clock, ask_day, clock_buttons, day_buttons, length_buttons
from messages.scheduling_preview import clash
from messages.session_links import name, reminder_buttons
from messages.sessions import answer_buttons
from messages.ways import in_rows


def changed(
    session: Event, group_code: str, news: Sequence[Difference], now: datetime, zone: str, language: str
) -> Message:
    """What is new about a session, old to new, told once; after a move everybody is asked anew."""
    say = speaker(language)
    named = name(session, group_code, language)
    lines = [said(one, zone, say) for one in news]
    if any(isinstance(one, Cancelled) for one in news):
        return Message(join([say("Cancelled: <b>{name}</b>", name=named), *lines]))
    when = dates.in_zone(session.starts_at, zone, language)
    if any(isinstance(one, Moved) for one in news):
        text = join([say("Moved: <b>{name}</b>", name=named), *lines, say("Will you be there?")])
        details = Button(say.plain("Details"), ShowSession(session.id))
        return Message(text, rows(answer_buttons(session.id, language), details))
    heading = say("Changed: <b>{name}</b>\n{when}", name=named, when=when)
    return Message(join([heading, *lines]), rows(reminder_buttons(session, now, language)))


def several_changed(news: Sequence[News], group_code: str, zone: str, language: str) -> Message:
    """What is new about several sessions of a series, in one message."""
    say = speaker(language)
    first, of_first = news[0]
    named, count = name(first, group_code, language), len(news)
    if any(isinstance(one, Cancelled) for one in of_first):
        heading = say("Cancelled: <b>{name}</b>, {count} sessions", name=named, count=count)
        lines = [render("{when}", when=dates.in_zone(s.starts_at, zone, language)) for s, _ in news]
        return Message(join([heading, *lines]))
    moved = any(isinstance(one, Moved) for one in of_first)
    blocks = [_block(session, differing, zone, say) for session, differing in news]
    if moved:
        heading = say("Moved: <b>{name}</b>, {count} sessions", name=named, count=count)
    else:
        heading = say("Changed: <b>{name}</b>, {count} sessions", name=named, count=count)
    parts = [heading, *blocks]
    if moved:
        parts.append(say("Will you be there? Please answer for each of them."))
    return Message(join(parts, "\n\n"), rows(Button(say.plain("All sessions"), OpenSessions())))


def _block(session: Event, news: Sequence[Difference], zone: str, say: Speaker) -> Html:
    lines = [said(one, zone, say) for one in news]
    if any(isinstance(one, Moved) for one in news):
        return join(lines)
    return join([render("{when}", when=dates.in_zone(session.starts_at, zone, say.language)), *lines])


# --- To whoever changes it --------------------------------------------------------------------


def ask(edit: Edit, step: EditStep, revision: int, today: date, zone: str, language: str, week: int = 0) -> Message:
    """The question of a step other than the last."""
    say = speaker(language)
    text, choices = _question(edit, step, revision, today, zone, say, week)
    skippable = step is EditStep.TITLE or step is EditStep.LINK
    number, of = edit.steps.index(step) + 1, len(edit.steps)
    return question(text, language, step=number, of=of, revision=revision, choices=choices, skippable=skippable)


def _question(
    edit: Edit, step: EditStep, revision: int, today: date, zone: str, say: Speaker, week: int
) -> tuple[Html, tuple[Row, ...]]:
    match step:
        case EditStep.WHAT:
            return say("What is to change?"), _part_buttons(revision, say)
        case EditStep.DAY:
            return ask_day(zone, say), day_buttons(revision, today, week, say)
        case EditStep.CLOCK:
            return ask_clock(edit.day, zone, say), clock_buttons(revision)
        case EditStep.MINUTES:
            return say("How long is it? Tap, or send a number of minutes."), length_buttons(revision, say)
        case EditStep.TITLE:
            return say("What is it called now? Skip this, and it has no title of its own."), ()
        case EditStep.LINK:
            return say("What is the join link now? Skip this, and there is none until you send one."), ()
        case EditStep.SCOPE:
            return say("Which sessions?"), _scope_buttons(edit, revision, say)
        case _:
            raise AssertionError(step)


def _part_buttons(revision: int, say: Speaker) -> tuple[Row, ...]:
    labels = {
        Part.MOVE: say.plain("Day and time"),
        Part.LENGTH: say.plain("Length"),
        Part.TITLE: say.plain("Title"),
        Part.LINK: say.plain("Join link"),
        Part.CANCEL: say.plain("Cancel the session"),
    }
    return tuple(in_rows([Button(labels[part], Choose(revision, n)) for n, part in enumerate(Part)], 2))


def _scope_buttons(edit: Edit, revision: int, say: Speaker) -> tuple[Row, ...]:
    following = say.plain("This and all following ({count})", count=len(edit.sequences))
    return ((Button(say.plain("Only this one"), Choose(revision, 0)),), (Button(following, Choose(revision, 1)),))


def preview(shown: Preview, revision: int, zone: str, language: str) -> Message:
    """Each session before and after, and how many people will be told."""
    say = speaker(language)
    steps = shown.edit.steps
    saved = [line for line in shown.lines if isinstance(line.after, Event)]
    lines = join((_line(line, shown.group_code, zone, say) for line in shown.lines), "\n\n")
    parts = [say("Save this?"), lines, who_is_told(shown.told, say)] if saved else [say("This changes nothing.")]
    button = Button(say.plain("Save"), HandIn(revision)) if saved else None
    text = join(parts, "\n\n")
    return question(text, language, step=len(steps), of=len(steps), revision=revision, choices=rows(button))


def who_is_told(count: int, say: Speaker) -> Html:
    """How many hear of it."""
    if not count:
        return say("Nobody else has to be told.")
    return say.plural("{count} person will be told.", "{count} people will be told.", count)


def _line(line: Line, group_code: str, zone: str, say: Speaker) -> Html:
    before, after = line.before, line.after
    named = name(before, group_code, say.language)
    heading = render("<b>{name}</b>", name=named)
    start = dates.in_zone(before.starts_at, zone, say.language)
    if isinstance(after, Skipped):
        stays = say("{start}\nstays: the new local time does not exist on that day, as clocks go forward.", start=start)
        return join([heading, stays])
    news = differences(known_of(before), known_of(after))
    lines = [said(one, zone, say) for one in news]
    if after.state is EventState.CANCELLED:
        return join([say("Cancelled: <b>{name}</b>", name=named), *lines])
    if before.link is None and after.link is not None:
        lines.append(say("The join link is set."))
    moved = any(isinstance(one, Moved) for one in news)
    beginning = [heading] if moved else [heading, render("{start}", start=start)]
    return join([*beginning, *lines, *(clash(one, zone, say) for one in line.clashes)])


def saved(outcome: Saved, group_code: str, zone: str, language: str) -> Message:
    """After *Save*."""
    say = speaker(language)
    session, count = outcome.session, outcome.count
    if session.state is EventState.CANCELLED:
        heading = say.plural("Saved: {count} session is cancelled.", "Saved: {count} sessions are cancelled.", count)
    else:
        heading = say.plural("Saved: {count} session is changed.", "Saved: {count} sessions are changed.", count)
    line = render(
        "{name}\n{when}",
        name=name(session, group_code, language),
        when=dates.in_zone(session.starts_at, zone, language),
    )
    return Message(join([heading, line], "\n\n"), rows(Button(say.plain("Show the session"), ShowSession(session.id))))


def overtaken(outcome: Overtaken, zone: str, language: str) -> Html:
    """Why *Save* did not save: somebody else was faster, and with what."""
    say = speaker(language)
    if outcome.by is None:
        heading = say("This session was changed meanwhile, so yours is not saved yet:")
    else:
        heading = say("{name} changed this session meanwhile, so yours is not saved yet:", name=outcome.by)
    lines = [said(one, zone, say) for one in outcome.news]
    if outcome.session.state is EventState.CANCELLED:
        lines.insert(0, say("<b>Cancelled</b>"))
    return join([heading, *(lines or [say("Other dates of the series, or its join link.")])])


def nothing_to_change(language: str) -> str:
    """The toast where a session is over or cancelled."""
    return speaker(language).plain("This session is over or cancelled: nothing can be changed any more.")
