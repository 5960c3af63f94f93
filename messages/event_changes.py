"""What is new about an event, in words: one line each, the same for webinars and sessions."""

from typing import assert_never

from domain.changes import Cancelled, Difference, Moved, Relinked, Renamed, Resized
from messages import dates
from messages.languages import Speaker, pick
from messages.markup import Html


def said(one: Difference, zone: str, say: Speaker) -> Html:
    """One thing that is new, old to new."""
    match one:
        case Cancelled(was_at=was_at):
            return say("It was to be on {when}.", when=dates.in_zone(was_at, zone, say.language))
        case Moved(before=before, now=now):
            old, new = dates.day_and_time(before, zone, say.language), dates.in_zone(now, zone, say.language)
            return say("before: {old}\nnow: {new}", old=old, new=new)
        case Resized(before=before_minutes, now=minutes):
            old, new = dates.lead(before_minutes, say.language), dates.lead(minutes, say.language)
            return say("Length: {new}, before {old}", new=new, old=old)
        case Renamed(before=before_titles, now=titles):
            old, new = pick(before_titles, say.language), pick(titles, say.language)
            return say("Title: {new}, before {old}", new=new, old=old)
        case Relinked():
            return say("There is a new join link; the old one no longer counts.")
        case _:
            assert_never(one)
