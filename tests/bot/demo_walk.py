"""A walk through the demo in a browser, picture by picture: what README.md and two pages of docs/ show.

python -m tests.bot.demo_walk FOLDER      saves its pictures there, and those of the other walks
"""

import asyncio
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Locator, ViewportSize, expect

from tests.bot import organiser_walk, result_walk, webinar_walk
from tests.bot.small_png import shrink
from tests.bot.walking import CHAT, WINDOW, Walk, first_look, walking
from tests.sandbox.browsing import PHONE

WIDE = ViewportSize(width=1280, height=800)

BERLIN, JAKARTA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Jakarta")


def first_session() -> datetime:
    """Ten days from now at 15:00, by the clocks of Berlin."""
    return (datetime.now(BERLIN) + timedelta(days=10)).replace(hour=15, minute=0, second=0, microsecond=0)


async def follow_a_webinar(walk: Walk) -> None:
    """Anna wants to be reminded; the clock is moved, and she is."""
    await walk.page.set_viewport_size(WIDE)
    await walk.becomes("Anna Example")
    await walk.page.get_by_role("button", name="Start", exact=True).click()
    await walk.sees("Hello Anna Example")
    await walk.presses("Webinars")
    await walk.sees("Upcoming webinars")
    await walk.presses("1 · Remind me")
    await walk.sees("What shall we remind you of?")
    await walk.presses("This webinar")
    await walk.sees("You will be reminded.")
    await walk.page.get_by_role("button", name="To the next reminder").click()
    await walk.sees("Starts in 1 hour")
    await walk.takes("demo", walk.page.locator("body"))
    await walk.page.set_viewport_size(WINDOW)


async def found_a_group(walk: Walk) -> None:
    """Olga opens PWG 5 and names Clara its coordinator."""
    await walk.becomes("Olga Organiser")
    await walk.says("/organise")
    await walk.keeps("cockpit", "All groups", "PWG 4")
    await walk.presses("Groups")
    await walk.sees("Choose one to change it.")
    await walk.presses("New group")
    await walk.answers(
        ("What is the short code", "PWG 5"),
        ("What is the title (English)?", "Housing and arrival"),
        ("What is the theme (English)", "How people find a first and a lasting home."),
        ("at least?", "3"),
        ("at most? Send a number", "8"),
    )
    await walk.sees("On which day does it open?")
    await walk.presses("No date")
    await walk.sees("Which is its last day?")
    await walk.presses("No date")
    await walk.sees("Do members see each other's names?")
    await walk.presses("Yes")
    await walk.keeps("new-group", "Create this group?", "Housing and arrival")
    await walk.presses("Create")
    await walk.sees("PWG 5 Housing and arrival is there.")


async def name_a_coordinator(walk: Walk) -> None:
    """Olga makes Clara the coordinator of PWG 5."""
    await walk.presses("Name a coordinator")
    await walk.answers(("Who shall be coordinator of PWG 5?", "Clara"))
    await walk.sees("Who is it?")
    await walk.presses("Clara Specimen (…0021)")
    await walk.sees("Make Clara Specimen")
    await walk.presses("Give the role")
    await walk.sees("Clara Specimen is coordinator of PWG 5 now")


async def link_a_topic(walk: Walk) -> None:
    """Clara lets the bot into a forum, and ties its topic "PWG 5" to the group."""
    await walk.becomes("Clara Specimen")
    await walk.sees("You are coordinator of PWG 5")
    await walk.presses("Open the group")
    await walk.keeps("group", "Members: 0 of 3-8", "Next session: none yet")
    await walk.presses("Group chat")
    await walk.sees("has no chat yet")
    await walk.presses("Link a chat")
    await walk.keeps("link", "Link a chat to PWG 5")
    code = await (await walk.sees("Link a chat to PWG 5")).locator("code").inner_text()
    await walk.goes_to(CHAT)
    await walk.chooses("Add the bot")
    await expect(walk.page.locator(".service").last).to_have_text("Clara Specimen added Prework")
    await walk.chooses("Make the bot an admin")
    await walk.page.get_by_role("button", name="Save").click()
    await walk.goes_to(CHAT, "PWG 5")
    await walk.says(code)
    await walk.sees("This is now the chat of PWG 5 Housing and arrival.")
    await expect(walk.page.locator("#pinned")).to_contain_text("PWG 5 Housing and arrival")


