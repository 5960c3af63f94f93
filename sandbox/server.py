"""The HTTP server: Bot API, files, and the clock; with the chat page if wanted."""

import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import aiohttp
import orjson
from aiohttp import web

from sandbox import parameters
from sandbox.bots import Bot
from sandbox.errors import ApiError, InvalidObject, bad_request
from sandbox.faults import Fault, FaultKind
from sandbox.methods import METHODS, PACED
from sandbox.methods.request import Request
from sandbox.state import Call, Json
from sandbox.validation import UnknownMethod, request_error, result_errors

if TYPE_CHECKING:
    from sandbox.telegram import LocalTelegram

_SPELLED = {name.lower(): name for name in (*METHODS, "getUpdates")}
"""Telegram does not mind the case of a method's name."""
MOST_BODY = 64 * 1024 * 1024
_HTML = "<html><head><title>{0} Bad Gateway</title></head><body><h1>{0} Bad Gateway</h1></body></html>"


@dataclass(eq=False)
class Server:
    """A listening server."""

    url: str
    telegram: "LocalTelegram"
    _runner: web.AppRunner

    async def close(self) -> None:
        """Stop listening and end what waits: polls, holds, webhooks."""
        self.telegram.faults.clear()
        for bot in self.telegram.bots.values():
            await bot.queue.close()
        await self._runner.cleanup()


async def start_server(telegram: "LocalTelegram", host: str, port: int, *, page: bool) -> Server:
    """Listen on host and port (0: a free one)."""
    app = web.Application(client_max_size=MOST_BODY)
    api = BotApi(telegram)
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    app.router.add_get("/file/bot{token}/{path:.+}", api.download)
    ClockRoutes(telegram).add_to(app)
    if page:
        from sandbox.page import add_routes  # noqa: PLC0415  (the page is optional)

        add_routes(app, telegram)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    bound: tuple[Any, ...] = runner.addresses[0]
    return Server(f"http://{bound[0]}:{bound[1]}", telegram, runner)


class _Broken(Exception):
    """The connection ends without an answer."""


@dataclass(slots=True)
class _Answer:
    status: int
    body: bytes
    content_type: str = "application/json"
    description: str | None = None
    result: Any = None


