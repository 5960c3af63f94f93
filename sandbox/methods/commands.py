"""Menus of commands, per scope and language."""

from sandbox.errors import bad_request
from sandbox.methods.request import Method, Request
from sandbox.state import Json


def scope_key(request: Request) -> str:
    """Return a scope as a key: "default", "chat:-100…", "chat_member:-100…:52…"."""
    scope: Json = request.get("scope") or {"type": "default"}
    kind = str(scope.get("type"))
    if not kind.startswith("chat"):
        return kind
    chat = Request(request.telegram, request.bot, request.method, scope).chat()
    if kind == "chat_member":
        return f"{kind}:{chat.id}:{scope.get('user_id')}"
    return f"{kind}:{chat.id}"


def set_my_commands(request: Request) -> bool:
    """Replace the menu of a scope and language."""
    commands = request.get("commands", [])
    names = [str(command.get("command", "")) for command in commands]
    if len(names) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    if any(name != name.lower() for name in names):
        raise bad_request("BOT_COMMAND_INVALID")
    key = (scope_key(request), request.text("language_code"))
    request.bot.commands[key] = [
        {"command": command["command"].removeprefix("/"), "description": command["description"]} for command in commands
    ]
    request.telegram.events.tell("commands", bot=request.bot.id)
    return True


def get_my_commands(request: Request) -> list[Json]:
    """Menu of exactly this scope and language."""
    return request.bot.commands.get((scope_key(request), request.text("language_code")), [])


def delete_my_commands(request: Request) -> bool:
    """Remove the menu of a scope and language."""
    request.bot.commands.pop((scope_key(request), request.text("language_code")), None)
    request.telegram.events.tell("commands", bot=request.bot.id)
    return True


METHODS: dict[str, Method] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}
