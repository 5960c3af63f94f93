"""What organisers can ask about messages for many: write, choose, preview, send, stop, send again."""

from typing import assert_never

from domain.broadcasts import (
    AlreadyStarted,
    Audience,
    Broadcast,
    NobodyToConfirm,
    NobodyToReach,
    NumberChanged,
    SecondOrganiserNeeded,
    Started,
)
from domain.buttons.broadcasts import (
    ChooseAudience,
    LeaveUncertain,
    ListTargets,
    NewBroadcast,
    PreviewOnly,
    ResumeBroadcast,
    ResumeRun,
    RetryUncertain,
    StartBroadcast,
    StopBroadcast,
)
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.permissions import Permission
from handlers.dialogs import Flow
from handlers.requests import ButtonRequest, CommandRequest, Reply, TextRequest
from handlers.routes import ButtonPress, Command, DialogInput, Route
from messages import broadcast_runs as run_texts
from messages import broadcasts as texts
from messages.markup import Message
from services import broadcast_drafts as drafts
from services import broadcast_pauses, broadcasts, dialogs
from services.work import Work

# --- Writing ----------------------------------------------------------------------------------


async def begin(request: CommandRequest, work: Work) -> Reply:
    """`/broadcast`."""
    del request
    dialog, draft = await drafts.begin(work)
    return Reply(step=_first_question(dialog, draft, work))


def _first_question(dialog: Dialog, draft: Broadcast | None, work: Work, *, unread: bool = False) -> Message:
    if draft is not None:
        return texts.kept(draft.html, dialog.revision, work.language, unread=unread)
    return texts.ask_text("", drafts.MOST_TEXT, dialog.revision, work.language)


async def resume(request: ButtonRequest[ResumeBroadcast], work: Work) -> Reply:
    """Go on with the kept draft."""
    await dialogs.current(work, request.action.revision)
    await drafts.get_draft(work)
    return await _ask_audience(work)


async def write_anew(request: ButtonRequest[NewBroadcast], work: Work) -> Reply:
    """Throw the kept draft away."""
    await dialogs.current(work, request.action.revision)
    dialog = await drafts.discard(work)
    return Reply(step=_first_question(dialog, None, work))


async def type_text(request: TextRequest, work: Work) -> Reply:
    """The message. Text that comes at a later question changes nothing: the question is put again."""
    match request.dialog.step:
        case "text":
            await drafts.write(work, request.text, request.html)
            return await _ask_audience(work)
        case "target":
            return await _ask_target(work, Audience(str(request.dialog.data["audience"])))
        case "preview":
            return await _preview(work)
        case "kept":
            dialog, draft = await drafts.begin(work)
            return Reply(step=_first_question(dialog, draft, work, unread=True))
        case _:
            return await _ask_audience(work)


async def _again(dialog: Dialog, work: Work) -> Message:
    """Only the text itself can be refused."""
    return texts.ask_text("", drafts.MOST_TEXT, dialog.revision, work.language)


async def choose(request: ButtonRequest[ChooseAudience], work: Work) -> Reply:
    """For whom; a group or a webinar is chosen from a list."""
    await dialogs.current(work, request.action.revision)
    audience, target_id = request.action.audience, request.action.target_id
    if audience is not Audience.EVERYBODY and target_id == 0:
        return await _ask_target(work, audience)
    await drafts.choose(work, audience, target_id)
    return await _preview(work)


async def turn_page(request: ButtonRequest[ListTargets], work: Work) -> Reply:
    """More groups or webinars."""
    await dialogs.current(work, request.action.revision)
    return await _ask_target(work, request.action.audience, request.action.page)


async def go_back(dialog: Dialog, work: Work) -> Reply:
    """One question back."""
    match dialog.step:
        case "audience":
            draft = await drafts.get_draft(work)
            dialog = await dialogs.go(work, drafts.DIALOG, "text", {})
            return Reply(step=texts.ask_text(draft.html, drafts.MOST_TEXT, dialog.revision, work.language))
        case "target" | "preview":
            return await _ask_audience(work)
        case _:
            raise OutOfDate


async def _ask_audience(work: Work) -> Reply:
    dialog = await dialogs.go(work, drafts.DIALOG, "audience", {})
    return Reply(step=texts.ask_audience(dialog.revision, work.language))


async def _ask_target(work: Work, audience: Audience, page: int = 0) -> Reply:
    found = await drafts.list_targets(work, audience, page)
    dialog = await dialogs.go(work, drafts.DIALOG, "target", {"audience": audience.value})
    step = texts.ask_target(audience, found.listed, found.page, dialog.revision, work.language)
    return Reply(step=step)


