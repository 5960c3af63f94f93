"""What is said about timings: all of them, and the choices for one."""

from collections.abc import Mapping

from domain.buttons.organise import OrganiseSection, Section
from domain.buttons.timings import ChooseTiming, ShowTiming
from domain.occasions import TIMINGS, Purpose
from domain.timings import choices_for
from messages import dates
from messages.labels import labelled
from messages.languages import Speaker, speaker
from messages.markup import Button, Message, join, render, rows
from messages.organise import to_cockpit
from messages.ways import in_pairs


def listed(timings: Mapping[Purpose, int], language: str) -> Message:
    """Everything that is due around an event, and when."""
    say = speaker(language)
    names = labels(language)
    lines = [
        render("• {line}", line=labelled(names[purpose], when(purpose, minutes, say), say))
        for purpose, minutes in timings.items()
    ]
    parts = [say("<b>What is due when</b>"), join(lines)]
    buttons = [Button(names[purpose], ShowTiming(purpose)) for purpose in timings]
    return Message(join(parts, "\n\n"), rows(*in_pairs(buttons), to_cockpit(language)))


def choice(purpose: Purpose, minutes: int, language: str) -> Message:
    """When? The one that holds is said, the others are buttons."""
    say = speaker(language)
    text = say(
        "<b>{name}</b>\nNow: {when}\n\nEvents that are already announced follow; what has happened does not happen "
        "again.",
        name=labels(language)[purpose],
        when=when(purpose, minutes, say),
    )
    buttons = [
        Button(when(purpose, one, say), ChooseTiming(purpose, one)) for one in choices_for(purpose) if one != minutes
    ]
    back = Button(say.plain("Back"), OrganiseSection(Section.TIMINGS))
    return Message(text, rows(*in_pairs(buttons), back))


def chosen(purpose: Purpose, minutes: int, language: str) -> str:
    """What has been chosen."""
    say = speaker(language)
    return say.plain("{name}: {when}.", name=labels(language)[purpose], when=when(purpose, minutes, say))


def when(purpose: Purpose, minutes: int, say: Speaker) -> str:
    """Such as "7 days before" or "1 day after the end"."""
    from_end = TIMINGS[purpose].from_end
    lead = dates.lead(abs(minutes), say.language)
    if minutes > 0:
        return say.plain("{lead} before", lead=lead)
    if minutes == 0:
        return say.plain("at the end") if from_end else say.plain("at the start")
    return say.plain("{lead} after the end", lead=lead) if from_end else say.plain("{lead} after the start", lead=lead)


def labels(language: str) -> dict[Purpose, str]:
    """What each timing is called."""
    say = speaker(language)
    return {
        Purpose.ASK: say.plain("Ask the silent"),
        Purpose.ATTENDANCE: say.plain("Who was there?"),
        Purpose.MINUTES: say.plain("Ask for minutes"),
        Purpose.MINUTES_AGAIN: say.plain("Ask for minutes again"),
        Purpose.TALK_CONFIRM: say.plain("Talk: confirm"),
        Purpose.TALK_DETAILS: say.plain("Talk: title, abstract"),
        Purpose.TALK_SLIDES: say.plain("Talk: slides"),
        Purpose.TALK_CHECK: say.plain("Talk: technical check"),
        Purpose.TALK_BACKSTAGE: say.plain("Talk: backstage"),
        Purpose.TALK_THANKS: say.plain("Talk: thanks"),
        Purpose.QUESTIONS: say.plain("Open questions"),
        Purpose.FEEDBACK: say.plain("Survey"),
        Purpose.SUMMARY: say.plain("Summary"),
    }
