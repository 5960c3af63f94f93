"""What somebody follows, and what comes next of it."""

from collections.abc import Sequence
from datetime import datetime

from domain.buttons.following import FollowLanguage, ListFollowed, ListNext, StopFollowing
from domain.buttons.screens import Open, Page
from domain.buttons.sessions import ShowSession
from domain.buttons.webinars import ListWebinars, ShowWebinar, Subscribe, UnfollowAll
from domain.events import Event, EventKind
from domain.paging import ListPage
from domain.webinars import Scope, number_of
from messages import consents, dates
from messages.languages import Speaker, locale_of, pick, speaker
from messages.markup import Button, Html, Message, join, render, rows, shortened
from messages.turning import by_page, by_start
from messages.ways import in_pairs
from messages.webinars import follow_all, title

MOST_NAME = 100
"""What fits into a toast beside its own words."""


def how_wide(event: Event, group_code: str, language: str) -> Message:
    """Remind me of what? This webinar, the group's, those in a language, or all."""
    say = speaker(language)
    text = say("<b>{title}</b>\n\nWhat shall we remind you of?", title=title(event, language))
    numbers = [number_of(code) for code in event.languages]
    spoken = [
        Button(_in_language(code, say), FollowLanguage(event.id, number))
        for code, number in zip(event.languages, numbers, strict=True)
        if number
    ]
    return Message(
        join([text, consents.words(language)], "\n\n"),
        rows(
            Button(say.plain("This webinar"), Subscribe(event.id, Scope.WEBINAR)),
            Button(_of_group(group_code, say), Subscribe(event.id, Scope.GROUP)),
            *spoken,
            Button(say.plain("All webinars"), Subscribe(event.id, Scope.ALL)),
            Button(say.plain("Back"), ShowWebinar(event.id)),
        ),
    )


def followed(entries: Sequence[tuple[Scope, int, str]], page: ListPage, everything: bool, language: str) -> Message:
    """The screen *What I follow*. `entries`: what each is, its number, and what names it (`name_of`)."""
    say = speaker(language)
    first = page.offset + 1
    listed = [render("{number}. {name}", number=n, name=name) for n, (_, _, name) in enumerate(entries, first)]
    stops = [
        Button(say.plain("{number} · Stop", number=n), StopFollowing(scope, target, page.number))
        for n, (scope, target, _) in enumerate(entries, first)
    ]
    text = [
        say("<b>What you follow</b>"),
        join(listed) if listed else say("Nothing at the moment."),
        consents.words(language),
    ]
    return Message(
        join(text, "\n\n"),
        rows(
            *in_pairs(stops),
            by_page(page, ListFollowed, language),
            Button(say.plain("What comes next"), ListNext(0)),
            None if everything else follow_all(language),
            Button(say.plain("Stop following everything"), UnfollowAll()) if listed else None,
            (Button(say.plain("All webinars"), ListWebinars(0)), Button(say.plain("Back"), Open(Page.SETTINGS))),
        ),
    )


def name_of(scope: Scope, name: str, event: Event | None, language: str) -> str:
    """What somebody follows, in words; `name`: code of the group or the language."""
    say = speaker(language)
    match scope:
        case Scope.ALL:
            return say.plain("All webinars, also those to come")
        case Scope.GROUP:
            return _of_group(name, say)
        case Scope.LANGUAGE:
            return _in_language(name, say)
        case Scope.WEBINAR:
            return title(event, language) if event else name


def stopped(name: str, language: str) -> str:
    """The toast after *Stop*."""
    return speaker(language).plain("You no longer follow: {name}", name=shortened(name, MOST_NAME))


def unfollowed(language: str) -> str:
    """The toast after *Stop following everything*."""
    return speaker(language).plain("You follow nothing any more.")


def coming(entries: Sequence[tuple[Event, str, datetime | None]], page: ListPage, zone: str, language: str) -> Message:
    """The screen *What comes next*: events with the code of their group and the next reminder of this person."""
    say = speaker(language)
    heading = say("<b>What comes next</b>")
    city = say("All times: {city}", city=dates.city(zone, language))
    first = page.offset + 1
    listed = [_coming(n, *entry, zone, say) for n, entry in enumerate(entries, first)]
    text = [heading, city, *listed] if listed else [heading, say("Nothing at the moment.")]
    details = [_details(n, event, say) for n, (event, _, _) in enumerate(entries, first)]
    back = Button(say.plain("What I follow"), ListFollowed(0))
    return Message(join(text, "\n\n"), rows(*in_pairs(details), by_start(page, ListNext, language), back))


def _coming(number: int, event: Event, code: str, reminder_at: datetime | None, zone: str, say: Speaker) -> Html:
    language = say.language
    is_session = event.kind is EventKind.SESSION
    named = say("Session of {group}: {title}", group=code, title=pick(event.titles, language))
    lines = [
        render("{number}. <b>{name}</b>", number=number, name=named if is_session else title(event, language)),
        render("{when}", when=dates.day_and_time(event.starts_at, zone, language)),
    ]
    if reminder_at is None:
        lines.append(say("no reminder any more"))
    else:
        lines.append(say("reminder: {when}", when=dates.day_and_time(reminder_at, zone, language)))
    return join(lines)


def _details(number: int, event: Event, say: Speaker) -> Button:
    to = ShowSession(event.id) if event.kind is EventKind.SESSION else ShowWebinar(event.id)
    return Button(say.plain("{number} · Details", number=number), to)


def _of_group(code: str, say: Speaker) -> str:
    return say.plain("All of {group}", group=code)


def _in_language(code: str, say: Speaker) -> str:
    spoken = locale_of(say.language).languages.get(code.partition("-")[0], code)
    return shortened(say.plain("All in this language: {language}", language=spoken))
