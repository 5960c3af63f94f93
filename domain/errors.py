"""A "no" that can come from anywhere. What a decision expects is an outcome, not an exception."""


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
        """`expected`: what would be readable: "text", "link", "zone", "leads", "file"."""
        super().__init__(expected)
        self.expected = expected
