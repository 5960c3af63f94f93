"""Whatever stands in any table, in public it is found only where it is named here, and for a reason."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import JSON, String, select

from bot.run import reading
from services import pages
from storage.tables import metadata
from tests.storage.filling import tables
from tests.web.canaries import NOTHING, VARIED, WORDS, Canaries, Origin
from tests.web.public_outputs import World, collect, open_world
from tests.web.site import AT

IN_CHAT = "to a stranger"


@dataclass(frozen=True)
class Moment:
    """What decides, beside the row, whether something is public: when, and where it was found."""

    now: datetime
    where: str = ""


Condition = Callable[[Mapping[str, object], Moment], bool]


def always(_: Mapping[str, object], __: Moment) -> bool:
    return True


def state(wanted: str) -> Condition:
    return lambda row, _: row["state"] == wanted


def shown(row: Mapping[str, object], _: Moment) -> bool:
    return row["kind"] == "webinar" and row["state"] != "draft"


def link_for_all(row: Mapping[str, object], moment: Moment) -> bool:
    """On pages until the end, in calendars for good; a guarded one in the chat from a quarter of an hour before."""
    if not shown(row, moment) or row["state"] != "announced" or row["registers"]:
        return False
    starts_at = row["starts_at"]
    assert isinstance(starts_at, datetime)
    is_near = starts_at - timedelta(minutes=15) <= moment.now < starts_at + timedelta(hours=1)
    if row["link_policy"] == "guarded":
        return moment.where.startswith(IN_CHAT) and is_near
    return moment.where.startswith(("/calendar", IN_CHAT)) or moment.now < starts_at + timedelta(hours=1)


def over(row: Mapping[str, object], moment: Moment) -> bool:
    starts_at = row["starts_at"]
    assert isinstance(starts_at, datetime)
    return shown(row, moment) and row["state"] == "announced" and starts_at + timedelta(hours=1) <= moment.now


def sent(row: Mapping[str, object], moment: Moment) -> bool:
    return row["state"] == "published" and moment.where.startswith(IN_CHAT)


def is_note(row: Mapping[str, object], _: Moment) -> bool:
    return str(row["name"]).startswith("page_")


PUBLIC: Mapping[str, tuple[Condition, str]] = {
    "groups.code": (always, "which groups there are is what people ask to join"),
    "groups.titles": (always, "the same"),
    "groups.themes": (always, "the same"),
    "events.titles": (shown, "webinars are for everybody, once they are announced; sessions never are"),
    "events.abstracts": (shown, "the same"),
    "events.speakers": (shown, "the organisations that speak, named by those who announce"),
    "events.link": (link_for_all, "where the link is public, or the bot tells it a quarter of an hour before"),
    "events.recording_link": (over, "afterwards, where there is one"),
    "results.title": (state("published"), "an organiser has published it"),
    "results.summary": (state("published"), "the same"),
    "results.link": (state("published"), "the same"),
    "results.file_name": (state("published"), "under this name the published file is saved"),
    "results.file_id": (
        sent,
        "whoever was sent a published file finds this in the copy of their data",
    ),
    "results.correction": (state("published"), "what was corrected is said where it stands"),
    "results.withdrawal": (state("withdrawn"), "why it is gone is said where it stood"),
    "facts.value": (is_note, "the texts that organisers write for the page"),
}
"""The columns that everybody may read, on which condition, and why. Everything else is private."""

SPOKEN_BY = (
    *("/en/", "/de/", "/fr/", "/en/webinars.atom", "/de/webinars.json", "/fr/results.atom", "/en/results.json"),
    *("/en/embed", "/calendar/", "/files/", IN_CHAT, "typed by", "channel", "homepage", "text for x"),
)
"""How the names of outputs begin in which something public has to stand."""


def is_public(origin: Origin, moment: Moment, public: Mapping[str, tuple[Condition, str]] = PUBLIC) -> bool:
    condition, _ = public.get(origin.name, (None, ""))
    return condition is not None and condition(origin.row, moment)


def leaks(
    canaries: Canaries,
    outputs: Mapping[str, str],
    now: datetime,
    public: Mapping[str, tuple[Condition, str]] = PUBLIC,
) -> list[str]:
    """What stands where it may not."""
    return [
        f"{origin} in {where}"
        for where, text in outputs.items()
        for origin in canaries.found_in(text)
        if not is_public(origin, Moment(now, where), public)
    ]


def missing(canaries: Canaries, outputs: Iterable[str], now: datetime) -> list[str]:
    """What everybody may read and nobody can."""
    found = {id(origin) for text in outputs for origin in canaries.found_in(text)}
    moment = Moment(now, IN_CHAT)
    return [str(one) for one in canaries.texts.values() if is_public(one, moment) and id(one) not in found]


@pytest.mark.timeout(300)
async def test_what_is_private_stands_nowhere_and_what_is_public_somewhere(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await collect(world)
        now = world.stage.chat.clock.now()

        assert leaks(world.canaries, world.outputs, now) == []
        assert missing(world.canaries, world.outputs.values(), now) == []
        said = Counter(
            begin
            for where, text in world.outputs.items()
            for begin in SPOKEN_BY
            if where.startswith(begin) and any(world.canaries.found_in(text))
        )
        assert set(said) == set(SPOKEN_BY)


async def test_every_column_that_can_hold_words_holds_a_canary_or_words_of_ours(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        canaries = world.canaries
        filled = {origin.name for origin in (*canaries.texts.values(), *canaries.others.values())}

    columns = {f"{table.name}.{column.name}": column for table in tables() for column in table.columns}
    can_hold = {name for name, column in columns.items() if isinstance(column.type, String | JSON)}
    assert can_hold - filled == {*WORDS, *VARIED, *NOTHING, *ADDRESSES} & can_hold
    assert {*WORDS, *VARIED, *NOTHING, *PUBLIC} <= set(columns)
    assert not filled & set(WORDS)


ADDRESSES = {"files.name"}
"""What is random and an address: who knows it may have what is there, if it is published."""


# --- The check itself is checked --------------------------------------------------------------


async def one_page(world: World, path: str) -> dict[str, str]:
    world.site.passes(seconds=61)
    return {path: await world.site.read(path)}


async def test_what_stands_in_a_public_column_by_mistake_is_found(tmp_path: Path) -> None:
    results = metadata.tables["results"]
    async with open_world(tmp_path) as world:
        now = world.stage.chat.clock.now()
        (motivation, *_) = [text for text, one in world.canaries.texts.items() if one.name == "applications.motivation"]
        async with world.stage.chat.bot.database.write() as tx:
            number = await tx.scalar(select(results.c.id).where(results.c.state == "published"))
            path = f"/en/results/{number}"
            before = leaks(world.canaries, await one_page(world, path), now)
            await tx.execute(results.update().where(results.c.id == number).values(summary=f"So: {motivation}."))

        after = leaks(world.canaries, await one_page(world, path), now)

    assert before == []
    assert set(after) == {f"applications.motivation (state open) in {path}"}


async def test_a_page_that_shows_too_much_is_found(tmp_path: Path) -> None:
    """As if it read one column too many."""
    async with open_world(tmp_path) as world:
        now = world.stage.chat.clock.now()
        async with world.stage.chat.bot.database.read() as tx:
            links = {row.id: row.link for row in await tx.execute(select(metadata.tables["events"]))}
        async with reading(world.stage.chat.bot) as work:
            site = (await pages.read_site(work)).site
    wrong = [replace(webinar, join_link=links[webinar.id]) for webinar in site.webinars]
    outputs = {f"/en/webinars/{one.id}": str(one) for one in site.webinars}
    too_much = {f"/en/webinars/{one.id}": str(one) for one in wrong}

    assert leaks(world.canaries, outputs, now) == []
    assert len(leaks(world.canaries, too_much, now)) > 10


async def test_a_column_that_is_not_on_the_list_is_private(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        now = world.stage.chat.clock.now()
        outputs = await one_page(world, "/en/results")
    fewer = {name: one for name, one in PUBLIC.items() if name != "results.title"}

    assert leaks(world.canaries, outputs, now) == []
    assert set(leaks(world.canaries, outputs, now, fewer)) == {
        "results.title (kind statement, state published) in /en/results"
    }


def test_a_canary_is_found_however_it_is_written() -> None:
    canaries = Canaries(others={"s3cret": Origin("", "token", {})})
    name = canaries.text(Origin("people", "name", {}))
    number = canaries.number(Origin("people", "id", {}))

    ways = [name, name.upper(), f"#{name}s", f"{name[:4]}\r\n {name[4:]}", f"&#113;{name[1:]}", f'"x{name}\\n"']
    ways += [str(number), f"tg://user?id={number}", f"-100{number}"[4:], "as3crets"]

    assert [len(list(canaries.found_in(way))) for way in ways] == [1] * len(ways)
    assert list(canaries.found_in("nothing of it: qz00000, 7300000000")) == []


def test_where_nothing_is_shown_all_that_is_public_is_missing() -> None:
    canaries = Canaries()
    canaries.text(Origin("results", "title", {"state": "published"}))
    canaries.text(Origin("results", "title", {"state": "draft"}))

    assert missing(canaries, [""], AT) == ["results.title (state published)"]
