"""What people do in their clients: write, press, join, administer."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qs, urlsplit

from sandbox import happenings
from sandbox.client import Client, PersonError
from sandbox.contents import caption_content, other_content, text_content, upload_content
from sandbox.entities import format_text
from sandbox.files import Upload
from sandbox.methods.messages import origin_of
from sandbox.objects import chat_json, message_json, rights_for, user_json
from sandbox.state import (
    CallbackQuery,
    Chat,
    InlineQuery,
    InviteLink,
    JoinRequest,
    Json,
    Member,
    Message,
    Status,
    Topic,
    User,
)

__all__ = ["Person", "PersonError"]

if TYPE_CHECKING:
    from sandbox.bots import Bot
    from sandbox.telegram import LocalTelegram

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


MOST_QUERIES = 10_000
MOST_INLINE_QUERY = 256
CACHE_SECONDS = 300
"""How long Telegram keeps an answer that says nothing about it."""
_Query = TypeVar("_Query")


def _keep(queries: dict[str, _Query], key: str, query: _Query) -> None:
    """Remember a question; the oldest ones, long expired, are forgotten."""
    queries[key] = query
    if len(queries) > MOST_QUERIES:
        del queries[next(iter(queries))]


class Person(Client):
    """One person and their client; `chat=None` is the private chat with the first bot. Everything is synchronous.

    `toasts` are the texts that appeared after pressing buttons.
    """

    def __init__(self, telegram: "LocalTelegram", user: User) -> None:
        super().__init__(telegram, user)
        self.toasts: list[str] = []

    def __repr__(self) -> str:
        return f"<Person {self.user.full_name}>"

    # --- writing -----------------------------------------------------------------------------------------

    def start(self, payload: str = "", bot: "Bot | None" = None) -> Message:
        """Press Start, or follow a deep link with a payload; unblocks the bot if need be."""
        if not _PAYLOAD.fullmatch(payload):
            raise PersonError("a start parameter has at most 64 letters, digits, _ and -")
        chat = self.telegram.private_chat(self.user, bot)
        happenings.set_blocked(self.telegram, chat, blocked=False)
        chat.started = True
        return self.send(f"/start {payload}".strip(), chat)

    def send(
        self,
        text: str,
        chat: Chat | None = None,
        *,
        thread: Topic | int | None = None,
        reply_to: Message | None = None,
        entities: Sequence[Json] | None = None,
    ) -> Message:
        """Type a text; commands, mentions and links in it become entities as in a client."""
        return self._say(text_content(text, entities), chat, thread=thread, reply_to=reply_to)

    def send_file(
        self,
        name: str,
        data: bytes | int,
        mime: str | None = None,
        *,
        chat: Chat | None = None,
        caption: str | None = None,
        kind: str = "document",
        thread: Topic | int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send a file; `data` may be only a size. kind: document, photo, voice, video, audio, sticker, animation …"""
        content = self._file(name, data, kind, caption, mime)
        return self._say(content, chat, thread=thread, reply_to=reply_to)

    def send_album(
        self,
        files: Sequence[tuple[str, bytes | int]],
        *,
        kind: str = "photo",
        caption: str | None = None,
        chat: Chat | None = None,
        thread: Topic | int | None = None,
    ) -> list[Message]:
        """Send several files as one album; the caption goes with the first."""
        extra = {"media_group_id": str(self.telegram.number("album", 13_900_000_000_000_001))}
        return [
            self._say(self._file(name, data, kind, None if number else caption), chat, thread=thread, extra=dict(extra))
            for number, (name, data) in enumerate(files)
        ]

    def send_other(self, kind: str, chat: Chat | None = None, *, thread: Topic | int | None = None) -> Message:
        """Send a location, contact, dice, venue or poll."""
        content = other_content(kind, self.telegram.number("poll", 5_300_000_000_000_000_001))
        return self._say(content, chat, thread=thread)

    def forward(self, message: Message, to: Chat | None = None, *, thread: Topic | int | None = None) -> Message:
        """Forward a message."""
        self._need_view(message)
        return self._say(dict(message.content), to, thread=thread, extra={"forward_origin": origin_of(message)})

    def send_anonymously(self, chat: Chat, text: str, *, thread: Topic | int | None = None) -> Message:
        """Write as the group, as an anonymous administrator does."""
        member = self._member(chat)
        if not member.is_admin:
            raise PersonError("only administrators can be anonymous")
        extra = {"author_signature": member.custom_title} if member.custom_title else {}
        return happenings.post(
            self.telegram,
            chat,
            self.telegram.anonymous_admin,
            text_content(text),
            sender_chat=chat,
            author=self.user,
            thread_id=self._thread(chat, thread),
            extra=extra,
        )

    def send_as_channel(self, chat: Chat, text: str, channel: Chat) -> Message:
        """Write in a group under the name of a channel that this person owns."""
        owner = channel.member(self.user.id)
        if channel.kind != "channel" or owner is None or not owner.is_admin:
            raise PersonError("one writes only as a channel that one administers")
        sender = self.telegram.channel_bot
        content = text_content(text)
        return happenings.post(self.telegram, chat, sender, content, sender_chat=channel, author=self.user)

    def edit(self, message: Message, text: str) -> Message:
        """Edit one's own message: its text, or the caption of its file."""
        if message.author is not self.user and not self._wrote_for_channel(message):
            raise PersonError("one edits only one's own messages")
        new = text_content(text) if "text" in message.content else caption_content(text)
        old = {"text", "entities", "caption", "caption_entities"}
        content = {name: value for name, value in message.content.items() if name not in old} | new
        happenings.edit(self.telegram, message, content, message.reply_markup)
        return message

    def _wrote_for_channel(self, message: Message) -> bool:
        member = message.chat.member(self.user.id)
        return message.chat.kind == "channel" and member is not None and member.is_admin

    def delete(self, message: Message) -> None:
        """Delete a message for everybody: one's own, in a private chat any, as administrator any."""
        member = message.chat.member(self.user.id)
        if message.chat.kind != "private" and message.author is not self.user and not (member and member.is_admin):
            raise PersonError("only administrators delete what others wrote")
        happenings.delete(self.telegram, message)

    def react(self, message: Message, *emoji: str) -> None:
        """Set one's reactions to a message; none takes them back."""
        self._need_view(message)
        new = [{"type": "emoji", "emoji": each} for each in emoji]
        old = message.reactions.get(self.user.id, [])
        message.reactions[self.user.id] = new
        update = {
            "chat": chat_json(message.chat),
            "message_id": message.message_id,
            "user": user_json(self.user),
            "date": self.telegram.clock.timestamp,
            "old_reaction": old,
            "new_reaction": new,
        }
        for bot in self._bots_told_of_reactions(message.chat):
            self.telegram.tell(bot, "message_reaction", update)

    def _bots_told_of_reactions(self, chat: Chat) -> "list[Bot]":
        if chat.kind == "private":
            return [chat.bot]
        bots = self.telegram.bots.values()
        return [bot for bot in bots if (member := chat.member(bot.id)) is not None and member.is_admin]

    # --- buttons, inline queries, links ------------------------------------------------------------------

    def press(self, message: Message, button: str | tuple[int, int]) -> CallbackQuery:
        """Press an inline button by its label, its callback data or (row, column); `.answer` is filled later."""
        found = self.button(message, button)
        if "callback_data" not in found:
            kind = next(key for key in found if key != "text")
            raise PersonError(f"{found['text']!r} does not ask the bot; it is a {kind} button: {found[kind]!r}")
        return self.press_data(message, str(found["callback_data"]))

    def button(self, message: Message, button: str | tuple[int, int]) -> Json:
        """Return the button as the bot sent it: {"text": …, "callback_data" | "url" | …: …}."""
        self._need_view(message)
        if isinstance(button, tuple):
            row, column = button
            return message.keyboard[row][column]
        every = [each for row in message.keyboard for each in row]
        for key in ("text", "callback_data"):
            for each in every:
                if each.get(key) == button:
                    return each
        raise PersonError(f"there is no button {button!r}, only {message.labels}")

    def press_data(self, message: Message, data: str) -> CallbackQuery:
        """Press a button that may not exist: a forged client sends any data, also for a changed or old message."""
        self._need_view(message)
        bot = self._bot_of(message)
        number = self.telegram.number("callback", 4_380_000_000_000_000_001)
        query = CallbackQuery(str(number), self.user, message, data, bot, self.telegram.clock.timestamp)
        _keep(bot.callback_queries, query.id, query)
        update: Json = {
            "id": query.id,
            "from": user_json(self.user),
            "chat_instance": str(message.chat.id * 7919),
            "data": data,
        }
        inline_id = message.extra.get("via_bot") and self._inline_id(bot, message)
        if inline_id:
            update["inline_message_id"] = inline_id
        else:
            update["message"] = message_json(message)
        self.telegram.tell(bot, "callback_query", update)
        return query

    def _bot_of(self, message: Message) -> "Bot":
        via = message.extra.get("via_bot", {}).get("id")
        author = via or (message.author.id if message.author is not None else None)
        bot = self.telegram.bots_by_id.get(author or 0)
        if bot is None:
            raise PersonError("no bot wrote this message")
        return bot

    @staticmethod
    def _inline_id(bot: "Bot", message: Message) -> str | None:
        return next((key for key, each in bot.inline_messages.items() if each is message), None)

    def inline(
        self, query: str, bot: "Bot | None" = None, *, offset: str = "", chat_type: str = "sender"
    ) -> InlineQuery:
        """Type `@bot query`; `.results` is filled when the bot answers, or at once by what Telegram still knows.

        `offset`: what the bot gave as `next_offset`, when somebody scrolls on.
        """
        bot = bot or self.telegram.first_bot
        if not bot.supports_inline:
            raise PersonError(f"@{bot.username} does not answer here: BotFather, /setinline")
        now = self.telegram.clock.timestamp
        number = self.telegram.number("inline", 6_300_000_000_000_000_001)
        asked = InlineQuery(str(number), self.user, query[:MOST_INLINE_QUERY], bot, now, offset)
        known = self._cached(bot, asked)
        _keep(bot.inline_queries, asked.id, asked)
        if known is not None:
            asked.results, asked.answer = known.results, known.answer
            return asked
        update = {
            "id": asked.id,
            "from": user_json(self.user),
            "query": asked.query,
            "offset": offset,
            "chat_type": chat_type,
        }
        self.telegram.tell(bot, "inline_query", update)
        return asked

    def _cached(self, bot: "Bot", asked: InlineQuery) -> InlineQuery | None:
        """An answer that Telegram gives by itself: core.telegram.org/bots/api#answerinlinequery, `cache_time`."""
        for known in reversed(bot.inline_queries.values()):
            answer = known.answer
            if answer is None or (known.query, known.offset) != (asked.query, asked.offset):
                continue
            is_theirs = known.user is self.user or not answer.get("is_personal", False)
            if is_theirs and asked.asked_at - known.asked_at < answer.get("cache_time", CACHE_SECONDS):
                return known
        return None

    def scroll(self, query: InlineQuery) -> InlineQuery:
        """Ask for the next results of the same query."""
        offset = str((query.answer or {}).get("next_offset") or "")
        if not offset:
            raise PersonError("the bot has offered everything")
        return self.inline(query.query, query.bot, offset=offset)

    def send_inline(
        self, query: InlineQuery, result: int = 0, chat: Chat | None = None, *, thread: Topic | int | None = None
    ) -> Message:
        """Choose a result of an inline query: it is sent `via_bot`. The sandbox shows text results."""
        if not query.results:
            raise PersonError("the bot offered nothing")
        chosen = query.results[result]
        said = chosen.get("input_message_content", {})
        read = format_text(
            str(said.get("message_text") or chosen.get("title", "")), said.get("parse_mode"), said.get("entities") or ()
        )
        content: Json = {"text": read.text} | ({"entities": read.entities} if read.entities else {})
        extra = {"via_bot": user_json(query.bot.user)}
        message = self._say(content, chat, thread=thread, extra=extra, reply_markup=chosen.get("reply_markup"))
        told = {"result_id": chosen["id"], "from": user_json(self.user), "query": query.query}
        if message.keyboard:
            inline_id = f"AgAAA{self.telegram.number('inline message', 4_611_686_018_427_387_904)}"
            query.bot.inline_messages[inline_id] = message
            told["inline_message_id"] = inline_id
        if query.bot.inline_feedback:
            self.telegram.tell(query.bot, "chosen_inline_result", told)
        return message

    def leave_inline(self, query: InlineQuery) -> Message:
        """Press the button above the results, which leads into the private chat with the bot."""
        button: Json = (query.answer or {}).get("button", {})
        if "start_parameter" not in button:
            raise PersonError("there is no button above the results that leads to the bot")
        return self.start(button["start_parameter"], query.bot)

    def switch_inline(self, message: Message, button: str | tuple[int, int]) -> str:
        """Press a button that leads to an inline query, here or in a chat yet to be chosen; returns the query."""
        found = self.button(message, button)
        for name in ("switch_inline_query", "switch_inline_query_current_chat"):
            if name in found:
                return str(found[name])
        if "switch_inline_query_chosen_chat" in found:
            return str(found["switch_inline_query_chosen_chat"].get("query", ""))
        raise PersonError(f"{found['text']!r} does not lead to an inline query")

    def open_link(self, url: str, chat: Chat | None = None) -> Message | Chat | None:
        """Follow a t.me link (of Telegram, or resolved by the sandbox at {url}/t.me/…).

        ?start=PAYLOAD presses Start; ?startgroup=PAYLOAD adds the bot to `chat` (&admin=…: as administrator);
        +INVITE joins or asks to join;
        a public name returns its chat. Returns what opens; raises PersonError for a link that leads nowhere.
        """
        name, parameters = self._read_link(url)
        if name.startswith("+"):
            return self._follow_invite(f"https://t.me/{name}")
        found = self.telegram.find_by_username(name)
        if isinstance(found, Chat):
            return found
        bot = self.telegram.bots_by_id.get(found.id) if found is not None else None
        if bot is None:
            raise PersonError(f"nobody is called {name!r}")
        if "startgroup" in parameters or "startchannel" in parameters:
            if chat is None:
                raise PersonError("choose a group: open_link(url, chat)")
            wanted = {f"can_{name}": True for name in parameters.get("admin", "").split()}
            return self.add_bot(chat, bot, parameters.get("startgroup", ""), rights=wanted)
        if "start" in parameters:
            return self.start(parameters["start"], bot)
        return self.telegram.private_chat(self.user, bot)

    def _read_link(self, url: str) -> tuple[str, dict[str, str]]:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        query = {key: values[0] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
        if parts.scheme == "tg":
            return query.pop("domain", ""), query
        local = bool(self.telegram.public_url) and url.startswith(f"{self.telegram.public_url}/t.me/")
        if not local and parts.hostname not in {"t.me", "telegram.me"}:
            raise PersonError(f"this link leaves Telegram: {url}")
        path = parts.path.removeprefix("/t.me").strip("/")
        return path.replace("joinchat/", "+"), query

    def _follow_invite(self, link: str) -> Chat | None:
        self.join(link)
        return self._chat_of_link(link)[0]

    # --- the bot in private ------------------------------------------------------------------------------

    def block_bot(self, bot: "Bot | None" = None) -> None:
        """Stop and block the bot."""
        happenings.set_blocked(self.telegram, self.telegram.private_chat(self.user, bot), blocked=True)

    def unblock_bot(self, bot: "Bot | None" = None) -> None:
        """Unblock the bot."""
        happenings.set_blocked(self.telegram, self.telegram.private_chat(self.user, bot), blocked=False)

    def delete_account(self) -> None:
        """Leave Telegram for good."""
        self.user.deactivated = True

    def rename(self, first_name: str, last_name: str | None = None) -> None:
        """Take another name."""
        self.user.first_name, self.user.last_name = first_name, last_name

    # --- groups ------------------------------------------------------------------------------------------

    def found_group(self, title: str, *, is_supergroup: bool = False, forum: bool = False) -> Chat:
        """Found a group and own it; topics need a supergroup, so that `forum` makes one."""
        chat = self.telegram.add_group(
            title, kind="supergroup" if is_supergroup or forum else "group", forum=forum, owner=self.user
        )
        happenings.service(self.telegram, chat, self.user, group_chat_created=True)
        self.telegram.events.tell("chat", chat=chat.id)
        return chat

    def look_at_invite(self, url: str) -> tuple[Chat, InviteLink]:
        """Return what an invite link leads to, without using it; raises PersonError for one that leads nowhere."""
        name, _ = self._read_link(url)
        return self._chat_of_link(f"https://t.me/{name}")

    def join(self, chat: Chat | InviteLink | str) -> None:
        """Join a public chat, or use an invite link, which may only ask to join."""
        if isinstance(chat, Chat):
            self._enter(chat, None)
            return
        where, link = self._chat_of_link(chat if isinstance(chat, str) else chat.link)
        now = self.telegram.clock.timestamp
        expired = link.expire_date is not None and link.expire_date < now
        full = link.member_limit is not None and len(link.joined) >= link.member_limit
        if link.is_revoked or expired or full:
            raise PersonError("this invite link has expired")
        if link.creates_join_request:
            self._ask(where, link)
        else:
            self._enter(where, link)

    def ask_to_join(self, chat: Chat | InviteLink | str, *, bio: str | None = None) -> JoinRequest:
        """Ask to join, by a link or (a public chat that approves its members) without one."""
        if isinstance(chat, Chat):
            return self._ask(chat, None, bio)
        where, link = self._chat_of_link(chat if isinstance(chat, str) else chat.link)
        return self._ask(where, link, bio)

    def take_back_request(self, chat: Chat) -> None:
        """Withdraw one's join request."""
        if self.user.id not in chat.requests:
            raise PersonError("there is no request to take back")
        happenings.turn_away(self.telegram, chat, chat.requests[self.user.id])

    def accept(self, chat: Chat, user: User) -> None:
        """As administrator, let somebody in who asked."""
        self._need_admin(chat)
        if user.id not in chat.requests:
            raise PersonError(f"{user.full_name} did not ask to join")
        happenings.let_in(self.telegram, chat, chat.requests[user.id], self.user)

    def decline(self, chat: Chat, user: User) -> None:
        """As administrator, turn somebody away who asked."""
        self._need_admin(chat)
        if user.id not in chat.requests:
            raise PersonError(f"{user.full_name} did not ask to join")
        happenings.turn_away(self.telegram, chat, chat.requests[user.id])

    def leave(self, chat: Chat) -> None:
        """Leave a chat."""
        self._member(chat)
        happenings.put_out(self.telegram, chat, self.user, self.user)

    def add_member(self, chat: Chat, user: User) -> None:
        """Add somebody to a group."""
        self._member(chat)
        happenings.bring_in(self.telegram, chat, user, self.user)

    def remove_member(self, chat: Chat, user: User, *, banned: bool = True) -> None:
        """As administrator, remove somebody; banned ones cannot come back."""
        self._need_admin(chat)
        happenings.put_out(self.telegram, chat, user, self.user, banned=banned)

    def add_bot(
        self,
        chat: Chat,
        bot: "Bot | None" = None,
        payload: str | None = None,
        *,
        rights: Mapping[str, bool] | None = None,
    ) -> Message | None:
        """Add the bot to a group or channel; with a payload the client sends `/start@bot PAYLOAD` in the group.

        With `rights` the bot becomes administrator, if this person may make it one.
        """
        granted = rights if rights and self._member(chat).is_admin else {}
        self._member(chat)
        bot = bot or self.telegram.first_bot
        member = chat.member(bot.id)
        if member is None or not member.is_in:
            happenings.bring_in(self.telegram, chat, bot.user, self.user, rights=granted)
        elif granted:
            self.promote(chat, bot, **granted)
        if payload:
            return self.send(f"/start@{bot.username} {payload}", chat)
        return None

    def remove_bot(self, chat: Chat, bot: "Bot | None" = None) -> None:
        """Remove the bot from a chat."""
        self.remove_member(chat, (bot or self.telegram.first_bot).user)

    def promote(self, chat: Chat, user: "User | Bot | None" = None, **rights: bool) -> None:
        """Make somebody (default: the bot) administrator; without rights named, with all of them."""
        self._need_admin(chat)
        wanted = rights or dict.fromkeys(rights_for(chat), True)
        self._set_status(chat, user, "administrator", {"can_manage_chat": True} | wanted)

    def demote(self, chat: Chat, user: "User | Bot | None" = None) -> None:
        """Make an administrator (default: the bot) a plain member again."""
        self._need_admin(chat)
        self._set_status(chat, user, "member", {})

    def restrict(self, chat: Chat, user: "User | Bot | None" = None, **rights: bool) -> None:
        """Take permissions from a member (default: the bot); those not named are taken."""
        self._need_admin(chat)
        self._set_status(chat, user, "restricted", {"is_member": True} | rights)

    def _set_status(self, chat: Chat, user: "User | Bot | None", status: Status, rights: Json) -> None:
        who = user if isinstance(user, User) else (user or self.telegram.first_bot).user
        member = chat.member(who.id)
        if member is None or not member.is_in:
            raise PersonError(f"{who.full_name} is not in {chat.name}")
        new = Member(who, status, rights, member.custom_title)
        happenings.change_member(self.telegram, chat, new, self.user)

    def rename_chat(self, chat: Chat, title: str) -> None:
        """Give a chat another title."""
        self._need_admin(chat)
        chat.title = title
        happenings.service(self.telegram, chat, self.user, new_chat_title=title)
        self.telegram.events.tell("chat", chat=chat.id)

    def publish(self, chat: Chat, username: str | None) -> None:
        """Give a chat a public name, or with None take it away."""
        self._need_admin(chat)
        chat.username = username
        self.telegram.events.tell("chat", chat=chat.id)

    def pin(self, message: Message) -> None:
        """Pin a message."""
        if message.chat.kind != "private":
            self._need_admin(message.chat)
        happenings.pin(self.telegram, message, self.user)

    def unpin(self, message: Message) -> None:
        """Take a message down from the top; nobody is told."""
        self._need_admin(message.chat)
        if message.message_id in message.chat.pinned:
            message.chat.pinned.remove(message.message_id)
        self.telegram.events.tell("chat", chat=message.chat.id)

    def migrate(self, chat: Chat) -> Chat:
        """Turn a basic group into a supergroup; returns the new chat, the old one refuses from now on."""
        self._need_admin(chat)
        if chat.kind != "group" or chat.migrated_to is not None:
            raise PersonError("only a basic group becomes a supergroup, and only once")
        return happenings.migrate(self.telegram, chat, self.user)

    def delete_chat(self, chat: Chat) -> None:
        """Delete a group for everybody."""
        self._need_admin(chat)
        for member in list(chat.members.values()):
            if member.is_in:
                happenings.change_member(self.telegram, chat, Member(member.user, "left"), self.user)
        chat.deleted = True

    def create_link(self, chat: Chat, *, creates_join_request: bool = False, name: str | None = None) -> InviteLink:
        """Make an invite link as administrator."""
        self._need_admin(chat)
        address = f"https://t.me/+Sandbox{self.telegram.number('link', 1):09d}"
        link = InviteLink(address, self.user, creates_join_request=creates_join_request, name=name)
        chat.links[address] = link
        return link

    # --- topics ------------------------------------------------------------------------------------------

    def switch_forum(self, chat: Chat, *, on: bool) -> None:
        """Switch topics on or off."""
        self._need_admin(chat)
        chat.is_forum = on
        if not on:
            chat.topics.clear()
        self.telegram.events.tell("chat", chat=chat.id)

    def create_topic(self, chat: Chat, name: str) -> Topic:
        """Open a topic."""
        self._need_forum(chat)
        return happenings.open_topic(self.telegram, chat, name, self.user)

    def rename_topic(self, chat: Chat, topic: Topic, name: str) -> None:
        """Rename a topic."""
        self._need_forum(chat)
        happenings.rename_topic(self.telegram, chat, topic, name, self.user)

    def close_topic(self, chat: Chat, topic: Topic | None) -> None:
        """Close a topic; None is the general one."""
        self._need_forum(chat)
        happenings.set_topic_closed(self.telegram, chat, topic, self.user, closed=True)

    def reopen_topic(self, chat: Chat, topic: Topic | None) -> None:
        """Open a closed topic again; None is the general one."""
        self._need_forum(chat)
        happenings.set_topic_closed(self.telegram, chat, topic, self.user, closed=False)

    def delete_topic(self, chat: Chat, topic: Topic) -> None:
        """Delete a topic with all its messages."""
        self._need_forum(chat)
        happenings.delete_topic(self.telegram, chat, topic)

    # --- looking -----------------------------------------------------------------------------------------

    def inbox(self, chat: Chat | None = None) -> list[Message]:
        """Return the messages visible to this person in that chat, oldest first."""
        where = chat or self.telegram.private_chat(self.user)
        return list(where) if self._sees(where) else []

    @property
    def chats(self) -> list[Chat]:
        """The chats of this person: with bots first, then groups and channels."""
        private = [bot.private_chats[self.user.id] for bot in self.telegram.bots.values() if self._knows(bot)]
        return private + [chat for chat in self.telegram.chats.values() if self._sees(chat)]

    def _knows(self, bot: "Bot") -> bool:
        return self.user.id in bot.private_chats

    def _file(self, name: str, data: bytes | int, kind: str, caption: str | None, mime: str | None = None) -> Json:
        upload = Upload(name, b"", mime, data) if isinstance(data, int) else Upload(name, data, mime)
        return upload_content(self.telegram.files, upload, kind, caption)
