"""Invite links and the requests of those who used them."""

from sandbox import happenings
from sandbox.errors import bad_request
from sandbox.methods.request import Method, Request
from sandbox.objects import link_json
from sandbox.state import Chat, InviteLink, JoinRequest, Json

_WORDS = "not enough rights to manage chat invite link"


def _chat(request: Request) -> Chat:
    chat = request.chat()
    if chat.kind == "private":
        raise bad_request("chat invite links are not available in private chats")
    request.need_right(chat, "can_invite_users", _WORDS)
    return chat


def _pending(chat: Chat, link: InviteLink) -> int:
    return sum(waiting.link is link for waiting in chat.requests.values())


def _new_link(request: Request, chat: Chat, *, is_primary: bool = False) -> InviteLink:
    number = request.telegram.number("link", 1)
    link = InviteLink(f"https://t.me/+Sandbox{number:09d}", request.bot.user, is_primary=is_primary)
    chat.links[link.link] = link
    return link


def _apply(request: Request, link: InviteLink) -> None:
    asks = request.flag("creates_join_request")
    limit = request.number("member_limit") or None
    if asks and limit is not None:
        raise bad_request("member limit can't be specified for links requiring administrator approval")
    expires = request.number("expire_date") or None
    link.creates_join_request, link.member_limit, link.expire_date = asks, limit, expires
    link.name = request.text("name") or None


def create(request: Request) -> Json:
    """One more link."""
    chat = _chat(request)
    link = InviteLink("", request.bot.user)
    _apply(request, link)  # refuse before anything is stored
    link = _new_link(request, chat)
    _apply(request, link)
    return link_json(link)


def export(request: Request) -> str:
    """Fresh primary link of the bot; the former one is revoked."""
    chat = _chat(request)
    for link in chat.links.values():
        if link.is_primary and link.creator is request.bot.user:
            link.is_revoked = True
    return _new_link(request, chat, is_primary=True).link


def _own(request: Request, chat: Chat) -> InviteLink:
    link = chat.links.get(request.text("invite_link"))
    if link is None or link.creator is not request.bot.user:
        raise bad_request("INVITE_HASH_EXPIRED")
    return link


def edit(request: Request) -> Json:
    """Change one of the bot's own links."""
    chat = _chat(request)
    link = _own(request, chat)
    if link.is_revoked:
        raise bad_request("INVITE_HASH_EXPIRED")
    _apply(request, link)
    return link_json(link, _pending(chat, link))


def revoke(request: Request) -> Json:
    """Make a link useless; for the primary one a new one appears."""
    chat = _chat(request)
    link = _own(request, chat)
    link.is_revoked = True
    if link.is_primary:
        _new_link(request, chat, is_primary=True)
    return link_json(link, _pending(chat, link))


def _request(request: Request) -> tuple[Chat, JoinRequest]:
    chat = request.chat()
    request.need_right(chat, "can_invite_users", "not enough rights")
    user = request.user()
    waiting = chat.requests.get(user.id)
    if waiting is None:
        member = chat.member(user.id)
        inside = member is not None and member.is_in
        raise bad_request("USER_ALREADY_PARTICIPANT" if inside else "HIDE_REQUESTER_MISSING")
    return chat, waiting


def approve(request: Request) -> bool:
    """Let somebody in."""
    chat, waiting = _request(request)
    happenings.let_in(request.telegram, chat, waiting, request.bot.user)
    return True


def decline(request: Request) -> bool:
    """Turn somebody away."""
    chat, waiting = _request(request)
    happenings.turn_away(request.telegram, chat, waiting)
    return True


METHODS: dict[str, Method] = {
    "createChatInviteLink": create,
    "exportChatInviteLink": export,
    "editChatInviteLink": edit,
    "revokeChatInviteLink": revoke,
    "approveChatJoinRequest": approve,
    "declineChatJoinRequest": decline,
}
