"""Which question somebody is asked next who makes or changes a webinar."""

from domain.dialogs import Dialog
from domain.paging import page_at
from domain.webinar_parts import Phase, Step
from handlers.requests import Reply
from messages import webinar_previews as previews
from messages import webinar_questions as questions
from messages.markup import Message
from messages.webinar_questions import Question
from services import webinar_editing, webinar_running, webinar_saving
from services.work import Work

HOSTS_ON_A_PAGE = 8


async def asked_next(dialog: Dialog, work: Work) -> Reply:
    """The question a dialog is at, as the answer."""
    return Reply(step=await question(dialog, work))


async def question(dialog: Dialog, work: Work, *, week: int = 0, page: int = 0) -> Message:
    """The question a dialog is at."""
    if dialog.step == Step.PREVIEW:
        return await _preview(dialog, work)
    asked, step = await webinar_editing.get_asked(work, dialog), Step(dialog.step)
    asks_who = step is Step.MODERATOR
    hosts = await webinar_running.list_hosts(work, asked.edit.group_id, asked.edit.event_id) if asks_who else []
    shown = page_at(page, len(hosts), HOSTS_ON_A_PAGE)
    put = Question(
        asked.edit,
        asked.webinar,
        asked.phase,
        step,
        dialog.revision,
        work.now,
        moderator=await webinar_running.name_of(work, asked.webinar.moderator_id),
        hosts=hosts[shown.part],
        page=shown,
        week=week,
    )
    return questions.ask(put, work.zone, work.language)


async def _preview(dialog: Dialog, work: Work) -> Message:
    shown = await webinar_saving.get_preview(work, dialog)
    edit, before, after, of = shown.edit, shown.before, shown.after, dialog.revision
    if shown.phase is Phase.DRAFT:
        return previews.draft(before.webinar, before.group, edit, shown.missing, of, work.now, work.zone, work.language)
    moderators = (before.moderator, after.moderator)
    return previews.change(before.webinar, after.webinar, moderators, shown.told, edit, of, work.zone, work.language)
