"""Inline queries at the door: beside the journal, never in the way of what is written down."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from telegram import Update

from domain.happenings import CardShared
from gateway.happenings import happening_of
from gateway.inline import MOST_WAITING
from storage.tables import inbox
from tests.chat.world import Chat, open_chat

ANNA = {"id": 5_200_000_001, "is_bot": False, "first_name": "Anna", "language_code": "en"}


def query(**values: Any) -> dict[str, Any]:
    return {"id": "1", "from": ANNA, "query": "", "offset": "", **values}


def answers(chat: Chat) -> int:
    return sum(call.method == "answerInlineQuery" for call in chat.telegram.calls)


async def journalled(chat: Chat) -> int:
    async with chat.bot.database.read() as tx:
        return await tx.scalar(select(func.count()).select_from(inbox)) or 0


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        {},
        query(id=1),
        query(**{"from": None}),
        query(**{"from": {"id": "x", "is_bot": False}}),
        query(**{"from": ANNA | {"is_bot": True}}),
    ],
)
async def test_a_query_that_no_person_makes_is_dropped_and_holds_nothing_up(tmp_path: Path, broken: object) -> None:
    async with open_chat(tmp_path) as chat:
        before = await journalled(chat)
        message = {"message_id": 1, "date": 1_647_259_200, "from": ANNA, "chat": {"id": ANNA["id"], "type": "private"}}

        await chat.bot.journal.store([{"update_id": 1, "inline_query": broken}, {"update_id": 2, "message": message}])
        await chat.bot.inline.idle()
        await chat.bot.lanes.idle()

        assert (await journalled(chat) - before, answers(chat)) == (1, 0)


async def test_a_flood_of_people_is_answered_as_far_as_it_is_worth_it(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        for number in range(1, MOST_WAITING + 51):
            asker = ANNA | {"id": number}
            chat.bot.inline.take({"inline_query": query(**{"id": str(number), "from": asker})})

        chat.clock.pass_by(9.9)
        await chat.bot.inline.idle()

        assert answers(chat) == MOST_WAITING


@pytest.mark.parametrize(("inline_id", "shared"), [("AgAAA1", CardShared("7:3:en", "AgAAA1")), (None, None)])
def test_a_chosen_result_is_a_shared_card_where_it_can_be_edited(
    inline_id: str | None, shared: CardShared | None
) -> None:
    chosen = {"result_id": "7:3:en", "from": ANNA, "query": ""} | (
        {"inline_message_id": inline_id} if inline_id else {}
    )

    assert happening_of(Update.de_json({"update_id": 1, "chosen_inline_result": chosen}, None)) == shared
