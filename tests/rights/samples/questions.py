"""Samples of questions to the speakers: asking, taking back, moderating; and of what comes after a webinar."""

from datetime import timedelta

from domain.buttons.dialogs import Back, HandIn
from domain.buttons.feedback import ChooseWish, MakeResult, RateWebinar, WantRecording
from domain.buttons.questions import (
    AnswerQuestion,
    AskSpeakers,
    ChooseSame,
    ListOwnQuestions,
    ListQuestions,
    MergeQuestion,
    MoveQuestion,
    OpenQuestions,
    ReopenQuestion,
    SettleQuestion,
    ShowQuestion,
    TakeQuestionBack,
    Verdict,
    Way,
)
from domain.feedback import Wish
from domain.permissions import Permission, Target
from storage import tables
from storage.database import Tx
from tests.rights import scene
from tests.rights.page import Shape
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.sample import Sample, Thing, webinar
from tests.rights.scene import AUTHOR, GROUP_OF, NOW, OTHER_WEBINAR, OWN_WEBINAR, WEBINAR_OF, Side

ASK, MINE = (Permission.ASK_SPEAKERS,), (Permission.SUBSCRIBE,)
SEE = (Permission.SEE_QUESTIONS, Permission.MODERATE_OWN)
MODERATE = (Permission.MODERATE_QUESTIONS, Permission.MODERATE_OWN)

MODERATED = {Side.MINE: OWN_WEBINAR, Side.ELSEWHERE: OTHER_WEBINAR}
"""Where whoever asks is named as the moderator."""


async def _set_event(tx: Tx, event: int, **values: object) -> None:
    await tx.execute(tables.events.update().where(tables.events.c.id == event).values(**values))


async def box(tx: Tx, me: int, side: Side) -> Thing | None:
    """A webinar, seen by those who may moderate it."""
    event = MODERATED.get(side) or WEBINAR_OF[side]
    moderator = me if side in MODERATED else None
    await _set_event(tx, event, moderator_id=moderator)
    return Thing(event, Target(GROUP_OF[side], event, moderator))


async def _ask(tx: Tx, event: int, person: int, **values: object) -> int:
    """A question; the first is the last of its list."""
    row = {"event_id": event, "person_id": person, "text": "Why?", "state": "open", "place": 2, "asked_at": NOW}
    return await scene.add(tx, tables.questions, **{**row, **values})


async def question(tx: Tx, me: int, side: Side) -> Thing | None:
    """A question of somebody else at a webinar, as the second of two."""
    at = await box(tx, me, side)
    if at is None:
        return None
    await _ask(tx, at.id, AUTHOR, place=1)
    return Thing(await _ask(tx, at.id, AUTHOR), at.target)


async def settled_question(tx: Tx, me: int, side: Side) -> Thing | None:
    """One that is dropped."""
    thing = await question(tx, me, side)
    if thing is not None:
        this = tables.questions.c.id == thing.id
        await tx.execute(tables.questions.update().where(this).values(state="dropped"))
    return thing


async def left_question(tx: Tx, me: int, side: Side) -> Thing | None:
    """One that is open after the end."""
    thing = await question(tx, me, side)
    if thing is not None and thing.target.event_id is not None:
        await _set_event(tx, thing.target.event_id, starts_at=NOW - timedelta(hours=2))
    return thing


async def asked(tx: Tx, me: int, side: Side) -> Thing | None:
    """A question, one's own or somebody else's."""
    if side not in {Side.MINE, Side.OWN, Side.OTHER}:
        return None
    event, person = WEBINAR_OF.get(side, OWN_WEBINAR), me if side is Side.MINE else AUTHOR
    return Thing(await _ask(tx, event, person), Target(GROUP_OF[side], event, person))


async def held_webinar(tx: Tx, me: int, side: Side) -> Thing | None:
    """A webinar that is over."""
    thing = await webinar(tx, me, side)
    if thing is not None:
        await _set_event(tx, thing.id, starts_at=NOW - timedelta(hours=2))
    return thing


async def rated(tx: Tx, me: int, side: Side) -> Thing | None:
    """One about which something is said: always by oneself."""
    thing = await held_webinar(tx, me, side)
    return Thing(thing.id, Target(author_id=me)) if thing else None


typing = dialog("question", "text", about=webinar, key="webinar_id")
typed = dialog("question", "preview", about=webinar, key="webinar_id", data={"text": "Why?"})
answering = dialog("answer", "text", about=left_question, key="question_id")

ASKING = [
    Sample("/start", lambda it: f"/start q_{it.id}", webinar, ASK, public=True, shape=Shape.START_LINK),
    Sample(AskSpeakers, lambda it: AskSpeakers(it.id), webinar, ASK, public=True),
    Sample("question", lambda _: "Why?", typing, ASK, public=True),
    Sample(Back, lambda it: Back(it.revision), typed, ASK, public=True),
    Sample(HandIn, lambda it: HandIn(it.revision), typed, ASK, public=True),
    Sample(ListOwnQuestions, lambda it: ListOwnQuestions(it.id, 0), webinar, ASK, public=True),
    Sample(TakeQuestionBack, lambda it: TakeQuestionBack(it.id, 0), asked, (Permission.OWN_DATA,)),
]

MODERATING = [
    Sample(OpenQuestions, lambda it: OpenQuestions(it.id), box, SEE),
    Sample(ListQuestions, lambda it: ListQuestions(it.id, 0), box, SEE),
    Sample(ShowQuestion, lambda it: ShowQuestion(it.id), question, MODERATE),
    Sample(MoveQuestion, lambda it: MoveQuestion(it.id, 2, Way.UP), question, MODERATE),
    Sample(SettleQuestion, lambda it: SettleQuestion(it.id, Verdict.ANSWERED), question, MODERATE),
    Sample(SettleQuestion, lambda it: SettleQuestion(it.id, Verdict.DROPPED), question, MODERATE),
    Sample(ReopenQuestion, lambda it: ReopenQuestion(it.id), settled_question, MODERATE),
    Sample(ChooseSame, lambda it: ChooseSame(it.id, 0), question, MODERATE),
    Sample(MergeQuestion, lambda it: MergeQuestion(it.id, it.id - 1), question, MODERATE),
    Sample(AnswerQuestion, lambda it: AnswerQuestion(it.id), left_question, MODERATE),
    Sample("answer", lambda _: "Because.", answering, MODERATE),
]

AFTERWARDS = [
    Sample(RateWebinar, lambda it: RateWebinar(it.id, 4), rated, MINE, public=True),
    Sample(ChooseWish, lambda it: ChooseWish(it.id, Wish.MORE), rated, MINE, public=True),
    Sample(WantRecording, lambda it: WantRecording(it.id), rated, MINE, public=True),
    Sample(
        MakeResult,
        lambda it: MakeResult(it.id),
        held_webinar,
        (Permission.RUN_EVENTS,),
        (Permission.SUBMIT_RESULT,),
        public=True,
    ),
]

SAMPLES = [*ASKING, *MODERATING, *AFTERWARDS]
