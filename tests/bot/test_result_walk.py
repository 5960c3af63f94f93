"""In each language: a result goes its way in the demo, and the public page leads to bot, calendar and feeds."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.bot import public_walk, result_walk
from tests.bot.shown import pictures
from tests.bot.walking import walking

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.mark.parametrize("language", ["en", "de", "fr"])
async def test_a_result_is_published_corrected_and_withdrawn_everywhere(tmp_path: Path, language: str) -> None:
    taken = []

    async def photograph(name: str, what: Locator) -> None:
        await expect(what).to_be_visible()
        taken.append(name)

    async with walking(tmp_path, photograph) as walk:
        for step in (*result_walk.steps(language), *public_walk.steps(language)):
            await step(walk)

    assert taken == pictures("docs/public-page.md#The way of a result")
