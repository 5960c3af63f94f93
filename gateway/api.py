"""Calls of the Bot API by method and finished parameters: what the sender needs, and nothing more.

python-telegram-bot's own `do_api_request` builds objects around each parameter and reads the answer twice; for a
payload that is finished JSON that is a quarter of the cost of a send. Its transport is the same.
"""

from collections.abc import Mapping
from typing import Any

from domain.deliveries import NotSent, Result, Uncertain
from gateway import answers
from gateway.transport import READ_SECONDS, HttpTransport, NotDelivered, Unclear
from messages.markup import Attachment

DOWNLOAD_SECONDS = 120.0


class Api:
    """The calls of one bot."""

    def __init__(self, api_url: str, token: str, connections: int, read_seconds: float = READ_SECONDS) -> None:
        self._base = f"{api_url}/bot{token}"  # never logged
        self._files = f"{api_url}/file/bot{token}"
        self._transport = HttpTransport(connections, read_seconds)

    async def call(self, method: str, parameters: Mapping[str, Any], attachment: Attachment | None = None) -> Result:
        """Make one call, with a document beside it or not; whatever happens is a result, never an exception."""
        await self._transport.initialize()
        try:
            if attachment is None:
                status, answer = await self._transport.post_json(f"{self._base}/{method}", parameters)
            else:
                status, answer = await self._transport.post_document(f"{self._base}/{method}", parameters, attachment)
        except NotDelivered as error:
            return NotSent(error.message)
        except Unclear as error:
            return Uncertain(error.message)
        return answers.meaning(status, answer)

    async def download(self, place: str, most: int) -> bytes | None:
        """A file by the place that getFile named, at most so many bytes; None if it is not to be had now."""
        if place.startswith("/") or ".." in place.split("/"):
            return None  # a path on the machine of a Bot API server of one's own: nothing to be fetched
        await self._transport.initialize()
        try:
            status, content = await self._transport.get(f"{self._files}/{place}", DOWNLOAD_SECONDS)
        except (NotDelivered, Unclear):
            return None
        return content if status == 200 and len(content) <= most else None

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.shutdown()
