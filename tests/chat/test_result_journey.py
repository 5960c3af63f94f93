"""An interim result, from a member's draft to the public and back, as everybody around it sees it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat.publishing import Stage, open_stage
from tests.chat.writing import SUMMARY, TITLE


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path) as opened:
        yield opened


async def test_a_result_goes_from_draft_to_public_is_corrected_and_withdrawn(stage: Stage) -> None:
    chat, anna, carla, olga = stage.chat, stage.anna, stage.carla, stage.olga
    bob, paul = await chat.member("Bob", 1), await chat.person("Paul", language="de")
    await set_deadline(stage)

    # Written, left and taken up again after a restart; a slip is mended in the chat.
    await anna.sends("/submit")
    await anna.presses("Research brief")
    await anna.presses("English")
    slip = anna.client.send("Planed relocation: what helps")
    await chat.settles()
    await anna.sends(SUMMARY)
    await chat.restarts()
    anna.client.edit(slip, TITLE)
    await chat.settles()
    await anna.sends_file("brief.pdf")
    await anna.presses("It will follow")
    await anna.presses("Bob")
    await anna.presses("Go on")
    assert anna.screen.text == (
        f"8 of 8\n\nResearch brief in English · accessible version to follow\n\n{TITLE}\n\n{SUMMARY}\n\nFile: brief.pdf"
        "\n\nCo-authors: Bob\n\nNow the coordinators of PWG 3 and the organisers will see it.\n"
        "Once accepted, the members of PWG 3 see it too.\n"
        "When an organiser publishes it, everybody sees it, without your name."
    )
    await anna.presses("Send")
    await bob.presses("I wrote it, too")

    # Talked about, sent back, handed in again, accepted.
    await carla.presses("Comment")
    await carla.sends("Which cities?")
    await anna.presses("Answer")
    await anna.sends("Those by the sea.")
    await carla.presses("Ask for changes")
    await carla.sends("Please say so in the summary.")
    await anna.presses("Revise")
    for label in ("Keep it", "Keep it", "Keep it"):
        await anna.presses(label)
    await anna.sends("Three findings about cities by the sea.")
    for label in ("Keep it", "It will follow", "Go on", "Send"):
        await anna.presses(label)
    assert carla.screen.text == (
        "Interim result of PWG 3, by Anna, version 2\n\nResearch brief in English · accessible version to follow\n\n"
        f"{TITLE}\n\nThree findings about cities by the sea.\n\nFile: brief.pdf\n\nWaits for an answer.\n\n"
        "Written together with Bob.\n\nComments\nCarla: Which cities?\nAnna: Those by the sea."
    )
    await carla.presses("Accept")

    # Published by an organiser; the channel has it, and everybody reads it in their language.
    await olga.presses("Publish")
    assert [post.text.split("\n")[0] for post in stage.posts] == [TITLE]
    await paul.starts("r_1")
    assert paul.screen.text == (
        "Zwischenergebnis von PWG 3\n\nForschungsüberblick auf Englisch · barrierefreie Fassung folgt\n\n"
        f"{TITLE}\n\nThree findings about cities by the sea.\n\nDatei: brief.pdf\n\n"
        "Veröffentlicht: Mo., 14. März 2022, 13:00 (Berlin)"
    )

    # The accessible version follows: proposed by a co-author, agreed to by an organiser.
    await bob.starts("r_1")
    await bob.presses("Propose a correction")
    await bob.presses("Keep it")
    await bob.presses("Keep it")
    await bob.sends_file("accessible.pdf")
    await bob.presses("Yes")
    await bob.sends("An accessible version was added.")
    await bob.presses("Propose it")
    olga.looks()
    await olga.presses("Correct it")
    assert anna.screen.text == f"Corrected in public: {TITLE}\nAn accessible version was added."
    assert stage.posts[0].content["document"]["file_name"] == "accessible.pdf"

    # Withdrawn: in the place of it stands when and why.
    await olga.starts("r_1")
    await olga.presses("Withdraw the result")
    await olga.sends("Permission of a partner is missing.")
    await olga.presses("Withdraw it")
    said = "Mon, 14 Mar 2022, 13:00 (Berlin): Permission of a partner is missing."
    for visitor in (anna, bob, carla):
        await visitor.starts("r_1")
        assert visitor.screen.text == f"Withdrawn on {said}"
        assert visitor.screen.labels == [["All results"]]
    assert anna.messages[-2].text == f"Withdrawn: {TITLE}\nPermission of a partner is missing."


async def set_deadline(stage: Stage) -> None:
    await stage.olga.sends("/organise")
    await stage.olga.presses("Deadlines")
    await stage.olga.presses("New deadline")
    await stage.olga.sends("First results")
    await stage.olga.presses("Skip")
    await stage.olga.presses("Skip")
    await stage.olga.presses("PWG 3")
    await stage.olga.sends("04.04.2022 12:00")
    await stage.olga.presses("Set it")
