"""What is said after a webinar: the survey, the recording and the slides, the numbers for those who run the group."""

from typing import assert_never

from babel.numbers import format_decimal

from domain.buttons.feedback import ChooseWish, MakeResult, RateWebinar, WantRecording
from domain.buttons.groups import ShowGroup
from domain.buttons.webinars import ShowWebinar, Subscribe
from domain.events import Event
from domain.feedback import RATINGS, Feedback, Part, Summary, Wish
from domain.results import MOST_SUMMARY, MOST_TITLE
from domain.talks import Talk
from domain.webinars import Scope
from messages import dates
from messages.labels import labelled
from messages.languages import Speaker, locale_of, pick, speaker
from messages.markup import Button, Html, LinkButton, Message, Row, join, render, rows, shortened

MOST_SPEAKERS = 300
"""What is named of them in a summary, in characters."""


def survey(event: Event, group_code: str, given: Feedback, language: str) -> Message:
    """The first question that is not answered yet, or thanks; the same message goes from one to the next."""
    say = speaker(language)
    parts = [render("<b>{title}</b>", title=pick(event.titles, language)), _asked(given.part, say)]
    if given.wants_recording:
        parts.append(_about_the_recording(given, say))
    buttons = [*_choices(event, group_code, given, say)]
    if not given.wants_recording:
        buttons.append((Button(say.plain("Send me the recording and slides"), WantRecording(event.id)),))
    return Message(join(parts, "\n\n"), rows(*buttons))


def _asked(part: Part, say: Speaker) -> Html:
    match part:
        case Part.RATING:
            return say("This webinar is over. How useful was it for you? 1 is not at all, 5 is very.")
        case Part.WISH:
            return say("Thank you. What would you like next?")
        case Part.THANKS:
            return say("Thank you. Your answers are counted without your name.")
        case _:
            assert_never(part)


def _about_the_recording(given: Feedback, say: Speaker) -> Html:
    if given.told_at is not None:
        return say("The recording is below.")
    return say("You get recording and slides as soon as they are there.")


def _choices(event: Event, group_code: str, given: Feedback, say: Speaker) -> list[Row]:
    match given.part:
        case Part.RATING:
            return [tuple(Button(str(rating), RateWebinar(event.id, rating)) for rating in RATINGS)]
        case Part.WISH:
            names = {
                Wish.MORE: say.plain("More on this topic"),
                Wish.JOIN: say.plain("Join the group"),
                Wish.NOTHING: say.plain("Nothing more"),
            }
            return [(Button(name, ChooseWish(event.id, wish)),) for wish, name in names.items()]
        case Part.THANKS:
            return _ways_on(event, group_code, given.wish, say)
        case _:
            assert_never(given.part)


def _ways_on(event: Event, group_code: str, wish: Wish | None, say: Speaker) -> list[Row]:
    match wish:
        case Wish.MORE:
            return [(Button(say.plain("Follow all of {group}", group=group_code), Subscribe(event.id, Scope.GROUP)),)]
        case Wish.JOIN:
            return [(Button(say.plain("About {group}", group=group_code), ShowGroup(event.group_id)),)]
        case Wish.NOTHING | None:
            return []
        case _:
            assert_never(wish)


def rated(language: str) -> str:
    """The toast after an answer."""
    return speaker(language).plain("Noted.")


def wanted(comes_now: bool, language: str) -> str:
    """The toast after *Send me the recording and slides*."""
    say = speaker(language)
    return say.plain("Here it comes.") if comes_now else say.plain("Noted. It comes as soon as it is there.")


# --- Recording and slides ---------------------------------------------------------------------


def recording(event: Event, language: str) -> Message:
    """Where the recording is."""
    say = speaker(language)
    text = say("The recording of <b>{title}</b> is there.", title=pick(event.titles, language))
    watch = LinkButton(say.plain("Watch the recording"), event.recording_link or "")
    return Message(text, rows(watch, Button(say.plain("Details"), ShowWebinar(event.id))))


def slides(talk: Talk, language: str) -> Message:
    """The slides of one talk, as a file."""
    text = render("{title}", title=talk.title or talk.slides_name or speaker(language).plain("Slides"))
    return Message(text, document=talk.slides_id)


# --- The summary ------------------------------------------------------------------------------


def summary(event: Event, counted: Summary, language: str, *, may_submit: bool) -> Message:
    """What came of a webinar, for those who run its group."""
    say = speaker(language)
    heading = say("What came of <b>{title}</b>", title=pick(event.titles, language))
    make = Button(say.plain("Make an interim result of it"), MakeResult(event.id)) if may_submit else None
    details = Button(say.plain("Details"), ShowWebinar(event.id))
    return Message(join([heading, join(_numbers(counted, say))], "\n\n"), rows(make, details))


def _numbers(counted: Summary, say: Speaker) -> list[Html]:
    return [
        labelled(say("Followed it"), counted.followers, say),
        labelled(say("Found it useful"), _mean(counted, say), say),
        labelled(say("Want more on this topic"), counted.more, say),
        labelled(say("Want to join the group"), counted.join, say),
        labelled(say("Want the recording"), counted.recordings, say),
        labelled(
            say("Questions"),
            say("{asked} asked, {answered} answered", asked=counted.asked, answered=counted.answered),
            say,
        ),
    ]


def _mean(counted: Summary, say: Speaker) -> Html:
    if counted.mean is None:
        return say("nobody has said so far")
    mean = format_decimal(counted.mean, format="0.0", locale=locale_of(say.language))
    return say.plural("{mean} of 5 ({count} answer)", "{mean} of 5 ({count} answers)", counted.rated, mean=mean)


def result_title(event: Event, language: str) -> str:
    """The title of an interim result about a webinar, as a beginning."""
    return shortened(speaker(language).plain("Webinar: {title}", title=pick(event.titles, language)), MOST_TITLE // 2)


def result_summary(event: Event, group_code: str, counted: Summary, zone: str, language: str) -> str:
    """Its summary, as a beginning: what it was about, when, and the numbers."""
    say = speaker(language)
    when = say.plain(
        "A webinar of {group}, {when}.", group=group_code, when=dates.in_zone(event.starts_at, zone, language)
    )
    speakers = shortened(", ".join(event.speakers), MOST_SPEAKERS)
    who = [say.plain("With: {speakers}", speakers=speakers)] if speakers else []
    numbers = [
        say.plain_plural("{count} person followed it.", "{count} people followed it.", counted.followers),
        say.plain_plural("{count} question was asked.", "{count} questions were asked.", counted.asked),
    ]
    ending = [when, *who, " ".join(numbers)]
    room = MOST_SUMMARY // 2 - sum(len(line) + 1 for line in ending)
    about = shortened(pick(event.abstracts, language), max(1, room))
    return "\n".join([*([about] if about else []), *ending])
