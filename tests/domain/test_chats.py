"""What the bot may do in a chat, what is worth telling, and what leaving it means for seats."""

from dataclasses import replace

import pytest

from domain.chats import (
    Change,
    Circle,
    DepartureOutcome,
    GroupChat,
    NoSeat,
    Right,
    SeatGoes,
    SeatStays,
    decide_change,
    decide_departure,
    right_in,
)
from domain.happenings import Standing, standing_of

ALL = frozenset(right.value for right in Right)
ADMIN = GroupChat(-1_002_000_000_001, "Climate", standing=Standing.ADMINISTRATOR, rights=ALL)
MEMBER = replace(ADMIN, standing=Standing.MEMBER, rights=frozenset())
OUT = replace(MEMBER, standing=Standing.OUT)
NO_PIN = replace(ADMIN, rights=ALL - {"can_pin_messages"})
MUTE = replace(MEMBER, standing=Standing.RESTRICTED)
HEARD = replace(MUTE, rights=frozenset({"can_send_messages"}))
NEEDED = (Right.INVITE, Right.PIN, Right.RESTRICT)


@pytest.mark.parametrize(
    ("chat", "missing"),
    [(ADMIN, ()), (NO_PIN, (Right.PIN,)), (MEMBER, NEEDED), (HEARD, NEEDED), (MUTE, (Right.WRITE, *NEEDED))],
)
def test_what_is_missing(chat: GroupChat, missing: tuple[Right, ...]) -> None:
    assert chat.missing == missing


def test_a_right_counts_only_as_administrator() -> None:
    assert ADMIN.may(Right.PIN)
    assert not replace(ADMIN, standing=Standing.RESTRICTED).may(Right.PIN)


@pytest.mark.parametrize(
    ("chat_id", "is_supergroup"), [(-1_000_000_000_001, True), (-999_999_999_999, False), (-5, False)]
)
def test_basic_groups_are_told_by_their_id(chat_id: int, *, is_supergroup: bool) -> None:
    assert replace(ADMIN, id=chat_id).is_supergroup is is_supergroup


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (ADMIN, OUT, Change.DETACHED),
        (OUT, OUT, Change.NOTHING),
        (OUT, MEMBER, Change.BACK),
        (OUT, ADMIN, Change.BACK),
        (ADMIN, NO_PIN, Change.RIGHTS_LOST),
        (NO_PIN, MEMBER, Change.RIGHTS_LOST),
        (HEARD, MUTE, Change.RIGHTS_LOST),
        (MEMBER, ADMIN, Change.NOTHING),
        (MEMBER, MEMBER, Change.NOTHING),
    ],
)
def test_only_what_got_worse_or_is_over_is_told(old: GroupChat, new: GroupChat, change: Change) -> None:
    assert decide_change(old, new) is change


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("Bad Request: not enough rights to manage pinned messages in the chat", Right.PIN),
        ("Bad Request: not enough rights to manage chat invite link", Right.INVITE),
        ("Bad Request: not enough rights to restrict/unrestrict chat member", Right.RESTRICT),
        ("Bad Request: not enough rights to send text messages to the chat", Right.WRITE),
        ("Bad Request: TOPIC_CLOSED", Right.WRITE),
        ("Bad Request: not enough rights", None),
        ("Bad Request: message to pin not found", None),
    ],
)
def test_telegrams_words_name_the_right_that_is_missing(said: str, right: Right | None) -> None:
    assert right_in(said) is right


@pytest.mark.parametrize(
    ("member", "standing"),
    [
        ({"status": "creator"}, Standing.ADMINISTRATOR),
        ({"status": "administrator"}, Standing.ADMINISTRATOR),
        ({"status": "member"}, Standing.MEMBER),
        ({"status": "restricted", "is_member": True}, Standing.RESTRICTED),
        ({"status": "restricted", "is_member": False}, Standing.OUT),
        ({"status": "left"}, Standing.OUT),
        ({"status": "kicked"}, Standing.OUT),
    ],
)
def test_what_telegram_calls_a_standing(member: dict[str, object], standing: Standing) -> None:
    assert standing_of(member) == (standing, frozenset())


def test_only_granted_rights_are_rights() -> None:
    member = {"status": "administrator", "can_pin_messages": True, "can_invite_users": False, "is_anonymous": True}

    assert standing_of(member) == (Standing.ADMINISTRATOR, frozenset({"can_pin_messages"}))


ANNA = 2


@pytest.mark.parametrize(
    ("circle", "outcome"),
    [
        pytest.param(Circle({1: {ANNA}}), SeatGoes(1), id="a seat in the group of the chat"),
        pytest.param(Circle({1: {ANNA}, 2: set()}), SeatGoes(1), id="in one of its groups"),
        pytest.param(Circle({1: {ANNA}, 2: {ANNA}}), SeatStays((1, 2)), id="in two of its groups"),
        pytest.param(Circle({1: {3}}), NoSeat(), id="no seat"),
        pytest.param(Circle({1: {3}}, others={ANNA}), NoSeat(), id="a guest"),
        pytest.param(Circle({1: {ANNA}}, coordinators={ANNA}), SeatStays((1,)), id="a coordinator with a seat"),
        pytest.param(Circle({1: {3}, 2: {4}}, coordinators={ANNA}), SeatStays((1, 2)), id="a coordinator without"),
    ],
)
def test_who_leaves_a_chat_gives_back_the_seat_that_is_meant(circle: Circle, outcome: DepartureOutcome) -> None:
    assert decide_departure(circle, ANNA) == outcome


def test_the_circle_holds_whoever_belongs_to_any_group_of_the_chat() -> None:
    circle = Circle({1: {2}, 2: {3}}, coordinators={4}, others={5})

    assert [person for person in range(1, 7) if circle.holds(person)] == [2, 3, 4, 5]
