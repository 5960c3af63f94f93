"""Reads a small world from YAML: the bot, people, and chats, for the demo and for benchmarks.

bot:
  token: "7000000001:AA-demo"     # also on the command line of the bot that is tried
  username: prework_bot
  name: Prework                   # optional
  reads_all_groups: false         # optional: privacy mode off
people:
  - key: anna                     # how this file speaks of her
    first_name: Anna
    last_name: Okafor             # optional
    username: anna_o              # optional
    language_code: de             # optional, "en"
    id: 5200000001                # optional; say it where settings name it (owner, organisers)
    note: Coordinates two groups  # optional: one line for the chat page
    zone: Africa/Accra            # optional: the zone of her phone, in which the chat page shows her times
    started: false                # optional: has pressed Start before the story begins
crowd: 0                          # optional: as many more people who have pressed Start (benchmarks)
chats:
  - key: cities                   # optional
    id: -1002022000001            # optional; say it where the bot's side names the chat
    title: Cities as climate havens
    kind: supergroup              # optional: group, supergroup, channel
    forum: true                   # optional
    topics: [Papers, Dates]       # optional; their ids are 2, 3, … (1 is the general topic)
    username: null                # optional: makes the chat public
    owner: anna
    admins: [ben]                 # optional
    members: [cleo]               # optional
    bot: admin                    # optional: admin, member; without it the bot is not in
    discusses: news               # optional: the key of the channel whose posts are forwarded here
    invite_link: true             # optional: a primary link, so that people can join
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from sandbox.bots import Bot
from sandbox.objects import rights_for
from sandbox.state import Chat, InviteLink, Member, User
from sandbox.telegram import LocalTelegram


class WorldError(ValueError):
    """The file describes no world; the sentence names the place."""


@dataclass
class World:
    """What was built, by the keys of the file."""

    bot: Bot
    people: dict[str, User] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)


def read_world(path: Path, telegram: LocalTelegram) -> World:
    """Build the world of a YAML file; raises WorldError for a file that describes none."""
    try:
        return build_world(yaml.safe_load(path.read_text(encoding="utf-8")), telegram)
    except (OSError, yaml.YAMLError) as error:
        raise WorldError(f"{path}: {error}") from error
    except KeyError as error:
        raise WorldError(f"{path}: {error} is missing or named nowhere") from error
    except TypeError as error:
        raise WorldError(f"{path}: {error}") from error


def build_world(source: dict[str, Any], telegram: LocalTelegram) -> World:
    """Build a world from the decoded YAML."""
    bot = source["bot"]
    world = World(telegram.add_bot(**bot))
    for person in source.get("people") or []:
        _add_person(world, telegram, dict(person))
    for number in range(int(source.get("crowd") or 0)):
        user = telegram.add_user(f"Guest {number + 1}")
        telegram.private_chat(user).started = True
    for chat in source.get("chats") or []:
        _add_chat(world, telegram, dict(chat))
    return world


def _add_person(world: World, telegram: LocalTelegram, person: dict[str, Any]) -> None:
    key, started = str(person.pop("key")), bool(person.pop("started", False))
    user = world.people[key] = telegram.add_user(user_id=person.pop("id", None), **person)
    telegram.private_chat(user).started = started


def _add_chat(world: World, telegram: LocalTelegram, source: dict[str, Any]) -> None:
    def named(keys: Iterable[str]) -> list[User]:
        return [world.people[key] for key in keys]

    owner = world.people[source["owner"]] if source.get("owner") else None
    discussed = source.get("discusses")
    chat = telegram.add_group(
        source["title"],
        kind=source.get("kind", "supergroup"),
        forum=bool(source.get("forum", False)),
        members=named(source.get("members") or ()),
        admins=named(source.get("admins") or ()),
        owner=owner,
        username=source.get("username"),
        topics=source.get("topics") or (),
        linked_to=world.chats[discussed] if discussed else None,
        chat_id=source.get("id"),
    )
    world.chats[str(source.get("key") or source["title"])] = chat
    _put_bot_in(world.bot, chat, source.get("bot"))
    if source.get("invite_link"):
        number = telegram.number("link", 1)
        link = InviteLink(f"https://t.me/+Sandbox{number:09d}", owner or world.bot.user, is_primary=True)
        chat.links[link.link] = link


def _put_bot_in(bot: Bot, chat: Chat, role: str | None) -> None:
    """Without an update: the world begins in the middle of its story."""
    if role not in {None, "admin", "member"}:
        raise WorldError(f"{chat.title}: bot is admin, member or left out, not {role!r}")
    if role == "admin":
        rights = dict.fromkeys(rights_for(chat), True)
        chat.members[bot.id] = Member(bot.user, "administrator", rights)
    elif role == "member":
        chat.members[bot.id] = Member(bot.user)
