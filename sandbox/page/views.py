"""What the page shows, as JSON: the people, their chats, a conversation, the calls of the bot."""

from collections.abc import Iterable
from typing import cast

from sandbox.objects import rights_for
from sandbox.page.bubbles import COLOURS, bubble, excerpt, iso, reply_keyboard
from sandbox.page.menus import commands_for
from sandbox.page.reading import ReadMarks
from sandbox.state import TELEGRAM_ID, Call, Chat, Json, Member, Message, User
from sandbox.telegram import LocalTelegram

MOST_MESSAGES = 200
GENERAL = 1
"""How the page calls the general topic of a forum, which has no id of its own."""
LANGUAGES = {"en": "EN", "de": "DE", "fr": "FR"}


class Views:
    """Draws one local Telegram for the page; it changes nothing."""

    def __init__(self, telegram: LocalTelegram, read: ReadMarks) -> None:
        self.telegram = telegram
        self.read = read

    def state(self) -> Json:
        """The people with their chats, and the clock."""
        users = [user for user in self.telegram.users.values() if is_person(user)]
        people = [self._person(user) for user in users]
        return {"people": people, "clock": self._clock(), "bots_page": self.telegram.health_url}

    def _clock(self) -> Json:
        clock = self.telegram.clock
        return {"now": clock.now().isoformat(), "frozen": clock.is_frozen, "offset": clock.offset}

    def _person(self, user: User) -> Json:
        chats = [self._chat_line(user, chat) for chat in self.chats_of(user)]
        return {
            "id": user.id,
            "name": user.full_name,
            "first_name": user.first_name,
            "note": user.note,
            "language": LANGUAGES.get(user.language_code or "", (user.language_code or "").upper()),
            "zone": user.zone,
            "colour": user.id % COLOURS,
            # What a channel says is for everybody: the badge of a person counts what is said to them.
            "unread": sum(chat["unread"] for chat in chats if chat["kind"] != "channel"),
            "chats": chats,
        }

    def chats_of(self, user: User) -> list[Chat]:
        """Return the chats a person sees: with the bot, those they are in, then those they could join."""
        groups = [chat for chat in self.telegram.chats.values() if not chat.deleted and not chat.migrated_to]
        mine = [chat for chat in groups if is_in(chat, user)]
        open_ = [chat for chat in groups if not is_in(chat, user) and (chat.username or links_of(chat))]
        return [self.telegram.private_chat(user), *mine, *open_]

    def find_chat(self, user: User, chat_id: int) -> Chat | None:
        """Return the chat this person knows by that id; a group that has moved on leads to its successor."""
        moved = self.telegram.chats.get(chat_id)
        wanted = moved.migrated_to.id if moved is not None and moved.migrated_to else chat_id
        return next((chat for chat in self.chats_of(user) if chat.id == wanted), None)

    def _chat_line(self, user: User, chat: Chat) -> Json:
        member = chat.kind == "private" or is_in(chat, user)
        last = next((m for m in reversed(chat.messages.values()) if not m.deleted), None) if member else None
        return {
            "id": chat.id,
            "title": self.title(chat),
            "kind": chat.kind,
            "member": member,
            "started": chat.kind != "private" or chat.started,
            "colour": (self.telegram.first_bot.id if chat.kind == "private" else abs(chat.id)) % COLOURS,
            "unread": self.read.unread(user, chat) if member else 0,
            "last": excerpt(last) if last else "",
            "last_at": iso(last.date) if last else None,
        }

    def title(self, chat: Chat) -> str:
        """Return what a person reads above the conversation."""
        return cast("str", chat.bot.user.full_name) if chat.kind == "private" else chat.name

    def talk(self, user: User, chat: Chat, topic: int | None) -> Json:
        """One conversation as this person sees it: the newest 200 messages, oldest first."""
        visible = self.telegram.as_person(user).inbox(chat)
        thread = None if topic == GENERAL else topic
        shown = [message for message in visible if topic is None or message.thread_id == thread]
        messages = [bubble(user, message) for message in shown[-MOST_MESSAGES:]]
        return {"chat": self._head(user, chat, visible) | {"pinned": pinned(chat, shown)}, "messages": messages}

    def _head(self, user: User, chat: Chat, messages: list[Message]) -> Json:
        member = chat.member(user.id)
        bot = chat.member(self.telegram.first_bot.id)
        admin = bool(member and member.is_admin)
        return {
            "id": chat.id,
            "title": self.title(chat),
            "kind": chat.kind,
            "note": self._note(chat),
            "bot": self.telegram.first_bot.username,
            "bot_id": self.telegram.first_bot.id,
            "started": chat.started,
            "blocked": chat.blocked,
            "member": chat.kind == "private" or is_in(chat, user),
            "admin": admin,
            "may_write": chat.kind != "channel" or admin,
            "forum": chat.is_forum,
            "rights": list(rights_for(chat)),
            "members": self._members(user, chat) if member and sees_members(chat, member) else [],
            "by_request": not chat.username,
            "asked": user.id in chat.requests,
            "bot_member": bool(bot and bot.is_in),
            "bot_admin": bool(bot and bot.is_admin),
            "topics": topics_of(chat),
            "commands": commands_for(self.telegram.first_bot, chat, user),
            "keyboard": reply_keyboard(messages),
            "about": self._about(user, chat),
            "requests": self._requests(chat) if admin else [],
        }

    def _about(self, user: User, chat: Chat) -> str:
        """What stands in an empty chat: the bot's description in the person's language, or the group's."""
        if chat.kind != "private":
            return chat.description or ""
        descriptions = chat.bot.descriptions
        return str(descriptions.get(user.language_code) or descriptions.get("", ""))

    def _note(self, chat: Chat) -> str:
        if chat.kind == "private":
            return f"bot, @{self.telegram.first_bot.username}"
        count = sum(1 for member in chat.members.values() if member.is_in)
        word = "subscriber" if chat.kind == "channel" else "member"
        return f"{'channel' if chat.kind == 'channel' else 'group'}, {count} {word}{'' if count == 1 else 's'}"

    @staticmethod
    def _members(user: User, chat: Chat) -> list[Json]:
        """Everybody in the chat: the owner first, then admins, then the others, as they came."""
        inside = sorted((member for member in chat.members.values() if member.is_in), key=standing_order)
        return [member_line(member) | {"you": member.user is user} for member in inside]

    @staticmethod
    def _requests(chat: Chat) -> list[Json]:
        return [{"id": request.user.id, "name": request.user.full_name} for request in chat.requests.values()]

    def calls(self, newest: int = 400) -> Json:
        """The calls of the bot, oldest first."""
        return {"calls": [self.call_line(call) for call in list(self.telegram.calls)[-newest:]]}

    def call_line(self, call: Call) -> Json:
        """One line of the inspector."""
        return {
            "number": call.number,
            "method": call.method,
            "ok": call.ok,
            "status": call.status,
            "to": self._target(call.params.get("chat_id")),
            "ms": round(call.seconds * 1000, 1),
        }

    def call(self, number: int) -> Json | None:
        """One call with what was asked and what was answered; None when it is forgotten."""
        call = self._find_call(number)
        if call is None:
            return None
        return {
            **self.call_line(call),
            "at": call.at.isoformat(),
            "params": call.params,
            "result": call.result,
            "description": call.description,
        }

    def heard_call(self, event: Json) -> Json:
        """Return the event of a call with its line in it."""
        call = self._find_call(event["number"])
        return event | {"call": self.call_line(call)} if call else event

    def _find_call(self, number: int) -> Call | None:
        return next((call for call in reversed(self.telegram.calls) if call.number == number), None)

    def _target(self, chat_id: object) -> str | None:
        if not isinstance(chat_id, int | str) or not str(chat_id).lstrip("-").isdigit():
            return None if chat_id is None else str(chat_id)
        user, chat = self.telegram.users.get(int(chat_id)), self.telegram.chats.get(int(chat_id))
        return user.full_name if user else chat.name if chat else str(chat_id)


