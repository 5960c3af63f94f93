"""The demo as its documents tell it: a reminder, the public page, and a fifth group with a member in Jakarta."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.bot.demo_walk import STEPS, walking

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "docs" / "public-page.md", ROOT / "docs" / "working-groups.md")


async def test_a_fifth_group_is_founded_linked_and_joined_from_another_continent(tmp_path: Path) -> None:
    taken = []

    async def photograph(name: str, what: Locator) -> None:
        await expect(what).to_be_visible()
        taken.append(name)

    async with walking(tmp_path, photograph) as walk:
        for step in STEPS:
            await step(walk)

    shown = [name for page in PAGES for name in re.findall(r"pictures/(\S+)\.png", page.read_text())]
    assert taken == shown
