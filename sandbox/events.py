"""What happens, as a stream of JSON objects for the chat page and for whoever waits in a test."""

import asyncio
from collections.abc import AsyncIterator

from sandbox.state import Json

_END: Json = {}


class Subscription:
    """`async for event in subscription`; ends with close(). A reader who falls 10,000 events behind is dropped."""

    def __init__(self, stream: "EventStream") -> None:
        self._stream = stream
        self._queue: asyncio.Queue[Json] = asyncio.Queue(10_000)

    def put(self, event: Json) -> None:
        """Hand over one event."""
        try:
            self._queue.put_nowait(event)
        except asyncio.QueueFull:
            self._stream.drop(self)

    async def get(self) -> Json:
        """Wait for the next event."""
        return await self._queue.get()

    async def __aiter__(self) -> AsyncIterator[Json]:
        """Yield events until the subscription is closed."""
        while (event := await self._queue.get()) is not _END:
            yield event

    def close(self) -> None:
        """End the iteration."""
        self._stream.drop(self)
        if not self._queue.full():
            self._queue.put_nowait(_END)


class EventStream:
    """Hands every event to all who subscribed.

    Kinds: message, edit, delete {chat, bot (private chats), message_id}; toast {user, text, alert, url};
    call {number}; clock {now, offset}; member {chat, user, status}; chat {chat}; request {chat, user};
    typing {chat, action}; commands {bot}; inline {user, query}.
    """

    def __init__(self) -> None:
        self._subscriptions: list[Subscription] = []

    def subscribe(self) -> Subscription:
        """Begin to listen."""
        subscription = Subscription(self)
        self._subscriptions.append(subscription)
        return subscription

    def drop(self, subscription: Subscription) -> None:
        """Stop telling this subscription."""
        if subscription in self._subscriptions:
            self._subscriptions.remove(subscription)

    def tell(self, kind: str, **event: object) -> None:
        """Tell everybody who listens."""
        if not self._subscriptions:
            return
        for subscription in list(self._subscriptions):
            subscription.put({"kind": kind, **event})