async def _preview(work: Work) -> Reply:
    """The message itself, so that Telegram proves it, and the question below it."""
    draft = await drafts.get_draft(work)
    return Reply(message=texts.copy(draft.html, work.language, preview=True), step=await _ask_to_send(draft, work))


async def try_button(request: ButtonRequest[PreviewOnly], work: Work) -> Reply:
    """The author tries the button in the preview."""
    del request
    return Reply(toast=texts.only_a_preview(work.language))


async def _ask_to_send(draft: Broadcast, work: Work) -> Message:
    shown = await drafts.preview(work.tx, draft)
    dialog = await dialogs.go(work, drafts.DIALOG, "preview", {})
    return texts.ask_to_send(draft, shown.target, shown.recipients, dialog.revision, work.language)


# --- Sending ----------------------------------------------------------------------------------


async def start(request: ButtonRequest[StartBroadcast], work: Work) -> Reply:
    """*Send to N*, by the author or by a second organiser."""
    action, language = request.action, work.language
    by_author = action.revision != 0
    outcome = await broadcasts.start(work, action.broadcast_id, action.recipients, action.revision)
    match outcome:
        case Started(recipients=recipients):
            edit = texts.on_its_way(recipients, language) if by_author else None
            return Reply(toast=texts.started(language), edit=edit)
        case AlreadyStarted():
            starter = await broadcasts.starter_name(work, action.broadcast_id)
            return Reply(toast=texts.already_started(starter, language))
        case SecondOrganiserNeeded():
            return Reply(edit=texts.asked(language))
        case NumberChanged(recipients=recipients):
            step = await _ask_to_send(await drafts.get_draft(work), work) if by_author else None
            return Reply(toast=texts.number_changed(recipients, language), alert=True, step=step)
        case NobodyToReach():
            return Reply(toast=texts.nobody_to_reach(language), alert=True)
        case NobodyToConfirm():
            return Reply(toast=texts.nobody_to_confirm(language), alert=True)
        case _:
            assert_never(outcome)


async def stop(request: ButtonRequest[StopBroadcast], work: Work) -> Reply:
    """Nothing more goes out."""
    spared = await broadcasts.stop(work, request.action.broadcast_id)
    if spared is None:
        return Reply(toast=texts.over_already(work.language))
    return Reply(toast=texts.stopped(spared, work.language))


async def resume_run(request: ButtonRequest[ResumeRun], work: Work) -> Reply:
    """An owner lets go on what was paused."""
    if not await broadcast_pauses.resume(work, request.action.broadcast_id):
        return Reply(toast=texts.over_already(work.language))
    return Reply(toast=texts.started(work.language))


async def send_again(request: ButtonRequest[RetryUncertain], work: Work) -> Reply:
    """The uncertain ones get it once more."""
    again = await broadcasts.send_again(work, request.action.broadcast_id)
    return Reply(toast=texts.sending_again(again, work.language))


async def leave_uncertain(request: ButtonRequest[LeaveUncertain], work: Work) -> Reply:
    """The uncertain ones stay as they are: the report without its buttons."""
    shown = await broadcasts.get_run(work, request.action.broadcast_id)
    return Reply(toast=texts.left_uncertain(work.language), edit=run_texts.run(shown, work.language, decided=True))


FLOW = Flow(back=go_back)

ROUTES: list[Route] = [
    Command("broadcast", begin, Permission.BROADCAST),
    DialogInput(drafts.DIALOG, type_text, Permission.BROADCAST, again=_again),
    ButtonPress(PreviewOnly, try_button, Permission.BROADCAST),
    ButtonPress(ResumeBroadcast, resume, Permission.BROADCAST),
    ButtonPress(NewBroadcast, write_anew, Permission.BROADCAST),
    ButtonPress(ChooseAudience, choose, Permission.BROADCAST),
    ButtonPress(ListTargets, turn_page, Permission.BROADCAST),
    ButtonPress(StartBroadcast, start, Permission.BROADCAST),
    ButtonPress(StopBroadcast, stop, Permission.BROADCAST),
    ButtonPress(ResumeRun, resume_run, Permission.GRANT_ORGANISER),
    ButtonPress(RetryUncertain, send_again, Permission.BROADCAST),
    ButtonPress(LeaveUncertain, leave_uncertain, Permission.BROADCAST),
]
