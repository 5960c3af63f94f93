"""A group and its chat: the coordinators' section, the code, and what is said to whoever brings it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.buttons.chats import InviteToReminders, NewChatCode, SetChatLanguage, ShowOutsiders, Unlink, UnlinkForSure
from domain.buttons.manage import ManageSection, Section
from domain.chats import GroupChat, Topic
from domain.groups import Group
from domain.paging import ListPage
from messages import dates, groups
from messages.chat_notes import rights_missing
from messages.languages import LANGUAGES, Speaker, speaker
from messages.manage import back
from messages.markup import Button, Html, LinkButton, Message, join, render, rows
from messages.turning import by_page


@dataclass(frozen=True)
class Shown:
    """What the section shows. `outsiders`: how many are in the chat without belonging there."""

    group: Group
    chat: GroupChat
    topic: Topic
    is_topic: bool
    language: str
    outsiders: int


def no_chat(group: Group, language: str) -> Message:
    """The section of a group without a chat."""
    say = speaker(language)
    text = say(
        "{group} has no chat yet. Link one, or a topic of one: its members are let in by themselves, sessions and a "
        "board of what is next appear there.",
        group=groups.name(group, language),
    )
    return Message(text, rows(Button(say.plain("Link a chat"), NewChatCode(group.id)), back(group.id, language)))


def section(shown: Shown, language: str) -> Message:
    """The section of a group with a chat."""
    say = speaker(language)
    chat, group = shown.chat, shown.group
    parts = [say("<b>{title}</b>, the chat of {group}", title=chat.title, group=groups.name(group, language))]
    parts += _state(shown, say)
    outsiders = None
    if shown.outsiders:
        parts.append(
            say.plural(
                "{count} person is in the chat without a seat in the group.",
                "{count} people are in the chat without a seat in the group.",
                shown.outsiders,
            )
        )
        outsiders = Button(say.plain("Who is that?"), ShowOutsiders(group.id, 0))
    open_chat = LinkButton(say.plain("Open the chat"), chat.invite_link) if chat.invite_link else None
    offer = Button(say.plain("Activate reminders"), InviteToReminders(group.id)) if chat.is_attached else None
    other = (
        Button(say.plain("Link another chat"), NewChatCode(group.id)),
        Button(say.plain("Unlink"), Unlink(group.id)),
    )
    languages = tuple(_language_button(group.id, one) for one in LANGUAGES if one != shown.language)
    return Message(join(parts, "\n\n"), rows(open_chat, offer, outsiders, languages, other, back(group.id, language)))


def _language_button(group_id: int, language: str) -> Button:
    return Button(_language_name(language), SetChatLanguage(group_id, language))


def _language_name(language: str) -> str:
    own_name, _ = LANGUAGES[language]
    return own_name


def _state(shown: Shown, say: Speaker) -> list[Html]:
    chat = shown.chat
    if not chat.is_attached:
        return [say("I am not in the chat at the moment. Add me again and everything continues.")]
    lines = [say("There I speak: {language}", language=_language_name(shown.language))]
    if shown.is_topic and shown.topic is Topic.CLOSED:
        lines.append(say("The topic is closed: what is new goes to the general one."))
    elif shown.is_topic and shown.topic is Topic.GONE:
        lines.append(say("The topic does not exist any more: what is new goes to the general one."))
    if chat.invite_link is None:
        lines.append(say("The link with which members come in follows."))
    return (
        [join(lines), rights_missing([r.value for r in chat.missing], say.language)] if chat.missing else [join(lines)]
    )


def code(group: Group, typed: str, link: str, expires_at: datetime, zone: str, language: str) -> Message:
    """The one-time code: to be typed in the chat, or brought along by the link that adds the bot."""
    say = speaker(language)
    parts = [
        say("Link a chat to {group}", group=groups.name(group, language)),
        say("Tap <b>Choose a chat</b> below to add me to it with the rights I need."),
        say(
            "For a topic, or where I am already: write this there.\n<code>/link {code}</code>\n"
            "It counts once, until {until}, and lets whoever has it link a chat.",
            code=typed,
            until=say.plain(
                "{time} ({city})", time=dates.clock(expires_at, zone, language), city=dates.city(zone, language)
            ),
        ),
    ]
    choose = LinkButton(say.plain("Choose a chat"), link)
    return Message(join(parts, "\n\n"), rows(choose, _to_section(group.id, say)))


def _to_section(group_id: int, say: Speaker) -> Button:
    return Button(say.plain("Back"), ManageSection(group_id, Section.CHAT))


def unlinking(group: Group, title: str, language: str) -> Message:
    """Asks before a group and its chat are untied, with what follows."""
    say = speaker(language)
    text = say(
        "Unlink “{title}” from {group}?\n\nThe board comes down, and nothing is posted there any more. Nobody is "
        "removed from the chat. I leave it after a day unless it is linked again.",
        title=title,
        group=groups.name(group, language),
    )
    unlink = Button(say.plain("Unlink"), UnlinkForSure(group.id))
    keep = Button(say.plain("Keep it"), ManageSection(group.id, Section.CHAT))
    return Message(text, rows((unlink, keep)))


def unlinked(language: str) -> str:
    """The toast after it."""
    return speaker(language).plain("Unlinked.")


def outsiders(group: Group, names: Sequence[str], count: int, page: ListPage, language: str) -> Message:
    """Who is in the chat without belonging there; "" for somebody we have never met."""
    say = speaker(language)
    heading = say(
        "In the chat of {group} without a seat there: {count}", group=groups.name(group, language), count=count
    )
    lines = [render("• {name}", name=name or say.plain("somebody who has never written to me")) for name in names]
    kept = say("I remove nobody who has not left the group. An administrator of the chat can.")
    turn = by_page(page, lambda to: ShowOutsiders(group.id, to), language)
    return Message(join([heading, join(lines), kept], "\n\n"), rows(turn, _to_section(group.id, say)))


def reminders_offered(language: str, *, is_new: bool) -> str:
    """The toast after *Activate reminders*."""
    say = speaker(language)
    if is_new:
        return say.plain("Posted in the chat.")
    return say.plain("It was posted today already. Once a day is enough.")


# --- In the chat ------------------------------------------------------------------------------


def linked(group: Group, language: str) -> Message:
    """To whoever brought the code."""
    say = speaker(language)
    return Message(say("This is now the chat of {group}.", group=groups.name(group, language)))


def wrong_code(language: str) -> Message:
    """In place, whatever is wrong with it: nobody is to learn which codes there are."""
    say = speaker(language)
    return Message(say("This code does not count. Coordinators get a fresh one from /manage, Group chat."))


def code_missing(language: str) -> Message:
    """`/link` alone, or in private."""
    say = speaker(language)
    return Message(
        say("Write /link and the code in the chat that is to be linked. Coordinators get one from /manage, Group chat.")
    )
