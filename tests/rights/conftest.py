from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from handlers.table import ROUTES
from tests.rights.asking import Stage, open_stage


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path_factory.mktemp("rights"), ROUTES) as opened:
        yield opened
