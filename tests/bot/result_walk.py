"""The way of a result in the demo, in one language: from a chat to page, feed and channel, corrected, withdrawn."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from playwright.async_api import FilePayload

from bot.demo import FILES
from bot.demo_world import read_demo_world
from messages.languages import LANGUAGES, speaker
from messages.result_parts import language_name
from tests.bot import result_reading as reading
from tests.bot.result_stories import ORGANISER, PDF, STORIES
from tests.bot.result_way import Way
from tests.bot.spoken_walk import SpokenWalk
from tests.bot.walking import Step, Walk


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


WAY: Sequence[Callable[[Way], Awaitable[None]]] = (
    speak_one_language,
    hand_in,
    talk_it_over,
    publish,
    reading.read_it,
    reading.read_it_elsewhere,
    reading.read_the_post,
    correct,
    reading.read_the_correction,
    withdraw,
    reading.read_that_it_is_gone,
    reading.read_that_the_post_is_gone,
)


def steps(language: str) -> list[Step]:
    """The way of the result of this language."""

    files: list[str] = []

    async def go(step: Callable[[Way], Awaitable[None]], walk: Walk) -> None:
        await step(Way(walk, language, STORIES[language], files))

    return [partial(go, step) for step in WAY]
