"""The questions when somebody is given a role."""

from collections.abc import Sequence

from domain.buttons.dialogs import HandIn
from domain.buttons.roles import PickGroup, PickPerson, PickRole, TurnGroups, TurnPeople
from domain.groups import Group
from domain.paging import ListPage
from domain.people import Person
from domain.permissions import Role
from messages.dialogs import question
from messages.languages import pick, speaker
from messages.looking_up import choices
from messages.markup import Button, Html, Message, Row, join, rows, shortened
from messages.roles import called, known_as
from messages.turning import by_page


def steps_for(role: Role, *, asks_role: bool) -> int:
    """How many questions there are: only coordinators belong to a group; a role without another needs no choice."""
    return 2 + asks_role + (role is Role.COORDINATOR)


def ask_role(roles: Sequence[Role], revision: int, language: str) -> Message:
    """Which?"""
    say = speaker(language)
    labels = {
        Role.OWNER: say.plain("Owner"),
        Role.ORGANISER: say.plain("Organiser"),
        Role.COORDINATOR: say.plain("Coordinator"),
    }
    choices = tuple(Button(labels[role], PickRole(role, revision)) for role in reversed(roles))
    parts = [
        say("Which role?"),
        say("A coordinator runs one group. An organiser runs all of them, broadcasts and publishes."),
    ]
    if Role.OWNER in roles:
        parts.append(say("An owner operates the bot and makes organisers."))
    return question(join(parts, "\n\n"), language, step=1, of=4, revision=revision, choices=(choices,))


def ask_group(groups: Sequence[Group], page: ListPage, of: int, revision: int, language: str) -> Message:
    """Of which group?"""
    say = speaker(language)
    buttons = [
        Button(shortened(f"{group.code} {pick(group.titles, language)}"), PickGroup(group.id, revision))
        for group in groups
    ]
    text = say("Coordinator of which group?") if groups else say("There are no working groups yet.")
    turn = by_page(page, lambda to: TurnGroups(to, revision), language)
    return question(text, language, step=of - 2, of=of, revision=revision, choices=rows(*buttons, turn))


def ask_name(role: Role, group_code: str, of: int, link: str, revision: int, language: str) -> Message:
    """Who? `link` opens the bot."""
    say = speaker(language)
    text = say(
        "Who shall be {role}? Send a part of the name. I find people who have pressed Start here: {link}",
        role=called(role, group_code, language),
        link=link,
    )
    return _asked(text, of, revision, language)


def found(
    typed: str, people: Sequence[Person], page: ListPage, of: int, link: str, revision: int, language: str
) -> Message:
    """Which of them?"""
    say = speaker(language)
    if not people:
        text = say(
            "I have met nobody who is called “{typed}”. Ask them to open {link} and to press Start; then send the "
            "name again.",
            typed=typed,
            link=link,
        )
        return _asked(text, of, revision, language)
    text = say("Who is it? Choose, or send another name.")
    found = choices(people, page, lambda one: PickPerson(one, revision), lambda to: TurnPeople(to, revision), language)
    return _asked(text, of, revision, language, found)


def confirm(person: Person, role: Role, group_code: str, of: int, revision: int, language: str) -> Message:
    """Sure?"""
    say = speaker(language)
    values = {"person": known_as(person), "role": called(role, group_code, language)}
    text = (
        say("Make {person} {role}? They are told at once what they can do now.", **values)
        if person.can_be_written_to
        else say("Make {person} {role}? I cannot write to them: tell them yourself, and to press Start.", **values)
    )
    choices = ((Button(say.plain("Give the role"), HandIn(revision)),),)
    return question(text, language, step=of, of=of, revision=revision, choices=choices)


def _asked(text: Html, of: int, revision: int, language: str, choices: tuple[Row, ...] = ()) -> Message:
    return question(text, language, step=of - 1, of=of, revision=revision, choices=choices)