def sees_members(chat: Chat, member: Member) -> bool:
    """Whether somebody sees who else is in the chat; of a channel only its admins do."""
    return member.is_admin if chat.kind == "channel" else member.is_in


def standing_order(member: Member) -> int:
    """Where a member stands in the list of members."""
    return {"creator": 0, "administrator": 1}.get(member.status, 2)


def member_line(member: Member) -> Json:
    """One line of the list of members."""
    return {
        "id": member.user.id,
        "name": member.user.full_name,
        "colour": member.user.id % COLOURS,
        "bot": member.user.is_bot,
        "status": member.status,
        "rights": [name for name, granted in member.rights.items() if granted],
    }


def topics_of(chat: Chat) -> list[Json]:
    """Return the topics of a forum, the general one first."""
    if not chat.is_forum:
        return []
    general = {"id": GENERAL, "name": "General", "closed": chat.general_closed}
    return [general, *({"id": t.id, "name": t.name, "closed": t.is_closed} for t in chat.topics.values())]


def pinned(chat: Chat, shown: Iterable[Message]) -> Json | None:
    """Return the newest pinned message among those shown."""
    ids = {message.message_id for message in shown}
    newest = next((number for number in reversed(chat.pinned) if number in ids), None)
    message = chat.messages.get(newest or 0)
    return None if message is None else {"id": message.message_id, "excerpt": excerpt(message)}


def is_person(user: User) -> bool:
    """Whether one can be this account on the page: bots and Telegram's own accounts are nobody's."""
    return not user.is_bot and user.id != TELEGRAM_ID


def is_in(chat: Chat, user: User) -> bool:
    """Whether a person belongs to a group or channel."""
    member = chat.member(user.id)
    return member is not None and member.is_in


def links_of(chat: Chat) -> list[str]:
    """Return the links by which people come in, those that ask first."""
    usable = [link for link in chat.links.values() if not link.is_revoked]
    return [link.link for link in sorted(usable, key=lambda link: not link.creates_join_request)]
