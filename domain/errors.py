"""A "no" that can come from anywhere. What a decision expects is an outcome, not an exception."""

from datetime import date, datetime, time


class UserError(Exception):
    """Something a person can understand and act on; texts are in `messages.errors`."""


class NotAllowed(UserError):
    """The right is missing. Also said when the object does not exist, so that nobody can probe."""


class NotFound(UserError):
    """What was asked for is not there, and everybody may know that."""


class OutOfDate(UserError):
    """A button of a card that shows an older state."""


class TooLong(UserError):
    """A typed text exceeds its limit."""

    def __init__(self, length: int, most: int) -> None:
        super().__init__(length, most)
        self.length = length
        self.most = most


class NotReadable(UserError):
    """A typed text is not what the question asks for."""

    def __init__(self, expected: str) -> None:
        """`expected`: what would be readable: "text", "link", "zone", "leads", "file", "moment"."""
        super().__init__(expected)
        self.expected = expected


class NotInRange(UserError):
    """A typed number is none, or not one of `least` to `most`."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(least, most)
        self.least = least
        self.most = most


class NotThatTime(UserError):
    """A typed date and time cannot be taken; each kind says how it was understood."""


class DayMissing(NotThatTime):
    """A time of day without a day."""

    def __init__(self, clock: time) -> None:
        super().__init__(clock)
        self.clock = clock


class TimeMissing(NotThatTime):
    """A day without a time of day."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class NoSuchDay(NotThatTime):
    """A day that no calendar has, such as 30 February."""

    def __init__(self, day: int, month: int, year: int) -> None:
        super().__init__(day, month, year)
        self.day = day
        self.month = month
        self.year = year


class NoSuchClock(NotThatTime):
    """A time that no clock shows, such as 25:00."""

    def __init__(self, hour: int, minute: int) -> None:
        super().__init__(hour, minute)
        self.hour = hour
        self.minute = minute


class OtherWeekday(NotThatTime):
    """The typed weekday (Monday is 0) is not that of the typed day."""

    def __init__(self, weekday: int, day: date) -> None:
        super().__init__(weekday, day)
        self.weekday = weekday
        self.day = day


class Ambiguous(NotThatTime):
    """Typed so that it may mean any of these moments (aware, in order; one is "do you mean that?")."""

    def __init__(self, readings: tuple[datetime, ...], zone: str) -> None:
        super().__init__(readings, zone)
        self.readings = readings
        self.zone = zone


class ClocksSkip(NotThatTime):
    """A local time (naive) that clocks in `zone` skip: they go from `gap_from` to `gap_to`."""

    def __init__(self, wall: datetime, gap_from: datetime, gap_to: datetime, zone: str) -> None:
        super().__init__(wall, gap_from, gap_to, zone)
        self.wall = wall
        self.gap_from = gap_from
        self.gap_to = gap_to
        self.zone = zone


class Past(NotThatTime):
    """The moment (aware) is over."""

    def __init__(self, at: datetime, zone: str) -> None:
        super().__init__(at, zone)
        self.at = at
        self.zone = zone


class TooFarAhead(NotThatTime):
    """The moment (aware) is further ahead than anything is planned."""

    def __init__(self, at: datetime, zone: str) -> None:
        super().__init__(at, zone)
        self.at = at
        self.zone = zone
