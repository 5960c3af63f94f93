"""What each kind of delivery is called where organisers read of it."""

from collections.abc import Mapping

from messages.languages import Speaker


def kind_of(kind: str, say: Speaker) -> str:
    """What sort of message it was; a sort that this version does not know is shown as it is stored."""
    known = {**_answers(say), **_events(say), **_people(say), **_chats(say)}
    return known.get(kind) or kind.replace("_", " ")


def _answers(say: Speaker) -> Mapping[str, str]:
    """What somebody gets for a press or a command of their own."""
    return {
        "reply": say.plain("An answer"),
        "toast": say.plain("A notice over the screen"),
        "sorry": say.plain("An apology after an error"),
        "calendar": say.plain("A calendar file"),
        "calendar_address": say.plain("The address of a calendar"),
        "export": say.plain("A file"),
        "own_data": say.plain("A copy of somebody's own data"),
        "erasure": say.plain("The last word to somebody whose data are deleted"),
        "web_link": say.plain("A link to the organisers' pages"),
        "homepage_secret": say.plain("The secret for the conference homepage"),
        "menu": say.plain("The menu of commands"),
    }


def _events(say: Speaker) -> Mapping[str, str]:
    """What webinars and sessions bring."""
    return {
        "reminder": say.plain("A reminder"),
        "change": say.plain("News of a webinar"),
        "session_change": say.plain("News of a session"),
        "registration": say.plain("News of a registration"),
        "share": say.plain("A shared card"),
        "ask": say.plain("A question about a session"),
        "minutes": say.plain("Minutes of a session"),
        "feedback": say.plain("A survey after a webinar"),
        "recording": say.plain("A recording"),
        "slides": say.plain("Slides"),
        "summary": say.plain("The summary of a survey"),
        "answer": say.plain("An answer of the speakers"),
        "talk": say.plain("News of a talk"),
    }


def _people(say: Speaker) -> Mapping[str, str]:
    """What comes of what people do."""
    return {
        "card": say.plain("A card"),
        "decision": say.plain("News of a request"),
        "invite": say.plain("News of an invitation"),
        "role": say.plain("News of a role"),
        "removal": say.plain("News of a removal"),
        "review": say.plain("News of a result"),
        "comment": say.plain("A comment on a result"),
        "coauthor": say.plain("A question to a co-author"),
        "round": say.plain("A reminder of a deadline"),
        "broadcast": say.plain("A broadcast"),
        "progress": say.plain("The progress of a broadcast"),
        "digest": say.plain("The weekly summary"),
        "alarm": say.plain("An alarm"),
        "publication": say.plain("Trouble with a publication"),
    }


def _chats(say: Speaker) -> Mapping[str, str]:
    """What stands in chats and in the channel, and what is done there."""
    return {
        "group_card": say.plain("A card in a group"),
        "chat_note": say.plain("A note about a group's chat"),
        "chat_post": say.plain("A post in a group's chat"),
        "chat_call": say.plain("A step in a group's chat"),
        "door": say.plain("A word to somebody who asks into a group's chat"),
        "channel_post": say.plain("A post in the channel"),
        "channel_call": say.plain("The deletion of a post in the channel"),
        "file": say.plain("The file of a result, for the public page"),
    }