class BotApi:
    """Reads calls, lets faults and limits strike, carries the rest out."""

    def __init__(self, telegram: "LocalTelegram") -> None:
        self._telegram = telegram

    async def handle(self, http: web.Request) -> web.StreamResponse:
        """Answer one call of a bot."""
        bot = self._telegram.bots.get(unquote(http.match_info["token"]))
        if bot is None:
            return _response(_refusal(ApiError(401, "Unauthorized")))
        self._telegram.calls_under_way += 1
        try:
            return _response(await self._call(http, bot))
        except _Broken:
            _cut(http)
            return web.Response()
        finally:
            self._telegram.calls_under_way -= 1

    async def _call(self, http: web.Request, bot: Bot) -> _Answer:
        spelled = http.match_info["method"]
        method = _SPELLED.get(spelled.lower(), spelled)
        params: Json = {}
        answer = _Answer(0, b"")
        began = self._telegram.monotonic()
        try:
            params, uploads = await parameters.read(http, method)
            fault = self._telegram.faults.strike(method, params.get("chat_id"))
            answer = await self._answer(Request(self._telegram, bot, method, params, uploads), fault)
        except ValueError:
            answer = _refusal(bad_request("can't parse request body"))
        finally:
            self._note(bot, method, params, answer, began)
        return answer

    async def _answer(self, request: Request, fault: Fault | None) -> _Answer:
        if fault is None:
            return await self._carry_out(request)
        refused = await _before(fault, request)
        if refused is not None:
            return refused
        return await _after(fault, await self._carry_out(request))

    async def _carry_out(self, request: Request) -> _Answer:
        try:
            self._check(request)
            if request.method == "getUpdates":
                return _Answer(200, b'{"ok":true,"result":' + await self._poll(request) + b"}")
            self._pace(request)
            result = METHODS[request.method](request)
            self._check_result(request.method, result)
        except ApiError as error:
            return _refusal(error)
        except InvalidObject as error:
            return _refusal(ApiError(500, f"InvalidObject: {error}"))
        return _Answer(200, orjson.dumps({"ok": True, "result": result}), result=result)

    def _check(self, request: Request) -> None:
        if request.method not in METHODS and request.method != "getUpdates":
            raise _unknown(request.method)
        problem = request_error(request.method, request.params) if self._telegram.validate else None
        if problem is not None:
            raise ApiError(400, problem)

    def _check_result(self, method: str, result: object) -> None:
        if self._telegram.validate and (errors := result_errors(method, result)):
            sentence = f"{method}: {'; '.join(errors)}: {result}"
            self._telegram.problems.append(sentence)
            raise InvalidObject(sentence)

    @staticmethod
    async def _poll(request: Request) -> bytes:
        queue = request.bot.queue
        queue.allow(request.get("allowed_updates"))
        limit = min(max(request.number("limit", 100), 1), 100)
        return await queue.poll(request.number("offset"), limit, min(request.number("timeout"), 50))

    @staticmethod
    def _pace(request: Request) -> None:
        if request.method not in PACED:
            return
        retry_after = request.bot.traffic.take(_chat_id(request))
        if retry_after is not None:
            raise _flood(retry_after)

    def _note(self, bot: Bot, method: str, params: Json, answer: _Answer, began: float) -> None:
        telegram = self._telegram
        now = telegram.monotonic()
        telegram.calls_made += 1
        telegram.calls.append(
            Call(
                number=telegram.calls_made,
                method=method,
                params=params,
                at=telegram.clock.now(),
                monotonic=now,
                ok=answer.status == 200 and answer.description is None,
                status=answer.status,
                description=answer.description,
                result=answer.result,
                bot=bot,
                seconds=now - began,
            )
        )
        telegram.events.tell("call", number=telegram.calls_made)

    async def download(self, http: web.Request) -> web.Response:
        """Hand out the bytes of a file; invented ones are filled up with zeros."""
        if unquote(http.match_info["token"]) not in self._telegram.bots:
            return _response(_refusal(ApiError(401, "Unauthorized")))
        stored = self._telegram.files.by_path.get(http.match_info["path"])
        if stored is None or stored.gone:
            return _response(_refusal(ApiError(404, "Not Found")))
        return web.Response(body=stored.data.ljust(stored.size, b"\0"), content_type="application/octet-stream")


def _chat_id(request: Request) -> int:
    """Return the chat a send counts for; 0, which is nobody's, for inline messages and unknown names."""
    named = request.params.get("chat_id", 0)
    if isinstance(named, str):
        found = request.telegram.find_by_username(named.removeprefix("@"))
        return 0 if found is None else found.id
    return int(named)


def _refusal(error: ApiError) -> _Answer:
    value: Json = {"ok": False, "error_code": error.status, "description": error.description}
    if error.parameters is not None:
        value["parameters"] = error.parameters
    return _Answer(error.status, orjson.dumps(value), description=error.description)


def _unknown(method: str) -> ApiError:
    try:
        request_error(method, {})
    except UnknownMethod:
        return ApiError(404, "Not Found: method not found")
    return ApiError(501, f"Not Implemented: the sandbox does not carry out {method}")


def _flood(retry_after: float | None) -> ApiError:
    if retry_after is None:
        return ApiError(429, "Too Many Requests")
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def _response(answer: _Answer) -> web.Response:
    return web.Response(status=answer.status, body=answer.body, content_type=answer.content_type)


