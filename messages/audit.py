"""The audit in sentences: who did what, when, and what was different afterwards."""

from collections.abc import Sequence
from datetime import datetime

from domain.audit import Change, Deed
from domain.buttons.audit import ChooseAuditGroup, ListDeeds
from domain.groups import Group
from domain.paging import ListPage
from messages import dates
from messages.deeds import said
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, join, render, rows, shortened
from messages.organise import to_cockpit
from messages.turning import by_page, by_time
from messages.ways import in_pairs

MOST_CHANGES, MOST_VALUE, MOST_NAME = 3, 40, 30
"""Four deeds fit into one message whatever was changed."""


def deeds(found: Sequence[Deed], group: Group | None, page: ListPage, zone: str, language: str) -> Message:
    """A page of the audit."""
    say = speaker(language)
    heading = say("<b>Who did what</b>: {code}", code=group.code) if group else say("<b>Who did what</b>")
    parts = [heading, *(_deed(one, zone, say) for one in found)]
    if not found:
        parts.append(say("Nothing yet."))
    number = group.id if group else 0
    turn = by_time(page, lambda to: ListDeeds(to, number), language)
    one_group = Button(say.plain("One group"), ChooseAuditGroup(0))
    everything = (Button(say.plain("All groups"), ListDeeds(0, 0)),) if group else ()
    return Message(join(parts, "\n\n"), rows(turn, (one_group, *everything), to_cockpit(language)))


def choice(groups: Sequence[Group], page: ListPage, language: str) -> Message:
    """Which group's?"""
    say = speaker(language)
    turn = by_page(page, ChooseAuditGroup, language)
    chosen = in_pairs([Button(group.code, ListDeeds(0, group.id)) for group in groups])
    back = Button(say.plain("All groups"), ListDeeds(0, 0))
    return Message(say("What was done in which group?"), rows(*chosen, turn, back))


def _deed(deed: Deed, zone: str, say: Speaker) -> Html:
    when = render("<i>{when}</i>", when=dates.in_zone(deed.at, zone, say.language))
    shown, left = deed.changes[:MOST_CHANGES], len(deed.changes) - MOST_CHANGES
    lines = [when, said(deed, say), *(changed(one, zone, say) for one in shown)]
    if left > 0:
        lines.append(say.plural("• and {count} more", "• and {count} more", left))
    return join(lines)


def changed(change: Change, zone: str, say: Speaker) -> Html:
    """One thing that is different, before and after."""
    before, after = (_value(value, zone, say) for value in (change.before, change.after))
    name = _name(change.name, say)
    if change.before is None:
        return say("• {name}: {after}", name=name, after=after)
    return say("• {name}: {before} → {after}", name=name, before=before, after=after)


def _value(value: object, zone: str, say: Speaker) -> str:
    if value is None:
        return say.plain("nothing")
    if isinstance(value, bool):
        return say.plain("yes") if value else say.plain("no")
    if isinstance(value, list):
        return shortened(", ".join(_value(one, zone, say) for one in value), MOST_VALUE)
    moment = _moment(value)
    return dates.in_zone(moment, zone, say.language) if moment else shortened(str(value), MOST_VALUE)


def _moment(value: object) -> datetime | None:
    """The moment if this is one: ISO with an offset, as states of events keep it."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _name(name: str, say: Speaker) -> str:
    """What a part of an object is called; one that has no name here is shown as it is stored."""
    known = {
        "state": say.plain("state"),
        "members": say.plain("quota"),
        "taken": say.plain("seats taken"),
        "code": say.plain("code"),
        "opens_on": say.plain("opens"),
        "closes_on": say.plain("closes"),
        "shows_members": say.plain("names are shown"),
        "starts_at": say.plain("start"),
        "minutes": say.plain("minutes"),
        "version": say.plain("version"),
        "answer": say.plain("answer"),
        "role": say.plain("role"),
        "recipients": say.plain("recipients"),
        "title": say.plain("title"),
        "link": say.plain("link"),
        "zone": say.plain("time zone"),
    }
    return known.get(name) or shortened(name.replace("_", " "), MOST_NAME)
