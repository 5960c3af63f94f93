"""The organisers' pages in each language, and on PostgreSQL."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.notes import mark_of
from domain.permissions import Role
from storage import people
from tests.chat.world import open_chat
from tests.databases import fresh_postgresql
from tests.web.desk import PLACES, Desk, sign_in
from tests.web.site import PUBLIC_URL, Site, fill, open_site, serving, visible
from tests.web.test_organisers_resending import lost
from tests.web.test_organisers_work import submitted, under_way

SAME = {
    "PWG 3", "PWG 4", "PWG 3 ·", "PWG 4 ·", "Olga", "Mia", "Clara", "YAML", "UTC", "en", "Programme", "Version", "Name",
    "Telegram", "English", "Deutsch", "Français", "Text",
}  # fmt: skip
"""What is called alike in both languages, or is a name."""

DATA = ("A draft brief", "What we found.", "online", "The programme is", "First meeting", "Bad Request: ", "• ")
"""What was written in English begins so; parts of objects are named in the audit as they are stored."""


async def settle(site: Site) -> None:
    """Something on every page."""
    group = site.groups["PWG 3"]
    mia = await site.chat.member("Mia", group)
    await site.chat.coordinator("Clara", group)
    await submitted(site, mia, "A draft brief")
    await submitted(site, mia, "A draft brief", state="accepted")
    await under_way(site, mia.id, "sent", "uncertain", "pending", "failed")
    await site.chat.session(group, site.chat.clock.now() - timedelta(days=1), "First meeting")


async def words(desk: Desk, place: str, language: str) -> set[str]:
    answer = await desk.get(place, **{"Accept-Language": language})
    return {" ".join(text.split()) for text in visible(answer.text)}


@pytest.mark.parametrize("language", ["de", "fr"])
async def test_no_word_stays_in_english(tmp_path: Path, language: str) -> None:
    async with open_site(tmp_path) as site:
        await fill(site)
        await settle(site)
        olga = await site.chat.organiser("Olga")
        desk = await sign_in(site, olga)
        english = {place: await words(desk, place, "en") for place in (*PLACES, "nothing")}
        stranger = {code: await words(Desk(site, "a=b"), "", code) for code in ("en", language)}
        await olga.forges(f"sl1:{language}")

        for place, said in english.items():
            same = {text for text in said & await words(desk, place, language) if any(c.isalpha() for c in text)}
            assert {text for text in same - SAME if not text.startswith(DATA)} == set(), place
        assert stranger["en"] & stranger[language] <= {"Organisation"}


async def test_every_page_and_deed_works_on_postgresql(tmp_path: Path) -> None:
    async with (
        fresh_postgresql() as url,
        open_chat(tmp_path, database_url=url, public_url=PUBLIC_URL) as chat,
        serving(chat) as site,
    ):
        await fill(site)
        await settle(site)
        olga = await chat.organiser("Olga")
        async with chat.bot.database.write() as tx:
            await people.grant(tx, olga.id, Role.OWNER)
        missed = await lost(site, olga, "comment", card_id=None, finished_at=None)
        desk = await sign_in(site, olga)

        pages = [(await desk.get(place)).status for place in PLACES]
        accepted = await desk.sends("results/accept", {"result": 3, "version": 1})
        published = await desk.sends("results/publish", {"result": 3, "version": 1})
        written = await desk.sends(
            "texts/save", {"note": "about", "language": "en", "seen": mark_of(""), "text": "We."}
        )
        again = await desk.sends("deliveries/send", {"message": missed, "ending": 0})
        left = await desk.sends("leave/everywhere")

        assert pages == [200] * len(PLACES)
        said = [one.headers["Location"].partition("=")[2] for one in (accepted, published, written, again)]
        assert said == ["accepted", "published", "written", "resent"]
        assert (left.status, (await desk.get()).status) == (200, 403)
