"""The organisers' pages over real HTTP: who is let in, and for how long."""

import pytest
from sqlalchemy import select

from domain.permissions import Role
from storage import people, roles
from storage.tables import audit, inbox, outbox, web_links, web_sessions
from tests.chat.world import OWNER, Visitor
from tests.web.desk import DEEDS, PLACES, Desk, ask_for_link, cookie_in, open_door, post, sign_in
from tests.web.site import Answer, Site

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


async def test_from_the_chat_to_the_overview(site: Site) -> None:
    olga = await site.chat.organiser("Olga")

    path = await ask_for_link(olga)
    message = olga.screen
    looked = await site.get(path)
    entered = await open_door(site, path)
    desk = Desk(site, cookie_in(entered))

    assert olga.toasts[-1] == "The link comes in a moment."
    assert message.text == (
        "The organisers' pages\nThe button opens them in your browser and signs you in for 8 hours. It works once, "
        "within 5 minutes. Do not pass this message on: whoever opens the link acts in your name."
    )
    assert message.labels == [["Open in the browser"], ["Sign out everywhere"]]
    assert path.startswith("/organisers/enter/")
    assert len(path.rpartition("/")[2]) == 22  # 128 bits
    assert (looked.status, looked.text.count("<form"), "Set-Cookie" in looked.headers) == (200, 1, False)
    assert (entered.status, entered.headers["Location"]) == (303, "/organisers/")
    assert entered.headers["Set-Cookie"].partition("=")[0] == "__Host-prework"
    attributes = entered.headers["Set-Cookie"].partition("; ")[2].lower()
    assert attributes == "httponly; max-age=28800; path=/; samesite=strict; secure"
    page = await desk.text()
    assert "Overview Webinars expected of each group: 2" in page
    assert "PWG 3 Climate change – impact on migration in trouble Nobody coordinates it." in page
    assert "Signed in as Olga" in page


async def test_every_page_is_kept_nowhere_and_runs_nothing(site: Site) -> None:
    desk = await sign_in(site, await site.chat.organiser())

    for place in PLACES:
        answer = await desk.get(place)

        assert answer.status == 200, place
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "<script" not in answer.text
        assert " style=" not in answer.text


# --- Links ------------------------------------------------------------------------------------


def is_refused(answer: Answer) -> bool:
    return answer.status == 403 and "Set-Cookie" not in answer.headers and "This link does not work" in answer.text


async def test_a_link_lets_in_once(site: Site) -> None:
    path = await ask_for_link(await site.chat.organiser())

    first, second = await open_door(site, path), await open_door(site, path)

    assert first.status == 303
    assert is_refused(second)


async def test_a_link_lets_in_for_five_minutes(site: Site) -> None:
    olga = await site.chat.organiser()
    in_time = await ask_for_link(olga)
    site.passes(minutes=4, seconds=59)
    first = await open_door(site, in_time)
    too_late = await ask_for_link(olga)
    site.passes(minutes=5)

    assert first.status == 303
    assert is_refused(await open_door(site, too_late))


async def test_looking_at_a_link_uses_nothing_up(site: Site) -> None:
    path = await ask_for_link(await site.chat.organiser())

    for method in ("GET", "HEAD", "GET"):
        assert "Set-Cookie" not in (await site.get(path, method)).headers

    assert (await open_door(site, path)).status == 303


async def test_a_newer_link_takes_the_place_of_the_older(site: Site) -> None:
    olga = await site.chat.organiser()
    older = await ask_for_link(olga)
    newer = await ask_for_link(olga)

    assert is_refused(await open_door(site, older))
    assert (await open_door(site, newer)).status == 303


async def test_a_link_that_nobody_made_lets_nobody_in_and_is_not_tried_often(site: Site) -> None:
    for number in range(25):
        assert is_refused(await open_door(site, f"/organisers/enter/{'x' * 20}{number:02}"))
    olga = await site.chat.organiser()
    path = await ask_for_link(olga)

    refused = await open_door(site, path)
    site.passes(minutes=1)

    assert is_refused(refused)
    assert (await open_door(site, path)).status == 303


async def test_a_link_pressed_on_a_page_of_somebody_else_lets_nobody_in(site: Site) -> None:
    path = await ask_for_link(await site.chat.organiser())

    assert is_refused(await post(site, path, **{"Sec-Fetch-Site": "cross-site"}))
    assert (await post(site, path, **{"Sec-Fetch-Site": "same-origin"})).status == 303


