"""A sentence for each action that the audit knows."""

from collections.abc import Mapping

from domain.audit import Deed
from messages.languages import Speaker
from messages.markup import Html, render, shortened

MOST_WHAT = 60


def said(deed: Deed, say: Speaker) -> Html:
    """Who did what; an action without a sentence of its own is named as it is stored."""
    who, what = _who(deed, say), _what(deed)
    if deed.action == "applied":
        return say("{who} asked to join {what}.", who=who, what=deed.group_code)
    for sentences in (_about_people, _about_groups, _about_events, _about_results, _about_the_rest):
        found = sentences(who, what, say).get(deed.action)
        if found is not None:
            return found
    return say("{who}: {action} {what}", who=who, action=deed.action.replace("_", " "), what=what)


def _who(deed: Deed, say: Speaker) -> Html:
    if deed.by_itself:
        return say("The bot")
    return render("<b>{who}</b>", who=deed.who or say.plain("Somebody who has left"))


def _what(deed: Deed) -> str:
    """The name of the object, and its group where that says more."""
    what = shortened(deed.what, MOST_WHAT)
    if deed.group_code and what and deed.group_code != what:
        return f"{what} ({deed.group_code})"
    return what or deed.group_code or "–"


def _about_people(who: Html, what: str, say: Speaker) -> Mapping[str, Html]:
    return {
        "accepted": say("{who} accepted the request of {what}.", who=who, what=what),
        "waiting": say("{who} put {what} on the waiting list.", who=who, what=what),
        "declined": say("{who} declined the request of {what}.", who=who, what=what),
        "withdrawn": say("{who} withdrew the request of {what}.", who=who, what=what),
        "promoted": say("{who} gave a free seat to {what}.", who=who, what=what),
        "closed": say("{who} ended the request of {what}: the group is closed.", who=who, what=what),
        "undone": say("{who} took the answer to {what} back.", who=who, what=what),
        "left": say("{who} left {what}.", who=who, what=what),
        "removed": say("{who} removed {what}.", who=who, what=what),
        "removal_undone": say("{who} took the removal of {what} back.", who=who, what=what),
        "role_granted": say("{who} gave a role to {what}.", who=who, what=what),
        "role_taken": say("{who} took a role from {what}.", who=who, what=what),
        "stopped": say("{who} stopped all messages.", who=who),
        "invite_made": say("{who} made an invitation for {what}.", who=who, what=what),
        "invite_revoked": say("{who} revoked an invitation for {what}.", who=who, what=what),
        "invite_accepted": say("{who} came by an invitation for {what}.", who=who, what=what),
        "calendar_address_made": say("{who} took a new address for their calendar.", who=who),
        "calendar_address_ended": say("{who} switched off the address of their calendar.", who=who),
        "web_signed_in": say("{who} signed in on the organisers' pages.", who=who),
        "web_signed_out": say("{who} signed out of the organisers' pages.", who=who),
        "programme_imported": say("{who} took a programme over from a file.", who=who),
        "own_data_taken": say("{who} took a copy of their own data.", who=who),
        "erased": say("{who} had all of their data deleted.", who=who),
        "erasure_ordered": say("{who} had the data of a person deleted, on request: {what}.", who=who, what=what),
        "erased_on_request": say("{who} deleted the data of a person, on request.", who=who),
        "erasure_refused": say("{who} did not delete the data of the last owner: {what}.", who=who, what=what),
        "members_exported": say("{who} took the members of {what} as a file.", who=who, what=what),
    }


def _about_groups(who: Html, what: str, say: Speaker) -> Mapping[str, Html]:
    return {
        "group_added": say("{who} created the group {what}.", who=who, what=what),
        "group_changed": say("{who} changed the group {what}.", who=who, what=what),
        "group_closed": say("{who} closed the group {what}.", who=who, what=what),
        "chat_code_made": say("{who} asked for a code to link a chat to {what}.", who=who, what=what),
        "chat_linked": say("{who} linked a chat to {what}.", who=who, what=what),
        "chat_unlinked": say("{who} took the chat of {what} off.", who=who, what=what),
        "chat_detached": say("{who} is no longer in the chat {what}.", who=who, what=what),
        "chat_migrated": say("{who} followed the chat {what} to its new number.", who=who, what=what),
        "chat_language_set": say("{who} chose the language of the chat of {what}.", who=who, what=what),
        "reminders_offered": say("{who} offered reminders in the chat of {what}.", who=who, what=what),
        "page_text_written": say("{who} wrote a text of the public page: {what}.", who=who, what=what),
        "homepage_set": say("{who} chose where notices for the conference homepage go.", who=who),
        "homepage_secret_made": say("{who} made a new secret for the conference homepage.", who=who),
        "homepage_dropped": say("{who} ended the notices for the conference homepage.", who=who),
        "webinars_wanted": say("{who} changed how many webinars are expected of each group.", who=who),
    }


