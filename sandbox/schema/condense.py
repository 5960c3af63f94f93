"""Makes the generator's schema short and adds the limits that the types tell only in prose.

Three keywords are our own: `utf16Length` and `byteLength` count what Telegram counts, `parsedLength` is
`utf16Length` of the text that is left when the formatting is taken out.
"""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

Schema = dict[str, Any]

LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)([a-z0-9 ]* after entities parsing)?", re.IGNORECASE)
RANGE = re.compile(r"(?:^|[;,.] |between )(\d+)(?:-| and )(\d+)(?= if specified| are accepted|[.;]|$)")
COUNT = re.compile(r"(?<!ISO )\b(\d+)-(\d+) (?!characters)[a-z]+")
AT_MOST = re.compile(r"(?:[Aa]t most|up to) (\d+) (?!characters|sizes each)[a-z]+")
ALPHABETS = {
    "only `A-Z`, `a-z`, `0-9`, `_` and `-` are allowed": "^[A-Za-z0-9_-]*$",
    "Only characters `A-Z`, `a-z`, `0-9`, `_` and `-` are allowed": "^[A-Za-z0-9_-]*$",
    "Can contain only lowercase English letters, digits and underscores": "^[a-z0-9_]*$",
}
# TypeScript has one kind of number; the documentation calls these Float and every other one Integer.
FLOATS = re.compile(
    r"latitude|longitude|horizontal_accuracy|[xy]_shift|scale|\w+_percentage|temperature|(main|cover)_frame_timestamp"
)
FLOATS_BY_TYPE = {("StoryAreaPosition", "rotation_angle"), ("InputStoryContentVideo", "duration")}


def limits(schema: Schema, prose: str) -> Schema:
    """Return the JSON Schema keywords that say what the prose of a field says about its size."""
    kind = schema.get("type")
    if kind == "string":
        return _string_limits(prose)
    ranges = RANGE.findall(prose)
    if kind == "number" and len(ranges) == 1 and " or " not in prose:
        low, high = ranges[0]
        return {"minimum": int(low), "maximum": int(high)}
    if kind == "array" and (found := COUNT.search(prose)):
        return {"minItems": int(found[1]), "maxItems": int(found[2])}
    if kind == "array" and (found := AT_MOST.search(prose)):
        return {"maxItems": int(found[1])}
    return {}


def _string_limits(prose: str) -> Schema:
    found: Schema = {}
    if length := LENGTH.search(prose):
        unit = "byteLength" if length[3].lower() == "bytes" else "utf16Length"
        found["parsedLength" if length[4] else unit] = [int(length[1]), int(length[2])]
    found.update(("pattern", pattern) for sentence, pattern in ALPHABETS.items() if sentence in prose)
    return found


def condense(schema: Any, owner: str = "", field: str = "") -> Any:
    """Return the schema without prose, with limits, integers and short names, as JSON Schema draft 4."""
    if isinstance(schema, list):
        return [condense(part, owner, field) for part in schema]
    if not isinstance(schema, dict):
        return schema
    short = {key: value for key, value in schema.items() if key not in {"description", "properties", "const"}}
    short = {key: condense(value, owner, field) for key, value in short.items()}
    short.update(limits(schema, schema.get("description", "")))
    if "properties" in schema:
        short["properties"] = {name: condense(part, owner, name) for name, part in schema["properties"].items()}
    if "const" in schema:
        short["enum"] = [schema["const"]]
    if "$ref" in schema:
        short["$ref"] = f"#/definitions/{definition_name(schema['$ref'])}"
    if "type" in short:
        short["type"] = _exact(short["type"], owner, field)
    return short


def _exact(kind: Any, owner: str, field: str) -> Any:
    """Return "integer" for "number", alone or in a list of types, except for the few floats."""
    if FLOATS.fullmatch(field) or (owner, field) in FLOATS_BY_TYPE:
        return kind
    if isinstance(kind, list):
        return ["integer" if one == "number" else one for one in kind]
    return "integer" if kind == "number" else kind


def definition_name(reference: str) -> str:
    """Return the name that the documentation uses: "Message" for "#/definitions/TelegramMessage"."""
    return unquote(reference).removeprefix("#/definitions/").removeprefix("Telegram")


def resolved(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """Return the definition behind a reference, or the schema itself."""
    return definitions[unquote(schema["$ref"]).removeprefix("#/definitions/")] if "$ref" in schema else schema


def split(raw: Schema) -> dict[str, dict[str, Schema]]:
    """Return {"methods": {name: {"params", "result"}}, "definitions": {name: schema}}."""
    definitions = raw["definitions"]
    methods: dict[str, Schema] = {}
    for name, reference in definitions["APIMethods"]["properties"].items():
        call = resolved(reference, definitions)["properties"]
        params = resolved(call["params"], definitions)
        methods[name] = {"params": condense(params, name), "result": condense(call["result"], name)}
    kept = {
        definition_name(name): condense(schema, definition_name(name))
        for name, schema in sorted(definitions.items())
        if not re.match(r"BotApi$|APIMethods$|CallAPI|\w+Params$", name)
    }
    return {"methods": dict(sorted(methods.items())), "definitions": kept}


def dumped(parts: Mapping[str, Mapping[str, Schema]]) -> str:
    """Return JSON with one method or definition on each line, so that differences read well."""
    sections = []
    for title, schemas in parts.items():
        rows = (
            f"{json.dumps(name)}:{json.dumps(value, sort_keys=True, separators=(',', ':'))}"
            for name, value in schemas.items()
        )
        sections.append(f'"{title}":{{\n' + ",\n".join(rows) + "\n}")
    return "{" + ",\n".join(sections) + "}\n"


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_text(dumped(split(json.loads(source.read_text("utf-8")))), "utf-8")
