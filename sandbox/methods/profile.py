"""Who the bot is: getMe, its name and descriptions, menu button and default rights."""

from sandbox.errors import bad_request
from sandbox.methods.request import Method, Request
from sandbox.objects import ADMIN_RIGHTS, CHANNEL_RIGHTS, FORUM_RIGHTS, GROUP_RIGHTS, user_json
from sandbox.state import Json


def get_me(request: Request) -> Json:
    """User, with what only getMe tells."""
    bot = request.bot
    return user_json(bot.user) | {
        "can_join_groups": True,
        "can_read_all_group_messages": bot.reads_all_groups,
        "supports_inline_queries": bot.supports_inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def _remember(texts: dict[str, str], request: Request, name: str) -> bool:
    language, text = request.text("language_code"), request.text(name)
    if text:
        texts[language] = text
    else:
        texts.pop(language, None)
    return True


def _recall(texts: dict[str, str], request: Request, default: str = "") -> str:
    return texts.get(request.text("language_code")) or texts.get("") or default


def set_my_name(request: Request) -> bool:
    """Name per language."""
    return _remember(request.bot.names, request, "name")


def get_my_name(request: Request) -> Json:
    """BotName."""
    return {"name": _recall(request.bot.names, request, request.bot.user.first_name)}


def set_my_description(request: Request) -> bool:
    """What an empty chat shows, per language."""
    return _remember(request.bot.descriptions, request, "description")


def get_my_description(request: Request) -> Json:
    """BotDescription."""
    return {"description": _recall(request.bot.descriptions, request)}


def set_my_short_description(request: Request) -> bool:
    """What the profile shows, per language."""
    return _remember(request.bot.short_descriptions, request, "short_description")


def get_my_short_description(request: Request) -> Json:
    """BotShortDescription."""
    return {"short_description": _recall(request.bot.short_descriptions, request)}


def _menu_owner(request: Request) -> int | None:
    if "chat_id" not in request.params:
        return None
    chat = request.chat()
    if chat.kind != "private":
        raise bad_request("chat_id must be a private chat")
    return chat.id


def set_chat_menu_button(request: Request) -> bool:
    """Menu button of one chat or of all."""
    request.bot.menu_buttons[_menu_owner(request)] = request.get("menu_button", {"type": "default"})
    return True


def get_chat_menu_button(request: Request) -> Json:
    """MenuButton."""
    buttons = request.bot.menu_buttons
    found: Json = buttons.get(_menu_owner(request)) or buttons.get(None) or {"type": "default"}
    return found


def set_default_rights(request: Request) -> bool:
    """Rights that the bot asks for when it is added."""
    request.bot.default_rights[request.flag("for_channels")] = request.get("rights", {})
    return True


def get_default_rights(request: Request) -> Json:
    """ChatAdministratorRights."""
    channels = request.flag("for_channels")
    names = ADMIN_RIGHTS + (CHANNEL_RIGHTS if channels else GROUP_RIGHTS + FORUM_RIGHTS)
    chosen = request.bot.default_rights.get(channels, {})
    return {"is_anonymous": bool(chosen.get("is_anonymous"))} | {name: bool(chosen.get(name)) for name in names}


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "setMyDefaultAdministratorRights": set_default_rights,
    "getMyDefaultAdministratorRights": get_default_rights,
}
