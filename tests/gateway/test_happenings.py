"""What updates tell of a group chat, as values."""

from typing import Any

import pytest
from telegram import Update

from domain.happenings import (
    BotMoved,
    ChatChanged,
    ChatMigrated,
    Happened,
    JoinAsked,
    PersonMoved,
    SeenChat,
    Standing,
    TopicChange,
    TopicChanged,
)
from gateway.happenings import happening_of

ANNA = {"id": 7, "is_bot": False, "first_name": "Anna", "language_code": "fr"}
CARLA = {"id": 8, "is_bot": False, "first_name": "Carla"}
ROBOT = {"id": 9, "is_bot": True, "first_name": "Robot"}
NOBODY = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
GROUP = {"id": -5, "type": "supergroup", "title": "Climate\u202e change", "is_forum": True}
PRIVATE = {"id": 7, "type": "private", "first_name": "Anna"}
CHANNEL = {"id": -6, "type": "channel", "title": "News"}
SEEN = SeenChat(-5, "Climate change", is_forum=True)


def member(status: str, user: dict[str, Any] = ANNA, **values: Any) -> dict[str, Any]:
    return {"status": status, "user": user, **values}


def moved(old: dict[str, Any], new: dict[str, Any], by: dict[str, Any] = CARLA, chat: Any = GROUP) -> dict[str, Any]:
    return {"chat": chat, "from": by, "date": 1, "old_chat_member": old, "new_chat_member": new}


def said(**values: Any) -> dict[str, Any]:
    return {"message_id": 3, "date": 1, "chat": GROUP, "from": CARLA, **values}


ADMIN_FLAGS = {
    "can_be_edited": False, "is_anonymous": False, "can_manage_chat": True, "can_delete_messages": False,
    "can_manage_video_chats": False, "can_restrict_members": False, "can_promote_members": False,
    "can_change_info": False, "can_invite_users": True, "can_post_stories": False, "can_edit_stories": False,
    "can_delete_stories": False,
}  # fmt: skip
PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
    "can_edit_tag", "can_react_to_messages",
)  # fmt: skip
RESTRICTED: dict[str, Any] = {"until_date": 0, **dict.fromkeys(PERMISSIONS, False)}
INSIDE = member("restricted", is_member=True, **RESTRICTED)
OUTSIDE = member("restricted", is_member=False, **RESTRICTED)
ASKED = {"chat": GROUP, "from": ANNA, "user_chat_id": 70, "date": 1}


@pytest.mark.parametrize(
    ("kind", "content", "happened"),
    [
        (
            "my_chat_member",
            moved(member("left", ROBOT), member("administrator", ROBOT, **ADMIN_FLAGS)),
            BotMoved(SEEN, Standing.ADMINISTRATOR, frozenset({"can_manage_chat", "can_invite_users"}), 8),
        ),
        (
            "my_chat_member",
            moved(member("member", ROBOT), member("kicked", ROBOT, until_date=0), NOBODY),
            BotMoved(SEEN, Standing.OUT, frozenset(), None),
        ),
        (
            "chat_member",
            moved(member("left"), member("member"), ANNA),
            PersonMoved(SEEN, 7, "Anna", "fr", was_in=False, is_in=True),
        ),
        (
            "chat_member",
            moved(member("member"), member("kicked", until_date=0)),
            PersonMoved(SEEN, 7, "Anna", "fr", was_in=True, is_in=False, by=8),
        ),
        (
            "chat_member",
            moved(INSIDE, OUTSIDE),
            PersonMoved(SEEN, 7, "Anna", "fr", was_in=True, is_in=False, by=8),
        ),
        ("chat_member", moved(member("left", ROBOT), member("member", ROBOT)), None),
        ("chat_join_request", ASKED, JoinAsked(SEEN, 7, "Anna", "fr", 70)),
        (
            "chat_join_request",
            {**ASKED, "bio": "I plan\ncities"},
            JoinAsked(SEEN, 7, "Anna", "fr", 70, None, "I plan cities"),
        ),
        ("message", said(migrate_to_chat_id=-100), ChatMigrated(-5, -100)),
        ("message", said(migrate_from_chat_id=-4), ChatMigrated(-4, -5)),
        ("message", said(new_chat_title="Climate change"), ChatChanged(SEEN)),
        ("message", said(forum_topic_closed={}, message_thread_id=12), TopicChanged(SEEN, 12, TopicChange.CLOSED)),
        ("message", said(forum_topic_reopened={}, message_thread_id=12), TopicChanged(SEEN, 12, TopicChange.OPENED)),
        (
            "message",
            said(forum_topic_edited={"name": "Weather"}, message_thread_id=12),
            TopicChanged(SEEN, 12, TopicChange.RENAMED, "Weather"),
        ),
        (
            "message",
            said(left_chat_member=ANNA),
            PersonMoved(SEEN, 7, "Anna", "fr", was_in=True, is_in=False, by=8, by_message=True),
        ),
        ("message", said(left_chat_member=ROBOT), None),
        ("message", said(text="/help"), None),
        ("message", {**said(new_chat_title="News"), "chat": CHANNEL}, None),
        ("my_chat_member", moved(member("member", ROBOT), member("kicked", ROBOT, until_date=0), ANNA, PRIVATE), None),
        ("my_chat_member", moved(member("left", ROBOT), member("member", ROBOT), ANNA, CHANNEL), None),
        ("edited_message", said(new_chat_title="Climate change"), None),
    ],
)  # fmt: skip
def test_an_update_tells_of_one_thing_or_of_none(kind: str, content: dict[str, Any], happened: Happened | None) -> None:
    assert happening_of(Update.de_json({"update_id": 1, kind: content}, None)) == happened
