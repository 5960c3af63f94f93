"""Reads the parameters of a call from JSON, a form or a multipart body, by the types of the official schema."""

from functools import cache
from importlib import resources

import orjson
from aiohttp import web

from sandbox.files import Upload
from sandbox.state import Json

_NEVER_LARGER = 60 * 1024 * 1024


@cache
def _methods() -> Json:
    source = resources.files("sandbox.schema").joinpath("bot_api.json").read_bytes()
    methods: Json = orjson.loads(source)["methods"]
    return methods


@cache
def _is_text(method: str, name: str) -> bool:
    """Whether a parameter is plain text, which is never JSON even if it looks like it."""
    properties = _methods().get(method, {}).get("params", {}).get("properties", {})
    schema = properties.get(name, {"type": "string"})
    alternatives = schema.get("anyOf", [schema])
    return any(each.get("type") == "string" for each in alternatives)


@cache
def known_methods() -> dict[str, str]:
    """Return the official methods by their name in small letters: Telegram does not mind the case."""
    return {name.lower(): name for name in _methods()}


def decode(method: str, params: Json) -> Json:
    """Turn texts of a form into the numbers, flags and objects that the method expects."""
    return {name: _decode_one(method, name, value) for name, value in params.items() if value is not None}


def _decode_one(method: str, name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if name in {"chat_id", "from_chat_id"}:
        return int(value) if value.lstrip("-").isdigit() else value
    if _is_text(method, name):
        return value
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        return value


async def read(request: web.BaseRequest, method: str) -> tuple[Json, dict[str, Upload]]:
    """Return the parameters and the files of a call; raises ValueError for a body that cannot be read."""
    params: Json = dict(request.query)
    uploads: dict[str, Upload] = {}
    match request.content_type:
        case "application/json":
            body = await request.read()
            if body:
                loaded = orjson.loads(body)
                if not isinstance(loaded, dict):
                    raise ValueError("can't parse JSON object")
                params |= loaded
        case "multipart/form-data":
            await _read_parts(request, params, uploads)
        case _:
            params |= {name: str(value) for name, value in (await request.post()).items()}
    return decode(method, params), uploads


async def _read_parts(request: web.BaseRequest, params: Json, uploads: dict[str, Upload]) -> None:
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.file.read(), value.content_type)
            params.setdefault(name, f"attach://{name}")
        else:
            params[name] = value if isinstance(value, str) else bytes(value).decode()
