"""What is said about one's own data: what is stored, the copy, and the end of it."""

from collections.abc import Mapping, Sequence

from domain.buttons.privacy import AskErase, Erase, TakeOwnData
from domain.buttons.screens import Open, Page
from domain.erasing import LastOwner
from messages.languages import Speaker, speaker
from messages.markup import Attachment, Button, Html, Message, join, rows
from messages.ways import home


def privacy(agreed: Html | None, language: str) -> Message:
    """What is stored, why, how long, who sees it; in private with what they agreed to and the ways to their data."""
    say = speaker(language)
    parts = [
        say("<b>What is stored about you, and why</b>"),
        say(
            "Your Telegram number and name, your language and time zone: to write to you in the right words at the "
            "right time."
        ),
        say("What you follow and when you want to be reminded: to remind you. It ends when you say /stop."),
        *([agreed] if agreed else []),
        say(
            "What you send in: applications (seen by the coordinators of that group) and results (seen by the "
            "coordinators; published ones by everybody)."
        ),
        say(
            "Around sessions and talks: whether you will come and whether you were there, your votes on a time, points "
            "you propose, and what you tell about a talk. The coordinators of the group see it, its members what is "
            "meant for them."
        ),
        say("Your registrations for webinars: to keep your place. Those who run a webinar see your name on its list."),
        say(
            "Your questions to speakers: those who moderate see your name. What you say about a webinar afterwards: it "
            "is counted without your name."
        ),
        say("In the chat of a working group: whether you are in it, so that seats and chat stay in step."),
        say("The raw messages that Telegram hands over are deleted 7 days after they were answered."),
        say("Nobody else receives any of this. You can take a copy of it away, and have it deleted, at any time."),
    ]
    if agreed is None:
        return Message(join(parts, "\n\n"))
    own = (Button(say.plain("My data"), TakeOwnData()), Button(say.plain("Delete me"), AskErase()))
    return Message(join(parts, "\n\n"), rows(own, home(say)))


def ordered(language: str) -> str:
    """The toast: the file comes as a message of its own."""
    return speaker(language).plain("Your data comes as a file in a moment.")


def own_data(counts: Mapping[str, int], attachment: Attachment, language: str) -> Message:
    """The file, and in words what is in it. `counts`: how many entries there are, by the name of the table."""
    say = speaker(language)
    lines = [
        say("{what}: {count}", what=what, count=counts[table]) for table, what in _parts(say).items() if counts[table]
    ]
    text = say("<b>Everything that is stored about you</b>, as a file that programs read (JSON).")
    return Message(join([text, join(lines)], "\n\n"), attachment=attachment)


def _parts(say: Speaker) -> Mapping[str, str]:
    """What the tables are about that people would look for."""
    return {
        "seats": say.plain("Seats in working groups"),
        "applications": say.plain("Requests to join"),
        "roles": say.plain("Roles"),
        "subscriptions": say.plain("What you follow"),
        "registrations": say.plain("Registrations"),
        "answers": say.plain("Answers to sessions"),
        "votes": say.plain("Votes on times"),
        "agenda": say.plain("Points for agendas"),
        "talks": say.plain("Talks"),
        "questions": say.plain("Questions to speakers"),
        "feedback": say.plain("Feedback"),
        "results": say.plain("Interim results"),
        "minutes": say.plain("Minutes"),
        "broadcasts": say.plain("Announcements"),
        "outbox": say.plain("Messages to you"),
        "inbox": say.plain("Messages from you, as Telegram hands them over"),
    }


def ask_erase(group_codes: Sequence[str], language: str) -> Message:
    """The first of two steps: what goes, and what stays."""
    say = speaker(language)
    parts = [
        say("<b>Delete everything about you?</b>"),
        say(
            "Your name, settings, subscriptions, requests, answers, votes, drafts and results that are not published "
            "are deleted for good. Nobody can bring them back."
        ),
    ]
    if group_codes:
        codes = ", ".join(group_codes)
        parts.append(say("You leave {groups}; your seat goes to whoever waits for it.", groups=codes))
    parts.append(say("Published results, minutes and points that a group has taken up stay, without your name."))
    yes, no = Button(say.plain("Yes, delete me"), Erase()), Button(say.plain("Back"), Open(Page.PRIVACY))
    return Message(join(parts, "\n\n"), rows(yes, no))


def being_erased(language: str) -> Message:
    """After the second step: it has begun."""
    say = speaker(language)
    return Message(say("Your data is being deleted. You will be told when it is done."))


def refused(why: LastOwner, language: str) -> Message:
    """Why it cannot be done yet."""
    del why
    say = speaker(language)
    text = say(
        "You are the only owner: without you nobody could give roles any more. Make somebody else an owner first "
        "(/organise, Roles). Nothing has been deleted."
    )
    return Message(text, rows(Button(say.plain("Back"), Open(Page.PRIVACY))))


def erased(language: str) -> Message:
    """The last word."""
    say = speaker(language)
    text = say(
        "Everything about you is deleted. The messages in this chat are in your Telegram only; you can delete the "
        "chat. If you write to me again, we begin anew."
    )
    return Message(text)


def erased_on_request(language: str) -> Message:
    """The last word to somebody for whom the organisers did it."""
    say = speaker(language)
    text = say(
        "The organisers have deleted everything about you, on request. The messages in this chat are in your Telegram "
        "only; you can delete the chat. If you write to me again, we begin anew."
    )
    return Message(text)
