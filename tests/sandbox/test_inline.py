"""Inline mode: what is typed after a bot's name, what it offers, what is chosen, and what becomes of it."""

import pytest

from sandbox.people import PersonError
from tests.sandbox.setting import World

KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]}


def article(number: int, **more: object) -> dict[str, object]:
    content = {"message_text": f"Card {number}"}
    return {
        "type": "article",
        "id": str(number),
        "title": f"Webinar {number}",
        "input_message_content": content,
        **more,
    }


async def test_inline_results_are_sent_via_the_bot(world: World) -> None:
    world.anna.start()
    await world.call.updates()
    query = world.anna.inline("cities")
    (asked,) = await world.call.updates()
    content = {"message_text": "<b>Cities</b>", "parse_mode": "HTML"}
    result = {"type": "article", "id": "1", "title": "Cities", "input_message_content": content}

    await world.call("answerInlineQuery", inline_query_id=query.id, results=[result | {"reply_markup": KEYBOARD}])
    sent = world.anna.send_inline(query)
    world.anna.press(sent, "Yes")

    updates = await world.call.updates()
    inline_id = updates[-1]["callback_query"]["inline_message_id"]
    assert asked["inline_query"]["query"] == "cities"
    assert updates[0]["message"]["via_bot"]["id"] == world.bot.id
    assert await world.call("editMessageText", inline_message_id=inline_id, text="Done") is True
    assert sent.text == "Done"


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        ([article(number) for number in range(51)], "RESULTS_TOO_MUCH"),
        ([article(1), article(1)], "RESULT_ID_DUPLICATE"),
        ([article(1, id="x" * 65)], "length must be 1-64, is 65"),
        ([article(1, id="ä" * 33)], "length must be 1-64, is 66"),
        ([article(1, subtitle="?")], "subtitle"),
    ],
)
async def test_an_answer_beyond_the_limits_is_refused(
    world: World, results: list[dict[str, object]], refusal: str
) -> None:
    query = world.anna.inline("")

    answer = await world.call.refused("answerInlineQuery", inline_query_id=query.id, results=results)

    assert answer.startswith("Bad Request")
    assert refusal in answer
    assert query.results is None


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"message_text": "<b>Cities", "parse_mode": "HTML"}, "can't parse entities"),
        ({"message_text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"message_text": "x" * 4097}, "length must be 1-4096, is 4097"),
    ],
)
async def test_what_a_result_will_say_is_read_before_it_is_offered(
    world: World, said: dict[str, object], refusal: str
) -> None:
    query = world.anna.inline("")
    result = article(1) | {"input_message_content": said}

    answer = await world.call.refused("answerInlineQuery", inline_query_id=query.id, results=[result])

    assert refusal in answer
    assert query.results is None


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"button": {"text": "Open"}}, "exactly one of web_app and start_parameter"),
        ({"button": {"text": "Open", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
    ],
)
async def test_what_goes_with_the_results_has_limits_too(world: World, more: dict[str, object], refusal: str) -> None:
    query = world.anna.inline("")

    assert refusal in await world.call.refused("answerInlineQuery", inline_query_id=query.id, results=[], **more)


async def test_an_answer_that_comes_twice_or_late_is_refused(world: World) -> None:
    first, late = world.anna.inline("first"), world.anna.inline("late")
    await world.call("answerInlineQuery", inline_query_id=first.id, results=[])
    world.time_passes(seconds=11)

    for query in (first, late):
        refused = await world.call.refused("answerInlineQuery", inline_query_id=query.id, results=[])
        assert refused.startswith("Bad Request: query is too old")


async def test_a_chosen_result_with_buttons_can_be_edited_by_its_inline_id(world: World) -> None:
    group = world.telegram.add_group("A choir", members=[world.anna.user])
    query = world.anna.inline("")
    await world.call(
        "answerInlineQuery", inline_query_id=query.id, results=[article(1, reply_markup=KEYBOARD), article(2)]
    )
    await world.call.updates()

    sent = world.anna.send_inline(query, 0, group)
    world.anna.send_inline(query, 1, group)
    first, second = [update["chosen_inline_result"] for update in await world.call.updates()]
    edited = await world.call("editMessageText", inline_message_id=first["inline_message_id"], text="Moved")
    world.anna.delete(sent)
    gone = await world.call.refused("editMessageText", inline_message_id=first["inline_message_id"], text="Again")

    assert (first["result_id"], first["query"]) == ("1", "")
    assert "inline_message_id" not in second
    assert (edited, sent.text, sent.labels) == (True, "Moved", [])
    assert gone == "Bad Request: MESSAGE_ID_INVALID"


async def test_without_feedback_nobody_tells_the_bot_what_was_chosen(world: World) -> None:
    world.bot.inline_feedback = False
    world.anna.start()
    query = world.anna.inline("")
    await world.call("answerInlineQuery", inline_query_id=query.id, results=[article(1, reply_markup=KEYBOARD)])
    await world.call.updates()

    world.anna.send_inline(query)

    assert [kind for update in await world.call.updates() for kind in update if kind != "update_id"] == ["message"]


async def test_scrolling_on_asks_for_the_next_offset_until_there_is_none(world: World) -> None:
    query = world.anna.inline("cities")
    await world.call("answerInlineQuery", inline_query_id=query.id, results=[article(1)], next_offset="20")
    await world.call.updates()

    further = world.anna.scroll(query)
    (asked,) = await world.call.updates()
    await world.call("answerInlineQuery", inline_query_id=further.id, results=[article(2)])

    assert (asked["inline_query"]["query"], asked["inline_query"]["offset"]) == ("cities", "20")
    with pytest.raises(PersonError, match="offered everything"):
        world.anna.scroll(further)


async def test_the_same_words_are_answered_from_the_cache_while_it_lasts(world: World) -> None:
    first = world.anna.inline("cities")
    await world.call(
        "answerInlineQuery", inline_query_id=first.id, results=[article(1)], cache_time=10, is_personal=True
    )
    await world.call.updates()

    again, others, other_words = world.anna.inline("cities"), world.ben.inline("cities"), world.anna.inline("city")
    world.time_passes(seconds=11)
    later = world.anna.inline("cities")

    assert again.results == first.results
    assert [query.results for query in (others, other_words, later)] == [None] * 3
    assert [update["inline_query"]["id"] for update in await world.call.updates()] == [
        query.id for query in (others, other_words, later)
    ]


async def test_the_button_above_the_results_leads_to_the_bot(world: World) -> None:
    query = world.anna.inline("nothing")
    button = {"text": "Nothing found. Open the bot", "start_parameter": "webinars"}
    await world.call("answerInlineQuery", inline_query_id=query.id, results=[], button=button)

    assert world.anna.leave_inline(query).text == "/start webinars"


async def test_a_button_leads_to_an_inline_query_here_or_elsewhere(world: World) -> None:
    world.anna.start()
    keys = [
        [{"text": "Share", "switch_inline_query": "w_7"}],
        [{"text": "Look", "switch_inline_query_current_chat": "climate"}],
        [{"text": "Tell", "switch_inline_query_chosen_chat": {"query": "w_8", "allow_group_chats": True}}],
        [{"text": "Yes", "callback_data": "y"}],
    ]
    await world.call("sendMessage", chat_id=world.anna.user.id, text="A card", reply_markup={"inline_keyboard": keys})
    message = world.anna.inbox()[-1]

    assert [world.anna.switch_inline(message, label) for label in ("Share", "Look", "Tell")] == [
        "w_7",
        "climate",
        "w_8",
    ]
    with pytest.raises(PersonError, match="does not lead to an inline query"):
        world.anna.switch_inline(message, "Yes")


async def test_a_bot_without_inline_mode_answers_nobody_there(world: World) -> None:
    world.bot.supports_inline = False

    with pytest.raises(PersonError, match="setinline"):
        world.anna.inline("cities")


async def test_what_is_chosen_in_a_topic_of_a_forum_is_posted_there(world: World) -> None:
    forum = world.telegram.add_group("A choir", members=[world.anna.user], forum=True, owner=world.anna.user)
    topic = world.anna.create_topic(forum, "Concerts")
    query = world.anna.inline("")
    await world.call("answerInlineQuery", inline_query_id=query.id, results=[article(1)])

    sent = world.anna.send_inline(query, 0, forum, thread=topic)

    assert sent.thread_id == topic.id
