import pytest

from domain.buttons import coding
from domain.buttons.corrections import ApproveCorrection, CorrectResult
from domain.buttons.results import ShowVersion, WithdrawResult
from domain.results import ResultState
from tests.chat.world import Chat, Visitor
from tests.chat.writing import SUMMARY, TITLE, state_of, submits, writes

SENTENCE = "The number of cities was wrong."


async def publishes(chat: Chat) -> tuple[Visitor, Visitor, Visitor]:
    """An author, a coordinator and an organiser with a published result; everything so far is read."""
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    olga = await chat.organiser("Olga")
    await submits(anna)
    await carla.presses("Accept")
    await olga.presses("Publish")
    for visitor in (anna, carla, olga):
        visitor.looks()
    return anna, carla, olga


async def corrects(visitor: Visitor, title: str = "Planned relocation: what helps most") -> None:
    """As far as the preview."""
    await visitor.sends(title)
    await visitor.presses("Keep it")
    await visitor.presses("Keep it")
    await visitor.sends(SENTENCE)


# --- Correcting ---


async def test_an_organiser_corrects_what_is_public_and_says_what_was_wrong(chat: Chat) -> None:
    anna, carla, olga = await publishes(chat)
    paul = await chat.person("Paul")

    await olga.presses("Correct")
    assert olga.screen.text == f"1 of 5\n\nWhat is the title? At most 200 characters.\n\nUntil now: {TITLE}"
    await olga.sends("Planned relocation: what helps most")
    await olga.presses("Keep it")
    assert olga.screen.text.startswith("3 of 5\n\nIs there a file or a page to it?")
    await olga.sends("https://example.org/new")
    assert olga.screen.text.startswith("4 of 6\n\nCan everybody read the file, also with a screen reader?")
    await olga.presses("Yes")
    assert olga.screen.text == "5 of 6\n\nWhat was corrected? Everybody can read it. At most 500 characters."
    await olga.sends(SENTENCE)
    assert olga.screen.text == (
        f"6 of 6\n\nPlanned relocation: what helps most\n\n{SUMMARY}\n\nLink: https://example.org/new\n\n"
        f"Corrected: {SENTENCE}\n\n"
        "Everybody sees this from now on: here, on the public page and wherever it was posted. "
        "Those who wrote it are told."
    )
    await olga.presses("Correct it")

    assert olga.screen.text == "Corrected. Everybody sees the new version."
    assert [m.text for m in anna.new_messages] == [
        f"Corrected in public: Planned relocation: what helps most\n{SENTENCE}"
    ]
    assert carla.screen.text.startswith("Interim result of PWG 3, by Anna, version 2")
    assert carla.new_messages == []
    await paul.starts("r_1")
    assert paul.screen.text.startswith("Interim result of PWG 3\n\nStatement in English · accessible\n\nPlanned")
    assert paul.screen.text.endswith(f"Corrected on Mon, 14 Mar 2022, 13:00 (Berlin): {SENTENCE}")


async def test_an_author_proposes_a_correction_and_an_organiser_agrees(chat: Chat) -> None:
    anna, _, olga = await publishes(chat)
    otto = await chat.organiser("Otto")

    await anna.presses("Details")
    await anna.presses("Propose a correction")
    await corrects(anna)
    assert anna.screen.text.endswith("Now the organisers will see it. When one of them agrees, everybody sees it.")
    await anna.presses("Propose it")
    assert anna.screen.text == "Sent to the organisers. You will be told what they say."
    assert olga.screen.text == (
        f"Anna proposes a correction of {TITLE}\n\nPlanned relocation: what helps most\n\n{SUMMARY}\n\n"
        f"Corrected: {SENTENCE}\n\n"
        "When you agree, everybody sees it: here, on the public page and wherever it was posted."
    )
    press_of_otto = coding.encode(ApproveCorrection(1))
    await olga.presses("Correct it")

    assert olga.toasts[-1] == "Corrected. Everybody sees the new version."
    assert otto.screen.text.endswith(f"Corrected: {SENTENCE}\n\nOlga agreed. Everybody sees it.")
    await otto.forges(press_of_otto)
    assert otto.toasts[-1] == "Olga has already agreed."
    assert anna.screen.text == f"Corrected in public: Planned relocation: what helps most\n{SENTENCE}"


