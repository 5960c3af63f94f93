"""Handing in a result, as people do it: what most conversations about results begin with."""

from domain.results import ResultState
from storage import results
from tests.chat.world import Chat, Visitor

TITLE = "Planned relocation: what helps"
SUMMARY = "Three findings.\n\nAnd a wish."


async def begins(author: Visitor) -> None:
    """As far as the question for a title."""
    await author.sends("/submit")
    await author.presses("Statement")
    await author.presses("English")


async def writes(author: Visitor, title: str = TITLE, summary: str = SUMMARY) -> None:
    """As far as the question for a file."""
    await begins(author)
    await author.sends(title)
    await author.sends(summary)


async def comes_to_preview(author: Visitor) -> None:
    """From the question for a file, without one and with nobody else."""
    await author.presses("Skip")
    if ["Nobody else"] in author.screen.labels:
        await author.presses("Nobody else")


async def submits(author: Visitor, title: str = TITLE) -> None:
    """To the reviewers."""
    await writes(author, title)
    await comes_to_preview(author)
    await author.presses("Send")


async def state_of(chat: Chat, result_id: int) -> ResultState:
    """Where a result stands, as stored."""
    async with chat.bot.database.read() as tx:
        result = await results.get(tx, result_id)
    assert result is not None
    return result.state
