"""What those who run a group are told about its chat: what happened, what is kept, what to do."""

from collections.abc import Collection

from domain.buttons.groups import ShowGroup
from domain.buttons.manage import ManageSection, Section
from domain.chats import Right
from domain.groups import Group
from messages import groups
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, join, render, rows


def note(
    name: str, group: Group, title: str, language: str, *, person: str = "", missing: Collection[str] = ()
) -> Message:
    """One note; `name` is what services call it, `title` that of the chat."""
    say = speaker(language)
    text = _said(name, groups.name(group, language), title, person, say)
    if missing:
        text = join([text, rights_missing(missing, language)], "\n\n")
    if name == "seat_gone":
        return Message(text, rows(Button(say.plain("Show the group"), ShowGroup(group.id))))
    return Message(text, rows(Button(say.plain("Group chat"), ManageSection(group.id, Section.CHAT))))


def _said(name: str, group: Html, title: str, person: str, say: Speaker) -> Html:
    match name:
        case "linked":
            return say("{group} now has a chat: “{title}”.", group=group, title=title)
        case "moved":
            return say("{group} has moved to another chat: “{title}”.", group=group, title=title)
        case "unlinked":
            return say("{group} and the chat “{title}” are no longer linked.", group=group, title=title)
        case "detached":
            return say(
                "I was removed from “{title}”, the chat of {group}. Nothing is posted there any more; reminders "
                "go on in private. Add me again and everything continues; there is no need for a new code.",
                group=group,
                title=title,
            )
        case "back":
            return say("I am back in “{title}”, the chat of {group}.", group=group, title=title)
        case "rights":
            return say("In “{title}”, the chat of {group}, I may not do everything.", group=group, title=title)
        case "topic_closed":
            return say(
                "The topic of {group} in “{title}” is closed. What is new goes to the general topic until it is "
                "open again.",
                group=group,
                title=title,
            )
        case "topic_gone":
            return say(
                "The topic of {group} in “{title}” does not exist any more. What is new goes to the general topic; "
                "link another topic with a new code if you like.",
                group=group,
                title=title,
            )
        case "left_chat":
            return say(
                "{person} is no longer in the chat of {group}, and has given the seat back by that.",
                person=person,
                group=group,
            )
        case "seat_gone":
            return say(
                "You are no longer in the chat of {group}, so your seat there is free again. To come back, ask to "
                "join.",
                group=group,
            )
        case "left_chat_only":
            return say(
                "{person} is no longer in “{title}”, the chat of {group}, and still takes part in the group.",
                person=person,
                group=group,
                title=title,
            )
        case _:
            return say(
                "{person} is no longer in {group}, but still in “{title}”: I may not remove them there.",
                person=person,
                group=group,
                title=title,
            )


def rights_missing(missing: Collection[str], language: str) -> Html:
    """Which of Telegram's rights are missing, what does not work without, and what to do."""
    say = speaker(language)
    lines = [render("• {line}", line=_lacking(right, say)) for right in missing]
    heading = say("Missing:")
    if Right.WRITE.value in missing:
        todo = say("Allow me to write, or make me an administrator with these rights.")
    else:
        todo = say("An administrator of the chat can give me these rights: Edit, Administrators.")
    return join([heading, *lines, todo])


def _lacking(right: str, say: Speaker) -> Html:
    match right:
        case Right.INVITE.value:
            return say("“Invite users via link”: I cannot let members in.")
        case Right.PIN.value:
            return say("“Pin messages”: I cannot pin the board.")
        case Right.RESTRICT.value:
            return say("“Ban users”: whoever leaves the group stays in the chat.")
        case _:
            return say("“Send messages”: I cannot write there at all.")