async def test_whoever_proposed_a_correction_is_told_though_they_are_named_no_more(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    bob, olga = await chat.member("Bob", group), await chat.organiser("Olga")
    await writes(anna)
    for label in ("Skip", "Bob", "Go on", "Send"):
        await anna.presses(label)
    await carla.presses("Accept")
    await olga.presses("Publish")
    await bob.presses("Show the result")
    await bob.presses("I wrote it, too")
    await bob.presses("Propose a correction")
    await corrects(bob)
    await bob.presses("Propose it")
    await bob.presses("Show the result")
    await bob.presses("Do not name me any more")
    bob.looks()

    await olga.presses("Correct it")

    said = f"Corrected in public: Planned relocation: what helps most\n{SENTENCE}"
    assert [message.text for message in bob.new_messages] == [said]
    assert anna.screen.text == said


async def test_a_proposal_that_is_declined_changes_nothing_and_its_author_is_told(chat: Chat) -> None:
    anna, _, olga = await publishes(chat)
    await anna.presses("Details")
    await anna.presses("Propose a correction")
    await corrects(anna)
    await anna.presses("Propose it")

    await olga.presses("Leave it as it is")

    assert olga.screen.text.endswith("Olga declined it.")
    assert anna.screen.text == f"Your correction of {TITLE} is not taken over. It stays as it is."
    await anna.starts("r_1")
    assert f"\n\n{TITLE}\n\n" in anna.screen.text


async def test_a_proposal_taken_up_again_cannot_be_agreed_to_meanwhile(chat: Chat) -> None:
    anna, _, olga = await publishes(chat)
    await anna.presses("Details")
    await anna.presses("Propose a correction")
    await corrects(anna)
    await anna.presses("Propose it")

    await anna.presses("Show the result")
    await anna.presses("Propose a correction")
    assert anna.screen.text.endswith("Until now: Planned relocation: what helps most")

    await olga.forges(coding.encode(ApproveCorrection(1)))
    assert olga.toasts[-1] == "This is not for you, or it does not exist."
    assert olga.screen.text.endswith("It was taken back.")


async def test_an_organiser_who_wrote_it_only_proposes(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    olga, carla = await chat.organiser("Olga"), await chat.coordinator("Carla", group)
    otto = await chat.organiser("Otto")
    await chat.takes_seat(olga, group)
    await submits(olga)
    await carla.presses("Accept")
    await otto.presses("Publish")

    await olga.presses("Details")
    await olga.presses("Propose a correction")
    await corrects(olga)
    await olga.presses("Propose it")
    await olga.forges(coding.encode(ApproveCorrection(1)))

    assert olga.toasts[-1] == "This is not for you, or it does not exist."
    assert otto.screen.text.startswith(f"Olga proposes a correction of {TITLE}")


async def test_what_says_the_same_as_before_is_no_correction(chat: Chat) -> None:
    _, _, olga = await publishes(chat)

    await olga.presses("Correct")
    await corrects(olga, TITLE)

    assert olga.screen.text == "5 of 5\n\nIt says the same as before. Go back and change something, or cancel."
    assert olga.screen.labels == [["Back", "Cancel"]]


async def test_of_two_corrections_at_once_the_second_is_told(chat: Chat) -> None:
    _, _, olga = await publishes(chat)
    otto = await chat.organiser("Otto")
    await otto.starts("r_1")
    await otto.presses("Correct")
    await corrects(otto, "Otto's title")
    await olga.presses("Correct")
    await corrects(olga, "Olga's title")
    await olga.presses("Correct it")

    await otto.presses("Correct it")

    assert otto.toasts[-1] == "It was corrected meanwhile. Begin again with what it says now."
    assert "\n\nOlga's title\n\n" in otto.screen.text


async def test_the_file_of_a_published_result_is_taken_out_or_exchanged(chat: Chat) -> None:
    _, _, olga = await publishes(chat)

    await olga.presses("Correct")
    await olga.presses("Keep it")
    await olga.presses("Keep it")
    await olga.sends_file("brief.pdf")
    await olga.presses("Yes")
    await olga.presses("Back")
    await olga.presses("Back")
    assert olga.screen.labels == [["Keep it"], ["Without file or link"], ["Back", "Cancel"]]
    await olga.presses("Without file or link")
    await olga.presses("Back")
    await olga.sends_file("accessible.pdf")
    await olga.presses("Yes")
    await olga.sends("An accessible version.")
    await olga.presses("Correct it")
    await olga.presses("Show the result")
    await olga.presses("File")

    assert olga.screen.content["document"]["file_name"] == "accessible.pdf"


async def test_only_organisers_and_those_who_wrote_it_correct(chat: Chat) -> None:
    _, carla, _ = await publishes(chat)
    paul = await chat.person("Paul")

    for visitor in (carla, paul):
        await visitor.starts()
        await visitor.forges(coding.encode(CorrectResult(1)))

        assert visitor.toasts[-1] == "This is not for you, or it does not exist."


# --- Withdrawing ---


async def test_a_result_is_withdrawn_with_a_reason_and_nothing_else_stays(chat: Chat) -> None:
    anna, carla, olga = await publishes(chat)
    paul = await chat.person("Paul")

    await olga.presses("Withdraw the result")
    assert olga.screen.text == (
        f"1 of 2\n\n{TITLE}\n\nWhy is it withdrawn? Everybody can read your words. At most 500 characters."
    )
    await olga.sends("The figures are <wrong>.")
    assert olga.screen.text == (
        f"2 of 2\n\nWithdraw {TITLE}?\n\nReason: The figures are <wrong>.\n\n"
        "Everybody sees this reason from now on, and nothing else of the result: here, on the public page and wherever "
        "it was posted. Those who wrote it are told."
    )
    await olga.presses("Withdraw it")

    said = "Withdrawn on Mon, 14 Mar 2022, 13:00 (Berlin): The figures are <wrong>."
    assert olga.toasts[-1] == "Withdrawn. Those who wrote it are told."
    assert [m.text for m in anna.new_messages] == [f"Withdrawn: {TITLE}\nThe figures are <wrong>."]
    assert olga.screen.text.startswith(said)
    assert carla.screen.text == said
    assert carla.screen.labels == [["All results"]]
    await paul.sends("/results")
    assert paul.screen.text == "Results of the working groups\n\nNothing is published here yet."
    await paul.starts("r_1")
    assert paul.screen.text == said


async def test_a_withdrawal_can_be_thought_over(chat: Chat) -> None:
    _, _, olga = await publishes(chat)
    await olga.presses("Withdraw the result")
    await olga.sends("The figures.")

    await olga.presses("Back")
    assert olga.screen.text.startswith("1 of 2")
    await olga.sends("The figures are wrong.")
    await olga.presses("Cancel")

    assert await state_of(chat, 1) is ResultState.PUBLISHED


async def test_the_second_organiser_who_withdraws_sees_who_was_faster(chat: Chat) -> None:
    _, _, olga = await publishes(chat)
    otto = await chat.organiser("Otto")
    await otto.starts("r_1")
    await otto.presses("Withdraw the result")
    await otto.sends("Mine.")
    await olga.presses("Withdraw the result")
    await olga.sends("The figures are wrong.")
    await olga.presses("Withdraw it")

    await otto.presses("Withdraw it")

    assert otto.toasts[-1] == "Olga has already withdrawn this."
    assert otto.screen.text.startswith("Withdrawn on Mon, 14 Mar 2022, 13:00 (Berlin): The figures are wrong.")


@pytest.mark.parametrize("action", [WithdrawResult(1, 1), CorrectResult(1)], ids=["withdraw", "correct"])
async def test_what_is_not_published_is_neither_withdrawn_nor_corrected(
    chat: Chat, action: WithdrawResult | CorrectResult
) -> None:
    group = await chat.group("PWG 3")
    anna, olga = await chat.member("Anna", group), await chat.organiser("Olga")
    await submits(anna)

    await olga.forges(coding.encode(action))

    assert olga.toasts[-1] in {"This is not published.", "This card is out of date. Here is a fresh one."}
    assert await state_of(chat, 1) is ResultState.SUBMITTED


# --- Versions ---


async def test_reviewers_and_authors_look_at_earlier_versions(chat: Chat) -> None:
    anna, carla, olga = await publishes(chat)
    paul = await chat.person("Paul")
    await olga.presses("Correct")
    await corrects(olga)
    await chat.time_passes(hours=1)
    await olga.presses("Correct it")

    for visitor in (anna, carla):
        await visitor.starts("r_1")
        await visitor.presses("Earlier versions")
        assert visitor.screen.text == f"Version 1, by Anna, Mon, 14 Mar 2022, 13:00 (Berlin)\n\n{TITLE}\n\n{SUMMARY}"
        await visitor.presses("Newer")
        assert visitor.screen.text.startswith("Version 2, by Olga, Mon, 14 Mar 2022, 14:00 (Berlin)\n\nPlanned")
    await paul.starts("r_1")
    assert paul.screen.labels == [["All results"]]
    await paul.forges(coding.encode(ShowVersion(1, 1)))

    assert paul.toasts[-1] == "This is not for you, or it does not exist."
