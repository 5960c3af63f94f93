"""The rules of the Bot API that are told only in prose, with Telegram's words for breaking them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from sandbox.entities import EntityError, checked_link, is_blank, link_error, parse_html, utf16_length

Params = Mapping[str, Any]
Rule = Callable[[Params], str | None]

MOST_BUTTONS = 100
MOST_INLINE_RESULTS = 50
MOST_OFFSET_BYTES = 64
BUTTON_LOOKS = {"text", "icon_custom_emoji_id", "style"}
# Name of a text -> (its parse mode, fewest and most UTF-16 units, what is too long).
TEXTS = {
    "text": ("parse_mode", 1, 4096, "message is too long"),
    "message_text": ("parse_mode", 1, 4096, "message is too long"),
    "caption": ("parse_mode", 0, 1024, "message caption is too long"),
    "question": ("question_parse_mode", 1, 300, "poll question length must not exceed 300"),
    "explanation": ("explanation_parse_mode", 0, 200, "poll explanation is too long"),
}


def broken_request_rule(method: str, params: Params) -> str | None:
    """Return the description of the first rule that a request breaks (its types are right already), or None."""
    problem = _text_problem(method, params) if _TEXT_NAMES & params.keys() else None
    if problem is None and (markup := params.get("reply_markup")):
        problem = _markup_problem(markup)
    if problem is None and method in RULES:
        problem = RULES[method](params)
    return problem and f"Bad Request: {problem}"


def broken_object_rules(type_name: str, value: object) -> list[str]:
    """Return the rules that an object (its types are right already) breaks: "path: reason" each."""
    if not isinstance(value, dict):
        return []
    match type_name:
        case "Update":
            kinds = [name for name in value if name != "update_id"]
            if len(kinds) != 1:
                return [f"value: an update holds exactly one thing, found {len(kinds)}"]
            return _message_problems(value[kinds[0]], kinds[0])
        case "Message":
            return _message_problems(value, "value")
        case _:
            return []


# --- texts

_TEXT_NAMES = {*TEXTS, "media", "results", "result"}


def _text_problem(method: str, params: Params) -> str | None:
    if method == "answerCallbackQuery" or (method == "sendMessageDraft" and not params["text"]):
        return None  # a toast is not formatted; an empty draft shows "Thinking…"
    return next((problem for part in _parts_with_text(params) for problem in _text_problems(part)), None)


def _parts_with_text(params: Params) -> Iterator[Params]:
    """Yield the parameters and the objects in them that hold a formatted text of their own."""
    yield params
    for name in ("media", "results", "result", "input_message_content"):
        inner = params.get(name)
        for part in inner if isinstance(inner, list) else [inner]:
            if isinstance(part, dict):
                yield from _parts_with_text(part)


def _text_problems(part: Params) -> Iterator[str]:
    for name in TEXTS.keys() & part.keys():
        mode_name, fewest, most, too_long = TEXTS[name]
        try:
            text = _plain(part[name], part.get(mode_name))
        except EntityError as error:
            yield str(error).removeprefix("Bad Request: ")
            continue
        if fewest and is_blank(text):
            yield "message text is empty" if name != "question" else "poll question must be non-empty"
        if utf16_length(text) > most:
            yield too_long


def _plain(source: str, mode: str | None) -> str:
    """Return the text that is shown. Raises EntityError, and UnicodeEncodeError for half a character."""
    source.encode()
    if not mode:
        return source.strip()
    if mode.lower() != "html":
        raise EntityError(f"Bad Request: the sandbox reads parse mode HTML, not {mode}")
    return parse_html(source).text


def _message_problems(message: object, path: str) -> list[str]:
    if not isinstance(message, dict):
        return []
    problems = [
        f"{path}.{text}: {utf16_length(message[text])} UTF-16 units, more than {most}"
        for text, most in (("text", 4096), ("caption", 1024))
        if utf16_length(message.get(text, "")) > most
    ]
    for text, entities in (("text", "entities"), ("caption", "caption_entities")):
        end = utf16_length(message.get(text, ""))
        problems += [
            f"{path}.{entities}.{index}: reaches beyond the text"
            for index, entity in enumerate(message.get(entities, ()))
            if entity["offset"] < 0 or entity["length"] < 1 or entity["offset"] + entity["length"] > end
        ]
    return problems


# --- keyboards


def _markup_problem(markup: Params) -> str | None:
    if "inline_keyboard" in markup:
        return _first(markup["inline_keyboard"], _inline_button_problem)
    return _first(markup.get("keyboard", ()), _reply_button_problem)


def _first(rows: Iterable[Iterable[Params]], problem_of: Rule) -> str | None:
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        return "reply markup is too long"
    return next((problem for button in buttons if (problem := problem_of(button))), None)


def _inline_button_problem(button: Params) -> str | None:
    if is_blank(button["text"]):
        return "inline keyboard button text must be non-empty"
    actions = sorted(button.keys() - BUTTON_LOOKS)
    if not actions:
        return "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
    if len(actions) > 1:
        return f"can't parse inline keyboard button: exactly one action is allowed, found {', '.join(actions)}"
    if "url" in button and (reason := link_error(button["url"])):
        return f"inline keyboard button URL '{button['url']}' is invalid: {reason}"
    for kind, name in (("web_app", "Web App"), ("login_url", "login")):
        if kind in button and not button[kind]["url"].startswith("https://"):
            url = button[kind]["url"]
            return f"inline keyboard button {name} URL '{url}' is invalid: Only HTTPS links are allowed"
    return None


def _reply_button_problem(button: Params) -> str | None:
    if is_blank(button["text"]):
        return "keyboard button text must be non-empty"
    actions = sorted(button.keys() - BUTTON_LOOKS)
    if len(actions) > 1:
        return f"can't parse keyboard button: at most one action is allowed, found {', '.join(actions)}"
    return None


# --- single methods


def _message_is_named(params: Params) -> str | None:
    if "inline_message_id" in params or ("chat_id" in params and "message_id" in params):
        return None
    return "message identifier is not specified"


def _ids_increase(params: Params) -> str | None:
    ids = params["message_ids"]
    if any(later <= earlier for earlier, later in pairwise(ids)):
        return "message identifiers must be in a strictly increasing order"
    return None


def _commands(params: Params) -> str | None:
    names = [command["command"] for command in params["commands"]]
    if len(names) != len(set(names)):
        return "BOT_COMMAND_DUPLICATE"
    return _language(params)


def _language(params: Params) -> str | None:
    if re.fullmatch(r"|[a-z]{2}", params.get("language_code", "")):
        return None
    return "invalid language code specified"


def _album(params: Params) -> str | None:
    kinds = {item["type"] for item in params["media"]}
    alone = kinds & {"document", "audio"}
    if len(kinds) > 1 and alone:
        return f"{min(alone)} can't be mixed with other media types"
    return None


def _invite_link(params: Params) -> str | None:
    if params.get("member_limit") and params.get("creates_join_request"):
        return "member limit can't be specified for links requiring administrator approval"
    return None


def _callback_answer(params: Params) -> str | None:
    return "URL_INVALID" if params.get("url") and checked_link(params["url"]) is None else None


def _inline_results(params: Params) -> str | None:
    results = params["results"]
    if len(results) > MOST_INLINE_RESULTS:
        return "RESULTS_TOO_MUCH"
    if len({result["id"] for result in results}) != len(results):
        return "RESULT_ID_DUPLICATE"
    if len(params.get("next_offset", "").encode()) > MOST_OFFSET_BYTES:
        return "NEXT_OFFSET_INVALID"
    if "button" in params and len(params["button"].keys() & {"web_app", "start_parameter"}) != 1:
        return "exactly one of web_app and start_parameter must be specified in the button"
    markups = (result["reply_markup"] for result in results if "reply_markup" in result)
    return next((problem for markup in markups if (problem := _markup_problem(markup))), None)


def _webhook(params: Params) -> str | None:
    """HTTPS as at Telegram; plain HTTP only to this machine, where the sandbox lives."""
    url = urlsplit(params["url"])
    if not params["url"] or url.scheme == "https" or (url.scheme == "http" and url.hostname == "127.0.0.1"):
        return None
    return "bad webhook: An HTTPS URL must be provided for webhook"


def _one_reaction(params: Params) -> str | None:
    return "REACTIONS_TOO_MANY" if len(params.get("reaction", ())) > 1 else None


RULES: dict[str, Rule] = {
    "editMessageText": _message_is_named,
    "editMessageCaption": _message_is_named,
    "editMessageMedia": _message_is_named,
    "editMessageReplyMarkup": _message_is_named,
    "copyMessages": _ids_increase,
    "forwardMessages": _ids_increase,
    "setMyCommands": _commands,
    "getMyCommands": _language,
    "deleteMyCommands": _language,
    "setMyDescription": _language,
    "setMyShortDescription": _language,
    "setMyName": _language,
    "sendMediaGroup": _album,
    "createChatInviteLink": _invite_link,
    "editChatInviteLink": _invite_link,
    "answerCallbackQuery": _callback_answer,
    "answerInlineQuery": _inline_results,
    "setWebhook": _webhook,
    "setMessageReaction": _one_reaction,
}
