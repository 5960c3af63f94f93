"""The addresses of the chat page: the page itself, what it shows, what it lets people do, what happens."""

import asyncio
from pathlib import Path
from urllib.parse import quote

import orjson
from aiohttp import BodyPartReader, web

from sandbox.events import Subscription
from sandbox.page.actions import ACTIONS
from sandbox.page.deed import Deed, Upload
from sandbox.page.guard import add_headers, guard
from sandbox.page.reading import ReadMarks
from sandbox.page.views import Views, is_person
from sandbox.people import PersonError
from sandbox.state import Json, User
from sandbox.telegram import LocalTelegram

STATIC = Path(__file__).parent / "static"
MOST_UPLOAD = 20_000_000
KEEP_ALIVE_SECONDS = 15.0
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".LICENSE": "text/plain"}


def attach(app: web.Application, telegram: LocalTelegram) -> None:
    """Add the page to the application; from then on everything but the Bot API answers local requests only."""
    page = _Page(telegram)
    app.middlewares.append(guard)
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(page.close)
    app.router.add_get("/", page.index)
    app.router.add_get("/t.me/{rest:.*}", page.link)
    app.router.add_get("/page/{path:.+}", page.static)
    app.router.add_get("/sandbox/state", page.state)
    app.router.add_get(r"/sandbox/chats/{person:\d+}/{chat:-?\d+}", page.talk)
    app.router.add_get("/sandbox/events", page.events)
    app.router.add_get("/sandbox/calls", page.calls)
    app.router.add_get(r"/sandbox/calls/{number:\d+}", page.call)
    app.router.add_get("/sandbox/files/{file_id}", page.file)
    app.router.add_post(r"/sandbox/people/{person:\d+}/{action}", page.act)


def _json(value: object, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(value, default=str), status=status, content_type="application/json")


def _refusal(sentence: str, status: int) -> web.Response:
    return _json({"error": sentence}, status)


class _Page:
    def __init__(self, telegram: LocalTelegram) -> None:
        self.telegram = telegram
        self.read = ReadMarks()
        self.views = Views(telegram, self.read)
        self.streams: set[asyncio.Task[object]] = set()

    async def close(self, _: web.Application) -> None:
        for stream in self.streams:
            stream.cancel()

    async def index(self, _: web.Request) -> web.Response:
        return web.Response(body=(STATIC / "index.html").read_bytes(), content_type="text/html", charset="utf-8")

    async def link(self, request: web.Request) -> web.Response:
        """Lead a t.me link of the demo to the page, which asks who shall open it."""
        target = f"https://t.me/{request.match_info['rest']}"
        if request.query_string:
            target += f"?{request.query_string}"
        return web.Response(status=302, headers={"Location": f"/#open={quote(target, safe='')}"})

    async def static(self, request: web.Request) -> web.Response:
        path = (STATIC / request.match_info["path"]).resolve()
        kind = TYPES.get(path.suffix)
        if kind is None or not path.is_relative_to(STATIC) or not path.is_file():
            return _refusal("There is no such file.", 404)
        return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8")

    async def state(self, _: web.Request) -> web.Response:
        return _json(self.views.state())

    def _user(self, request: web.Request) -> User | None:
        user = self.telegram.users.get(int(request.match_info["person"]))
        return user if user is not None and is_person(user) else None

    async def talk(self, request: web.Request) -> web.Response:
        user = self._user(request)
        chat = self.views.find_chat(user, int(request.match_info["chat"])) if user else None
        if user is None or chat is None:
            return _refusal("There is no such conversation.", 404)
        topic = request.query.get("topic", "")
        return _json(self.views.talk(user, chat, int(topic) if topic.isdigit() else None))

    async def calls(self, _: web.Request) -> web.Response:
        return _json(self.views.calls())

    async def call(self, request: web.Request) -> web.Response:
        call = self.views.call(int(request.match_info["number"]))
        return _refusal("That call is forgotten.", 404) if call is None else _json(call)

    async def file(self, request: web.Request) -> web.Response:
        """Give a file out as an attachment, whatever it is; only pictures may be shown in place."""
        stored = self.telegram.files.by_id.get(request.match_info["file_id"])
        if stored is None or stored.gone:
            return _refusal("There is no such file.", 404)
        picture = stored.mime if stored.mime in {"image/jpeg", "image/png", "image/webp"} else None
        headers = (
            {} if picture else {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(stored.name or 'file')}"}
        )
        return web.Response(body=stored.data, content_type=picture or "application/octet-stream", headers=headers)

    async def act(self, request: web.Request) -> web.Response:
        user, action = self._user(request), ACTIONS.get(request.match_info["action"])
        if user is None or action is None:
            return _refusal("There is no such person or action.", 404)
        try:
            fields, uploads = await _body(request)
            deed = Deed(self.telegram.as_person(user), self.views, self.read, fields, uploads)
            return _json({"ok": True, **(action(deed) or {})})
        except PersonError as refusal:
            return _refusal(_sentence(refusal), 409)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Send what happens as server-sent events until the browser goes away."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        subscription = self.telegram.subscribe()
        task = asyncio.current_task()
        if task is not None:
            self.streams.add(task)
            task.add_done_callback(self.streams.discard)
        try:
            await response.prepare(request)
            await response.write(b"retry: 1000\n\n")
            while True:
                await response.write(await self._next(subscription))
        except ConnectionError:
            return response  # the browser went away, which is how every stream ends
        finally:
            subscription.close()

    async def _next(self, subscription: Subscription) -> bytes:
        """Wait for the next event; a comment now and then shows whether the browser is still there."""
        try:
            event = await asyncio.wait_for(subscription.get(), KEEP_ALIVE_SECONDS)
        except TimeoutError:
            return b": still here\n\n"
        if event.get("kind") == "call":
            event = self.views.heard_call(event)
        return b"data: " + orjson.dumps(event, default=str) + b"\n\n"


def _sentence(refusal: PersonError) -> str:
    words = str(refusal)
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")


async def _body(request: web.Request) -> tuple[Json, tuple[Upload, ...]]:
    """Read the fields of an action: JSON, or a form with files.

    A page of another site could send a form without being asked; JSON it can't, and the guard sees its Origin.
    """
    if request.content_type == "multipart/form-data":
        return await _form(request)
    if request.content_type != "application/json":
        raise PersonError("Actions are sent as JSON or as a form with a file.")
    try:
        fields = orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        raise PersonError("This is not JSON.") from None
    if not isinstance(fields, dict):
        raise PersonError("The fields of an action are a JSON object.")
    return fields, ()


async def _form(request: web.Request) -> tuple[Json, tuple[Upload, ...]]:
    fields: Json = {}
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise PersonError("This form is nested.")
        if part.filename is None:
            fields[part.name or ""] = await part.text()
        else:
            uploads.append(Upload(part.filename, _mime(part), await _content(part)))
    return fields, tuple(uploads)


def _mime(part: BodyPartReader) -> str | None:
    return part.headers.get("Content-Type", "").partition(";")[0] or None


async def _content(part: BodyPartReader) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(65536):
        content += chunk
        if len(content) > MOST_UPLOAD:
            raise PersonError("This file is larger than 20 MB, which is more than a bot can read.")
    return bytes(content)
