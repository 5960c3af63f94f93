"""Which updates are answered at all."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from gateway.guard import MOST_PRESSES, WINDOW_SECONDS, Flood, Verdict, is_for_us

ANNA = {"id": 7, "is_bot": False, "first_name": "Anna"}
ROBOT = {"id": 8, "is_bot": True, "first_name": "Robot"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Anna"}
GROUP = {"id": -5, "type": "supergroup", "title": "PWG 1"}
CHANNEL = {"id": -6, "type": "channel", "title": "News"}
DAY = 86_401
ANONYMOUS = {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": GROUP}
FORWARDED = {"forward_origin": {"type": "user", "date": 1, "sender_user": ANNA}}
LEFT = {"status": "kicked", "user": ROBOT, "until_date": 0}


def message(**values: Any) -> dict[str, Any]:
    return {"message_id": 1, "date": 1, "chat": PRIVATE, "from": ANNA, "text": "/start", **values}


def press(**values: Any) -> dict[str, Any]:
    return {"id": "1", "from": ANNA, "chat_instance": "1", "data": "o:home", "message": message(**values)}


def change(chat: dict[str, Any]) -> dict[str, Any]:
    return {"chat": chat, "from": ANNA, "date": 1, "old_chat_member": LEFT, "new_chat_member": LEFT}


@pytest.mark.parametrize(
    ("kind", "content", "answered"),
    [
        pytest.param("message", message(), True, id="a command"),
        pytest.param("message", message(text="hello"), True, id="a text"),
        pytest.param("message", message(text="hello", **FORWARDED), True, id="a forwarded text"),
        pytest.param("message", message(**FORWARDED), False, id="a forwarded command"),
        pytest.param("message", message(text=None, caption="/start", **FORWARDED), True, id="a forwarded file"),
        pytest.param("message", message(via_bot=ROBOT), False, id="by way of another bot"),
        pytest.param("message", message(sender_chat=CHANNEL), False, id="in a channel's name"),
        pytest.param("message", message(**{"from": ROBOT}), False, id="from a bot"),
        pytest.param("message", message(chat=GROUP), True, id="a command in a group"),
        pytest.param("message", message(chat=GROUP, text="hello"), False, id="a text in a group"),
        pytest.param("message", message(chat=GROUP, **FORWARDED), False, id="a forwarded command in a group"),
        pytest.param("message", message(chat=GROUP, date=1 - DAY), False, id="a command of the day before in a group"),
        pytest.param("message", message(chat=GROUP, via_bot=ROBOT), False, id="by way of another bot in a group"),
        pytest.param("message", message(chat=GROUP, sender_chat=CHANNEL), False, id="a channel's command in a group"),
        pytest.param("message", message(chat=GROUP, **ANONYMOUS), True, id="an anonymous administrator's command"),
        pytest.param("message", message(chat=GROUP, is_automatic_forward=True), False, id="posted by a linked channel"),
        pytest.param("message", message(chat=GROUP, **{"from": ROBOT}), False, id="a bot's command in a group"),
        pytest.param("edited_message", message(chat=GROUP), False, id="an edited command in a group"),
        pytest.param("edited_message", message(), False, id="an edited command"),
        pytest.param("edited_message", message(text="hello"), True, id="an edited text"),
        pytest.param("edited_message", message(text="hello", chat=GROUP), False, id="an edited text in a group"),
        pytest.param("edited_message", message(text="hello", via_bot=ROBOT), False, id="edited, by way of another bot"),
        pytest.param("channel_post", message(chat=CHANNEL, sender_chat=CHANNEL), False, id="in a channel"),
        pytest.param("callback_query", press(), True, id="a button"),
        pytest.param("callback_query", press(chat=GROUP), True, id="a button in a group"),
        pytest.param("callback_query", press(chat=CHANNEL), False, id="a button in a channel"),
        pytest.param("callback_query", press() | {"from": ROBOT}, False, id="a button pressed by a bot"),
        pytest.param("my_chat_member", change(PRIVATE), True, id="blocked or unblocked"),
        pytest.param("my_chat_member", change(GROUP), False, id="added to a group"),
    ],
)
def test_only_peoples_own_fresh_actions_count(kind: str, content: dict[str, Any], answered: bool) -> None:
    update = Update.de_json({"update_id": 1, kind: content}, None)

    assert is_for_us(update, datetime.fromtimestamp(1, UTC)) is answered


def test_the_bucket_empties_as_the_window_moves_on() -> None:
    flood = Flood()

    verdicts = [flood.judge(7, 0.1 * number) for number in range(MOST_PRESSES + 3)]
    later = [flood.judge(7, WINDOW_SECONDS + 0.05), flood.judge(7, WINDOW_SECONDS + 0.06)]

    assert verdicts == [Verdict.ANSWER] * MOST_PRESSES + [Verdict.NOTICE, Verdict.DROP, Verdict.DROP]
    assert later == [Verdict.ANSWER, Verdict.NOTICE]


def test_one_persons_flood_is_nobody_elses() -> None:
    flood = Flood()
    for _ in range(MOST_PRESSES + 5):
        flood.judge(7, 0.0)

    assert flood.judge(8, 0.0) is Verdict.ANSWER


def test_quiet_people_are_forgotten() -> None:
    flood = Flood()
    for person in range(1000):
        flood.judge(person, 0.0)
    flood.judge(5, WINDOW_SECONDS)

    flood.forget_before(WINDOW_SECONDS)

    assert list(flood._recent) == [5]
