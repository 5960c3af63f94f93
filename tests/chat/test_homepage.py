"""The conference homepage is told of results: by an owner's word, signed, once for each fact."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.buttons import coding
from domain.buttons.publications import DropHomepage, EditHomepage, RenewSecret
from storage.tables import audit, inbox, notices, outbox
from tests.chat.publishing import Stage, is_genuine, open_stage
from tests.chat.writing import TITLE


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, channel=None) as opened:
        yield opened


async def state_of_homepage(stage: Stage) -> str:
    return (await stage.standings())[-1]


# --- Setting it up ---


async def test_an_owner_sets_the_address_and_gets_the_secret_once(stage: Stage) -> None:
    await stage.owner.sends("/organise")
    await stage.owner.presses("Conference homepage")
    assert stage.owner.screen.text == (
        "Conference homepage\n\nWhen a result is published, corrected or withdrawn, a signed notice is posted to the "
        "conference homepage. What it says: docs/homepage-webhook.md.\n\nNo address is set: nothing is sent."
    )
    await stage.owner.presses("Set the address")
    await stage.owner.sends("http://10.0.0.1/in")
    assert stage.owner.refusal == (
        "Notices cannot go there. Send an address of the open web that begins with https://."
    )
    stage.owner.looks()
    await stage.owner.sends(stage.homepage.address)

    told = [m.text for m in stage.owner.new_messages]
    assert len([text for text in told if "it is not shown again" in text]) == 1
    assert any(text.endswith("Notices go to 127.0.0.1.") for text in told)
    await stage.owner.sends("/organise")
    await stage.owner.presses("Conference homepage")
    assert stage.owner.screen.text.endswith("Notices go to 127.0.0.1.")
    assert stage.owner.screen.labels == [["Change the address"], ["New secret", "Send nothing"], ["Cockpit"]]


async def test_the_secret_stands_in_no_row_but_its_own(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await stage.sets_homepage()
    await stage.published()

    assert len(stage.secret) == 43
    async with stage.chat.bot.database.read() as tx:
        for table in (outbox, audit, inbox, notices):
            rows = [str(row) for row in (await tx.execute(select(table))).all()]
            assert rows
            assert not any(stage.secret in row for row in rows)
    assert stage.secret not in caplog.text


async def test_organisers_see_where_notices_go_and_only_owners_change_it(stage: Stage) -> None:
    await stage.sets_homepage()
    await stage.olga.sends("/organise")
    await stage.olga.presses("Conference homepage")

    assert stage.olga.screen.text.endswith("Notices go to 127.0.0.1.\n\nOnly owners of the bot can change that.")
    assert stage.olga.screen.labels == [["Cockpit"]]
    for action in (EditHomepage(), RenewSecret(), DropHomepage()):
        await stage.olga.forges(coding.encode(action))
        assert stage.olga.toasts[-1] == "This is not for you, or it does not exist."


async def test_a_new_secret_counts_for_what_is_sent_from_then_on(stage: Stage) -> None:
    await stage.sets_homepage()
    stage.owner.looks()
    await stage.owner.presses("New secret")
    renewed = stage.owner.new_messages[-1].text.rsplit("\n", 1)[-1]
    await stage.published()

    now = stage.chat.clock.now().timestamp()
    assert renewed != stage.secret
    assert is_genuine(stage.homepage.received[0], renewed, now)
    assert not is_genuine(stage.homepage.received[0], stage.secret, now)


async def test_a_notice_that_was_tampered_with_is_not_genuine(stage: Stage) -> None:
    await stage.sets_homepage()
    await stage.published()
    received = stage.homepage.received[0]
    now = stage.chat.clock.now().timestamp()

    received.body = received.body.replace(TITLE, "Another title")

    assert not is_genuine(received, stage.secret, now)


async def test_after_the_end_nothing_is_sent(stage: Stage) -> None:
    await stage.sets_homepage()
    await stage.owner.presses("Send nothing")
    await stage.published()

    assert stage.homepage.received == []
    assert await state_of_homepage(stage) == "Conference homepage: not set up"


# --- What the homepage answers ---


async def test_a_homepage_that_is_down_gets_it_later_under_the_same_key(stage: Stage) -> None:
    await stage.sets_homepage()
    stage.homepage.answers = [500, 429, 503]
    await stage.published()
    assert await state_of_homepage(stage) == "Conference homepage: on its way (HTTP 500)"

    for wait in (10, 60, 300):
        await stage.chat.time_passes(seconds=wait + 1)

    assert [one.key for one in stage.homepage.received] == ["result:1:1:published"] * 4
    assert len({one.signature for one in stage.homepage.received}) == 4
    assert await state_of_homepage(stage) == "Conference homepage: done"
    await stage.chat.time_passes(days=3)
    assert len(stage.homepage.received) == 4


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 410])
async def test_a_refusal_or_a_redirect_is_told_and_not_followed(stage: Stage, status: int) -> None:
    await stage.sets_homepage()
    stage.homepage.answers = [status]
    stage.olga.looks()
    await stage.published()
    await stage.chat.time_passes(days=3)

    assert len(stage.homepage.received) == 1
    assert await state_of_homepage(stage) == f"Conference homepage: failed (HTTP {status})"
    trouble = f"Conference homepage: “{TITLE}” could not be brought there.\nHTTP {status}"
    assert trouble in [m.text for m in stage.olga.new_messages]
    await stage.olga.presses("Where it stands", on=stage.olga.screen)
    await stage.olga.presses("Try again: Conference homepage")

    assert await state_of_homepage(stage) == "Conference homepage: done"
    assert len({one.key for one in stage.homepage.received}) == 1


async def test_a_homepage_that_is_gone_for_good_is_given_up_after_two_days(stage: Stage) -> None:
    await stage.sets_homepage()
    stage.homepage.answers = [503] * 20
    await stage.published()
    for _ in range(12):
        await stage.chat.time_passes(hours=24)

    assert len(stage.homepage.received) == 9
    assert await state_of_homepage(stage) == "Conference homepage: failed (HTTP 503)"


async def test_a_withdrawal_never_comes_before_what_it_ends(stage: Stage) -> None:
    await stage.sets_homepage()
    stage.homepage.answers = [503]
    await stage.published()
    await stage.withdrawn()
    assert stage.homepage.events == ["result.published"]

    await stage.chat.time_passes(seconds=11)

    assert stage.homepage.events == ["result.published", "result.published", "result.withdrawn"]


async def test_a_process_that_ends_during_a_notice_sends_it_again_under_the_same_key(stage: Stage) -> None:
    await stage.sets_homepage()
    await stage.published()
    async with stage.chat.bot.database.write() as tx:  # what is left when the answer came and was not recorded
        await tx.execute(notices.update().values(state="pending", attempt=0, finished_at=None))

    await stage.chat.restarts()

    assert [one.key for one in stage.homepage.received] == ["result:1:1:published"] * 2
    assert await state_of_homepage(stage) == "Conference homepage: done"


async def test_outside_of_the_demo_this_machine_is_never_asked(stage: Stage) -> None:
    await stage.sets_homepage()
    settings = stage.chat.bot.settings.model_copy(update={"link_base": "https://t.me"})
    await stage.chat.restarts(settings)
    await stage.published()

    assert stage.homepage.received == []
    assert await state_of_homepage(stage) == "Conference homepage: failed (this address is not allowed)"


async def test_what_is_published_again_after_the_homepage_was_set_reaches_it(stage: Stage) -> None:
    await stage.published()
    await stage.sets_homepage()
    assert stage.homepage.received == []
    assert await state_of_homepage(stage) == "Conference homepage: not there"

    await stage.olga.presses("Where it stands")
    await stage.olga.presses("Try again: Conference homepage")

    assert [json.loads(one.body)["title"] for one in stage.homepage.received] == [TITLE]
