"""What the organisers' cockpit says."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import assert_never

from domain.buttons.group_editing import EditGroup
from domain.buttons.manage import Manage
from domain.buttons.organise import Organise, OrganiseSection, Section, SetWanted, ShowProgress
from domain.buttons.roles import NameCoordinator
from domain.buttons.web_access import OpenBrowser, OpenTexts
from domain.groups import Group
from domain.organise import MOST_WEBINARS_WANTED, Judgement, Light, Progress, Reason
from domain.paging import ListPage
from messages import dates
from messages.groups import name, quota
from messages.labels import labelled
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, Message, join, render, rows, shortened
from messages.turning import by_page
from messages.ways import home, in_pairs

MOST_TITLE = 100
"""Five groups fit into one message whatever their titles are."""

Entry = tuple[Group, Progress, Judgement]


def not_for_you(language: str) -> Message:
    """To somebody who organises nothing."""
    say = speaker(language)
    text = say("The cockpit is for the organisers. If you coordinate a group, /manage is your place.")
    return Message(text, rows(home(say)))


def cockpit(
    entries: Sequence[Entry],
    wanted: int,
    page: ListPage,
    sections: Collection[Section],
    zone: str,
    language: str,
    *,
    in_browser: bool = False,
) -> Message:
    """A page of `/organise`. `sections`: those that can be opened. `in_browser`: there are pages, too."""
    say = speaker(language)
    heading = say("<b>All groups</b>") if entries else say("There are no working groups yet.")
    texts = [entry(one, wanted, zone, language) for one in entries]
    groups = in_pairs([Button(group.code, ShowProgress(group.id)) for group, _, _ in entries])
    others = in_pairs([Button(titled(s, language), OrganiseSection(s)) for s in Section if s in sections])
    open_pages = Button(say.plain("Open in the browser"), OpenBrowser())
    pages = (open_pages, Button(say.plain("Texts of the page"), OpenTexts())) if in_browser else ()
    turn = by_page(page, Organise, language)
    return Message(join([heading, *texts], "\n\n"), rows(*groups, turn, *others, pages, home(say)))


def entry(one: Entry, wanted: int, zone: str, language: str) -> Html:
    """A group with its light, and a line of numbers."""
    group, progress, judgement = one
    say = speaker(language)
    title = shortened(pick(group.titles, language), MOST_TITLE)
    named = render("<b>{code}</b> {title}", code=group.code, title=title)
    heading = labelled(named, light(judgement.light, language), say)
    return join([heading, join(_numbers(group, progress, wanted, zone, say), " · ")])


def _numbers(group: Group, progress: Progress, wanted: int, zone: str, say: Speaker) -> list[Html]:
    numbers = [
        quota(group, progress.members, say.language),
        say("webinars: {held} of {wanted}", held=progress.webinars, wanted=wanted),
        say("results: {count}", count=progress.results),
        _next_session(progress.next_session_at, zone, say),
    ]
    if progress.reviews:
        numbers.append(say("open reviews: {count}", count=progress.reviews))
    if progress.requests:
        numbers.append(say("open requests: {count}", count=progress.requests))
    return numbers


def _capitalised(line: Html) -> Html:
    """A line of its own; no number begins with markup."""
    return Html(line[:1].upper() + line[1:])


def _next_session(starts_at: datetime | None, zone: str, say: Speaker) -> Html:
    if starts_at is None:
        return say("no session planned")
    return say("next session: {when}", when=dates.in_zone(starts_at, zone, say.language))


def progress_page(one: Entry, wanted: int, zone: str, language: str) -> Message:
    """How one group is doing, with the reasons, and the ways to do something about it."""
    group, progress, judgement = one
    say = speaker(language)
    numbers = join(_capitalised(line) for line in _numbers(group, progress, wanted, zone, say))
    is_orphaned = any(reason is Reason.NO_COORDINATOR for reason, _ in judgement.reasons)
    coordinator = Button(say.plain("Name a coordinator"), NameCoordinator(group.id)) if is_orphaned else None
    ways = (Button(say.plain("Run this group"), Manage(group.id)), Button(say.plain("Edit"), EditGroup(group.id)))
    parts = [name(group, language), _verdict(judgement, say), numbers]
    return Message(join(parts, "\n\n"), rows(coordinator, ways, (to_cockpit(language), home(say))))


def _verdict(judgement: Judgement, say: Speaker) -> Html:
    heading = say("This group is <b>{light}</b>.", light=light(judgement.light, say.language))
    return join([heading, *(render("• {why}", why=why(reason, say.language)) for reason, _ in judgement.reasons)])


def light(one: Light, language: str) -> str:
    """The traffic light in words, so that it can be read aloud."""
    say = speaker(language)
    match one:
        case Light.ON_TRACK:
            return say.plain("on track")
        case Light.BEHIND:
            return say.plain("behind")
        case Light.IN_TROUBLE:
            return say.plain("in trouble")
        case _:
            assert_never(one)


def why(reason: Reason, language: str) -> str:
    """A reason for a light."""
    say = speaker(language)
    match reason:
        case Reason.NO_COORDINATOR:
            return say.plain("Nobody coordinates it.")
        case Reason.FEW_MEMBERS:
            return say.plain("It has fewer members than it needs.")
        case Reason.FEW_WEBINARS:
            return say.plain("It has fewer webinars than are expected.")
        case Reason.NO_SESSION:
            return say.plain("No session is planned.")
        case Reason.NO_RESULT:
            return say.plain("It ends soon, or has ended, and nothing is published.")
        case Reason.SLOW_REVIEW:
            return say.plain("A result has been waiting for its review for a week or longer.")
        case Reason.SLOW_REQUEST:
            return say.plain("Somebody has been waiting for an answer for a week or longer.")
        case _:
            assert_never(reason)


def titled(section: Section, language: str) -> str:
    """The label of a section."""
    say = speaker(language)
    match section:
        case Section.GROUPS:
            return say.plain("Groups")
        case Section.ROLES:
            return say.plain("Roles")
        case Section.ROUNDS:
            return say.plain("Deadlines")
        case Section.TIMINGS:
            return say.plain("Timings")
        case Section.EXPORTS:
            return say.plain("Exports")
        case Section.AUDIT:
            return say.plain("Who did what")
        case Section.LETTERS:
            return say.plain("What failed")
        case Section.DIGEST:
            return say.plain("Weekly summary")
        case Section.ERASING:
            return say.plain("Delete somebody's data")
        case Section.HOMEPAGE:
            return say.plain("Conference homepage")
        case _:
            assert_never(section)


def ask_wanted(wanted: int, language: str) -> Message:
    """How many webinars are expected of each group."""
    say = speaker(language)
    text = say("How many webinars are expected of each group? At the moment: {wanted}.", wanted=wanted)
    numbers = tuple(Button(str(number), SetWanted(number)) for number in range(MOST_WEBINARS_WANTED + 1))
    back = Button(say.plain("Back"), OrganiseSection(Section.GROUPS))
    return Message(text, rows(numbers, (back, to_cockpit(language))))


def to_cockpit(language: str) -> Button:
    """The way back from every section."""
    return Button(speaker(language).plain("Cockpit"), Organise(0))
