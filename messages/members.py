"""What is said about the people of a group: lists, one person, removing somebody, and what they are told."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from domain.buttons.members import (
    ListPeople,
    ListSilent,
    Remove,
    RemoveForSure,
    RemoveWithReason,
    ShowPerson,
    UndoRemoval,
)
from domain.buttons.screens import Open, Page
from domain.groups import Group, NotMember
from domain.members import JustAccepted, Removed, RemoveOutcome, Silence, silence_of
from domain.paging import ListPage
from domain.people import Person
from domain.permissions import Role
from messages import dates, dialogs, groups, manage
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, join, rows, shortened
from messages.turning import by_page
from messages.ways import in_pairs

Entry = tuple[Person, frozenset[Role]]


def people(group: Group, listed: Sequence[Entry], page: ListPage, language: str) -> Message:
    """A page of everybody who belongs to a group, by name."""
    say = speaker(language)
    lines = [_entry(person, roles, say) for person, roles in listed]
    body = join(lines) if lines else say("Nobody belongs to this group yet.")
    buttons = [Button(shortened(person.name), ShowPerson(group.id, person.id)) for person, _ in listed]
    turn = by_page(page, lambda to: ListPeople(group.id, to), language)
    back = manage.back(group.id, language)
    text = join([groups.name(group, language), body], "\n\n")
    return Message(text, rows(*in_pairs(buttons), turn, back))


def _entry(person: Person, roles: frozenset[Role], say: Speaker) -> Html:
    line = say("<b>{name}</b>, {roles}", name=person.name, roles=_roles(roles, say))
    silence = silence_of(person)
    return join([line, say("(no messages)")], " ") if silence else line


def _roles(roles: frozenset[Role], say: Speaker) -> str:
    known = (
        (Role.COORDINATOR, say.plain("coordinator")),
        (Role.MEMBER, say.plain("member")),
        (Role.GUEST, say.plain("guest")),
    )
    return ", ".join(word for role, word in known if role in roles)


def silent(group: Group, listed: Sequence[Entry], page: ListPage, zone: str, language: str) -> Message:
    """A page of those whom the bot cannot or must not write to, with the reason."""
    say = speaker(language)
    lines = [
        join([say("<b>{name}</b>", name=person.name), reach(person, zone, language)], ": ") for person, _ in listed
    ]
    body = join(lines) if lines else say("The bot can write to everybody in this group.")
    advice = say("Telegram lets nobody write to them. Ask them to open the bot and to press Start.")
    turn = by_page(page, lambda to: ListSilent(group.id, to), language)
    parts = [groups.name(group, language), body, *([advice] if lines else [])]
    return Message(join(parts, "\n\n"), rows(turn, manage.back(group.id, language)))


def reach(person: Person, zone: str, language: str) -> Html:
    """Whether the bot can write to somebody, and since when not."""
    say = speaker(language)
    found = silence_of(person)
    if found is None:
        return say("gets messages")
    silence, since = found
    when = dates.in_zone(since, zone, language) if since else ""
    match silence:
        case Silence.NEVER_STARTED:
            return say("has never pressed Start")
        case Silence.BLOCKED:
            return say("has blocked the bot since {when}", when=when)
        case Silence.STOPPED:
            return say("wants no messages since {when}", when=when)
        case _:
            assert_never(silence)


def person(
    group: Group, shown: Person, roles: frozenset[Role], seated_at: datetime | None, zone: str, language: str
) -> Message:
    """Somebody who belongs to a group."""
    say = speaker(language)
    lines = [say("<b>{name}</b>, {roles}", name=shown.name, roles=_roles(roles, say))]
    if seated_at is not None:
        lines.append(say("Member since {day}", day=dates.in_zone(seated_at, zone, language)))
    lines.append(say("Messages of the bot: {reach}", reach=reach(shown, zone, language)))
    remove = Button(say.plain("Remove"), Remove(group.id, shown.id)) if seated_at is not None else None
    text = join([groups.name(group, language), join(lines)], "\n\n")
    return Message(text, rows(remove, _all_people(group.id, say)))


def ask_before_removing(group: Group, shown: Person, waiting: int, language: str) -> Message:
    """What follows, and whether to say why."""
    say = speaker(language)
    question = say("Remove <b>{name}</b> from {group}?", name=shown.name, group=groups.name(group, language))
    follows = [say("They are told after a minute; until then you can take it back.")]
    if waiting:
        follows.append(say("Then their seat goes to the first on the waiting list."))
    if not shown.can_be_written_to:
        follows.append(say("The bot cannot write to them: tell them yourself."))
    choices = (
        (Button(say.plain("Remove"), RemoveForSure(group.id, shown.id)),),
        (Button(say.plain("Remove with a reason"), RemoveWithReason(group.id, shown.id)),),
        (Button(say.plain("Keep"), ShowPerson(group.id, shown.id)),),
    )
    return Message(join([question, join(follows, " ")], "\n\n"), rows(*choices))


def ask_reason(name: str, most: int, revision: int, language: str) -> Message:
    """Why?"""
    say = speaker(language)
    text = say("Why is <b>{name}</b> removed? They get your words; {most} characters at most.", name=name, most=most)
    return dialogs.question(text, language, step=1, of=1, revision=revision)


def removed(group: Group, name: str, removal_id: int, language: str) -> Message:
    """In place of the question, with the way back for a minute."""
    say = speaker(language)
    text = say(
        "<b>{name}</b> is no longer a member of {group}. You can take this back for a minute.",
        name=name,
        group=groups.name(group, language),
    )
    undo = Button(say.plain("Undo"), UndoRemoval(removal_id))
    return Message(text, rows(undo, _all_people(group.id, say)))


def not_removed(outcome: RemoveOutcome, language: str) -> str:
    """Why nobody is removed."""
    say = speaker(language)
    match outcome:
        case NotMember():
            return say.plain("They are not a member any more.")
        case JustAccepted():
            return say.plain("They were accepted less than a minute ago and are not told yet. Try again in a minute.")
        case Removed():
            raise ValueError("somebody is removed")
        case _:
            assert_never(outcome)


def not_removed_message(outcome: RemoveOutcome, group_id: int, language: str) -> Message:
    """The same after the reason was typed."""
    say = speaker(language)
    said = say("{why} Your words were not sent.", why=not_removed(outcome, language))
    return Message(said, rows(_all_people(group_id, say)))


def undone(language: str) -> str:
    """The toast after *Undo*."""
    return speaker(language).plain("Taken back. Nobody was told.")


def told_removed(group: Group, reason: str, language: str) -> Message:
    """What the removed person reads."""
    say = speaker(language)
    text = say(
        "You are no longer a member of {group}: its coordinators have given your seat back.",
        group=groups.name(group, language),
    )
    parts = [text]
    if reason:
        parts.append(say("The coordinators write:\n<blockquote>{reason}</blockquote>", reason=reason))
    parts.append(say("Its webinars and results stay open to you."))
    return Message(join(parts, "\n\n"), rows(Button(say.plain("Webinars"), Open(Page.WEBINARS))))


def _all_people(group_id: int, say: Speaker) -> Button:
    return Button(say.plain("All people"), ListPeople(group_id, 0))
