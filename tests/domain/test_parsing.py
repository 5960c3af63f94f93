"""What people type: read where there is nothing to guess, otherwise refused with how it was understood."""

from datetime import UTC, date, datetime, time
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from babel.dates import get_month_names
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.errors import (
    Ambiguous,
    ClocksSkip,
    DayMissing,
    NoSuchClock,
    NoSuchDay,
    NotInRange,
    NotReadable,
    OtherWeekday,
    Past,
    TimeMissing,
    TooFarAhead,
    TooLong,
    UserError,
)
from domain.times import Skipped, to_utc
from handlers.parsing import MOST_AHEAD, Moment, read_moment, read_number
from messages import dates
from messages.errors import said
from messages.languages import LANGUAGES, locale_of

BERLIN = "Europe/Berlin"
NOW = datetime(2022, 3, 1, 9, tzinfo=UTC)
"""A Tuesday, 10:00 in Berlin."""

UNREADABLE = NotReadable("moment")

MONDAY, TUESDAY = 0, 1


def wall(text: str) -> datetime:
    """What a clock on the wall shows: without a zone."""
    return datetime.fromisoformat(text)


def in_berlin(text: str) -> datetime:
    """The moment at which clocks in Berlin show this."""
    return wall(text).replace(tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)


def either(*readings: str) -> Ambiguous:
    return Ambiguous(tuple(in_berlin(reading) for reading in readings), BERLIN)


def past(text: str) -> Past:
    return Past(in_berlin(text), BERLIN)


def too_far(text: str) -> TooFarAhead:
    return TooFarAhead(in_berlin(text), BERLIN)


SKIPPED = ClocksSkip(wall("2022-03-27 02:30"), wall("2022-03-27 02:00"), wall("2022-03-27 03:00"), BERLIN)


def outcome(typed: str, language: str, zone: str = BERLIN, now: datetime = NOW) -> str | tuple[object, ...]:
    """The wall time that was read, or the kind of refusal and all that it says."""
    try:
        return read_moment(typed, now, zone, language).wall.isoformat(" ", "minutes")
    except UserError as error:
        return (type(error), *error.args)


def refusal(error: UserError) -> tuple[object, ...]:
    return (type(error), *error.args)


# --- Read, whatever language a person has chosen ----------------------------------------------

