"""A group and its chat: linking, the coordinators' section, and what Telegram tells of it."""

from collections.abc import Mapping
from typing import Any

from domain.buttons.chats import (
    BoardPosted,
    InviteLinkMade,
    InviteToReminders,
    NewChatCode,
    PersonRemoved,
    SetChatLanguage,
    ShowOutsiders,
    StandingAsked,
    Unlink,
    UnlinkForSure,
)
from domain.chats import GroupChat, Topic
from domain.errors import OutOfDate
from domain.happenings import (
    BotMoved,
    ChatChanged,
    ChatMigrated,
    JoinAsked,
    PersonMoved,
    TopicChange,
    TopicChanged,
    standing_of,
)
from domain.permissions import Permission
from handlers.requests import Answer, ButtonRequest, CommandRequest, Reply
from handlers.routes import ButtonPress, Command, FollowUp, Happening, Route, Where
from messages import chats as texts
from messages.languages import LANGUAGES
from messages.markup import Message
from services import chat_section, chats, joining, linking
from services.linking import Linked
from services.work import Background, Work

RIGHTS = ("invite_users", "pin_messages", "restrict_members", "delete_messages")
"""What is asked for when the bot is added by the link; by the names of such links."""


# --- The coordinators' section -----------------------------------------------------------------


async def section(work: Work, group_id: int) -> Message:
    """*Group chat* on the card of a group."""
    return await chat_section.open_(work, group_id)


async def make_code(request: ButtonRequest[NewChatCode], work: Work) -> Reply:
    """A fresh one-time code; when it is used, the section takes its place."""
    group, code, expires_at = await linking.make_code(work, request.action.group_id)
    link = work.process.group_link(code, RIGHTS)
    shown = texts.code(group, code, link, expires_at, work.zone, work.language)
    return Reply(edit=shown, subject=chat_section.subject_of(group.id))


async def set_language(request: ButtonRequest[SetChatLanguage], work: Work) -> Reply:
    """What the bot speaks in the chat."""
    if request.action.language not in LANGUAGES:
        raise OutOfDate
    await linking.set_language(work, request.action.group_id, request.action.language)
    return Reply(edit=await section(work, request.action.group_id))


async def ask_before_unlinking(request: ButtonRequest[Unlink], work: Work) -> Reply:
    """What follows from it."""
    shown = await linking.get_chat(work, request.action.group_id)
    if shown.chat is None:
        return Reply(edit=await section(work, request.action.group_id))
    return Reply(edit=texts.unlinking(shown.group, shown.chat.title, work.language))


async def unlink(request: ButtonRequest[UnlinkForSure], work: Work) -> Reply:
    """Untie the group and its chat."""
    await linking.unlink(work, request.action.group_id)
    return Reply(toast=texts.unlinked(work.language), edit=await section(work, request.action.group_id))


async def show_outsiders(request: ButtonRequest[ShowOutsiders], work: Work) -> Reply:
    """Who is in the chat without belonging there."""
    shown = await joining.list_outsiders(work, request.action.group_id, request.action.page)
    return Reply(edit=texts.outsiders(**vars(shown), language=work.language))


async def invite_to_reminders(request: ButtonRequest[InviteToReminders], work: Work) -> Reply:
    """Post the button with which members let the bot write to them."""
    is_new = await linking.invite_to_reminders(work, request.action.group_id)
    return Reply(toast=texts.reminders_offered(work.language, is_new=is_new))


# --- In the chat ------------------------------------------------------------------------------


async def link(request: CommandRequest, work: Work) -> Reply:
    """`/link CODE`, or the code that comes along when the bot is added by the link."""
    if work.place.is_private or not request.payload:
        return Reply(message=texts.code_missing(work.language))
    outcome = await linking.link(work, request.payload)
    if isinstance(outcome, Linked):
        return Reply(message=texts.linked(outcome.group, outcome.language))
    return Reply(message=texts.wrong_code(work.language))


