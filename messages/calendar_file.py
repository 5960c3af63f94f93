"""Calendars as files and feeds (iCalendar, RFC 5545), in the form that the common programs read: docs/calendar.md."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, Event, vText, vUri

from domain.calendar import Entry
from domain.events import EventKind
from domain.pages import is_web_address
from domain.zone_rules import Clocks, clocks_of
from messages.calendar_zones import is_plain, timezone
from messages.languages import Speaker, locale_of, pick, speaker

REFRESH = timedelta(hours=1)
"""How often a program is asked to look for news."""

BREAKS = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " ", "\ufeff": None})


def write(entries: Sequence[Entry], language: str, *, feed: str | None = None) -> bytes:
    """A calendar in one language. `feed`: the name under which programs show it; a file has none."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Prework//Prework//EN")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    if feed is not None:
        _name(calendar, feed)
    zones = _zones(entries)
    for zone, clocks in zones.items():
        calendar.add_component(timezone(zone, clocks))
    for entry in entries:
        calendar.add_component(_event(entry, zones, speaker(language)))
    written: bytes = calendar.to_ical()
    return written


def _name(calendar: Calendar, feed: str) -> None:
    """The name twice and the pace twice: by the standard, and as older programs and Google read them."""
    for name in ("NAME", "X-WR-CALNAME"):
        calendar[name] = Text(one_line(feed))
    calendar.add("REFRESH-INTERVAL", REFRESH, {"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vText("PT1H")


def _zones(entries: Sequence[Entry]) -> Mapping[str, Clocks]:
    """The zones to describe. Where no yearly rule holds, times are in UTC, which every program understands."""
    years: dict[str, set[int]] = {}
    for entry in entries:
        years.setdefault(entry.zone, set()).update((entry.starts_at.year, entry.ends_at.year))
    # A year earlier, so that January knows which change came last.
    found = {zone: clocks_of(zone, min(those) - 1, max(those) + 1) for zone, those in sorted(years.items())}
    return {zone: clocks for zone, clocks in found.items() if clocks is not None and not is_plain(clocks)}


def _event(entry: Entry, zones: Mapping[str, Clocks], say: Speaker) -> Component:
    event = Event()
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.changed_at)
    event.add("LAST-MODIFIED", entry.changed_at)
    event.add("DTSTART", _local(entry.starts_at, entry.zone, zones))
    event.add("DTEND", _local(entry.ends_at, entry.zone, zones))
    event["SUMMARY"] = Text(summary(entry, say.language))
    event["DESCRIPTION"] = Text(description(entry, say.language))
    place = one_line(entry.link or entry.page)
    event["LOCATION"] = Text(place)
    # Whatever else was typed is shown and not followed: a program may refuse the whole calendar for it.
    event["URL"] = vUri(place if is_web_address(place) else entry.page)
    event.add("STATUS", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if entry.is_cancelled else "OPAQUE")
    if not entry.is_cancelled:
        event.add_component(_alarm(entry, say))
    return event


def _local(moment: datetime, zone: str, zones: Mapping[str, Clocks]) -> datetime:
    return moment.astimezone(ZoneInfo(zone) if zone in zones else UTC)


def _alarm(entry: Entry, say: Speaker) -> Component:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", timedelta(minutes=-entry.alarm))
    alarm["DESCRIPTION"] = Text(say.plain("Starts soon: {title}", title=summary(entry, say.language)))
    return alarm


# --- What it says -----------------------------------------------------------------------------


def summary(entry: Entry, language: str) -> str:
    """The title, in one line. That it is cancelled stands there, too: some programs do not show the state."""
    say, title = speaker(language), pick(entry.titles, language)
    if entry.kind is EventKind.SESSION:
        title = f"{entry.group_code}: {title}"
    return one_line(say.plain("Cancelled: {title}", title=title) if entry.is_cancelled else title)


def description(entry: Entry, language: str) -> str:
    """What the card of the event says, and the way to it."""
    say = speaker(language)
    parts = [pick(entry.abstracts, language), "\n".join(_facts(entry, say)), _way(entry, say)]
    return several_lines("\n\n".join(part for part in parts if part))


def _facts(entry: Entry, say: Speaker) -> list[str]:
    names = locale_of(say.language).languages
    lines = [say.plain("Organised by {group}", group=entry.group_code)]
    if entry.languages:
        spoken = ", ".join(names.get(code, code) for code in entry.languages)
        lines.append(say.plain("Language: {spoken}", spoken=spoken))
    if entry.speakers:
        lines.append(say.plain("With: {speakers}", speakers=", ".join(entry.speakers)))
    return lines


def _way(entry: Entry, say: Speaker) -> str:
    if entry.is_cancelled:
        return say.plain("This was cancelled. More: {address}", address=entry.page)
    if entry.link is not None:
        lines = say.plain("Join: {link}", link=entry.link), say.plain("More: {address}", address=entry.page)
        return "\n".join(lines)
    return say.plain("The join link is in Telegram, from 15 minutes before the start: {address}", address=entry.page)


# --- Text -------------------------------------------------------------------------------------


class Text(vText):
    r"""Text of which every character arrives: the library reads a backslash before an N as the end of a line."""

    def to_ical(self) -> bytes:
        """The escaped bytes."""
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def several_lines(text: str) -> str:
    """Text without the characters that no calendar can hold: controls, halves of others, marks of byte order."""
    broken = text.replace("\r\n", "\n").translate(BREAKS)
    return "".join(c for c in broken if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})


def one_line(text: str) -> str:
    """The same in one line."""
    return " ".join(several_lines(text).split())
