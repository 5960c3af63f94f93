"""What is said about calendars: the file, the address, how feeds are called."""

from datetime import datetime

from domain.buttons.calendar import EndAddress, NewAddress, SessionFile, WebinarFile
from domain.buttons.screens import Open, Page
from domain.events import Event, EventKind
from messages import dates
from messages.languages import Speaker, pick, speaker
from messages.markup import Attachment, Button, Html, Message, join, render, rows

# --- One event --------------------------------------------------------------------------------


def webinar_button(webinar_id: int, say: Speaker) -> Button:
    """Take a webinar into one's calendar."""
    return Button(say.plain("Calendar"), WebinarFile(webinar_id))


def session_button(session_id: int, say: Speaker) -> Button:
    """Take a session into one's calendar."""
    return Button(say.plain("Calendar"), SessionFile(session_id))


def ordered(language: str) -> str:
    """The toast after *Calendar* on a card."""
    return speaker(language).plain("The file for your calendar comes in a moment.")


def file(event: Event, content: bytes, language: str) -> Message:
    """The file itself."""
    say = speaker(language)
    kind = "webinar" if event.kind is EventKind.WEBINAR else "session"
    text = say(
        "<b>{title}</b>\nOpen the file, and your calendar takes it in. After a change, press <i>Calendar</i> again: "
        "the new file takes the place of the old one.",
        title=pick(event.titles, language),
    )
    more = Button(say.plain("My calendar"), Open(Page.CALENDAR))
    return Message(text, rows(more), attachment=Attachment(f"{kind}-{event.id}.ics", content))


# --- One's own address ------------------------------------------------------------------------


def screen(web: str | None, since: datetime | None, zone: str, language: str) -> Message:
    """*My calendar*. `web`: where feeds are fetched, None where they are not."""
    say = speaker(language)
    heading, back = say("<b>My calendar</b>"), Button(say.plain("Back"), Open(Page.SETTINGS))
    end = Button(say.plain("Switch off"), EndAddress()) if since else None
    if web is None:
        text = say(
            "A calendar that keeps itself up to date is not available here. Press <i>Calendar</i> on the card of a "
            "webinar or session: that brings a file for your calendar."
        )
        return Message(join([heading, text], "\n\n"), rows(end, back))
    parts = [heading, _own(since, zone, say), _for_everybody(web, say)]
    make = Button(say.plain("New address") if since else say.plain("Get my address"), NewAddress())
    return Message(join(parts, "\n\n"), rows(make, end, back))


def _own(since: datetime | None, zone: str, say: Speaker) -> Html:
    what = say(
        "With an address of your own, your calendar shows the webinars you follow and the sessions of your groups, "
        "and follows when something is moved or cancelled."
    )
    if since is None:
        return what
    made = say(
        "Yours was made on {day}. We cannot show it again, for we do not keep it; if it is lost, take a new address. "
        "The old one then ends.",
        day=dates.day_and_time(since, zone, say.language),
    )
    return join([what, made], "\n\n")


def _for_everybody(web: str, say: Speaker) -> Html:
    address = f"{web}/calendar/webinars.ics?lang={say.language}"
    return say("All webinars, for everybody:\n<code>{address}</code>", address=address)


def address_ordered(language: str) -> str:
    """The toast after *New address*."""
    return speaker(language).plain("Your address comes in a moment.")


def ended(language: str) -> str:
    """The toast after *Switch off*."""
    return speaker(language).plain("Switched off. The address no longer works.")


def address(url: str, language: str) -> Message:
    """The address, this once, and what to do with it."""
    say = speaker(language)
    webcal = f"webcal://{url.partition('://')[2]}"
    parts = [
        say("<b>The address of your calendar</b>\n<code>{url}</code>", url=url),
        join([_google(say), _outlook(say), _apple(webcal, say)]),
        say("Keep it to yourself: whoever has it sees your calendar. Earlier addresses no longer work."),
    ]
    return Message(join(parts, "\n\n"), rows(Button(say.plain("My calendar"), Open(Page.CALENDAR))))


def _google(say: Speaker) -> Html:
    return say("<b>Google</b>: on a computer, under Other calendars, choose + and From URL, and paste it.")


def _outlook(say: Speaker) -> Html:
    return say("<b>Outlook</b>: choose Add calendar and Subscribe from web, and paste it.")


def _apple(webcal: str, say: Speaker) -> Html:
    return render(
        "{text}\n<code>{webcal}</code>", text=say("<b>iPhone and Mac</b>: open this in the browser."), webcal=webcal
    )


# --- Names of feeds ---------------------------------------------------------------------------


def all_webinars(language: str) -> str:
    """How the feed of all webinars is called."""
    return speaker(language).plain("Webinars")


def webinars_of(group_code: str, language: str) -> str:
    """How the feed of a group is called."""
    return speaker(language).plain("Webinars of {group}", group=group_code)


def one_webinar(event: Event, language: str) -> str:
    """How the feed of one webinar is called."""
    return pick(event.titles, language)


def own(language: str) -> str:
    """How one's own feed is called."""
    return speaker(language).plain("My webinars and sessions")
