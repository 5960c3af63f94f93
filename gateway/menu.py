"""The command menu, made from the same table as the handlers, in every language."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from domain.deliveries import owe
from handlers.routes import Command, Route, Where
from messages.languages import LANGUAGES, SOURCE_LANGUAGE, speaker
from storage import outbox
from storage.database import Tx

_SCOPES = {"all_private_chats": Where.GROUP, "all_group_chats": Where.PRIVATE}
"""The scopes of Telegram, and the commands that do not count there."""


async def owe_menus(tx: Tx, routes: Sequence[Route], now: datetime) -> None:
    """Owe the menu of each language; the same menu is owed only once, over restarts too."""
    deliveries = []
    for language in LANGUAGES:
        say = speaker(language)
        for scope, elsewhere in _SCOPES.items():
            commands = [
                {"command": route.name, "description": say.plain(route.menu)}
                for route in routes
                if isinstance(route, Command) and route.menu and route.where is not elsewhere
            ]
            payload: dict[str, object] = {"commands": commands, "scope": {"type": scope}}
            if language != SOURCE_LANGUAGE:
                payload["language_code"] = language
            fingerprint = hashlib.sha256(repr(payload).encode()).hexdigest()[:16]
            key = f"menu:{language}:{fingerprint}"
            deliveries.append(owe("menu", key, now, method="setMyCommands", payload=payload))
    await outbox.add(tx, deliveries, now)
