"""Puts the addresses together and serves them in the bot's own loop."""

import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from web.calendar import CalendarPages
from web.files import PublishedFiles
from web.health import HealthPages, ReportSource
from web.metrics import MetricsPage, NumberSource
from web.organisers import OrganiserPages
from web.pages import PublicPages
from web.webhook import Webhook

WEBHOOK_PATH = "/telegram"


def make_app(
    report: ReportSource,
    webhook: Webhook | None = None,
    calendars: CalendarPages | None = None,
    pages: PublicPages | None = None,
    numbers: NumberSource | None = None,
    files: PublishedFiles | None = None,
    organisers: OrganiserPages | None = None,
) -> Starlette:
    """The application; what is not given has no address."""
    health = HealthPages(report)
    routes: list[BaseRoute] = [
        Route("/healthz", health.healthz),
        Route("/readyz", health.readyz),
    ]
    if numbers is not None:
        routes.append(Route("/metrics", MetricsPage(numbers).metrics))
    if calendars is not None:
        routes.append(Route("/calendar/{name}.ics", calendars.calendar))
    if organisers is not None:
        routes += organisers.routes()
    if webhook is not None:
        routes.append(Route(WEBHOOK_PATH, webhook.receive, methods=["POST"]))
    if files is not None:
        routes += files.routes()
    if pages is None:
        return Starlette(routes=routes)
    # Without redirects to the same place less a slash: the router would write the Host of the request into them.
    app = Starlette(routes=[*routes, *pages.routes()], exception_handlers={404: pages.not_found})
    app.router.redirect_slashes = False
    return app


class WebServer(uvicorn.Server):
    """Serves on a socket that listens already, until `stop`. Signals are the bot's business."""

    def __init__(self, app: Starlette, listening: socket.socket) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http="h11",  # bounds the head of a request (16 KB); httptools, the default if it is there, does not
                log_config=None,
                log_level="warning",
                access_log=False,
                lifespan="off",
                ws="none",
                limit_concurrency=200,
                timeout_keep_alive=5,
                timeout_graceful_shutdown=2,
                server_header=False,
            )
        )
        self._listening = listening

    async def run_until_stopped(self) -> None:
        """Answer requests; ends after `stop`."""
        await self.serve([self._listening])

    def stop(self) -> None:
        """Take no more requests."""
        self.should_exit = True

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens (port 0: a free one); raises OSError. Connections wait in it until they are served."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family)
    # Connections have it from here. Head and body go out one after the other: without it the body waits 40 ms.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
