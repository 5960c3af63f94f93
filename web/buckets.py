"""Keeps one address from asking for more pages than people can read."""

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address

BURST = 200.0
A_SECOND = 20.0

MOST_KEPT = 10_000
"""So many addresses are remembered; whoever has not asked for longest is forgotten first."""


class Buckets:
    """One per address: `burst` requests at once, `a_second` in the long run. `monotonic`: seconds since some moment.

    This machine itself is not refused where `spares_us`: there sits a proxy that does not say for whom it asks.
    """

    def __init__(
        self,
        monotonic: Callable[[], float],
        burst: float = BURST,
        a_second: float = A_SECOND,
        *,
        spares_us: bool = True,
    ) -> None:
        self._monotonic = monotonic
        self._burst, self._a_second, self._spares_us = burst, a_second, spares_us
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> bool:
        """Whether this address may have one more answer now."""
        if self._spares_us and _is_ours(address):
            return True
        now = self._monotonic()
        level, since = self._levels.pop(address, (self._burst, now))
        level = min(self._burst, level + (now - since) * self._a_second)
        takes = level >= 1
        self._levels[address] = (level - takes, now)
        if len(self._levels) > MOST_KEPT:
            self._levels.popitem(last=False)
        return takes


def _is_ours(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
