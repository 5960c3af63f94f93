"""How long before? Lengths of time as people type them: a small table of units in English, German and French."""

import re
from collections.abc import Mapping
from fractions import Fraction

from domain.errors import NotReadable
from handlers.phrases import folded

_UNIT_WORDS = {
    1: "min mins minute minutes minuten mn",
    60: "h hr hrs std hour hours stunde stunden heure heures",
    24 * 60: "d j day days tag tage tagen jour jours",
    7 * 24 * 60: "w week weeks woche wochen semaine semaines",
}

UNITS: Mapping[str, int] = {word: minutes for minutes, words in _UNIT_WORDS.items() for word in words.split()}
"""Minutes in a unit; words as `folded` leaves them."""

_NUMBER_WORDS = {
    Fraction(3, 2): "anderthalb eineinhalb",
    Fraction(1): "a an one ein eine einen einer un une",
    Fraction(2): "two zwei deux",
    Fraction(3): "three drei trois",
    Fraction(4): "four vier quatre",
    Fraction(5): "five funf fuenf cinq",
    Fraction(6): "six sechs",
    Fraction(7): "seven sieben sept",
    Fraction(8): "eight acht huit",
    Fraction(9): "nine neun neuf",
    Fraction(10): "ten zehn dix",
    Fraction(12): "twelve zwolf zwoelf douze",
    Fraction(15): "fifteen funfzehn fuenfzehn quinze",
    Fraction(20): "twenty zwanzig vingt",
    Fraction(30): "thirty dreissig trente",
}

NUMBERS: Mapping[str, Fraction] = {word: number for number, words in _NUMBER_WORDS.items() for word in words.split()}

SILENT = frozenset(
    {"and", "und", "et", ",", "&", "before", "ahead", "prior", "earlier", "vorher", "davor", "vor", "avant"}
)
"""Words that change nothing."""

PHRASES: tuple[tuple[str, str], ...] = (
    (r"\b(?:a )?half (?:an )?hour\b", "30 min"),
    (r"\b(?:a )?quarter of an hour\b", "15 min"),
    (r"\b(?:one|an?) hour and a half\b", "90 min"),
    (r"\b(?:eine )?halbe stunde\b", "30 min"),
    (r"\b(?:eine )?viertelstunde\b", "15 min"),
    (r"\b(?:eine )?dreiviertelstunde\b", "45 min"),
    (r"\b(?:une )?demi[- ]heure\b", "30 min"),
    (r"\b(?:un )?quart d'heure\b", "15 min"),
    (r"\btrois quarts d'heure\b", "45 min"),
    (r"\b(?:une|1) heure et demie\b", "90 min"),
    (r"\b(?:une )?demi[- ]journee\b", "12 h"),
    (r"\b(\d{1,3})\s?h\s?([0-5]\d)\b(?!\s?m)", r"\1 h \2 min"),  # 1h30
    (r"\b(\d{1,3}):([0-5]\d)\b(?:\s?h(?:ours?)?\b)?", r"\1 h \2 min"),
)
"""Several words that mean one thing."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[a-z'-]+|[,&]", re.ASCII)

MOST_TYPED = 64


def read_length(typed: str) -> int:
    """The length of time that was typed, such as "45 minutes", in whole minutes; raises NotReadable("lead")."""
    text = folded(typed) if len(typed) <= MOST_TYPED else ""
    for phrase, meaning in PHRASES:
        text = re.sub(phrase, meaning, text, flags=re.ASCII)
    words = _TOKEN.findall(text)
    if "".join(words) != "".join(text.split()):
        raise NotReadable("lead")
    minutes = _sum([word for word in words if word not in SILENT])
    if minutes.denominator != 1 or minutes <= 0:
        raise NotReadable("lead")
    return int(minutes)


def _sum(words: list[str]) -> Fraction:
    """Numbers and units in turn, each unit once, the larger ones first."""
    total, last = Fraction(), 10**6
    for number, unit in zip(words[::2], words[1::2], strict=False):
        size = UNITS.get(unit, 0)
        if not 0 < size < last:
            raise NotReadable("lead")
        total, last = total + _number(number) * size, size
    if len(words) % 2 or not words:
        raise NotReadable("lead")
    return total


def _number(word: str) -> Fraction:
    if word in NUMBERS:
        return NUMBERS[word]
    if not word[0].isdigit() or len(word) > 8:
        raise NotReadable("lead")
    return Fraction(word.replace(",", "."))