READ_BY_ALL = [
    # digits, the year first
    ("2022-03-22 16:00", "2022-03-22 16:00"),
    ("2022-03-22T16:00", "2022-03-22 16:00"),
    ("2022-03-22t16:00:00", "2022-03-22 16:00"),
    ("2022-3-2 9:05", "2022-03-02 09:05"),
    ("2022/03/22 16:00", "2022-03-22 16:00"),
    ("2022.03.22 16:00", "2022-03-22 16:00"),
    ("16:00 2022-03-22", "2022-03-22 16:00"),
    ("2024-02-29 16:00", "2024-02-29 16:00"),
    ("2022-04-03 00:00", "2022-04-03 00:00"),
    # digits with dots, the day first
    ("22.03.2022 16:00", "2022-03-22 16:00"),
    ("22.3.2022 16:00", "2022-03-22 16:00"),
    ("22. 3. 2022 16:00", "2022-03-22 16:00"),
    ("22. 03. 2022, 16:00", "2022-03-22 16:00"),
    ("22.03.22 16:00", "2022-03-22 16:00"),
    ("04.03.2022 16:00", "2022-03-04 16:00"),
    ("22.03. 16:00", "2022-03-22 16:00"),
    ("22.3. 16:00", "2022-03-22 16:00"),
    ("22.03 16:00", "2022-03-22 16:00"),
    ("16:00 22.03.", "2022-03-22 16:00"),
    ("  22.03.2022\n16:00  ", "2022-03-22 16:00"),
    ("22.03.2022\u00a016:00", "2022-03-22 16:00"),
    ("22.03.2022 - 16:00", "2022-03-22 16:00"),
    ("22.03.2022 16:00 (Berlin)", "2022-03-22 16:00"),
    ("31.12.2023 23:59", "2023-12-31 23:59"),
    # one that can only be read one way
    ("22/03/2022 16:00", "2022-03-22 16:00"),
    ("22-03-2022 16:00", "2022-03-22 16:00"),
    ("22/03/22 16:00", "2022-03-22 16:00"),
    ("22/03 16:00", "2022-03-22 16:00"),
    ("05/05/2022 16:00", "2022-05-05 16:00"),
    ("05.05. 16:00", "2022-05-05 16:00"),
    # clocks
    ("22.03.2022 16 Uhr", "2022-03-22 16:00"),
    ("22.03.2022 16:30 Uhr", "2022-03-22 16:30"),
    ("22.03.2022 16.30 Uhr", "2022-03-22 16:30"),
    ("22.03.2022 16 Uhr 30", "2022-03-22 16:30"),
    ("22.03.2022 16UHR", "2022-03-22 16:00"),
    ("22.03.2022 um 16 Uhr", "2022-03-22 16:00"),
    ("22.03. 16 Uhr", "2022-03-22 16:00"),
    ("16 Uhr, 22.03.2022", "2022-03-22 16:00"),
    ("16h 22.03.2022", "2022-03-22 16:00"),
    ("22.03.2022 16h", "2022-03-22 16:00"),
    ("22.03.2022 16h30", "2022-03-22 16:30"),
    ("22.03.2022 16h30.", "2022-03-22 16:30"),
    ("22.03.2022 16 h 30", "2022-03-22 16:30"),
    ("22.03.2022 16:30h", "2022-03-22 16:30"),
    ("22.03.2022 à 16 heures", "2022-03-22 16:00"),
    ("22.03.2022 4 pm", "2022-03-22 16:00"),
    ("22.03.2022 4pm", "2022-03-22 16:00"),
    ("22.03.2022 4 p.m.", "2022-03-22 16:00"),
    ("22.03.2022 4:30 PM", "2022-03-22 16:30"),
    ("22.03.2022 4.30 pm", "2022-03-22 16:30"),
    ("22.03.2022 4:30 a.m.", "2022-03-22 04:30"),
    ("22.03.2022 7 am", "2022-03-22 07:00"),
    ("22.03.2022 12 pm", "2022-03-22 12:00"),
    ("22.03.2022 12 am", "2022-03-22 00:00"),
    ("22.03.2022 12:30 am", "2022-03-22 00:30"),
    ("22.03.2022 kl. 16", "2022-03-22 16:00"),
    ("22.03.2022 kl 16.30", "2022-03-22 16:30"),
    ("22.03.2022 noon", "2022-03-22 12:00"),
    ("22.03.2022 à midi", "2022-03-22 12:00"),
    ("22.03.2022 0:00", "2022-03-22 00:00"),
    # names of months
    ("22 March 2022 16:00", "2022-03-22 16:00"),
    ("22nd of March 2022, 4 pm", "2022-03-22 16:00"),
    ("March 22, 2022 at 4 pm", "2022-03-22 16:00"),
    ("March 22nd 16:00", "2022-03-22 16:00"),
    ("Mar 22 2022 16:00", "2022-03-22 16:00"),
    ("2022 March 22 16:00", "2022-03-22 16:00"),
    ("1st April 2022 16:00", "2022-04-01 16:00"),
    ("22. März 2022 16:00", "2022-03-22 16:00"),
    ("22. Maerz 16 Uhr", "2022-03-22 16:00"),
    ("22 MÄRZ 2022 16:00", "2022-03-22 16:00"),
    ("22. März 2022 um 16:00 Uhr", "2022-03-22 16:00"),
    ("16 Uhr 22 März", "2022-03-22 16:00"),
    ("am 1. Dezember um 18 Uhr", "2022-12-01 18:00"),
    ("22 mars 2022 16:00", "2022-03-22 16:00"),
    ("le 22 mars à 16h", "2022-03-22 16:00"),
    ("16 h 22 mars", "2022-03-22 16:00"),
    ("1er avril 2022 à 16h30", "2022-04-01 16:30"),
    ("12 aout 2022 16h", "2022-08-12 16:00"),
    ("12 AOÛT 2022 16h", "2022-08-12 16:00"),
    ("5 sept. 2022 16h", "2022-09-05 16:00"),
    # names of months elsewhere, only with their year
    ("22 de marzo de 2022 16:00", "2022-03-22 16:00"),
    ("22 de março de 2022 16:00", "2022-03-22 16:00"),
    ("22 Maret 2022 16:00", "2022-03-22 16:00"),
    ("22 maart 2022 16:00", "2022-03-22 16:00"),
    # weekdays that agree
    ("Tue 22.03.2022 16:00", "2022-03-22 16:00"),
    ("Di 22.03.2022 16:00", "2022-03-22 16:00"),
    ("mardi 22 mars 2022 à 16h", "2022-03-22 16:00"),
    ("Dienstag, den 22. März 2022, um 16 Uhr", "2022-03-22 16:00"),
    ("Tuesday the 22nd of March 16:00", "2022-03-22 16:00"),
    ("next Friday 25 March 16:00", "2022-03-25 16:00"),
    ("Friday next week, 11 March, 16:00", "2022-03-11 16:00"),
    ("Sun 03/04/2022 16:00", "2022-04-03 16:00"),  # 4 March is a Friday
    # days that are near
    ("today 16:00", "2022-03-01 16:00"),
    ("heute 16 Uhr", "2022-03-01 16:00"),
    ("aujourd'hui 16h", "2022-03-01 16:00"),
    ("aujourd’hui à 16 h", "2022-03-01 16:00"),
    ("tomorrow 4 pm", "2022-03-02 16:00"),
    ("tomorrow at noon", "2022-03-02 12:00"),
    ("morgen 7 Uhr", "2022-03-02 07:00"),
    ("morgen um 7:00", "2022-03-02 07:00"),
    ("morgen früh 7 Uhr", "2022-03-02 07:00"),
    ("heute morgen 11 Uhr", "2022-03-01 11:00"),
    ("heute Abend 18 Uhr", "2022-03-01 18:00"),
    ("tonight 8 pm", "2022-03-01 20:00"),
    ("this evening 20:00", "2022-03-01 20:00"),
    ("ce soir à 19h", "2022-03-01 19:00"),
    ("demain 16h", "2022-03-02 16:00"),
    ("demain à 16h30", "2022-03-02 16:30"),
    ("demain à 7h du matin", "2022-03-02 07:00"),
    ("demain après-midi à 16h", "2022-03-02 16:00"),
    ("übermorgen 8 Uhr", "2022-03-03 08:00"),
    ("UEBERMORGEN 8:30", "2022-03-03 08:30"),
    ("après-demain 16h", "2022-03-03 16:00"),
    ("apres demain 16h", "2022-03-03 16:00"),
    ("the day after tomorrow at 16:00", "2022-03-03 16:00"),
    ("Mittwoch, morgen, 8 Uhr", "2022-03-02 08:00"),
    # weekdays
    ("Friday 16:00", "2022-03-04 16:00"),
    ("Freitag 18 Uhr", "2022-03-04 18:00"),
    ("vendredi 16h", "2022-03-04 16:00"),
    ("am Freitag um 18 Uhr", "2022-03-04 18:00"),
    ("kommenden Freitag 18 Uhr", "2022-03-04 18:00"),
    ("this Friday 16:00", "2022-03-04 16:00"),
    ("ce vendredi à 16h", "2022-03-04 16:00"),
    ("next Monday 16:00", "2022-03-07 16:00"),
    ("nächsten Montag 16 Uhr", "2022-03-07 16:00"),
    ("lundi prochain 16h", "2022-03-07 16:00"),
    ("next Tuesday 16:00", "2022-03-08 16:00"),
    ("Friday next week 16:00", "2022-03-11 16:00"),
    ("nächste Woche Freitag 16 Uhr", "2022-03-11 16:00"),
    ("vendredi de la semaine prochaine à 16h", "2022-03-11 16:00"),
    ("Friday 7 am", "2022-03-04 07:00"),
    ("7 am on Friday", "2022-03-04 07:00"),
    # nights on which clocks are put forward and back
    ("27.03.2022 01:59", "2022-03-27 01:59"),
    ("27.03.2022 03:00", "2022-03-27 03:00"),
    ("30.10.2022 02:30", "2022-10-30 02:30"),
    ("30.10.2022 03:00", "2022-10-30 03:00"),
]

