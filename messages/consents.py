"""The words one agrees to when one follows something, and what is said about it afterwards."""

from domain.consents import Consent
from messages import dates
from messages.languages import speaker
from messages.markup import Html


def words(language: str) -> Html:
    """Stands above the choices by which one agrees; what it says has a version: `domain.consents.WORDING`."""
    say = speaker(language)
    return say("By choosing, you agree to reminders and announcements of what you follow. /stop ends them at any time.")


def given(consent: Consent | None, zone: str, language: str) -> Html:
    """The line on `/privacy`."""
    say = speaker(language)
    if consent is None:
        return say("You have not agreed to any reminders or announcements.")
    when = dates.in_zone(consent.at, zone, language)
    if consent.given:
        return say("You agreed to reminders and announcements of what you follow: {when}.", when=when)
    return say("You took back your consent to reminders and announcements: {when}.", when=when)
