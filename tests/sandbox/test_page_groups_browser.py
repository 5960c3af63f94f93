"""Groups on the chat page in a real browser: founded, administered, joined, with topics, as in Telegram."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, ViewportSize, expect

from tests.sandbox.browsing import DESKTOP, PHONE, World, browse

pytestmark = pytest.mark.slow


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with browse() as opened:
        yield opened


async def founds(world: World, page: Page, title: str, kind: str) -> None:
    await world.chooses(page, "New group", "New group, open a link")
    await page.get_by_label("Name", exact=True).fill(title)
    await page.get_by_label(kind, exact=True).check()
    await page.get_by_role("button", name="Create the group").click()
    await expect(page.locator("#talk-title")).to_have_text(title)


async def test_a_forum_is_founded_and_its_topics_live(world: World) -> None:
    page = await world.opens()
    await founds(world, page, "Berlin 2022", "Supergroup with topics")
    await expect(page.locator("#topics .chip")).to_have_text(["All", "General"])

    await page.get_by_role("button", name="New topic").click()
    await page.get_by_label("Name", exact=True).fill("Dates")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Dates", exact=True)).to_have_attribute("aria-pressed", "true")
    await page.locator("#write").fill("When shall we meet?")
    await page.keyboard.press("Enter")
    await expect(page.locator(".bubble")).to_contain_text("When shall we meet?")

    await world.chooses(page, "Close", "What to do with the topic Dates")
    await expect(page.get_by_role("button", name="Dates (closed)")).to_be_visible()
    await world.chooses(page, "Open again", "What to do with the topic Dates")
    await world.chooses(page, "Rename", "What to do with the topic Dates")
    await page.get_by_label("Name", exact=True).fill("Times")
    await page.get_by_role("button", name="Rename").click()
    await expect(page.locator("#topics .chip")).to_have_text(["All", "General", "Times"])

    await page.get_by_role("button", name="General", exact=True).click()
    await page.locator("#write").fill("Welcome")
    await page.keyboard.press("Enter")
    await expect(page.locator(".bubble")).to_have_count(1)
    await page.get_by_role("button", name="All", exact=True).click()
    await expect(page.locator(".bubble__via")).to_have_text(["in General"])
    assert [message.thread_id for message in world.chat("Berlin 2022") if not message.is_service] == [2, None]

    await page.get_by_role("button", name="Times", exact=True).click()
    await world.chooses(page, "Delete", "What to do with the topic Times")
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(page.locator("#topics .chip")).to_have_text(["All", "General"])
    assert world.chat("Berlin 2022").topics == {}


async def test_what_is_typed_while_a_topic_is_being_fetched_belongs_to_it(world: World) -> None:
    page = await world.opens()
    await founds(world, page, "Berlin 2022", "Supergroup with topics")
    fetched = asyncio.Event()

    async def slowly(route: Route) -> None:
        await fetched.wait()
        await route.continue_()

    await page.route("**/sandbox/chats/**", slowly)
    await page.get_by_role("button", name="General", exact=True).click()
    await page.locator("#write").fill("Welcome")
    fetched.set()
    await expect(page.get_by_role("button", name="General", exact=True)).to_have_attribute("aria-pressed", "true")
    await page.locator("#write").press("Enter")

    await expect(page.locator(".bubble")).to_contain_text("Welcome")


async def test_a_basic_group_becomes_a_forum_under_another_id(world: World) -> None:
    page = await world.opens()
    await founds(world, page, "Small circle", "Group, as small groups begin")
    old = world.chat("Small circle")

    await world.chooses(page, "Switch topics on")

    await expect(page.locator("#topics")).to_be_visible()
    new = world.chat("Small circle")
    assert (old.migrated_to, new.kind, new.is_forum) == (new, "supergroup", True)
    await expect(page.locator("#talk-title")).to_have_text("Small circle")


async def test_the_bot_comes_by_a_link_with_the_rights_that_were_ticked(world: World) -> None:
    page = await world.opens()
    await founds(world, page, "Our group", "Supergroup")

    await world.chooses(page, "Open a link", "New group, open a link")
    await page.get_by_label("Link", exact=True).fill("t.me/prework_bot?startgroup=CODE&admin=invite_users+pin_messages")
    await page.keyboard.press("Enter")
    await page.get_by_role("dialog").get_by_role("button", name="Our group").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("Pin messages")).to_be_checked()
    await expect(dialog.get_by_label("Delete messages")).not_to_be_checked()
    await dialog.get_by_label("Pin messages").uncheck()
    await page.get_by_role("button", name="Add as admin").click()

    await expect(page.locator(".bubble", has_text="/start@prework_bot CODE")).to_be_visible()
    bot = world.chat("Our group").member(world.telegram.first_bot.id)
    assert bot is not None
    assert [name for name, granted in bot.rights.items() if granted] == ["can_manage_chat", "can_invite_users"]

    await world.chooses(page, "Change the bot's rights")
    await page.get_by_role("dialog").get_by_label("Pin messages").check()
    async with page.expect_response("**/promote"):
        await page.get_by_role("button", name="Save").click()
    bot = world.chat("Our group").member(world.telegram.first_bot.id)
    assert bot is not None
    assert bot.rights["can_pin_messages"]

    await world.chooses(page, "Remove the bot")
    await expect(page.locator(".service").last).to_have_text("Anna Feld removed Prework")


async def test_members_are_added_promoted_and_removed(world: World) -> None:
    page = await world.opens()
    await world.becomes(page, "Esi Badu")
    await world.goes_to(page, "PWG 3")

    await world.chooses(page, "Add somebody")
    await page.get_by_label("Olga Stern, an organiser").check()
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.locator(".service").last).to_have_text("Esi Badu added Olga Stern")

    await world.chooses(page, "Members")
    lines = page.locator(".roll__line")
    await expect(lines).to_have_count(3)
    await expect(lines.first).to_contain_text("owner, you")
    await page.get_by_role("button", name="What to do with Olga Stern").click()
    await page.keyboard.press("Enter")  # the first: Make an admin
    await page.get_by_role("button", name="Save").click()
    await expect(lines.nth(1)).to_contain_text("admin")
    await page.get_by_role("button", name="What to do with Olga Stern").click()
    await page.get_by_role("menuitem", name="Remove from the group").click()
    await page.get_by_role("button", name="Remove", exact=True).click()
    await expect(lines).to_have_count(2)
    await page.keyboard.press("Escape")

    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(page.locator(".service").last).to_have_text("Esi Badu removed Olga Stern")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_a_channel_is_read_by_all_and_written_by_its_admins(world: World, viewport: ViewportSize) -> None:
    anna, esi = world.people[0], world.people[1]
    channel = world.telegram.add_group("News", kind="channel", owner=esi, members=[anna])
    page = await world.opens(f"#/{anna.id}/{channel.id}", viewport)
    await expect(page.locator(".gate__words")).to_have_text("Only admins write here.")
    await expect(page.locator("#hint")).to_contain_text("Here the bot and the organisers publish.")

    writer = world.telegram.as_person(esi)
    first = writer.send("The brief is out.", channel)
    writer.send_file("brief.pdf", b"%PDF-1.7", chat=channel, caption="To read at home")
    posts = page.locator(".message")
    await expect(posts.locator(".bubble__name")).to_have_text(["News", "News"])
    await expect(posts.locator(".avatar")).to_have_count(0)
    async with page.expect_download() as started:
        await page.get_by_role("link", name="brief.pdf").click()
    assert (await started.value).suggested_filename == "brief.pdf"

    writer.edit(first, "The brief is out, corrected.")
    await expect(posts.first).to_contain_text("corrected.")
    await expect(posts.first).to_contain_text("edited")
    writer.delete(first)
    await expect(posts).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


async def test_what_one_can_do_in_a_channel_depends_on_who_one_is(world: World) -> None:
    anna, esi = world.people[0], world.people[1]
    channel = world.telegram.add_group("News", kind="channel", owner=esi, members=[anna])
    world.telegram.as_person(esi).send("The brief is out.", channel)
    page = await world.opens(f"#/{anna.id}/{channel.id}")

    offered = []
    for name in ("Anna Feld", "Esi Badu"):
        await world.becomes(page, name)
        await world.goes_to(page, "News")
        for menu in (page.get_by_role("button", name="What to do in this chat"), page.locator(".bubble__more")):
            await menu.click()
            offered.append(await page.get_by_role("menuitem").all_inner_texts())
            await page.keyboard.press("Escape")

    assert offered == [
        ["Leave"],
        ["Forward to the bot"],
        ["Subscribers", "Add somebody", "Add the bot", "Rename the channel", "New invite link", "Leave"],
        ["Reply", "Forward to the bot", "Pin", "Edit", "Delete"],
    ]


async def test_somebody_asks_by_a_link_and_takes_it_back_or_is_let_in(world: World) -> None:
    page = await world.opens()
    esi = next(user for user in world.telegram.users.values() if user.first_name == "Esi")
    link = world.telegram.as_person(esi).create_link(world.chat("PWG 3"), creates_join_request=True).link

    for _ in ("taken back", "asked again"):
        await world.chooses(page, "Open a link", "New group, open a link")
        await page.get_by_label("Link", exact=True).fill(link)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("dialog")).to_contain_text("PWG 3\n2 members. An admin has to let you in.")
        await page.get_by_role("dialog").get_by_role("button", name="Ask to join").click()
        await expect(page.locator(".gate__words")).to_have_text("You have asked to join.")
        if _ == "taken back":
            await world.chooses(page, "Take the request back")
            await expect(page.locator(".gate__words")).to_have_count(0)

    await world.becomes(page, "Esi Badu")
    await world.goes_to(page, "PWG 3")
    await page.get_by_role("button", name="Let in").click()
    await expect(page.locator(".service").last).to_have_text("Anna Feld joined")

    await world.becomes(page, "Anna Feld")
    await world.goes_to(page, "PWG 3")
    await world.chooses(page, "Leave")
    await page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    await expect(page.get_by_role("button", name="Ask to join")).to_be_visible()


async def test_an_admin_writes_as_the_group_pins_and_renames(world: World) -> None:
    page = await world.opens()
    await world.becomes(page, "Esi Badu")
    await world.goes_to(page, "PWG 3")

    mask = page.get_by_role("button", name="Write as the group")
    await mask.click()
    await page.locator("#write").fill("The room is booked.")
    await page.keyboard.press("Enter")
    said = page.locator(".cs-message--outgoing", has_text="The room is booked.")
    await expect(said).to_contain_text("as the group")
    sent = world.telegram.sent(world.chat("PWG 3"))[-1]
    assert sent.sender is world.telegram.anonymous_admin

    await mask.click()
    await expect(mask).to_have_attribute("aria-pressed", "false")
    await said.get_by_role("button", name="What to do with this message").click()
    await page.get_by_role("menuitem", name="Pin", exact=True).click()
    await expect(page.locator("#pinned")).to_have_text("Pinned The room is booked.")

    await world.chooses(page, "Rename the group")
    await page.get_by_label("Name", exact=True).fill("PWG 3b")
    await page.keyboard.press("Enter")
    await expect(page.locator("#talk-title")).to_have_text("PWG 3b")


async def test_several_files_are_one_album(world: World, tmp_path: Path) -> None:
    files = []
    for name in ("one.pdf", "two.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7")
        files.append(tmp_path / name)
    page = await world.opens()
    await page.get_by_role("button", name="Start", exact=True).click()

    await page.locator("#file").set_input_files(files)

    await expect(page.locator(".bubble", has_text="Got two.pdf")).to_be_visible()
    album = [message.album for message in world.telegram.sent(next(iter(world.people))) if message.album]
    assert len(album) == 2
    assert len(set(album)) == 1


async def test_a_time_is_shown_in_the_zone_of_who_reads_it(world: World) -> None:
    page = await world.opens()
    await world.bot_says('Starts <tg-time unix="1647871200" format="wDt">15:00 (Berlin)</tg-time>')

    await expect(page.locator(".bubble__text time")).to_contain_text("21:00")
    await expect(page.locator(".bubble__foot").first).to_contain_text("19:00")
    await expect(page.locator("#clock-zone")).to_contain_text("21 March 2022, in Jakarta.")


async def test_on_a_phone_menus_and_forms_stay_on_the_screen(world: World) -> None:
    page = await world.opens(viewport=PHONE)
    await page.get_by_role("button", name="Chats", exact=True).click()
    await founds(world, page, "A group with a name that is longer than a phone is wide", "Supergroup with topics")

    await page.get_by_role("button", name="What to do in this chat").click()
    box = await page.get_by_role("menu").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert box["y"] + box["height"] <= PHONE["height"]
    await page.get_by_role("menuitem", name="Members", exact=True).click()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
