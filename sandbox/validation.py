"""Says what Telegram would refuse: requests and objects against the official schema and the rules told in prose.

The schema (`schema/bot_api.json`) knows names, types and simple sizes; `sandbox/rules.py` knows the rest. Both are
stricter than Telegram in one thing: a name that the Bot API does not know is an error, for it is a slip of ours.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from jsonschema_rs import Draft4Validator

from sandbox.descriptions import description, sentence
from sandbox.entities import utf16_length
from sandbox.rules import broken_object_rules, broken_request_rule

Schema = dict[str, Any]

SCHEMA_FILE = Path(__file__).parent / "schema" / "bot_api.json"


class UnknownMethod(LookupError):
    """The Bot API has no method of this name."""


class UnreadableParameter(ValueError):
    """A form value is not the JSON that its parameter needs; the message is the description of the answer."""


def request_error(method: str, params: Mapping[str, object]) -> str | None:
    """Return None when a request is fine, else the description Telegram (or, for slips, the sandbox) answers with.

    Uploaded files stand in `params` as strings "attach://name", also under names of their own. Raises UnknownMethod.
    """
    validator = _params_validator(method)
    try:
        if validator.is_valid(params):
            return broken_request_rule(method, params)
        named = _without_uploads(method, params)
        if len(named) < len(params):
            return request_error(method, named)
        return description(method, validator.iter_errors(params))
    except UnicodeEncodeError:
        return "Bad Request: strings must be encoded in UTF-8"


def _without_uploads(method: str, params: Mapping[str, object]) -> dict[str, object]:
    """Leave out the files of an album, which come under any name that its media refer to."""
    known = _method(method)["params"].get("properties", {})
    return {name: value for name, value in params.items() if name in known or value != f"attach://{name}"}


def object_errors(type_name: str, value: object) -> list[str]:
    """Return what is wrong with an object of a type of the Bot API ("Message", "Update"…), as "path: reason" each."""
    return _errors(_object_validator(type_name), type_name, value)


def result_errors(method: str, result: object) -> list[str]:
    """Return what is wrong with the answer of a method, as "path: reason" each. Raises UnknownMethod."""
    return _errors(_result_validator(method), _result_type(method), result)


def _errors(validator: Draft4Validator, type_name: str, value: object) -> list[str]:
    if not validator.is_valid(value):
        return [sentence(error) for error in validator.iter_errors(value)]
    return broken_object_rules(type_name, value)


def decode_params(method: str, raw: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters with strings turned into what the method expects: numbers, flags, arrays, objects.

    Form fields are strings, and Telegram takes such strings in JSON bodies, too. Unknown names stay as they are.
    Raises UnknownMethod and UnreadableParameter.
    """
    readers = _readers(method)
    return {
        name: readers[name](name, value) if isinstance(value, str) and name in readers else value
        for name, value in raw.items()
    }


# --- compiled schemas


@cache
def _schema() -> Schema:
    loaded: Schema = orjson.loads(SCHEMA_FILE.read_bytes())
    return loaded


class _Length(ABC):
    """A keyword for the length of a string, in the unit that the subclass counts."""

    def __init__(self, _parent: Schema, limits: list[int], _path: list[str | int]) -> None:
        self.low, self.high = limits

    def validate(self, value: Any) -> None:
        if isinstance(value, str) and not self.low <= self.count(value) <= self.high:
            raise ValueError(f"length must be {self.low}-{self.high}, is {self.count(value)}")

    @abstractmethod
    def count(self, value: str) -> int: ...


class _Utf16Length(_Length):
    def count(self, value: str) -> int:
        return utf16_length(value)


class _ByteLength(_Length):
    def count(self, value: str) -> int:
        return len(value.encode())


def _compiled(schema: Schema) -> Draft4Validator:
    """Compile with draft 4, the one in which 1.0 is no integer."""
    return Draft4Validator(
        {**schema, "definitions": _schema()["definitions"]},
        keywords={"utf16Length": _Utf16Length, "byteLength": _ByteLength},
    )


def _method(name: str) -> Schema:
    try:
        method: Schema = _schema()["methods"][name]
    except KeyError:
        raise UnknownMethod(name) from None
    return method


@cache
def _params_validator(method: str) -> Draft4Validator:
    return _compiled(_method(method)["params"])


@cache
def _result_validator(method: str) -> Draft4Validator:
    return _compiled({"allOf": [_method(method)["result"]]})


@cache
def _result_type(method: str) -> str:
    reference: str = _method(method)["result"].get("$ref", "")
    return reference.removeprefix("#/definitions/")


@cache
def _object_validator(type_name: str) -> Draft4Validator:
    if type_name not in _schema()["definitions"]:
        raise LookupError(f"The Bot API has no type {type_name}")
    return _compiled({"allOf": [{"$ref": f"#/definitions/{type_name}"}]})


# --- form values

_Reader = Callable[[str, str], object]


@cache
def _readers(method: str) -> dict[str, _Reader]:
    """Return how to read the string of each parameter that is not simply a string."""
    kinds = {name: _kinds(part) for name, part in _method(method)["params"].get("properties", {}).items()}
    readers = {"boolean": _read_flag, "integer string": _read_identifier}
    return {name: readers.get(kind, _read_json) for name, kind in kinds.items() if kind != "string"}


def _kinds(schema: Schema) -> str:
    """Return the JSON types a schema allows, sorted, with references followed."""
    if "$ref" in schema:
        return _kinds(_schema()["definitions"][schema["$ref"].removeprefix("#/definitions/")])
    if "anyOf" in schema:
        return " ".join(sorted({_kinds(part) for part in schema["anyOf"]}))
    kind = schema["type"]
    return kind if isinstance(kind, str) else " ".join(sorted(kind))


def _read_flag(_name: str, value: str) -> object:
    return value.strip().lower() in {"true", "yes", "1"}


def _read_identifier(_name: str, value: str) -> object:
    return int(value) if re.fullmatch(r"-?[0-9]{1,19}", value) else value


def _read_json(name: str, value: str) -> object:
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        raise UnreadableParameter(f"Bad Request: can't parse {name}: not JSON") from None
