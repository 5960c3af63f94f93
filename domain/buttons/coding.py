"""What a button means, as a value that fits into Telegram's 64 bytes.

A code is never used again for something else: cards from last year still carry it.
"""

from dataclasses import fields
from typing import Any, TypeVar, get_type_hints

MOST_BYTES = 64

MOST = 2**63 - 1
"""No number of ours is larger."""

A = TypeVar("A", bound="type[Action]")


class Action:
    """Base of all button meanings: frozen dataclasses of int, str and StrEnum fields."""


_BY_CODE: dict[str, type[Action]] = {}
_CODES: dict[type[Action], str] = {}
_TYPES: dict[type[Action], tuple[type[Any], ...]] = {}


class Unreadable(ValueError):
    """Callback data that no button of ours carries."""


def coded(code: str) -> Any:
    """Give a kind of button its code; raise ValueError for one that is taken."""

    def register(action: A) -> A:
        if code in _BY_CODE:
            raise ValueError(f"button code {code!r} is taken by {_BY_CODE[code].__name__}")
        _BY_CODE[code] = action
        _CODES[action] = code
        hints = get_type_hints(action)
        _TYPES[action] = tuple(hints[field.name] for field in fields(action))  # type: ignore[arg-type]
        return action

    return register


def code_of(action: type[Action]) -> str:
    """The code that begins the callback data of this kind of button."""
    return _CODES[action]


def every() -> list[type[Action]]:
    """Every kind of button."""
    return list(_CODES)


def encode(action: Action) -> str:
    """The callback data of a button; raise ValueError when it exceeds 64 bytes."""
    values = (getattr(action, field.name) for field in fields(action))  # type: ignore[arg-type]
    data = ":".join([_CODES[type(action)], *(str(value) for value in values)])
    if len(data.encode()) > MOST_BYTES:
        raise ValueError(f"callback data of {len(data.encode())} bytes: {data}")
    return data


def decode(data: str) -> Action:
    """Read callback data strictly: any bytes can come from a client. Raise Unreadable."""
    code, *raw = data.split(":")
    action = _BY_CODE.get(code)
    if action is None or len(raw) != len(_TYPES[action]):
        raise Unreadable(data)
    try:
        return action(*(_read(kind, text) for kind, text in zip(_TYPES[action], raw, strict=True)))
    except ValueError as error:
        raise Unreadable(data) from error


def _read(kind: type[Any], text: str) -> Any:
    if kind is int:
        number = int(text) if len(text) <= 20 else MOST + 1
        # " 7", "07", "7_0" are numbers too, but not as we write them; larger ones no database can look for.
        if str(number) != text or abs(number) > MOST:
            raise Unreadable(text)
        return number
    return kind(text)
