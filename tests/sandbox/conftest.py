"""The world that most tests of the sandbox begin with."""

from collections.abc import AsyncIterator

import pytest

from sandbox.limits import Limits
from tests.sandbox.setting import World, open_world


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as opened:
        yield opened


@pytest.fixture
async def paced_world() -> AsyncIterator[World]:
    async with open_world(Limits()) as opened:
        yield opened
