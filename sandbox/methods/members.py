"""Who belongs to a chat and with which rights: banning, restricting, promoting."""

from sandbox import happenings
from sandbox.errors import bad_request
from sandbox.methods.request import Method, Request
from sandbox.objects import rights_for
from sandbox.state import Chat, Json, Member, User

_RESTRICT_WORDS = "not enough rights to restrict/unrestrict chat member"


def _group(request: Request) -> Chat:
    chat = request.chat()
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    return chat


def _target(request: Request, chat: Chat) -> tuple[User, Member]:
    user = request.user()
    member = chat.member(user.id) or Member(user, "left")
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    if user is request.bot.user:
        raise bad_request("can't restrict self")
    return user, member


def ban(request: Request) -> bool:
    """Remove and keep out."""
    chat = _group(request)
    user, member = _target(request, chat)
    request.need_right(chat, "can_restrict_members", _RESTRICT_WORDS)
    if member.status == "administrator":
        raise bad_request("user is an administrator of the chat")
    if member.is_in:
        until = request.number("until_date")
        happenings.put_out(request.telegram, chat, user, request.bot.user, banned=True, until=until)
    elif member.status != "kicked":
        happenings.change_member(request.telegram, chat, Member(user, "kicked"), request.bot.user)
    return True


def unban(request: Request) -> bool:
    """Allow back in; a member is removed by it unless only_if_banned is set."""
    chat = _group(request)
    if chat.kind == "group":
        raise bad_request("method is available for supergroup and channel chats only")
    user, member = _target(request, chat)
    request.need_right(chat, "can_restrict_members", _RESTRICT_WORDS)
    if member.status == "kicked":
        happenings.change_member(request.telegram, chat, Member(user, "left"), request.bot.user)
    elif member.is_in and not request.flag("only_if_banned"):
        happenings.put_out(request.telegram, chat, user, request.bot.user)
    return True


def restrict(request: Request) -> bool:
    """Take permissions away from one member."""
    chat = _group(request)
    if chat.kind != "supergroup":
        raise bad_request("method is available only for supergroups")
    user, member = _target(request, chat)
    request.need_right(chat, "can_restrict_members", _RESTRICT_WORDS)
    if member.status == "administrator":
        raise bad_request("user is an administrator of the chat")
    rights: Json = dict(request.get("permissions") or {}) | {"is_member": member.is_in}
    new = Member(user, "restricted", rights, until_date=request.number("until_date"))
    happenings.change_member(request.telegram, chat, new, request.bot.user)
    return True


def promote(request: Request) -> bool:
    """Make an administrator, or with no right at all a plain member again."""
    chat = _group(request)
    if chat.kind == "group":
        raise bad_request("method is available for supergroup and channel chats only")
    user, member = _target(request, chat)
    request.need_right(chat, "can_promote_members", "not enough rights")
    if not member.is_in:
        raise bad_request("USER_NOT_PARTICIPANT")
    rights = {name: request.flag(name) for name in rights_for(chat)}
    anonymous = request.flag("is_anonymous")
    status = "administrator" if any(rights.values()) or anonymous else "member"
    new = Member(user, "administrator", rights, is_anonymous=anonymous) if status != "member" else Member(user)
    happenings.change_member(request.telegram, chat, new, request.bot.user)
    return True


def set_permissions(request: Request) -> bool:
    """What plain members may do."""
    chat = _group(request)
    request.need_right(chat, "can_restrict_members", "not enough rights to change chat permissions")
    chat.permissions = dict(request.get("permissions") or {})
    return True


def set_custom_title(request: Request) -> bool:
    """Title shown beside an administrator whom the bot promoted."""
    chat = _group(request)
    user = request.user()
    member = chat.member(user.id)
    if member is None or member.status != "administrator":
        raise bad_request("user is not an administrator")
    member.custom_title = request.text("custom_title") or None
    return True


METHODS: dict[str, Method] = {
    "banChatMember": ban,
    "unbanChatMember": unban,
    "restrictChatMember": restrict,
    "promoteChatMember": promote,
    "setChatPermissions": set_permissions,
    "setChatAdministratorCustomTitle": set_custom_title,
}
