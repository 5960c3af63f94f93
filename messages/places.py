"""Places people know: cities that name time zones, in every language."""

import unicodedata
from functools import cache
from zoneinfo import available_timezones

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
    return sorted(set(exact)) + begins


@cache
def _index(language: str) -> frozenset[tuple[str, str]]:
    zones = (zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return frozenset((_plain(dates.city(zone, language)), zone) for zone in zones)


def _plain(name: str) -> str:
    """Small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
