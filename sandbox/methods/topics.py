"""Topics of forums: opening, renaming, closing, deleting."""

from sandbox import happenings
from sandbox.errors import bad_request
from sandbox.methods.request import Method, Request
from sandbox.objects import topic_json
from sandbox.state import Chat, Json


def _forum(request: Request) -> Chat:
    chat = request.chat()
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def create(request: Request) -> Json:
    """ForumTopic."""
    chat = _forum(request)
    request.need_right(chat, "can_manage_topics", "not enough rights to create a topic")
    topic = happenings.open_topic(
        request.telegram,
        chat,
        request.text("name"),
        request.bot.user,
        color=request.number("icon_color", 7322096),
        icon=request.get("icon_custom_emoji_id"),
    )
    return topic_json(topic)


def edit(request: Request) -> bool:
    """Rename."""
    chat = _forum(request)
    topic = request.topic(chat)
    request.need_right(chat, "can_manage_topics", "not enough rights to edit the topic")
    name = request.text("name") or topic.name
    if name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    happenings.rename_topic(request.telegram, chat, topic, name, request.bot.user)
    return True


def close(request: Request) -> bool:
    """Close."""
    return _set_closed(request, closed=True)


def reopen(request: Request) -> bool:
    """Open again."""
    return _set_closed(request, closed=False)


def _set_closed(request: Request, *, closed: bool) -> bool:
    chat = _forum(request)
    topic = request.topic(chat)
    request.need_right(chat, "can_manage_topics", "not enough rights to change the topic")
    if topic.is_closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    happenings.set_topic_closed(request.telegram, chat, topic, request.bot.user, closed=closed)
    return True


def close_general(request: Request) -> bool:
    """Close the general topic."""
    return _set_general_closed(request, closed=True)


def reopen_general(request: Request) -> bool:
    """Open the general topic again."""
    return _set_general_closed(request, closed=False)


def _set_general_closed(request: Request, *, closed: bool) -> bool:
    chat = _forum(request)
    request.need_right(chat, "can_manage_topics", "not enough rights to change the topic")
    if chat.general_closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    happenings.set_topic_closed(request.telegram, chat, None, request.bot.user, closed=closed)
    return True


def delete(request: Request) -> bool:
    """Delete, with all its messages."""
    chat = _forum(request)
    topic = request.topic(chat)
    request.need_right(chat, "can_delete_messages", "not enough rights to delete the topic")
    happenings.delete_topic(request.telegram, chat, topic)
    return True


METHODS: dict[str, Method] = {
    "createForumTopic": create,
    "editForumTopic": edit,
    "closeForumTopic": close,
    "reopenForumTopic": reopen,
    "deleteForumTopic": delete,
    "closeGeneralForumTopic": close_general,
    "reopenGeneralForumTopic": reopen_general,
}
