"""What goes back over the wire: results, refusals, and what scripted faults make of them."""

import socket
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import web

from sandbox.errors import ApiError
from sandbox.faults import Fault, FaultKind
from sandbox.methods.request import Request
from sandbox.state import Json
from sandbox.validation import UnknownMethod, request_error

_HTML = "<html><head><title>{0} Bad Gateway</title></head><body><h1>{0} Bad Gateway</h1></body></html>"


class Broken(Exception):
    """The connection ends without an answer."""


@dataclass(slots=True)
class Answer:
    """An answer before it is sent; `description` is set when it is no good one."""

    status: int
    body: bytes
    content_type: str = "application/json"
    description: str | None = None
    result: Any = None


def refusal(error: ApiError) -> Answer:
    """Return the answer that tells a refusal."""
    value: Json = {"ok": False, "error_code": error.status, "description": error.description}
    if error.parameters is not None:
        value["parameters"] = error.parameters
    return Answer(error.status, orjson.dumps(value), description=error.description)


def unknown_method(method: str) -> ApiError:
    """Return the refusal of a method that the Bot API, or only the sandbox, does not have."""
    try:
        request_error(method, {})
    except UnknownMethod:
        return ApiError(404, "Not Found: method not found")
    return ApiError(501, f"Not Implemented: the sandbox does not carry out {method}")


def flood(retry_after: float | None) -> ApiError:
    """Return a 429, with or without the seconds to wait."""
    if retry_after is None:
        return ApiError(429, "Too Many Requests")
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def response(answer: Answer) -> web.Response:
    """Return an answer as aiohttp sends it."""
    return web.Response(status=answer.status, body=answer.body, content_type=answer.content_type)


async def before(fault: Fault, request: Request) -> Answer | None:
    """Let a fault strike that comes before Telegram carried the call out; None lets the call go on."""
    match fault.kind:
        case FaultKind.FLOOD:
            return refusal(flood(fault.retry_after))
        case FaultKind.ERROR:
            return refusal(ApiError(fault.status, fault.description or "Bad Request", fault.parameters))
        case FaultKind.FORBIDDEN:
            words = fault.description or "Forbidden: bot was blocked by the user"
            return refusal(ApiError(403, words))
        case FaultKind.HTML:
            page = _HTML.format(fault.status).encode()
            return Answer(fault.status, page, "text/html", description="(HTML)")
        case FaultKind.NOT_OK:
            return Answer(200, b'{"ok":false}', description="(not ok)")
        case FaultKind.RESET:
            raise Broken
        case FaultKind.DELAY:
            await request.telegram.sleep(fault.seconds)
        case FaultKind.HOLD:
            await fault.released.wait()
        case _:
            pass
    return None


async def after(fault: Fault, answer: Answer) -> Answer:
    """Let a fault strike that comes after Telegram carried the call out."""
    match fault.kind:
        case FaultKind.LOST:
            raise Broken
        case FaultKind.TRUNCATED:
            answer.body = answer.body[: len(answer.body) // 2]
        case FaultKind.EMPTY:
            answer.body = b""
        case FaultKind.HOLD_ANSWER:
            await fault.released.wait()
        case _:
            pass
    return answer


def cut(http: web.Request) -> None:
    """Reset the connection: with a linger time of zero the peer gets RST."""
    transport = http.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    transport.abort()
