"""What is said while organisers create, edit and close groups."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import assert_never

from domain.buttons.group_editing import (
    CloseForSure,
    CloseGroup,
    EditGroup,
    EditPart,
    ListEditable,
    NewGroup,
)
from domain.buttons.manage import Manage
from domain.buttons.organise import AskWanted
from domain.buttons.roles import NameCoordinator
from domain.group_editing import (
    MOST_TITLE,
    ChangedMeanwhile,
    CodeTaken,
    Part,
    Saved,
)
from domain.groups import Group
from domain.paging import ListPage
from messages import dates
from messages.groups import name, quota
from messages.languages import LANGUAGES, SOURCE_LANGUAGE, Speaker, speaker
from messages.markup import Button, Html, Message, Row, join, render, rows, shortened
from messages.organise import to_cockpit
from messages.turning import by_page
from messages.ways import in_pairs

MOST_THEME_ON_CARD = 350
"""In three languages, with titles, they fit into one message."""


def listed(groups: Sequence[Group], page: ListPage, language: str) -> Message:
    """A page of the groups that can be edited."""
    say = speaker(language)
    text = say("<b>Groups</b>\nChoose one to change it.") if groups else say("There are no working groups yet.")
    chosen = in_pairs([Button(group.code, EditGroup(group.id)) for group in groups])
    new = Button(say.plain("New group"), NewGroup())
    expected = Button(say.plain("Webinars expected"), AskWanted())
    return Message(text, rows(*chosen, by_page(page, ListEditable, language), (new, expected), to_cockpit(language)))


# --- One group --------------------------------------------------------------------------------


def card(group: Group, members: int, *, is_over: bool, language: str) -> Message:
    """Everything about a group, what is missing too, and a button for each part."""
    say = speaker(language)
    parts = [
        *contents(group, say),
        quota(group, members, language),
        overfull(group, members, say) if members > group.most_members else Html(""),
        say("This group is closed: nobody can ask to join.") if is_over else Html(""),
    ]
    return Message(
        join([part for part in parts if part], "\n\n"), rows(*_parts(group, say), *_ways(group, is_over, say))
    )


def contents(group: Group, say: Speaker) -> list[Html]:
    """The code, the titles and themes in every language, the dates, who sees the names."""
    return [
        render("<b>{code}</b>", code=group.code),
        join([say("<b>Title</b>"), *_by_language(group.titles, say, MOST_TITLE)]),
        join([say("<b>Theme</b>"), *_by_language(group.themes, say, MOST_THEME_ON_CARD)]),
        join(
            [
                opening_day(group.opens_on, say),
                closing_day(group.closes_on, say),
                who_sees_names(shows=group.shows_members, say=say),
            ]
        ),
    ]


def _by_language(texts: Mapping[str, str], say: Speaker, most: int) -> list[Html]:
    return [
        say("{language}: {text}", language=own_name, text=shortened(texts[code], most))
        if texts.get(code)
        else say("{language}: <i>missing</i>", language=own_name)
        for code, (own_name, _) in LANGUAGES.items()
    ]


def opening_day(day: date | None, say: Speaker) -> Html:
    """When it opens."""
    return say("Opens: {day}", day=dates.day(day, say.language)) if day else say("Opens: no date, it is open")


def closing_day(day: date | None, say: Speaker) -> Html:
    """When it closes."""
    return say("Closes: {day}", day=dates.day(day, say.language)) if day else say("Closes: no date, it stays open")


def who_sees_names(*, shows: bool, say: Speaker) -> Html:
    """Whether members see each other's names."""
    return say("Members see each other's names.") if shows else say("Members do not see each other's names.")


def overfull(group: Group, members: int, say: Speaker) -> Html:
    """When there are more members than seats: nobody loses theirs."""
    return say(
        "{members} people are in it, more than {most}. Everybody keeps their seat; new members come in when fewer "
        "than {most} are there.",
        members=members,
        most=group.most_members,
    )


def _parts(group: Group, say: Speaker) -> list[Row]:
    def part(label: str, which: Part, language: str = SOURCE_LANGUAGE) -> Button:
        return Button(label, EditPart(group.id, which, language))

    titles = tuple(part(say.plain("Title ({code})", code=code), Part.TITLE, code) for code in LANGUAGES)
    themes = tuple(part(say.plain("Theme ({code})", code=code), Part.THEME, code) for code in LANGUAGES)
    return [
        titles,
        themes,
        (part(say.plain("Code"), Part.CODE), part(say.plain("Quota"), Part.QUOTA)),
        (part(say.plain("Opens"), Part.OPENS), part(say.plain("Closes"), Part.CLOSES)),
    ]


def _ways(group: Group, is_over: bool, say: Speaker) -> list[Row]:
    names = Button(say.plain("Names"), EditPart(group.id, Part.NAMES, SOURCE_LANGUAGE))
    close = () if is_over else (Button(say.plain("Close now"), CloseGroup(group.id)),)
    run = Button(say.plain("Run this group"), Manage(group.id))
    return [(names, *close), (run,), (Button(say.plain("All groups"), ListEditable(0)), to_cockpit(say.language))]


# --- After it ---------------------------------------------------------------------------------


def created(group: Group, language: str) -> Message:
    """In place of the preview of a new group."""
    say = speaker(language)
    text = say("{group} is there. What it needs next is somebody who runs it.", group=name(group, language))
    roles = Button(say.plain("Name a coordinator"), NameCoordinator(group.id))
    edit = Button(say.plain("Other languages"), EditGroup(group.id))
    return Message(text, rows(roles, (edit, to_cockpit(language))))


def saved(outcome: Saved, language: str) -> str:
    """The toast after saving."""
    say = speaker(language)
    if not outcome.moved_up:
        return say.plain("Saved.")
    return say.plain_plural(
        "Saved. {count} person who waited has a seat now.",
        "Saved. {count} people who waited have a seat now.",
        outcome.moved_up,
    )


def not_saved(outcome: CodeTaken | ChangedMeanwhile, language: str) -> str:
    """Why the draft could not be stored."""
    say = speaker(language)
    match outcome:
        case CodeTaken(code=code):
            return say.plain("Another group has the code {code} by now. Go back and choose a different one.", code=code)
        case ChangedMeanwhile():
            return say.plain("Somebody else has changed this meanwhile. This is how it stands now.")
        case _:
            assert_never(outcome)


# --- Closing ----------------------------------------------------------------------------------


def ask_to_close(group: Group, members: int, waiting: int, asking: int, events: int, language: str) -> Message:
    """Asks before a group is closed, with the counts."""
    say = speaker(language)
    counts = [
        say.plural("{count} member stays in it.", "{count} members stay in it.", members),
        say.plural(
            "{count} person who waits for a seat is told.", "{count} people who wait for a seat are told.", waiting
        ),
        say.plural(
            "{count} person whose request is open is told.", "{count} people whose requests are open are told.", asking
        ),
        say.plural(
            "{count} webinar or session to come takes place all the same.",
            "{count} webinars and sessions to come take place all the same.",
            events,
        ),
    ]
    text = say("Close {group} now? Nobody can ask to join it any more.", group=name(group, language))
    close = Button(say.plain("Close it"), CloseForSure(group.id))
    keep = Button(say.plain("Keep it open"), EditGroup(group.id))
    return Message(join([text, join(counts)], "\n\n"), rows((close, keep)))


def closed(language: str) -> str:
    """The toast after closing."""
    return speaker(language).plain("The group is closed.")