async def note_bot(moved: BotMoved, work: Background) -> None:
    """The bot was added, removed, promoted, demoted or restricted."""
    seen, rights = moved.chat, moved.rights
    chat = GroupChat(seen.id, seen.title, seen.is_forum, moved.standing, rights, added_by=moved.by)
    await chats.note_standing(work, chat)


async def note_person(moved: PersonMoved, work: Background) -> None:
    """Somebody came into a chat or left it."""
    await joining.note_move(work, moved)


async def note_join_request(asked: JoinAsked, work: Background) -> None:
    """Somebody asks to be let in."""
    await joining.ask(work, asked)


async def note_migration(migrated: ChatMigrated, work: Background) -> None:
    """The group became a supergroup."""
    await chats.migrate(work, migrated.old_id, migrated.new_id)


async def note_topic(changed: TopicChanged, work: Background) -> None:
    """A topic was closed or opened again; its name is nothing to us."""
    if changed.thread_id is None or changed.change is TopicChange.RENAMED:
        return
    topic = Topic.CLOSED if changed.change is TopicChange.CLOSED else Topic.OPEN
    await chats.note_topic(work, changed.chat.id, changed.thread_id, topic)


async def note_chat(changed: ChatChanged, work: Background) -> None:
    """A new title."""
    await chats.note_chat(work, changed.chat)


# --- What Telegram answered --------------------------------------------------------------------


async def take_standing(answer: Answer[StandingAsked], work: Background) -> None:
    """What the bot is in a chat."""
    if answer.is_done and answer.chat_id is not None:
        standing, rights = standing_of(_object(answer.value))
        await chats.take_standing(work, answer.chat_id, standing, rights)


async def keep_link(answer: Answer[InviteLinkMade], work: Background) -> None:
    """The link with which members come in."""
    if answer.is_done and answer.chat_id is not None:
        await chats.keep_link(work, answer.chat_id, str(_object(answer.value)["invite_link"]))
        await chat_section.refresh_in(work, answer.chat_id)


async def pin_board(answer: Answer[BoardPosted], work: Background) -> None:
    """The board is there: put it on top."""
    if answer.chat_id is not None and answer.message_id is not None:
        await chats.pin_board(work, answer.chat_id, answer.message_id)


async def note_removed(answer: Answer[PersonRemoved], work: Background) -> None:
    """Somebody who left the group was taken out of its chat."""
    if answer.chat_id is not None:
        await joining.note_removed(work, answer.chat_id, answer.action.person_id, is_done=answer.is_done)


def _object(value: Any) -> Mapping[str, Any]:
    assert isinstance(value, Mapping)  # noqa: S101 - Telegram answers these calls with objects
    return value


ROUTES: list[Route] = [
    Command("link", link, Permission.USE_BOT, where=Where.BOTH, unlinked=True, added_with=True),
    ButtonPress(NewChatCode, make_code, Permission.LINK_CHAT),
    ButtonPress(SetChatLanguage, set_language, Permission.LINK_CHAT),
    ButtonPress(Unlink, ask_before_unlinking, Permission.LINK_CHAT),
    ButtonPress(UnlinkForSure, unlink, Permission.LINK_CHAT),
    ButtonPress(ShowOutsiders, show_outsiders, Permission.LINK_CHAT),
    ButtonPress(InviteToReminders, invite_to_reminders, Permission.LINK_CHAT),
    Happening(BotMoved, note_bot),
    Happening(PersonMoved, note_person),
    Happening(JoinAsked, note_join_request),
    Happening(ChatMigrated, note_migration),
    Happening(TopicChanged, note_topic),
    Happening(ChatChanged, note_chat),
    FollowUp(StandingAsked, take_standing),
    FollowUp(InviteLinkMade, keep_link),
    FollowUp(BoardPosted, pin_board),
    FollowUp(PersonRemoved, note_removed),
]
