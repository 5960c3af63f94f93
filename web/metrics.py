"""Says in numbers how the bot is doing: `/metrics`, for Prometheus and what reads its format."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from web.health import FRESH


@dataclass(frozen=True)
class Numbers:
    """`status`: as `/healthz` has it. `deliveries`: by kind and state. `oldest_due`: seconds since the oldest delivery
    that waits was due. `refusals`: how often Telegram asked to wait (429) since the start. `pauses`: those that last.
    `backlog`: updates taken in and not handled yet."""

    status: str
    updates: Mapping[str, int]
    deliveries: Mapping[tuple[str, str], int]
    oldest_due: float
    refusals: int
    pauses: int
    backlog: int


NumberSource = Callable[[], Awaitable[Numbers]]

STATUSES = ("ok", "degraded", "failed")


class MetricsPage:
    """The address. Nothing is counted between two visits: what there is to know stands in the database."""

    def __init__(self, numbers: NumberSource) -> None:
        self._numbers = numbers

    async def metrics(self, _: Request) -> Response:
        """The text format of Prometheus."""
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Scrape(await self._numbers()))
        return Response(generate_latest(registry), headers={**FRESH, "Content-Type": CONTENT_TYPE_LATEST})


class _Scrape(Collector):
    """One visit's worth."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers

    def collect(self) -> Iterator[Metric]:
        """Every family of numbers, in the order in which they are read."""
        status = GaugeMetricFamily("prework_status", "1 for the status the bot is in", labels=["status"])
        for name in STATUSES:
            status.add_metric([name], float(self._numbers.status == name))
        yield status
        updates = GaugeMetricFamily("prework_updates", "Updates in the inbox", labels=["state"])
        for state, count in sorted(self._numbers.updates.items()):
            updates.add_metric([state], count)
        yield updates
        deliveries = GaugeMetricFamily("prework_deliveries", "Deliveries in the outbox", labels=["kind", "state"])
        for (kind, state), count in sorted(self._numbers.deliveries.items()):
            deliveries.add_metric([kind, state], count)
        yield deliveries
        yield _gauge("prework_backlog", "Updates taken in and not handled yet", self._numbers.backlog)
        lag = "Seconds since the oldest delivery that waits was due"
        yield _gauge("prework_oldest_due_seconds", lag, self._numbers.oldest_due)
        yield _gauge("prework_pauses", "Pauses that Telegram asked for and that last", self._numbers.pauses)
        refusals = CounterMetricFamily("prework_too_many_requests", "How often Telegram asked to wait (429)")
        refusals.add_metric([], self._numbers.refusals)
        yield refusals


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=value)
