"""What a person can choose: language, time zone, when to be reminded."""

from domain.buttons.quiet import AskOwnLead
from domain.buttons.settings import AskLanguage, AskLeads, AskZone, SetLanguage, SetZone, ToggleLead
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.permissions import Permission
from handlers.durations import read_length
from handlers.requests import ButtonRequest, CommandRequest, Reply, TextRequest
from handlers.routes import ButtonPress, Command, DialogInput, Route, marked
from messages import settings as texts
from messages.languages import LANGUAGES
from messages.markup import Message
from services import quiet, settings
from services.work import Work


async def show(request: CommandRequest, work: Work) -> Reply:
    """`/settings`."""
    del request
    return Reply(message=await screen(work))


async def ask_language(request: ButtonRequest[AskLanguage], work: Work) -> Reply:
    """Which language?"""
    del request
    return Reply(edit=texts.languages(work.language))


async def set_language(request: ButtonRequest[SetLanguage], work: Work) -> Reply:
    """Speak it from this answer on."""
    if request.action.language not in LANGUAGES:
        raise OutOfDate
    work = await settings.set_language(work, request.action.language)
    return Reply(toast=texts.saved(work.language), edit=await screen(work))


async def ask_zone(request: ButtonRequest[AskZone], work: Work) -> Reply:
    """Where are you? A city is typed, or the current local time tapped."""
    del request
    await settings.begin_zone(work)
    return Reply(edit=texts.zones(settings.suggest_zones(work), work.now, work.language))


async def set_zone(request: ButtonRequest[SetZone], work: Work) -> Reply:
    """A tapped time or a city found."""
    work = await settings.set_zone(work, request.action.zone)
    return Reply(toast=texts.saved(work.language), edit=await screen(work))


async def type_city(request: TextRequest, work: Work) -> Reply:
    """The name of a city: shown back with its current time before it counts."""
    found = settings.find_zones(request.text, work.language)
    return Reply(message=texts.zones_found(found, work.now, work.language))


async def _ask_zone_again(dialog: Dialog, work: Work) -> Message:
    del dialog
    return texts.zones(settings.suggest_zones(work), work.now, work.language)


async def ask_leads(request: ButtonRequest[AskLeads], work: Work) -> Reply:
    """When to remind?"""
    del request
    await quiet.leave_question(work, settings.LEAD_DIALOG)
    return Reply(edit=_leads(await settings.get_leads(work), work))


async def toggle_lead(request: ButtonRequest[ToggleLead], work: Work) -> Reply:
    """On or off."""
    return Reply(edit=_leads(await settings.toggle_lead(work, request.action.minutes), work))


async def ask_own_lead(request: ButtonRequest[AskOwnLead], work: Work) -> Reply:
    """Another one?"""
    del request
    await settings.begin_lead(work)
    return Reply(edit=texts.own_lead(work.language))


async def type_lead(request: TextRequest, work: Work) -> Reply:
    """A lead time that is not on offer."""
    leads = await settings.add_lead(work, read_length(request.text))
    return Reply(message=_leads(leads, work))


async def _ask_lead_again(dialog: Dialog, work: Work) -> Message:
    del dialog
    return texts.own_lead(work.language)


def _leads(leads: tuple[int, ...], work: Work) -> Message:
    return texts.leads(settings.LEADS, leads, work.language)


async def screen(work: Work) -> Message:
    """All settings with their values."""
    return texts.settings(work.person, await settings.get_leads(work), work.zone, work.now, work.language)


ROUTES: list[Route] = [
    Command("settings", show, Permission.USE_BOT, menu=marked("Language, time zone, reminders")),
    ButtonPress(AskLanguage, ask_language, Permission.USE_BOT),
    ButtonPress(SetLanguage, set_language, Permission.USE_BOT),
    ButtonPress(AskZone, ask_zone, Permission.USE_BOT),
    ButtonPress(SetZone, set_zone, Permission.USE_BOT),
    ButtonPress(AskLeads, ask_leads, Permission.USE_BOT),
    ButtonPress(ToggleLead, toggle_lead, Permission.USE_BOT),
    ButtonPress(AskOwnLead, ask_own_lead, Permission.USE_BOT),
    DialogInput(settings.LEAD_DIALOG, type_lead, Permission.USE_BOT, again=_ask_lead_again),
    DialogInput(settings.ZONE_DIALOG, type_city, Permission.USE_BOT, again=_ask_zone_again),
]
