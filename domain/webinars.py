"""Webinars: who follows which."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """How wide a subscription is: to an event, a group, a language (`number_of`), or all (target 0)."""

    WEBINAR = "webinar"
    GROUP = "group"
    LANGUAGE = "language"
    ALL = "all"


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def number_of(language: str) -> int:
    """The number of a spoken language: its ISO 639 code, without a region, read in base 36; 0 for what is no code."""
    code = language.partition("-")[0]
    return int(code, 36) if code.isascii() and code.isalpha() else 0


def language_of(number: int) -> str:
    """The language code with this number, in small letters; "" for 0 and below."""
    code = ""
    while number > 0:
        number, digit = divmod(number, 36)
        code = _DIGITS[digit] + code
    return code


@dataclass(frozen=True)
class Following:
    """What a person follows: their wide choices, and single webinars in or out."""

    everything: bool = False
    groups: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    webinars: frozenset[int] = frozenset()
    not_these: frozenset[int] = frozenset()

    def follows(self, webinar_id: int, group_id: int, languages: Collection[str]) -> bool:
        """Whether they are reminded of this webinar, held in these languages; the narrowest choice wins."""
        if webinar_id in self.not_these:
            return False
        of_this_group = group_id in self.groups
        in_a_language = any(language_of(number_of(spoken)) in self.languages for spoken in languages)
        return webinar_id in self.webinars or of_this_group or in_a_language or self.everything

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to be reminded of."""
        return not (self.everything or self.groups or self.languages or self.webinars)
