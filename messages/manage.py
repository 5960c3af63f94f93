"""What is said to those who run a group: its card, and which groups they may choose from."""

from collections.abc import Collection, Sequence

from domain.buttons.manage import ListManaged, Manage, ManagePage, ManageSection, Section
from domain.buttons.results import ShowResult
from domain.buttons.screens import Open, Page
from domain.events import Event
from domain.groups import Group
from domain.paging import ListPage
from domain.results import Result
from messages import dates, groups
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, Message, Row, join, rows, shortened
from messages.turning import by_page
from messages.ways import home, in_pairs


def nothing(language: str) -> Message:
    """For somebody who runs no group."""
    say = speaker(language)
    text = say(
        "This is for coordinators and organisers. You do not run a working group; /join shows all of them, and where "
        "you can ask to take part."
    )
    return Message(text, rows((Button(say.plain("Working groups"), Open(Page.GROUPS)), home(say))))


def choice(found: Sequence[Group], page: ListPage, language: str) -> Message:
    """Which group? A button each."""
    say = speaker(language)
    if not found:
        return Message(say("There are no working groups yet."), rows(home(say)))
    buttons = [Button(_label(group, say), Manage(group.id)) for group in found]
    turn = by_page(page, ListManaged, language)
    return Message(say("Which group?"), rows(*buttons, turn, home(say)))


def _label(group: Group, say: Speaker) -> str:
    return shortened(f"{group.code} {pick(group.titles, say.language)}")


def card(
    group: Group,
    standing: Sequence[Html],
    session: Event | None,
    webinar: Event | None,
    sections: Collection[Section],
    *,
    has_others: bool,
    zone: str,
    language: str,
) -> Message:
    """Where a group stands; a button for each of the sections there are."""
    say = speaker(language)
    coming = [
        _next(say.plain("Next session"), session, zone, say),
        _next(say.plain("Next webinar"), webinar, zone, say),
    ]
    parts = [groups.name(group, language), join(standing), join([line for line in coming if line])]
    labels = section_labels(language)
    buttons = [Button(labels[s], ManageSection(group.id, s)) for s in Section if s in sections]
    others = Button(say.plain("Other groups"), ListManaged(0)) if has_others else None
    bottom: Row = (others, home(say)) if others else (home(say),)
    return Message(join([part for part in parts if part], "\n\n"), rows(*in_pairs(buttons), bottom))


def standing(
    group: Group,
    *,
    members: int,
    waiting: int,
    requests: int,
    webinars: int,
    wanted: int,
    submissions: int,
    chores: int,
    unreached: int,
    language: str,
) -> list[Html]:
    """The counts, a line each; what is nought is left out, but for members and webinars."""
    say = speaker(language)
    lines = [groups.quota(group, members, language)]
    if waiting:
        lines.append(say("On the waiting list: {count}", count=waiting))
    lines.append(say("Webinars: {count} of {wanted}", count=webinars, wanted=wanted))
    if requests:
        lines.append(say("Requests to answer: {count}", count=requests))
    if submissions:
        lines.append(say("Results to review: {count}", count=submissions))
    if chores:
        lines.append(say("Open chores: {count}", count=chores))
    if unreached:
        lines.append(say("Cannot be reached: {count}", count=unreached))
    return lines


def _next(label: str, event: Event | None, zone: str, say: Speaker) -> Html:
    if event is None:
        return say("{label}: none yet", label=label)
    when = dates.in_zone(event.starts_at, zone, say.language)
    return say("{label}: {title}, {when}", label=label, title=pick(event.titles, say.language), when=when)


def submissions(group: Group, waiting: Sequence[Result], page: ListPage, language: str) -> Message:
    """A page of the results that wait for an answer; a button each leads to its card."""
    say = speaker(language)
    body = say("Results that wait for an answer; the oldest first.") if waiting else say("No result waits for you.")
    buttons = [Button(shortened(result.title), ShowResult(result.id)) for result in waiting]
    return _list(group, body, buttons, Section.SUBMISSIONS, page, language)


def _list(
    group: Group, body: Html, buttons: Sequence[Button], section: Section, page: ListPage, language: str
) -> Message:
    turn = by_page(page, lambda to: ManagePage(group.id, section, to), language)
    text = join([groups.name(group, language), body], "\n\n")
    return Message(text, rows(*buttons, turn, back(group.id, language)))


def section_labels(language: str) -> dict[Section, str]:
    """What the button of each section says."""
    say = speaker(language)
    return {
        Section.REQUESTS: say.plain("Requests"),
        Section.PEOPLE: say.plain("People"),
        Section.SESSIONS: say.plain("Sessions"),
        Section.WEBINARS: say.plain("Webinars"),
        Section.SUBMISSIONS: say.plain("Submissions"),
        Section.CHAT: say.plain("Group chat"),
        Section.REACH: say.plain("Who cannot be reached"),
        Section.INVITES: say.plain("Invite people"),
        Section.TALKS: say.plain("Talks"),
        Section.TIME: say.plain("Find a time"),
        Section.CHORES: say.plain("What waits"),
        Section.HAND_OVER: say.plain("Hand over"),
        Section.EXPORT: say.plain("Members as a file"),
    }


def back(group_id: int, language: str) -> Button:
    """From a section to the card of its group."""
    return Button(speaker(language).plain("Back to the group"), Manage(group_id))
