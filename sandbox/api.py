"""The Bot API over HTTP: reads calls, lets faults and limits strike, carries the rest out."""

from typing import TYPE_CHECKING
from urllib.parse import unquote

import orjson
from aiohttp import web

from sandbox import parameters
from sandbox.answers import Answer, Broken, after, before, cut, flood, refusal, response, unknown_method
from sandbox.bots import Bot
from sandbox.errors import ApiError, InvalidObject, bad_request
from sandbox.faults import Fault
from sandbox.methods import METHODS, PACED
from sandbox.methods.request import Request
from sandbox.state import Call, Json
from sandbox.validation import UnreadableParameter, request_error, result_errors

if TYPE_CHECKING:
    from sandbox.telegram import LocalTelegram

_SPELLED = {name.lower(): name for name in (*METHODS, "getUpdates")}
"""Telegram does not mind the case of a method's name."""


class BotApi:
    """Reads calls, lets faults and limits strike, carries the rest out."""

    def __init__(self, telegram: "LocalTelegram") -> None:
        self._telegram = telegram

    async def handle(self, http: web.Request) -> web.StreamResponse:
        """Answer one call of a bot."""
        bot = self._telegram.bots.get(unquote(http.match_info["token"]))
        if bot is None:
            return response(refusal(ApiError(401, "Unauthorized")))
        self._telegram.calls_under_way += 1
        try:
            return response(await self._call(http, bot))
        except Broken:
            cut(http)
            return web.Response()
        except Exception as error:
            self._telegram.problems.append(f"{http.path}: {error!r}")
            raise
        finally:
            self._telegram.calls_under_way -= 1

    async def _call(self, http: web.Request, bot: Bot) -> Answer:
        spelled = http.match_info["method"]
        method = _SPELLED.get(spelled.lower(), spelled)
        params: Json = {}
        answer = Answer(0, b"")
        began = self._telegram.monotonic()
        try:
            request = await self._read(http, bot, method)
            params = request.params
            fault = self._telegram.faults.strike(method, params.get("chat_id"))
            answer = await self._answer(request, fault)
        except ApiError as error:
            answer = refusal(error)
        finally:
            self._note(bot, method, params, answer, began)
        return answer

    async def _read(self, http: web.Request, bot: Bot, method: str) -> Request:
        try:
            params, uploads = await parameters.read(http, method)
        except UnreadableParameter as error:
            raise ApiError(400, str(error)) from None
        except ValueError:
            raise bad_request("can't parse request body") from None
        return Request(self._telegram, bot, method, params, uploads)

    async def _answer(self, request: Request, fault: Fault | None) -> Answer:
        if fault is None:
            return await self._carry_out(request)
        refused = await before(fault, request)
        if refused is not None:
            return refused
        return await after(fault, await self._carry_out(request))

    async def _carry_out(self, request: Request) -> Answer:
        try:
            self._check(request)
            if request.method == "getUpdates":
                return Answer(200, b'{"ok":true,"result":' + await self._poll(request) + b"}")
            self._pace(request)
            result = METHODS[request.method](request)
            self._check_result(request.method, result)
        except ApiError as error:
            return refusal(error)
        except InvalidObject as error:
            return refusal(ApiError(500, f"InvalidObject: {error}"))
        return Answer(200, orjson.dumps({"ok": True, "result": result}), result=result)

    def _check(self, request: Request) -> None:
        if request.method not in METHODS and request.method != "getUpdates":
            raise unknown_method(request.method)
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
            raise flood(retry_after)

    def _note(self, bot: Bot, method: str, params: Json, answer: Answer, began: float) -> None:
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
            return response(refusal(ApiError(401, "Unauthorized")))
        stored = self._telegram.files.by_path.get(http.match_info["path"])
        if stored is None or stored.gone:
            return response(refusal(ApiError(404, "Not Found")))
        return web.Response(body=stored.data.ljust(stored.size, b"\0"), content_type="application/octet-stream")


def _chat_id(request: Request) -> int:
    """Return the chat a send counts for; 0, which is nobody's, for inline messages and unknown names."""
    named = request.params.get("chat_id", 0)
    if isinstance(named, str):
        found = request.telegram.find_by_username(named.removeprefix("@"))
        return 0 if found is None else found.id
    return int(named)
