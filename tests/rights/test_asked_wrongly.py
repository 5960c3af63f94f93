"""G2 to G10: requests that come from the wrong person, too late, forged, forwarded, or from the wrong place."""

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import chain, repeat
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from domain.buttons import coding
from domain.buttons.coding import Action
from domain.permissions import Role
from handlers.routes import Command
from storage import tables
from storage.database import Tx
from tests.rights.asking import Outcome, Stage
from tests.rights.page import Way
from tests.rights.samples.meetings import own_point
from tests.rights.samples.questions import rated
from tests.rights.samples.quiet import choice
from tests.rights.samples.registering import own_place, place
from tests.rights.samples.sample import Sample, followed, group, myself
from tests.rights.samples.table import ALL, BY_NAME, SAMPLES, label
from tests.rights.scene import OWN, PEOPLE, Side, held_by
from tests.rights.walking import Asking, askings, may, walk

pytestmark = pytest.mark.asyncio(loop_scope="session")

BUTTONS = [
    sample
    for sample in ALL
    if isinstance(sample.route, type)
    and sample.of not in {myself, followed, own_point, choice, place, own_place, rated}
]
"""Those about something that is not by its nature whoever asks' own."""
COMMANDS = [route for route, asked in BY_NAME.items() if isinstance(asked, Command)]


async def in_ways(stage: Stage, *ways: Way) -> list[str]:
    """What is not as on the page when the owner, who may do everything, asks for everything in these ways."""
    return [fault for asking in askings(SAMPLES, [Role.OWNER]) for fault in await walk(stage, asking, ways)]


# --- Somebody else's --------------------------------------------------------------------------


@pytest.mark.fault("G2")
@pytest.mark.parametrize("role", Role)
async def test_G2_a_button_made_for_somebody_else_does_what_ones_own_role_allows_and_no_more(
    stage: Stage, role: Role
) -> None:
    theirs = [(sample, side) for sample in BUTTONS for side in (Side.OWN, Side.MINE)]

    found = [fault for sample, side in theirs for fault in await _pressed_by_another(stage, sample, side, role)]

    assert found == []


async def _pressed_by_another(stage: Stage, sample: Sample, side: Side, role: Role) -> list[str]:
    owner, asking = PEOPLE[Role.PRESENTER if role is Role.MEMBER else Role.MEMBER], Asking(sample, role, side)
    async with stage.database.rehearse() as tx:
        thing = await sample.of(tx, owner, side)
        if thing is None:
            return []
        answer = await stage.ask(tx, asking.person, Way.PRIVATE, sample.asks(thing))
    if thing.personal:
        is_right = answer.outcome in {Outcome.REFUSED, Outcome.NO} and not answer.changed
    else:
        is_right = answer.outcome is (Outcome.DONE if may(asking, thing) else sample.refusal)
    return [] if is_right else [f"{asking}: {answer}"]


@pytest.mark.fault("G2")
async def test_G2_a_button_on_a_message_of_another_chat_is_not_answered(stage: Stage) -> None:
    assert await in_ways(stage, Way.INLINE) == []


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.MEMBER, Role.COORDINATOR])
async def test_what_is_not_there_is_answered_like_what_is_not_for_you(stage: Stage, role: Role) -> None:
    """Whoever tries numbers learns nothing."""
    secret = [sample for sample in ALL if not sample.public and sample.of is not group]

    found = [sample.name for sample in secret if not await _is_told_alike(stage, sample, role)]

    assert found == []


async def _is_told_alike(stage: Stage, sample: Sample, role: Role) -> bool:
    answers = []
    for number in (None, 999_999):
        async with stage.database.rehearse() as tx:
            thing = await sample.of(tx, PEOPLE[role], Side.OTHER)
            if thing is None or may(Asking(sample, role, Side.OTHER), thing):
                return True
            asked = thing if number is None else replace(thing, id=number)
            answers.append(await stage.ask(tx, PEOPLE[role], Way.PRIVATE, sample.asks(asked)))
    return answers[0] == answers[1]


# --- Too late ---------------------------------------------------------------------------------


