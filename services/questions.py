"""Questions to the speakers: asking one, and taking it back."""

from domain.dialogs import Dialog
from domain.errors import NotAllowed, OutOfDate
from domain.events import Event
from domain.paging import page_at
from domain.permissions import Permission, Target
from domain.questions import MOST_TEXT, AskOutcome, MayAsk, NotAsked, Question, QuestionState, decide_ask
from domain.typed import paragraphs, within
from messages.questions import Mine
from services import dialogs
from services.question_lists import PAGE_SIZE, audited, follow, show_new
from services.webinars import get_webinar
from services.work import Work
from storage import events, facts, questions
from storage.database import Tx

DIALOG = "question"

# --- Asking -----------------------------------------------------------------------------------


async def begin(work: Work, webinar_id: int) -> tuple[Event, Dialog | NotAsked]:
    """Ask for the question, or show again what was typed before, unless it cannot be asked."""
    event = await get_webinar(work, webinar_id, Permission.ASK_SPEAKERS)
    outcome = await _decide(work, event)
    if not isinstance(outcome, MayAsk):
        return event, outcome
    left = await dialogs.take_up(work, DIALOG, webinar_id=event.id)
    return event, left or await dialogs.go(work, DIALOG, "text", {"webinar_id": event.id})


async def _decide(work: Work, event: Event) -> AskOutcome:
    waiting = await questions.count_own(work.tx, event.id, work.person.id, only_open=True)
    return decide_ask(event, waiting, work.now)


async def get_asked(work: Work, dialog: Dialog) -> Event:
    """The webinar whose speakers are asked."""
    return await get_webinar(work, webinar_of(dialog), Permission.ASK_SPEAKERS)


async def type_text(work: Work, dialog: Dialog, typed: str) -> Dialog:
    """Show it back before it counts; what is typed at the preview takes its place. Raise TooLong or NotReadable."""
    text = within(paragraphs(typed), MOST_TEXT)
    return await dialogs.go(work, DIALOG, "preview", {**dialog.data, "text": text})


async def go_back(work: Work, dialog: Dialog) -> Dialog:
    """To the text once more."""
    return await dialogs.go(work, DIALOG, "text", dialog.data)


async def hand_in(work: Work, dialog: Dialog) -> AskOutcome:
    """It counts from now on; raise OutOfDate before it was shown back."""
    if dialog.step != "preview":
        raise OutOfDate
    event = await get_asked(work, dialog)
    await questions.hold(work.tx, event.id)
    outcome = await _decide(work, event)
    await dialogs.end(work)
    if isinstance(outcome, MayAsk):
        new = await questions.add(work.tx, event.id, work.person.id, text_of(dialog), work.now)
        after = {"state": QuestionState.OPEN.value}
        await facts.note(work.tx, work.now, work.person.id, "question_asked", audited(new), None, after)
        await show_new(work, event)
    return outcome


def webinar_of(dialog: Dialog) -> int:
    """Whose speakers the dialog is about."""
    return int(str(dialog.data["webinar_id"]))


def text_of(dialog: Dialog) -> str:
    """What was typed; "" before."""
    return str(dialog.data.get("text", ""))


# --- One's own --------------------------------------------------------------------------------


async def list_own(work: Work, webinar_id: int, wished: int) -> Mine:
    """A page of what the person has asked, newest first."""
    event = await get_webinar(work, webinar_id, Permission.ASK_SPEAKERS)
    page = page_at(wished, await questions.count_own(work.tx, event.id, work.person.id), PAGE_SIZE)
    found = await questions.own(work.tx, event.id, work.person.id, page.offset, page.limit)
    may_ask = isinstance(await _decide(work, event), MayAsk)
    return Mine(event, tuple(found), page, may_ask)


async def take_back(work: Work, question_id: int) -> Question:
    """The own question is not to be asked any more; raise OutOfDate where it is answered or dropped already."""
    question = await questions.get(work.tx, question_id)
    if question is None:
        raise NotAllowed
    work.require(Permission.OWN_DATA, Target(event_id=question.event_id, author_id=question.person_id))
    await questions.hold(work.tx, question.event_id)
    question = await questions.get(work.tx, question_id)
    if question is None or question.state is not QuestionState.OPEN:
        raise OutOfDate
    await _hand_on(work.tx, question)
    await questions.drop(work.tx, question.id)
    before = {"state": question.state.value}
    await facts.note(work.tx, work.now, work.person.id, "question_taken_back", audited(question.id), before)
    event = await events.get(work.tx, question.event_id)
    if event is not None:
        await follow(work, event)
    return question


async def _hand_on(tx: Tx, question: Question) -> None:
    """Where a question stands for others, the oldest of them stands for the rest from now on, in its place."""
    (cluster,) = await questions.clusters(tx, [question])
    if cluster.same:
        heir, *rest = cluster.same
        await questions.change(tx, [heir.id], merged_into=None, place=question.place)
        await questions.change(tx, [one.id for one in rest], merged_into=heir.id)
