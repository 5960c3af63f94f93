"""Reads a programme from YAML, or its webinars from CSV; every finding names file, line and entry."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from domain.programme import Programme, ProgrammeError
from programme.entries import ProgrammeEntries
from programme.table import from_row

ValuePath = Sequence[str | int]
Place = Callable[[ValuePath], str]
"""From the path of a value ("webinars", 2, "start") to the words that say where it stands."""


def read(path: Path) -> Programme:
    """Read a file by its ending, .csv or YAML; raises ProgrammeError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ProgrammeError([f"{path} cannot be read: {error.strerror}"]) from error
    return parse(path.name, content)


def parse(name: str, content: bytes) -> Programme:
    """The same with a file that is there already; raises ProgrammeError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProgrammeError([f"{name} is not text in UTF-8"]) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _read_table(name, text) if name.lower().endswith(".csv") else _read_yaml(name, text)


def _read_yaml(name: str, text: str) -> Programme:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        twice = list(_written_twice(root)) if root else []
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ProgrammeError([f"{name} line {line}: {error.problem}"]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise ProgrammeError([f"{name} is not YAML: {error}"]) from error
    if twice:
        raise ProgrammeError([f"{name} line {line}: {key} is written twice" for line, key in twice])
    if not isinstance(data, dict):
        raise ProgrammeError([f"{name} holds no programme: it needs groups: and webinars:"])

    def place(path: ValuePath) -> str:
        return f"{name} line {_line(root, path)}{_entry(data, path)}"

    return _build(data, place)


def _read_table(name: str, text: str) -> Programme:
    reader = csv.DictReader(StringIO(text), strict=True)
    lines, rows = [], []
    try:
        for row in reader:
            rows.append(from_row(row))
            lines.append(reader.line_num)
    except csv.Error as error:
        raise ProgrammeError([f"{name} line {reader.line_num}: {error}"]) from error
    data = {"webinars": rows}

    def place(path: ValuePath) -> str:
        line = lines[int(path[1])] if len(path) > 1 else 1
        return f"{name} line {line}{_entry(data, path)}"

    return _build(data, place)


def _build(data: dict[str, Any], place: Place) -> Programme:
    try:
        entries = ProgrammeEntries.model_validate(data)
    except ValidationError as error:
        raise ProgrammeError([_finding(one, place) for one in error.errors()]) from None
    twice = [
        *_used_twice("groups", "code", [group.code for group in entries.groups], place),
        *_used_twice("webinars", "slug", [webinar.slug for webinar in entries.webinars], place),
    ]
    if twice:
        raise ProgrammeError(twice)
    return Programme(
        groups=tuple(entry.group() for entry in entries.groups),
        webinars=tuple(entry.planned(place(("webinars", n))) for n, entry in enumerate(entries.webinars)),
    )


def _used_twice(kind: str, field: str, names: Sequence[str], place: Place) -> list[str]:
    count = Counter(names)
    return [f"{place((kind, n))}: {field} {name} is used twice" for n, name in enumerate(names) if count[name] > 1]


def _finding(error: Any, place: Place) -> str:
    path = error["loc"]
    field = ".".join(str(step) for step in path[2:] if step != "[key]") or str(path[0] if path else "")
    match error["type"]:
        case "missing":
            words = "is missing"
        case "extra_forbidden":
            words = "is not known here"
        case "value_error":
            words = str(error["ctx"]["error"])
        case _:
            words = f"is wrong: {error['msg'][:1].lower()}{error['msg'][1:]}"
    return f"{place(path)}: {field} {words}"


def _entry(data: Any, path: ValuePath) -> str:
    """Say which entry it is, in words that follow a line number; nothing for a finding about the file."""
    if len(path) < 2:
        return ""
    kind, number = str(path[0]), int(path[1])
    entry = data[kind][number]
    name = entry.get("slug" if kind == "webinars" else "code") if isinstance(entry, dict) else None
    return f", {kind.removesuffix('s')} {number + 1}" + (f" ({name})" if name else "")


def _line(node: yaml.Node | None, path: ValuePath) -> int:
    """The line of the value at a path, or of what of the path there is."""
    line = 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        else:
            break
        if node is None:
            break
        line = node.start_mark.line + 1
    return line


def _written_twice(node: yaml.Node) -> Iterator[tuple[int, str]]:
    """Keys that a mapping has twice: YAML's readers silently take the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.start_mark.line + 1, key.value
            seen.add(key.value)
            yield from _written_twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _written_twice(value)