READ_BY_SOME = [
    ("03/04/2022 16:00", "de fr", "2022-04-03 16:00"),
    ("03-04-2022 16:00", "de fr", "2022-04-03 16:00"),
    ("03/04/22 16:00", "de fr", "2022-04-03 16:00"),
    ("05.06. 16:00", "de fr", "2022-06-05 16:00"),
    ("05.06 16:00", "de fr", "2022-06-05 16:00"),
    ("05/06 16h", "de fr", "2022-06-05 16:00"),
    ("03/22/2022 16:00", "en", "2022-03-22 16:00"),
    ("3/22/22 4 pm", "en", "2022-03-22 16:00"),
    ("mar 22 16:00", "en de", "2022-03-22 16:00"),
    ("mar. 22 mars 2022, 16:00 (Berlin)", "en de fr", "2022-03-22 16:00"),
    ("Di., 22. März 2022, 16:00 (Berlin)", "en de fr", "2022-03-22 16:00"),
    ("Tue, 22 Mar 2022, 16:00 (Berlin)", "en de fr", "2022-03-22 16:00"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("typed", "read"), READ_BY_ALL)
def test_what_is_clear_is_read_whatever_language_a_person_has_chosen(typed: str, read: str, language: str) -> None:
    assert outcome(typed, language) == read


@pytest.mark.parametrize(("typed", "languages", "read"), READ_BY_SOME)
def test_the_order_of_digits_and_two_faced_words_follow_the_language(typed: str, languages: str, read: str) -> None:
    assert [outcome(typed, language) for language in languages.split()] == [read] * len(languages.split())


# --- Refused, with how it was understood ------------------------------------------------------

REFUSED = [
    # several readings, or one that has to be confirmed
    ("en", "03/04/2022 16:00", either("2022-03-04 16:00", "2022-04-03 16:00")),
    ("en", "03-04-2022 16:00", either("2022-03-04 16:00", "2022-04-03 16:00")),
    ("en", "03/04/22 16:00", either("2022-03-04 16:00", "2022-04-03 16:00")),
    ("en", "05.06. 16:00", either("2022-05-06 16:00", "2022-06-05 16:00")),
    ("en", "05.06 16:00", either("2022-05-06 16:00", "2022-06-05 16:00")),
    ("en", "02/03/2022 16:00", either("2022-03-02 16:00")),  # 3 February is past
    ("de", "03/22/2022 16:00", either("2022-03-22 16:00")),
    ("de", "03.22.2022 16:00", either("2022-03-22 16:00")),
    ("en", "03.22.2022 16:00", either("2022-03-22 16:00")),
    ("fr", "03/22/2022 16h", either("2022-03-22 16:00")),
    ("de", "morgen 7", either("2022-03-02 07:00", "2022-03-02 19:00")),
    ("de", "morgen um 7", either("2022-03-02 07:00", "2022-03-02 19:00")),
    ("en", "tomorrow at 7", either("2022-03-02 07:00", "2022-03-02 19:00")),
    ("en", "tomorrow at 7 o'clock", either("2022-03-02 07:00", "2022-03-02 19:00")),
    ("fr", "demain à 7", either("2022-03-02 07:00", "2022-03-02 19:00")),
    ("en", "tomorrow 16", either("2022-03-02 16:00")),
    ("en", "tomorrow 12", either("2022-03-02 12:00")),
    ("en", "tomorrow 0", either("2022-03-02 00:00")),
    ("de", "heute 7", either("2022-03-01 19:00")),
    ("de", "heute Abend 7", either("2022-03-01 19:00")),
    ("de", "morgen Abend 7 Uhr", either("2022-03-02 19:00")),
    ("de", "morgen früh 7", either("2022-03-02 07:00")),
    ("de", "morgen früh 16 Uhr", either("2022-03-02 16:00")),
    ("fr", "demain à 4 heures de l'après-midi", either("2022-03-02 16:00")),
    ("de", "morgen 16.30", either("2022-03-02 16:30")),
    ("de", "morgen 4.30", either("2022-03-02 04:30", "2022-03-02 16:30")),
    ("de", "22.03.2022 16.30", either("2022-03-22 16:30")),
    ("en", "22 March 7", either("2022-03-22 07:00", "2022-03-22 19:00")),
    ("de", "um 7 am Mittwoch", either("2022-03-02 07:00", "2022-03-02 19:00")),
    ("en", "tomorrow midnight", either("2022-03-02 00:00", "2022-03-03 00:00")),
    ("de", "heute um Mitternacht", either("2022-03-02 00:00")),
    ("fr", "demain minuit", either("2022-03-02 00:00", "2022-03-03 00:00")),
    ("en", "Tuesday 16:00", either("2022-03-01 16:00", "2022-03-08 16:00")),
    ("en", "this Tuesday 16:00", either("2022-03-01 16:00", "2022-03-08 16:00")),
    ("en", "Tuesday 7:00", either("2022-03-08 07:00")),
    ("en", "this Monday 16:00", either("2022-03-07 16:00")),
    ("en", "next Friday 4 pm", either("2022-03-04 16:00", "2022-03-11 16:00")),
    ("de", "nächsten Freitag 16 Uhr", either("2022-03-04 16:00", "2022-03-11 16:00")),
    ("fr", "vendredi prochain 16h", either("2022-03-04 16:00", "2022-03-11 16:00")),
    ("en", "Sunday next week 16:00", either("2022-03-06 16:00", "2022-03-13 16:00")),
    ("fr", "di 16h", either("2022-03-01 16:00", "2022-03-06 16:00", "2022-03-08 16:00")),
    ("de", "di 16 Uhr", either("2022-03-01 16:00", "2022-03-08 16:00")),
    ("fr", "mar. 16h", either("2022-03-01 16:00", "2022-03-08 16:00")),
    # past, and far away
    ("en", "2022-03-01 10:00", past("2022-03-01 10:00")),
    ("en", "2022-03-01 09:59", past("2022-03-01 09:59")),
    ("en", "2022-02-28 16:00", past("2022-02-28 16:00")),
    ("de", "22.03.2021 16:00", past("2021-03-22 16:00")),
    ("de", "22.03.21 16:00", past("2021-03-22 16:00")),
    ("de", "01.02. 16:00", past("2022-02-01 16:00")),
    ("en", "01.02. 16:00", past("2022-02-01 16:00")),
    ("de", "heute 9 Uhr", past("2022-03-01 09:00")),
    ("en", "today 7", either("2022-03-01 19:00")),
    ("en", "today 9.30", either("2022-03-01 21:30")),
    ("en", "this morning 8 am", past("2022-03-01 08:00")),
    ("fr", "le 22 mars 1999 à 16h", past("1999-03-22 16:00")),
    ("en", "2024-03-02 16:00", too_far("2024-03-02 16:00")),
    ("de", "22.03.2202 16:00", UNREADABLE),
    ("de", "22.03.2032 16:00", too_far("2032-03-22 16:00")),
    ("fr", "22 mars 2099 16h", too_far("2099-03-22 16:00")),
    # half of it
    ("en", "16:00", DayMissing(time(16))),
    ("de", "18 Uhr", DayMissing(time(18))),
    ("fr", "à 16h30", DayMissing(time(16, 30))),
    ("en", "22.03.2022", TimeMissing(date(2022, 3, 22))),
    ("de", "22.03.", TimeMissing(date(2022, 3, 22))),
    ("en", "tomorrow", TimeMissing(date(2022, 3, 2))),
    ("de", "morgen früh", TimeMissing(date(2022, 3, 2))),
    ("fr", "vendredi", TimeMissing(date(2022, 3, 4))),
    ("de", "22. März 2022", TimeMissing(date(2022, 3, 22))),
    # what does not exist
    ("de", "30.02. 16:00", NoSuchDay(30, 2, 2022)),
    ("de", "30.02.2022 16:00", NoSuchDay(30, 2, 2022)),
    ("en", "30/02/2022 16:00", NoSuchDay(30, 2, 2022)),
    ("en", "02/30/2022 16:00", NoSuchDay(30, 2, 2022)),
    ("de", "29.02.2023 16:00", NoSuchDay(29, 2, 2023)),
    ("de", "29.02. 16:00", NoSuchDay(29, 2, 2022)),
    ("de", "31.04.2022 16 Uhr", NoSuchDay(31, 4, 2022)),
    ("de", "32.03.2022 16:00", NoSuchDay(32, 3, 2022)),
    ("de", "0.3.2022 16:00", NoSuchDay(0, 3, 2022)),
    ("en", "2022-02-30 16:00", NoSuchDay(30, 2, 2022)),
    ("en", "31 June 16:00", NoSuchDay(31, 6, 2022)),
    ("de", "31. Juni 2022 16:00", NoSuchDay(31, 6, 2022)),
    ("fr", "le 31 juin à 16h", NoSuchDay(31, 6, 2022)),
    ("en", "2022-13-01 16:00", UNREADABLE),
    ("de", "22.13.2022 16:00", UNREADABLE),
    ("de", "22.03.2022 25:00", NoSuchClock(25, 0)),
    ("de", "22.03.2022 24:00", NoSuchClock(24, 0)),
    ("de", "morgen 24 Uhr", NoSuchClock(24, 0)),
    ("fr", "demain 25h", NoSuchClock(25, 0)),
    ("en", "tomorrow 16:60", NoSuchClock(16, 60)),
    ("en", "25:00", NoSuchClock(25, 0)),
    ("de", "27.03.2022 02:30", SKIPPED),
    ("en", "2022-03-27 02:30", SKIPPED),
    ("fr", "27 mars à 2h30", SKIPPED),
    ("de", "Sonntag 27.03. 2:30 Uhr", SKIPPED),
    # parts that do not agree
    ("de", "Mon 22.03.2022 16:00", OtherWeekday(MONDAY, date(2022, 3, 22))),
    ("fr", "lundi 22 mars 2022 16h", OtherWeekday(MONDAY, date(2022, 3, 22))),
    ("de", "Dienstag morgen 8 Uhr", OtherWeekday(TUESDAY, date(2022, 3, 2))),
    ("en", "Tue 03/04/2022 16:00", OtherWeekday(TUESDAY, date(2022, 4, 3))),
    ("en", "Monday tomorrow 16:00", OtherWeekday(MONDAY, date(2022, 3, 2))),
    # too much
    ("en", "22.03.2022 16:00-17:00", UNREADABLE),
    ("en", "22.03.2022 16:00 17:00", UNREADABLE),
    ("en", "22.03.2022 16:00 7", UNREADABLE),
    ("en", "22.03.2022 23.03.2022 16:00", UNREADABLE),
    ("en", "22-24 March 16:00", UNREADABLE),
    ("en", "22 - 24 March 16:00", UNREADABLE),
    ("de", "22.-24.03.2022 16:00", UNREADABLE),
    ("de", "22.03. oder 23.03. 16 Uhr", UNREADABLE),
    ("en", "Mon Tue 16:00", UNREADABLE),
    ("en", "today tomorrow 16:00", UNREADABLE),
    ("en", "tomorrow 22.03.2022 16:00", UNREADABLE),
    ("en", "tomorrow noon 16:00", UNREADABLE),
    ("de", "morgen früh Abend 7 Uhr", UNREADABLE),
    # guesses that nobody takes
    ("en", "in 2 weeks Tuesday 5 pm", UNREADABLE),
    ("en", "in 3 days 16:00", UNREADABLE),
    ("fr", "dans 8 jours à 16h", UNREADABLE),  # a week, in French
    ("en", "in 2 hours", UNREADABLE),
    ("en", "not tomorrow 16:00", UNREADABLE),
    ("de", "nicht morgen 16 Uhr", UNREADABLE),
    ("en", "every Tuesday 16:00", UNREADABLE),
    ("de", "dienstags 16 Uhr", UNREADABLE),
    ("en", "tomorrow half past four", UNREADABLE),
    ("de", "morgen halb 5", UNREADABLE),
    ("fr", "demain à sept heures", UNREADABLE),
    ("fr", "demain 4 heures et demie", UNREADABLE),
    ("en", "around 22.03.2022 16:00", UNREADABLE),
    ("en", "22.03.2022 16:00 UTC", UNREADABLE),
    ("en", "22.03.2022 16:00 CET", UNREADABLE),
    ("en", "2022-03-22T16:00Z", UNREADABLE),
    ("en", "2022-03-22T16:00+01:00", UNREADABLE),
    ("en", "22.03.2022 16:00 (Manila)", UNREADABLE),
    ("en", "22.03.2022 16:00 Manila", UNREADABLE),
    ("en", "22-03-23 16:00", UNREADABLE),  # 2022 or 2023?
    ("de", "22-03 16:00", UNREADABLE),
    ("en", "22 16:00", UNREADABLE),
    ("fr", "le 22 à 16h", UNREADABLE),
    ("en", "March 16:00", UNREADABLE),
    ("en", "March 2022 16:00", UNREADABLE),
    ("fr", "mar 22 16h", UNREADABLE),  # mardi, or March?
    ("en", "22 marzo 16:00", UNREADABLE),
    ("en", "22 listopad 2022 16:00", UNREADABLE),  # October in Zagreb, November in Prague
    ("en", "22 smarch 2022 16:00", UNREADABLE),
    ("en", "tomorrow 1630", UNREADABLE),
    ("en", "22 March 1630", UNREADABLE),
    ("en", "tomorrow 16:5", UNREADABLE),
    ("en", "tomorrow 16:00:30", UNREADABLE),
    ("en", "tomorrow 16:00 pm", UNREADABLE),
    ("en", "tomorrow 13 pm", UNREADABLE),
    ("en", "tomorrow 25", UNREADABLE),
    ("en", "tomorrow -7:00", UNREADABLE),
    ("en", "122.03.2022 16:00", UNREADABLE),
    ("en", "22.03.20222 16:00", UNREADABLE),
    ("en", "22.03.202 16:00", UNREADABLE),
    ("en", "22,03,2022 16:00", UNREADABLE),
    ("en", "2022-03/22 16:00", UNREADABLE),
    ("en", "next 22.03.2022 16:00", UNREADABLE),
    ("en", "22 March 2022 2023 16:00", UNREADABLE),
    ("en", "122 March 16:00", UNREADABLE),
    ("en", "March April 22 16:00", UNREADABLE),
    ("de", "Mittwoch nächster Woche morgen 8 Uhr", UNREADABLE),
    ("en", "Friday next week 4 March 16:00", UNREADABLE),
    ("en", "0000-00-00 00:00", UNREADABLE),
    ("en", "9999-12-31 23:59", UNREADABLE),
    # nothing, and nonsense
    ("en", "", UNREADABLE),
    ("en", "   ", UNREADABLE),
    ("en", "\n", UNREADABLE),
    ("en", "?", UNREADABLE),
    ("en", "soon", UNREADABLE),
    ("en", "hello there", UNREADABLE),
    ("en", "2022", UNREADABLE),
    ("en", "16", UNREADABLE),
    ("en", "()", UNREADABLE),
    ("en", "tomorrow (", UNREADABLE),
    ("en", "/cancel", UNREADABLE),
    ("en", "🕓 tomorrow", UNREADABLE),
    ("en", "tomorrow 1️⃣6:00", UNREADABLE),
    ("en", "tomorrow 1\u03386:00", UNREADABLE),
    ("en", "22.03.2022 \u202e00:61", UNREADABLE),
    ("en", "\u200f22.03.2022 16:00", UNREADABLE),
    ("en", "22.03.2022\u200b16:00", UNREADABLE),
    ("en", "tomorrow\x0016:00", UNREADABLE),
    ("en", "tomorrow \ud800", UNREADABLE),
    ("en", "٢٢.٠٣.٢٠٢٢ ١٦:٠٠", UNREADABLE),
    ("en", "２２.０３.２０２２ １６:００", UNREADABLE),
    ("en", "22.03.2022 16:³0", UNREADABLE),
    ("en", "22\N{ARABIC DECIMAL SEPARATOR}03.2022 16:00", UNREADABLE),
    ("en", "1" * 64, UNREADABLE),
    ("en", "1" * 65, TooLong(65, 64)),
    ("en", "tomorrow 16:00 " * 700, TooLong(10_500, 64)),
    ("en", "e" + "\u0301" * 10_000, TooLong(10_001, 64)),
]


@pytest.mark.parametrize(("language", "typed", "error"), REFUSED)
def test_what_is_not_clear_is_refused_with_how_it_was_understood(language: str, typed: str, error: UserError) -> None:
    assert outcome(typed, language) == refusal(error)


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len({typed for typed, _ in READ_BY_ALL} | {typed for _, typed, _ in REFUSED}) >= 200


# --- The year that nobody typed ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "typed", "read"),
    [
        ("2022-12-20", "15.01. 16:00", "2023-01-15 16:00"),
        ("2022-12-20", "15. Januar 16:00", "2023-01-15 16:00"),
        ("2022-12-20", "20.12. 16:00", "2022-12-20 16:00"),
        ("2022-12-20", "20.06. 16:00", "2023-06-20 16:00"),
        ("2022-12-20", "22.06. 16:00", refusal(past("2022-06-22 16:00"))),  # more than half a year ahead
        ("2022-12-20", "19.12. 16:00", refusal(past("2022-12-19 16:00"))),
        ("2023-12-20", "29.02. 16:00", "2024-02-29 16:00"),
        ("2022-12-31", "morgen 16:00", "2023-01-01 16:00"),
    ],
)
def test_a_date_without_a_year_is_the_next_one_if_that_is_soon(
    today: str, typed: str, read: str | tuple[object, ...]
) -> None:
    assert outcome(typed, "de", now=in_berlin(today + " 10:00")) == read


