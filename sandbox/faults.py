"""Scripted faults: what goes wrong between the bot and Telegram, call by call."""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum


class FaultKind(StrEnum):
    """What goes wrong. The comment says whether Telegram still carried out the call."""

    FLOOD = "flood"  # no: 429, `retry_after` seconds, or without the parameter when it is None
    ERROR = "error"  # no: Telegram's JSON error `status`, `description`, `parameters`
    FORBIDDEN = "forbidden"  # no: 403 with `description`
    HTML = "html"  # no: `status` (502) with a proxy's HTML page
    NOT_OK = "not_ok"  # no: 200 with {"ok": false} and nothing else
    RESET = "reset"  # no: the connection is reset before the call is read
    LOST = "lost"  # YES: the connection is closed instead of the answer
    TRUNCATED = "truncated"  # YES: half of the JSON arrives
    EMPTY = "empty"  # YES: 200 with an empty body
    DELAY = "delay"  # yes: after `seconds`
    HOLD = "hold"  # yes: after `release()`
    HOLD_ANSWER = "hold_answer"  # YES at once, but the answer waits for `release()`


@dataclass(eq=False)
class Fault:
    """One scripted fault; `hits` counts how often it struck, `struck` is set at the first time."""

    kind: FaultKind
    method: str = "*"
    chat: int | None = None
    times: int | None = 1
    skip: int = 0
    status: int = 400
    description: str = ""
    parameters: dict[str, object] | None = None
    retry_after: int | float | None = None
    seconds: float = 0.0
    hits: int = 0
    struck: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        """Let the calls go on that a HOLD keeps waiting, and all later ones."""
        self.released.set()

    def concerns(self, method: str, chat: object) -> bool:
        """Tell whether this fault is meant for a call of `method` to `chat` and not used up."""
        if self.times is not None and self.hits >= self.times:
            return False
        if self.method not in {"*", method}:
            return False
        return self.chat is None or str(self.chat) == str(chat)


_STATUS = {FaultKind.HTML: 502, FaultKind.FORBIDDEN: 403, FaultKind.FLOOD: 429}


class Faults:
    """The script: faults are tried in the order in which they were added; the first that concerns a call strikes."""

    def __init__(self) -> None:
        self._script: list[Fault] = []

    def add(
        self,
        kind: FaultKind | str,
        *,
        method: str = "*",
        chat: int | None = None,
        times: int | None = 1,
        skip: int = 0,
        status: int | None = None,
        description: str = "",
        parameters: dict[str, object] | None = None,
        retry_after: float | None = None,
        seconds: float = 0.0,
    ) -> Fault:
        """Script one fault for the next `times` calls (None: always) after `skip` calls that pass unharmed."""
        kind = FaultKind(kind)
        fault = Fault(
            kind=kind,
            method=method,
            chat=chat,
            times=times,
            skip=skip,
            status=status or _STATUS.get(kind, 400),
            description=description,
            parameters=parameters,
            retry_after=retry_after,
            seconds=seconds,
        )
        self._script.append(fault)
        return fault

    def clear(self) -> None:
        """Forget the whole script and let go what it held."""
        for fault in self._script:
            fault.release()
        self._script.clear()

    def strike(self, method: str, chat: object) -> Fault | None:
        """Return the fault that strikes this call, and count it."""
        for fault in self._script:
            if not fault.concerns(method, chat):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.hits += 1
            fault.struck.set()
            return fault
        return None
