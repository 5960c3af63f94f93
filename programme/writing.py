"""Writes a programme as YAML, or its webinars as CSV: exactly what `programme.reading` reads."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import yaml

from domain.groups import Group
from domain.programme import PlannedWebinar, Programme
from programme.table import COLUMNS, to_row


def write(programme: Programme, path: Path) -> None:
    """Write a file by its ending, .csv or YAML. A file that is there is replaced as a whole; raises OSError."""
    text = as_table(programme) if path.suffix.lower() == ".csv" else as_yaml(programme)
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def as_yaml(programme: Programme) -> str:
    """The whole programme."""
    data = {
        "groups": [_group(group) for group in programme.groups],
        "webinars": [_webinar(webinar) for webinar in programme.webinars],
    }
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)


def as_table(programme: Programme) -> str:
    """The webinars, a row each."""
    target = StringIO()
    writer = csv.DictWriter(target, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(to_row(_webinar(webinar)) for webinar in programme.webinars)
    return target.getvalue()


def _group(group: Group) -> dict[str, Any]:
    entry = {
        "code": group.code,
        "titles": dict(group.titles),
        "themes": dict(group.themes),
        "members": [group.least_members, group.most_members],
        "opens": group.opens_on,
        "closes": group.closes_on,
    }
    return {name: value for name, value in entry.items() if value is not None}


def _webinar(webinar: PlannedWebinar) -> dict[str, Any]:
    entry = {
        "slug": webinar.slug,
        "group": webinar.group,
        "titles": dict(webinar.titles),
        "abstracts": dict(webinar.abstracts),
        "speakers": list(webinar.speakers),
        "languages": list(webinar.languages),
        "start": webinar.wall.isoformat(" ", "seconds" if webinar.wall.second else "minutes"),
        "minutes": webinar.minutes,
        "zone": webinar.zone,
        "link": webinar.link,
        "link_policy": webinar.link_policy.value,
        "state": webinar.state.value,
        "backstage_link": webinar.backstage_link,
        "capacity": webinar.capacity,
        "registration": webinar.registration,
        "recording_link": webinar.recording_link,
    }
    return {name: value for name, value in entry.items() if value is not None}
