"""What is shown before a webinar is announced or changed, and what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from domain.buttons.dialogs import HandIn
from domain.buttons.webinar_editing import GoOnWithDraft, KeepDraft, ShowIn
from domain.events import Event, EventState
from domain.groups import Group
from domain.registering import NOT_BOOKED
from domain.webinar_edits import Announced, Dropped, Edit, Incomplete, Outcome, Overtaken, Saved
from domain.webinar_parts import Part, Step
from messages import dates, dialogs, registering, webinars
from messages.languages import LANGUAGES, Speaker, pick, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows, utf16_length
from messages.session_changes import who_is_told
from messages.webinar_details import differing, language_name, name, values

MOST_NEWS = 1500
"""In UTF-16 units: what somebody else changed; the question stands below it."""


def draft(
    event: Event,
    group: Group,
    edit: Edit,
    missing: Sequence[Step],
    revision: int,
    now: datetime,
    zone: str,
    language: str,
) -> Message:
    """The card as people will see it, in one language, and what is still missing."""
    say, shown_in = speaker(language), edit.shown_in or language
    if edit.part is Part.CANCEL:
        return _last(_dropping(event, say), edit, revision, (_hand_in(say.plain("Drop the draft"), revision),), say)
    heading = say("As people will see it in {language}:", language=language_name(shown_in, say))
    lacking = _lacking(event, shown_in, missing, say)
    body = _card(event, group, now, zone, speaker(shown_in), has_time=Step.DAY not in missing)
    announce = _hand_in(say.plain("Announce"), revision)
    complete = Button(say.plain("What is missing"), GoOnWithDraft(event.id)) if missing else None
    keep = Button(say.plain("Keep as draft"), KeepDraft(revision))
    buttons = (_languages(shown_in, revision), complete, announce, keep)
    return _last(join([heading, body, *lacking], "\n\n"), edit, revision, buttons, say)


def _dropping(event: Event, say: Speaker) -> Html:
    return say("Drop the draft <b>{title}</b>? Nothing of it is kept.", title=name(event, say))


def _languages(shown_in: str, revision: int) -> Row:
    return tuple(
        Button(("✓ " if code == shown_in else "") + label, ShowIn(revision, code))
        for code, (label, _) in LANGUAGES.items()
    )


def _card(event: Event, group: Group, now: datetime, zone: str, say: Speaker, *, has_time: bool) -> Html:
    event = replace(event, state=EventState.ANNOUNCED)
    parts = [
        render("<b>{title}</b>", title=name(event, say)),
        webinars.when(event, now, zone, say) if has_time else say("No day and time yet."),
        webinars.facts(event, group, say),
        registering.places(event, NOT_BOOKED, now, say.language),
        render("{abstract}", abstract=pick(event.abstracts, say.language)),
    ]
    return render("<blockquote>{card}</blockquote>", card=join([part for part in parts if part], "\n\n"))


def _lacking(event: Event, shown_in: str, missing: Sequence[Step], say: Speaker) -> list[Html]:
    """What stands in for a missing text, and what has to come before it can be announced."""
    lines = []
    if not (event.titles.get(shown_in) and event.abstracts.get(shown_in)):
        there = language_name(shown_in, say)
        lines.append(say("What is missing in {language} is shown in another language.", language=there))
    if missing:
        lines.append(say("Before it is announced: {missing}.", missing=_named(missing, say)))
    elif event.link is None:
        lines.append(say("There is no join link yet. It can be announced, and the link added later under Change."))
    return lines


def _named(missing: Sequence[Step], say: Speaker) -> str:
    names = {
        Step.TITLE_EN: say.plain("the English title"),
        Step.TITLE_DE: say.plain("the German title"),
        Step.ABSTRACT_EN: say.plain("the English abstract"),
        Step.ABSTRACT_DE: say.plain("the German abstract"),
        Step.DAY: say.plain("a day and time to come"),
    }
    return ", ".join(names[step] for step in missing)


def change(
    before: Event,
    after: Event,
    moderators: tuple[str, str],
    told: int,
    edit: Edit,
    revision: int,
    zone: str,
    language: str,
) -> Message:
    """What is to be otherwise, old to new, and how many people will be told. `moderators`: before and after."""
    say = speaker(language)
    title = render("<b>{title}</b>", title=name(before, say))
    if edit.part is Part.CANCEL:
        when = dates.in_zone(before.starts_at, zone, language)
        text = say("Cancel this webinar?\n{title}\n{when}", title=title, when=when)
        cancel = _hand_in(say.plain("Cancel the webinar"), revision)
        return _last(join([text, who_is_told(told, say)], "\n\n"), edit, revision, (cancel,), say)
    lines = _differing(before, after, moderators, zone, say)
    if not lines:
        return _last(join([title, say("This changes nothing.")], "\n\n"), edit, revision, (), say)
    text = join([say("Save this?"), title, *lines, who_is_told(told, say)], "\n\n")
    return _last(text, edit, revision, (_hand_in(say.plain("Save"), revision),), say)


def _differing(before: Event, after: Event, moderators: tuple[str, str], zone: str, say: Speaker) -> list[Html]:
    old, new = (values(event, one, zone, say) for event, one in zip((before, after), moderators, strict=True))
    return differing(old, new, say)


def _hand_in(label: str, revision: int) -> Button:
    return Button(label, HandIn(revision))


def _last(text: Html, edit: Edit, revision: int, buttons: Sequence[Row | Button | None], say: Speaker) -> Message:
    of = len(edit.steps)
    return dialogs.question(text, say.language, step=of, of=of, revision=revision, choices=rows(*buttons))


# --- Outcomes ---------------------------------------------------------------------------------


def toast(outcome: Outcome, language: str) -> str:
    """What came of the last button, in one sentence."""
    say = speaker(language)
    match outcome:
        case Announced():
            return say.plain("Announced.")
        case Incomplete(missing=missing):
            return say.plain("Not announced yet. Missing: {missing}.", missing=_named(missing, say))
        case Saved(told=told):
            if not told:
                return say.plain("Saved.")
            return say.plain_plural("Saved. {count} person is told.", "Saved. {count} people are told.", told)
        case Dropped():
            return say.plain("The draft is dropped.")
        case Overtaken():
            return say.plain("Not saved yet: somebody else was faster.")
        case _:
            assert_never(outcome)


def overtaken(outcome: Overtaken, zone: str, language: str) -> Html:
    """Why nothing was saved: somebody else was faster, and with what."""
    say = speaker(language)
    if outcome.by is None:
        heading = say("This webinar was changed meanwhile, so yours is not saved yet:")
    else:
        heading = say("{name} changed this webinar meanwhile, so yours is not saved yet:", name=outcome.by)
    lines = _differing(outcome.seen, outcome.event, ("", ""), zone, say)
    if outcome.event.state is not outcome.seen.state:
        lines.insert(0, _new_state(outcome, say))
    return join([heading, *_fitting(lines or [say("Another moderator.")], say)], "\n\n")


def _fitting(lines: Sequence[Html], say: Speaker) -> list[Html]:
    """As much of what is new as leaves room for the question below it."""
    fitting: list[Html] = []
    for line in lines:
        if fitting and utf16_length(join([*fitting, line], "\n\n")) > MOST_NEWS:
            return [*fitting, say("More of it has changed; the card of the webinar shows everything.")]
        fitting.append(line)
    return fitting


def _new_state(outcome: Overtaken, say: Speaker) -> Html:
    if outcome.event.state is EventState.CANCELLED:
        return say("<b>Cancelled</b>")
    return say("<b>Announced</b>")
