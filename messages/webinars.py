"""What is said about webinars."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.buttons.screens import Open, Page
from domain.buttons.webinars import (
    FollowAll,
    ListWebinars,
    RemindMe,
    ShowFollowed,
    ShowWebinar,
    Subscribe,
    UnfollowAll,
    Unsubscribe,
)
from domain.events import Event, EventState
from domain.places import SharedZone
from domain.webinars import Following, Scope
from messages import dates
from messages.languages import Speaker, locale_of, pick, speaker
from messages.markup import Button, Html, LinkButton, Message, join, render, rows


def title(event: Event, language: str) -> str:
    """The title in this language."""
    return pick(event.titles, language)


def upcoming(
    webinars: list[Event], followed: frozenset[int], page: int, has_later: bool, zone: str, language: str
) -> Message:
    """A page of `/webinars`, soonest first."""
    say = speaker(language)
    if not webinars:
        return _nothing_announced(say)
    heading = say("<b>Upcoming webinars</b>")
    above = [heading]
    if not isinstance(zone, SharedZone):
        above.append(say("All times: {city}", city=dates.city(zone, language)))
    entries = [_entry(number, event, event.id in followed, zone, say) for number, event in enumerate(webinars, 1)]
    buttons = [_entry_buttons(n, event, event.id in followed, say) for n, event in enumerate(webinars, 1)]
    return Message(join([*above, *entries], "\n\n"), rows(*buttons, _pager(page, has_later, say), _home(say)))


def _nothing_announced(say: Speaker) -> Message:
    followed = Button(say.plain("What I follow"), ShowFollowed())
    return Message(say("No webinar is announced at the moment."), rows(_follow_all(say), followed, _home(say)))


def _follow_all(say: Speaker) -> Button:
    return Button(say.plain("Follow all webinars"), FollowAll())


def _entry(number: int, event: Event, followed: bool, zone: str, say: Speaker) -> Html:
    mark = say(" · reminder set") if followed else Html("")
    return render(
        "{number}. <b>{title}</b>\n{when}{mark}",
        number=number,
        title=title(event, say.language),
        when=dates.in_list(event.starts_at, zone, say.language),
        mark=mark,
    )


def _entry_buttons(number: int, event: Event, followed: bool, say: Speaker) -> tuple[Button, ...]:
    details = Button(say.plain("{number} · Details", number=number), ShowWebinar(event.id))
    if followed:
        return (details,)
    return (Button(say.plain("{number} · Remind me", number=number), RemindMe(event.id)), details)


def _pager(page: int, has_later: bool, say: Speaker) -> tuple[Button, ...]:
    earlier = (Button(say.plain("Earlier"), ListWebinars(page - 1)),) if page > 0 else ()
    later = (Button(say.plain("Later"), ListWebinars(page + 1)),) if has_later else ()
    return earlier + later


def _home(say: Speaker) -> Button:
    return Button(say.plain("Home"), Open(Page.HOME))


def card(event: Event, group_code: str, following: Following, now: datetime, zone: str, language: str) -> Message:
    """Everything about one webinar."""
    say = speaker(language)
    parts = [
        render("<b>{title}</b>", title=title(event, language)),
        _when(event, now, zone, say),
        _facts(event, group_code, say),
        render("{abstract}", abstract=pick(event.abstracts, language)),
    ]
    if event.state is not EventState.ANNOUNCED or event.starts_at <= now:
        return Message(join([p for p in parts if p], "\n\n"), rows(_all(say)))
    if following.follows(event.id, event.group_id):
        parts.append(say("You will be reminded."))
        switch = Button(say.plain("No reminder"), Unsubscribe(event.id))
    else:
        switch = Button(say.plain("Remind me"), RemindMe(event.id))
    return Message(join([p for p in parts if p], "\n\n"), rows(_join_button(event, now, say), switch, _all(say)))


def _when(event: Event, now: datetime, zone: str, say: Speaker) -> Html:
    start, end = dates.day_and_time(event.starts_at, zone, say.language), dates.clock(event.ends_at, zone, say.language)
    when = say("{start} to {end}, {city} time", start=start, end=end, city=dates.city(zone, say.language))
    if event.state is EventState.CANCELLED:
        return join([say("<b>Cancelled</b>"), render("<s>{when}</s>", when=when)])
    if event.ends_at <= now:
        return join([when, say("This webinar is over.")])
    return when


def _facts(event: Event, group_code: str, say: Speaker) -> Html:
    names = locale_of(say.language).languages
    spoken = ", ".join(names.get(code, code) for code in event.languages)
    lines = [say("Organised by {group}", group=group_code), say("Language: {spoken}", spoken=spoken)]
    if event.speakers:
        lines.append(say("With: {speakers}", speakers=", ".join(event.speakers)))
    lines.append(say("Open to everybody, no registration."))
    return join(lines)


def _join_button(event: Event, now: datetime, say: Speaker) -> LinkButton | None:
    link = event.link_at(now)
    return LinkButton(say.plain("Join the webinar"), link) if link else None


def _all(say: Speaker) -> Button:
    return Button(say.plain("All webinars"), ListWebinars(0))


def how_wide(event: Event, group_code: str, language: str) -> Message:
    """Remind me of what? This webinar, the group's, or all."""
    say = speaker(language)
    text = say("<b>{title}</b>\n\nWhat shall we remind you of?", title=title(event, language))
    return Message(
        text,
        rows(
            Button(say.plain("This webinar"), Subscribe(event.id, Scope.WEBINAR)),
            Button(say.plain("All of {group}", group=group_code), Subscribe(event.id, Scope.GROUP)),
            Button(say.plain("All webinars"), Subscribe(event.id, Scope.ALL)),
            Button(say.plain("Back"), ShowWebinar(event.id)),
        ),
    )


