"""Corrections that those who wrote a result propose: what organisers see of them and answer."""

from domain.corrections import AnswerOutcome, Corrected, Correction, CorrectionState, decide_approve
from domain.errors import NotAllowed
from domain.people import Person
from domain.permissions import Permission, can
from domain.results import Result
from domain.reviews import News
from messages import corrections as texts
from messages.corrections import Shown
from messages.markup import Message
from services.corrections import apply, settle
from services.rendering import Rendering
from services.results import get_result, subject
from services.reviews import tell
from services.work import Work
from storage import corrections, facts, people, results
from storage.database import Tx


async def get_proposal(work: Work, correction_id: int) -> tuple[Result, Correction]:
    """Load a proposal for somebody who may decide about it: an organiser who did not write the result."""
    correction = await corrections.get(work.tx, correction_id)
    if correction is None or correction.state is CorrectionState.DRAFT:
        raise NotAllowed
    result = await get_result(work, correction.result_id, Permission.PUBLISH_RESULT)
    newest = await corrections.get(work.tx, correction_id)  # whoever was faster has let the result go by now
    return result, newest or correction


async def approve(work: Work, correction_id: int) -> AnswerOutcome:
    """Publish what was proposed; the first answer counts."""
    result, correction = await get_proposal(work, correction_id)
    outcome = decide_approve(result, correction)
    if isinstance(outcome, Corrected):
        await apply(work, result, correction, outcome.version)
    return outcome


async def decline(work: Work, correction_id: int) -> AnswerOutcome | None:
    """Leave it as it is; whoever proposed it is told. None: done; else what was in the way."""
    result, correction = await get_proposal(work, correction_id)
    outcome = decide_approve(result, correction)
    if correction.state is not CorrectionState.PROPOSED:
        return outcome
    await settle(work, correction, CorrectionState.DECLINED)
    about = subject(result.id)
    await facts.note(work.tx, work.now, work.person.id, "correction_declined", about, {"base": correction.base})
    await tell(work, result, News.NOT_CORRECTED, to=correction.person_id, about=f":{correction.id}")
    return None


# --- The card of a proposal -------------------------------------------------------------------


async def get_card(work: Work, correction_id: int) -> Shown:
    """A proposal as it stands, for an organiser."""
    return await _shown(work.tx, *await get_proposal(work, correction_id))


async def _shown(tx: Tx, result: Result, correction: Correction) -> Shown:
    known = await people.get_many(tx, {i for i in (correction.person_id, correction.decided_by) if i is not None})
    return Shown(result, correction, {person.id: person.name for person in known.values()})


async def render_card(batch: Rendering, correction_id: int, reader: Person) -> Message | None:
    """The card of a proposal, for those who may decide about it."""
    correction = await corrections.get(batch.tx, correction_id)
    result = await results.get(batch.tx, correction.result_id) if correction else None
    actor = await people.get_actor(batch.tx, reader.id, batch.process.owner_ids)
    if correction is None or result is None or not can(actor, Permission.PUBLISH_RESULT, result.target):
        return None
    return texts.card(await _shown(batch.tx, result, correction), reader.language)
