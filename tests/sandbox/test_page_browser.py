"""The chat page in a real browser: pressed, typed into and read as people do; nothing leaves this machine."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import ViewportSize, expect

from tests.sandbox.browsing import DESKTOP, PHONE, TABLET, World, browse

pytestmark = pytest.mark.slow


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with browse() as opened:
        yield opened


async def test_a_first_visit_from_start_to_toast_edit_and_alert(world: World) -> None:
    page = await world.opens()
    await expect(page.locator("#hint")).to_contain_text("You are Anna, a member of the public. Press Start.")

    await page.get_by_role("button", name="Start", exact=True).click()
    greeting = page.locator(".bubble", has_text="Hello")
    await expect(greeting.locator("b")).to_have_text("Hello")

    await page.get_by_role("button", name="Count", exact=True).click()
    await expect(page.locator(".snack")).to_have_text("Counted")
    await expect(page.locator(".bubble", has_text="Pressed 1×")).to_contain_text("edited")

    await page.get_by_role("button", name="Warn").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Careful")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_everything_can_be_done_with_the_keyboard(world: World) -> None:
    page = await world.opens()

    await page.keyboard.press("Tab")
    await expect(page.locator("#skip")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".bubble", has_text="Hello")).to_be_visible()

    await page.locator("#write").focus()
    await page.keyboard.type("/web")
    await expect(page.get_by_role("option")).to_have_text(["/webinarsUpcoming webinars"])
    await page.keyboard.press("Enter")
    await expect(page.locator(".bubble", has_text="You said: /webinars")).to_be_visible()

    await page.keyboard.type("line one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("line two")
    await page.keyboard.press("Enter")
    await expect(page.locator(".bubble", has_text="You said: line one\nline two")).to_be_visible()
    await expect(page.locator("#live")).to_contain_text("Prework: You said: line one")

    await page.locator("#people-list [aria-current]").focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator("#chats-title")).to_have_text("Chats of Esi")
    await expect(page.locator("#people-list [aria-current]")).to_be_focused()


async def test_the_box_to_write_in_grows_with_its_text_and_then_scrolls(world: World) -> None:
    page = await world.opens()
    await page.get_by_role("button", name="Start", exact=True).click()
    box = page.locator("#write")
    overflow = "box => [box.scrollHeight > box.clientHeight, getComputedStyle(box).overflowY]"

    for lines, expected in ((0, [False, "hidden"]), (3, [False, "hidden"]), (30, [True, "auto"])):
        await box.fill("line\n" * lines)
        assert await box.evaluate(overflow) == expected


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
async def test_the_menu_of_a_message_covers_no_text(world: World, viewport: ViewportSize) -> None:
    page = await world.opens(viewport=viewport)
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.locator("#write").fill("A long message that takes all the width it can have. " * 3)
    await page.keyboard.press("Enter")
    await page.locator(".bubble", has_text="You said").wait_for()

    for bubble in await page.locator(".bubble").all():
        text, more = await bubble.bounding_box(), await bubble.locator(".bubble__more").bounding_box()
        assert text is not None
        assert more is not None
        assert more["x"] >= text["x"] + text["width"] or more["x"] + more["width"] <= text["x"]
        assert 0 <= more["x"] <= viewport["width"] - more["width"]


async def test_a_toast_is_not_shown_to_the_next_person(world: World) -> None:
    page = await world.opens()
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.get_by_role("button", name="Count", exact=True).click()
    await expect(page.locator(".snack")).to_have_text("Counted")

    await page.locator("#people").get_by_role("button", name="Esi Badu").click()

    await expect(page.locator(".snack")).to_have_count(0, timeout=2_000)


async def test_an_inline_query_offers_what_the_bot_found(world: World) -> None:
    page = await world.opens()
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.locator("#write").wait_for()

    await page.locator("#write").focus()
    await page.keyboard.type("@prework_bot climate")
    await expect(page.get_by_role("option")).to_have_text(["Webinar"])
    await page.keyboard.press("Enter")

    await expect(page.locator(".cs-message--outgoing .bubble", has_text="Found climate")).to_contain_text(
        "via @prework_bot"
    )
    await expect(page.locator("#write")).to_have_value("")


async def test_a_share_button_leads_into_a_chosen_chat_and_offers_what_the_bot_finds_there(world: World) -> None:
    page = await world.opens()
    await world.becomes(page, "Esi Badu")
    await page.get_by_role("button", name="Start", exact=True).click()

    await page.get_by_role("button", name="Share", exact=True).click()
    await page.get_by_role("dialog").get_by_label("PWG 3").check()
    await page.get_by_role("dialog").get_by_role("button", name="Choose").click()
    await expect(page.locator("#talk-title")).to_have_text("PWG 3")
    await expect(page.locator("#write")).to_have_value("@prework_bot w_7")
    await expect(page.get_by_role("option")).to_have_text(["Webinar"])
    await page.keyboard.press("Enter")

    sent = page.locator(".cs-message--outgoing .bubble", has_text="Found w_7")
    await expect(sent).to_contain_text("via @prework_bot")


async def test_more_results_come_on_demand_and_a_button_above_none_leads_to_the_bot(world: World) -> None:
    page = await world.opens()
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.locator("#write").wait_for()

    await page.locator("#write").fill("@prework_bot many")
    await expect(page.get_by_role("option")).to_have_text(["Webinar 0", "More"])
    await page.get_by_role("option", name="More").click()
    await expect(page.get_by_role("option")).to_have_text(["Webinar 0", "Webinar 1"])
    await page.locator("#write").fill("@prework_bot nothing")
    await page.get_by_role("option", name="Nothing found").click()

    await expect(page.locator(".cs-message--outgoing .bubble", has_text="/start webinars")).to_be_visible()


async def test_the_focus_stays_on_a_button_whose_message_is_edited(world: World) -> None:
    page = await world.opens()
    await page.get_by_role("button", name="Start", exact=True).click()

    count = page.get_by_role("button", name="Count", exact=True)
    await count.focus()
    for presses in (1, 2):
        await page.keyboard.press("Enter")
        await expect(page.locator(".bubble", has_text=f"Pressed {presses}×")).to_be_visible()

    await expect(count).to_be_focused()


async def test_a_reload_keeps_the_person_and_the_chat(world: World) -> None:
    page = await world.opens()
    await page.locator("#people").get_by_role("button", name="Esi Badu").click()
    await page.locator("#chats").get_by_role("button", name="PWG 3").click()
    await expect(page.locator("#talk-title")).to_have_text("PWG 3")

    await page.reload()

    await expect(page.locator("#talk-title")).to_have_text("PWG 3")
    await expect(page.locator("#people-list [aria-current]")).to_contain_text("Esi Badu")
    await expect(page.locator(".service")).to_contain_text("Esi Badu added Prework")


async def test_what_happens_elsewhere_shows_as_unread_at_once(world: World) -> None:
    page = await world.opens()
    esi = next(user for user in world.telegram.users.values() if user.first_name == "Esi")

    world.telegram.as_person(esi).start()

    await expect(page.get_by_role("button", name="Esi Badu").locator(".badge")).to_contain_text("1")


async def test_a_telegram_link_is_followed_inside_the_page(world: World) -> None:
    page = await world.opens()
    await page.get_by_role("button", name="Start", exact=True).click()

    await page.get_by_role("button", name="Open group 2").click()

    await expect(page.locator(".bubble", has_text="Hello g_2")).to_be_visible()
    assert page.url.startswith(world.url)


async def test_a_link_from_the_public_page_asks_who_opens_it(world: World) -> None:
    page = await world.opens("t.me/prework_bot?start=w_7")

    await expect(page.get_by_role("dialog")).to_contain_text("Open t.me/prework_bot?start=w_7 as Anna Feld?")
    await page.get_by_role("button", name="Open", exact=True).click()

    await expect(page.locator(".bubble", has_text="Hello w_7")).to_be_visible()


async def test_a_file_is_sent_from_the_page(world: World, tmp_path: Path) -> None:
    brief = tmp_path / "brief.pdf"
    brief.write_bytes(b"%PDF-1.7 a brief")
    page = await world.opens()
    await page.get_by_role("button", name="Start", exact=True).click()

    await page.locator("#file").set_input_files(brief)

    await expect(page.locator(".bubble", has_text="Got brief.pdf")).to_be_visible()
    await expect(page.locator("a.file")).to_contain_text("16 bytes")


async def test_one_edits_answers_and_deletes_from_the_menu_of_a_message(world: World) -> None:
    page = await world.opens()
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.locator("#write").fill("Frist")
    await page.keyboard.press("Enter")
    mine = page.locator(".cs-message--outgoing", has_text="Frist")

    await mine.get_by_role("button", name="What to do with this message").click()
    await page.get_by_role("menuitem", name="Edit").click()
    await page.locator("#write").fill("First")
    await page.keyboard.press("Enter")
    fixed = page.locator(".cs-message--outgoing .bubble", has_text="First")
    await expect(fixed).to_contain_text("edited")

    await fixed.get_by_role("button", name="What to do with this message").click()
    await page.get_by_role("menuitem", name="Delete").click()
    await expect(fixed).to_have_count(0)


async def test_the_clock_moves_and_the_inspector_shows_calls(world: World) -> None:
    page = await world.opens()
    before = await page.locator("#clock-now").get_attribute("datetime")

    await page.get_by_role("button", name="+1 hour").click()
    await expect(page.locator("#clock-now")).to_have_attribute("datetime", "2022-03-21T13:00:00.000Z")
    await page.get_by_role("button", name="Start", exact=True).click()
    line = page.locator(".call", has_text="Anna Feld").first
    await line.locator("summary").click()

    assert before == "2022-03-21T12:00:00.000Z"
    await expect(line.locator(".call__state")).to_have_text("200")
    await expect(line.locator("pre").first).to_contain_text('"text": "<b>Hello</b> "')
    await expect(page.locator(".call", has_text="getUpdates")).to_have_count(0)
    await page.get_by_label("polling too").check()
    await expect(page.locator(".call", has_text="getUpdates").first).to_be_visible()


async def test_on_a_phone_the_panels_are_tabs_and_nothing_sticks_out(world: World) -> None:
    page = await world.opens(viewport=PHONE)
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator(".bubble", has_text="Hello")).to_be_visible()

    for tab, shown in (("People", "#people"), ("Chats", "#chats"), ("Clock", "#behind"), ("Talk", "#talk")):
        await page.get_by_role("button", name=tab, exact=True).click()
        await expect(page.locator(shown)).to_be_visible()
        assert await page.locator(".panel:visible").count() == 1
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


async def test_the_tabs_of_a_phone_do_not_matter_once_the_window_is_wide(world: World) -> None:
    page = await world.opens(viewport=PHONE)
    for tab in ("People", "Chats", "Clock"):
        await page.get_by_role("button", name=tab, exact=True).click()

    await page.set_viewport_size(DESKTOP)

    await expect(page.locator("#behind")).to_be_visible()
    panels = [await panel.bounding_box() for panel in await page.locator(".panel").all()]
    assert len({(box["y"], box["height"]) for box in panels if box}) == 1


async def test_the_clock_stands_open_on_a_desktop_until_somebody_closes_it(world: World) -> None:
    page = await world.opens()
    await expect(page.locator("#behind")).to_be_visible()
    await page.set_viewport_size(TABLET)
    await expect(page.locator("#behind")).to_be_hidden()
    await page.set_viewport_size(DESKTOP)
    await expect(page.locator("#behind")).to_be_visible()

    await page.locator("#behind-toggle").click()
    await page.reload()

    await expect(page.locator("#behind-toggle")).to_have_attribute("aria-expanded", "false")
    await expect(page.locator("#behind")).to_be_hidden()


async def test_the_page_says_when_the_sandbox_is_gone_and_finds_it_again(world: World) -> None:
    page = await world.opens()
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.locator("#write").wait_for()

    await page.context.set_offline(True)
    await page.locator("#write").fill("Are you there?")
    await page.keyboard.press("Enter")
    await expect(page.locator(".snack--problem")).to_contain_text("The sandbox is not running any more.")
    await expect(page.locator("#write")).to_have_value("Are you there?")

    await page.context.set_offline(False)
    world.complaints.clear()  # the browser logs each request that failed meanwhile
    await page.keyboard.press("Enter")
    await expect(page.locator(".bubble", has_text="You said: Are you there?")).to_be_visible()
