"""What the channel shows, worded when it goes out: results and webinars as they are then."""

from domain.groups import Group
from domain.people import Person
from domain.process import Process
from domain.publications import (
    Form,
    Outlet,
    Progress,
    form_of,
    is_out,
    must_go,
    post_of,
    second_language,
    subject_of,
)
from domain.results import Result, ResultState
from messages import publications as texts
from messages import sharing
from messages.languages import LANGUAGES
from messages.markup import Message, join, render
from services.publications import delete_post
from services.rendering import Rendering
from services.work import Background
from storage import cards, events, groups, publications, results
from storage.database import Tx
from storage.publications import Publication


async def render_post(batch: Rendering, result_id: int, channel: Person) -> Message | None:
    """The post of a result; None where nothing is to stand there. What cannot become it is deleted."""
    result = await results.get(batch.tx, result_id)
    if result is None or result.state not in {ResultState.PUBLISHED, ResultState.WITHDRAWN}:
        return None
    work = Background(batch.tx, batch.now, batch.process)
    if not await _make_room(work, result, channel.id) and not is_out(result):
        return None
    posted = Publication(subject_of(result_id), Outlet.CHANNEL, Progress.DONE, form_of(result).value)
    await publications.put(batch.tx, posted, batch.now)
    return await word_post(batch.tx, batch.process, result)


async def _make_room(work: Background, result: Result, chat_id: int) -> bool:
    """Delete a message that cannot become what is to stand there; returns whether one stands there that can."""
    card = await cards.get(work.tx, post_of(result.id), chat_id)
    if card is None or card.message_id is None:
        return False
    known = (await publications.get(work.tx, subject_of(result.id))).get(Outlet.CHANNEL)
    shown = Form(known.reference) if known and known.reference else None
    if must_go(shown, form_of(result)):
        await delete_post(work, result.id, card.message_id)
        await cards.set_message(work.tx, card.id, None, None)
        return False
    return True


async def word_post(tx: Tx, process: Process, result: Result) -> Message:
    """The post as it is to be now."""
    group = await groups.get(tx, result.group_id) if result.group_id is not None else None
    second = second_language(process.language, result.language, frozenset(LANGUAGES))
    languages = [process.language, *([second] if second else [])]
    return texts.post(result, group, page_of(process, result, languages[-1]), process.zone, languages)


def page_of(process: Process, result: Result, language: str) -> str | None:
    """The address of a result on the public page, in this language."""
    return f"{process.web_url}/{language}/results/{result.id}" if process.web_url else None


async def render_announcement(batch: Rendering, webinar_id: int, channel: Person) -> Message | None:
    """The card of a webinar, with its title and abstract in a second language where it has them."""
    event = await events.get(batch.tx, webinar_id)
    if event is None:
        return None
    group: Group | None = await groups.get(batch.tx, event.group_id)
    card = sharing.card(event, group, batch.process.start_link, batch.now, channel.language)
    second = next((one for one in LANGUAGES if one != channel.language and event.titles.get(one)), None)
    if second is None:
        return card
    title = render("<b>{title}</b>", title=event.titles[second])
    abstract = render("{abstract}", abstract=event.abstracts.get(second, "")[: sharing.MOST_ABSTRACT])
    return Message(join([card.text, *filter(None, (title, abstract))], "\n\n"), card.buttons)