def test_today_is_that_of_the_persons_zone() -> None:
    """At 20:30 in Berlin on the 1st it is already the 2nd in Manila."""
    evening = datetime(2022, 3, 1, 19, 30, tzinfo=UTC)

    moment = read_moment("tomorrow 9:00", evening, "Asia/Manila", "en")

    assert moment == Moment(wall("2022-03-03 09:00"), datetime(2022, 3, 3, 1, tzinfo=UTC))


def test_of_a_time_that_occurs_twice_the_first_is_meant() -> None:
    moment = read_moment("30.10.2022 02:30", NOW, BERLIN, "de")

    assert moment == Moment(wall("2022-10-30 02:30"), datetime(2022, 10, 30, 0, 30, tzinfo=UTC))


# --- What holds for all -----------------------------------------------------------------------

FUTURE = st.datetimes(wall("2022-03-02 00:00"), wall("2024-02-27 00:00")).map(
    lambda local: local.replace(second=0, microsecond=0)
)
ZONES = st.sampled_from([BERLIN, "America/Vancouver", "Asia/Jakarta", "Africa/Accra", "Asia/Manila", "Asia/Kathmandu"])
MONTHS = {language: get_month_names("wide", "format", locale_of(language)) for language in LANGUAGES}
IN_ANY_LANGUAGE = [
    lambda w: f"{w:%Y-%m-%d %H:%M}",
    lambda w: f"{w:%Y-%m-%dT%H:%M}",
    lambda w: f"{w:%d.%m.%Y %H:%M}",
    lambda w: f"{w.day}.{w.month}.{w.year}, {w.hour}:{w:%M} Uhr",
    lambda w: f"{w.day}. {MONTHS['de'][w.month]} {w.year} um {w.hour} Uhr {w:%M}",
    lambda w: f"{w.day} {MONTHS['fr'][w.month]} {w.year} à {w.hour}h{w:%M}",
    lambda w: f"{MONTHS['en'][w.month]} {w.day}, {w.year} {w:%I:%M %p}",
    lambda w: f"{w.hour}:{w:%M} {w.day} {MONTHS['en'][w.month]} {w.year}",
]
DAY_FIRST = [lambda w: f"{w:%d/%m/%Y %H:%M}", lambda w: f"{w:%d-%m-%Y %Hh%M}", lambda w: f"{w:%d/%m/%y %H:%M}"]
PATTERNS = {"en": IN_ANY_LANGUAGE, "de": IN_ANY_LANGUAGE + DAY_FIRST, "fr": IN_ANY_LANGUAGE + DAY_FIRST}


