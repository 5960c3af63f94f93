"""What organisers do on their pages: reviewing, publishing, sending, and taking a programme over."""

from datetime import timedelta
from typing import Any

import html5lib
import pytest
from sqlalchemy import delete, select

from domain.broadcasts import BroadcastState
from domain.pages import readable
from programme.reading import parse
from services import programme as programmes
from storage import broadcasts, people, results
from storage.tables import audit, events, groups, outbox
from tests.chat.world import Visitor
from tests.hostile import HOSTILE, storable
from tests.web.desk import PLACES, Desk, hidden, sign_in
from tests.web.site import AT, Site, add_hostile


async def submitted(site: Site, author: Visitor, title: str = "A draft brief", **values: object) -> int:
    """A result that waits for its review."""
    standard: dict[str, object] = {
        "title": title, "summary": "What we found.", "state": "submitted", "version": 1,
        "group_id": site.groups["PWG 3"], "submitted_at": site.chat.clock.now(),
    }  # fmt: skip
    async with site.chat.bot.database.write() as tx:
        number = await results.add_draft(tx, author.id, site.chat.clock.now())
        await results.change(tx, number, **(standard | values))
    return number


# --- Results ----------------------------------------------------------------------------------


async def test_from_the_queue_to_the_public_page(site: Site, desk: Desk) -> None:
    mia = await site.chat.member("Mia", site.groups["PWG 3"])
    number = await submitted(site, mia)
    fields = {"result": number, "version": 1}

    queue = await desk.text("results")
    accepted = await desk.sends("results/accept", fields)
    shown = await desk.text("results?said=accepted")
    published = await desk.sends("results/publish", fields)
    await site.chat.settles()
    site.passes(seconds=1)

    assert "A draft brief PWG 3 · By Mia · Handed in: Mon, 14 Mar 2022" in queue
    assert "waits for a review What we found. Accept What is to be changed Ask for changes" in queue
    assert (accepted.status, accepted.headers["Location"]) == (303, "/organisers/results?said=accepted")
    assert "Accepted. It can be published now." in shown
    assert "accepted What we found. Publish" in shown
    assert (published.status, published.headers["Location"]) == (303, "/organisers/results?said=published")
    assert "Nothing waits." in await desk.text("results")
    assert "A draft brief" in await site.text("/en/results")
    assert any("A draft brief" in message.text for message in mia.messages)


async def test_changes_are_asked_for_in_words(site: Site, desk: Desk) -> None:
    mia = await site.chat.member("Mia", site.groups["PWG 3"])
    number = await submitted(site, mia)
    fields = {"result": number, "version": 1}

    empty = await desk.sends("results/changes", {**fields, "reason": "  "})
    long = await desk.sends("results/changes", {**fields, "reason": "x" * 1001})
    asked = await desk.sends("results/changes", {**fields, "reason": "More about <b>cities</b>, please."})
    await site.chat.settles()

    assert (empty.status, long.status, asked.status) == (403, 403, 303)
    assert "1001 characters, 1000 at most" in long.text
    assert "More about <b>cities</b>, please." in mia.screen.text


async def test_the_first_answer_wins(site: Site, desk: Desk) -> None:
    number = await submitted(site, await site.chat.member("Mia", site.groups["PWG 3"]))
    other = await sign_in(site, await site.chat.organiser("Otto"))
    fields = {"result": number, "version": 1}

    first = await desk.sends("results/accept", fields)
    second = await other.sends("results/changes", {**fields, "reason": "Too late."})
    older = await other.sends("results/publish", {"result": number, "version": 0})

    assert first.headers["Location"] == "/organisers/results?said=accepted"
    assert {second.headers["Location"], older.headers["Location"]} == {"/organisers/results?said=too_late"}
    assert "Somebody was faster, or it has changed." in await other.text("results?said=too_late")


async def test_nobody_decides_on_their_own(site: Site) -> None:
    olga = await site.chat.organiser("Olga")
    desk = await sign_in(site, olga)
    mine, accepted = await submitted(site, olga), await submitted(site, olga, state="accepted")

    answers = [
        await desk.sends("results/accept", {"result": mine, "version": 1}),
        await desk.sends("results/changes", {"result": mine, "version": 1, "reason": "No."}),
        await desk.sends("results/publish", {"result": accepted, "version": 1}),
        await desk.sends("results/accept", {"result": 4711, "version": 1}),
    ]

    assert [answer.status for answer in answers] == [403] * 4
    assert all("This is not for you, or it does not exist." in answer.text for answer in answers)
    assert "You wrote this: somebody else decides." in await desk.text("results")
    assert "/results/accept" not in await desk.read("results")


