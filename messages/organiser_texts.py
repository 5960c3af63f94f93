"""What the organisers' pages say of the texts of the public page."""

from typing import assert_never

from domain.pages import Note
from messages.languages import speaker


def title(note: Note, language: str) -> str:
    """What a text is called."""
    say = speaker(language).plain
    match note:
        case Note.NAME:
            return say("Name of the page")
        case Note.ABOUT:
            return say("What this is")
        case Note.CONTACT:
            return say("Contact the organisers")
        case Note.PRIVACY:
            return say("Privacy")
        case Note.IMPRINT:
            return say("Imprint")
        case _:
            assert_never(note)


def purpose(note: Note, language: str) -> str:
    """Where it stands."""
    say = speaker(language).plain
    match note:
        case Note.NAME:
            return say("At the top of every page, and in feeds.")
        case Note.ABOUT:
            return say("The first words of the start page.")
        case Note.CONTACT:
            return say(
                "Where “Contact the organisers” leads, at the foot of every page and in the bot; without it, to the "
                "imprint."
            )
        case Note.PRIVACY:
            return say("The privacy notice; what the bot keeps is told below it by itself.")
        case Note.IMPRINT:
            return say("Who is responsible for the page, as the law asks.")
        case _:
            assert_never(note)


def limit(most: int, language: str) -> str:
    """How long it may be."""
    return speaker(language).plain("{most} characters at most. Empty takes it off the page.", most=most)


def too_long(length: int, most: int, language: str) -> str:
    """Nothing is saved, nothing is lost."""
    say = speaker(language)
    return say.plain(
        "That is too long: {length} characters, {most} at most. It is not saved.", length=length, most=most
    )


def overtaken(language: str) -> str:
    """Two wrote at once."""
    return speaker(language).plain(
        "Somebody else has changed this text meanwhile. Yours is not saved yet: it stands in the form. If you save it, "
        "it takes the place of theirs."
    )
