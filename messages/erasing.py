"""What is said to organisers who erase somebody on request."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from domain.buttons.dialogs import HandIn
from domain.buttons.erasing import BeginOrder, GoOn, PickFound, TurnFound
from domain.erasing import Erasable, ForOwners, LastOwner, Oneself, OrderOutcome, UnderWay
from domain.paging import ListPage
from domain.people import Person
from domain.permissions import Actor, Role
from messages.dialogs import question
from messages.languages import speaker
from messages.looking_up import choices
from messages.markup import Button, Html, Message, Row, join, render, rows
from messages.organise import to_cockpit
from messages.roles import called, known_as
from messages.ways import home

STEPS = 4


def about(language: str) -> Message:
    """When it is to be done, and how people do it themselves."""
    say = speaker(language)
    parts = [
        say("<b>Delete somebody's data</b>"),
        say("Everybody can do this for themselves: /privacy, Delete me. Do it here for people who ask you to."),
        say("Make sure that it is they who ask. Nobody can bring the data back. What you do here is noted."),
    ]
    choose = Button(say.plain("Choose the person"), BeginOrder())
    return Message(join(parts, "\n\n"), rows(choose, (to_cockpit(language), home(say))))


def ask_name(revision: int, language: str) -> Message:
    """Who?"""
    say = speaker(language)
    text = say("Whose data is to be deleted? Send a part of the name, or the Telegram number.")
    return _step(text, 1, revision, language)


def found(typed: str, people: Sequence[Person], page: ListPage, revision: int, language: str) -> Message:
    """Which of them?"""
    say = speaker(language)
    if not people:
        text = say("I have met nobody who is called “{typed}”, or has this number. Send another name.", typed=typed)
        return _step(text, 2, revision, language)
    picks = choices(people, page, lambda one: PickFound(one, revision), lambda to: TurnFound(to, revision), language)
    return _step(say("Who is it? Choose, or send another name."), 2, revision, language, picks)


def holdings(actor: Actor, group_codes: Mapping[int, str], entries: int, published: int, language: str) -> Html:
    """What somebody holds: what of it goes, and what stays."""
    say = speaker(language)
    codes = [code for number, code in group_codes.items() if number in actor.member_of | actor.guest_of]
    roles = [called(role, "", language) for role in _offices(actor)]
    roles += [
        called(Role.COORDINATOR, code, language) for number, code in group_codes.items() if number in actor.coordinates
    ]
    lines = [
        say("Groups: {groups}", groups=", ".join(codes) or "–"),
        say("Roles: {roles}", roles=", ".join(roles) or "–"),
    ]
    goes = say.plural("What goes: {count} entry, for good.", "What goes: {count} entries, for good.", entries)
    stays = say(
        "What stays, without the name: published results ({count}), minutes, what a group has taken up.",
        count=published,
    )
    return join([*lines, goes, stays])


def _offices(actor: Actor) -> list[Role]:
    held = {Role.OWNER: actor.is_owner, Role.ORGANISER: actor.is_organiser}
    return [role for role, is_held in held.items() if is_held]


def holds(person: Person, held: Html, outcome: OrderOutcome, revision: int, language: str) -> Message:
    """The person, and what they hold; or why they cannot be erased."""
    say = speaker(language)
    heading = render("<b>{person}</b>", person=known_as(person))
    if not isinstance(outcome, Erasable):
        return _step(join([heading, why_not(outcome, language)], "\n\n"), 3, revision, language)
    delete = Button(say.plain("Delete all of this"), GoOn(revision))
    return _step(join([heading, held], "\n\n"), 3, revision, language, rows(delete))


def sure(person: Person, outcome: OrderOutcome, revision: int, language: str) -> Message:
    """The second of two steps."""
    say = speaker(language)
    if not isinstance(outcome, Erasable):
        return _step(why_not(outcome, language), 4, revision, language)
    parts = [
        say("Delete everything about {person}? Nobody can bring it back.", person=known_as(person)),
        say("They are told once it is done.")
        if person.can_be_written_to
        else say("They cannot be told: I cannot write to them."),
    ]
    return _step(join(parts, "\n\n"), 4, revision, language, rows(Button(say.plain("Yes, delete"), HandIn(revision))))


def ordered(person: Person, outcome: OrderOutcome, language: str) -> Message:
    """It has begun; or what came in between."""
    say = speaker(language)
    begun = say("The data of {person} is being deleted. It takes a minute or two.", person=known_as(person))
    text = begun if isinstance(outcome, Erasable) else why_not(outcome, language)
    return Message(text, rows((to_cockpit(language), home(say))))


def why_not(outcome: LastOwner | ForOwners | Oneself | UnderWay, language: str) -> Html:
    """Why somebody cannot be erased here and now."""
    say = speaker(language)
    match outcome:
        case LastOwner():
            return say("They are the only owner. Make somebody else an owner first (/organise, Roles).")
        case ForOwners():
            return say("They are an owner: only they themselves and other owners can delete their data.")
        case Oneself():
            return say("This is you. Your own data you delete yourself: /privacy, Delete me.")
        case UnderWay():
            return say("Their data is being deleted already.")
        case _:
            assert_never(outcome)


def _step(text: Html, step: int, revision: int, language: str, picks: tuple[Row, ...] = ()) -> Message:
    return question(text, language, step=step, of=STEPS, revision=revision, choices=picks)