# --- Broadcasts -------------------------------------------------------------------------------


async def under_way(site: Site, author: int, *fates: str) -> int:
    """A broadcast of which these are the states of its messages."""
    now = site.chat.clock.now()
    async with site.chat.bot.database.write() as tx:
        number = await broadcasts.add_draft(tx, author, "The programme is <b>online</b>.", now)
        sending = {"state": BroadcastState.SENDING.value, "started_at": now, "started_by": author, "total": len(fates)}
        await broadcasts.change(tx, number, **sending)
        for place, state in enumerate(fates):
            values = {
                "key": f"broadcast:{number}:{place}", "kind": "broadcast", "lane": 3, "policy": "at_most_once",
                "method": "sendMessage", "chat_id": author, "person_id": author, "broadcast_id": number, "state": state,
                "not_before": now + timedelta(hours=1), "attempt": 0, "created_at": now, "refs": {},
            }  # fmt: skip
            await tx.execute(outbox.insert().values(values))
    return number


async def test_a_broadcast_is_watched_and_stopped(site: Site) -> None:
    olga = await site.chat.organiser("Olga")
    desk = await sign_in(site, olga)
    number = await under_way(site, olga.id, "sent", "sent", "uncertain", "pending")

    still, live = await desk.get("broadcasts"), await desk.get("broadcasts?live=1")
    stopped = await desk.sends("broadcasts/stop", {"broadcast": number})
    after = await desk.get("broadcasts?live=1")
    again = await desk.sends("broadcasts/stop", {"broadcast": number})

    assert ("Refresh" in still.headers, live.headers["Refresh"]) == (False, "5")
    assert "The programme is <b>online</b>." in still.text
    assert 'max="4" value="3"' in still.text
    assert stopped.headers["Location"] == "/organisers/broadcasts?said=stopped"
    assert again.headers["Location"] == "/organisers/broadcasts?said=was_over"
    assert "Refresh" not in after.headers
    assert "Send again to those who may not have it" in after.text


async def test_who_may_not_have_it_gets_it_again(site: Site) -> None:
    olga = await site.chat.organiser("Olga")
    desk = await sign_in(site, olga)
    number = await under_way(site, olga.id, "sent", "uncertain")
    async with site.chat.bot.database.write() as tx:
        await broadcasts.change(tx, number, state=BroadcastState.DONE.value)

    once = await desk.sends("broadcasts/again", {"broadcast": number})
    twice = await desk.sends("broadcasts/again", {"broadcast": number})

    assert once.headers["Location"] == "/organisers/broadcasts?said=sent_again"
    assert twice.headers["Location"] == "/organisers/broadcasts?said=nothing_uncertain"


# --- The programme ----------------------------------------------------------------------------

FILE = """\
groups:
  - {code: PWG 9, titles: {en: A new group}, themes: {en: A theme.}, members: [7, 10]}
webinars:
  - slug: new-one
    group: PWG 9
    titles: {en: A new webinar}
    abstracts: {en: About it.}
    languages: [en]
    start: 2022-05-03 18:00
    zone: Europe/Berlin
"""


async def codes(site: Site) -> list[str]:
    async with site.chat.bot.database.read() as tx:
        return list((await tx.execute(select(groups.c.code).order_by(groups.c.code))).scalars())


async def test_a_file_is_shown_first_and_taken_over_on_a_second_word(site: Site, desk: Desk) -> None:
    token = await desk.form_token()

    preview = await desk.uploads("programme/preview", {"token": token}, "plan.yaml", FILE.encode())
    before = await codes(site)
    fields = {"token": token, "name": hidden(preview.text, "name"), "content": hidden(preview.text, "content")}
    taken = await desk.uploads("programme/take", fields)
    after = await codes(site)
    again = await desk.uploads("programme/preview", {"token": token}, "plan.yaml", FILE.encode())

    assert preview.status == 200
    assert "<dt>groups new</dt><dd>1</dd>" in preview.text
    assert "<dt>webinars new</dt><dd>1</dd>" in preview.text
    assert (before, after) == (["PWG 3", "PWG 4"], ["PWG 3", "PWG 4", "PWG 9"])
    assert (taken.status, taken.headers["Location"]) == (303, "/organisers/programme?said=imported")
    assert "Taken over." in await desk.text("programme?said=imported")
    assert "A new webinar PWG 9 Tue, 3 May 2022, 18:00 (Berlin) 60 announced" in await desk.text("programme")
    assert "<dt>as before</dt><dd>2</dd>" in again.text
    async with site.chat.bot.database.read() as tx:
        noted = await tx.scalar(select(audit.c.after).where(audit.c.action == "programme_imported"))
    assert noted == {
        "groups_added": 1, "groups_changed": 0, "webinars_added": 1, "webinars_changed": 0, "unchanged": 0,
    }  # fmt: skip


