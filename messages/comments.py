"""What is said about comments on results."""

from collections.abc import Mapping, Sequence

from domain.buttons.results import AddComment, ListComments, ShowResult
from domain.comments import MOST_COMMENT, MOST_COMMENTS, Comment
from domain.paging import ListPage
from domain.results import Result
from messages import dates, dialogs
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, join, render, rows
from messages.turning import by_time


def ask(title: str, revision: int, language: str) -> Message:
    """What is to be said?"""
    say = speaker(language)
    text = say(
        "<b>{title}</b>\n\nWhat do you want to say? Those who wrote it and those who review it see it with your name. "
        "At most {most} characters.",
        title=title,
        most=MOST_COMMENT,
    )
    return dialogs.question(text, language, step=1, of=1, revision=revision)


def added(title: str, result_id: int, language: str) -> Message:
    """After it was typed."""
    say = speaker(language)
    return Message(say("Your comment on <b>{title}</b> is sent.", title=title), rows(_show(result_id, say)))


def too_many(language: str) -> str:
    """No more from this person."""
    return speaker(language).plain("You have made {most} comments on this. That is enough here.", most=MOST_COMMENTS)


def closed(language: str) -> str:
    """Nothing to talk about."""
    return speaker(language).plain("There is nothing to comment on at the moment.")


def refused(text: str, result_id: int, language: str) -> Message:
    """The same after the comment was typed."""
    say = speaker(language)
    said = render("{text}", text=text)
    return Message(join([said, say("Your words were not sent.")]), rows(_show(result_id, say)))


def news(result: Result, comment: Comment, name: str, language: str) -> Message:
    """To the other side."""
    say = speaker(language)
    said_by = name or say.plain("somebody who has left")
    text = say("{name} on <b>{title}</b>:\n{text}", name=said_by, title=result.title, text=comment.text)
    return Message(text, rows((Button(say.plain("Answer"), AddComment(result.id)), _show(result.id, say))))


def listed(
    result: Result, said: Sequence[Comment], names: Mapping[int, str], page: ListPage, zone: str, language: str
) -> Message:
    """A page of all comments, the newest first."""
    say = speaker(language)
    entries = [_entry(comment, names, zone, say) for comment in said]
    heading = say("<b>Comments on {title}</b>", title=result.title)
    text = join([heading, *(entries or [say("Nobody has said anything yet.")])], "\n\n")
    turn = by_time(page, lambda to: ListComments(result.id, to), language)
    return Message(text, rows(turn, Button(say.plain("Comment"), AddComment(result.id)), _show(result.id, say)))


def _entry(comment: Comment, names: Mapping[int, str], zone: str, say: Speaker) -> Html:
    name = names.get(comment.person_id or 0) or say.plain("somebody who has left")
    when = dates.in_list(comment.at, zone, say.language)
    return render("<b>{name}</b> · {when}\n{text}", name=name, when=when, text=comment.text)


def _show(result_id: int, say: Speaker) -> Button:
    return Button(say.plain("Show the result"), ShowResult(result_id))
