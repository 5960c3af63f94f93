"""`prework check`: is everything there that `prework run` needs? One line per finding."""

import json
import os
from collections.abc import AsyncIterator
from typing import Any

from telegram.error import NetworkError

from bot.settings import Settings
from bot.wiring import IDENTITY
from gateway.channels import NoChannel, find_channel
from gateway.identity import TokenRefused, fetch_identity
from storage import facts, schema
from storage.database import Database
from storage.errors import DatabaseDamaged, DatabaseUnreachable, SchemaTooNew, SchemaTooOld, StorageError

GOOD, BAD_INPUT, DAMAGED, UNREACHABLE = 0, 2, 3, 4

NO_SHARING = "cards of webinars cannot be shared into other chats. Tell BotFather /setinline and /setinlinefeedback."


async def check_everything(settings: Settings) -> int:
    """Print the findings about database and token; returns the exit code of the first bad one, 0 without."""
    worst = GOOD
    known: str | None = None
    database = Database(settings.database_url)
    try:
        async for code, finding in _check_database(database):
            worst = worst or code
            print(f"{'BAD ' if code else 'ok  '} database: {finding}")
        known = await _known_bot(database) if worst == GOOD else None
    finally:
        await database.close()
    code, finding, identity = await _check_token(settings, known)
    print(f"{'BAD ' if code else 'ok  '} token: {finding}")
    if not identity.get("supports_inline_queries", True):
        print(f"note sharing: {NO_SHARING}")
    worst = worst or code
    if settings.publish_chat_id is not None and identity:
        code, finding = await _check_channel(settings, int(identity["id"]), settings.publish_chat_id)
        print(f"{'BAD ' if code else 'ok  '} channel: {finding}")
        worst = worst or code
    return worst


async def _check_database(database: Database) -> AsyncIterator[tuple[int, str]]:
    if database.path is not None and not database.path.exists():
        folder = next(parent for parent in database.path.absolute().parents if parent.exists())
        usable = folder.is_dir() and os.access(folder, os.W_OK)
        words = "not there yet, will be made" if usable else f"cannot be made, {folder} is not a writable folder"
        yield GOOD if usable else BAD_INPUT, f"{database.path} is {words}" if usable else f"{database.path} {words}"
        return
    try:
        await database.ping()
        yield GOOD, f"{database.url.render_as_string(hide_password=True)} answers"
        await schema.check_integrity(database)
        await schema.require_newest(database)
        yield GOOD, f"whole, schema {schema.newest()}"
    except SchemaTooOld as error:
        yield GOOD, f"{error} (or run, which does it, too)"
    except (DatabaseDamaged, SchemaTooNew) as error:
        yield DAMAGED, str(error)
    except DatabaseUnreachable as error:
        yield UNREACHABLE, str(error)
    except StorageError as error:
        yield BAD_INPUT, str(error)


async def _known_bot(database: Database) -> str | None:
    """The identity stored at the last start, as JSON."""
    if database.path is not None and not database.path.exists():
        return None
    if await schema.current(database) is None:
        return None
    async with database.read() as tx:
        return await facts.get(tx, IDENTITY)


async def _check_token(settings: Settings, known: str | None) -> tuple[int, str, dict[str, Any]]:
    """Exit code, finding, and who the bot is; {} where Telegram did not say."""
    try:
        identity = await fetch_identity(settings.api_url, settings.token.get_secret_value())
    except TokenRefused:
        return BAD_INPUT, "Telegram does not know this BOT_TOKEN. Ask BotFather for the right one.", {}
    except NetworkError as error:
        return UNREACHABLE, f"{settings.api_url} does not answer ({error.message})", {}
    if known is not None and json.loads(known)["id"] != identity["id"]:
        owner = json.loads(known)["username"]
        return BAD_INPUT, f"it is @{identity['username']}'s, the database belongs to @{owner}", identity
    return GOOD, f"@{identity['username']}, {identity['first_name']}", identity


async def _check_channel(settings: Settings, bot_id: int, chat_id: int) -> tuple[int, str]:
    """Exit code and finding about the channel in which results are published."""
    try:
        title = await find_channel(settings.api_url, settings.token.get_secret_value(), bot_id, chat_id)
    except NoChannel as error:
        return BAD_INPUT, str(error)
    except NetworkError as error:
        return UNREACHABLE, f"{settings.api_url} does not answer ({error.message})"
    return GOOD, f"results and webinars can be posted in {title}"
