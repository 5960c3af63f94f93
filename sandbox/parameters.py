"""Reads the parameters and files of a call from its address, JSON, form or multipart body."""

import orjson
from aiohttp import web

from sandbox.files import Upload
from sandbox.state import Json
from sandbox.validation import UnknownMethod, decode_params


async def read(request: web.BaseRequest, method: str) -> tuple[Json, dict[str, Upload]]:
    """Return the parameters and the files of a call; raises ValueError for a body that cannot be read."""
    params: Json = dict(request.query) if request.query_string else {}
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
    try:
        return decode_params(method, {name: each for name, each in params.items() if each is not None}), uploads
    except UnknownMethod:
        return params, uploads


async def _read_parts(request: web.BaseRequest, params: Json, uploads: dict[str, Upload]) -> None:
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.file.read(), value.content_type)
            params.setdefault(name, f"attach://{name}")
        else:
            params[name] = value if isinstance(value, str) else bytes(value).decode()
