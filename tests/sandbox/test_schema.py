"""The schema is the official one, complete, readable as a difference, and holds the limits told in prose."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import telegram

import sandbox.schema
from sandbox.schema.condense import condense, dumped, limits

FOLDER = Path(sandbox.schema.__file__).parent
SCHEMA: dict[str, dict[str, Any]] = json.loads((FOLDER / "bot_api.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("kind", "prose", "found"),
    [
        ("string", "Text of the message, 1-4096 characters after entities parsing", {"parsedLength": [1, 4096]}),
        ("string", "Data to be sent, 1-64 bytes", {"byteLength": [1, 64]}),
        ("string", "Unique identifier, 1-64 Bytes", {"byteLength": [1, 64]}),
        ("string", "Invite link name; 0-32 characters", {"utf16Length": [0, 32]}),
        (
            "string",
            "1-32 characters. Can contain only lowercase English letters, digits and underscores.",
            {"utf16Length": [1, 32], "pattern": "^[a-z0-9_]*$"},
        ),
        ("string", "A two-letter ISO 639-1 language code", {}),
        ("number", "Values between 1-100 are accepted. Defaults to 100.", {"minimum": 1, "maximum": 100}),
        ("number", "Must be between 1 and 360 if specified.", {"minimum": 1, "maximum": 360}),
        ("number", "should be between 60 and 86400, or 0x7FFFFFFF", {}),
        ("array", "A list of 1-100 identifiers of messages", {"minItems": 1, "maxItems": 100}),
        ("array", "must include 2-10 items", {"minItems": 2, "maxItems": 10}),
        ("array", "At most 100 commands can be specified.", {"maxItems": 100}),
        ("array", "A list of two-letter ISO 3166-1 alpha-2 country codes", {}),
        ("array", "Requested pictures (in up to 4 sizes each)", {}),
        ("boolean", "Pass True to allow up to 1000 messages", {}),
    ],
)
def test_prose_becomes_limits(kind: str, prose: str, found: dict[str, object]) -> None:
    assert limits({"type": kind}, prose) == found


def test_numbers_are_integers_except_the_few_floats() -> None:
    raw = {"properties": {"chat_id": {"type": ["number", "string"]}, "latitude": {"type": "number"}}}

    assert condense(raw, "sendLocation") == {
        "properties": {"chat_id": {"type": ["integer", "string"]}, "latitude": {"type": "number"}}
    }


def test_every_call_of_python_telegram_bot_is_a_known_method() -> None:
    calls = {
        re.sub(r"_(\w)", lambda letter: letter[1].upper(), name)
        for name in vars(telegram.Bot)
        if re.match(r"(send|get|set|edit|answer|create|delete|copy|forward|pin|unpin|ban|unban|promote)_", name)
    }

    assert len(calls) > 100
    assert calls - SCHEMA["methods"].keys() == set()


def test_references_lead_somewhere() -> None:
    text = (FOLDER / "bot_api.json").read_text("utf-8")

    assert set(re.findall(r"#/definitions/(\w+)", text)) <= SCHEMA["definitions"].keys()
    assert text.count("#/definitions/") == len(re.findall(r'"#/definitions/\w+"', text))


def test_the_file_is_as_the_script_writes_it_and_names_no_address() -> None:
    text = (FOLDER / "bot_api.json").read_text("utf-8")

    assert text == dumped(SCHEMA)
    assert "://" not in text


def test_the_licence_of_the_types_is_kept() -> None:
    assert (FOLDER / "LICENSE").read_text("utf-8").startswith("MIT License")
