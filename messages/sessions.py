"""What is said about sessions: the list and the card."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from domain.buttons.attendance import ShowAttendance
from domain.buttons.minutes import ListPast, ReadMinutes
from domain.buttons.screens import Open, Page
from domain.buttons.session_changes import ChangeSession
from domain.buttons.sessions import AnswerSession, ListSessions, OpenSessions, ShowSession
from domain.events import Event, EventState
from domain.paging import ListPage
from domain.sessions import Answer, Said, Shown, Turnout, decide_link, is_ahead
from messages import calendar, dates
from messages.agenda import agenda_button
from messages.labels import labelled
from messages.languages import LANGUAGES, Speaker, speaker
from messages.markup import Button, Html, LinkButton, Message, Row, join, render, rows
from messages.minutes import write_button
from messages.session_links import join_button, link_state, name
from messages.turning import by_start
from messages.ways import home, in_rows

MOST_NAMES = 12
"""So many names of an answer are shown; the rest is counted."""


def untitled() -> dict[str, str]:
    """The title of a session that was given none, in every language."""
    return {language: speaker(language).plain("Virtual session") for language in LANGUAGES}


# --- The list ---------------------------------------------------------------------------------


def upcoming(listed: Sequence[tuple[Event, str, Answer | None]], page: ListPage, zone: str, language: str) -> Message:
    """A page of `/sessions`: session, code of its group, what the reader said; soonest first."""
    say = speaker(language)
    if not listed:
        text = say(
            "No session of your groups is planned. Sessions are where the members of a group meet; "
            "/join shows the groups."
        )
        return Message(text, rows((Button(say.plain("Working groups"), Open(Page.GROUPS)), _past(say)), home(say)))
    heading = say("<b>Sessions of your groups</b>")
    times = say("All times: {city}", city=dates.city(zone, language))
    entries = [_entry(n, *one, zone, say) for n, one in enumerate(listed, 1)]
    turn = by_start(page, ListSessions, language)
    return Message(
        join([heading, times, *entries], "\n\n"),
        rows(*in_rows(_details(listed, say), 3), turn, (_past(say), home(say))),
    )


def upcoming_for_chat(listed: Sequence[tuple[Event, str, Answer | None]], zone: str, language: str) -> Message:
    """The next sessions, in the chat of their groups: nobody's answer, each reader's own time."""
    say = speaker(language)
    if not listed:
        return Message(say("No session is planned."))
    entries = [
        render(
            "{n}. <b>{name}</b>\n{when}",
            n=n,
            name=name(session, group_code, language),
            when=dates.in_zone(session.starts_at, zone, language),
        )
        for n, (session, group_code, _) in enumerate(listed, 1)
    ]
    return Message(join([say("<b>Sessions</b>"), *entries], "\n\n"), rows(*in_rows(_details(listed, say), 3)))


def _details(listed: Sequence[tuple[Event, str, Answer | None]], say: Speaker) -> list[Button]:
    return [
        Button(say.plain("{number} · Details", number=n), ShowSession(session.id))
        for n, (session, _, _) in enumerate(listed, 1)
    ]


def _entry(number: int, session: Event, group_code: str, said: Answer | None, zone: str, say: Speaker) -> Html:
    return render(
        "{number}. <b>{name}</b>\n{when} · {said}",
        number=number,
        name=name(session, group_code, say.language),
        when=dates.day_and_time(session.starts_at, zone, say.language),
        said=_short(said, say),
    )


def _past(say: Speaker) -> Button:
    return Button(say.plain("Past"), ListPast(0))


# --- The card ---------------------------------------------------------------------------------


def card(shown: Shown, now: datetime, zone: str, language: str) -> Message:
    """Everything about one session, for one reader."""
    say = speaker(language)
    session = shown.session
    if not is_ahead(session, now):
        return Message(_text(shown, now, zone, say), rows(*_afterwards(shown, say), _list(say)))
    parts = [_text(shown, now, zone, say), render("{line}", line=link_state(decide_link(session, now), zone, language))]
    if shown.mine is not None:
        parts.append(_mine(shown.mine, say))
    answers = answer_buttons(session.id, language) if shown.mine is not None else ()
    change = Button(say.plain("Change"), ChangeSession(session.id)) if shown.may_run else None
    agenda = agenda_button(session.id, shown.proposed, say)
    bottom: tuple[Row, ...] = ((change, agenda), (_list(say),)) if change else ((agenda, _list(say)),)
    way_in = join_button(session, now, say), calendar.session_button(session.id, say)
    return Message(join(parts, "\n\n"), rows(answers, tuple(b for b in way_in if b), *bottom))


def _afterwards(shown: Shown, say: Speaker) -> tuple[Row, ...]:
    """What is left to do or to read once a session is over."""
    session_id = shown.session.id
    if shown.session.state is EventState.CANCELLED:
        return ()
    read = Button(say.plain("Minutes"), ReadMinutes(session_id)) if shown.has_minutes else None
    if not shown.may_run:
        return rows(read)
    attendance = Button(say.plain("Who was there"), ShowAttendance(session_id, 0))
    return rows(read, (attendance, write_button(session_id, say, has_minutes=shown.has_minutes)))


def card_for_chat(shown: Shown, link: str, now: datetime, zone: str, language: str) -> Message:
    """The same for everybody in a group chat; `link` leads into the private chat, where the join link opens."""
    say = speaker(language)
    text = _text(shown, now, zone, say)
    if not is_ahead(shown.session, now):
        return Message(text)
    if shown.session.link is None:
        where, button = say("There is no join link yet."), None
    else:
        where = say("The join link opens 15 minutes before the start, in the private chat with me.")
        button = LinkButton(say.plain("Join link"), link)
    return Message(join([text, where], "\n\n"), rows(answer_buttons(shown.session.id, language), button))


def not_yours_any_more(language: str) -> Message:
    """In the place of a card whose reader has left the group."""
    say = speaker(language)
    return Message(say("This session is for its group only."))


def _text(shown: Shown, now: datetime, zone: str, say: Speaker) -> Html:
    heading = render("<b>{name}</b>", name=name(shown.session, shown.group.code, say.language))
    parts = [join([heading, start_and_length(shown.session, now, zone, say.language)])]
    if shown.agenda:
        points = (render("{n}. {point}", n=n, point=point) for n, point in enumerate(shown.agenda, 1))
        parts.append(join([say("<b>Agenda</b>"), *points]))
    if shown.session.state is not EventState.CANCELLED:
        parts.append(_turnout(shown.turnout, say))
    return join(parts, "\n\n")


def start_and_length(session: Event, now: datetime, zone: str, language: str) -> Html:
    """Start and duration; struck out if it was cancelled."""
    say = speaker(language)
    start = dates.in_zone(session.starts_at, zone, language)
    length = dates.duration(timedelta(minutes=session.minutes), language)
    line = say("{start}, {length}", start=start, length=length)
    if session.state is EventState.CANCELLED:
        return join([say("<b>Cancelled</b>"), render("<s>{line}</s>", line=line)])
    if session.ends_at <= now:
        return join([line, say("This session is over.")])
    return line


def _turnout(turnout: Turnout, say: Speaker) -> Html:
    labels = {Answer.YES: say("Coming"), Answer.MAYBE: say("Maybe"), Answer.NO: say("Not coming")}
    lines = [_answer_line(labels[answer], turnout, answer, say) for answer in Answer]
    return join([*lines, say("No answer yet: {count}", count=turnout.silent)])


def _answer_line(label: Html, turnout: Turnout, answer: Answer, say: Speaker) -> Html:
    count, names = turnout.counts[answer], turnout.names[answer]
    if not names:
        return labelled(label, count, say)
    listed = ", ".join(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        listed = say.plain("{names} and {count} more", names=listed, count=len(names) - MOST_NAMES)
    return labelled(label, f"{count} ({listed})", say)


def _mine(mine: Said, say: Speaker) -> Html:
    if mine.answer is not None:
        return say("Your answer: {answer}", answer=_short(mine.answer, say))
    if mine.former is not None:
        return say(
            "It was moved. Before that you had said: {answer}. Will you be there?", answer=_short(mine.former, say)
        )
    return say("Will you be there?")


def _short(answer: Answer | None, say: Speaker) -> str:
    return {
        Answer.YES: say.plain("I will be there"),
        Answer.MAYBE: say.plain("maybe"),
        Answer.NO: say.plain("I cannot"),
        None: say.plain("not answered"),
    }[answer]


def answer_buttons(session_id: int, language: str) -> Row:
    """The three answers."""
    say = speaker(language)
    labels: Mapping[Answer, str] = {
        Answer.YES: say.plain("I'll be there"),
        Answer.MAYBE: say.plain("Maybe"),
        Answer.NO: say.plain("Can't"),
    }
    return tuple(Button(label, AnswerSession(session_id, answer)) for answer, label in labels.items())


def _list(say: Speaker) -> Button:
    return Button(say.plain("All sessions"), OpenSessions())
