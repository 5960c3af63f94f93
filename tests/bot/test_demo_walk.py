"""The demo as docs/working-groups.md tells it: a fifth group, from its founding to a member in Jakarta."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.bot.demo_walk import STEPS, walking

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

PAGE = Path(__file__).parents[2] / "docs" / "working-groups.md"


async def test_a_fifth_group_is_founded_linked_and_joined_from_another_continent(tmp_path: Path) -> None:
    taken = []

    async def photograph(name: str, what: Locator) -> None:
        await expect(what).to_be_visible()
        taken.append(name)

    async with walking(tmp_path, photograph) as walk:
        for step in STEPS:
            await step(walk)

    assert taken == re.findall(r"pictures/(\S+)\.png", PAGE.read_text())