@pytest.mark.fault("G3")
@pytest.mark.parametrize("role", [Role.GUEST, Role.MEMBER, Role.PRESENTER, Role.COORDINATOR, Role.ORGANISER])
async def test_G3_an_old_button_or_dialog_is_worth_nothing_once_the_role_is_lost(stage: Stage, role: Role) -> None:
    asked = [(sample, side) for sample in ALL for side in (Side.OWN, Side.MINE, Side.OTHER)]

    found = [fault for sample, side in asked for fault in await _asked_after_losing(stage, sample, side, role)]

    assert found == []


async def _asked_after_losing(stage: Stage, sample: Sample, side: Side, role: Role) -> list[str]:
    person = PEOPLE[role]
    async with stage.database.rehearse() as tx:
        thing = await sample.of(tx, person, side)
        if thing is None:
            return []
        await _lose_roles(tx, person)
        answer = await stage.ask(tx, person, Way.PRIVATE, sample.asks(thing))
    is_theirs = may(Asking(sample, Role.PUBLIC, side), thing, held_by(role))
    is_right = (answer.outcome is sample.refusal) is not is_theirs
    return [] if is_right else [f"{role} before, {side}: {sample.name}: {answer}"]


async def _lose_roles(tx: Tx, person: int) -> None:
    await tx.execute(delete(tables.roles).where(tables.roles.c.person_id == person))
    await tx.execute(delete(tables.seats).where(tables.seats.c.person_id == person))
    await tx.execute(update(tables.talks).where(tables.talks.c.person_id == person).values(state="declined"))


# --- Forged -----------------------------------------------------------------------------------


async def _press(stage: Stage, role: Role, data: str) -> tuple[Outcome, frozenset[str]]:
    async with stage.database.rehearse() as tx:
        answer = await stage.ask(tx, PEOPLE[role], Way.PRIVATE, data.encode())
    return answer.outcome, answer.changed


def _is_readable(data: str) -> bool:
    try:
        coding.decode(data)
    except coding.Unreadable:
        return False
    return True


CODES = sorted(coding.code_of(action) for action in coding.every())

FORGED = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=21),  # at most 64 bytes, whatever the characters
    st.builds(
        lambda code, rest: f"{code}:{rest}", st.sampled_from(CODES), st.text("0123456789:-+_ abc\x00٣", max_size=30)
    ),
).filter(lambda data: data and not _is_readable(data))


@pytest.mark.fault("G4")
@settings(max_examples=300, deadline=None, derandomize=True)
@given(data=FORGED)
async def test_G4_forged_callback_data_all_bytes_do_nothing(stage: Stage, data: str) -> None:
    assert await _press(stage, Role.OWNER, data) == (Outcome.NO, frozenset())


def _broken(action: type[Action]) -> Iterator[str]:
    """Callback data that begins like that of a button, with something wrong in it."""
    code, kinds = coding.code_of(action), _kinds(action)
    right = ["1" if kind is int else "x" if kind is str else _first(kind) for kind in kinds]
    yield ":".join([code, *right, "1"])
    if right:
        yield ":".join([code, *right[:-1]])
    for position, kind in enumerate(kinds):
        for wrong in {int: ("", " 1", "01", "+1", "1.0", "1e3", "٣", "x", "9" * 20), str: ()}.get(
            kind, ("", "x", "1 ")
        ):
            yield ":".join([code, *right[:position], wrong, *right[position + 1 :]])


def _first(kind: Any) -> str:
    return str(next(iter(kind)).value)


def _kinds(action: type[Action]) -> list[Any]:
    hints = get_type_hints(action)
    return [hints[field.name] for field in fields(action)]  # type: ignore[arg-type]  # every action is a dataclass


@pytest.mark.fault("G4")
@pytest.mark.parametrize("action", coding.every(), ids=label)
async def test_G4_a_code_with_fields_that_do_not_fit_does_nothing(stage: Stage, action: type[Action]) -> None:
    answers = {data: await _press(stage, Role.OWNER, data) for data in _broken(action)}

    assert answers == dict.fromkeys(answers, (Outcome.NO, frozenset()))


