"""A server that answers with exactly the bytes it is told, or not at all."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import orjson


def answer(status: int, body: object, content_type: str = "application/json") -> bytes:
    """A whole HTTP answer; a body that is no bytes goes out as JSON."""
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    head = f"HTTP/1.1 {status} Any\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


def refusal(status: int, description: str, **parameters: object) -> bytes:
    """Telegram's JSON of an error."""
    said: dict[str, object] = {"ok": False, "error_code": status, "description": description}
    return answer(status, said | ({"parameters": parameters} if parameters else {}))


HANG = b"hang"
RESET = b"reset"


@asynccontextmanager
async def raw_server(answers: Sequence[bytes]) -> AsyncIterator[str]:
    """Serves one of `answers` per request, the last one for ever; its address. A cut answer ends the connection."""
    script = list(answers)
    over, served = asyncio.Event(), set[asyncio.Task[object]]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        served.add(task)
        while await _read_request(reader):
            said = script.pop(0) if len(script) > 1 else script[0]
            if said == HANG:
                await over.wait()
                break
            writer.write(said.removesuffix(RESET))
            await writer.drain()
            if said.endswith(RESET):
                _reset_when_closed(writer)
                break
        writer.close()
        await asyncio.gather(writer.wait_closed(), return_exceptions=True)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        over.set()
        server.close()
        await asyncio.gather(*served)


async def _read_request(reader: asyncio.StreamReader) -> bool:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return False
    lines = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:] if b": " in line)
    await reader.readexactly(int(lines.get(b"content-length", b"0")))
    return True


def _reset_when_closed(writer: asyncio.StreamWriter) -> None:
    """Let the connection end with RST instead of FIN."""
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def closed_port() -> str:
    """An address at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"
