"""What stands on the public page, and what never does."""

from datetime import timedelta
from itertools import product

import pytest

from domain.events import EventState, LinkPolicy
from domain.pages import Note
from storage import applications, people
from tests.web.site import AT, PLACES, Site, visible

LANGUAGES = ("en", "de", "fr")
FEEDS = ("webinars.atom", "webinars.json", "results.atom", "results.json", "embed")


async def test_a_webinar_tells_when_in_its_zone_and_in_utc(site: Site) -> None:
    english, german, french = [await site.text(f"/{language}/webinars/2") for language in LANGUAGES]

    # 15:00 UTC on 5 April is late in the evening in Manila.
    assert "Tuesday, 5 April 2022 23:00 to Wed, 6 Apr 2022, 00:00, Manila time 15:00 to 16:00 UTC" in english
    assert (
        "Dienstag, 5. April 2022 23:00 bis Mi., 6. Apr. 2022, 00:00 Uhr, Ortszeit Manila 15:00 bis 16:00 UTC" in german
    )
    assert "mardi 5 avril 2022 23:00 à mer. 6 avr. 2022, 00:00 (heure locale : Manille) 15:00 à 16:00 UTC" in french
    assert '<time datetime="2022-04-05T23:00:00+08:00">' in await site.read("/en/webinars/2")


async def test_the_start_page_says_what_this_is_and_what_comes_next(site: Site) -> None:
    await site.write(Note.NAME, "en", "IMCB22 before the conference")
    await site.write(Note.ABOUT, "en", "Four groups, many webinars.")
    site.passes(seconds=1)

    page = await site.text("/en/")

    assert page.startswith(
        "Skip to the content IMCB22 before the conference Webinars Working groups Results English Deutsch Français"
    )
    assert "IMCB22 before the conference Four groups, many webinars." in page
    assert page.index("Cities as climate havens?") < page.index("Ethical recruitment in care")
    assert "PWG 3 Climate change – impact on migration A theme." in page
    assert "Latest results Recruiting fairly PWG 4 · Mon, 14 Mar 2022 · Statement in English What we found." in page
    # Written in English only: read in German it says which language it is.
    assert '<bdi lang="en">Four groups, many webinars.</bdi>' in await site.read("/de/")


async def test_a_group_shows_its_webinars_and_results_and_how_to_join(site: Site) -> None:
    page = await site.text("/en/groups/1")

    assert "PWG 3 Climate change – impact on migration A theme. 7 to 10 members" in page
    assert "Ask to join on Telegram" in page
    assert "Cities as climate havens?" in page
    assert "Past webinars Mon 14 Mar" not in page
    assert "Held" in page
    assert "Cities that expect newcomers" in page
    assert "Recruiting fairly" not in page
    assert "start=g_1" in await site.read("/en/groups/1")
    assert "https://pages.example.org/calendar/pwg-3.ics" not in page


async def test_the_reminder_is_a_link_into_the_bot_and_a_code_to_scan(site: Site) -> None:
    page = await site.read("/en/webinars/1")
    link = site.chat.bot.process.start_link("m_1")

    assert f'<a class="button" href="{link}">Remind me on Telegram</a>' in page
    assert page.count("<svg ") == 1
    assert 'role="img" aria-label="QR code of the link"' in page
    assert "webcal://pages.example.org/calendar/webinar-1.ics?lang=en" in page


async def test_only_a_public_link_is_shown_and_only_until_the_end(site: Site) -> None:
    guarded, public = await site.read("/en/webinars/1"), await site.read("/en/webinars/2")
    site.passes(seconds=(AT + timedelta(days=14, minutes=60) - site.chat.clock.now()).total_seconds())
    over = await site.read("/en/webinars/2")

    assert "https://meet.example.org" not in guarded
    assert "The bot has the link on Telegram, 15 minutes before it starts." in guarded
    assert '<a href="https://meet.example.org/open" rel="noopener">Join the webinar</a>' in public
    assert "https://meet.example.org" not in over
    assert "This webinar is over." in over


async def test_a_recording_is_shown_once_the_webinar_is_over(site: Site) -> None:
    await site.change(1, recording_link="https://video.example.org/early")
    site.passes(seconds=1)

    assert '<a href="https://video.example.org/1" rel="noopener">Recording</a>' in await site.read("/en/webinars/4")
    assert "https://video.example.org" not in await site.read("/en/webinars/1")


async def test_a_result_leads_to_its_link_or_to_its_file_on_telegram(site: Site) -> None:
    linked, filed = await site.read("/en/results/1"), await site.read("/en/results/2")

    assert '<a class="button" href="https://results.example.org/brief" rel="noopener">Read the result</a>' in linked
    assert f'href="{site.chat.bot.process.start_link("r_2")}" rel="noopener">Get the file on Telegram</a>' in filed
    assert "AgAD" not in filed


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "https://", "tg://resolve", "//x.org", "x"]
)
async def test_an_address_that_is_none_of_the_web_is_shown_and_not_followed(site: Site, link: str) -> None:
    result = await site.publish(link=link)
    await site.change(1, link=link, link_policy=LinkPolicy.PUBLIC)
    site.passes(seconds=1)

    page, webinar = await site.read(f"/en/results/{result}"), await site.read("/en/webinars/1")

    assert f"Address: {link}" in " ".join(visible(page))
    assert f'href="{link}"' not in page + webinar


