"""What the page lets a person do in groups: found them, come and go, administer, open topics, pin."""

from collections.abc import Callable

from sandbox.page.deed import Deed
from sandbox.page.views import is_in, links_of
from sandbox.people import PersonError
from sandbox.state import Chat, Json, Topic, User

# --- Coming and going -------------------------------------------------------------------------


def found_group(deed: Deed) -> Json:
    """Found a group; `kind` is group or supergroup, and `topics` makes a supergroup a forum."""
    title = deed.named("title", "A group")
    chat = deed.person.found_group(title, is_supergroup=deed.text("kind") == "supergroup", forum=deed.flag("topics"))
    return {"chat": chat.id}


def join(deed: Deed) -> None:
    """Join a public chat, or use its link, which may only ask to join."""
    links = links_of(deed.chat)
    deed.person.join(deed.chat if deed.chat.username or not links else links[0])


def ask_to_join(deed: Deed) -> None:
    """Ask to join, with or without a link."""
    links = links_of(deed.chat)
    deed.person.ask_to_join(links[0] if links else deed.chat)


def look_at_invite(deed: Deed) -> Json:
    """Tell what an invite link leads to, before somebody uses it."""
    chat, link = deed.person.look_at_invite(deed.text("url"))
    members = sum(1 for member in chat.members.values() if member.is_in)
    return {
        "chat": chat.id,
        "title": chat.name,
        "members": members,
        "by_request": link.creates_join_request,
        "is_in": is_in(chat, deed.person.user),
    }


def add_member(deed: Deed) -> None:
    """Add somebody to the group."""
    user = deed.user("user")
    if is_in(deed.chat, user):
        raise PersonError(f"{user.full_name} is in {deed.chat.name} already.")
    deed.person.add_member(deed.chat, user)


def remove_member(deed: Deed) -> None:
    """Remove somebody; from a supergroup they cannot come back by themselves."""
    deed.person.remove_member(deed.chat, _not_the_owner(deed, deed.user("user")), banned=deed.chat.kind != "group")


# --- Administering ----------------------------------------------------------------------------


def add_bot(deed: Deed) -> None:
    """Add the bot to a group, with the payload and the rights of the link that asked for it."""
    deed.person.add_bot(deed.chat, payload=deed.text("payload") or None, rights=deed.rights())


def promote(deed: Deed) -> None:
    """Make somebody, or the bot, an admin; silent about rights means all of them, none ticked means none."""
    if deed.fields.get("rights") == []:
        demote(deed)
    else:
        deed.person.promote(deed.chat, _administered(deed), **deed.rights())


def demote(deed: Deed) -> None:
    """Make an admin, or the bot, an ordinary member again."""
    deed.person.demote(deed.chat, _administered(deed))


def _administered(deed: Deed) -> User:
    user = deed.views.telegram.first_bot.user if deed.number("user") is None else deed.user("user")
    return _not_the_owner(deed, user)


def _not_the_owner(deed: Deed, user: User) -> User:
    member = deed.chat.member(user.id)
    if member is not None and member.status == "creator":
        raise PersonError("Nobody can do that to the owner of the group.")
    return user


def rename_chat(deed: Deed) -> None:
    """Give the group another title."""
    deed.person.rename_chat(deed.chat, deed.named("title", "A group"))


def become_supergroup(deed: Deed) -> Json:
    """Turn a basic group into a supergroup, which has another id."""
    return {"chat": deed.person.migrate(deed.chat).id}


def switch_topics(deed: Deed) -> Json:
    """Switch topics on or off; a basic group becomes a supergroup first, as in Telegram."""
    chat: Chat = deed.chat
    if chat.kind == "group":
        chat = deed.person.migrate(chat)
    deed.person.switch_forum(chat, on=deed.flag("on"))
    return {"chat": chat.id}


def make_link(deed: Deed) -> Json:
    """Make an invite link; with `by_request` an admin has to let people in."""
    return {"link": deed.person.create_link(deed.chat, creates_join_request=deed.flag("by_request")).link}


# --- Topics and pins --------------------------------------------------------------------------


def open_topic(deed: Deed) -> Json:
    """Open a topic."""
    return {"topic": deed.person.create_topic(deed.chat, deed.named("name", "A topic")).id}


def rename_topic(deed: Deed) -> None:
    """Give a topic another name."""
    deed.person.rename_topic(deed.chat, _own_topic(deed), deed.named("name", "A topic"))


def delete_topic(deed: Deed) -> None:
    """Delete a topic with all its messages."""
    deed.person.delete_topic(deed.chat, _own_topic(deed))


def _own_topic(deed: Deed) -> Topic:
    if deed.topic is None:
        raise PersonError("The general topic stays as it is.")
    return deed.topic


def pin(deed: Deed) -> None:
    """Pin a message."""
    deed.person.pin(deed.message)


ACTIONS: dict[str, Callable[[Deed], Json | None]] = {
    "found-group": found_group,
    "join": join,
    "ask": ask_to_join,
    "take-back": lambda deed: deed.person.take_back_request(deed.chat),
    "look-at-invite": look_at_invite,
    "leave": lambda deed: deed.person.leave(deed.chat),
    "accept": lambda deed: deed.person.accept(deed.chat, deed.user("applicant")),
    "decline": lambda deed: deed.person.decline(deed.chat, deed.user("applicant")),
    "add-member": add_member,
    "remove-member": remove_member,
    "add-bot": add_bot,
    "remove-bot": lambda deed: deed.person.remove_bot(deed.chat),
    "promote": promote,
    "demote": demote,
    "promote-bot": promote,
    "demote-bot": demote,
    "rename-chat": rename_chat,
    "migrate": become_supergroup,
    "switch-topics": switch_topics,
    "make-link": make_link,
    "open-topic": open_topic,
    "rename-topic": rename_topic,
    "close-topic": lambda deed: deed.person.close_topic(deed.chat, deed.topic),
    "reopen-topic": lambda deed: deed.person.reopen_topic(deed.chat, deed.topic),
    "delete-topic": delete_topic,
    "pin": pin,
    "unpin": lambda deed: deed.person.unpin(deed.message),
}
