"""Webinars: who follows which."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """How wide a subscription is. The target of ALL is 0."""

    WEBINAR = "webinar"
    GROUP = "group"
    ALL = "all"


@dataclass(frozen=True)
class Following:
    """What a person follows: their wide choices, and single webinars in or out."""

    everything: bool = False
    groups: frozenset[int] = frozenset()
    webinars: frozenset[int] = frozenset()
    not_these: frozenset[int] = frozenset()

    def follows(self, webinar_id: int, group_id: int) -> bool:
        """Whether they are reminded of this webinar; the narrowest choice wins."""
        if webinar_id in self.not_these:
            return False
        return webinar_id in self.webinars or group_id in self.groups or self.everything
