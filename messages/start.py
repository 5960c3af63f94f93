"""Greeting, help, and what is said on the way out."""

from collections.abc import Mapping

from domain.buttons.broadcasts import StartMessages
from domain.buttons.manage import ListManaged
from domain.buttons.organise import Organise
from domain.buttons.screens import Open, Page
from domain.permissions import Actor, Permission, can_anywhere
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, LinkButton, Message, join, render, rows, shortened

MOST_CONTACT = 3_000
"""Room for an imprint, which may be longer than a message, in characters."""


def home(actor: Actor, name: str, language: str, trouble: str = "") -> Message:
    """The home card; `trouble` is said first, when a link led nowhere."""
    say = speaker(language)
    greeting = say(
        "Hello {name}. This bot accompanies the working groups that prepare the conference: their webinars are "
        "open to everybody, their results are published, and new members are welcome.",
        name=name,
    )
    parts = [render("{trouble}", trouble=trouble)] if trouble else []
    return Message(join([*parts, greeting], "\n\n"), rows(*_pages(actor, say)))


def _pages(actor: Actor, say: Speaker) -> list[tuple[Button, ...]]:
    in_a_group = can_anywhere(actor, Permission.ANSWER_SESSION)
    own = [(Button(say.plain("Sessions of your groups"), Open(Page.SESSIONS)),)] if in_a_group else []
    if actor.presents:
        own.insert(0, (Button(say.plain("Your talk"), Open(Page.TALKS)),))
    if can_anywhere(actor, Permission.DECIDE_PEOPLE):
        own.insert(0, (Button(say.plain("Run a working group"), ListManaged(0)),))
    if can_anywhere(actor, Permission.EDIT_GROUPS):
        own.insert(0, (Button(say.plain("Cockpit"), Organise(0)),))
    return [
        *own,
        (Button(say.plain("Webinars"), Open(Page.WEBINARS)), Button(say.plain("Working groups"), Open(Page.GROUPS))),
        (Button(say.plain("Results"), Open(Page.RESULTS)), Button(say.plain("Settings"), Open(Page.SETTINGS))),
        (Button(say.plain("Help"), Open(Page.HELP)), Button(say.plain("Privacy"), Open(Page.PRIVACY))),
        (Button(say.plain("Contact the organisers"), Open(Page.CONTACT)),),
    ]


def contact(written: Mapping[str, str], language: str) -> Message:
    """How the organisers are reached; `written` by language, by themselves."""
    say = speaker(language)
    text = render("{text}", text=shortened(pick(written, language), MOST_CONTACT)) if written else None
    nothing = say("The organisers have not written yet how they can be reached. Whoever sent you here may know.")
    heading = say("<b>Contact the organisers</b>")
    return Message(join([heading, text or nothing], "\n\n"), rows(Button(say.plain("Home"), Open(Page.HOME))))


def help_(actor: Actor, language: str) -> Message:
    """What this person can do, in their roles."""
    say = speaker(language)
    lines = [
        say("<b>What you can do here</b>"),
        say("/webinars – upcoming webinars, with reminders"),
        say("/join – the working groups; ask to join one"),
        say("/results – what the groups have published"),
        say("/settings – language, time zone, when to be reminded"),
        say("/privacy – what is stored about you"),
        say("/stop – no more messages"),
        *_role_lines(actor, say),
        say("In a dialog, /cancel leaves it; what you have written is kept."),
    ]
    return Message(join(lines), rows(Button(say.plain("Home"), Open(Page.HOME))))


def help_in_group(link: str, language: str) -> Message:
    """What everybody can do in a group chat; `link` opens the private one."""
    say = speaker(language)
    lines = [
        say("<b>What you can do here</b>"),
        say("/sessions – when this group meets"),
        say("/webinars – upcoming webinars"),
        say("/join – the working groups; ask to join one"),
        say("/results – what the groups have published"),
        say("/privacy – what is stored about you"),
        say("Reminders, and everything that is only yours, are in our private chat."),
    ]
    return Message(join(lines), rows(LinkButton(say.plain("Open the private chat"), link)))


def _role_lines(actor: Actor, say: Speaker) -> list[Html]:
    lines: list[Html] = []
    if can_anywhere(actor, Permission.ANSWER_SESSION):
        lines.append(say("/sessions – sessions of your groups; say whether you will be there, find the join link"))
    if actor.member_of:
        lines.append(say("/submit – hand in an interim result of your group"))
    if actor.presents:
        lines.append(say("As a presenter you find your talk on the home screen."))
    if can_anywhere(actor, Permission.REVIEW_RESULT):
        lines.append(say("/manage – run a group: requests, people, sessions, webinars, what waits"))
        lines.append(say("As a coordinator you get a card here for every application and every result."))
    if can_anywhere(actor, Permission.BROADCAST):
        lines.append(say("/broadcast – a message to many, with preview and report"))
    if can_anywhere(actor, Permission.EDIT_GROUPS):
        lines.append(say("/organise – how all groups are doing; groups, roles, exports, what happened"))
    return lines


def left(dialog: str | None, language: str) -> Message:
    """After `/cancel`."""
    say = speaker(language)
    if dialog is None:
        text = say("There was nothing to cancel.")
    elif dialog in {"apply", "submit", "broadcast", "session", "group"}:
        text = say("Left. What you have written is kept: begin again and it is there.")
    else:
        text = say("Left.")
    return Message(text, rows(Button(say.plain("Home"), Open(Page.HOME))))


def stopped(language: str) -> Message:
    """After `/stop`."""
    say = speaker(language)
    text = say("Done. You will get no more messages, only answers to what you do here yourself.")
    return Message(text, rows(Button(say.plain("Take that back"), StartMessages())))
