"""Every language keeps to Telegram's limits, also with the longest names, titles and numbers."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape
from re import sub

import pytest

from domain import errors
from domain.broadcasts import Audience
from domain.chats import Access
from domain.erasing import Erasable, ForOwners, LastOwner, Oneself, UnderWay
from domain.groups import (
    AlreadyAsked,
    AlreadyDecided,
    AlreadyMember,
    ApplicationState,
    Asked,
    AskOutcome,
    Coordinates,
    Crowded,
    DecideOutcome,
    Declined,
    GroupClosed,
    Left,
    NotMember,
    Seated,
    TooManyOpen,
    Waiting,
    Waitlisted,
    Withdrawn,
)
from domain.members import MOST_REASON, JustAccepted
from domain.people import Person
from domain.permissions import Actor, Role
from domain.reviews import News
from domain.webinars import Following, Scope
from messages import (
    alarms,
    applications,
    broadcast_runs,
    broadcasts,
    consents,
    deciding,
    erasing,
    following,
    groups,
    manage,
    members,
    privacy,
    quiet,
    results,
    reviews,
    settings,
    start,
    webinar_lists,
    webinars,
)
from messages import errors as error_texts
from messages.languages import LANGUAGES, choose, pick, speaker
from messages.markup import MOST_LABEL, MOST_TEXT, Attachment, Message, utf16_length
from messages.result_deeds import Shown
from services.settings import LEADS
from storage.tables import metadata
from tests.messages.examples import (
    APPLICATIONS,
    EVERY_FATE,
    LONGEST_BROADCAST,
    LONGEST_GROUP,
    LONGEST_NAME,
    LONGEST_TITLE,
    LONGEST_WEBINAR,
    MIDDLE,
    ONLY,
)
from tests.messages.test_results import LONGEST, NAMES

MOST_TOAST = 200
NOW: datetime = LONGEST_WEBINAR.starts_at - timedelta(minutes=5)
ZONE = "America/St_Johns"
ORGANISER = Actor(1, is_owner=True, is_organiser=True, coordinates=frozenset({3}), member_of=frozenset({3}))
PEOPLE = 100_000
EVERY_ROLE = frozenset({Role.MEMBER, Role.COORDINATOR, Role.GUEST})
SILENT = (
    Person(1, LONGEST_NAME, "en"),
    Person(2, LONGEST_NAME, "en", started_at=NOW, blocked_at=NOW),
    Person(3, LONGEST_NAME, "en", started_at=NOW, stopped_at=NOW),
)
ANSWERED = [
    deciding.Shown(one, LONGEST_NAME, LONGEST_GROUP, 200, LONGEST_NAME, can_undo=True, is_reachable=False)
    for one in APPLICATIONS
]

each_language = pytest.mark.parametrize("language", LANGUAGES)

# --- Toasts -----------------------------------------------------------------------------------

Toasts = Callable[[str], list[str]]


def of_webinars(language: str) -> list[str]:
    return [
        webinars.subscribed(LEADS, language),
        webinars.subscribed((), language),
        webinars.unsubscribed(language),
        following.unfollowed(language),
        following.stopped(LONGEST_TITLE, language),
        settings.saved(language),
    ]


def of_applications(language: str) -> list[str]:
    outcomes: list[DecideOutcome] = [
        Seated(),
        Waitlisted(10**6),
        Declined(),
        GroupClosed(),
        GroupClosed(date(2022, 3, 15)),
        *(AlreadyDecided(state, 2) for state in ApplicationState),
    ]
    return [
        *(deciding.decided(outcome, faster, language) for outcome in outcomes for faster in (LONGEST_NAME, None)),
        *(
            applications.withdrawn(outcome, language)
            for outcome in (Withdrawn(), AlreadyDecided(ApplicationState.ACCEPTED, 2))
        ),
        *(groups.left(outcome, language) for outcome in (Left(()), NotMember())),
        deciding.undone(language),
        members.undone(language),
        *(members.not_removed(outcome, language) for outcome in (NotMember(), JustAccepted())),
    ]


def of_broadcasts(language: str) -> list[str]:
    return [
        broadcasts.started(language),
        broadcasts.already_started(LONGEST_NAME, language),
        broadcasts.nobody_to_reach(language),
        broadcasts.nobody_to_confirm(language),
        broadcasts.over_already(language),
        broadcasts.left_uncertain(language),
        *(broadcasts.number_changed(count, language) for count in (1, PEOPLE)),
        *(broadcasts.stopped(count, language) for count in (0, 1, PEOPLE)),
        *(broadcasts.sending_again(count, language) for count in (0, 1, PEOPLE)),
    ]


def of_results(language: str) -> list[str]:
    shown = Shown(LONGEST, "P" * 16, NAMES, is_own=False, may_review=True, may_publish=True)
    return [
        reviews.accepted(language),
        reviews.published(language),
        reviews.not_accepted(language),
        reviews.out_of_date(language),
        reviews.too_late(shown, language),
    ]


def of_errors(language: str) -> list[str]:
    expected = ("link", "file", "big file", "zone", "text")
    refusals = [errors.NotAllowed(), errors.NotFound(), errors.OutOfDate(), errors.TooLong(4096, 4096)]
    return [error_texts.said(error, language) for error in (*refusals, *map(errors.NotReadable, expected))]


@each_language
@pytest.mark.parametrize("toasts", [of_webinars, of_applications, of_broadcasts, of_results, of_errors])
def test_every_toast_fits(toasts: Toasts, language: str) -> None:
    assert [toast for toast in toasts(language) if len(toast) > MOST_TOAST] == []


# --- Messages ---------------------------------------------------------------------------------

Messages = Callable[[str], list[Message]]


def about_webinars(language: str) -> list[Message]:
    five = [LONGEST_WEBINAR] * 5
    everything, nothing = Following(everything=True), Following()
    shown = [
        webinars.Card(LONGEST_WEBINAR, LONGEST_GROUP, follows, can_share=True) for follows in (everything, nothing)
    ]
    followed = frozenset({LONGEST_WEBINAR.id})
    lists = [webinar_lists.Listed(five, MIDDLE, [LONGEST_GROUP] * 4, followed=one) for one in (followed, frozenset())]
    return [
        *(webinar_lists.upcoming(listed, ZONE, language) for listed in [*lists, webinar_lists.Listed([], ONLY)]),
        *(webinars.card(one, NOW, ZONE, language) for one in shown),
        following.how_wide(LONGEST_WEBINAR, "P" * 16, language),
        following.followed([(Scope.WEBINAR, 2**52, LONGEST_TITLE)] * 5, MIDDLE, False, language),
        following.coming([(LONGEST_WEBINAR, "P" * 16, NOW)] * 5, MIDDLE, ZONE, language),
        webinars.reminder(LONGEST_WEBINAR, "https://meet.example.org/1", NOW, ZONE, language),
    ]


def about_groups(language: str) -> list[Message]:
    standings: list[AskOutcome] = [
        Asked(),
        AlreadyMember(),
        Coordinates(),
        AlreadyAsked(),
        Waiting(9),
        GroupClosed(),
        Crowded(),
        TooManyOpen(5),
    ]
    six = [(LONGEST_GROUP, 200, LONGEST_WEBINAR)] * 6
    return [
        groups.listed(six, MIDDLE, ZONE, language),
        groups.listed([], ONLY, ZONE, language),
        *(groups.card(LONGEST_GROUP, 200, LONGEST_WEBINAR, standing, 1, ZONE, language) for standing in standings),
        *(groups.leaving(LONGEST_GROUP, waiting, language) for waiting in (0, 1)),
    ]


def about_applications(language: str) -> list[Message]:
    longest = APPLICATIONS[0]
    return [
        applications.ask_motivation(LONGEST_GROUP, 1, language),
        applications.ask_affiliation(1, language),
        applications.preview(LONGEST_GROUP, LONGEST_NAME, longest.motivation, longest.affiliation, 1, language),
        applications.handed_in(LONGEST_GROUP, language),
        *(
            applications.news(fact, LONGEST_GROUP, 100, "&" * MOST_REASON, door, language)
            for fact in ("accepted", "promoted", "waiting", "declined", "closed")
            for door in (None, Access("<" * 128, None), Access("<" * 128, "https://t.me/+x"))
        ),
        *(card(one, language) for one in ANSWERED for card in (deciding.card, deciding.card_here)),
        deciding.ask_reason(LONGEST_NAME, MOST_REASON, 1, language),
        deciding.too_late(AlreadyDecided(ApplicationState.CLOSED, 2), LONGEST_NAME, 3, language),
        deciding.requests(LONGEST_GROUP, [(longest, LONGEST_NAME)] * 8, 100, MIDDLE, language),
        deciding.requests(LONGEST_GROUP, [], 0, ONLY, language),
        deciding.waiting_list(LONGEST_GROUP, [(n, LONGEST_NAME) for n in range(1, 9)], MIDDLE, language),
        deciding.waiting_list(LONGEST_GROUP, [], ONLY, language),
    ]


def about_members(language: str) -> list[Message]:
    everybody = [(person, EVERY_ROLE) for person in (*SILENT, Person(4, LONGEST_NAME, language, started_at=NOW))]
    return [
        members.people(LONGEST_GROUP, everybody * 2, MIDDLE, language),
        members.people(LONGEST_GROUP, [], ONLY, language),
        members.silent(LONGEST_GROUP, everybody * 2, MIDDLE, ZONE, language),
        members.silent(LONGEST_GROUP, [], ONLY, ZONE, language),
        *(members.person(LONGEST_GROUP, person, roles, NOW, ZONE, language) for person, roles in everybody),
        *(members.ask_before_removing(LONGEST_GROUP, person, 3, language) for person in SILENT),
        members.ask_reason(LONGEST_NAME, MOST_REASON, 1, language),
        members.removed(LONGEST_GROUP, LONGEST_NAME, 1, language),
        *(members.not_removed_message(outcome, 3, language) for outcome in (NotMember(), JustAccepted())),
        *(members.told_removed(LONGEST_GROUP, reason, language) for reason in ("", "&" * MOST_REASON)),
        manage.nothing(language),
        manage.choice([LONGEST_GROUP] * 8, MIDDLE, language),
        manage.choice([], ONLY, language),
        manage.submissions(LONGEST_GROUP, [LONGEST] * 8, MIDDLE, language),
        manage.submissions(LONGEST_GROUP, [], ONLY, language),
    ]


def about_broadcasts(language: str) -> list[Message]:
    target, text = {"en": LONGEST_TITLE}, LONGEST_BROADCAST.html
    choices = [broadcasts.Choice(number, target) for number in range(6)]
    return [
        broadcasts.copy(text, language),
        broadcasts.kept(text, 1, language, unread=True),
        broadcasts.ask_text(text, 3500, 1, language),
        broadcasts.ask_audience(1, language),
        broadcasts.ask_target(Audience.GROUP, choices, MIDDLE, 1, language),
        broadcasts.ask_target(Audience.WEBINAR, [], ONLY, 1, language),
        broadcasts.ask_to_send(LONGEST_BROADCAST, target, PEOPLE, 1, language),
        broadcasts.on_its_way(PEOPLE, language),
        broadcasts.asked(language),
        broadcasts.to_confirm(LONGEST_BROADCAST, target, PEOPLE, LONGEST_NAME, language),
        broadcasts.waits_for_second(LONGEST_BROADCAST, target, PEOPLE, language),
        broadcast_runs.run(EVERY_FATE, language),
    ]


def about_results(language: str) -> list[Message]:
    shown = Shown(LONGEST, "P" * 16, NAMES, is_own=True, may_review=True, may_publish=True)
    return [
        results.card(shown, ZONE, language),
        results.listed([LONGEST] * 5, [LONGEST] * 5, {5: 99}, {3: "P" * 16}, MIDDLE, ZONE, language),
        reviews.ask_reason(LONGEST.title, 1, language),
        reviews.changes_asked(LONGEST.title, language),
        reviews.too_late_message(shown, language),
        *(reviews.news(LONGEST, news, language) for news in News),
        reviews.ask_withdrawal(LONGEST.title, 1, language),
        reviews.confirm_withdrawal(LONGEST.title, LONGEST.withdrawal, 1, language),
    ]


def about_erasing(person: Person, language: str) -> list[Message]:
    groups = {number: f"PWG {number}" for number in range(1, 20)}
    actor = Actor(1, is_owner=True, is_organiser=True, coordinates=frozenset(groups), member_of=frozenset(groups))
    held = erasing.holdings(actor, groups, 10**6, 10**3, language)
    outcomes = (Erasable(), LastOwner(), ForOwners(), Oneself(), UnderWay())
    return [
        erasing.about(language),
        erasing.ask_name(1, language),
        erasing.found("N" * 64, [person] * 6, MIDDLE, 1, language),
        erasing.found("N" * 64, [], ONLY, 1, language),
        *(erasing.holds(person, held, outcome, 1, language) for outcome in outcomes),
        *(erasing.sure(person, outcome, 1, language) for outcome in outcomes),
        *(erasing.ordered(person, outcome, language) for outcome in outcomes),
    ]


def about_the_rest(language: str) -> list[Message]:
    in_a_year = NOW + timedelta(days=366)
    person = Person(1, LONGEST_NAME, language, None, NOW, None, NOW, 1320, 420, silent_until=in_a_year)
    return [
        start.home(ORGANISER, LONGEST_NAME, language, trouble="T" * 200),
        start.help_(ORGANISER, language),
        *(privacy.privacy(agreed, language) for agreed in (None, consents.words(language))),
        privacy.own_data(dict.fromkeys(metadata.tables, 10**6), Attachment("my-data.json", b"{}"), language),
        privacy.ask_erase([f"PWG {n}" for n in range(1, 20)], language),
        privacy.being_erased(language),
        privacy.refused(LastOwner(), language),
        privacy.erased(language),
        privacy.erased_on_request(language),
        *about_erasing(person, language),
        *(start.left(dialog, language) for dialog in (None, "submit", "zone")),
        start.stopped(language),
        settings.settings(person, LEADS, ZONE, NOW, language),
        settings.languages(language),
        settings.zones([ZONE] * 40, NOW, language),
        settings.zones_found([ZONE] * 6, NOW, language),
        settings.leads(LEADS, LEADS, language),
        settings.own_lead(language),
        quiet.ask_begin(person, language),
        quiet.ask_end(0, language),
        quiet.ask_silence(person, ZONE, NOW, language),
        quiet.ask_date(language),
        quiet.confirm_date(NOW.date(), language),
        error_texts.not_understood(language),
        error_texts.unexpected("R" * 12, language),
        error_texts.too_fast(language),
        *(alarms.alarm(name, "D" * 500, language) for name in ("dead_letter", "bad_markup", "another")),
    ]


EVERYTHING: list[Messages] = [
    about_webinars, about_groups, about_applications, about_members, about_broadcasts, about_results, about_the_rest,
]  # fmt: skip


def read_length(message: Message) -> int:
    """The length that Telegram counts: without the markup."""
    return utf16_length(unescape(sub(r"</?[a-z]+>", "", message.text)))


@each_language
@pytest.mark.parametrize("messages", EVERYTHING)
def test_every_message_fits(messages: Messages, language: str) -> None:
    assert [message.text for message in messages(language) if read_length(message) > MOST_TEXT] == []


@each_language
@pytest.mark.parametrize("messages", EVERYTHING)
def test_every_label_fits_into_its_button(messages: Messages, language: str) -> None:
    labels = {button.label for message in messages(language) for row in message.buttons for button in row}

    assert [label for label in labels if len(label) > MOST_LABEL] == []


# --- Choosing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "spoken"),
    [("de", "de"), ("de-AT", "de"), ("FR", "fr"), ("en-US", "en"), ("es", "fr"), ("", "fr"), (None, "fr")],
)
def test_the_language_of_the_client_is_spoken_or_else_that_of_the_process(code: str | None, spoken: str) -> None:
    assert choose(code, fallback="fr") == spoken


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ({"en": "Work", "de": "Arbeit"}, "Arbeit"),
        ({"en": "Work", "fr": "Travail"}, "Work"),
        ({"en": "Work", "de": ""}, "Work"),
        ({"fr": "Travail"}, "Travail"),
        ({}, ""),
    ],
)
def test_stored_texts_fall_back_to_english_or_to_any(stored: dict[str, str], shown: str) -> None:
    assert pick(stored, "de") == shown


@pytest.mark.parametrize(
    ("language", "none", "one", "two"),
    [
        ("en", "<b>Send to 0 people?</b>", "<b>Send to 1 person?</b>", "<b>Send to 2 people?</b>"),
        ("de", "<b>An 0 Personen senden?</b>", "<b>An 1 Person senden?</b>", "<b>An 2 Personen senden?</b>"),
        (
            "fr",  # nothing is singular in French
            "<b>Envoyer à 0 personne\N{NARROW NO-BREAK SPACE}?</b>",
            "<b>Envoyer à 1 personne\N{NARROW NO-BREAK SPACE}?</b>",
            "<b>Envoyer à 2 personnes\N{NARROW NO-BREAK SPACE}?</b>",
        ),
    ],
)
def test_numbers_are_said_in_the_plural_of_the_language(language: str, none: str, one: str, two: str) -> None:
    say = speaker(language)
    forms = ("<b>Send to {count} person?</b>", "<b>Send to {count} people?</b>")

    assert [say.plural(*forms, count) for count in (0, 1, 2)] == [none, one, two]


@each_language
def test_values_are_data_in_messages_and_untouched_in_labels(language: str) -> None:
    say = speaker(language)

    assert say("Accepted by {name}", name="<b>{x}</b>").endswith("&lt;b&gt;{x}&lt;/b&gt;")
    assert say.plain("Accepted by {name}", name="<b>{x}</b>").endswith("<b>{x}</b>")
