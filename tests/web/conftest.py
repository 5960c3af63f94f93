"""The page and the organisers' pages over HTTP, with something of everything on them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.desk import Desk, sign_in
from tests.web.site import Site, fill, open_site


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with open_site(tmp_path) as opened:
        await fill(opened)
        yield opened


@pytest.fixture
async def desk(site: Site) -> Desk:
    return await sign_in(site, await site.chat.organiser("Olga"))
