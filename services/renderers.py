"""Which service words which kind of delivery when it is claimed."""

from collections.abc import Mapping

from services import (
    alarms,
    applications,
    asking,
    attendance,
    boards,
    broadcast_pauses,
    broadcasts,
    cards,
    chat_notes,
    chat_section,
    chores,
    digest,
    exports,
    invites,
    joining,
    members,
    minutes,
    polls,
    reminders,
    results,
    roles,
    runway,
    session_changes,
    sessions,
    talks,
    webinars,
)
from services.rendering import Renderer

CARDS = cards.renderer(
    {
        "application": applications.render_card,
        "result": results.render_card,
        "broadcast": broadcast_pauses.render_card,
        "session": sessions.render_card,
        "poll": polls.render_card,
        "attendance": attendance.render_card,
        "chore": chores.render_card,
        "talk": talks.render_card,
        "board": boards.render_board,
        "group_chat": chat_section.render_card,
    }
)
"""By the word before the colon of the subject."""

RENDERERS: Mapping[str, Renderer] = {
    "alarm": alarms.render_alarms,
    "sorry": alarms.render_apologies,
    "reminder": reminders.render_reminders,
    "change": webinars.render_changes,
    "session_change": session_changes.render_changes,
    "ask": asking.render_asks,
    "minutes": minutes.render_news,
    "review": results.render_news,
    "card": CARDS,
    "progress": CARDS,
    "group_card": CARDS,
    "broadcast": broadcasts.render_broadcasts,
    "decision": applications.render_news,
    "removal": members.render_removals,
    "role": roles.render_news,
    "invite": invites.render_news,
    "talk": runway.render_news,
    "digest": digest.render_digests,
    "export": exports.render_exports,
    "chat_note": chat_notes.render_notes,
    "chat_post": boards.render_posts,
    "door": joining.render_words,
}
"""By the kind of the delivery; cards of all kinds share one renderer."""
