"""What somebody answers about a webinar, typed or by button, as values to keep."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from domain.errors import NotReadable, OutOfDate
from domain.scheduling import LEAST_MINUTES, MOST_MINUTES
from domain.times import Skipped, to_utc
from domain.typed import one_line, paragraphs, within
from domain.webinar_edits import (
    MOST_ABSTRACT,
    MOST_CAPACITY,
    MOST_SPEAKER,
    MOST_SPEAKERS,
    MOST_TITLE,
    Answer,
    read_speakers,
)
from domain.webinar_parts import ABSTRACTS, TITLES, Step
from handlers import scheduling
from handlers.parsing import read_number
from messages.webinar_questions import NO, POLICIES, YES
from services import webinar_running
from services.webinar_editing import Asked
from services.work import Work


def read_typed(step: Step, text: str) -> Answer:
    """A text, a link, a number; raise NotReadable, TooLong, NotInRange."""
    if step in TITLES:
        return within(one_line(text), MOST_TITLE)
    if step in ABSTRACTS:
        return within(paragraphs(text), MOST_ABSTRACT)
    match step:
        case Step.SPEAKERS:
            return _speakers(text)
        case Step.MINUTES:
            return read_number(text, LEAST_MINUTES, MOST_MINUTES)
        case Step.LINK | Step.BACKSTAGE | Step.RECORDING:
            return scheduling.read_link(text)
        case Step.CAPACITY:
            return read_number(text, 1, MOST_CAPACITY)
        case _:
            raise OutOfDate


def _speakers(text: str) -> list[str]:
    named = [within(one_line(name), MOST_SPEAKER) for name in read_speakers(paragraphs(text))]
    if not 0 < len(named) <= MOST_SPEAKERS:
        raise NotReadable("speakers")
    return named


def read_clock(asked: Asked, text: str, work: Work) -> Mapping[Step, Answer]:
    """A time of the day chosen before, or another day and time."""
    day = asked.edit.answers.get(Step.DAY)
    return moment(scheduling.read_clock(text, date.fromisoformat(str(day)) if day else None, work), work)


def moment(wall: datetime, work: Work) -> Mapping[Step, Answer]:
    """The day, and the moment at which clocks show this where the person is."""
    at = to_utc(wall, work.zone)
    if isinstance(at, Skipped):
        raise OutOfDate
    return {Step.DAY: wall.date().isoformat(), Step.CLOCK: at.astimezone(UTC).isoformat()}


async def read_chosen(asked: Asked, step: Step, number: int, work: Work) -> Mapping[Step, Answer]:
    """What the number of a button means at this question; raise OutOfDate for one that it does not have."""
    match step:
        case Step.DAY:
            return {step: scheduling.day_of(number).isoformat()}
        case Step.CLOCK:
            return read_clock(asked, scheduling.clock_of(number), work)
        case Step.MINUTES:
            return {step: read_number(str(number), LEAST_MINUTES, MOST_MINUTES)}
        case Step.MODERATOR:
            await webinar_running.check_host(work, asked.webinar, number)
            return {step: number}
        case Step.AUDIENCE if 1 <= number <= len(POLICIES):
            return {step: POLICIES[number - 1].value}
        case Step.REGISTERS if number in {YES, NO}:
            return {step: number == YES}
        case _:
            raise OutOfDate
