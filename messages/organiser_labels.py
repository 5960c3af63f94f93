"""The fixed words of the organisers' pages: headings, labels, buttons."""

from collections.abc import Callable, Mapping
from functools import cache
from types import SimpleNamespace

from messages.languages import speaker

Say = Callable[[str], str]


@cache
def labels(language: str) -> SimpleNamespace:
    """By the names that the templates use."""
    say = speaker(language).plain
    return SimpleNamespace(
        **_frame(say), **_groups(say), **_lists(say), **_programme(say), **_texts(say), **_charts(say)
    )


def _frame(say: Say) -> Mapping[str, str]:
    """What stands around every page, and at the door."""
    return {
        "skip": say("Skip to the content"),
        "pages": say("Pages"),
        "organisers": say("Organisers"),
        "public_page": say("Public page"),
        "signed_in": say("Signed in as"),
        "sign_out": say("Sign out"),
        "everywhere": say("Sign out everywhere"),
        "door": say("Sign in"),
        "not_signed_in": say(
            "Send /organise to the bot on Telegram and press “Open in the browser”. The link works once, within 5 "
            "minutes, for organisers."
        ),
        "link_is_used": say("This link does not work, or not any more. Ask the bot for a fresh one with /organise."),
        "enter_text": say("You are about to sign in on this device for 8 hours. The link works once."),
        "enter": say("Sign in on this device"),
        "signed_out_text": say("You are signed out."),
        "not_found": say("There is no such page"),
        "refused": say("That did not work"),
        "stale_form": say("This page was too old, or the request did not come from it. Go back, reload, try again."),
        "too_large": say("That is too much at once: 1 MB at most."),
        "back": say("Back"),
        "previous": say("Previous"),
        "next": say("Next"),
        "turn": say("Further pages"),
    }


def _groups(say: Say) -> Mapping[str, str]:
    """Overview, people, results."""
    return {
        "overview": say("Overview"),
        "group": say("Group"),
        "light": say("Light"),
        "reasons": say("Reasons"),
        "members": say("Members"),
        "quota": say("Quota"),
        "webinars": say("Webinars"),
        "webinars_wanted": say("Webinars expected of each group:"),
        "results": say("Results"),
        "next_session": say("Next session"),
        "requests": say("Open requests"),
        "reviews": say("Open reviews"),
        "none": say("none"),
        "no_groups": say("There are no working groups yet."),
        "people": say("People"),
        "name": say("Name"),
        "language": say("Language"),
        "roles": say("Roles"),
        "reach": say("Reachability"),
        "search": say("Search"),
        "search_label": say("Part of a name"),
        "nobody": say("Nobody is called so."),
        "met": say("people known to the bot"),
        "reached": say("can be reached"),
        "never_started": say("never pressed Start"),
        "blocked": say("have blocked the bot"),
        "stopped": say("have stopped all messages"),
        "queue": say("Results to review and publish"),
        "nothing_waits": say("Nothing waits."),
        "by": say("By"),
        "submitted": say("Handed in"),
        "version": say("Version"),
        "link": say("Address"),
        "file_in_chat": say("The file is in the chat:"),
        "accept": say("Accept"),
        "ask_changes": say("Ask for changes"),
        "what_to_change": say("What is to be changed"),
        "publish": say("Publish"),
        "own": say("You wrote this: somebody else decides."),
    }


def _lists(say: Say) -> Mapping[str, str]:
    """Broadcasts, deliveries, audit."""
    return {
        "broadcasts": say("Broadcasts"),
        "no_broadcasts": say("Nothing was sent to many yet. Write one with /broadcast in the chat."),
        "for_whom": say("For"),
        "state": say("State"),
        "author": say("Author"),
        "progress": say("Progress"),
        "live": say("Refresh every 5 seconds"),
        "not_live": say("Stop refreshing"),
        "is_live": say("This page refreshes itself every 5 seconds."),
        "stop": say("Stop"),
        "send_again": say("Send again to those who may not have it"),
        "deliveries": say("What failed"),
        "dead": say("Not handled"),
        "dead_text": say("Messages from people that the bot could not handle."),
        "undelivered": say("Not arrived"),
        "undelivered_text": say("Messages of the bot that did not arrive, or of which nobody knows."),
        "nothing_left": say("Nothing is left here."),
        "when": say("When"),
        "from": say("From"),
        "to": say("To"),
        "what": say("What"),
        "error": say("Error"),
        "reference": say("Reference"),
        "again": say("Try again"),
        "resend": say("Send again"),
        "happened": say("What happened"),
        "only_owners_resend": say("Owners can have them sent again."),
        "only_owners": say("Owners can have them handled once more."),
        "audit": say("Who did what"),
        "done": say("What was done"),
        "changes": say("Changes"),
    }


def _programme(say: Say) -> Mapping[str, str]:
    """The programme as a table and as files."""
    return {
        "programme": say("Programme"),
        "title": say("Title"),
        "start": say("Start"),
        "minutes": say("Minutes"),
        "no_webinars": say("There are no webinars yet."),
        "export": say("Take it away"),
        "as_yaml": say("Everything (YAML)"),
        "as_csv": say("Webinars for a spreadsheet (CSV)"),
        "take_file": say("Take over from a file"),
        "import_text": say(
            "YAML or CSV, 1 MB at most. First you see what would change; nothing is saved before you confirm. What the "
            "file does not name stays as it is."
        ),
        "file": say("File"),
        "preview": say("Show what would change"),
        "previewed": say("What would change"),
        "findings": say("The file cannot be taken over. Nothing was changed."),
        "groups_added": say("groups new"),
        "groups_changed": say("groups changed"),
        "webinars_added": say("webinars new"),
        "webinars_changed": say("webinars changed"),
        "unchanged": say("as before"),
        "take_over": say("Take it over"),
        "followers_told": say("Followers of a webinar that moves are told at once."),
    }


def _texts(say: Say) -> Mapping[str, str]:
    """The texts of the public page."""
    return {
        "texts": say("Texts of the page"),
        "texts_text": say(
            "What the public page says of itself. Who reads a language without a text of its own gets the English one, "
            "or else any other."
        ),
        "text": say("Text"),
        "not_written": say("not written"),
        "edit": say("Edit"),
        "save": say("Save"),
        "look_first": say("Preview"),
        "look": say("As the public page shows it"),
        "not_saved_yet": say("This is not saved yet."),
        "theirs": say("On the page now"),
        "taken_off": say("Nothing: it was taken off."),
        "paragraphs": say(
            "An empty line begins a new paragraph; addresses of the web (https://…) and of mail become links."
        ),
        "all_texts": say("All texts"),
    }


def _charts(say: Say) -> Mapping[str, str]:
    """Charts and the tables beside them."""
    return {
        "charts": say("Charts"),
        "sign_ups": say("Sign-ups per day"),
        "sign_ups_text": say("New wishes to be reminded, registrations and requests to join; days in UTC."),
        "reminders": say("Reminders per day"),
        "reminders_text": say("Reminders that arrived; days in UTC. Sent messages are kept for 30 days."),
        "attendance": say("Attendance of sessions"),
        "no_sessions": say("No session is over yet."),
        "results_per_group": say("Results per group"),
        "day": say("Day"),
        "number": say("Number"),
        "session": say("Session"),
        "said_yes": say("Said yes"),
        "took_part": say("Took part"),
        "handed_in": say("Handed in"),
        "published": say("Published"),
        "as_table": say("As a table"),
    }
