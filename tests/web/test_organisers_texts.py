"""The texts of the public page, written at a desk."""

import html5lib
import pytest
from sqlalchemy import select

from domain.pages import Note
from storage.tables import audit
from tests.web.desk import Desk, ask_for_link, hidden, post, sign_in
from tests.web.site import Site

ABOUT = {"note": "about", "language": "en"}
FORM = "texts/edit?note=about&language=en"


async def opened(desk: Desk, place: str = FORM) -> dict[str, str]:
    """The hidden fields of a form as it was opened."""
    page = await desk.read(place)
    return {name: hidden(page, name) for name in ("note", "language", "seen")}


def typed(page: str) -> str:
    """What stands in the form."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    field = next(element for element in tree.iter() if element.get("id") == "text")
    return str(field.get("value") or field.text or "")


async def written(site: Site) -> list[tuple[str, object, object]]:
    """What the audit says of the texts."""
    async with site.chat.bot.database.read() as tx:
        query = select(audit.c.subject, audit.c.before, audit.c.after).where(audit.c.action == "page_text_written")
        return [tuple(row) for row in await tx.execute(query.order_by(audit.c.id))]


async def test_a_text_is_written_and_the_public_page_shows_it(site: Site, desk: Desk) -> None:
    first = await desk.sends("texts/save", {**await opened(desk), "text": "Four groups,\r\nmany webinars. "})
    second = await desk.sends("texts/save", {**await opened(desk), "text": "Five groups."})
    listed = await desk.text("texts?said=written")
    site.passes(seconds=1)

    assert [one.headers["Location"] for one in (first, second)] == ["/organisers/texts?said=written"] * 2
    assert "Saved. The public page shows it." in listed
    assert "What this is The first words of the start page. Five groups. Edit not written Edit" in listed
    assert "Five groups." in await site.text("/en/")
    assert await written(site) == [
        ("page:about:en", {"text": None}, {"text": "Four groups,\nmany webinars."}),
        ("page:about:en", {"text": "Four groups,\nmany webinars."}, {"text": "Five groups."}),
    ]
    assert "• text: Four groups, many webinars. → Five groups." in await desk.text("audit")


async def test_a_form_has_the_text_as_it_stands(site: Site, desk: Desk) -> None:
    await site.write(Note.IMPRINT, "de", "\nVerein </textarea> Beispiel\n\nMusterstraße 1")

    page = await desk.read("texts/edit?note=imprint&language=de")

    assert typed(page) == "\nVerein </textarea> Beispiel\n\nMusterstraße 1"
    assert "5000 characters at most. Empty takes it off the page." in page
    assert 'lang="de"' in page


async def test_a_preview_shows_it_like_the_public_page_and_saves_nothing(site: Site, desk: Desk) -> None:
    text = "Verein Beispiel\nMusterstraße 1\n\n<b>Mail</b>: https://example.org/kontakt."
    fields = {**await opened(desk, "texts/edit?note=imprint&language=de"), "text": text}

    preview = await desk.sends("texts/preview", fields)
    before = await written(site)
    saved = await desk.sends(
        "texts/save", {**fields, "text": typed(preview.text), "seen": hidden(preview.text, "seen")}
    )
    site.passes(seconds=1)

    shown = (
        "<p>Verein Beispiel<br>\nMusterstraße 1</p>\n<p>&lt;b&gt;Mail&lt;/b&gt;: "
        '<a href="https://example.org/kontakt" rel="noopener">https://example.org/kontakt</a>.</p>'
    )
    assert (preview.status, before) == (200, [])
    assert shown in preview.text
    assert "This is not saved yet." in preview.text
    assert saved.headers["Location"] == "/organisers/texts?said=written"
    assert shown in await site.read("/de/imprint")


@pytest.mark.parametrize(
    ("note", "shown"), [("name", '<span class="brand"><bdi>&lt;i&gt;'), ("about", '<p class="lead">')]
)
async def test_a_preview_of_each_kind(desk: Desk, note: str, shown: str) -> None:
    fields = {**await opened(desk, f"texts/edit?note={note}&language=fr"), "text": "<i>Avant\nla conférence"}

    preview = await desk.sends("texts/preview", fields)

    assert shown in preview.text
    assert typed(preview.text).startswith("<i>Avant")


async def test_too_long_is_said_and_nothing_is_lost(site: Site, desk: Desk) -> None:
    long = "x" * 1501
    fields = {**await opened(desk), "text": long}

    answers = [await desk.sends(place, fields) for place in ("texts/save", "texts/preview")]
    shorter = await desk.sends(
        "texts/save", {**fields, "seen": hidden(answers[0].text, "seen"), "text": typed(answers[0].text)[1:]}
    )

    for answer in answers:
        assert answer.status == 422
        assert "That is too long: 1501 characters, 1500 at most. It is not saved." in answer.text
        assert typed(answer.text) == long
    assert shorter.headers["Location"] == "/organisers/texts?said=written"
    assert len(await written(site)) == 1


async def test_of_two_at_once_the_second_is_told_and_loses_nothing(site: Site, desk: Desk) -> None:
    await site.write(Note.ABOUT, "en", "The old words.")
    other = await sign_in(site, await site.chat.organiser("Otto"))
    mine, theirs = await opened(desk), await opened(other)

    first = await desk.sends("texts/save", {**mine, "text": "Olga's words."})
    second = await other.sends("texts/save", {**theirs, "text": "Otto's words."})
    standing = (await written(site))[-1]
    again = await other.sends("texts/save", {**ABOUT, "seen": hidden(second.text, "seen"), "text": typed(second.text)})

    assert first.headers["Location"] == "/organisers/texts?said=written"
    assert second.status == 409
    assert "Somebody else has changed this text meanwhile." in second.text
    assert "Olga&#39;s words." in second.text
    assert typed(second.text) == "Otto's words."
    assert standing == ("page:about:en", {"text": "The old words."}, {"text": "Olga's words."})
    assert again.headers["Location"] == "/organisers/texts?said=written"
    assert (await written(site))[-1] == ("page:about:en", {"text": "Olga's words."}, {"text": "Otto's words."})


async def test_the_same_text_is_no_change_and_an_empty_one_takes_it_off(site: Site, desk: Desk) -> None:
    await site.write(Note.ABOUT, "en", "Words.")

    same = await desk.sends("texts/save", {**await opened(desk), "text": " Words.\r\n"})
    off = await desk.sends("texts/save", {**await opened(desk), "text": "  "})
    other = await desk.sends("texts/save", {**ABOUT, "seen": "", "text": ""})

    assert same.headers["Location"] == "/organisers/texts?said=unchanged"
    assert off.headers["Location"] == "/organisers/texts?said=taken_off"
    assert other.headers["Location"] == "/organisers/texts?said=unchanged"
    assert (await written(site))[-1] == ("page:about:en", {"text": "Words."}, {"text": ""})


@pytest.mark.parametrize("place", ["texts/edit", "texts/edit?note=about", "texts/edit?note=about&language=es"])
async def test_there_is_no_other_text(desk: Desk, place: str) -> None:
    answer = await desk.get(place)

    assert (answer.status, "This does not exist any more." in answer.text) == (403, True)


async def test_no_other_text_can_be_saved(site: Site, desk: Desk) -> None:
    for fields in ({"note": "members", "language": "en"}, {"note": "about", "language": "../en"}, {}):
        for place in ("texts/save", "texts/preview"):
            assert (await desk.sends(place, {**fields, "text": "Words."})).status == 403

    assert await written(site) == []


async def test_the_chat_leads_straight_to_the_texts(site: Site) -> None:
    olga = await site.chat.organiser("Olga")
    await olga.sends("/organise")
    await olga.presses("Texts of the page")
    keyboard = olga.screen.reply_markup
    assert keyboard is not None
    path = str(keyboard["inline_keyboard"][0][0]["url"]).removeprefix("https://pages.example.org")

    door = await site.get(path)
    entered = await post(site, path)

    assert path.endswith("?to=texts")
    assert f'action="{path}"' in door.text
    assert (entered.status, entered.headers["Location"]) == (303, "/organisers/texts")


async def test_a_link_leads_to_no_other_place(site: Site) -> None:
    path = await ask_for_link(await site.chat.organiser("Olga"))

    entered = await post(site, f"{path}?to=//evil.example.org")

    assert (entered.status, entered.headers["Location"]) == (303, "/organisers/")


# --- The way to the organisers ----------------------------------------------------------------


async def test_contact_leads_to_the_imprint_until_organisers_write_another_text(site: Site, desk: Desk) -> None:
    before, missing = await site.read("/de/webinars"), await site.get("/de/contact")
    sitemap_before = await site.read("/sitemap.xml")
    fields = await opened(desk, "texts/edit?note=contact&language=en")
    await desk.sends("texts/save", {**fields, "text": "Write to us: https://example.org/write"})
    site.passes(seconds=1)

    assert '<a href="/de/imprint">An die Organisation schreiben</a>' in before
    assert missing.status == 404
    assert "/contact" not in sitemap_before
    assert '<a href="/de/contact">An die Organisation schreiben</a>' in await site.read("/de/webinars")
    page = await site.read("/de/contact")
    assert '<div class="text" lang="en" dir="auto">' in page
    assert '<a href="https://example.org/write" rel="noopener">' in page
    assert "<loc>https://pages.example.org/fr/contact</loc>" in await site.read("/sitemap.xml")
