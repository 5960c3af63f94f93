"""Time zones as calendar programs read them: with yearly rules, for Outlook takes no notice of single dates."""

from datetime import datetime, timedelta

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard

from domain.zone_rules import Clocks, Rule

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONG_AGO = datetime(1970, 1, 1)  # noqa: DTZ001 - local time of the zone, as the format wants it


def is_plain(clocks: Clocks) -> bool:
    """Whether its clocks always show UTC: no zone has to be described."""
    return not clocks.rules and clocks.offset == timedelta(0)


def timezone(zone: str, clocks: Clocks) -> Timezone:
    """The VTIMEZONE of a zone."""
    described = Timezone()
    described.add("TZID", zone)
    if not clocks.rules:
        always = _observance(TimezoneStandard(), _LONG_AGO, clocks.offset, clocks.offset, clocks.name)
        described.add_component(always)
    for rule in clocks.rules:
        described.add_component(_of_rule(rule))
    return described


def _of_rule(rule: Rule) -> Component:
    change = rule.first
    made = TimezoneDaylight() if change.is_forward else TimezoneStandard()
    component = _observance(made, change.at, change.before, change.after, change.name)
    day = f"{rule.week}{_DAYS[change.at.weekday()]}"
    component.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": change.at.month, "BYDAY": day})
    return component


def _observance(component: Component, at: datetime, before: timedelta, after: timedelta, name: str) -> Component:
    component.add("DTSTART", at)
    component.add("TZOFFSETFROM", before)
    component.add("TZOFFSETTO", after)
    component.add("TZNAME", name)
    return component
