"""How every question of a dialog looks: the step, the question, the way back and out."""

from domain.buttons.dialogs import Back, Cancel, Skip
from messages.languages import speaker
from messages.markup import Button, Html, Message, Row, join, rows


def question(
    text: Html,
    language: str,
    *,
    step: int,
    of: int,
    revision: int,
    choices: tuple[Row, ...] = (),
    skippable: bool = False,
) -> Message:
    """One question, e.g. "2 of 4"; *Back* from the second step on, *Skip* where an answer is not required."""
    say = speaker(language)
    counted = say("<i>{step} of {of}</i>", step=step, of=of)
    skip = Button(say.plain("Skip"), Skip(revision)) if skippable else None
    back = (Button(say.plain("Back"), Back(revision)),) if step > 1 else ()
    return Message(join([counted, text], "\n\n"), rows(*choices, skip, (*back, Button(say.plain("Cancel"), Cancel()))))
