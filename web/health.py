"""Says over HTTP how the bot is doing: `/healthz` for watching it, `/readyz` for whoever starts it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


@dataclass(frozen=True)
class Report:
    """`status`: ok, degraded or failed; `causes`: a sentence each; `backlog`: updates and deliveries that wait."""

    status: str
    causes: Mapping[str, str]
    next_due_at: datetime | None
    backlog: Mapping[str, int]
    last_poll_at: datetime | None
    last_update_at: datetime | None
    last_send_at: datetime | None


ReportSource = Callable[[], Awaitable[Report]]


class HealthPages:
    """The two addresses."""

    def __init__(self, report: ReportSource) -> None:
        self._report = report

    async def healthz(self, _: Request) -> Response:
        """The whole report; 503 when the bot does not do its work. Moments are ISO or null."""
        report = await self._report()
        body = {
            name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(report).items()
        }
        return JSONResponse(body, status_code=503 if report.status == "failed" else 200, headers=FRESH)

    async def readyz(self, _: Request) -> Response:
        """200 once the database answers: updates can be taken in, whatever Telegram does."""
        ready = "database" not in (await self._report()).causes
        return JSONResponse({"ready": ready}, status_code=200 if ready else 503, headers=FRESH)


FRESH = {"Cache-Control": "no-store"}
