"""The door in: updates are written down before Telegram is told that we have them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import orjson

from gateway.clocks import Clock
from storage import facts, inbox
from storage.database import Database, Tx
from storage.inbox import NewUpdate, StoredUpdate

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "message_reaction",
)
"""Always passed in full: Telegram remembers the last list it was given."""

QUIET_SPELL = timedelta(days=6)
"""After a week without updates Telegram may number them anew, lower than before."""

GENERATION = "update_generation"


class Journal:
    """Writes raw updates down; `on_stored` gets the new ones after the commit, `on_query` what is not written down."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        bot_id: int,
        on_stored: Callable[[Sequence[StoredUpdate]], None],
        on_query: Callable[[Mapping[str, Any]], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._bot_id = bot_id
        self._on_stored = on_stored
        self._on_query = on_query

    async def store(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Journal updates in one commit; returns when they are safe. Known ones are ignored.

        What somebody types to find a card is worth nothing in a minute, and asked again with the next letter: it goes
        on at once and is not kept.
        """
        for query in updates:
            if "inline_query" in query:
                self._on_query(query)
        updates = [update for update in updates if "inline_query" not in update]
        if not updates:
            return
        now = self._clock.now()
        async with self._database.write() as tx:
            generation = await self._generation(tx)
            rows = [
                NewUpdate(self._bot_id, generation, u["update_id"], lane_of(u), orjson.dumps(u).decode())
                for u in updates
            ]
            stored = await inbox.add(tx, rows, now)
        self._on_stored(stored)

    async def _generation(self, tx: Tx) -> int:
        now = self._clock.now()
        generation = int(await facts.get(tx, GENERATION) or 0)
        last = await inbox.last_received_at(tx)
        if last is not None and now - last > QUIET_SPELL:
            generation += 1
            await facts.put(tx, GENERATION, str(generation))
        return generation


def lane_of(update: Mapping[str, Any]) -> int:
    """The chat an update belongs to, or the person: updates of one lane are handled in order."""
    body = next((value for key, value in update.items() if key != "update_id" and isinstance(value, Mapping)), {})
    message = body.get("message")
    for part in (body.get("chat"), message.get("chat") if isinstance(message, Mapping) else None, body.get("from")):
        if isinstance(part, Mapping) and isinstance(part.get("id"), int):
            return int(part["id"])
    return 0