def _about_events(who: Html, what: str, say: Speaker) -> Mapping[str, Html]:
    return {
        "webinar_added": say("{who} added the webinar {what}.", who=who, what=what),
        "webinar_changed": say("{who} changed the webinar {what}.", who=who, what=what),
        "webinar_announced": say("{who} announced the webinar {what}.", who=who, what=what),
        "webinar_cancelled": say("{who} cancelled the webinar {what}.", who=who, what=what),
        "draft_added": say("{who} began a draft of a webinar: {what}.", who=who, what=what),
        "draft_changed": say("{who} changed the draft of a webinar: {what}.", who=who, what=what),
        "draft_dropped": say("{who} dropped the draft of a webinar.", who=who),
        "session_scheduled": say("{who} planned the session {what}.", who=who, what=what),
        "session_changed": say("{who} changed the session {what}.", who=who, what=what),
        "session_cancelled": say("{who} cancelled the session {what}.", who=who, what=what),
        "answered": say("{who} answered whether they come to {what}.", who=who, what=what),
        "poll_opened": say("{who} asked when to meet: {what}.", who=who, what=what),
        "poll_closed": say("{who} decided when to meet: {what}.", who=who, what=what),
        "poll_dropped": say("{who} gave up looking for a time: {what}.", who=who, what=what),
        "attendance_marked": say("{who} noted who took part in {what}.", who=who, what=what),
        "attendance_saved": say("{who} noted who took part in {what}.", who=who, what=what),
        "minutes_saved": say("{who} wrote the minutes of {what}.", who=who, what=what),
        "point_proposed": say("{who} proposed a point for the agenda of {what}.", who=who, what=what),
        "point_taken": say("{who} took a point into the agenda of {what}.", who=who, what=what),
        "point_dropped": say("{who} dropped a point of the agenda of {what}.", who=who, what=what),
        "points_ordered": say("{who} put the agenda of {what} in order.", who=who, what=what),
        "voted": say("{who} voted on when to meet: {what}.", who=who, what=what),
        "place_taken": say("{who} registered for {what}.", who=who, what=what),
        "place_waited_for": say("{who} waits for a place at {what}.", who=who, what=what),
        "place_given_back": say("{who} gave a place at {what} back.", who=who, what=what),
        "place_passed_on": say("{who} gave a free place at {what} to whoever waited.", who=who, what=what),
        "registrations_exported": say("{who} took the registrations for {what} as a file.", who=who, what=what),
        "card_posted": say("{who} posted {what} in the chat of the group.", who=who, what=what),
        "question_asked": say("{who} asked the speakers of {what}.", who=who, what=what),
        "question_taken_back": say("{who} took a question to the speakers back.", who=who),
        "question_moved": say("{who} put the questions at {what} in order.", who=who, what=what),
        "question_merged": say("{who} put two questions at {what} together.", who=who, what=what),
        "question_answered": say("{who} marked a question at {what} as answered.", who=who, what=what),
        "question_dropped": say("{who} dropped a question at {what}.", who=who, what=what),
        "question_reopened": say("{who} opened a question at {what} again.", who=who, what=what),
        "feedback_given": say("{who} answered the survey after {what}.", who=who, what=what),
        "talk_confirmed": say("{who} confirmed the talk of {what}.", who=who, what=what),
        "talk_declined": say("{who} declined the talk of {what}.", who=who, what=what),
        "talk_edited": say("{who} changed the talk of {what}.", who=who, what=what),
        "slides_sent": say("{who} sent the slides of {what}.", who=who, what=what),
        "talk_checked": say("{who} noted the technical check of {what}.", who=who, what=what),
        "chore_done": say("{who} did what waited in {what}.", who=who, what=what),
    }


def _about_results(who: Html, what: str, say: Speaker) -> Mapping[str, Html]:
    return {
        "result_edited": say("{who} edited the result {what}, which was handed in.", who=who, what=what),
        "result_submitted": say("{who} handed in the result {what}.", who=who, what=what),
        "result_changes_asked": say("{who} asked for changes to the result {what}.", who=who, what=what),
        "result_accepted": say("{who} accepted the result {what}.", who=who, what=what),
        "publication_retried": say("{who} tried once more to publish the result {what} somewhere.", who=who, what=what),
        "file_stored": say("{who} put the file of the result {what} on the public page.", who=who, what=what),
        "result_published": say("{who} published the result {what}.", who=who, what=what),
        "result_corrected": say("{who} corrected the result {what}.", who=who, what=what),
        "result_withdrawn": say("{who} withdrew the result {what}.", who=who, what=what),
        "result_commented": say("{who} commented on the result {what}.", who=who, what=what),
        "correction_proposed": say("{who} proposed a correction of the result {what}.", who=who, what=what),
        "correction_declined": say("{who} declined a correction of the result {what}.", who=who, what=what),
        "coauthor_confirmed": say("{who} confirmed to be a co-author of the result {what}.", who=who, what=what),
        "coauthor_declined": say("{who} declined to be a co-author of the result {what}.", who=who, what=what),
        "round_added": say("{who} set a deadline for results: {what}.", who=who, what=what),
        "round_moved": say("{who} moved the deadline {what}.", who=who, what=what),
        "round_closed": say("{who} ended the reminders of the deadline {what}.", who=who, what=what),
    }


def _about_the_rest(who: Html, what: str, say: Speaker) -> Mapping[str, Html]:
    del what
    return {
        "broadcast_asked": say("{who} asked a second organiser to confirm a broadcast.", who=who),
        "broadcast_started": say("{who} started a broadcast.", who=who),
        "broadcast_paused": say("{who} paused a broadcast.", who=who),
        "broadcast_resumed": say("{who} let a broadcast go on.", who=who),
        "broadcast_stopped": say("{who} stopped a broadcast.", who=who),
        "broadcast_repeated": say("{who} sent a broadcast again to those who may not have it.", who=who),
        "broadcast_ended": say("A broadcast has ended."),
        "statistics_exported": say("{who} took the statistics as a file.", who=who),
        "sign_ups_exported": say("{who} took the sign-ups as a file.", who=who),
        "timing_chosen": say("{who} changed when something is due around events.", who=who),
        "delivery_retried": say("{who} had a message sent again that had not arrived.", who=who),
        "letter_retried": say("{who} had a message handled once more that had failed.", who=who),
    }