TABLE = (
    "slug,group,titles_en,abstracts_en,languages,start,zone\r\n"
    "one,PWG 3,One,About it.,en,2022-05-03 18:00,Europe/Berlin\r\n"
    "two,PWG 8,Two,About it.,en,2022-05-04 18:00,Europe/Berlin\r\n"
    "three,PWG 3,Three,About it.,en,2022-03-27 02:30,Europe/Berlin\r\n"
)

WRONG = {
    "plan.csv": (
        TABLE.replace("2022-05-03 18:00", "soon"),
        ["plan.csv line 2, webinar 1 (one): start is wrong: "],
    ),
    "later.csv": (
        TABLE,
        [
            "later.csv line 3, webinar 2 (two): there is no group PWG 8",
            "later.csv line 4, webinar 3 (three): start 2022-03-27 02:30 does not exist in Europe/Berlin",
        ],
    ),
    "broken.yaml": ("groups: [", ["broken.yaml line 1:"]),
    "bomb.yaml": (
        "a: &a [x]\nb: &b [*a, *a]\ngroups: [*b, *b]\n",
        ["bomb.yaml repeats parts by *names, which files from the browser must not"],
    ),
    "deep.yaml": ("[" * 5000, ["deep.yaml is nested too deeply"]),
    "binary.yaml": ("\udcff\udcfe", ["binary.yaml is not text in UTF-8"]),
    "": ("", [" holds no programme"]),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_is_wrong_is_named_row_by_row_and_changes_nothing(site: Site, desk: Desk, name: str) -> None:
    text, findings = WRONG[name]
    token = await desk.form_token()

    answer = await desk.uploads("programme/preview", {"token": token}, name, text.encode("utf-8", "surrogateescape"))

    assert answer.status == 422
    assert "The file cannot be taken over. Nothing was changed." in answer.text
    assert answer.text.count("<li><bdi>") == len(findings)
    assert [finding for finding in findings if finding not in answer.text] == []
    assert "programme/take" not in answer.text
    assert await codes(site) == ["PWG 3", "PWG 4"]


async def test_what_goes_out_as_a_file_comes_in_again_as_the_same(site: Site, desk: Desk) -> None:
    token = await desk.form_token()
    async with site.chat.bot.database.write() as tx:
        await tx.execute(delete(events))  # their names are none that a file may use
        await programmes.apply(tx, parse("plan.yaml", FILE.encode()), site.chat.clock.now(), None, lambda: None)
    for name, unchanged in (("programme.yaml", 4), ("programme.csv", 1)):
        file = await desk.get(name)
        again = await desk.uploads("programme/preview", {"token": token}, name, file.body)

        assert file.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert f"<dt>as before</dt><dd>{unchanged}</dd>" in again.text
        assert again.text.count("<dd>0</dd>") == 4


@pytest.mark.parametrize("content", ["", "!", "AAAA", "eNo=", "eJztwTEBAAAAwqD1T20ND6AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
async def test_only_a_file_that_was_shown_is_taken_over(site: Site, desk: Desk, content: str) -> None:
    fields = {"token": await desk.form_token(), "name": "plan.yaml", "content": content}

    assert (await desk.uploads("programme/take", fields)).status == 400


async def test_a_file_is_looked_at_again_when_it_is_taken_over(site: Site, desk: Desk) -> None:
    token = await desk.form_token()
    row = TABLE.splitlines(keepends=True)
    preview = await desk.uploads("programme/preview", {"token": token}, "plan.csv", (row[0] + row[1]).encode())
    async with site.chat.bot.database.write() as tx:
        await tx.execute(groups.update().where(groups.c.code == "PWG 3").values(code="PWG 33"))

    fields = {"token": token, "name": "plan.csv", "content": hidden(preview.text, "content")}
    taken = await desk.uploads("programme/take", fields)

    assert (taken.status, "there is no group PWG 3" in taken.text) == (422, True)


# --- People, charts, audit --------------------------------------------------------------------


async def test_people_are_found_by_a_part_of_their_name(site: Site, desk: Desk) -> None:
    await site.chat.coordinator("Clara Example", site.groups["PWG 4"])
    await site.chat.person("Paula")
    bruno = await site.chat.person("Bruno")
    async with site.chat.bot.database.write() as tx:
        await people.change(tx, bruno.id, blocked_at=site.chat.clock.now())

    everybody, found = await desk.text("people"), await desk.text("people?q=clara")

    assert "people known to the bot 4 can be reached 3 never pressed Start 0 have blocked the bot 1" in everybody
    assert "Bruno en – has blocked the bot" in everybody
    assert "Clara Example en coordinator PWG 4 can be reached" in found
    assert "Bruno" not in found
    assert "Nobody is called so." in await desk.text("people?q=%25_%27")


async def test_every_list_turns_its_pages(site: Site, desk: Desk) -> None:
    for number in range(30):
        await site.chat.person(f"Person {number:02}")
    mia = await site.chat.member("Mia", site.groups["PWG 3"])
    for number in range(6):
        await submitted(site, mia, f"Brief {number}")

    assert "Person 00" in await desk.text("people")
    assert "Person 29" in await desk.text("people?page=2")
    assert "Person 29" in await desk.text("people?page=99")
    assert "Person 29" in await desk.text("people?q=person&page=2")
    assert 'href="/organisers/people?q=person&amp;page=1"' in await desk.read("people?q=person&page=2")
    assert "Brief 5" in await desk.text("results?page=2")
    assert "1 / " in await desk.text("people?page=x")


async def test_charts_have_their_numbers_in_tables(site: Site) -> None:
    group = site.groups["PWG 3"]
    mia, ben = await site.chat.member("Mia", group), await site.chat.member("Ben", group)
    session = await site.chat.session(group, site.chat.clock.now() + timedelta(hours=1), "First meeting")
    for visitor in (mia, ben):
        await visitor.forges("ws:1:webinar")
    await mia.forges(f"sa:{session}:yes")
    await site.chat.time_goes_to(AT - timedelta(minutes=5))

    await submitted(site, mia)
    desk = await sign_in(site, await site.chat.organiser())
    page = await desk.text("charts")

    assert page.count("Sign-ups per day") == 1
    assert "First meeting" in page
    assert "PWG 3 1 0" in page
    assert "14 Mar 2 " in page
    assert (await desk.read("charts")).count('class="chart"') == 4


async def test_the_audit_says_who_signed_in(site: Site, desk: Desk) -> None:
    assert "Olga signed in on the organisers' pages." in await desk.text("audit")


# --- Hostile texts ----------------------------------------------------------------------------


@pytest.mark.timeout(300)
async def test_three_hundred_hostile_texts_break_no_page(site: Site, desk: Desk) -> None:
    texts = [storable(text) for text in HOSTILE]
    author = await site.chat.member("Mia", site.groups["PWG 3"])
    for number, text in enumerate(texts):
        await submitted(site, author, text, summary=text, link=text, submitted_at=AT + timedelta(minutes=number))
    for number, text in enumerate(texts):
        await add_hostile(site, site.groups["PWG 3"], number, text)
    async with site.chat.bot.database.write() as tx:
        await people.change(tx, author.id, name=HOSTILE[0][:64])
        await tx.execute(groups.update().values(titles={"en": HOSTILE[0]}))

    queue = [parsed(await desk.read(f"results?page={number}")) for number in range(1, 61)]
    pages = {place: parsed(await desk.read(place)) for place in PLACES}

    shown = ["".join(heading.itertext()) for page in queue for heading in page.iterfind(".//h2")]
    assert shown == [readable(text) for text in texts]
    rows = ["".join(row.itertext()) for row in pages["programme"].iterfind(".//tbody/tr/th")]
    assert set(rows) >= {readable(text) for text in texts}


def parsed(page: str) -> Any:
    """Refuses what is not good HTML, runs or could run."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    for element in tree.iter():
        if isinstance(element.tag, str):
            assert element.tag not in {"script", "img", "iframe", "object", "embed", "base", "style"}
            assert [name for name in element.attrib if str(name).startswith("on") or name == "style"] == []
            assert element.get("href", "/").startswith(("/", "#", "https://", "http://", "mailto:"))
    return tree
