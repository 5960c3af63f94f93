"""What is said about minutes, and about sessions that are over."""

from collections.abc import Sequence
from typing import assert_never

from domain.buttons.dialogs import HandIn
from domain.buttons.minutes import ListPast, ReadMinutes, WriteMinutes
from domain.buttons.sessions import ListSessions, ShowSession
from domain.events import Event
from domain.minutes import MOST_TEXT, Draft, Overtaken, Saved, SaveOutcome, Shown
from domain.paging import ListPage
from messages import dates
from messages.dialogs import question
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows
from messages.session_links import name
from messages.turning import by_time

# --- Reading ----------------------------------------------------------------------------------


def minutes(shown: Shown, zone: str, language: str) -> Message:
    """The minutes themselves, as text or file, with who wrote them and when."""
    say = speaker(language)
    heading = say("<b>Minutes</b> of {name}", name=name(shown.session, shown.group.code, language))
    found, when = shown.minutes, dates.in_zone(shown.minutes.written_at, zone, language)
    author = shown.author or say.plain("Somebody")
    written = say("Version {version}, {name}, {when}", version=found.version, name=author, when=when)
    if found.file_id is not None:
        return Message(join([heading, written]), document=found.file_id)
    return Message(join([join([heading, written]), render("{text}", text=found.text)], "\n\n"))


def none_yet(language: str) -> str:
    """The toast where there are none."""
    return speaker(language).plain("There are no minutes of this session yet.")


def news(session: Event, group_code: str, zone: str, language: str) -> Message:
    """The minutes are there."""
    say = speaker(language)
    text = say(
        "The minutes are there: <b>{name}</b>\n{when}",
        name=name(session, group_code, language),
        when=dates.in_zone(session.starts_at, zone, language),
    )
    read = Button(say.plain("Read the minutes"), ReadMinutes(session.id))
    return Message(text, rows((read, Button(say.plain("Session"), ShowSession(session.id)))))


# --- Writing ----------------------------------------------------------------------------------


def ask(session: Event, group_code: str, revision: int, language: str) -> Message:
    """The text or a file."""
    say = speaker(language)
    text = say(
        "Minutes of {name}: send them as text of at most {most} characters, or as a file.",
        name=name(session, group_code, language),
        most=MOST_TEXT,
    )
    return question(text, language, step=1, of=2, revision=revision)


def preview(session: Event, group_code: str, draft: Draft, revision: int, language: str) -> Message:
    """What is saved, and who will see it."""
    say = speaker(language)
    heading = say("Save these minutes of {name}?", name=name(session, group_code, language))
    body = render("{text}", text=draft.text) if draft.text else say("File: {file}", file=draft.file_name or "")
    if draft.seen:
        who = say(
            "They take the place of version {version}. The members of the group can read them.", version=draft.seen
        )
    else:
        who = say("The members of the group are told that the minutes are there, and can read them.")
    save = Button(say.plain("Save"), HandIn(revision))
    return question(join([heading, body, who], "\n\n"), language, step=2, of=2, revision=revision, choices=rows(save))


def saved(outcome: SaveOutcome, language: str) -> str:
    """The toast after *Save*."""
    say = speaker(language)
    match outcome:
        case Saved(version=version):
            return say.plain("Saved as version {version}.", version=version)
        case Overtaken(version=version):
            return say.plain(
                "Somebody saved version {version} meanwhile. Yours is kept; save again to put it in its place.",
                version=version,
            )
        case _:
            assert_never(outcome)


# --- Sessions that are over -------------------------------------------------------------------


def past(listed: Sequence[tuple[Event, str, bool]], page: ListPage, zone: str, language: str) -> Message:
    """A page of them: session, code of its group, whether it has minutes; newest first."""
    say = speaker(language)
    upcoming = Button(say.plain("Sessions to come"), ListSessions(0))
    if not listed:
        return Message(say("None of your sessions is over yet."), rows(upcoming))
    heading = say("<b>Sessions that are over</b>")
    times = say("All times: {city}", city=dates.city(zone, language))
    entries = [_entry(n, *one, zone, say) for n, one in enumerate(listed, 1)]
    details = [_buttons(n, session, has_minutes, say) for n, (session, _, has_minutes) in enumerate(listed, 1)]
    turn = by_time(page, ListPast, language)
    return Message(join([heading, times, *entries], "\n\n"), rows(*details, turn, upcoming))


def _entry(number: int, session: Event, group_code: str, has_minutes: bool, zone: str, say: Speaker) -> Html:
    when = dates.day_and_time(session.starts_at, zone, say.language)
    line = say("{when} · with minutes", when=when) if has_minutes else render("{when}", when=when)
    return render("{n}. <b>{name}</b>\n{line}", n=number, name=name(session, group_code, say.language), line=line)


def _buttons(number: int, session: Event, has_minutes: bool, say: Speaker) -> Row:
    details = Button(say.plain("{number} · Details", number=number), ShowSession(session.id))
    read = Button(say.plain("{number} · Minutes", number=number), ReadMinutes(session.id))
    return (details, read) if has_minutes else (details,)


def write_button(session_id: int, say: Speaker, *, has_minutes: bool) -> Button:
    """The first version, or another one."""
    label = say.plain("New version of the minutes") if has_minutes else say.plain("Write the minutes")
    return Button(label, WriteMinutes(session_id))
