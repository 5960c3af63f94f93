"""What a person can choose: language, time zone, when to be reminded."""

from domain.buttons.settings import AskLanguage, AskLeads, AskZone, SetLanguage, SetZone, ToggleLead
from domain.dialogs import Dialog
from domain.errors import OutOfDate
from domain.permissions import Permission
from handlers.requests import ButtonRequest, CommandRequest, Reply, TextRequest
from handlers.routes import ButtonPress, Command, DialogInput, Route, marked
from messages import settings as texts
from messages.languages import LANGUAGES
from messages.markup import Message
from services import settings
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
    return Reply(edit=texts.leads(settings.LEADS, await settings.get_leads(work), work.language))


async def toggle_lead(request: ButtonRequest[ToggleLead], work: Work) -> Reply:
    """On or off."""
    leads = await settings.toggle_lead(work, request.action.minutes)
    return Reply(edit=texts.leads(settings.LEADS, leads, work.language))


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
    DialogInput(settings.ZONE_DIALOG, type_city, Permission.USE_BOT, again=_ask_zone_again),
]
