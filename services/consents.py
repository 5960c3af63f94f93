"""Consent to be written to: given by following something, taken back by ending it or by `/stop`."""

from domain.consents import WORDING, Consent, Purpose, decide_consent
from services.work import Work
from storage import consents


async def give(work: Work) -> None:
    """They follow something."""
    await _say(work, given=True)


async def take_back(work: Work) -> None:
    """They want none of it any more."""
    await _say(work, given=False)


async def get(work: Work) -> Consent | None:
    """What the person said last; None if they have never agreed."""
    return await consents.last(work.tx, work.person.id, Purpose.MESSAGES)


async def _say(work: Work, *, given: bool) -> None:
    last = await get(work)
    if decide_consent(last, given=given):
        wording = last.wording if last and not given else WORDING
        await consents.add(work.tx, work.person.id, Consent(Purpose.MESSAGES, given, wording, work.now))