async def test_who_has_lost_the_right_meanwhile_is_not_let_in(site: Site) -> None:
    olga = await site.chat.organiser()
    path = await ask_for_link(olga)
    await demote(site, olga)

    assert is_refused(await open_door(site, path))


async def demote(site: Site, visitor: Visitor) -> None:
    async with site.chat.bot.database.write() as tx:
        await roles.revoke(tx, visitor.id, Role.ORGANISER)


async def test_neither_link_nor_session_stands_in_the_database(site: Site) -> None:
    olga = await site.chat.organiser()
    path = await ask_for_link(olga)
    desk = Desk(site, cookie_in(await open_door(site, path)))
    open_link = await ask_for_link(olga)

    secrets = [path.rpartition("/")[2], desk.cookie.partition("=")[2], open_link.rpartition("/")[2]]
    database = site.chat.bot.database.path
    assert database is not None
    kept = b"".join(file.read_bytes() for file in [database, *database.parent.glob(f"{database.name}-*")])
    assert [secret for secret in secrets if secret.encode() in kept] == []
    async with site.chat.bot.database.read() as tx:
        assert len((await tx.execute(select(web_links))).all()) == 1
        assert len((await tx.execute(select(web_sessions))).all()) == 1
        payloads = (await tx.execute(select(outbox.c.payload).where(outbox.c.kind == "web_link"))).scalars().all()
        noted = (await tx.execute(select(audit.c.actor_id).where(audit.c.action == "web_signed_in"))).scalars().all()
    assert payloads == [None, None]
    assert noted == [olga.id]


# --- Everybody at every page ------------------------------------------------------------------

OUTSIDE = "Send /organise to the bot on Telegram and press “Open in the browser”."


async def session_of(site: Site, visitor: Visitor) -> Desk:
    """A session that somebody has who ought to have none: as if they had once been an organiser."""
    async with site.chat.bot.database.write() as tx:
        await people.grant(tx, visitor.id, Role.ORGANISER)
    desk = await sign_in(site, visitor)
    await demote(site, visitor)
    return desk


async def test_who_is_no_organiser_reads_the_same_sentence_everywhere(site: Site) -> None:
    chat, group = site.chat, site.groups["PWG 3"]
    strangers = {
        "nobody": Desk(site, "a=b"),
        "a guess": Desk(site, f"__Host-prework={'x' * 22}"),
        "public": await session_of(site, await chat.person("Paul")),
        "member": await session_of(site, await chat.member("Mia", group)),
        "coordinator": await session_of(site, await chat.coordinator("Clara", group)),
        "erased": await erase(site, await chat.organiser("Erika")),
    }

    answers = {
        (who, place): await desk.get(place)
        for who, desk in strangers.items()
        for place in (*PLACES, "programme.yaml", "programme.csv", "nothing", "results/accept")
    }
    posted = {(who, place): await desk.posts(place, "token=x") for who, desk in strangers.items() for place in DEEDS}

    first = answers["nobody", ""]
    assert OUTSIDE in first.text
    assert {(answer.status, answer.body) for answer in [*answers.values(), *posted.values()]} == {(403, first.body)}


async def erase(site: Site, visitor: Visitor) -> Desk:
    """Somebody who deletes everything about themselves while signed in."""
    desk = await sign_in(site, visitor)
    await visitor.sends("/privacy")
    await visitor.presses("Delete me")
    await visitor.presses("Yes, delete me")
    return desk


async def test_organisers_and_owners_see_every_page(site: Site) -> None:
    boss = await owner(site)
    for visitor in (await site.chat.organiser(), boss):
        desk = await sign_in(site, visitor)

        assert [(await desk.get(place)).status for place in PLACES] == [200] * len(PLACES)
        assert (await desk.get("nothing")).status == 404
        assert (await desk.sends("nothing")).status == 404


async def owner(site: Site) -> Visitor:
    """Somebody who was made an owner."""
    visitor = await site.chat.person("Otto")
    async with site.chat.bot.database.write() as tx:
        await people.grant(tx, visitor.id, Role.OWNER)
    return visitor


async def test_only_owners_have_what_failed_handled_once_more(site: Site) -> None:
    letter = await dead_letter(site)
    organiser, boss = await sign_in(site, await site.chat.organiser()), await sign_in(site, await owner(site))

    assert "Try again" not in await organiser.text("deliveries")
    assert "Owners can have them handled once more." in await organiser.text("deliveries")
    refused = await organiser.sends("deliveries/again", {"letter": letter})
    assert (refused.status, "This is not for you" in refused.text) == (403, True)
    assert await state_of(site, letter) == "dead"
    assert "Reference Error Try again" in await boss.text("deliveries")
    done = await boss.sends("deliveries/again", {"letter": letter})
    assert (done.status, done.headers["Location"]) == (303, "/organisers/deliveries?said=retried")
    assert "It is being handled once more." in await boss.text("deliveries?said=retried")
    assert await state_of(site, letter) == "new"
    again = await boss.sends("deliveries/again", {"letter": letter})
    assert (again.status, "out of date" in again.text) == (403, True)