async def _before(fault: Fault, request: Request) -> _Answer | None:
    """Let a fault strike that comes before Telegram carried the call out; None lets the call go on."""
    match fault.kind:
        case FaultKind.FLOOD:
            return _refusal(_flood(fault.retry_after))
        case FaultKind.ERROR:
            return _refusal(ApiError(fault.status, fault.description or "Bad Request", fault.parameters))
        case FaultKind.FORBIDDEN:
            words = fault.description or "Forbidden: bot was blocked by the user"
            return _refusal(ApiError(403, words))
        case FaultKind.HTML:
            page = _HTML.format(fault.status).encode()
            return _Answer(fault.status, page, "text/html", description="(HTML)")
        case FaultKind.NOT_OK:
            return _Answer(200, b'{"ok":false}', description="(not ok)")
        case FaultKind.RESET:
            raise _Broken
        case FaultKind.DELAY:
            await request.telegram.sleep(fault.seconds)
        case FaultKind.HOLD:
            await fault.released.wait()
        case _:
            pass
    return None


async def _after(fault: Fault, answer: _Answer) -> _Answer:
    """Let a fault strike that comes after Telegram carried the call out."""
    match fault.kind:
        case FaultKind.LOST:
            raise _Broken
        case FaultKind.TRUNCATED:
            answer.body = answer.body[: len(answer.body) // 2]
        case FaultKind.EMPTY:
            answer.body = b""
        case FaultKind.HOLD_ANSWER:
            await fault.released.wait()
        case _:
            pass
    return answer


def _cut(http: web.Request) -> None:
    """Reset the connection: with a linger time of zero the peer gets RST."""
    transport = http.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    transport.abort()


class ClockRoutes:
    """The wall clock over HTTP: for the bot of the demo, which reads it, and for whoever moves it."""

    def __init__(self, telegram: "LocalTelegram") -> None:
        self._telegram = telegram

    def add_to(self, app: web.Application) -> None:
        """Add /sandbox/clock, /sandbox/clock/wait and /sandbox/counters."""
        app.router.add_get("/sandbox/clock", self.read)
        app.router.add_post("/sandbox/clock", self.move)
        app.router.add_get("/sandbox/clock/wait", self.wait)
        app.router.add_get("/sandbox/counters", self.counters)

    def _state(self) -> web.Response:
        clock = self._telegram.clock
        return web.json_response({"now": clock.now().isoformat(), "offset": clock.offset})

    async def read(self, _http: web.Request) -> web.Response:
        """Tell the time."""
        return self._state()

    async def wait(self, http: web.Request) -> web.Response:
        """Tell the time as soon as the offset is another than `offset`, at the latest after `timeout` seconds."""
        known, patience = float(http.query.get("offset", "0")), float(http.query.get("timeout", "25"))
        await self._telegram.clock.wait_for_jump(known, min(patience, 50.0))
        return self._state()

    async def move(self, http: web.Request) -> web.Response:
        """Move by {"seconds": n}, to {"to": ISO}, or to what the bot waits for with {"next": true}."""
        try:
            wanted = orjson.loads(await http.read())
            moment = await self.target(wanted)
        except (ValueError, KeyError, TypeError, aiohttp.ClientError) as error:
            return web.json_response({"error": str(error)}, status=400)
        if moment is not None:
            self._telegram.clock.set(moment)
        return self._state()

    async def target(self, wanted: Json) -> datetime | None:
        """Return the moment that is meant; None when nothing is due. Never before now for "next"."""
        now = self._telegram.clock.now()
        if wanted.get("next"):
            due = await self.next_due()
            return None if due is None else max(due, now)
        if "to" in wanted:
            moment = datetime.fromisoformat(wanted["to"])
            if moment.tzinfo is None:
                raise ValueError("the moment needs a time zone")
            return moment
        return now + timedelta(seconds=float(wanted["seconds"]))

    async def next_due(self) -> datetime | None:
        """Ask the bot when its next reminder is due."""
        if self._telegram.health_url is None:
            raise ValueError("nobody told the sandbox where the bot's health page is")
        address = f"{self._telegram.health_url.rstrip('/')}/healthz"
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            due = (await answer.json(content_type=None)).get("next_due_at")
        return None if due is None else datetime.fromisoformat(due)

    async def counters(self, _http: web.Request) -> web.Response:
        """Tell what each bot sent and what Telegram's limits refused."""
        return web.json_response({bot.username: bot.traffic.summary() for bot in self._telegram.bots.values()})
