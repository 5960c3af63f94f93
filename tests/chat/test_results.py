import pytest
from sqlalchemy import delete

from domain.buttons import coding
from domain.buttons.dialogs import HandIn
from domain.buttons.results import AcceptResult, AskChanges, ChooseGroup, PublishResult, ShowResult
from domain.results import ResultState
from storage import groups, results
from storage.tables import roles
from tests.chat.world import Chat
from tests.chat.writing import SUMMARY, TITLE, begins, comes_to_preview, state_of, submits, writes


async def test_a_result_is_submitted_accepted_published_and_read_by_everybody(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    olga, paul = await chat.organiser("Olga"), await chat.person("Paul")

    await anna.sends("/submit")
    assert anna.screen.text == "1 of 7\n\nWhat is it?"
    await anna.presses("Research brief")
    assert anna.screen.text == "2 of 7\n\nIn which language is it written?"
    await anna.presses("German")
    assert anna.screen.text == "3 of 7\n\nWhat is the title? At most 200 characters."
    await anna.sends(f"  {TITLE}\n ")
    assert anna.screen.text == "4 of 7\n\nSum it up in a few sentences. At most 1500 characters."
    await anna.sends(SUMMARY)
    assert anna.screen.text == (
        "5 of 7\n\nIs there a file or a page to it? Send one document or photo, 20 MB at most, or a link that begins "
        "with https://. Nothing is opened here, only passed on."
    )
    await anna.sends("https://example.org/brief?a=1&b=2")
    assert anna.screen.text == (
        "6 of 8\n\nCan everybody read the file, also with a screen reader? If an accessible version will follow, "
        "hand it in later as a correction.\n\nUntil now: not accessible"
    )
    await anna.presses("It will follow")
    assert anna.screen.text == (
        "7 of 8\n\nDid somebody of the group write it with you? Choose at most 5. Each is asked when you send it. "
        "Whoever is named does not review it."
    )
    await anna.presses("Nobody else")
    assert anna.screen.text == (
        f"8 of 8\n\nResearch brief in German · accessible version to follow\n\n{TITLE}\n\n{SUMMARY}\n\nLink: https://example.org/brief?a=1&b=2\n\n"
        "Now the coordinators of PWG 3 and the organisers will see it.\n"
        "Once accepted, the members of PWG 3 see it too.\n"
        "When an organiser publishes it, everybody sees it, without your name."
    )
    await anna.presses("Send")
    assert anna.screen.text == "Sent to the coordinators of PWG 3. You will be told what they say."

    card = (
        "Interim result of PWG 3, by Anna, version 1\n\nResearch brief in German · accessible version to follow\n\n"
        f"{TITLE}\n\n{SUMMARY}\n\n"
        "Link: https://example.org/brief?a=1&b=2\n\nWaits for an answer."
    )
    assert [m.text for m in carla.new_messages] == [card]
    await carla.presses("Accept")
    assert carla.toasts[-1] == "Accepted. The author is told."
    assert carla.screen.text.endswith("Accepted by Carla. An organiser can publish it now.")
    assert carla.screen.labels == [["Comment"], ["All results"]]
    assert anna.screen.text == f"Accepted: {TITLE}\nAn organiser can publish it now."

    await olga.presses("Publish")
    assert olga.toasts[-1] == "Published. Everybody can read it under /results."
    assert anna.screen.text == f"Published: {TITLE}\nEverybody can read it now."
    assert carla.screen.text.endswith("Published: Mon, 14 Mar 2022, 13:00 (Berlin)")

    await paul.sends("/results")
    assert paul.screen.text == (f"Results of the working groups\n\n1. {TITLE}\nPWG 3 · Mon, 14 Mar 2022, 13:00")
    await paul.presses("1 · Read")
    assert paul.screen.text == (
        "Interim result of PWG 3\n\nResearch brief in German · accessible version to follow\n\n"
        f"{TITLE}\n\n{SUMMARY}\n\nLink: https://example.org/brief?a=1&b=2\n\n"
        "Published: Mon, 14 Mar 2022, 13:00 (Berlin)"
    )
    await paul.starts("r_1")
    assert paul.screen.text.startswith("Interim result of PWG 3\n\nResearch brief in German")


# --- Reviewing ---


async def test_changes_are_asked_for_made_and_accepted(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    await submits(anna)
    old = carla.screen

    await carla.presses("Ask for changes")
    assert carla.screen.text == f"1 of 1\n\n{TITLE}\n\nWhat should be changed? The author gets your words."
    await carla.sends("Please name <the> sources.")
    assert carla.screen.text == f"Sent. The author of {TITLE} is told what to change."
    assert old.text.endswith("Carla asks for changes:\nPlease name <the> sources.")
    assert anna.screen.text == f"Changes asked for: {TITLE}\nPlease name <the> sources."

    await anna.presses("Revise")
    assert anna.screen.text == "1 of 7\n\nWhat is it?\n\nUntil now: Statement"
    await anna.presses("Statement")
    await anna.presses("English")
    assert anna.screen.text == f"3 of 7\n\nWhat is the title? At most 200 characters.\n\nUntil now: {TITLE}"
    await anna.presses("Keep it")
    await anna.sends("With sources.")
    await comes_to_preview(anna)
    carla.looks()
    await anna.presses("Send")

    (card,) = carla.new_messages
    assert card.text == (
        f"Interim result of PWG 3, by Anna, version 2\n\nStatement in English\n\n{TITLE}\n\nWith sources."
        "\n\nWaits for an answer."
    )
    await carla.presses("Accept")
    assert anna.screen.text == f"Accepted: {TITLE}\nAn organiser can publish it now."


async def test_a_card_of_an_older_version_says_so_and_shows_the_newest(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    await submits(anna)
    old = carla.screen
    await carla.presses("Ask for changes")
    await carla.sends("Shorter, please.")
    await anna.presses("Revise")
    await anna.presses("Statement")
    await anna.presses("English")
    await anna.presses("Keep it")
    await anna.presses("Keep it")
    await comes_to_preview(anna)
    await anna.presses("Send")

    await carla.forges(coding.encode(AcceptResult(1, 1)), on=old)

    assert carla.toasts[-1] == "This card was out of date. Here is the newest version."
    assert old.text.startswith("Interim result of PWG 3, by Anna, version 2")
    assert old.labels == [["Accept", "Ask for changes"], ["Comment"], ["Earlier versions"], ["All results"]]
    assert await state_of(chat, 1) is ResultState.SUBMITTED


async def test_the_second_reviewer_sees_who_was_faster(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    denis = await chat.coordinator("Denis", group)
    await submits(anna)
    press_of_denis = coding.encode(AskChanges(1, 1))

    await carla.presses("Accept")
    assert denis.screen.text.endswith("Accepted by Carla. An organiser can publish it now.")
    await denis.forges(press_of_denis)

    assert denis.toasts[-1] == "Already accepted by Carla."
    assert [m.text for m in anna.messages[-1:]] == [f"Accepted: {TITLE}\nAn organiser can publish it now."]


async def test_a_reason_typed_too_late_is_not_sent(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    denis = await chat.coordinator("Denis", group)
    await submits(anna)

    await denis.presses("Ask for changes")
    await carla.presses("Accept")
    anna.looks()
    await denis.sends("I would like more tables.")

    assert denis.screen.text == "Already accepted by Carla.\nYour words were not sent."
    assert denis.screen.labels == [["Show the result"]]
    assert anna.new_messages == []


async def test_nobody_reviews_their_own_result(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    carla, denis = await chat.coordinator("Carla", group), await chat.coordinator("Denis", group)

    await submits(carla)

    assert denis.screen.labels == [["Accept", "Ask for changes"], ["Comment"], ["All results"]]
    await carla.forges(coding.encode(AcceptResult(1, 1)))
    assert carla.toasts[-1] == "This is not for you, or it does not exist."
    assert await state_of(chat, 1) is ResultState.SUBMITTED


async def test_nobody_publishes_their_own_result(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    olga, carla = await chat.organiser("Olga"), await chat.coordinator("Carla", group)
    await chat.takes_seat(olga, group)
    await submits(olga)
    await carla.presses("Accept")

    await olga.presses("Details")
    assert olga.screen.labels == [["Comment"], ["All results"]]
    await olga.forges(coding.encode(PublishResult(1, 1)))

    assert olga.toasts[-1] == "This is not for you, or it does not exist."
    assert await state_of(chat, 1) is ResultState.ACCEPTED


async def test_what_nobody_has_accepted_is_not_published(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    olga, anna = await chat.organiser("Olga"), await chat.member("Anna", group)
    await submits(anna)

    await olga.forges(coding.encode(PublishResult(1, 1)))

    assert olga.toasts[-1] == "Nobody has accepted this yet."
    assert await state_of(chat, 1) is ResultState.SUBMITTED


async def test_without_another_coordinator_the_organisers_are_asked(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    olga, carla = await chat.organiser("Olga"), await chat.coordinator("Carla", group)

    await submits(carla)

    assert carla.screen.text == "Sent to the organisers. You will be told what they say."
    assert olga.screen.text.startswith("Interim result of PWG 3, by Carla, version 1")


async def test_somebody_who_can_reach_nobody_is_told_so(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna = await chat.member("Anna", group)

    await submits(anna)

    assert anna.screen.text == (
        "Your result is saved, but nobody who could accept it can be reached here at the moment. "
        "Please tell the organisers."
    )


async def test_the_card_of_somebody_who_lost_the_role_shows_nothing_any_more(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    denis = await chat.coordinator("Denis", group)
    await submits(anna)
    async with chat.bot.database.write() as tx:
        await tx.execute(delete(roles).where(roles.c.person_id == denis.id))

    await carla.presses("Accept")

    assert denis.screen.text == "This does not exist any more."


async def test_somebody_who_left_the_group_hands_in_nothing(chat: Chat) -> None:
    group, other = await chat.group("PWG 3"), await chat.group("PWG 4")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    await chat.takes_seat(anna, other)
    await anna.sends("/submit")
    await anna.presses("PWG 3 · Climate change")
    await anna.presses("Statement")
    await anna.presses("English")
    await anna.sends(TITLE)
    await anna.sends(SUMMARY)
    await comes_to_preview(anna)
    async with chat.bot.database.write() as tx:
        await groups.free_seat(tx, group, anna.id)

    await anna.presses("Send")

    assert anna.toasts[-1] == "This is not for you, or it does not exist."
    assert carla.new_messages == []


# --- Drafts ---


async def test_a_draft_survives_cancel_stop_and_a_restart(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna = await chat.member("Anna", group)
    await writes(anna)

    await anna.sends("/cancel")
    assert anna.screen.text == "Left. What you have written is kept: begin again and it is there."
    await anna.sends("/stop")
    await chat.restarts()
    await anna.sends("/submit")

    assert anna.screen.text == f"You have a draft: {TITLE}\n\nBeginning anew deletes it."
    await anna.presses("Go on with the draft")
    assert anna.screen.text.startswith("5 of 6\n\nIs there a file or a page to it?")
    await anna.presses("Back")
    assert anna.screen.text.endswith(f"Until now: {SUMMARY}")


async def test_a_restart_in_the_middle_of_a_dialog_goes_unnoticed(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna = await chat.member("Anna", group)
    await begins(anna)
    await anna.sends(TITLE)

    await chat.restarts()
    await anna.sends(SUMMARY)

    assert anna.screen.text.startswith("5 of 6")


async def test_beginning_anew_deletes_the_draft(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna = await chat.member("Anna", group)
    await writes(anna)

    await anna.sends("/submit")
    await anna.presses("Delete it and begin anew")
    assert anna.screen.text == "1 of 6\n\nWhat is it?"
    await anna.sends("/results")

    assert anna.screen.text == "Results of the working groups\n\nNothing is published here yet."


async def test_somebody_in_two_groups_chooses_one(chat: Chat) -> None:
    first, second = await chat.group("PWG 3"), await chat.group("PWG 4", title="Fair migration")
    anna, carla = await chat.member("Anna", first), await chat.coordinator("Carla", second)
    await chat.takes_seat(anna, second)

    await anna.sends("/submit")
    assert anna.screen.text == "1 of 7\n\nWhich working group is the result from?"
    assert anna.screen.labels == [["PWG 3 · Climate change"], ["PWG 4 · Fair migration"], ["Cancel"]]
    await anna.sends("PWG 4")
    assert anna.screen.text == "1 of 7\n\nWhich working group is the result from?"
    await anna.presses("PWG 4 · Fair migration")
    assert anna.screen.text == "2 of 8\n\nWhat is it?"
    await anna.presses("Statement")
    await anna.presses("English")
    await anna.sends(TITLE)
    await anna.sends(SUMMARY)
    await comes_to_preview(anna)
    await anna.presses("Send")

    assert carla.screen.text.startswith("Interim result of PWG 4, by Anna, version 1")


async def test_the_group_of_somebody_else_cannot_be_chosen(chat: Chat) -> None:
    first, second = await chat.group("PWG 3"), await chat.group("PWG 4")
    foreign = await chat.group("PWG 1")
    anna = await chat.member("Anna", first)
    await chat.takes_seat(anna, second)
    await anna.sends("/submit")

    await anna.forges(coding.encode(ChooseGroup(foreign, 1)))

    assert anna.toasts[-1] == "This is not for you, or it does not exist."


async def test_only_members_hand_in_results(chat: Chat) -> None:
    await chat.group("PWG 3")
    paul = await chat.person("Paul")

    await paul.sends("/submit")

    assert paul.screen.text == "This is not for you, or it does not exist."


async def test_sending_twice_submits_once(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    await writes(anna)
    await comes_to_preview(anna)
    preview, send = anna.screen, coding.encode(HandIn(7))

    await anna.forges(send, on=preview)
    await anna.forges(send, on=preview)

    assert anna.toasts[-1] == "This card is out of date. Here is a fresh one."
    assert len(carla.new_messages) == 1


# --- What cannot be taken ---


async def test_a_title_that_is_too_long_is_refused_and_the_dialog_goes_on(chat: Chat) -> None:
    anna = await chat.member("Anna", await chat.group("PWG 3"))
    await begins(anna)

    await anna.sends("x" * 201)
    assert anna.refusal == ("That is too long: 201 characters, 200 at most. Your draft is safe; send a shorter text.")
    await anna.sends("x" * 200)

    assert anna.screen.text.startswith("4 of 6")


@pytest.mark.parametrize("kind", ["sticker", "voice", "video"])
async def test_only_documents_and_photos_are_files(chat: Chat, kind: str) -> None:
    anna = await chat.member("Anna", await chat.group("PWG 3"))
    await writes(anna)

    anna.client.send_file("thing", 1000, kind=kind)
    await chat.settles()
    assert anna.refusal == "I can only take a document or a link here. Your draft is safe."
    await anna.sends_file("brief.pdf")

    await anna.presses("Yes")

    assert anna.screen.text.startswith(
        f"7 of 7\n\nStatement in English · accessible\n\n{TITLE}\n\n{SUMMARY}\n\nFile: brief.pdf\n\n"
    )


async def test_a_sticker_in_place_of_the_title_asks_for_text(chat: Chat) -> None:
    anna = await chat.member("Anna", await chat.group("PWG 3"))
    await anna.sends("/submit")

    anna.client.send_file("thing", 1000, kind="sticker")
    await chat.settles()

    assert anna.refusal == "I need a text here. What you have written so far is safe."


async def test_a_file_above_20_mb_is_refused(chat: Chat) -> None:
    anna = await chat.member("Anna", await chat.group("PWG 3"))
    await writes(anna)

    await anna.sends_file("brief.pdf", 21 * 1024 * 1024)

    assert anna.refusal == ("That file is larger than 20 MB. Send a smaller one or a link. Your draft is safe.")


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "see my page", "ftp://example.org/a", "https://nowhere"])
async def test_only_links_of_the_web_are_taken(chat: Chat, typed: str) -> None:
    anna = await chat.member("Anna", await chat.group("PWG 3"))
    await writes(anna)

    await anna.sends(typed)

    assert anna.refusal == ("That is not a link. Send one that begins with https://, or a file. Your draft is safe.")


# --- Files and lists ---


@pytest.mark.parametrize(
    ("kind", "name", "shown"), [("document", "brief.pdf", "brief.pdf"), ("photo", "x.jpg", "photo.jpg")]
)
async def test_reviewers_get_the_file_itself(chat: Chat, kind: str, name: str, shown: str) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    await writes(anna)
    anna.client.send_file(name, 1000, kind=kind)
    await chat.settles()
    await anna.presses("Yes")
    await anna.presses("Nobody else")
    await anna.presses("Send")

    assert carla.screen.text.endswith(f"File: {shown}\n\nWaits for an answer.")
    await carla.presses("File")

    assert carla.screen.text == TITLE
    assert kind in carla.screen.content


async def test_a_file_can_be_taken_out_again(chat: Chat) -> None:
    anna = await chat.member("Anna", await chat.group("PWG 3"))
    await writes(anna)
    await anna.sends_file("brief.pdf")

    await anna.presses("Back")
    assert anna.screen.labels == [["Keep it"], ["Without file or link"], ["Back", "Cancel"]]
    await anna.presses("Without file or link")

    assert "File:" not in anna.screen.text
    assert anna.screen.text.startswith("6 of 6")


async def test_what_is_not_published_is_seen_by_its_circle_only(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    bob, paul = await chat.member("Bob", group), await chat.person("Paul")
    await submits(anna)

    for visitor in (bob, paul):
        await visitor.forges(coding.encode(ShowResult(1)))
        assert visitor.toasts[-1] == "This is not for you, or it does not exist."
    await carla.presses("Accept")
    await bob.starts("r_1")
    assert bob.screen.text.startswith("Interim result of PWG 3")
    await paul.starts("r_1")

    assert paul.screen.text.startswith("This is not for you, or it does not exist.")


async def test_a_draft_is_seen_by_its_author_only(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    await writes(anna)

    await carla.forges(coding.encode(AcceptResult(1, 0)))
    assert carla.toasts[-1] == "This is not for you, or it does not exist."
    await anna.starts("r_1")

    assert anna.screen.text.endswith("A draft: nobody else sees it.")
    assert anna.screen.labels == [["Go on with the draft"], ["All results"]]


async def test_the_list_shows_ones_own_with_state_and_reason(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna, carla = await chat.member("Anna", group), await chat.coordinator("Carla", group)
    await submits(anna, "First")
    await carla.presses("Ask for changes")
    await carla.sends("Sources, please.")
    await submits(anna, "Second")
    await writes(anna, "Third")

    await anna.sends("/results")

    assert anna.screen.text == (
        "Results of the working groups\n\nNothing is published here yet.\n\nYours, on their way\n"
        "Third: a draft, not sent\nSecond: sent, waits for an answer\nFirst: changes asked for: Sources, please."
    )
    assert anna.screen.labels == [["Third"], ["Second"], ["First"], ["Home"]]


async def test_published_results_are_turned_page_by_page(chat: Chat) -> None:
    group = await chat.group("PWG 3")
    anna = await chat.member("Anna", group)
    async with chat.bot.database.write() as tx:
        for number in range(1, 8):
            result_id = await results.add_draft(tx, anna.id, chat.clock.now())
            await results.change(tx, result_id, title=f"Result {number}", group_id=group, state="published")
    paul = await chat.person("Paul")

    await paul.sends("/results")
    assert paul.screen.text.split("\n\n")[1::4] == ["1. Result 7\nPWG 3", "5. Result 3\nPWG 3"]
    await paul.presses("Older")
    assert paul.screen.text == "Results of the working groups\n\n1. Result 2\nPWG 3\n\n2. Result 1\nPWG 3"
    await paul.presses("Newer")

    assert paul.screen.labels == [["1 · Read", "2 · Read", "3 · Read"], ["4 · Read", "5 · Read"], ["Older"], ["Home"]]