async def test_privacy_and_imprint_say_what_organisers_wrote_or_that_nothing_is_there(site: Site) -> None:
    missing = await site.text("/de/imprint")
    await site.write(
        Note.IMPRINT, "de", "Verein Beispiel\nMusterstraße 1\n\nhttps://example.org/kontakt.\nOder post@example.org."
    )
    site.passes(seconds=1)
    written = await site.read("/de/imprint")

    assert "Das Organisationsteam hat diesen Text noch nicht geschrieben." in missing
    assert "<p>Verein Beispiel<br>\nMusterstraße 1</p>" in written
    assert '<p><a href="https://example.org/kontakt" rel="noopener">https://example.org/kontakt</a>.<br>' in written
    assert 'Oder <a href="mailto:post@example.org">post@example.org</a>.</p>' in written
    assert "It sets no cookies" in await site.text("/en/privacy")


async def test_what_is_cancelled_is_said_and_does_not_ask_for_reminders(site: Site) -> None:
    page = await site.text("/en/webinars/3")

    assert "Called off Cancelled" in page
    assert "It does not take place." in page
    assert "Remind me" not in page
    assert "Cancelled" in await site.text("/en/webinars")


async def test_what_has_no_readable_title_can_be_pressed_all_the_same(site: Site) -> None:
    await site.publish("\u0000\ufffe ")
    await site.change(1, titles={"en": "\ufffe"})
    site.passes(seconds=1)

    assert '<a href="/en/results/3"><bdi>Without a title</bdi></a>' in await site.read("/en/results")
    assert '<a href="/de/webinars/1"><bdi>Ohne Titel</bdi></a>' in await site.read("/de/webinars")


async def test_nothing_private_stands_anywhere(site: Site) -> None:
    chat, group = site.chat, site.groups["PWG 3"]
    member = await chat.member("Canary Member", group)
    await chat.coordinator("Canary Coordinator", group)
    organiser = await chat.organiser("Canary Organiser")
    private = {
        "link": "https://meet.example.org/canary-link",
        "backstage_link": "https://meet.example.org/canary-backstage",
        "recording_link": "https://meet.example.org/canary-recording",
        "moderator_id": member.id,
    }
    await chat.webinar(group, {"en": "Guarded"}, AT, **private)
    await chat.webinar(group, {"en": "Registered"}, AT, **private, link_policy=LinkPolicy.PUBLIC, registers=True)
    await chat.webinar(group, {"en": "Canary draft"}, AT, **private, state=EventState.DRAFT)
    await chat.session(group, AT, "Canary session", link="https://meet.example.org/canary-session")
    author = {"author_id": member.id, "published_by": organiser.id, "decided_by": organiser.id, "reason": "canary"}
    await site.publish("Published", group, **author, file_id="canary-file", file_name="brief.pdf")
    for state in ("draft", "submitted", "changes_asked", "accepted"):
        await site.publish(f"Canary {state}", group, state=state, summary="canary", link="https://canary.example.org")
    async with chat.bot.database.write() as tx:
        await applications.add(tx, group, organiser.id, "canary motivation", "canary affiliation", chat.clock.now())
        assert await people.get(tx, member.id) is not None
    chat.clock.pass_by((AT - timedelta(minutes=5) - chat.clock.now()).total_seconds())

    more = (*PLACES, *FEEDS, "webinars/5", "webinars/6", "results/3")
    pages = {
        f"/{language}/{place}": await site.read(f"/{language}/{place}") for language, place in product(LANGUAGES, more)
    }
    pages["/sitemap.xml"] = await site.read("/sitemap.xml")

    assert "Guarded" in pages["/en/webinars/5"]
    assert [path for path, page in pages.items() if "canary" in page.lower()] == []
    shown = [path for path, page in pages.items() if "meet.example.org" in page]
    assert {path.rpartition("/")[2] for path in shown} == {"2"}
    for number in (7, 8):
        assert (await site.get(f"/en/webinars/{number}")).status == 404
    for number in (4, 5, 6, 7):
        assert (await site.get(f"/en/results/{number}")).status == 404


SHARED = {
    "Atom",
    "JSON Feed",
    "Pages",
    "English",
    "Deutsch",
    "Français",
    "Feeds",
    "PWG 3",
    "PWG 4",
    "QR",
    "UTC",
    "PWG 3 ·",
    "PWG 4 ·",
}
"""What is called alike in English and in the other language."""

DATA = {
    "What we found.",
    "Cities that expect newcomers",
    "Recruiting fairly",
    "Institute of Examples",
    "2022",
    "1 / 1",
    "Apr 2022",
    "Mar 2022",
}


@pytest.mark.parametrize("language", ["de", "fr"])
async def test_no_word_stays_in_english(site: Site, language: str) -> None:
    for place in (*PLACES, "embed", "nothing"):
        english, other = [await words(site, f"/{code}/{place}") for code in ("en", language)]

        same = {text for text in english & other if any(letter.isalpha() for letter in text)}
        assert same <= SHARED | DATA, place


async def words(site: Site, path: str) -> set[str]:
    """What is said on a page: its texts, and those for readers of screens."""
    page = (await site.get(path)).text
    told = {
        piece.split('"')[0] for name in ("aria-label", "content", "title") for piece in page.split(f' {name}="')[1:]
    }
    addresses = {
        text for text in told if "://" in text or "width=" in text or text in {"light dark", "website", "noindex"}
    }
    own_names = {"summary_large_image", "PWG"}
    return {" ".join(text.split()) for text in [*visible(page), *(told - addresses - own_names)]}
