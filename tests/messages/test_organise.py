"""What organisers read fits into one message, whatever was imported or typed."""

from datetime import UTC, datetime

import pytest

from domain.audit import Change, Deed
from domain.deliveries import KINDS, DeliveryState, Lane
from domain.digest import News
from domain.group_editing import MOST_THEME, Part, plan_steps
from domain.groups import Group
from domain.letters import DeadLetter, Undelivered
from domain.organise import Judgement, Light, Progress, Reason
from domain.retries import Lost, MayGo, MayNot
from messages import audit, digest, group_editing, group_questions, letters, organise
from messages.kinds import kind_of
from messages.languages import LANGUAGES, speaker
from messages.markup import MOST_TEXT, Message, utf16_length
from services.audit import PAGE_SIZE
from tests.messages.examples import MIDDLE, ONLY

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)
WIDE = "\N{GRINNING FACE}"
"""Two units in Telegram's count, four bytes."""

GROUP = Group(
    7,
    WIDE * 8,
    dict.fromkeys(LANGUAGES, WIDE * 200),
    dict.fromkeys(LANGUAGES, WIDE * MOST_THEME),
    1000,
    1000,
    NOW.date(),
    NOW.date(),
)
FULL = Progress(100, 10_000, 1000, 1000, NOW, 1000, NOW, 1000, NOW)
WORST = Judgement(Light.IN_TROUBLE, tuple((reason, Light.IN_TROUBLE) for reason in Reason))
ENTRY = (GROUP, FULL, WORST)
ZONE = "America/Argentina/Buenos_Aires"
CHANGE = Change("n" * 100, WIDE * 500, [WIDE * 500] * 10)
DEED = Deed(NOW, False, WIDE * 64, "removal_undone", WIDE * 200, WIDE * 8, (CHANGE,) * 9)

LOST = Undelivered(
    2**40, "coauthor", Lane.NORMAL, DeliveryState.UNCERTAIN, 1, 1, None, None, None, None, WIDE * 900, NOW, NOW
)


def screens(language: str) -> dict[str, Message]:
    steps = plan_steps(Part.NEW)
    return {
        "cockpit": organise.cockpit([ENTRY] * 5, 1000, MIDDLE, [], ZONE, language),
        "progress": organise.progress_page(ENTRY, 1000, ZONE, language),
        "digest": digest.digest([(ENTRY, News(99, 99, 99, 99, 99))] * 30, 1000, ZONE, language),
        "card": group_editing.card(GROUP, 10_000, is_over=True, language=language),
        "preview": group_questions.preview(GROUP, 10_000, 10, steps, 99, is_new=False, language=language),
        "audit": audit.deeds([DEED] * PAGE_SIZE, GROUP, MIDDLE, ZONE, language),
        "dead": letters.dead_letters(
            [(DeadLetter(1, 5, NOW, "a1b2c3d4: " + WIDE * 900), WIDE * 64)] * 5, MIDDLE, ZONE, language, may_handle=True
        ),
        "undelivered": letters.undelivered(
            [(Lost(LOST, MayNot.ASKED_FOR), WIDE * 64)] * 5, MIDDLE, ZONE, language, may_handle=False
        ),
        "undelivered, again": letters.undelivered(
            [(Lost(LOST, MayGo(None, True)), WIDE * 64)] * 5, MIDDLE, ZONE, language, may_handle=True
        ),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(screens("en")))
def test_the_longest_there_can_be_fits_into_one_message(name: str, language: str) -> None:
    message = screens(language)[name]

    assert 500 < utf16_length(message.text) <= MOST_TEXT


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_delivery_has_a_plain_name(kind: str, language: str) -> None:
    name = kind_of(kind, speaker(language))

    assert name[:1].isupper()
    assert "_" not in name
    assert name not in {kind, kind.replace("_", " ")}


def test_no_two_kinds_are_called_alike() -> None:
    names = {kind: kind_of(kind, speaker("en")) for kind in KINDS}

    assert len(set(names.values())) == len(KINDS)


def test_the_worst_groups_come_first_in_the_summary_and_the_rest_is_counted() -> None:
    good = Judgement(Light.ON_TRACK, ())
    entries = [((GROUP, FULL, good), News())] * 9 + [((GROUP, FULL, WORST), News(members=1))]

    parts = digest.digest(entries, 2, "Europe/Berlin", "en").text.split("\n\n")

    assert ": in trouble\n" in parts[1]
    assert parts[1].endswith("\nNew: 1 member")
    assert [": on track\n" in part for part in parts[2 : digest.MOST_GROUPS + 1]] == [True] * (digest.MOST_GROUPS - 1)
    assert parts[-1] == f"{10 - digest.MOST_GROUPS} more groups in the cockpit."


def test_a_change_is_said_with_what_was_before_where_there_was_something() -> None:
    changes = (
        Change("starts_at", "2022-03-22T15:00:00+00:00", "2022-03-23T15:00:00+00:00"),
        Change("members", None, [7, 10]),
        Change("shows_members", True, False),
        Change("one", "1", "2"),
        Change("two", "1", None),
    )
    deed = Deed(NOW, False, "Olga", "session_changed", "Kick-off", "PWG 3", changes)

    text = audit.deeds([deed], None, ONLY, "Europe/Berlin", "en").text

    assert text.split("\n\n")[1].split("\n") == [
        "<i>Mon, 14 Mar 2022, 13:00 (Berlin)</i>",
        "<b>Olga</b> changed the session Kick-off (PWG 3).",
        "• start: Tue, 22 Mar 2022, 16:00 (Berlin) → Wed, 23 Mar 2022, 16:00 (Berlin)",
        "• quota: 7, 10",
        "• names are shown: yes → no",
        "• and 2 more",
    ]


def test_a_light_and_a_reason_are_words_that_can_be_read_aloud() -> None:
    assert [organise.light(one, "en") for one in Light] == ["on track", "behind", "in trouble"]
    assert len({organise.why(reason, "en") for reason in Reason}) == len(Reason)
