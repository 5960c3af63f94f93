"""The Bot API methods that the sandbox carries out, one module per subject."""

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
from sandbox.methods.request import Method

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
    {name for name in METHODS if name.startswith(("send", "copy", "forward", "editMessage"))} - {"sendChatAction"}
)
"""Methods that Telegram's rate limits count: sends and edits, each call once, an album too."""
