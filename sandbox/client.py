"""What a client checks before it lets somebody write, join or administer."""

from typing import TYPE_CHECKING

from sandbox import happenings
from sandbox.state import Chat, InviteLink, JoinRequest, Json, Member, Message, Topic, User

if TYPE_CHECKING:
    from sandbox.telegram import LocalTelegram


class PersonError(Exception):
    """The client of this person would not allow that; the sentence says why."""


class Client:
    """The app of one person: it knows what they see, and refuses with PersonError what Telegram's apps refuse."""

    def __init__(self, telegram: "LocalTelegram", user: User) -> None:
        self.telegram = telegram
        self.user = user

    def _sees(self, chat: Chat) -> bool:
        if chat.kind == "private":
            return chat.user is self.user
        member = chat.member(self.user.id)
        return chat.username is not None or (member is not None and member.is_in)

    def _say(
        self,
        content: Json,
        chat: Chat | None,
        *,
        thread: Topic | int | None = None,
        reply_to: Message | None = None,
        extra: Json | None = None,
        reply_markup: Json | None = None,
    ) -> Message:
        chat = chat or self.telegram.private_chat(self.user)
        self._need_voice(chat)
        sender, sender_chat = (None, chat) if chat.kind == "channel" else (self.user, None)
        thread_id = self._thread(chat, thread)
        if thread_id is None and reply_to is not None and chat.is_forum:
            thread_id = reply_to.thread_id
        return happenings.post(
            self.telegram,
            chat,
            sender,
            content,
            sender_chat=sender_chat,
            author=self.user,
            thread_id=thread_id,
            reply_to=reply_to,
            extra=extra,
            reply_markup=reply_markup,
        )

    def _need_voice(self, chat: Chat) -> None:
        if self.user.deactivated:
            raise PersonError("this account was deleted")
        if chat.kind == "private":
            self._need_open_private(chat)
            return
        member = self._member(chat)
        if chat.migrated_to is not None:
            raise PersonError("this group became a supergroup")
        if chat.kind == "channel" and not member.is_admin:
            raise PersonError("only administrators post in a channel")
        rights = member.rights if member.status == "restricted" else chat.permissions
        if not member.is_admin and not rights.get("can_send_messages", member.status != "restricted"):
            raise PersonError("sending is not allowed here")

    def _need_open_private(self, chat: Chat) -> None:
        if chat.user is not self.user:
            raise PersonError("this is somebody else's chat")
        if chat.blocked:
            raise PersonError("unblock the bot first")
        if not chat.started:
            raise PersonError("press Start first")

    def _thread(self, chat: Chat, thread: Topic | int | None) -> int | None:
        if thread is None:
            return None
        topic = chat.topics.get(thread.id if isinstance(thread, Topic) else thread)
        if topic is None:
            raise PersonError("there is no such topic")
        if topic.is_closed and not self._member(chat).is_admin:
            raise PersonError("this topic is closed")
        return topic.id

    def _member(self, chat: Chat) -> Member:
        member = chat.member(self.user.id)
        if member is None or not member.is_in:
            raise PersonError(f"{self.user.full_name} is not in {chat.name}")
        return member

    def _need_admin(self, chat: Chat) -> None:
        if not self._member(chat).is_admin:
            raise PersonError(f"{self.user.full_name} does not administer {chat.name}")

    def _need_forum(self, chat: Chat) -> None:
        if not chat.is_forum:
            raise PersonError(f"{chat.name} has no topics")
        self._need_admin(chat)

    def _need_view(self, message: Message) -> None:
        if not self._sees(message.chat):
            raise PersonError(f"{self.user.full_name} does not see {message.chat.name}")

    def _enter(self, chat: Chat, link: InviteLink | None) -> None:
        member = chat.member(self.user.id)
        if member is not None and member.status == "kicked":
            raise PersonError(f"{self.user.full_name} was banned from {chat.name}")
        if member is not None and member.is_in:
            raise PersonError(f"{self.user.full_name} is in {chat.name} already")
        happenings.bring_in(self.telegram, chat, self.user, self.user, link=link)

    def _ask(self, chat: Chat, link: InviteLink | None, bio: str | None = None) -> JoinRequest:
        member = chat.member(self.user.id)
        if member is not None and member.is_in:
            raise PersonError(f"{self.user.full_name} is in {chat.name} already")
        request = JoinRequest(self.user, self.telegram.clock.timestamp, link, bio)
        happenings.ask_in(self.telegram, chat, request)
        return request

    def _chat_of_link(self, address: str) -> tuple[Chat, InviteLink]:
        for chat in self.telegram.chats.values():
            link = chat.links.get(address)
            if link is not None:
                return chat, link
        raise PersonError("this invite link is invalid")
