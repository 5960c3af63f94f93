"""What organisers can ask about what happened: the audit, and what failed."""

from domain.buttons.audit import (
    AskResend,
    ChooseAuditGroup,
    ListDeadLetters,
    ListDeeds,
    ListUndelivered,
    Resend,
    RetryLetter,
)
from domain.permissions import Permission
from domain.retries import MayNot
from handlers.requests import ButtonRequest, Reply
from handlers.routes import ButtonPress, Route
from messages import audit as texts
from messages import letters as letter_texts
from messages.markup import Message
from services import audit, letters
from services.work import Work

# --- Who did what -----------------------------------------------------------------------------


async def section(work: Work) -> Message:
    """The section of the cockpit: all groups, newest first."""
    return await _deeds(work, 0, None)


async def turn_page(request: ButtonRequest[ListDeeds], work: Work) -> Reply:
    """Newer, older, of one group or of all."""
    return Reply(edit=await _deeds(work, request.action.page, request.action.group_id or None))


async def choose_group(request: ButtonRequest[ChooseAuditGroup], work: Work) -> Reply:
    """Which group's?"""
    listed = await audit.list_choices(work, request.action.page)
    groups = [entry.group for entry in listed.entries]
    return Reply(edit=texts.choice(groups, listed.page, work.language))


async def _deeds(work: Work, page: int, group_id: int | None) -> Message:
    listed = await audit.list_deeds(work, page, group_id)
    return texts.deeds(listed.deeds, listed.group, listed.page, work.zone, work.language)


# --- What failed ------------------------------------------------------------------------------


async def letters_section(work: Work) -> Message:
    """The section of the cockpit: how much failed."""
    return letter_texts.overview(*await letters.count(work), work.language)


async def list_dead(request: ButtonRequest[ListDeadLetters], work: Work) -> Reply:
    """What could not be handled."""
    return Reply(edit=await _dead(work, request.action.page))


async def try_again(request: ButtonRequest[RetryLetter], work: Work) -> Reply:
    """Handle it once more."""
    await letters.try_again(work, request.action.letter_id)
    return Reply(toast=letter_texts.tried_again(work.language), edit=await _dead(work, 0))


async def _dead(work: Work, page: int) -> Message:
    listed = await letters.list_dead(work, page)
    return letter_texts.dead_letters(
        listed.entries, listed.page, work.zone, work.language, may_handle=listed.may_handle
    )


async def list_undelivered(request: ButtonRequest[ListUndelivered], work: Work) -> Reply:
    """What did not arrive."""
    return Reply(edit=await _undelivered(work, request.action.page))


async def ask_resend(request: ButtonRequest[AskResend], work: Work) -> Reply:
    """It may have arrived: send it again all the same?"""
    lost, name = await letters.get_lost(work, request.action.delivery_id, request.action.ending)
    if isinstance(lost.retry, MayNot):
        return Reply(toast=letter_texts.resent(lost.retry, work.language), edit=await _undelivered(work, 0))
    return Reply(edit=letter_texts.ask_resend(lost.message, name, work.zone, work.language))


async def resend(request: ButtonRequest[Resend], work: Work) -> Reply:
    """Send it again."""
    retry = await letters.send_again(work, request.action.delivery_id, request.action.ending)
    return Reply(toast=letter_texts.resent(retry, work.language), edit=await _undelivered(work, 0))


async def _undelivered(work: Work, page: int) -> Message:
    listed = await letters.list_undelivered(work, page)
    return letter_texts.undelivered(listed.entries, listed.page, work.zone, work.language, may_handle=listed.may_handle)


ROUTES: list[Route] = [
    ButtonPress(ListDeeds, turn_page, Permission.READ_AUDIT),
    ButtonPress(ChooseAuditGroup, choose_group, Permission.READ_AUDIT),
    ButtonPress(ListDeadLetters, list_dead, Permission.READ_AUDIT),
    ButtonPress(RetryLetter, try_again, Permission.HANDLE_AUDIT),
    ButtonPress(ListUndelivered, list_undelivered, Permission.READ_AUDIT),
    ButtonPress(AskResend, ask_resend, Permission.HANDLE_AUDIT),
    ButtonPress(Resend, resend, Permission.HANDLE_AUDIT),
]
