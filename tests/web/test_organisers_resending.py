"""What did not arrive, at a desk: sent again with one press, asked about where it may arrive twice."""

from datetime import timedelta

import html5lib
from sqlalchemy import select

from domain.permissions import Role
from storage import people
from storage.tables import audit, outbox
from tests.chat.world import Visitor
from tests.web.desk import Desk, sign_in
from tests.web.site import Site


async def owner(site: Site, name: str = "Otto") -> Desk:
    visitor = await site.chat.person(name)
    async with site.chat.bot.database.write() as tx:
        await people.grant(tx, visitor.id, Role.OWNER)
    return await sign_in(site, visitor)


async def lost(site: Site, reader: Visitor | None, kind: str = "role", **values: object) -> int:
    """A message that ended badly a minute ago."""
    now = site.chat.clock.now()
    person = reader.id if reader else None
    standard: dict[str, object] = {
        "key": f"{kind}:{person}", "kind": kind, "lane": 2, "policy": "at_least_once", "method": "sendMessage",
        "chat_id": person, "person_id": person, "state": "failed", "error": "Timed out",
        "refs": {"role": "organiser", "group_id": None, "by": "Otto", "fact": "granted"}, "not_before": now,
        "attempt": 8, "created_at": now, "finished_at": now - timedelta(minutes=1),
    }  # fmt: skip
    async with site.chat.bot.database.write() as tx:
        added = await tx.execute(outbox.insert().values({**standard, **values}).returning(outbox.c.id))
        return int(added.scalar_one())


async def row_of(site: Site, number: int) -> tuple[str, int]:
    async with site.chat.bot.database.read() as tx:
        row = (await tx.execute(select(outbox.c.state, outbox.c.attempt).where(outbox.c.id == number))).one()
    return row.state, row.attempt


def forms(page: str) -> list[dict[str, str]]:
    """What the forms send that send something again."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    found = [form for form in tree.iter("form") if form.get("action") == "/organisers/deliveries/send"]
    fields = [{field.get("name", ""): field.get("value", "") for field in form.iter("input")} for form in found]
    return [{name: value for name, value in one.items() if name != "token"} for one in fields]


async def test_what_did_not_arrive_is_sent_again_with_one_press(site: Site) -> None:
    desk, anna = await owner(site), await site.chat.person("Anna")
    number = await lost(site, anna)

    page = await desk.read("deliveries")
    (fields,) = forms(page)
    done = await desk.sends("deliveries/send", fields)
    state = await row_of(site, number)
    after = await desk.text("deliveries?said=resent")

    assert 'aria-label="Send again: News of a role, Anna"' in page
    assert "did not arrive</td><td><bdi>Telegram could not be reached, or did not answer: Timed out" in page
    assert (done.status, done.headers["Location"]) == (303, "/organisers/deliveries?said=resent")
    assert state == ("pending", 0)
    assert "It goes out again." in after
    assert "Nothing is left here." in after
    async with site.chat.bot.database.read() as tx:
        noted = (await tx.execute(select(audit).where(audit.c.action == "delivery_retried"))).one()
    assert (noted.subject, noted.before) == (f"delivery:{number}", {"state": "failed"})
    assert "Otto had a message sent again that had not arrived." in await desk.text("audit")


async def test_of_two_owners_at_once_the_first_counts(site: Site) -> None:
    first, second = await owner(site), await owner(site, "Oda")
    number = await lost(site, await site.chat.person("Anna"))
    (fields,) = forms(await second.read("deliveries"))

    counted = await first.sends("deliveries/send", fields)
    told = await second.sends("deliveries/send", fields)

    assert counted.headers["Location"] == "/organisers/deliveries?said=resent"
    assert told.headers["Location"] == "/organisers/deliveries?said=not_resent"
    assert "It was not sent again. The list says how it stands." in await second.text("deliveries?said=not_resent")
    assert await row_of(site, number) == ("pending", 0)


async def test_what_may_have_arrived_is_asked_about_without_a_script(site: Site) -> None:
    desk, anna = await owner(site), await site.chat.person("Anna")
    await lost(site, anna, state="uncertain", policy="at_most_once")

    page = " ".join((await desk.read("deliveries")).split())

    asked = ">Send again</summary> <p>It may have arrived. Sent again, it may arrive twice.</p> <form"
    assert '<summary aria-label="Send again: News of a role, Anna"' in page
    assert asked in page
    assert "perhaps arrived" in page
    assert len(forms(page)) == 1


async def test_each_row_says_why_it_cannot_be_sent_again(site: Site) -> None:
    desk, anna, bert = await owner(site), await site.chat.person("Anna"), await site.chat.person("Bert")
    await bert.sends("/stop")
    await lost(site, anna, "web_link")
    await lost(site, bert, "comment")
    late = await lost(site, anna, "reminder", event_id=1, revision=1, expires_at=site.chat.clock.now())
    gone = await lost(site, None, "chat_call", chat_id=-5)

    text = await desk.text("deliveries")
    page = await desk.read("deliveries")
    forged = [await desk.sends("deliveries/send", {"message": number, "ending": 0}) for number in (late, gone, 4711)]

    assert "Not sent again: whoever it was for can ask for it anew." in text
    assert "Not sent again: they have stopped all messages." in text
    assert "Not sent again: it is too late." in text
    assert "Not sent again: a step is taken anew in its chat, or from the card of its result." in text
    assert forms(page) == []
    assert [answer.headers.get("Location", answer.status) for answer in forged] == [
        "/organisers/deliveries?said=not_resent", "/organisers/deliveries?said=not_resent", 403,
    ]  # fmt: skip


async def test_organisers_read_it_and_only_owners_send_again(site: Site) -> None:
    desk = await sign_in(site, await site.chat.organiser("Olga"))
    number = await lost(site, await site.chat.person("Anna"))
    (fields,) = forms(await (await owner(site)).read("deliveries"))

    refused = await desk.sends("deliveries/send", fields)

    assert "Owners can have them sent again." in await desk.text("deliveries")
    assert forms(await desk.read("deliveries")) == []
    assert (refused.status, "This is not for you" in refused.text) == (403, True)
    assert await row_of(site, number) == ("failed", 8)
