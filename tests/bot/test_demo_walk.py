"""The demo as its documents tell it: a fifth group with a member in Jakarta, and the life of a webinar."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.bot import demo_walk, organiser_walk, webinar_walk
from tests.bot.shown import pictures
from tests.bot.walking import Step, walking

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

WALKS = {
    "a fifth group is founded, linked and joined from another continent": (
        demo_walk.STEPS,
        (
            "README.md",
            "docs/public-page.md#What stands where",
            "docs/public-page.md#What never stands there",
            "docs/working-groups.md",
        ),
    ),
    "a result is published in the browser": (organiser_walk.STEPS, ("docs/organiser-pages.md",)),
    "a webinar is made, shared, moved, asked about and rated": (webinar_walk.STEPS, ("docs/webinars.md",)),
}


@pytest.mark.parametrize(("steps", "pages"), WALKS.values(), ids=WALKS)
async def test_the_demo_does_what_the_documents_show(
    tmp_path: Path, steps: Sequence[Step], pages: Sequence[str]
) -> None:
    taken = []

    async def photograph(name: str, what: Locator) -> None:
        await expect(what).to_be_visible()
        taken.append(name)

    async with walking(tmp_path, photograph) as walk:
        for step in steps:
            await step(walk)

    assert taken == [name for page in pages for name in pictures(page)]
