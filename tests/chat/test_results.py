import pytest

from tests.chat.world import Chat, Visitor

TITLE = "Planned relocation: what helps"
SUMMARY = "Three findings.\n\nAnd a wish."


async def writes(author: Visitor, title: str = TITLE, summary: str = SUMMARY) -> None:
    """As far as the question for a file."""
    await author.sends("/submit")
    await author.sends(title)
    await author.sends(summary)


async def submits(author: Visitor, title: str = TITLE) -> None:
    await writes(author, title)
    await author.presses("Skip")
    await author.presses("Send")


async def test_a_result_is_submitted_accepted_published_and_read_by_everybody(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    olga, paul = await chat.organiser("Olga"), await chat.person("Paul")

    await anna.sends("/submit")
    assert anna.screen.text == "1 of 4\n\nWhat is the title? At most 200 characters."
    await anna.sends(f"  {TITLE}\n ")
    assert anna.screen.text == "2 of 4\n\nSum it up in a few sentences. At most 1500 characters."
    await anna.sends(SUMMARY)
    assert anna.screen.text == (
        "3 of 4\n\nIs there a file or a page to it? Send one document or photo, 20 MB at most, or a link that begins "
        "with https://. Nothing is opened here, only passed on."
    )
    await anna.sends("https://example.org/brief?a=1&b=2")
    assert anna.screen.text == (
        f"4 of 4\n\n{TITLE}\n\n{SUMMARY}\n\nLink: https://example.org/brief?a=1&b=2\n\n"
        "Now the coordinators of PWG 3 and the organisers will see it.\n"
        "Once accepted, the members of PWG 3 see it too.\n"
        "When an organiser publishes it, everybody sees it, without your name."
    )
    await anna.presses("Send")
    assert anna.screen.text == "Sent to the coordinators of PWG 3. You will be told what they say."

    assert [m.text for m in carla.new_messages] == [
        f"Interim result of PWG 3, by Anna, version 1\n\n{TITLE}\n\n{SUMMARY}\n\n"
        "Link: https://example.org/brief?a=1&b=2\n\nWaits for an answer."
    ]
    await carla.presses("Accept")
    assert carla.toasts[-1] == "Accepted. The author is told."
    assert carla.screen.text.endswith("Accepted by Carla. An organiser can publish it now.")
    assert carla.screen.labels == [["All results"]]
    assert anna.screen.text == f"Accepted: {TITLE}\nAn organiser can publish it now."

    await olga.presses("Publish")
    assert olga.toasts[-1] == "Published. Everybody can read it under /results."
    assert anna.screen.text == f"Published: {TITLE}\nEverybody can read it now."
    assert carla.screen.text.endswith("Published: Mon, 14 Mar 2022, 13:00 (Berlin)")

    await paul.sends("/results")
    assert paul.screen.text == (f"Results of the working groups\n\n1. {TITLE}\nPWG 3 · Mon, 14 Mar 2022, 13:00")
    await paul.presses("1 · Read")
    assert paul.screen.text == (
        f"Interim result of PWG 3\n\n{TITLE}\n\n{SUMMARY}\n\nLink: https://example.org/brief?a=1&b=2\n\n"
        "Published: Mon, 14 Mar 2022, 13:00 (Berlin)"
    )
    await paul.starts("r_1")
    assert paul.screen.text.startswith(f"Interim result of PWG 3\n\n{TITLE}")
