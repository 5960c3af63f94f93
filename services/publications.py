"""What follows from publishing: page, file, channel and homepage come to show what a result or a webinar is now."""

from domain.buttons.coding import encode
from domain.buttons.publications import PostDeleted, PostMade
from domain.deliveries import Policy, owe
from domain.publications import Form, Outlet, Progress, announcement_of, is_out, mark_of, post_of, subject_of
from domain.results import Result
from services import cards, homepage, published_files
from services.troubles import tell
from services.work import Background
from storage import cards as stored_cards
from storage import events, facts, outbox, publications, results
from storage.cards import Place
from storage.publications import Publication

SINCE = "publishing_since"
"""The fact that says from when on publications are followed."""


# --- Following --------------------------------------------------------------------------------


async def is_behind(work: Background) -> bool:
    """Whether anything was published, corrected, withdrawn or announced that has not been followed yet."""
    if await facts.get(work.tx, SINCE) is None or await publications.results_to_follow(work.tx):
        return True
    return work.process.channel_id is not None and bool(await publications.webinars_to_follow(work.tx, work.now))


async def follow_all(work: Background) -> int:
    """Let every outlet follow; returns how many results and webinars were behind.

    By the rows themselves, not by who changed them: whatever way they are changed, the outlets are told once.
    """
    if await facts.get(work.tx, SINCE) is None:
        await publications.take_as_followed(work.tx, work.now)
        await facts.put(work.tx, SINCE, work.now.isoformat())
    behind = await publications.results_to_follow(work.tx)
    for result_id in behind:
        result = await results.get(work.tx, result_id)
        if result is not None:
            await follow(work, result)
    return len(behind) + await _follow_webinars(work)


async def follow(work: Background, result: Result) -> None:
    """Let every outlet follow the newest state of one result."""
    subject = subject_of(result.id)
    page = Progress.DONE if is_out(result) else Progress.WITHDRAWN
    await publications.put(work.tx, Publication(subject, Outlet.PAGE, page, mark_of(result)), work.now)
    if is_out(result) or await _was_posted(work, result.id):
        await post(work, result.id)
    is_on_its_way = await published_files.follow(work, result)
    if not is_on_its_way:
        await homepage.owe_notice(work, result)
    await cards.refresh(work.tx, subject, work.now)


async def _follow_webinars(work: Background) -> int:
    if work.process.channel_id is None:
        return 0
    behind = await publications.webinars_to_follow(work.tx, work.now)
    for webinar_id in behind:
        webinar = await events.get(work.tx, webinar_id)
        if webinar is not None:
            subject, shown = f"webinar:{webinar_id}", str(webinar.sequence)
            followed = Publication(subject, Outlet.CHANNEL, Progress.DONE, shown)
            await publications.put(work.tx, followed, work.now)
            await _owe_post(work, announcement_of(webinar_id), follow=None)
    return len(behind)


# --- The channel ------------------------------------------------------------------------------


async def post(work: Background, result_id: int) -> None:
    """Owe the channel, if there is one, the newest state of a result."""
    await _owe_post(work, post_of(result_id), follow=encode(PostMade(result_id)))


async def _owe_post(work: Background, subject: str, *, follow: str | None) -> None:
    channel = work.process.channel_id
    if channel is None:
        return
    card = await stored_cards.get(work.tx, subject, channel)
    # A second post cannot be taken back unseen: what is unsure is shown to the organisers. An edit may come twice.
    policy = Policy.AT_LEAST_ONCE if card and card.message_id else Policy.AT_MOST_ONCE
    refs = {"subject": subject, "language": work.process.language}
    delivery = owe(
        "channel_post", f"{subject}:{channel}", work.now, chat_id=channel, refs=refs, policy=policy, follow=follow
    )
    await outbox.add_card(work.tx, subject, delivery, work.now, Place(None, work.process.language))


async def _was_posted(work: Background, result_id: int) -> bool:
    channel = work.process.channel_id
    return channel is not None and await stored_cards.get(work.tx, post_of(result_id), channel) is not None


async def delete_post(work: Background, result_id: int, message_id: int) -> None:
    """Owe the end of a post that cannot become what it is to be."""
    channel, follow = work.process.channel_id, encode(PostDeleted(result_id, message_id))
    payload = {"chat_id": channel, "message_id": message_id}
    key = f"deleteMessage:{channel}:{message_id}:{work.now.isoformat()}"
    call = owe("channel_call", key, work.now, method="deleteMessage", chat_id=channel, payload=payload, follow=follow)
    await outbox.add(work.tx, [call], work.now)


async def note_post(work: Background, result_id: int, *, is_done: bool, reason: str) -> None:
    """The post was made or changed, or it failed: the organisers' cards say so."""
    await cards.refresh(work.tx, subject_of(result_id), work.now)
    result = await results.get(work.tx, result_id)
    if result is not None and not is_done:
        await tell(work, result, Outlet.CHANNEL, reason)


async def note_deleted(work: Background, result_id: int, message_id: int, *, is_gone: bool, reason: str) -> None:
    """A post with a file was deleted; one that could not be stands there with its file, and somebody has to look."""
    subject, result = subject_of(result_id), await results.get(work.tx, result_id)
    if result is None:
        return
    progress = Progress.DONE if is_gone else Progress.FAILED
    error = None if is_gone else f"{message_id}: {reason}"
    before = (await publications.get(work.tx, subject)).get(Outlet.CHANNEL)
    form = before.reference if before else Form.TEXT.value
    await publications.put(work.tx, Publication(subject, Outlet.CHANNEL, progress, form, None, error), work.now)
    await cards.refresh(work.tx, subject, work.now)
    if not is_gone:
        await tell(work, result, Outlet.CHANNEL, reason)