EXTREMES = (0, -1, 999_999, 2**31, 2**63 - 1, -(2**63), 9_999_999_999_999_999_999)


@pytest.mark.fault("G4")
@pytest.mark.parametrize("number", EXTREMES)
@pytest.mark.parametrize("role", [Role.PUBLIC, Role.COORDINATOR, Role.OWNER])
async def test_G4_well_formed_buttons_about_nothing_are_answered(stage: Stage, role: Role, number: int) -> None:
    actions = [action for action in coding.every() if action in BY_NAME]
    forged = {_about(first, number, action) for action in actions for first in (OWN, number)}

    answers = {data: (await _press(stage, role, data))[0] for data in forged}

    assert {data: answer for data, answer in answers.items() if answer in {Outcome.SILENT, Outcome.BROKEN}} == {}


def _about(first: int, others: int, action: type[Action]) -> str:
    """A button about a group that is there, or not, with a page or a number that nobody would have put on it."""
    numbers = chain([str(first)], repeat(str(others)))
    values = (next(numbers) if kind is int else "nothing" if kind is str else _first(kind) for kind in _kinds(action))
    return ":".join([coding.code_of(action), *values])


IN_DIALOGS = {sample.of.__name__: sample for sample in ALL if " at " in sample.of.__name__}
"""One sample for each question of each dialog."""


@pytest.mark.fault("G4")
@pytest.mark.parametrize("question", IN_DIALOGS)
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OWNER])
async def test_G4_a_button_of_one_question_is_no_answer_to_another(stage: Stage, question: str, role: Role) -> None:
    person, found = PEOPLE[role], list[str]()
    for sample in IN_DIALOGS.values():
        async with stage.database.rehearse() as tx:
            thing = await IN_DIALOGS[question].of(tx, person, Side.OWN) or await IN_DIALOGS[question].of(
                tx, person, Side.MINE
            )
            assert thing is not None
            answer = await stage.ask(tx, person, Way.PRIVATE, sample.asks(thing))
            if answer.outcome in {Outcome.SILENT, Outcome.BROKEN}:
                found.append(f"{sample.name}: {answer}")

    assert found == []


# --- From the wrong place ---------------------------------------------------------------------


@pytest.mark.fault("G6")
async def test_G6_forwarded_edited_and_late_commands_do_not_count(stage: Stage) -> None:
    ways = (Way.FORWARDED, Way.FORWARDED_CHAT, Way.EDITED, Way.EDITED_CHAT, Way.LATE)

    assert await in_ways(stage, *ways) == []


@pytest.mark.fault("G7")
async def test_G7_an_anonymous_administrator_is_asked_to_do_it_in_private(stage: Stage) -> None:
    assert await in_ways(stage, Way.ANONYMOUS) == []


@pytest.mark.fault("G7")
async def test_G7_an_anonymous_administrator_is_never_stored_as_a_person(stage: Stage) -> None:
    async with stage.database.rehearse() as tx:
        before = await _known(tx)
        for route in COMMANDS:
            await stage.ask(tx, PEOPLE[Role.OWNER], Way.ANONYMOUS, f"{route} something")

        assert await _known(tx) == before


async def _known(tx: Tx) -> set[int]:
    return set((await tx.execute(tables.people.select())).scalars())


@pytest.mark.fault("G8")
async def test_G8_nobody_acts_in_the_name_of_a_channel(stage: Stage) -> None:
    assert await in_ways(stage, Way.CHANNEL, Way.CHANNEL_PRIVATE, Way.LINKED_CHANNEL) == []


@pytest.mark.fault("G9")
async def test_G9_nobody_acts_through_another_bot_nor_a_bot_by_itself(stage: Stage) -> None:
    assert await in_ways(stage, Way.VIA_BOT, Way.VIA_BOT_CHAT, Way.BOT) == []


@pytest.mark.fault("G10")
async def test_G10_a_command_in_the_wrong_group_does_what_one_in_private_would_or_leads_there(stage: Stage) -> None:
    assert await in_ways(stage, Way.OTHER_CHAT, Way.LOOSE_CHAT) == []
