"""Files of our own making: what arrives, and what a failed upload means."""

import pytest

from domain.deliveries import NotSent, Refused, Result, Sent, Uncertain
from gateway.api import Api
from messages.markup import Attachment
from tests.gateway.raw_server import HANG, answer, closed_port, raw_server, refusal
from tests.sandbox.setting import TOKEN, open_world

TABLE = Attachment("members-pwg-3.csv", b'\xef\xbb\xbf"Name"\r\n"Zo\xc3\xab"\r\n' + b'"x"\r\n' * 50_000)


async def upload(url: str, chat_id: int = 7) -> Result:
    """One call as the sender makes it."""
    api = Api(url, TOKEN, connections=1, read_seconds=0.5)
    keyboard = {"inline_keyboard": [[{"text": "Home", "callback_data": "o:home"}]]}
    parameters = {"chat_id": chat_id, "caption": "<b>Ünï</b> & co", "reply_markup": keyboard}
    try:
        return await api.call("sendDocument", parameters, TABLE)
    finally:
        await api.close()


async def test_a_document_arrives_byte_by_byte_with_its_caption_and_its_buttons() -> None:
    async with open_world() as world:
        world.anna.start()

        result = await upload(world.server.url, world.anna.user.id)

        message = world.anna.inbox()[-1]
        stored = world.telegram.files.by_id[message.content["document"]["file_id"]]

    assert isinstance(result, Sent)
    assert (stored.name, stored.data) == (TABLE.name, TABLE.content)
    assert (message.text, message.labels) == ("<b>Ünï</b> & co", [["Home"]])


@pytest.mark.parametrize(
    ("said", "result"),
    [
        (HANG, Uncertain),
        (answer(502, b"<html>Bad gateway</html>"), Uncertain),
        (refusal(400, "Bad Request: file must be non-empty"), Refused),
    ],
)
async def test_a_failed_upload_means_what_any_failed_call_means(said: bytes, result: type[Result]) -> None:
    async with raw_server([said]) as url:
        assert isinstance(await upload(url), result)


async def test_an_upload_without_a_server_is_certainly_not_sent() -> None:
    assert isinstance(await upload(closed_port()), NotSent)


def test_the_content_of_a_file_does_not_show_where_a_message_is_logged() -> None:
    assert repr(TABLE) == "Attachment(name='members-pwg-3.csv')"
