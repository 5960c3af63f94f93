"""What those who run a group see of its webinars: the lists, the card of one, and what to do on the worst day."""

from collections.abc import Sequence
from datetime import datetime

from domain.buttons.manage import ManagePage, ManageSection, Section
from domain.buttons.webinar_editing import (
    ChangePart,
    ChangeWebinar,
    GoOnWithDraft,
    ListOver,
    NewWebinar,
    Postpone,
    RunWebinar,
    Trouble,
)
from domain.buttons.webinars import ShowWebinar
from domain.events import Event, EventState
from domain.groups import Group
from domain.paging import ListPage
from domain.webinar_edits import POSTPONED_BY
from domain.webinar_parts import Part, Phase, Step, is_worst_day, phase_of
from messages import dates, groups, questions
from messages.languages import Speaker, speaker
from messages.manage import back
from messages.markup import Button, Html, Message, Row, join, render, rows, shortened
from messages.turning import by_page, by_time
from messages.webinar_details import FACTS, facts, name, state, texts_there, values


def current(
    group: Group,
    listed: Sequence[Event],
    page: ListPage,
    *,
    announced: int,
    wanted: int,
    over: int,
    now: datetime,
    zone: str,
    language: str,
) -> Message:
    """A page of a group's webinars that are to come or are drafts; a button each leads to its card."""
    say = speaker(language)
    counted = say("Announced so far: {count} of at least {wanted}", count=announced, wanted=wanted)
    body = [_entry(event, now, zone, say) for event in listed] or [say("No webinar is announced.")]
    turn = by_page(page, lambda to: ManagePage(group.id, Section.WEBINARS, to), language)
    new = Button(say.plain("New webinar"), NewWebinar(group.id))
    ended = Button(say.plain("Past and cancelled ({count})", count=over), ListOver(group.id, 0)) if over else None
    text = join([groups.name(group, language), counted, *body], "\n\n")
    return Message(text, rows(*_buttons(listed, say), turn, new, ended, back(group.id, language)))


def over(group: Group, listed: Sequence[Event], page: ListPage, now: datetime, zone: str, language: str) -> Message:
    """A page of what is past or cancelled, newest first."""
    say = speaker(language)
    heading = say("<b>Past and cancelled webinars of {group}</b>", group=group.code)
    body = [_entry(event, now, zone, say) for event in listed] or [say("None.")]
    turn = by_time(page, lambda to: ListOver(group.id, to), language)
    return Message(join([heading, *body], "\n\n"), rows(*_buttons(listed, say), turn, _to_list(group.id, say)))


def _entry(event: Event, now: datetime, zone: str, say: Speaker) -> Html:
    title = render("<b>{title}</b>", title=name(event, say))
    if event.state is EventState.DRAFT:
        return join([title, say("Draft")])
    when = dates.in_zone(event.starts_at, zone, say.language)
    if event.state is EventState.ANNOUNCED and now < event.starts_at:
        return join([title, render("{when}", when=when)])
    return join([title, render("{when} · {state}", when=when, state=state(event, now, say))])


def _buttons(listed: Sequence[Event], say: Speaker) -> list[Button]:
    return [Button(shortened(name(event, say)), RunWebinar(event.id)) for event in listed]


def _to_list(group_id: int, say: Speaker) -> Button:
    return Button(say.plain("Webinars of the group"), ManageSection(group_id, Section.WEBINARS))


# --- The card ---------------------------------------------------------------------------------


def card(
    event: Event, group: Group, moderator: str, now: datetime, zone: str, language: str, *, sees_questions: bool
) -> Message:
    """Everything about one webinar, and what can be done about it now."""
    say = speaker(language)
    known = dict(values(event, moderator, zone, say))
    if event.state is EventState.DRAFT and event.starts_at <= now:
        known[Step.DAY] = say.plain("not set yet")
    heading = [
        render("<b>{title}</b>", title=name(event, say)),
        render("{group} · {state}", group=group.code, state=state(event, now, say)),
    ]
    parts = [join(heading), facts(known, FACTS, say), texts_there(event, say)]
    asked = questions.list_button(event, language, sees=sees_questions)
    buttons = rows(*_card_buttons(event, now, say), asked, _to_list(group.id, say))
    return Message(join(parts, "\n\n"), buttons)


def _card_buttons(event: Event, now: datetime, say: Speaker) -> list[Row | Button]:
    change = Button(say.plain("Change"), ChangeWebinar(event.id))
    as_seen = Button(say.plain("As others see it"), ShowWebinar(event.id))
    match phase_of(event, now):
        case Phase.DRAFT:
            return [Button(say.plain("Go on"), GoOnWithDraft(event.id)), change]
        case Phase.AHEAD if is_worst_day(event, now):
            return [Button(say.plain("Something is wrong"), Trouble(event.id)), (change, as_seen)]
        case Phase.AHEAD:
            return [(change, as_seen)]
        case Phase.OVER:
            return [Button(_recording(event, say), ChangePart(event.id, Part.RECORDING)), (change, as_seen)]
        case _:
            return [as_seen]


def _recording(event: Event, say: Speaker) -> str:
    return say.plain("Change the recording") if event.recording_link else say.plain("Add the recording")


def trouble(event: Event, zone: str, language: str) -> Message:
    """What to do when something is wrong and there is little time."""
    say = speaker(language)
    text = say(
        "<b>{title}</b>\n{when}\n\nWhat shall happen? You see how many it concerns and confirm; then everybody "
        "concerned is told at once.",
        title=name(event, say),
        when=dates.in_zone(event.starts_at, zone, language),
    )
    later = tuple(
        Button(say.plain("{length} later", length=dates.lead(minutes, language)), Postpone(event.id, minutes))
        for minutes in POSTPONED_BY
    )
    return Message(
        text,
        rows(
            *later,
            Button(say.plain("Another day or time"), ChangePart(event.id, Part.MOVE)),
            Button(say.plain("New join link"), ChangePart(event.id, Part.LINK)),
            Button(say.plain("Cancel the webinar"), ChangePart(event.id, Part.CANCEL)),
            Button(say.plain("Back"), RunWebinar(event.id)),
        ),
    )


def nothing_to_change(language: str) -> str:
    """The toast where that cannot be changed any more."""
    return speaker(language).plain("This can no longer be changed: the webinar is over, cancelled, or not that close.")


def kept(language: str) -> str:
    """The toast after *Keep as draft*."""
    return speaker(language).plain("Kept as a draft. Only those who run the group see it.")
