"""What everybody sees of a result on its way: on the public page, in the feed, in the channel."""

from playwright.async_api import Page, ViewportSize, expect

from tests.bot.result_stories import PDF
from tests.bot.result_way import LOW, NUMBER, Way
from tests.bot.walking import CHANNEL, first_look, reload_until
from tests.sandbox.browsing import PHONE

WIDE = ViewportSize(width=1280, height=820)


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
