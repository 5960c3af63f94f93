"""What must hold after any fault: read from the database file and from what the local Telegram counted."""

import sqlite3
from collections import Counter
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from domain.deliveries import DeliveryState, Policy
from sandbox.bots import Bot
from sandbox.state import Message
from sandbox.telegram import LocalTelegram

FIRST_UPDATE = 700_000_001
LEGAL = {state.value for state in DeliveryState} - {DeliveryState.SENDING.value}


def audit(
    path: Path, telegram: LocalTelegram, log: str, *, most_doubles: int, seeded: Collection[Message] = ()
) -> list[str]:
    """Every finding, as a sentence; empty when all is well. The bot must not be running.

    `most_doubles`: how many messages of at-least-once kinds may have come twice: calls under way at each kill,
    plus lost answers. `seeded`: messages of the bot that it did not send itself.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [
            *_updates_once(connection, telegram.first_bot),
            *_deliveries_ended(connection),
            *_sent_is_there(connection, telegram),
            *_doubles(connection, telegram.first_bot, most_doubles, seeded),
            *_questions_answered_once(telegram),
            *_seats(connection),
            *_whole(connection),
            *(["V7 the token is in the log"] if telegram.first_bot.token in log else []),
        ]


def _updates_once(connection: sqlite3.Connection, bot: Bot) -> list[str]:
    """V1: what Telegram handed over is there once, and done or a dead letter."""
    rows = connection.execute("SELECT update_id, state, attempts, error FROM inbox ORDER BY update_id").fetchall()
    found, handed_over = [row["update_id"] for row in rows], range(FIRST_UPDATE, bot.queue.next_id)
    findings = [f"V1 update {i} is in the inbox {n} times" for i, n in Counter(found).items() if n > 1]
    findings += [f"V1 update {number} is lost" for number in sorted(set(handed_over) - set(found))]
    findings += [f"V1 update {r['update_id']} is {r['state']}" for r in rows if r["state"] not in {"done", "dead"}]
    return findings


def _deliveries_ended(connection: sqlite3.Connection) -> list[str]:
    """V2: legal states, nothing `sending` without an owner; only at-most-once kinds are left uncertain."""
    rows = connection.execute("SELECT key, state, policy, owner FROM outbox").fetchall()
    findings = [f"V2 {row['key']} is {row['state']}" for row in rows if row["state"] not in LEGAL]
    unsure = (row for row in rows if row["state"] == "uncertain" and row["policy"] != Policy.AT_MOST_ONCE)
    return findings + [f"V2 {row['key']} is uncertain, but its kind is sent again" for row in unsure]


def _sent_is_there(connection: sqlite3.Connection, telegram: LocalTelegram) -> list[str]:
    """V3: what is `sent` arrived. Where it says why, there was nothing to send: a card that shows this already."""
    findings = []
    sent = "SELECT key, chat_id, message_id FROM outbox WHERE state = 'sent' AND method LIKE 'send%' AND error IS NULL"
    for row in connection.execute(sent):
        chat = telegram.find_chat(row["chat_id"])
        if chat is None or row["message_id"] not in chat.messages:
            findings.append(f"V3 {row['key']} is sent, but did not arrive")
    return findings


def _doubles(connection: sqlite3.Connection, bot: Bot, most: int, seeded: Collection[Message]) -> list[str]:
    """V3: messages of which no delivery knows: at most one for an uncertain one, at most so many in all."""
    unsure = Counter(
        row[0] for row in connection.execute("SELECT chat_id FROM outbox WHERE state = 'uncertain'").fetchall()
    )
    known = set(connection.execute("SELECT chat_id, message_id FROM outbox WHERE message_id IS NOT NULL").fetchall())
    pairs = {(row[0], row[1]) for row in known} | {(m.chat.id, m.message_id) for m in seeded}
    unknown = Counter(
        chat.id
        for chat in bot.private_chats.values()
        for message in chat.messages.values()
        if message.author is bot.user and (chat.id, message.message_id) not in pairs
    )
    doubles = (unknown - unsure).total()
    return [f"V3 {doubles} messages came twice, at most {most} may"] if doubles > most else []


def _questions_answered_once(telegram: LocalTelegram) -> list[str]:
    """V3: the answer to a pressed button is sent at most once."""
    answered = (c.params["callback_query_id"] for c in telegram.calls if c.method == "answerCallbackQuery")
    return [f"V3 the press {query} was answered {n} times" for query, n in Counter(answered).items() if n > 1]


def _seats(connection: sqlite3.Connection) -> list[str]:
    """V4: nobody sits where there is no seat."""
    full = "SELECT code FROM groups WHERE most_members < (SELECT count(*) FROM seats WHERE group_id = groups.id)"
    return [f"V4 {row['code']} has more members than seats" for row in connection.execute(full)]


def _whole(connection: sqlite3.Connection) -> list[str]:
    """V6: the file is sound, nothing dangles."""
    damage = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [f"V6 {finding}" for finding in damage] + [f"V6 {row['table']} dangles" for row in dangling]