@given(FUTURE, ZONES, st.sampled_from(sorted(LANGUAGES)), st.data())
def test_every_pattern_reads_the_time_that_was_written_with_it(
    local: datetime, zone: str, language: str, data: st.DataObject
) -> None:
    at = existing(local, zone)

    typed = data.draw(st.sampled_from(PATTERNS[language]))(local)

    assert read_moment(typed, NOW, zone, language) == Moment(local, at)


@given(FUTURE, ZONES, st.sampled_from(sorted(LANGUAGES)), st.sampled_from(sorted(LANGUAGES)))
def test_times_as_the_bot_shows_them_can_be_typed(local: datetime, zone: str, shown_in: str, language: str) -> None:
    at = existing(local, zone)

    assert read_moment(dates.in_zone(at, zone, shown_in), NOW, zone, language) == Moment(local, at)


def existing(local: datetime, zone: str) -> datetime:
    """The moment, if clocks do not skip it; else another example is taken."""
    at = to_utc(local, zone)
    assume(not isinstance(at, Skipped))
    return cast("datetime", at)


WORDS = (
    "tomorrow morgen demain heute di mar sept am pm uhr h : . / - , 16 7 22 03 2022 16:00 4pm 22.03. 29.02. 31 march "
    "märz next nächsten prochain friday sonntag so week midnight evening früh à ( ) kl. 24 00 2:30 27.03.2022 noon"
)
PIECES = st.lists(st.one_of(st.sampled_from(WORDS.split()), st.text(max_size=4)), max_size=8)


