"""What exported tables say, and what is said with them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from domain.buttons.exports import ExportMembers, ExportTable, ListExports
from domain.buttons.manage import Manage
from domain.events import EventKind
from domain.exports import Cell, Member, Numbers, Registered, SignUp, Table, What
from domain.groups import Group
from domain.paging import ListPage
from domain.permissions import Role
from domain.registering import Registration
from messages.groups import name
from messages.languages import Speaker, pick, speaker
from messages.markup import Attachment, Button, Html, Message, rows
from messages.organise import Entry, light, to_cockpit
from messages.turning import by_page
from messages.ways import in_pairs

# --- Screens ----------------------------------------------------------------------------------


def choice(groups: Sequence[Group], page: ListPage, language: str) -> Message:
    """The section of the cockpit: tables over all groups, and the members of one."""
    say = speaker(language)
    text = say(
        "<b>Exports</b>\nFiles for a spreadsheet (CSV). The members of a group are personal data: it is noted who "
        "takes them."
    )
    tables = (
        Button(say.plain("Statistics"), ExportTable(What.STATISTICS)),
        Button(say.plain("Sign-ups"), ExportTable(What.SIGN_UPS)),
    )
    members = in_pairs(
        [Button(say.plain("Members of {code}", code=group.code), ExportMembers(group.id)) for group in groups]
    )
    turn = by_page(page, ListExports, language)
    return Message(text, rows(tables, *members, turn, to_cockpit(language)))


def of_group(group: Group, language: str) -> Message:
    """The same for those who run one group."""
    say = speaker(language)
    text = say(
        "The members of {group} as a file for a spreadsheet (CSV). It is personal data: it is noted who takes it.",
        group=name(group, language),
    )
    send = Button(say.plain("Send the file"), ExportMembers(group.id))
    return Message(text, rows(send, Button(say.plain("Back"), Manage(group.id))))


def ordered(language: str) -> str:
    """The toast: the file comes as a message of its own."""
    return speaker(language).plain("The file comes in a moment.")


def file(what: What, group_code: str, attachment: Attachment, language: str) -> Message:
    """The file with its caption."""
    return Message(_caption(what, group_code, speaker(language)), attachment=attachment)


def _caption(what: What, group_code: str, say: Speaker) -> Html:
    match what:
        case What.MEMBERS:
            return say("The members of {code}. Delete the file when you no longer need it.", code=group_code)
        case What.REGISTRATIONS:
            return say("Who comes to the webinar. Delete the file when you no longer need it.")
        case What.STATISTICS:
            return say("The numbers of all groups.")
        case What.SIGN_UPS:
            return say("What people have signed up for.")
        case _:
            assert_never(what)


# --- Tables -----------------------------------------------------------------------------------


def members(found: Sequence[Member], zone: str, language: str) -> Table:
    """Who is in a group; days in `zone`."""
    say = speaker(language)
    head: list[Cell] = [
        say.plain("Name"),
        say.plain("Role"),
        say.plain("Affiliation"),
        say.plain("Language"),
        say.plain("Member since"),
        say.plain("Can be reached"),
    ]
    return [head, *(_member(one, zone, say) for one in found)]


def _member(one: Member, zone: str, say: Speaker) -> list[Cell]:
    since = _day(one.since, zone)
    reached = say.plain("yes") if one.can_be_reached else say.plain("no")
    return [one.name, _role(one.role, say), one.affiliation, one.language, since, reached]


def _role(role: Role, say: Speaker) -> str:
    match role:
        case Role.COORDINATOR:
            return say.plain("coordinator")
        case Role.GUEST:
            return say.plain("guest")
        case _:
            return say.plain("member")


def _day(moment: datetime | None, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).date().isoformat() if moment else ""


def registrations(found: Sequence[Registered], zone: str, language: str) -> Table:
    """Who comes to a webinar and who waits; days in `zone`."""
    say = speaker(language)
    head: list[Cell] = [
        say.plain("Name"),
        say.plain("Registration"),
        say.plain("Language"),
        say.plain("Since"),
        say.plain("Can be reached"),
    ]
    return [head, *(_registered(one, zone, say) for one in found)]


def _registered(one: Registered, zone: str, say: Speaker) -> list[Cell]:
    waits = one.registration is Registration.WAITING
    state = say.plain("waiting list") if waits else say.plain("registered")
    reached = say.plain("yes") if one.can_be_reached else say.plain("no")
    return [one.name, state, one.language, _day(one.at, zone), reached]


def statistics(found: Sequence[tuple[Entry, Numbers]], language: str) -> Table:
    """A row for each group."""
    say = speaker(language)
    head: list[Cell] = [
        say.plain("Group"),
        say.plain("Title"),
        say.plain("State"),
        say.plain("Coordinators"),
        say.plain("Members"),
        say.plain("At least"),
        say.plain("At most"),
        say.plain("Guests"),
        say.plain("Waiting"),
        say.plain("Open requests"),
        say.plain("Webinars held"),
        say.plain("Webinars to come"),
        say.plain("Sessions held"),
        say.plain("Sessions to come"),
        say.plain("Results handed in"),
        say.plain("Results published"),
    ]
    return [head, *(_group(one, numbers, language) for one, numbers in found)]


def _group(one: Entry, numbers: Numbers, language: str) -> list[Cell]:
    group, progress, judgement = one
    return [
        group.code,
        pick(group.titles, language),
        light(judgement.light, language),
        progress.coordinators,
        progress.members,
        group.least_members,
        group.most_members,
        numbers.guests,
        numbers.waiting,
        progress.requests,
        numbers.held[EventKind.WEBINAR],
        numbers.ahead[EventKind.WEBINAR],
        numbers.held[EventKind.SESSION],
        numbers.ahead[EventKind.SESSION],
        numbers.submitted,
        progress.results,
    ]


def sign_ups(found: Sequence[SignUp], codes: Mapping[int, str], language: str) -> Table:
    """A row for each event; `codes` of the groups by id."""
    say = speaker(language)
    head: list[Cell] = [
        say.plain("Group"),
        say.plain("Kind"),
        say.plain("Title"),
        say.plain("Start"),
        say.plain("Time zone"),
        say.plain("Follow it"),
        say.plain("Said yes"),
        say.plain("Said maybe"),
        say.plain("Said no"),
        say.plain("Took part"),
    ]
    return [head, *(_sign_up(one, codes[one.event.group_id], say) for one in found)]


def _sign_up(one: SignUp, code: str, say: Speaker) -> list[Cell]:
    event = one.event
    kind = say.plain("Webinar") if event.kind is EventKind.WEBINAR else say.plain("Session")
    start = f"{event.starts_at.astimezone(ZoneInfo(event.zone)):%Y-%m-%d %H:%M}"
    said: list[Cell] = [one.said["yes"], one.said["maybe"], one.said["no"]]
    return [code, kind, pick(event.titles, say.language), start, event.zone, one.reminded, *said, one.attended]
