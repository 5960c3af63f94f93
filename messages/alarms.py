"""What owners are told when something needs them."""

from messages.languages import speaker
from messages.markup import Message


def alarm(name: str, detail: str, language: str) -> Message:
    """One alarm; `name` is the machine name that services use."""
    say = speaker(language)
    match name:
        case "dead_letter":
            return Message(
                say("A message could not be handled after three attempts. Reference: {detail}", detail=detail)
            )
        case "bad_markup":
            return Message(say("A text of ours was refused by Telegram and went out plain: {detail}", detail=detail))
        case _:
            return Message(say("Attention: {detail}", detail=detail))
