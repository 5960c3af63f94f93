"""Places people know: cities that name time zones, in every language."""

import unicodedata
from functools import cache
from zoneinfo import available_timezones

from babel.core import get_global

from messages import dates

WELL_KNOWN = (
    "Pacific/Honolulu", "America/Anchorage", "America/Vancouver", "America/Denver", "America/Mexico_City",
    "America/Toronto", "America/Halifax", "America/St_Johns", "America/Sao_Paulo", "Atlantic/Cape_Verde",
    "Africa/Accra", "Europe/London", "Europe/Berlin", "Africa/Lagos", "Africa/Cairo", "Africa/Johannesburg",
    "Europe/Kyiv", "Africa/Nairobi", "Europe/Istanbul", "Asia/Tehran", "Asia/Dubai", "Asia/Kabul", "Asia/Karachi",
    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Jakarta", "Asia/Manila", "Asia/Shanghai",
    "Asia/Tokyo", "Australia/Adelaide", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip
"""One or two for each offset in use, for choosing by the clock; every other city can be typed."""


def cities() -> tuple[str, ...]:
    """Zones for choosing by the clock."""
    return WELL_KNOWN


def match_places(typed: str, language: str) -> list[str]:
    """Zones whose city begins with what was typed; exact names first."""
    wanted = _plain(typed)
    if len(wanted) < 3:
        return []
    known = _index(language) | _index("en")
    exact = [zone for name, zone in known if name == wanted]
    begins = sorted(zone for name, zone in known if name.startswith(wanted) and zone not in exact)
    return list(dict.fromkeys([*sorted(exact), *begins]))


@cache
def _index(language: str) -> frozenset[tuple[str, str]]:
    """(plain name of the city, zone). Of several zones that are the same, the one that is called like the city."""
    found: dict[tuple[str, str], str] = {}
    for zone in sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")):
        name, same_as = _plain(dates.city(zone, language)), get_global("zone_aliases").get(zone, zone)
        is_called_so = _plain(zone.rpartition("/")[2]) == name
        if is_called_so or zone == same_as:
            found[name, same_as] = zone if is_called_so else found.get((name, same_as), zone)
    return frozenset((name, zone) for (name, _), zone in found.items())


def _plain(name: str) -> str:
    """Small letters without accents and dots; what stands between words counts as a space."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace(".", ""))
    letters = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c) and c not in "'’")
    return " ".join("".join(letters).split())
