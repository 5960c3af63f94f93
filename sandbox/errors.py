"""How Telegram refuses: status, words, parameters."""

from sandbox.state import Json


class ApiError(Exception):
    """A refusal as the Bot API answers it; `parameters` may hold retry_after or migrate_to_chat_id."""

    def __init__(self, status: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad_request(words: str) -> ApiError:
    """Return the most frequent refusal: 400, with "Bad Request: " before the words."""
    return ApiError(400, f"Bad Request: {words}")


class InvalidObject(AssertionError):
    """The sandbox itself made an object that the official schema does not know: a bug of the sandbox."""