def subscribed(leads: tuple[int, ...], language: str, *, ahead: tuple[int, ...] | None = None) -> str:
    """The toast after *Remind me*; `ahead`: those of the lead times that are not over, where it is one webinar."""
    say = speaker(language)
    if not leads:
        return say.plain("Noted. You have switched reminders off: see /settings.")
    if ahead == ():
        return say.plain("Noted. This one starts too soon for a reminder.")
    times = [say.plain("{lead} before", lead=dates.lead(minutes, language)) for minutes in ahead or leads]
    return say.plain("We will remind you: {times}.", times=", ".join(times))


def unsubscribed(language: str) -> str:
    """The toast after *No reminder*."""
    return speaker(language).plain("No reminder of this webinar.")


def followed(everything: bool, group_codes: Sequence[str], webinars: Sequence[Event], language: str) -> Message:
    """The screen *What I follow*."""
    say = speaker(language)
    lines = [say("All webinars, also those to come")] if everything else []
    lines += [say("All of {group}", group=code) for code in group_codes]
    lines += [render("{title}", title=title(event, language)) for event in webinars]
    listed = join(render("• {line}", line=line) for line in lines) if lines else say("Nothing at the moment.")
    stop = Button(say.plain("Stop following everything"), UnfollowAll()) if lines else None
    back = Button(say.plain("Back"), Open(Page.SETTINGS))
    return Message(
        join([say("<b>What you follow</b>"), listed], "\n\n"),
        rows(None if everything else _follow_all(say), stop, _all(say), back),
    )


def unfollowed(language: str) -> str:
    """The toast after *Stop following everything*."""
    return speaker(language).plain("You follow nothing any more.")


def reminder(event: Event, now: datetime, zone: str, language: str) -> Message:
    """The reminder itself, with the time that truly remains."""
    say = speaker(language)
    text = say(
        "Starts in {remaining}: <b>{title}</b>\n{when}",
        remaining=dates.duration(event.starts_at - now, language),
        title=title(event, language),
        when=dates.in_zone(event.starts_at, zone, language),
    )
    return Message(
        text,
        rows(
            _join_button(event, now, say),
            (
                Button(say.plain("Details"), ShowWebinar(event.id)),
                Button(say.plain("No reminder"), Unsubscribe(event.id)),
            ),
        ),
    )


def changed(event: Event, old_starts_at: datetime, zone: str, language: str) -> Message:
    """What is new: told once to everybody who would have been reminded."""
    say = speaker(language)
    values: Mapping[str, object] = {
        "title": title(event, language),
        "old": dates.day_and_time(old_starts_at, zone, language),
        "new": dates.in_zone(event.starts_at, zone, language),
    }
    details = Button(say.plain("Details"), ShowWebinar(event.id))
    if event.state is EventState.CANCELLED:
        was = dates.in_zone(old_starts_at, zone, language)
        text = say("Cancelled: <b>{title}</b>\nIt was to be on {when}.", title=values["title"], when=was)
        return Message(text, rows(_all(say)))
    if event.starts_at == old_starts_at:
        text = say("Changed: <b>{title}</b>\n{new}", **values)
        return Message(text, rows(details))
    text = say("Moved: <b>{title}</b>\nbefore: {old}\nnow: {new}", **values)
    return Message(text, rows((details, Button(say.plain("No reminder"), Unsubscribe(event.id)))))
