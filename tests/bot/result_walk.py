"""The way of a result in the demo, in one language: from a chat to page, feed and channel, corrected, withdrawn."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import feedparser
from playwright.async_api import FilePayload, Locator, Page, ViewportSize, expect

from bot.demo import FILES
from bot.demo_world import read_demo_world
from messages.languages import LANGUAGES, speaker
from messages.result_parts import language_name
from tests.bot.result_stories import ORGANISER, STORIES, Story
from tests.bot.spoken_walk import SpokenWalk
from tests.bot.walking import CHANNEL, Step, Walk, first_look, reload_until
from tests.sandbox.browsing import PHONE

NUMBER = 3
"""Two results are there when the demo begins."""

PDF = b"%PDF-1.7 invented".ljust(240_000)
LOW = ViewportSize(width=1080, height=640)
"""A page with little on it."""

WIDE = ViewportSize(width=1280, height=820)


@dataclass(frozen=True)
class Way(SpokenWalk):
    """A walk through a story. `files`: addresses to come back to."""

    story: Story
    files: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where the result stands on the public page."""
        return f"{self.language}/results/{NUMBER}"

    async def finds(self) -> Page:
        """Click through from the start page of the public page to the result."""
        page = await self.walk.reads(f"{self.language}/", LOW)
        pages = page.get_by_role("navigation", name=self.label("Pages"), exact=True)
        await pages.get_by_role("link", name=self.label("Results"), exact=True).click()
        link = page.get_by_role("link", name=self.story.title, exact=True)
        await reload_until(page, link)
        await link.click()
        return page

    async def entry(self) -> Any:
        """What the feed says of the result, read as a feed reader reads it."""
        answer = await self.walk.page.request.get(await self.walk.public(f"{self.language}/results.atom"))
        feed = feedparser.parse(await answer.body())
        assert not feed.bozo, feed.bozo_exception
        address = await self.walk.public(self.place)
        (found,) = [entry for entry in feed.entries if entry.link == address]
        return found

    async def looks_into_the_channel(self) -> None:
        """As somebody of the public."""
        await self.walk.becomes(self.story.reader)
        await self.walk.goes_to(CHANNEL)

    def posts(self, words: str) -> Locator:
        """What stands in the channel with these words."""
        return self.walk.page.locator(".message").filter(has_text=words)


# --- In the chats -----------------------------------------------------------------------------


async def speak_one_language(way: Way) -> None:
    """Those who decide choose the language of the story, where theirs is another."""
    known = {person.name: person.language for person in read_demo_world(FILES / "demo.yaml").people}
    for name in (way.story.coordinator, ORGANISER):
        if known[name] != way.language:
            await way.walk.becomes(name)
            await way.walk.says("/settings")
            await SpokenWalk(way.walk, known[name]).presses("Language")
            await way.walk.presses(LANGUAGES[way.language][0])
            await way.sees("<b>Settings</b>")


async def hand_in(way: Way) -> None:
    """The author hands it in."""
    walk, story = way.walk, way.story
    await walk.becomes(story.author)
    await walk.says("/submit")
    if story.has_groups:
        await way.sees("Which working group is the result from?")
        await walk.page.locator("#messages").get_by_role("button", name=story.group).click()
    await way.chooses("What is it?", "Research brief")
    await way.sees("In which language is it written?")
    await walk.presses(language_name(way.language, speaker(way.language)))
    await way.answers(("What is the title? At most", story.title), ("Sum it up in a few sentences.", story.summary))
    await way.sees("Is there a file or a page to it?")
    await _hand_over(way)
    await way.chooses("Did somebody of the group write it with you?", "Nobody else")
    await way.sees("Now the coordinators of {group} and the organisers will see it.", story.title, story.group)
    await way.presses("Send")
    await way.sees("Sent to the coordinators of", story.group)


async def _hand_over(way: Way) -> None:
    """A file, a link or nothing."""
    material = way.story.material
    if not material:
        return await way.presses("Skip")
    if way.story.has_file:
        file = FilePayload(name=material, mimeType="application/pdf", buffer=PDF)
        await way.walk.page.locator("#file").set_input_files(file)
    else:
        await way.walk.says(material)
    return await way.chooses("Can everybody read the file, also with a screen reader?", "Yes")


