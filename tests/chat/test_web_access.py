"""The way from the chat to the organisers' pages, as organisers and others meet it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.permissions import Role
from storage import roles
from storage.tables import audit, web_links
from tests.chat.world import Chat, open_chat

WEB = "https://prework.example.org"


@pytest.fixture
async def reached(tmp_path: Path) -> AsyncIterator[Chat]:
    """A bot whose web side is reached from outside."""
    async with open_chat(tmp_path, public_url=WEB) as opened:
        yield opened


async def test_an_organiser_gets_a_link_that_nobody_else_is_shown(reached: Chat) -> None:
    await reached.group("PWG 3")
    olga = await reached.organiser("Olga")

    await olga.sends("/organise")
    cockpit = olga.screen
    await olga.presses("Open in the browser")
    keyboard = olga.screen.reply_markup

    assert ["Open in the browser", "Texts of the page"] in cockpit.labels
    assert olga.toasts == ["The link comes in a moment."]
    assert olga.screen.labels == [["Open in the browser"], ["Sign out everywhere"]]
    assert keyboard is not None
    assert str(keyboard["inline_keyboard"][0][0]["url"]).startswith(f"{WEB}/organisers/enter/")


async def test_without_an_address_there_is_no_such_button(chat: Chat) -> None:
    olga = await chat.organiser("Olga")

    await olga.sends("/organise")
    offered = olga.screen.labels
    query = await olga.forges("obw")

    assert not any("Open in the browser" in row or "Texts of the page" in row for row in offered)
    assert query.toast == "This card is out of date. Here is a fresh one."


async def test_others_get_no_link(reached: Chat) -> None:
    group = await reached.group("PWG 3")
    people = [
        await reached.person("Paul"),
        await reached.member("Mia", group),
        await reached.coordinator("Clara", group),
    ]

    for person in people:
        await person.sends("/organise")
        query = await person.forges("obw")

        assert query.toast == "This is not for you, or it does not exist."
    async with reached.bot.database.read() as tx:
        assert (await tx.execute(select(web_links))).all() == []


async def test_who_loses_the_right_before_the_link_goes_out_gets_none(reached: Chat) -> None:
    olga = await reached.organiser("Olga")
    await olga.sends("/organise")
    olga.client.press(olga.screen, "Open in the browser")
    await reached.bot.poller.poll_once(0)
    await reached.bot.lanes.idle()
    async with reached.bot.database.write() as tx:
        await roles.revoke(tx, olga.id, Role.ORGANISER)
    await reached.settles()

    assert [message for message in olga.messages if "organisers' pages" in message.text] == []


async def test_links_that_are_over_are_forgotten_with_the_next(reached: Chat) -> None:
    for name in ("Olga", "Otto"):
        visitor = await reached.organiser(name)
        await visitor.sends("/organise")
        await visitor.presses("Open in the browser")
        await reached.time_passes(minutes=6)

    async with reached.bot.database.read() as tx:
        kept = (await tx.execute(select(web_links.c.person_id, web_links.c.expires_at))).one()
    assert kept.expires_at < reached.clock.now()
    assert kept.expires_at > reached.clock.now() - timedelta(minutes=2)


async def test_signing_out_everywhere_is_for_everybody_and_noted(reached: Chat) -> None:
    paul = await reached.person("Paul")

    query = await paul.forges("obx")

    assert query.toast == "You are signed in nowhere."
    async with reached.bot.database.read() as tx:
        noted = (await tx.execute(select(audit.c.action).where(audit.c.actor_id == paul.id))).scalars().all()
    assert list(noted) == ["web_signed_out"]
