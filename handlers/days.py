"""Which day a phrase means: one, or all that it may mean."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.errors import NoSuchDay, NotReadable, OtherWeekday
from handlers import vocabulary as words
from handlers.phrases import Month, Number, Numeric, Pair, Phrase

SOON = timedelta(days=183)
"""A date without a year that is over this year means next year's only if that is not further away."""


@dataclass(frozen=True)
class Days:
    """Days that may be meant, whether that was said clearly, and the numbers that are not part of it."""

    found: tuple[date, ...]
    sure: bool
    left: tuple[Number | Pair, ...]


def choose_days(heard: Phrase, today: date, language: str) -> Days:
    """The day; raises NotReadable, NoSuchDay, OtherWeekday."""
    said = len(heard.dates) + len(heard.months) + len(heard.days_ahead)
    if said > 1 or len(heard.weekdays) > 1 or len(heard.modifiers) > len(heard.weekdays):
        raise NotReadable("moment")
    days = _said(heard, today, language)
    if not (heard.weekdays and days.found):
        return days
    # "Next Friday, 25 March" is that date; tomorrow, or a day of next week, has to be the one that is also said.
    both = (said and words.NEXT_WEEK in heard.modifiers) or (heard.days_ahead and heard.modifiers)
    if both and not set(days.found) & set(_by_weekday(heard, today)):
        raise NotReadable("moment")
    return replace(days, found=_agreeing(days.found, heard.weekdays[0]))


def _said(heard: Phrase, today: date, language: str) -> Days:
    left = _rest(heard.numbers, heard.pairs)
    if heard.dates:
        return _in_digits(heard.dates[0], left, today, language)
    if heard.months:
        found, numbers = _in_words(heard.months[0], heard.numbers, today)
        return Days((found,), True, _rest(numbers, heard.pairs))
    if heard.days_ahead:
        return Days((today + timedelta(days=heard.days_ahead[0]),), True, left)
    if heard.pairs and (heard.clocks or heard.midnights):
        pair = heard.pairs[0]
        rest = _rest(heard.numbers, heard.pairs[1:])
        return _in_digits(Numeric(pair.first, int(pair.second), None, "."), rest, today, language)
    if heard.weekdays:
        return Days(_by_weekday(heard, today), True, left)
    return Days((), False, left)


def _rest(numbers: Sequence[Number], pairs: Sequence[Pair]) -> tuple[Number | Pair, ...]:
    rest: list[Number | Pair] = [*numbers, *pairs]
    return tuple(rest)


def _in_digits(typed: Numeric, left: tuple[Number | Pair, ...], today: date, language: str) -> Days:
    """Days that the digits may mean; not clear if only an order makes sense that the language does not use."""
    day_first, month_first = (typed.first, typed.second), (typed.second, typed.first)
    if typed.separator == "-" and not typed.year_first and (typed.year is None or len(typed.year) == 2):
        raise NotReadable("moment")  # 22-03-23 may begin with a year, 22-03 may be a range
    # Dots with a year are day first everywhere; 05.06. and 05/06/2022 are not, in English.
    unsettled = language == "en" and not typed.year_first and (typed.separator != "." or typed.year is None)
    orders = dict.fromkeys([day_first, month_first] if unsettled else [day_first])
    possible = [order for order in orders if 1 <= order[1] <= 12]
    sure = bool(possible)
    if not possible and not typed.year_first and 1 <= month_first[1] <= 12:
        possible = [month_first]
    if not possible:
        raise NotReadable("moment")
    years = _years(typed.year, today)
    found = [known for day, month in possible if (known := _first_ahead(day, month, years, today))]
    if not found:
        raise NoSuchDay(*possible[0], years[0])
    return Days(tuple(found), sure, left)


def _in_words(month: Month, numbers: Sequence[Number], today: date) -> tuple[date, list[Number]]:
    """The day of "22 March 2022", "March 22", "22. März": the number beside the month; and the numbers left over."""
    before, after = list(numbers[: month.place]), list(numbers[month.place :])
    if before and not before[-1].is_year:
        day = before.pop()
    elif after and not after[0].is_year:
        day = after.pop(0)
    else:
        raise NotReadable("moment")
    rest = before + after
    typed = [number.digits for number in rest if number.is_year]
    if len(typed) > 1 or len(day.digits) > 2:
        raise NotReadable("moment")
    years = _years(typed[0] if typed else None, today)
    found = _first_ahead(int(day.digits), month.number, years, today)
    if found is None:
        raise NoSuchDay(int(day.digits), month.number, years[0])
    return found, [number for number in rest if not number.is_year]


def _years(typed: str | None, today: date) -> tuple[int, ...]:
    """The year that was typed ("22" is in this century), else this one and the next."""
    if typed is None:
        return today.year, today.year + 1
    year = int(typed) if len(typed) == 4 else today.year // 100 * 100 + int(typed)
    if abs(year - today.year) > 100:
        raise NotReadable("moment")
    return (year,)


def _first_ahead(day: int, month: int, years: Sequence[int], today: date) -> date | None:
    """That day of the first year in which it is not over, if that is soon; else of the first that has it."""
    known = [found for year in years if (found := _date(year, month, day))]
    ahead = [found for found in known if found >= today and (found.year == years[0] or found - today <= SOON)]
    return next(iter(ahead or [found for found in known if found.year == years[0]]), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _by_weekday(heard: Phrase, today: date) -> tuple[date, ...]:
    """Coming days of that name; several where people differ on which one "next Friday" is."""
    modifier = heard.modifiers[0] if heard.modifiers else None
    found = {day for weekday in heard.weekdays[0] for day in _called(weekday, modifier, today)}
    return tuple(sorted(found))


def _called(weekday: int, modifier: str | None, today: date) -> set[date]:
    ahead = (weekday - today.weekday()) % 7
    coming, week = today + timedelta(days=ahead or 7), timedelta(days=7)
    in_this_week = today + timedelta(days=weekday - today.weekday())
    match modifier:
        case words.NEXT:
            return {coming, in_this_week + week}
        case words.NEXT_WEEK:  # for some a week begins on Sunday
            from_sunday = today + timedelta(days=(weekday + 1) % 7 - (today.weekday() + 1) % 7)
            return {in_this_week + week, from_sunday + week}
        case words.THIS:
            return {coming, in_this_week}
        case _:
            return {coming} if ahead else {today, coming}


def _agreeing(found: Sequence[date], weekdays: Set[int]) -> tuple[date, ...]:
    """Those that are on the weekday that was typed with them; raises OtherWeekday."""
    agreeing = tuple(day for day in found if day.weekday() in weekdays)
    if not agreeing:
        raise OtherWeekday(min(weekdays), found[0])
    return agreeing
