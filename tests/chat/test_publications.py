"""One approval publishes a result everywhere; one correction or withdrawal changes it everywhere."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.buttons import coding
from domain.buttons.publications import ShowOutlets, ShowText, TryOutlet
from domain.events import EventState
from domain.permissions import Role
from domain.publications import Outlet
from domain.results import ResultKind
from domain.social import Network
from messages.languages import speaker
from messages.markup import utf16_length
from messages.result_parts import kind
from sandbox.faults import FaultKind
from storage import people
from tests.chat.publishing import CHANNEL, PUBLIC_URL, Stage, is_genuine, open_stage
from tests.chat.writing import SUMMARY, TITLE
from tests.databases import fresh_postgresql
from tests.web.site import Site, serving


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path) as opened:
        yield opened


PDF = b"%PDF-1.7 invented"


async def test_a_result_is_published_corrected_and_withdrawn_in_every_place(stage: Stage) -> None:
    await stage.sets_homepage()
    async with serving(stage.chat) as site:
        await stage.published(PDF)
        await later(site)

        frame = "Statement · PWG 3: Climate change\nMon, 14 Mar 2022, 13:00 (Berlin)"
        assert [post.text for post in stage.posts] == [f"{TITLE}\n\n{frame}\n\n{SUMMARY}\n\nOn the public page"]
        assert stage.posts[0].content["document"]["file_name"] == "brief.pdf"
        link = await file_link(site)
        served = await site.get(link)
        assert (served.status, served.body) == (200, PDF)
        assert TITLE in await site.read("/en/results.atom")
        notice = stage.homepage.received[0]
        assert is_genuine(notice, stage.secret, stage.chat.clock.now().timestamp())
        assert notice.said == {
            "key": "result:1:1:published",
            "event": "result.published",
            "id": 1,
            "version": 1,
            "group": "PWG 3",
            "kind": "statement",
            "language": "en",
            "title": TITLE,
            "summary": SUMMARY,
            "link": None,
            "file": f"{PUBLIC_URL}{link}",
            "file_name": "brief.pdf",
            "accessible": "no",
            "published_at": notice.said["published_at"],
            "corrected_at": None,
            "correction": "",
            "pages": {code: f"{PUBLIC_URL}/{code}/results/1" for code in ("en", "de", "fr")},
        }
        assert await stage.standings() == [
            "Public page and feeds: done",
            "File on the page: done",
            "Channel: done",
            "Conference homepage: done",
        ]

        await stage.corrected("Planned relocation: what truly helps")
        await later(site)

        corrected = f"Planned relocation: what truly helps\n\n{frame}\n\n{SUMMARY}\n\nOn the public page"
        assert [post.text for post in stage.posts] == [f"{corrected}\n\nCorrected: The title was wrong."]
        assert await file_link(site) == link
        assert "what truly helps" in await site.read("/en/results.atom")
        assert stage.homepage.received[1].said["title"] == "Planned relocation: what truly helps"

        await stage.withdrawn()
        await later(site)

        assert stage.posts == []
        assert "what truly helps" not in await site.read("/en/results.atom")
        assert (await site.get(link)).status == 404
        assert list(stage.chat.bot.settings.files_folder.iterdir()) == []
        assert stage.homepage.received[2].said == {
            "key": "result:1:2:withdrawn",
            "event": "result.withdrawn",
            "id": 1,
            "withdrawn_at": stage.homepage.received[2].said["withdrawn_at"],
            "withdrawal": "Permission of a partner is missing.",
        }
        assert await stage.standings() == [
            "Public page and feeds: withdrawn",
            "File on the page: withdrawn",
            "Channel: withdrawn",
            "Conference homepage: withdrawn",
        ]


async def later(site: Site) -> None:
    """The page looks once a second whether something has changed."""
    site.passes(seconds=2)


async def file_link(site: Site) -> str:
    page = await site.read("/en/results/1")
    found = re.search(f'href="{PUBLIC_URL}(/files/[0-9a-f]{{32}})"', page)
    assert found is not None
    return found[1]


async def test_postgresql_publishes_corrects_and_withdraws_alike(tmp_path: Path) -> None:
    async with fresh_postgresql() as url, open_stage(tmp_path, database_url=url) as stage:
        await stage.sets_homepage()
        await stage.published(PDF)
        published = (len(stage.posts), len(list((tmp_path / "files").iterdir())), await stage.standings())
        await stage.corrected("Planned relocation: what truly helps")
        await stage.withdrawn()

        done = ["Public page and feeds: done", "File on the page: done", "Channel: done", "Conference homepage: done"]
        assert published == (1, 1, done)
        assert (stage.posts, list((tmp_path / "files").iterdir())) == ([], [])
        assert stage.homepage.events == ["result.published", "result.corrected", "result.withdrawn"]


# --- The channel ---


async def test_a_post_without_a_file_says_that_it_was_withdrawn(stage: Stage) -> None:
    await stage.published()
    await stage.withdrawn()

    assert [post.text for post in stage.posts] == [
        "A result of PWG 3 that stood here was withdrawn.\n\nPermission of a partner is missing."
    ]


async def test_a_file_that_telegram_deletes_no_more_is_told_and_tried_again(stage: Stage) -> None:
    await stage.published(PDF)
    stage.olga.looks()
    stage.chat.telegram.faults.add(
        FaultKind.ERROR, method="deleteMessage", description="Bad Request: message can't be deleted"
    )
    await stage.withdrawn()

    trouble = f"Channel: “{TITLE}” could not be brought there.\nBad Request: message can't be deleted"
    assert trouble in [m.text for m in stage.olga.new_messages]
    assert len(stage.posts) == 1
    assert (await stage.standings())[2].startswith("Channel: failed")
    await stage.olga.presses("Where it stands")
    await stage.olga.presses("Try again: Channel")

    assert stage.olga.toasts[-1] == "It is tried again."
    assert stage.posts == []
    assert (await stage.standings())[2] == "Channel: withdrawn"


@pytest.mark.fault("A19")
async def test_a_post_of_which_nobody_knows_is_not_posted_twice_by_itself(stage: Stage) -> None:
    stage.chat.telegram.faults.add(FaultKind.LOST, method="sendMessage", chat=CHANNEL)
    await stage.published()
    await stage.chat.time_passes(hours=1)

    assert len(stage.posts) == 1
    assert (await stage.standings())[1].startswith("Channel: failed (")
    await stage.olga.presses("Where it stands")
    await stage.olga.presses("Try again: Channel")

    assert len(stage.posts) == 2
    assert (await stage.standings())[1] == "Channel: done"


async def test_a_channel_that_does_not_let_the_bot_in_is_told_to_the_organisers(stage: Stage) -> None:
    await stage.accepted()
    stage.olga.looks()
    fault = stage.chat.telegram.faults.add(FaultKind.FORBIDDEN, chat=CHANNEL, times=None)

    await stage.olga.presses("Publish")

    assert any(m.text.startswith("Channel: “Planned relocation") for m in stage.olga.new_messages)
    assert (await stage.standings())[1].startswith("Channel: failed (")
    fault.times = 0
    stage.chat.telegram.faults.clear()
    await stage.olga.presses("Where it stands")
    await stage.olga.presses("Try again: Channel")
    assert len(stage.posts) == 1


async def test_without_a_channel_and_a_homepage_the_card_says_so(tmp_path: Path) -> None:
    async with open_stage(tmp_path, channel=None) as stage:
        await stage.accepted()
        await stage.olga.presses("Preview")
        await stage.olga.presses("Channel")
        assert stage.olga.screen.text.endswith("No channel is set (BOT_PUBLISH_CHAT_ID).")
        await stage.olga.presses("Conference homepage")
        assert stage.olga.screen.text.endswith("No conference homepage is set: an owner does that in /organise.")
        await stage.olga.presses("Publish")

        assert await stage.standings() == [
            "Public page and feeds: done",
            "Channel: not set up",
            "Conference homepage: not set up",
        ]


async def test_a_result_in_another_language_is_framed_in_both(tmp_path: Path) -> None:
    async with open_stage(tmp_path, language="de") as stage:
        await stage.published()

        sort = kind(ResultKind.STATEMENT, speaker("de"))
        assert stage.posts[0].text == (
            f"{TITLE}\n\n{sort} · PWG 3: Climate change (de)\nStatement · PWG 3: Climate change\n"
            f"Mo., 14. März 2022, 13:00 (Berlin)\n\n{SUMMARY}\n\nAuf der öffentlichen Seite"
        )


async def test_a_correction_takes_the_file_out_of_the_post(stage: Stage) -> None:
    await stage.published(PDF)
    await stage.olga.presses("Correct")
    await stage.olga.presses("Keep it")
    await stage.olga.presses("Keep it")
    await stage.olga.presses("Without file or link")
    await stage.olga.sends("The file was wrong.")
    await stage.olga.presses("Correct it")

    assert [("document" in post.content, "The file was wrong." in post.text) for post in stage.posts] == [(False, True)]
    assert list(stage.chat.bot.settings.files_folder.iterdir()) == []


async def test_a_long_summary_is_shortened_below_a_file_only(stage: Stage) -> None:
    await stage.accepted(PDF, summary="word " * 300)
    await stage.olga.presses("Publish")

    assert utf16_length(stage.posts[0].text) <= 1024
    assert "word…" in stage.posts[0].text
    assert stage.posts[0].text.endswith("…\n\nOn the public page")


async def test_the_process_ends_right_after_the_approval_and_all_of_it_is_done_once(stage: Stage) -> None:
    await stage.sets_homepage()
    await stage.accepted(PDF)
    stage.olga.client.press(stage.olga.message_with("Publish"), "Publish")
    await stage.chat.bot.poller.poll_once(0)
    await stage.chat.bot.lanes.idle()

    await stage.chat.restarts()
    await stage.chat.restarts()

    assert len(stage.posts) == 1
    assert stage.homepage.events == ["result.published"]
    assert len(list(stage.chat.bot.settings.files_folder.iterdir())) == 1


async def test_what_was_published_before_the_channel_is_set_is_posted_on_request(tmp_path: Path) -> None:
    async with open_stage(tmp_path, channel=None) as stage:
        await stage.published()
        settings = stage.chat.bot.settings.model_copy(update={"publish_chat_id": CHANNEL})
        await stage.chat.restarts(settings)

        assert stage.posts == []
        assert (await stage.standings())[1] == "Channel: not there"
        await stage.olga.presses("Where it stands")
        await stage.olga.presses("Try again: Channel")
        assert len(stage.posts) == 1


# --- The file ---


@pytest.mark.fault("A23")
async def test_a_file_that_telegram_has_lost_is_told_and_the_rest_goes_on(stage: Stage) -> None:
    await stage.sets_homepage()
    await stage.accepted(PDF)
    for stored in stage.chat.telegram.files.by_id.values():
        stored.gone = True

    await stage.olga.presses("Publish")

    assert (await stage.standings())[1].startswith("File on the page: failed (")
    assert stage.homepage.received[0].said["file"] is None
    for stored in stage.chat.telegram.files.by_id.values():
        stored.gone = False
    await stage.olga.presses("Where it stands")
    await stage.olga.presses("Try again: File on the page")
    assert (await stage.standings())[1] == "File on the page: done"


@pytest.mark.parametrize(
    ("name", "media_type", "disposition"),
    [
        ("brief.pdf", "application/pdf", "attachment; filename=\"brief.pdf\"; filename*=UTF-8''brief.pdf"),
        ("page.html", "application/octet-stream", "attachment; filename=\"page.html\"; filename*=UTF-8''page.html"),
        (
            'a"b\r\nX: 1.svg',
            "application/octet-stream",
            "attachment; filename=\"abX_1.svg\"; filename*=UTF-8''abX%201.svg",
        ),
        ("../../é.txt", "text/plain", "attachment; filename=\"_.txt\"; filename*=UTF-8''%C3%A9.txt"),
    ],
)
async def test_a_file_is_handed_out_to_be_saved_whatever_it_is_called(
    stage: Stage, name: str, media_type: str, disposition: str
) -> None:
    await stage.published(b"<script>alert(1)</script>", name)
    async with serving(stage.chat) as site:
        answer = await site.get(await file_link(site))

    assert answer.status == 200
    assert answer.body == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"].partition(";")[0] == media_type
    assert answer.headers["Content-Disposition"] == disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"


@pytest.mark.parametrize("name", ["0" * 32, "..%2Fprework.db", "A" * 32, ""])
async def test_nothing_else_is_served_from_the_folder(stage: Stage, name: str) -> None:
    await stage.published(PDF)
    async with serving(stage.chat) as site:
        answer = await site.get(f"/files/{name}")

    assert answer.status == 404


# --- Ready texts ---


async def test_organisers_copy_ready_texts_for_social_networks(stage: Stage) -> None:
    await stage.published()
    await stage.olga.presses("Where it stands")
    await stage.olga.presses("Texts for social networks")

    text = f"New from PWG 3: {TITLE}\n\n{SUMMARY}\n\n{PUBLIC_URL}/en/results/1\n\n#ClimateChange #Statement"
    assert text in stage.olga.screen.text
    assert stage.olga.screen.text.startswith("X, English: 128 of 280 characters")
    assert stage.olga.screen.labels == [
        ["Copy", "Copy the alt text"],
        ["Mastodon", "LinkedIn"],
        ["Deutsch", "Français"],
        ["Back"],
    ]
    await stage.olga.presses("Deutsch")

    assert f"Neu von der PWG 3: {TITLE} (auf Englisch)" in stage.olga.screen.text
    assert f"{PUBLIC_URL}/de/results/1" in stage.olga.screen.text


# --- Webinars ---


async def test_an_announced_webinar_is_posted_and_follows_its_changes(stage: Stage) -> None:
    titles = {"en": "Cities as climate havens?", "de": "Städte als Klimazuflucht?"}
    at = stage.chat.clock.now() + timedelta(days=8)
    number = await stage.chat.webinar(1, titles, at)
    await stage.chat.settles()

    assert [post.text.split("\n")[0] for post in stage.posts] == ["Cities as climate havens?"]
    assert "Städte als Klimazuflucht?" in stage.posts[0].text
    await stage.changes_webinar(number, starts_at=at + timedelta(days=1))
    assert "Wed, 23 Mar 2022, 13:00 (Berlin)" in stage.posts[0].text
    await stage.changes_webinar(number, state=EventState.CANCELLED)

    assert len(stage.posts) == 1
    assert "Cancelled" in stage.posts[0].text


async def test_drafts_and_past_webinars_are_not_posted(stage: Stage) -> None:
    now = stage.chat.clock.now()
    await stage.chat.webinar(1, {"en": "A draft"}, now + timedelta(days=8), state=EventState.DRAFT)
    await stage.chat.webinar(1, {"en": "Long ago"}, now - timedelta(days=8))
    await stage.chat.settles()

    assert stage.posts == []


async def test_a_folder_that_was_lost_is_filled_from_telegram_again(stage: Stage) -> None:
    await stage.published(PDF)
    folder = stage.chat.bot.settings.files_folder
    lost = [path.name for path in folder.iterdir()]
    (folder / lost[0]).unlink()
    (folder / "notes.txt").write_text("somebody else's")
    (folder / ("0" * 32)).write_bytes(b"left by a kill")

    await stage.chat.restarts()

    kept = sorted(path.name for path in folder.iterdir())
    assert len(kept) == 2
    assert kept[1] == "notes.txt"
    assert kept[0] not in {"0" * 32, *lost}
    assert (folder / kept[0]).read_bytes() == PDF
    assert (await stage.standings())[1] == "File on the page: done"


async def test_hostile_words_stay_words_in_the_channel(stage: Stage) -> None:
    summary = '<a href="https://evil.example">x</a> </pre> & {page}'
    await stage.accepted(summary=summary)
    await stage.olga.presses("Preview")
    await stage.olga.presses("Channel")
    assert summary in stage.olga.screen.text
    await stage.olga.presses("Publish")

    assert summary in stage.posts[0].text
    await stage.olga.starts("r_1")
    await stage.olga.presses("Where it stands")
    await stage.olga.presses("Texts for social networks")
    assert summary in stage.olga.screen.text


async def test_nobody_previews_or_spreads_what_they_wrote_themselves(stage: Stage) -> None:
    async with stage.chat.bot.database.write() as tx:
        await people.grant(tx, stage.anna.id, Role.ORGANISER, None)
    await stage.published()

    for action in (ShowOutlets(1), TryOutlet(1, Outlet.CHANNEL), ShowText(1, Network.X, "en")):
        await stage.anna.forges(coding.encode(action))
        assert stage.anna.toasts[-1] == "This is not for you, or it does not exist."
