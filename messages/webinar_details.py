"""What is known of a webinar, for those who run it: each thing with its name, as it stands in cards and previews."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import assert_never

from domain.events import Event, LinkPolicy
from domain.webinar_parts import ABSTRACTS, LANGUAGE_OF, TITLES, Phase, Step, phase_of
from messages import dates
from messages.labels import labelled
from messages.languages import Speaker, locale_of, pick
from messages.markup import Html, join, render, shortened

MOST_SHOWN = 250
"""So much of an abstract is shown where it stands beside others."""

MOST_COMPARED = 500
"""So much of anything is shown where old and new stand below each other: a whole link."""

FACTS = tuple(step for step in Step if step not in {*TITLES, *ABSTRACTS, Step.WHAT, Step.CLOCK, Step.PREVIEW})
"""What is not a text of its own in each language."""


def name(event: Event, say: Speaker) -> str:
    """The title, or that there is none yet."""
    return pick(event.titles, say.language) or say.plain("A webinar without a title")


def language_name(code: str, say: Speaker) -> str:
    """Such as "German"."""
    named: str = locale_of(say.language).languages.get(code, code)
    return named


def state(event: Event, now: datetime, say: Speaker) -> str:
    """Where it stands, in one word or two."""
    match phase_of(event, now):
        case Phase.DRAFT:
            return say.plain("Draft")
        case Phase.AHEAD:
            return say.plain("Announced") if now < event.starts_at else say.plain("Running")
        case Phase.OVER:
            return say.plain("Over")
        case Phase.CANCELLED:
            return say.plain("Cancelled")
        case phase:
            assert_never(phase)


def labels(say: Speaker) -> Mapping[Step, str]:
    """What each thing is called."""
    titles = {s: say.plain("Title ({language})", language=language_name(LANGUAGE_OF[s], say)) for s in TITLES}
    abstracts = {s: say.plain("Abstract ({language})", language=language_name(LANGUAGE_OF[s], say)) for s in ABSTRACTS}
    return {
        **titles,
        **abstracts,
        Step.LANGUAGES: say.plain("Spoken"),
        Step.SPEAKERS: say.plain("With"),
        Step.MODERATOR: say.plain("Moderator"),
        Step.DAY: say.plain("Day and time"),
        Step.MINUTES: say.plain("Length"),
        Step.LINK: say.plain("Join link"),
        Step.AUDIENCE: say.plain("Who sees the join link"),
        Step.BACKSTAGE: say.plain("Way backstage"),
        Step.CAPACITY: say.plain("Places"),
        Step.REGISTERS: say.plain("Registration"),
        Step.RECORDING: say.plain("Recording"),
    }


def values(event: Event, moderator: str, zone: str, say: Speaker) -> Mapping[Step, str]:
    """What is known, as it is shown; "" for nothing."""
    return {
        **{step: event.titles.get(LANGUAGE_OF[step], "") for step in TITLES},
        **{step: shortened(event.abstracts.get(LANGUAGE_OF[step], ""), MOST_SHOWN) for step in ABSTRACTS},
        Step.LANGUAGES: ", ".join(language_name(code, say) for code in event.languages),
        Step.SPEAKERS: ", ".join(event.speakers),
        Step.MODERATOR: moderator,
        Step.DAY: dates.in_zone(event.starts_at, zone, say.language),
        Step.MINUTES: dates.lead(event.minutes, say.language),
        Step.LINK: event.link or "",
        Step.AUDIENCE: audience(event.link_policy, say),
        Step.BACKSTAGE: event.backstage_link or "",
        Step.CAPACITY: str(event.capacity) if event.capacity else say.plain("as many as come"),
        Step.REGISTERS: say.plain("yes") if event.registers else say.plain("no"),
        Step.RECORDING: event.recording_link or "",
    }


def audience(policy: LinkPolicy, say: Speaker) -> str:
    """Who sees the join link."""
    match policy:
        case LinkPolicy.PUBLIC:
            return say.plain("everybody, at any time")
        case LinkPolicy.GUARDED:
            return say.plain("from 15 minutes before, through the bot")
        case _:
            assert_never(policy)


def facts(known: Mapping[Step, str], steps: Iterable[Step], say: Speaker) -> Html:
    """Some of what is known, a line each; what is not known is left out."""
    named = labels(say)
    return join(labelled(named[step], known[step], say) for step in steps if known[step])


def texts_there(event: Event, say: Speaker) -> Html:
    """In which languages there are title and abstract."""

    def there(texts: Mapping[str, str]) -> str:
        return ", ".join(language_name(code, say) for code in texts) or say.plain("none yet")

    lines = [
        labelled(say.plain("Title in"), there(event.titles), say),
        labelled(say.plain("Abstract in"), there(event.abstracts), say),
    ]
    return join(lines)


def _short(value: str) -> str:
    return shortened(value, MOST_COMPARED)


def differing(before: Mapping[Step, str], after: Mapping[Step, str], say: Speaker) -> list[Html]:
    """What is to be otherwise, old to new."""
    named, nothing = labels(say), say.plain("nothing")
    return [
        join(
            [
                render("<b>{label}</b>", label=named[step]),
                say(
                    "before: {old}\nnow: {new}", old=_short(before[step]) or nothing, new=_short(after[step]) or nothing
                ),
            ]
        )
        for step in named
        if before[step] != after[step]
    ]