async def plan_a_series(walk: Walk) -> None:
    """Clara plans four weekly sessions."""
    await walk.becomes("Clara Specimen")
    await walk.says("/manage")
    await walk.sees("Which group?")
    await walk.presses("PWG 5 Housing and arrival")
    await walk.presses("Sessions")
    await walk.sees("Sessions of PWG 5")
    await walk.presses("New session")
    await walk.answers(
        ("What is the session called?", "Kick-off"), ("On which day?", f"{first_session():%d.%m.%Y %H:%M}")
    )
    await walk.sees("How long is it?")
    await walk.presses("1 hour")
    await walk.sees("How often does it take place?")
    await walk.presses("Every week")
    await walk.sees("How many times?")
    await walk.presses("4")
    await walk.answers(("What is the join link?", "https://meet.example.org/pwg-5"))
    await walk.keeps("series", "Save this?", "Every week, 1 hour", f"{first_session():%Y}, 15:00")
    await walk.presses("Save 4 sessions")
    await walk.sees("Saved: 4 sessions of PWG 5.")


async def let_somebody_in(walk: Walk) -> None:
    """Indah, in Jakarta, asks to join; Clara accepts her."""
    await walk.becomes("Indah Contoh")
    await walk.says("/start")
    await walk.presses("Working groups")
    await walk.presses("PWG 5")
    await walk.presses("Ask to join")
    await walk.answers(("Why", "I help newcomers to find a flat."))
    await walk.sees("2 of 3")
    await walk.presses("Skip")
    await walk.sees("3 of 3")
    await walk.presses("Hand in")
    await walk.sees("The coordinators of PWG 5 Housing and arrival decide")
    await walk.becomes("Clara Specimen")
    await walk.keeps("request", "Indah Contoh asks to join PWG 5", "I help newcomers to find a flat.")
    await walk.presses("Accept")
    await walk.sees("Accepted by Clara Specimen")
    await walk.page.get_by_role("button", name="+10 min").click()
    await walk.becomes("Indah Contoh")
    await walk.sees("You are now a member of PWG 5 Housing and arrival.")


async def come_from_jakarta(walk: Walk) -> None:
    """Indah comes into the chat by its link, and reads in her own time when the sessions are."""
    await walk.presses("Join the chat")
    await walk.page.get_by_role("dialog").get_by_role("button", name="Ask to join").click()
    await expect(walk.page.locator(".service").last).to_have_text("Indah Contoh joined")
    await walk.goes_to(CHAT, "PWG 5")
    in_jakarta = f"{first_session().astimezone(JAKARTA):%H:%M}"
    card = await walk.sees("PWG 5: Kick-off", "Coming: 0")
    await expect(card.locator("time").first).to_contain_text(in_jakarta)
    await card.get_by_role("button", name="I'll be there").click()
    await walk.sees("PWG 5: Kick-off", "Coming: 1")
    await walk.takes("chat", walk.page.locator("#talk"))
    await walk.becomes("Indah Contoh")
    await walk.says("/sessions")
    await walk.keeps("own-time", "All times: Jakarta", f"{in_jakarta} · I will be there")


async def look_at_the_public_page(walk: Walk) -> None:
    """What everybody can read without Telegram: at a desk, on a phone in German, in the dark in French."""
    start = await walk.reads("en/")
    await expect(start.get_by_role("heading", name="Next webinars")).to_be_visible()
    await walk.photograph("page-start", await first_look(start))
    await start.get_by_role("link", name="Cities as climate havens?").click()
    await expect(start.get_by_role("heading", level=1)).to_have_text("Cities as climate havens?")
    phone = await walk.reads(start.url.replace("/en/", "/de/"), PHONE)
    await expect(phone.get_by_role("link", name="Auf Telegram erinnern")).to_be_visible()
    await walk.photograph("page-webinar", phone.locator("html"))
    dark = await walk.reads("fr/groups", scheme="dark")
    await dark.get_by_role("link", name="Changement climatique").click()
    await expect(dark.get_by_role("link", name="Before people arrive")).to_be_visible()
    await walk.photograph("page-group", await first_look(dark))


STEPS = (
    follow_a_webinar,
    look_at_the_public_page,
    found_a_group,
    name_a_coordinator,
    link_a_topic,
    plan_a_series,
    let_somebody_in,
    come_from_jakarta,
)


async def save_pictures(to: Path) -> None:
    """Walk, and save every picture."""

    async def photograph(name: str, what: Locator) -> None:
        (to / f"{name}.png").write_bytes(shrink(await what.screenshot(animations="disabled")))

    for steps in (STEPS, webinar_walk.STEPS, organiser_walk.STEPS, result_walk.steps("en")):
        with tempfile.TemporaryDirectory() as folder:
            async with walking(Path(folder), photograph) as walk:
                for step in steps:
                    await step(walk)


if __name__ == "__main__":
    asyncio.run(save_pictures(Path(sys.argv[1])))