async def dead_letter(site: Site) -> int:
    async with site.chat.bot.database.write() as tx:
        values = {
            "bot_id": 1, "generation": 0, "update_id": 7000, "lane": OWNER, "state": "dead", "attempts": 3,
            "error": "ab12cd: ValueError: boom",
            "received_at": site.chat.clock.now(), "raw": "{}",
        }  # fmt: skip
        return int((await tx.execute(inbox.insert().values(values).returning(inbox.c.id))).scalar_one())


async def state_of(site: Site, letter: int) -> str:
    async with site.chat.bot.database.read() as tx:
        return str(await tx.scalar(select(inbox.c.state).where(inbox.c.id == letter)))


# --- Sessions ---------------------------------------------------------------------------------


async def test_a_session_lasts_eight_hours(site: Site) -> None:
    desk = await sign_in(site, await site.chat.organiser())
    site.passes(hours=7, minutes=59)
    before = await desk.get()
    site.passes(minutes=1)
    after = await desk.get()

    assert (before.status, after.status) == (200, 403)


async def test_signing_out_ends_this_session_and_no_other(site: Site) -> None:
    olga = await site.chat.organiser()
    here, there = await sign_in(site, olga), await sign_in(site, olga)

    left = await here.sends("leave")

    assert (left.status, "You are signed out." in left.text) == (200, True)
    assert "Max-Age=0" in left.headers["Set-Cookie"]
    assert [(await desk.get()).status for desk in (here, there)] == [403, 200]


async def test_signing_out_everywhere_ends_all_of_them_and_the_open_link(site: Site) -> None:
    olga, otto = await site.chat.organiser("Olga"), await site.chat.organiser("Otto")
    here, there, other = await sign_in(site, olga), await sign_in(site, olga), await sign_in(site, otto)
    link = await ask_for_link(olga)

    await here.sends("leave/everywhere")

    assert [(await desk.get()).status for desk in (here, there, other)] == [403, 403, 200]
    assert is_refused(await open_door(site, link))


async def test_the_chat_signs_out_everywhere_too(site: Site) -> None:
    olga = await site.chat.organiser()
    desk = await sign_in(site, olga)

    await olga.presses("Sign out everywhere")
    done = olga.toasts[-1]
    await olga.presses("Sign out everywhere")

    assert (done, olga.toasts[-1]) == ("Done. 1 browser was signed out.", "You are signed in nowhere.")
    assert (await desk.get()).status == 403


async def test_who_is_made_an_organiser_no_more_is_out_at_once(site: Site) -> None:
    olga = await site.chat.organiser()
    desk = await sign_in(site, olga)
    token = await desk.form_token()
    await demote(site, olga)

    assert (await desk.get("audit")).status == 403
    assert OUTSIDE in (await desk.posts("leave", f"token={token}")).text


# --- Forms ------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", DEEDS)
async def test_a_form_that_is_not_of_this_session_does_nothing(site: Site, place: str) -> None:
    desk = await sign_in(site, await site.chat.organiser("Olga"))
    of_another = await (await sign_in(site, await site.chat.organiser("Otto"))).form_token()

    for body in ("", "token=", f"token={of_another}", "token=%F0%9F%98%80", "other=1"):
        answer = await desk.posts(place, body)
        assert (answer.status, "This page was too old" in answer.text) == (403, True)
    right = f"token={await desk.form_token()}"
    assert (await desk.posts(place, right, **{"Sec-Fetch-Site": "cross-site"})).status == 403
    assert (await desk.posts(place, right, **{"Content-Type": "text/plain"})).status == 400
    assert (await desk.get()).status == 200


async def test_more_than_a_megabyte_is_refused(site: Site) -> None:
    desk = await sign_in(site, await site.chat.organiser())

    answer = await desk.posts("results/accept", b"x" * (1024 * 1024 + 1))

    assert (answer.status, "1 MB at most" in answer.text) == (413, True)


async def test_a_head_of_many_kilobytes_is_refused(site: Site) -> None:
    answer = await site.get("/organisers/", **{"X-Much": "x" * 70_000})

    assert answer.status >= 400
    assert (await site.get("/organisers/")).status == 403
