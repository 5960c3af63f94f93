"""Telling about a talk, question by question, and sending the slides; every answer is kept at once."""

from dataclasses import dataclass

from domain.dialogs import Dialog, step_after
from domain.errors import NotReadable, OutOfDate
from domain.events import Event
from domain.talks import MOST_TYPED, Talk
from domain.typed import one_line, paragraphs, within
from services import dialogs, recordings, talks
from services.work import Work

DIALOG = "talk"

SLIDES_DIALOG = "slides"

RECORDING = "recording"


@dataclass(frozen=True)
class Question:
    """What is asked now, with what was answered before. `steps`: all questions, in order."""

    talk: Talk
    event: Event
    step: str
    steps: tuple[str, ...]
    revision: int


async def begin(work: Work, talk_id: int) -> Question:
    """The first question."""
    talk, event = await talks.get_talk(work, talk_id)
    return await _ask(work, talk, event, next(iter(MOST_TYPED)))


async def answer(work: Work, dialog: Dialog, typed: str) -> Question | None:
    """Keep what was typed and ask the next question; None after the last. Consent is given by a button."""
    talk, event = await _of(work, dialog)
    if dialog.step == RECORDING:
        return await _ask(work, talk, event, RECORDING)
    clean = one_line(typed) if dialog.step == "title" else paragraphs(typed)
    await talks.set_details(work, talk, **{dialog.step: within(clean, MOST_TYPED[dialog.step])})
    return await _next(work, dialog)


async def current(work: Work, revision: int) -> Dialog:
    """The dialog at the question about recording; raise OutOfDate if it has gone on."""
    dialog = await dialogs.current(work, revision)
    if dialog.name != DIALOG or dialog.step != RECORDING:
        raise OutOfDate
    return dialog


async def answer_recording(work: Work, dialog: Dialog, *, may: bool) -> Question | None:
    """Keep whether it may be recorded: only the presenter can say so."""
    talk, event = await talks.get_talk(work, talk_id_of(dialog), own=True)
    await talks.set_details(work, talk, recording=may)
    await recordings.tell(work.tx, event, work.now)
    return await _next(work, dialog)


async def skip(work: Work, dialog: Dialog) -> Question | None:
    """Leave this one for later; what was answered before stays."""
    return await _next(work, dialog)


async def go_back(work: Work, dialog: Dialog) -> Question:
    """One question back."""
    talk, event = await _of(work, dialog)
    return await _ask(work, talk, event, step_after(_steps(work, talk), dialog.step, -1))


async def get_question(work: Work, dialog: Dialog) -> Question:
    """The question the dialog is at."""
    talk, event = await _of(work, dialog)
    return Question(talk, event, dialog.step, _steps(work, talk), dialog.revision)


def talk_id_of(dialog: Dialog) -> int:
    """Which talk the dialog is about."""
    return int(str(dialog.data["talk_id"]))


async def _next(work: Work, dialog: Dialog) -> Question | None:
    talk, event = await _of(work, dialog)
    steps = _steps(work, talk)
    following = steps[steps.index(dialog.step) + 1 :] if dialog.step in steps else ()
    if following:
        return await _ask(work, talk, event, following[0])
    await dialogs.end(work)
    return None


async def _ask(work: Work, talk: Talk, event: Event, step: str) -> Question:
    dialog = await dialogs.go(work, DIALOG, step, {"talk_id": talk.id})
    return Question(talk, event, step, _steps(work, talk), dialog.revision)


def _steps(work: Work, talk: Talk) -> tuple[str, ...]:
    """A coordinator may correct the texts; consent is the presenter's own."""
    return (*MOST_TYPED, RECORDING) if talk.person_id == work.person.id else tuple(MOST_TYPED)


async def _of(work: Work, dialog: Dialog) -> tuple[Talk, Event]:
    return await talks.get_talk(work, talk_id_of(dialog))


# --- Slides -----------------------------------------------------------------------------------


async def begin_slides(work: Work, talk_id: int) -> tuple[Talk, Dialog]:
    """Which file?"""
    talk, _ = await talks.get_talk(work, talk_id)
    return talk, await dialogs.go(work, SLIDES_DIALOG, "file", {"talk_id": talk.id})


async def take_slides(work: Work, dialog: Dialog, file_id: str, name: str, *, is_photo: bool) -> None:
    """Keep the file; Telegram keeps its content. After the webinar it goes to those who asked for it."""
    talk, event = await _of(work, dialog)
    if is_photo:
        raise NotReadable("slides")
    await talks.set_slides(work, talk, file_id, name)
    await recordings.tell(work.tx, event, work.now)
    await dialogs.end(work)