@given(st.one_of(st.text(), PIECES.map(" ".join), PIECES.map("".join)), ZONES, st.sampled_from(sorted(LANGUAGES)))
def test_any_text_is_refused_in_words_or_read_as_what_is_ahead(typed: str, zone: str, language: str) -> None:
    moment: Moment | None = None
    try:
        moment = read_moment(typed, NOW, zone, language)
    except UserError as error:
        refused = said(error, language)

    if moment is None:
        assert refused.endswith(".")
    else:
        assert NOW < moment.at <= NOW + MOST_AHEAD
        assert to_utc(moment.wall, zone) == moment.at


@given(st.sampled_from([error for _, _, error in REFUSED if isinstance(error, Ambiguous)]))
def test_the_form_that_is_offered_is_the_first_reading(error: Ambiguous) -> None:
    sentence = said(error, "en")

    example = sentence.partition("Send it like ")[2].removesuffix(". Your draft is safe.")

    assert read_moment(example, NOW, BERLIN, "en").at == error.readings[0]


# --- Numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "number"), [("1", 1), ("7", 7), (" 10 ", 10), ("007", 7), ("200", 200)])
def test_whole_numbers_in_range_are_read(typed: str, number: int) -> None:
    assert read_number(typed, 1, 200) == number


@pytest.mark.parametrize(
    "typed",
    ["0", "-1", "201", "1000000000000", "9" * 10_000, "", " ", "seven", "7.5", "7,0", "1e2", "0x7", "+7", "1_0", "7 8",
     "٧", "７", "7️⃣", "²", "−7", "NaN", "\x007"],
)  # fmt: skip
def test_everything_else_is_refused_with_the_range(typed: str) -> None:
    with pytest.raises(NotInRange) as refused:
        read_number(typed, 1, 200)

    assert refused.value.args == (1, 200)


@given(st.integers(-(10**20), 10**20))
def test_a_number_is_read_exactly_if_it_is_in_range(number: int) -> None:
    if 1 <= number <= 200:
        assert read_number(str(number), 1, 200) == number
    else:
        with pytest.raises(NotInRange):
            read_number(str(number), 1, 200)
