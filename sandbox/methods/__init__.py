"""The Bot API methods that the sandbox carries out, one module per subject."""

from collections.abc import Callable

from sandbox.methods import (
    chats,
    commands,
    editing,
    invites,
    media,
    members,
    messages,
    profile,
    queries,
    topics,
    webhooks,
)
from sandbox.methods.request import Request
from sandbox.state import Json

Result = Json | list[Json] | str | bool | int
Method = Callable[[Request], Result]

METHODS: dict[str, Method] = {
    **profile.METHODS,
    **commands.METHODS,
    **messages.METHODS,
    **media.METHODS,
    **editing.METHODS,
    **queries.METHODS,
    **chats.METHODS,
    **members.METHODS,
    **invites.METHODS,
    **topics.METHODS,
    **webhooks.METHODS,
}
"""All but getUpdates, which waits and therefore lives in the server."""

PACED = frozenset(
    """
    sendMessage sendPhoto sendDocument sendVideo sendAudio sendVoice sendAnimation sendSticker sendVideoNote
    sendMediaGroup sendLocation sendVenue sendContact sendPoll sendDice copyMessage copyMessages forwardMessage
    forwardMessages editMessageText editMessageCaption editMessageMedia editMessageReplyMarkup
    """.split()
)
"""Methods that Telegram's rate limits count: sends and edits."""
