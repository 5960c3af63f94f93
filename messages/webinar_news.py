"""What people are told when a webinar changes."""

from collections.abc import Sequence

from domain.buttons.webinars import ListWebinars, ShowWebinar, Unsubscribe
from domain.changes import Cancelled, Difference, Moved
from domain.events import Event
from messages import calendar, dates
from messages.event_changes import said
from messages.languages import pick, speaker
from messages.markup import Button, Message, join, rows


def changed(event: Event, news: Sequence[Difference], zone: str, language: str) -> Message:
    """What is new, old to new: told once to everybody concerned."""
    say = speaker(language)
    title, lines = pick(event.titles, language), [said(one, zone, say) for one in news]
    # A calendar that holds the old file takes the new one in its place; a cancelled event is taken out by it.
    details, file = Button(say.plain("Details"), ShowWebinar(event.id)), calendar.webinar_button(event.id, say)
    if any(isinstance(one, Cancelled) for one in news):
        others = Button(say.plain("All webinars"), ListWebinars(0))
        return Message(join([say("Cancelled: <b>{title}</b>", title=title), *lines]), rows((file, others)))
    if any(isinstance(one, Moved) for one in news):
        heading = say("Moved: <b>{title}</b>", title=title)
        stop = Button(say.plain("No reminder"), Unsubscribe(event.id))
        return Message(join([heading, *lines]), rows((details, file), stop))
    heading = say("Changed: <b>{title}</b>\n{new}", title=title, new=dates.in_zone(event.starts_at, zone, language))
    return Message(join([heading, *lines]), rows((details, file)))
