"""Who the bot is: asked of Telegram at the start, remembered for starts without Telegram."""

from typing import Any

from telegram import User
from telegram.error import NetworkError
from telegram.ext import ExtBot

from gateway.transport import HttpTransport


class TokenRefused(Exception):
    """Telegram does not know this token."""


class KnownBot(ExtBot[None]):
    """A bot that knows itself: `initialize` makes no call, so that a start works while Telegram does not."""

    def __init__(self, identity: dict[str, Any], **options: Any) -> None:
        super().__init__(**options)
        self._identity = identity

    async def get_me(self, *_: Any, **__: Any) -> User:
        """The identity as given. `_bot_user` is where python-telegram-bot's own `get_me` keeps it."""
        self._bot_user = User.de_json(self._identity, self)
        return self._bot_user


async def fetch_identity(api_url: str, token: str) -> dict[str, Any]:
    """Ask Telegram who we are; raise TokenRefused, or NetworkError when there is no usable answer."""
    transport = HttpTransport(connections=1)
    await transport.initialize()
    try:
        status, answer = await transport.post_json(f"{api_url}/bot{token}/getMe", {}, 10.0)
    finally:
        await transport.shutdown()
    if status in {401, 404}:
        raise TokenRefused
    if status != 200:
        raise NetworkError(str(answer.get("description")))
    identity: dict[str, Any] = answer["result"]
    return identity