async def talk_it_over(way: Way) -> None:
    """The coordinator asks, the author answers, the coordinator accepts."""
    walk, story = way.walk, way.story
    await walk.becomes(story.coordinator)
    await walk.sees(story.author, story.title, story.summary)
    await way.presses("Comment")
    await way.answers(("What do you want to say?", story.question))
    await way.sees("Your comment on <b>{title}</b> is sent.", story.title)
    await walk.becomes(story.author)
    await walk.sees(story.coordinator, story.title, story.question)
    await way.presses("Answer")
    await way.answers(("What do you want to say?", story.answer))
    await way.sees("Your comment on <b>{title}</b> is sent.", story.title)
    await walk.becomes(story.coordinator)
    await walk.sees(story.author, story.title, story.answer)
    await way.presses("Accept")
    await way.sees("Accepted by {name}. An organiser can publish it now.", story.coordinator)


async def publish(way: Way) -> None:
    """The organiser publishes it, and sees where it stands; the author hears of it."""
    walk, story = way.walk, way.story
    await walk.becomes(ORGANISER)
    await walk.sees(story.author, story.title)
    await way.presses("Publish")
    done = way.label("done")
    outlets = ["Public page and feeds", "Channel", *(["File on the page"] if story.has_file else [])]
    await walk.sees(story.title, *(f"{way.label(outlet)}: {done}" for outlet in outlets))
    await walk.becomes(story.author)
    await way.sees("Everybody can read it now.", story.title)


async def correct(way: Way) -> None:
    """The organiser gives it another title, and says why."""
    story = way.story
    await way.walk.becomes(ORGANISER)
    await way.presses("Correct")
    await way.answers(("What is the title? At most", story.corrected))
    await way.chooses("Sum it up in a few sentences.", "Keep it")
    await way.chooses("Is there a file or a page to it?", "Keep it")
    if story.material:
        await way.chooses("Can everybody read the file, also with a screen reader?", "Yes")
    await way.answers(("What was corrected?", story.correction))
    await way.sees("Everybody sees this from now on: here, on the public page", story.corrected, story.correction)
    await way.presses("Correct it")
    await way.sees("Corrected. Everybody sees the new version.")


async def withdraw(way: Way) -> None:
    """The organiser takes it back, and says why."""
    story = way.story
    await way.walk.becomes(ORGANISER)
    await way.presses("Show the result")
    await way.sees("Corrected on {when}: {what}", story.corrected)
    await way.presses("Withdraw the result")
    await way.answers(("Why is it withdrawn?", story.reason))
    await way.sees("and nothing else of the result", story.corrected, story.reason)
    await way.presses("Withdraw it")
    await way.sees("Withdrawn on {when}: {reason}", story.reason)


# --- What everybody sees ----------------------------------------------------------------------


async def read_it(way: Way) -> None:
    """It stands on the public page and in its feed, without the name of who wrote it."""
    story = way.story
    page = await way.finds()
    await expect(page).to_have_url(await way.walk.public(way.place))
    await expect(page.locator("html")).to_have_attribute("lang", way.language)
    await expect(page.get_by_role("heading", level=1)).to_have_text(story.title)
    article = page.get_by_role("article")
    for words in (story.summary, way.label("Research brief"), *way.pieces("Published: {day}"), story.group):
        await expect(article).to_contain_text(words)
    await expect(page.locator("body")).not_to_contain_text(story.author)
    entry = await way.entry()
    assert (entry.title, entry.summary) == (story.title, story.summary)
    await _gets_the_material(way, page)
    await way.walk.photograph("result", await first_look(page))


async def _gets_the_material(way: Way, page: Page) -> None:
    """The file, the link, or nothing to press."""
    file, link = (page.get_by_role("link", name=way.label(name)) for name in ("Download the file", "Read the result"))
    await expect(file).to_have_count(int(way.story.has_file))
    await expect(link).to_have_count(int(bool(way.story.material) and not way.story.has_file))
    if way.story.has_file:
        way.files.append(await file.get_attribute("href") or "")
        answer = await page.request.get(way.files[0])
        assert (answer.status, await answer.body()) == (200, PDF)
    elif way.story.material:
        await expect(link).to_have_attribute("href", way.story.material)


