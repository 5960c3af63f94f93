"""G1: every route, asked by every role, for every object, in every way, does what docs/permissions.md says."""

import pytest

from tests.rights.asking import Stage
from tests.rights.samples.sample import Route
from tests.rights.samples.table import BY_NAME, SAMPLES, label
from tests.rights.walking import askings, walk

pytestmark = pytest.mark.fault("G1")


def test_G1_every_route_has_a_sample() -> None:
    assert {label(route) for route in BY_NAME} == {label(route) for route in SAMPLES}


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("route", SAMPLES, ids=label)
async def test_G1_every_cell_of_the_matrix_is_as_on_the_page(stage: Stage, route: Route) -> None:
    found = [fault for asking in askings([route]) for fault in await walk(stage, asking)]

    assert found == []
