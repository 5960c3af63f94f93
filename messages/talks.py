"""What is said about talks: the presenter's card, the way backstage, thanks, and the list of the coordinators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from domain.buttons.questions import OpenQuestions
from domain.buttons.talks import (
    AskDecline,
    CheckFails,
    CheckWorks,
    ConfirmTalk,
    DeclineTalk,
    EditTalk,
    SendSlides,
    ShowTalk,
)
from domain.events import Event, EventState
from domain.people import Person
from domain.talks import Confirmed, ConfirmOutcome, Declined, DeclineOutcome, Over, Step, Talk, TalkState, is_ahead
from messages import dates
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, LinkButton, Message, Row, join, render, rows, shortened
from messages.ways import home


@dataclass(frozen=True)
class Shown:
    """What the card of a talk shows. `open_steps`: what is due and not done. `has_questions`: people have asked."""

    talk: Talk
    event: Event
    group_code: str
    presenter: Person
    open_steps: tuple[Step, ...]
    is_backstage_open: bool = False
    has_questions: bool = False


def card(shown: Shown, now: datetime, zone: str, language: str) -> Message:
    """For the presenter: everything about the talk, and what is to be done, all of it at once."""
    say = speaker(language)
    talk, event = shown.talk, shown.event
    parts = [say("<b>Your talk</b>"), where(shown, zone, say)]
    if talk.state is TalkState.DECLINED:
        return Message(join([*parts, say("You have declined. The coordinators know.")], "\n\n"), rows(home(say)))
    parts.append(join(_known(talk, say)))
    if not is_ahead(talk, event, now):
        late = _to_slides(talk, say) if event.state is EventState.ANNOUNCED else None
        return Message(join(parts, "\n\n"), rows(_to_backstage(shown, say), _to_questions(shown, say), late, home(say)))
    if shown.open_steps:
        asked = [render("• {question}", question=_question(step, say)) for step in shown.open_steps]
        parts.append(join([say("<b>Please answer</b>"), *asked]))
    first = (_to_backstage(shown, say), _to_questions(shown, say))
    return Message(join(parts, "\n\n"), rows(*first, *_answers(shown, say), *_changes(shown, say), home(say)))


def _to_backstage(shown: Shown, say: Speaker) -> LinkButton | None:
    link = shown.event.backstage_link or shown.event.link
    return LinkButton(say.plain("Go backstage"), link) if shown.is_backstage_open and link else None


def _to_slides(talk: Talk, say: Speaker) -> Button:
    return Button(say.plain("Slides"), SendSlides(talk.id))


def _to_questions(shown: Shown, say: Speaker) -> Button | None:
    return Button(say.plain("Questions"), OpenQuestions(shown.event.id)) if shown.has_questions else None


def where(shown: Shown, zone: str, say: Speaker) -> Html:
    """Which event, when, of which group; struck through when it is cancelled."""
    event = shown.event
    title = render("<b>{title}</b>", title=pick(event.titles, say.language))
    when = render("{when}", when=dates.in_zone(event.starts_at, zone, say.language))
    if event.state is EventState.CANCELLED:
        return join([title, say("<b>Cancelled</b>"), render("<s>{when}</s>", when=when)])
    return join([title, when, say("Organised by {group}", group=shown.group_code)])


def _known(talk: Talk, say: Speaker) -> list[Html]:
    lines = [say("You speak.")] if talk.state is TalkState.CONFIRMED else []
    if talk.title:
        lines.append(say("Title: {title}", title=talk.title))
    if talk.abstract:
        lines.append(say("Abstract: {abstract}", abstract=shortened(talk.abstract, 300)))
    if talk.bio:
        lines.append(say("About you: {bio}", bio=shortened(talk.bio, 300)))
    if talk.recording is not None:
        lines.append(say("It may be recorded.") if talk.recording else say("It may not be recorded."))
    if talk.slides_name:
        lines.append(say("Slides: {name}", name=talk.slides_name))
    if talk.checked_at is not None:
        lines.append(say("The technical check went well."))
    return lines or [say("You are asked to speak.")]


def _question(step: Step, say: Speaker) -> Html:
    match step:
        case Step.CONFIRM:
            return say("Will you speak?")
        case Step.DETAILS:
            return say("What will you speak about? Title, abstract, a few words about you, and whether it is recorded.")
        case Step.SLIDES:
            return say("Please send your slides.")
        case Step.CHECK:
            return say("Please try camera, microphone and sharing your screen. Does everything work?")
        case _:
            assert_never(step)


def _answers(shown: Shown, say: Speaker) -> list[Row]:
    talk_id = shown.talk.id
    rows_of: dict[Step, Row] = {
        Step.CONFIRM: (
            Button(say.plain("I will speak"), ConfirmTalk(talk_id)),
            Button(say.plain("I cannot"), AskDecline(talk_id)),
        ),
        Step.DETAILS: (Button(say.plain("Tell about the talk"), EditTalk(talk_id)),),
        Step.SLIDES: (Button(say.plain("Send the slides"), SendSlides(talk_id)),),
        Step.CHECK: (
            Button(say.plain("It works"), CheckWorks(talk_id)),
            Button(say.plain("It does not work"), CheckFails(talk_id)),
        ),
    }
    asked = {*shown.open_steps, *([Step.CONFIRM] if shown.talk.state is TalkState.ASKED else [])}
    return [row for step, row in rows_of.items() if step in asked]


def _changes(shown: Shown, say: Speaker) -> list[Row]:
    """What can be done at any time: earlier than asked, or once more."""
    talk = shown.talk
    early = {
        Step.DETAILS: Button(say.plain("Title and abstract"), EditTalk(talk.id)),
        Step.SLIDES: _to_slides(talk, say),
    }
    changes: Row = tuple(button for step, button in early.items() if step not in shown.open_steps)
    if talk.state is TalkState.ASKED:
        return [changes]
    return [changes, (Button(say.plain("I cannot speak after all"), AskDecline(talk.id)),)]


def own(found: Sequence[tuple[Talk, Event]], zone: str, language: str) -> Message:
    """Somebody who speaks at several events chooses one."""
    say = speaker(language)
    if not found:
        return Message(say("You are not asked to speak anywhere at the moment."), rows(home(say)))
    lines = [
        render(
            "{n}. {title}\n{when}", n=n, title=pick(e.titles, language), when=dates.in_zone(e.starts_at, zone, language)
        )
        for n, (_, e) in enumerate(found, 1)
    ]
    buttons = [
        Button(shortened(f"{n} · {pick(e.titles, language)}"), ShowTalk(talk.id))
        for n, (talk, e) in enumerate(found, 1)
    ]
    return Message(join([say("<b>Your talks</b>"), *lines], "\n\n"), rows(*buttons, home(say)))


def ask_decline(talk: Talk, event: Event, language: str) -> Message:
    """Sure?"""
    say = speaker(language)
    text = say(
        "Not speak at <b>{title}</b>? The coordinators will look for somebody else.", title=pick(event.titles, language)
    )
    decline = Button(say.plain("I cannot speak"), DeclineTalk(talk.id))
    return Message(text, rows((decline, Button(say.plain("Back"), ShowTalk(talk.id)))))


def confirmed(outcome: ConfirmOutcome, language: str) -> str:
    """The toast after *I will speak*."""
    say = speaker(language)
    match outcome:
        case Confirmed():
            return say.plain("Thank you. You will hear from me when something is due.")
        case Over():
            return say.plain("This is over, or it does not take place.")
        case _:
            assert_never(outcome)


def declined(outcome: DeclineOutcome, language: str) -> str:
    """The toast after *I cannot speak*."""
    say = speaker(language)
    match outcome:
        case Declined():
            return say.plain("Noted. The coordinators are told.")
        case Over():
            return say.plain("This is over, or it does not take place.")
        case _:
            assert_never(outcome)


def checked(works: bool, is_ahead: bool, language: str) -> str:
    """The toast after the technical check."""
    say = speaker(language)
    if not is_ahead:
        return say.plain("This is over, or it does not take place.")
    if works:
        return say.plain("Very good.")
    return say.plain("The coordinators are told and will help you. Come back here when it works.")


def backstage(talk: Talk, event: Event, now: datetime, language: str) -> Message:
    """Half an hour before: where the presenters meet."""
    say = speaker(language)
    text = say(
        "<b>{title}</b> begins in {remaining}. The others who speak and the host are meeting now.",
        title=pick(event.titles, language),
        remaining=dates.duration(event.starts_at - now, language),
    )
    link = event.backstage_link or event.link
    if link is None:
        follows = say("There is no link yet; the coordinators are told.")
        return Message(join([text, follows], "\n\n"), rows(_talk(talk, say)))
    return Message(text, rows(LinkButton(say.plain("Go backstage"), link), _talk(talk, say)))


def thanks(event: Event, language: str) -> Message:
    """The day after."""
    say = speaker(language)
    text = say("Thank you for speaking at <b>{title}</b>.", title=pick(event.titles, language))
    return Message(text, rows(home(say)))


def _talk(talk: Talk, say: Speaker) -> Button:
    return Button(say.plain("Your talk"), ShowTalk(talk.id))
