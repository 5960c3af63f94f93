"""Words for days and times of day in English, German and French, whatever language a person has chosen.

All are plain: small letters without accents, "ß" as "ss".
"""

from collections.abc import Mapping

MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jaenner janner janvier janv",
            "february feb februar februar fevrier fevr fev",
            "march mar marz maerz mrz mars",
            "april apr avril avr",
            "may mai",
            "june jun juni juin",
            "july jul juli juillet juil",
            "august aug aout",
            "september sept sep septembre",
            "october oct oktober okt octobre",
            "november nov novembre",
            "december dec dezember dez decembre",
        ),
        start=1,
    )
    for name in names.split()
}

WEEKDAYS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag mo lundi lun",
            "tuesday tues tue dienstag mardi",
            "wednesday weds wed mittwoch mi mercredi mer",
            "thursday thurs thur thu donnerstag do jeudi jeu",
            "friday fri freitag fr vendredi ven",
            "saturday sat samstag sonnabend sa samedi sam",
            "sunday sun sonntag so dimanche dim",
        )
    )
    for name in names.split()
}
"""Monday is 0."""

DIENSTAG_OR_DIMANCHE = "di"
MARCH_OR_MARDI = "mar"

DAYS_AHEAD: Mapping[str, int] = {
    "today": 0, "heute": 0, "aujourd'hui": 0,
    "tomorrow": 1, "morgen": 1, "demain": 1,
    "ubermorgen": 2, "uebermorgen": 2, "apres-demain": 2, "overmorrow": 2,
}  # fmt: skip

PARTS_OF_DAY: Mapping[str, range] = {
    **dict.fromkeys(("morning", "fruh", "frueh", "vormittag", "vormittags", "morgens", "matin"), range(4, 12)),
    **dict.fromkeys(("afternoon", "nachmittag", "nachmittags", "apres-midi"), range(12, 19)),
    **dict.fromkeys(("evening", "abend", "abends", "soir"), range(17, 24)),
}
"""Hours that such a word can go with."""

NOONS = frozenset({"noon", "midi"})
MIDNIGHTS = frozenset({"midnight", "mitternacht", "minuit"})

NEXT, COMING, THIS, NEXT_WEEK = "next", "coming", "this", "next-week"

MODIFIERS: Mapping[str, str] = {
    **dict.fromkeys(("next", "nachste", "nachsten", "nachster", "naechsten", "naechster", "prochain"), NEXT),
    **dict.fromkeys(("coming", "kommenden", "kommender"), COMING),
    **dict.fromkeys(("this", "diesen", "dieser", "ce"), THIS),
    NEXT_WEEK: NEXT_WEEK,
}

SILENT = frozenset(
    {"at", "on", "the", "of", "o'clock", "um", "am", "an", "den", "der", "dem", "ab", "le", "la", "a", "du", "de"}
)
"""Words that change nothing."""

PHRASES: tuple[tuple[str, str], ...] = (
    ("the day after tomorrow", "overmorrow"),
    ("day after tomorrow", "overmorrow"),
    ("apres demain", "apres-demain"),
    ("de l'apres-midi", "apres-midi"),
    ("apres midi", "apres-midi"),
    ("de la semaine prochaine", NEXT_WEEK),
    ("la semaine prochaine", NEXT_WEEK),
    ("semaine prochaine", NEXT_WEEK),
    ("next week", NEXT_WEEK),
    ("nachste woche", NEXT_WEEK),
    ("naechste woche", NEXT_WEEK),
    ("nachster woche", NEXT_WEEK),
    ("heute morgen", "today morning"),
    ("this morning", "today morning"),
    ("this afternoon", "today afternoon"),
    ("this evening", "today evening"),
    ("tonight", "today evening"),
    ("ce matin", "today morning"),
    ("cet apres-midi", "today afternoon"),
    ("ce soir", "today evening"),
)
"""Several words that mean one thing, and what the tables above call it; longer ones first."""