async def read_it_elsewhere(way: Way) -> None:
    """On a phone and in the dark; around it stand the words of the reader's language."""
    phone = await way.walk.reads(f"de/results/{NUMBER}", PHONE)
    await expect(phone.get_by_role("heading", level=1)).to_have_text(way.story.title)
    assert await phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    await way.walk.photograph("result-phone", phone.locator("html"))
    dark = await way.walk.reads(f"fr/results/{NUMBER}", LOW, "dark")
    await expect(dark.get_by_role("heading", level=1)).to_have_text(way.story.title)
    await way.walk.photograph("result-dark", await first_look(dark))


async def read_the_post(way: Way) -> None:
    """It stands in the channel, with the way to the public page and the file to download."""
    story, walk = way.story, way.walk
    await walk.page.set_viewport_size(WIDE)
    await way.looks_into_the_channel()
    await expect(walk.page.locator(".gate__words")).to_have_text("Only admins write here.")
    post = await walk.sees(story.title, story.summary, way.label("Research brief"))
    await expect(post.locator(".bubble__name")).to_have_text(CHANNEL)
    page = post.get_by_role("link", name="On the public page")
    await expect(page).to_have_attribute("href", await walk.public(way.place))
    if story.has_file:
        async with walk.page.expect_download() as started:
            await post.get_by_role("link", name=story.material).click()
        assert (await started.value).suggested_filename == story.material
    await walk.takes("channel", walk.page.locator("#talk"))


async def read_the_correction(way: Way) -> None:
    """Page, feed and post have the new title, and say what was corrected."""
    story = way.story
    page = await way.walk.reads(way.place, LOW)
    await reload_until(page, page.get_by_role("heading", name=story.corrected, level=1))
    for words in (story.summary, story.correction, *way.pieces("Corrected on {when}: {what}")):
        await expect(page.get_by_role("article")).to_contain_text(words)
    await way.walk.photograph("result-corrected", await first_look(page))
    entry = await way.entry()
    assert entry.title == story.corrected
    assert story.correction in entry.summary
    await way.looks_into_the_channel()
    post = await way.walk.sees(story.corrected, story.summary, f"Corrected: {story.correction}")
    await expect(post).to_contain_text("edited")
    await expect(way.posts(story.title)).to_have_count(0)
    await way.walk.takes("channel-corrected", post)


async def read_that_it_is_gone(way: Way) -> None:
    """Nothing of it stands anywhere; where it stood is the reason."""
    story, label = way.story, way.label("A result that was withdrawn")
    page = await way.walk.reads(way.place)
    await reload_until(page, page.get_by_role("heading", name=label, level=1))
    await expect(page.get_by_role("article")).to_contain_text(story.reason)
    for words in (story.corrected, story.summary, story.correction):
        await expect(page.locator("body")).not_to_contain_text(words)
    entry = await way.entry()
    assert entry.title == label
    assert story.reason in entry.summary
    assert story.summary not in entry.summary
    assert [(await page.request.get(file)).status for file in way.files] == [404] * story.has_file
    await page.get_by_role("article").get_by_role("link", name=way.label("Results"), exact=True).click()
    await expect(page.get_by_role("link", name="Who was essential?")).to_be_visible()
    await expect(page.get_by_role("link", name=story.corrected)).to_have_count(0)


async def read_that_the_post_is_gone(way: Way) -> None:
    """A post with a file is deleted; another one says that it was withdrawn."""
    story = way.story
    await way.looks_into_the_channel()
    await expect(way.posts(story.summary)).to_have_count(0)
    await expect(way.posts(story.corrected)).to_have_count(0)
    gone = f"A result of {story.group} that stood here was withdrawn."
    await expect(way.posts(gone).filter(has_text=story.reason)).to_have_count(int(not story.has_file))


WAY: Sequence[Callable[[Way], Awaitable[None]]] = (
    speak_one_language,
    hand_in,
    talk_it_over,
    publish,
    read_it,
    read_it_elsewhere,
    read_the_post,
    correct,
    read_the_correction,
    withdraw,
    read_that_it_is_gone,
    read_that_the_post_is_gone,
)


def steps(language: str) -> list[Step]:
    """The way of the result of this language."""

    files: list[str] = []

    async def go(step: Callable[[Way], Awaitable[None]], walk: Walk) -> None:
        await step(Way(walk, language, STORIES[language], files))

    return [partial(go, step) for step in WAY]
