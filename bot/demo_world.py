"""The bot's side of the demo's world: who is met already, who sits where, who coordinates, which chat is whose."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from domain.chats import GroupChat, Right
from domain.happenings import Standing
from domain.pages import Note
from domain.people import Person
from domain.permissions import Role
from domain.programme import Programme
from domain.recurrence import Occurrence, Rule, Series, occurrences
from domain.results import Accessible, ResultKind, ResultState
from services import boards, chats, pages, publications, session_changes
from services import programme as programmes
from services.scheduling import new_session
from services.work import Background
from storage import chat_people, facts, groups, people, results, sessions
from storage import chats as stored_chats
from storage.chats import ChatLink

FIRST_TOPIC = 2
"""The sandbox numbers the topics of a chat from here, in the order of the file."""


@dataclass(frozen=True)
class DemoChat:
    """The chat of a group, with the bot in it as an admin. `topic`: the thread id; None means the chat as a whole."""

    chat: GroupChat
    topic: int | None
    language: str
    members: tuple[int, ...]


@dataclass(frozen=True)
class DemoSeries:
    """Weekly sessions of a group: the first one `in_days` from now, at `at` by the clocks of the process."""

    group: str
    title: str
    in_days: int
    at: time
    minutes: int
    times: int
    link: str


@dataclass(frozen=True)
class DemoResult:
    """A result that an organiser published `days_ago`. `kind`, `accessible`: as in `domain.results`."""

    group: str
    author: int
    published_by: int
    days_ago: int
    kind: str
    accessible: str
    title: str
    summary: str
    link: str


@dataclass(frozen=True)
class DemoWorld:
    """Read from the file that the sandbox reads, too. Groups by code, people by id.

    `channel`: the id of the one in which results and webinars are published; `notes` are for the public page.
    """

    token: str
    username: str
    people: tuple[Person, ...]
    owner_ids: frozenset[int]
    organisers: tuple[int, ...]
    coordinators: Mapping[str, tuple[int, ...]]
    members: Mapping[str, tuple[int, ...]]
    chats: Mapping[str, DemoChat]
    channel: int
    series: tuple[DemoSeries, ...]
    results: tuple[DemoResult, ...]
    notes: Mapping[tuple[Note, str], str]


def read_demo_world(path: Path) -> DemoWorld:
    """The world of a file that comes with the program."""
    source: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    bots_side = source["prework"]
    ids = {person["key"]: int(person["id"]) for person in source["people"]}
    found = {chat["key"]: chat for chat in source["chats"]}

    def by_group(held: Mapping[str, list[str]]) -> dict[str, tuple[int, ...]]:
        return {code: tuple(ids[key] for key in keys) for code, keys in held.items()}

    return DemoWorld(
        token=source["bot"]["token"],
        username=source["bot"]["username"],
        people=tuple(_person(person) for person in source["people"] if person.get("started")),
        owner_ids=frozenset(ids[key] for key in bots_side["owners"]),
        organisers=tuple(ids[key] for key in bots_side["organisers"]),
        coordinators=by_group(bots_side["coordinators"]),
        members=by_group(bots_side["members"]),
        chats={code: _chat(link, found[link["chat"]], ids) for code, link in bots_side["links"].items()},
        channel=found[bots_side["channel"]]["id"],
        series=tuple(_series(each) for each in bots_side["series"]),
        results=tuple(_result(each, ids) for each in bots_side["results"]),
        notes={(Note(note), code): text for note, texts in bots_side["page"].items() for code, text in texts.items()},
    )


def _person(source: Mapping[str, Any]) -> Person:
    name = f"{source['first_name']} {source['last_name']}"
    return Person(source["id"], name, source["language_code"], source["zone"])


def _chat(link: Mapping[str, Any], chat: Mapping[str, Any], ids: Mapping[str, int]) -> DemoChat:
    known = GroupChat(
        id=chat["id"],
        title=chat["title"],
        is_forum=chat.get("forum", False),
        standing=Standing.ADMINISTRATOR,
        rights=frozenset({*Right} - {Right.WRITE}),
    )
    topic = FIRST_TOPIC + chat["topics"].index(link["topic"]) if "topic" in link else None
    return DemoChat(known, topic, link["language"], tuple(ids[key] for key in (chat["owner"], *chat["members"])))


def _series(source: Mapping[str, Any]) -> DemoSeries:
    return DemoSeries(**{**source, "at": time.fromisoformat(source["at"])})


def _result(source: Mapping[str, Any], ids: Mapping[str, int]) -> DemoResult:
    people_in_it = {"author": ids[source["author"]], "published_by": ids[source["published_by"]]}
    return DemoResult(**{**source, **people_in_it})


async def settle_in(work: Background, world: DemoWorld, programme: Programme) -> None:
    """Take the programme over; give everybody who has pressed Start their place, and groups what they have already."""
    await programmes.apply(work.tx, programme, work.now, None, lambda: None)
    codes = {group.code: group.id for group in await groups.get_all(work.tx)}
    await _seat(work, world, codes)
    for code, chat in world.chats.items():
        await _link(work, codes[code], chat)
    for series in world.series:
        await _schedule(work, codes[series.group], series)
    for result in world.results:
        await _publish(work, codes[result.group], result)
    for (note, language), text in world.notes.items():
        await pages.write_note(work, None, note, language, text)
    await _announce(work)


async def _seat(work: Background, world: DemoWorld, codes: Mapping[str, int]) -> None:
    for person in world.people:
        await people.add(work.tx, person, work.now)
        await people.change(work.tx, person.id, started_at=work.now)
    for person_id in world.organisers:
        await people.grant(work.tx, person_id, Role.ORGANISER)
    for code, person_ids in world.coordinators.items():
        for person_id in person_ids:
            await people.grant(work.tx, person_id, Role.COORDINATOR, codes[code])
    for code, person_ids in world.members.items():
        for person_id in person_ids:
            await groups.take_seat(work.tx, codes[code], person_id, work.now)


async def _link(work: Background, group_id: int, demo: DemoChat) -> None:
    """As if a coordinator had linked it: the board is posted and pinned, the invite link made, when the bot runs."""
    await stored_chats.save(work.tx, demo.chat, work.now)
    for person_id in demo.members:
        await chat_people.note_member(work.tx, demo.chat.id, person_id, work.now, is_in=True)
    link = ChatLink(group_id, demo.chat.id, demo.topic, "open", demo.language)
    await stored_chats.put_link(work.tx, link, None, work.now)
    await boards.show(work, link)
    await chats.make_ready(work, demo.chat)


async def _schedule(work: Background, group_id: int, demo: DemoSeries) -> None:
    """As if a coordinator had planned it: the card of the first session is posted into the chat of the group."""
    first = datetime.combine(work.today + timedelta(days=demo.in_days), demo.at)
    planned = occurrences(Series(first, work.process.zone, Rule.WEEKLY, demo.times))
    dates = [one for one in planned if isinstance(one, Occurrence)]
    series_id = await sessions.add_series(
        work.tx,
        group_id=group_id,
        rule=Rule.WEEKLY.value,
        first_wall=first.isoformat(timespec="minutes"),
        zone=work.process.zone,
        minutes=demo.minutes,
        times=demo.times,
        exceptions=[],
        created_at=work.now,
    )
    for one in dates:
        session = new_session(group_id, one.at, demo.minutes, work.process.zone, demo.link)
        session = replace(session, titles={work.process.language: demo.title}, series_id=series_id)
        await session_changes.add(work.tx, session, work.now, None, in_chat=one is dates[0])


async def _announce(work: Background) -> None:
    """As if the channel had been there all the time: what is public is posted when the bot runs."""
    await facts.put(work.tx, publications.SINCE, work.now.isoformat())
    await publications.follow_all(work)


async def _publish(work: Background, group_id: int, demo: DemoResult) -> None:
    """As if it had been handed in, accepted and published in time: nobody is told of it any more."""
    at = work.now - timedelta(days=demo.days_ago)
    result_id = await results.add_draft(work.tx, demo.author, at)
    await results.change(
        work.tx,
        result_id,
        group_id=group_id,
        kind=ResultKind(demo.kind).value,
        accessible=Accessible(demo.accessible).value,
        title=demo.title,
        summary=demo.summary,
        link=demo.link,
        state=ResultState.PUBLISHED.value,
        version=1,
        submitted_at=at,
        published_at=at,
        published_by=demo.published_by,
    )
