"""Which pictures the documents show."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def pictures(place: str) -> list[str]:
    """The names of those on a page, or ("page#heading") below one of its headings; in their order."""
    page, _, heading = place.partition("#")
    text = (ROOT / page).read_text()
    if heading:
        text = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"pictures/(\S+)\.png", text)
