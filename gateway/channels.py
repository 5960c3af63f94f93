"""Whether the bot may post in the channel: asked by `prework check`, before anything is published."""

from collections.abc import Mapping
from typing import Any

from telegram.error import NetworkError

from gateway.transport import HttpTransport

NEEDED = {"can_post_messages": "post messages", "can_edit_messages": "edit messages", "can_delete_messages": "delete"}
"""Rights of an administrator in a channel, and what they are called in Telegram's clients."""


class NoChannel(Exception):
    """The bot cannot post there; `str()` says what to do."""


async def find_channel(api_url: str, token: str, bot_id: int, chat_id: int) -> str:
    """The title of the channel; raise NoChannel, or NetworkError when there is no usable answer."""
    transport = HttpTransport(connections=1)
    await transport.initialize()
    try:
        base = f"{api_url}/bot{token}"
        chat = await _ask(transport, f"{base}/getChat", {"chat_id": chat_id})
        member = await _ask(transport, f"{base}/getChatMember", {"chat_id": chat_id, "user_id": bot_id})
    finally:
        await transport.shutdown()
    title = str(chat.get("title", chat_id))
    missing = [name for right, name in NEEDED.items() if not member.get(right)]
    if member.get("status") not in {"administrator", "creator"}:
        raise NoChannel(
            f"the bot is no administrator of {title}. Make it one, with the rights to post, edit and delete."
        )
    if chat.get("type") == "channel" and member.get("status") == "administrator" and missing:
        raise NoChannel(f"in {title} the bot lacks the right to {', '.join(missing)}. Give it that right.")
    return title


async def _ask(transport: HttpTransport, url: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    status, answer = await transport.post_json(url, parameters, 10.0)
    if status in {400, 403}:
        raise NoChannel(f"Telegram says: {answer.get('description')}. Add the bot to the channel as an administrator.")
    if status != 200:
        raise NetworkError(str(answer.get("description")))
    found: Mapping[str, Any] = answer["result"]
    return found
