"""Turns what the schema finds wrong into the words that Telegram uses, or plain ones where we do not know them."""

from collections.abc import Iterable, Sequence

from jsonschema_rs import ValidationError, ValidationErrorKind

# The field that tells which member of a union is meant.
DISCRIMINATORS = {"type", "status", "source"}

_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "user_id": "invalid user_id specified",
}
# By the name of the field whose size or spelling is wrong; a method of its own name in front wins.
_WRONG_SIZE = {
    "callback_data": "BUTTON_DATA_INVALID",
    "answerCallbackQuery.text": "MESSAGE_TOO_LONG",
    "setMyCommands.command": "BOT_COMMAND_INVALID",
    "setMyCommands.description": "BOT_COMMAND_DESCRIPTION_INVALID",
    "setMyCommands.commands": "BOT_COMMANDS_TOO_MUCH",
    "setChatDescription.description": "CHAT_ABOUT_TOO_LONG",
    "parse_mode": "unsupported parse_mode",
    "start_parameter": "START_PARAM_INVALID",
}
_EMPTY = {"setChatTitle.title": "CHAT_TITLE_EMPTY", "createForumTopic.name": "TOPIC_TITLE_EMPTY"}


def sentence(error: ValidationError) -> str:
    """Return "path: reason" for an error in an object."""
    error = _dug(error)
    return f"{_path(error) or 'value'}: {error.message}"


def _path(error: ValidationError) -> str:
    return ".".join(str(step) for step in error.instance_path)


def _dug(error: ValidationError) -> ValidationError:
    """Follow "matches none of the alternatives" into the alternative that was most likely meant."""
    if not isinstance(error.kind, ValidationErrorKind.AnyOf):
        return error
    branches = [[_dug(inner) for inner in branch] for branch in error.kind.context if branch]
    if not branches:
        return error
    likeliest = max(branches, key=_likelihood)
    return max(likeliest, key=lambda inner: len(inner.instance_path))


def _likelihood(branch: Sequence[ValidationError]) -> tuple[bool, int, int]:
    """Rank an alternative: its own discriminator first, then how deep it agrees, then how little is wrong."""
    other_kind = any(
        isinstance(error.kind, ValidationErrorKind.Enum) and _path(error).rpartition(".")[2] in DISCRIMINATORS
        for error in branch
    )
    return not other_kind, max(len(error.instance_path) for error in branch), -len(branch)


def description(method: str, errors: Iterable[ValidationError]) -> str:
    """Return what Telegram answers to a request with these errors, by the one that lies deepest."""
    error = max(map(_dug, errors), key=lambda one: len(one.instance_path))
    field = next((step for step in reversed(error.instance_path) if isinstance(step, str)), "")
    match error.kind:
        case ValidationErrorKind.Required(property=name) if not error.instance_path and name in _MISSING:
            return f"Bad Request: {_MISSING[name]}"
        case ValidationErrorKind.Required(property=name):
            return f'Bad Request: parameter "{_joined(error, name)}" is required'
        case ValidationErrorKind.AdditionalProperties(unexpected=names):
            unknown = ", ".join(_joined(error, name) for name in names)
            return f"Bad Request: the Bot API knows no parameter {unknown} of {method}"
        case (
            ValidationErrorKind.Custom()
            | ValidationErrorKind.Pattern()
            | ValidationErrorKind.Enum()
            | ValidationErrorKind.MaxItems()
        ):
            words = _WRONG_SIZE if error.instance else _EMPTY | _WRONG_SIZE
            known = words.get(f"{method}.{field}") or words.get(field)
            if known:
                return f"Bad Request: {known}"
    return f"Bad Request: can't parse {_path(error)}: {error.message}"


def _joined(error: ValidationError, name: str) -> str:
    return ".".join([*map(str, error.instance_path), name])
