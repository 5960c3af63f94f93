"""How the conference homepage is set up in the cockpit."""

from domain.buttons.organise import Organise
from domain.buttons.publications import DropHomepage, EditHomepage, RenewSecret
from messages.dialogs import question
from messages.languages import speaker
from messages.markup import Button, Message, join, render, rows


def section(host: str | None, *, may_set: bool, language: str) -> Message:
    """Where notices go. `host`: None where they go nowhere."""
    say = speaker(language)
    does = say(
        "When a result is published, corrected or withdrawn, a signed notice is posted to the conference homepage. "
        "What it says: docs/homepage-webhook.md."
    )
    where = say("Notices go to {host}.", host=host) if host else say("No address is set: nothing is sent.")
    parts = [say("<b>Conference homepage</b>"), does, where]
    if not may_set:
        parts.append(say("Only owners of the bot can change that."))
    change = say.plain("Change the address") if host else say.plain("Set the address")
    edit = Button(change, EditHomepage()) if may_set else None
    others = (Button(say.plain("New secret"), RenewSecret()), Button(say.plain("Send nothing"), DropHomepage()))
    cockpit = Button(say.plain("Cockpit"), Organise(0))
    return Message(join(parts, "\n\n"), rows(edit, others if may_set and host else None, cockpit))


def ask_address(revision: int, language: str) -> Message:
    """The question."""
    say = speaker(language)
    text = say("To which address are notices posted? It begins with https://.")
    return question(text, language, step=1, of=1, revision=revision)


def secret(value: str, language: str) -> Message:
    """The secret, once."""
    say = speaker(language)
    text = say(
        "With this secret the notices for the conference homepage are signed. Give it to whoever runs the homepage, "
        "then delete this message: it is not shown again."
    )
    return Message(join([text, render("<code>{value}</code>", value=value)], "\n\n"))


def is_set(language: str) -> str:
    """After the address was typed."""
    return speaker(language).plain("Noted. Notices go there from now on.")


def renewed(language: str) -> str:
    """The toast after *New secret*."""
    return speaker(language).plain("A new secret counts from now on. It comes as a message.")


def dropped(language: str) -> str:
    """The toast after *Send nothing*."""
    return speaker(language).plain("Nothing is sent any more.")
