"""Answers to pressed buttons and to inline queries, each with its deadline."""

from urllib.parse import urlsplit

from sandbox.entities import is_blank
from sandbox.errors import bad_request
from sandbox.methods.request import Method, Request
from sandbox.methods.sending import formatted
from sandbox.state import Json

CALLBACK_SECONDS = 150
"""How long a pressed button waits for its answer."""
INLINE_SECONDS = 10
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(request: Request) -> bool:
    """Stop the spinner; show a text, or open a link to the bot itself."""
    query = request.bot.callback_queries.get(request.text("callback_query_id"))
    now = request.telegram.clock.timestamp
    if query is None or query.answer is not None or now - query.asked_at > CALLBACK_SECONDS:
        raise bad_request(_TOO_OLD)
    url = request.get("url")
    if url is not None:
        _check_url(request, str(url))
    query.answer = {
        "text": request.get("text") or None,
        "show_alert": request.flag("show_alert"),
        "url": url,
        "cache_time": request.number("cache_time"),
    }
    telegram = request.telegram
    if query.toast:
        telegram.as_person(query.user).toasts.append(query.toast)
    telegram.events.tell("toast", user=query.user.id, text=query.toast, alert=query.answer["show_alert"], url=url)
    return True


def _check_url(request: Request, url: str) -> None:
    """Only links that open the bot with a parameter are allowed: core.telegram.org/bots/api#answercallbackquery."""
    parts = urlsplit(url)
    path = parts.path.removeprefix("/t.me").strip("/")
    at_telegram = parts.hostname in {"t.me", "telegram.me"} or url.startswith(f"{request.telegram.public_url}/t.me/")
    if not at_telegram or path.casefold() != request.bot.username.casefold() or "start=" not in parts.query:
        raise bad_request("URL_INVALID")


def answer_inline_query(request: Request) -> bool:
    """Offer results."""
    query = request.bot.inline_queries.get(request.text("inline_query_id"))
    now = request.telegram.clock.timestamp
    if query is None or query.results is not None or now - query.asked_at > INLINE_SECONDS:
        raise bad_request(_TOO_OLD)
    results = request.get("results") or []
    if len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({result["id"] for result in results}) != len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    for result in results:
        _check_text(request, result.get("input_message_content", {}))
    query.results = results
    query.answer = dict(request.params)
    request.telegram.events.tell("inline", user=query.user.id, query=query.id)
    return True


def _check_text(request: Request, said: Json) -> None:
    """What a result will say is read at once, not when somebody chooses it."""
    if "message_text" not in said:
        return
    read = formatted(request, said["message_text"], said.get("parse_mode"), said.get("entities"))
    if is_blank(read.text):
        raise bad_request("message text is empty")


METHODS: dict[str, Method] = {"answerCallbackQuery": answer_callback_query, "answerInlineQuery": answer_inline_query}
