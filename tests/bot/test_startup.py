"""What keeps `prework` from working: one line that says what to do, the right code, no trace, no token."""

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from gateway.journal import ALLOWED_UPDATES
from sandbox.clock import WallClock
from sandbox.server import Server
from sandbox.telegram import LocalTelegram
from storage import schema
from storage.database import Database
from tests.bot.prework import PREWORK, TOKEN, environment, prework, require_no_secret
from tests.databases import empty_postgresql
from web.app import listen

IMCB22 = Path(__file__).parents[2] / "programme" / "imcb22.yaml"


@pytest.fixture
async def telegram() -> AsyncIterator[Server]:
    local = LocalTelegram(WallClock())
    local.add_bot(token=TOKEN)
    server = await local.serve()
    yield server
    await server.close()


async def migrated(folder: Path) -> Path:
    path = folder / "data" / "prework.db"
    path.parent.mkdir()
    database = Database(f"sqlite+aiosqlite:///{path}")
    await schema.migrate(database)
    await database.close()
    return path


def test_settings_that_cannot_be_used_end_it_with_a_line_each(tmp_path: Path) -> None:
    ended = prework(tmp_path, "run", TOKEN="my-very-secret-words", TIMEZONE="Atlantis", PORT="80")

    assert ended.code == 2
    assert ended.err.splitlines() == [
        "BOT_PORT is not a setting; see .env.example",
        "BOT_TOKEN is not a token; BotFather's look like 123456789:AA...",
        "BOT_TIMEZONE is not an IANA zone such as Europe/Berlin",
    ]
    assert list(tmp_path.iterdir()) == []


def test_without_settings_the_required_ones_are_named(tmp_path: Path) -> None:
    ended = prework(tmp_path, "run", TOKEN=None, OWNER_IDS=None)

    assert ended.code == 2
    assert ended.err.splitlines() == [
        "BOT_TOKEN is missing; set it in .env (see .env.example)",
        "BOT_OWNER_IDS is missing; set it in .env (see .env.example)",
    ]


async def test_a_token_that_telegram_does_not_know_ends_it(tmp_path: Path, telegram: Server) -> None:
    other = "7000000010:a-token-of-nobody-at-all"

    ended = await asyncio.to_thread(prework, tmp_path, "run", TOKEN=other, API_URL=telegram.url)

    assert ended.code == 2
    assert ended.err.splitlines()[-1] == "Telegram does not know this BOT_TOKEN. Ask BotFather for the right one."


async def test_the_token_of_another_bot_is_refused_unless_it_is_meant(tmp_path: Path, telegram: Server) -> None:
    other = "7000000011:token-of-the-other-bot"
    telegram.telegram.add_bot(token=other, username="other_bot", name="Other")
    path = await migrated(tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        identity = '{"id": 7000000009, "is_bot": true, "first_name": "Prework", "username": "prework_bot"}'
        connection.execute("INSERT INTO facts (name, value) VALUES ('bot_identity', ?)", (identity,))

    ended = await asyncio.to_thread(prework, tmp_path, "run", TOKEN=other, API_URL=telegram.url)
    checked = await asyncio.to_thread(prework, tmp_path, "check", TOKEN=other, API_URL=telegram.url)
    await run_until_answered(tmp_path, telegram, "--i-know", TOKEN=other)

    assert ended.code == 2
    assert ended.err.splitlines()[-1] == (
        "This database belongs to the bot @prework_bot, the token to @other_bot. Use its own database "
        "(BOT_DATABASE_URL), or: prework run --i-know"
    )
    assert checked.code == 2
    assert checked.out.splitlines()[-1] == ("BAD  token: it is @other_bot's, the database belongs to @prework_bot")


def test_a_first_start_without_telegram_says_so(tmp_path: Path) -> None:
    ended = prework(tmp_path, "run")

    assert ended.code == 4
    assert ended.err.splitlines()[-1] == (
        "Telegram does not answer (no connection: ConnectionRefusedError). The first start needs it: look at the "
        "network and BOT_API_URL."
    )


def test_a_folder_that_cannot_be_made_is_named_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, where the folder should be")

    ended = prework(tmp_path, "run")

    assert ended.code == 2
    assert ended.err.splitlines() == [
        "The database data/prework.db cannot be opened (File exists). Make its folder writable or set BOT_DATABASE_URL."
    ]


async def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = await migrated(tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    ended = await asyncio.to_thread(prework, tmp_path, "run")

    assert ended.code == 3
    assert ended.err.splitlines() == [
        f"The database has schema 9999, this program knows {schema.newest()} at most. Install the newer Prework again."
    ]


async def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = await migrated(tmp_path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\x00" * 8192)

    ended = await asyncio.to_thread(prework, tmp_path, "run")

    assert ended.code == 3
    assert ended.err.startswith("The database data/prework.db is damaged (")
    assert ended.err.endswith("). Restore the newest good backup.\n")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "prework.db").write_text("Dear diary, " * 500)

    ended = prework(tmp_path, "run")

    assert ended.code == 3
    assert ended.err.startswith("The database data/prework.db is damaged (file is not a database)")


def test_a_database_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    ended = prework(tmp_path, "run", DATABASE_URL="postgresql+asyncpg://prework:hush@127.0.0.1:9/prework")

    assert ended.code == 4
    assert ended.err.startswith("The database postgresql+asyncpg://prework:***@127.0.0.1:9/prework cannot be reached (")
    assert "hush" not in ended.err


async def test_a_second_process_on_the_same_file_is_refused(tmp_path: Path) -> None:
    path = await migrated(tmp_path)
    first = Database(f"sqlite+aiosqlite:///{path}")
    await first.lead()

    ended = await asyncio.to_thread(prework, tmp_path, "import", str(IMCB22))
    await first.close()

    assert ended.code == 2
    assert ended.err.splitlines() == [
        "Prework is already running on data/prework.db. Stop it first; two would send everything twice."
    ]


async def test_a_second_process_on_the_same_postgresql_is_refused(tmp_path: Path) -> None:
    async with empty_postgresql() as url:
        first = Database(url)
        await first.lead()

        ended = await asyncio.to_thread(prework, tmp_path, "run", DATABASE_URL=url)
        await first.close()

    assert ended.code == 2
    assert ended.err.startswith("Prework is already running on postgresql+asyncpg://")


async def test_a_database_that_does_not_exist_on_the_server_is_named(tmp_path: Path) -> None:
    async with empty_postgresql() as url:
        elsewhere = url.replace("/prework", "/nowhere") if "/prework" in url else url + "_that_is_not_there"

        ended = await asyncio.to_thread(prework, tmp_path, "migrate", DATABASE_URL=elsewhere)

    assert ended.code == 4
    assert "cannot be reached" in ended.err


async def test_a_port_in_use_is_named_with_the_way_out(tmp_path: Path, telegram: Server) -> None:
    taken = telegram.url.rpartition(":")[2]

    ended = await asyncio.to_thread(prework, tmp_path, "run", API_URL=telegram.url, WEB_PORT=taken)

    assert ended.code == 2
    assert ended.err.splitlines()[-1] == (
        f"Cannot listen on 127.0.0.1, port {taken} (Address already in use). Set BOT_WEB_HOST, BOT_WEB_PORT (0: any "
        "free port)."
    )


async def run_until_answered(folder: Path, telegram: Server, *options: str, **settings: str) -> str:
    """Run the bot until somebody who presses Start has an answer, end it by SIGTERM; returns its log."""
    happenings = telegram.telegram.subscribe()
    anna = telegram.telegram.as_person(telegram.telegram.add_user("Anna"))
    process = await asyncio.create_subprocess_exec(
        *PREWORK,
        "run",
        *options,
        cwd=folder,
        env=environment(API_URL=telegram.url, LOG_LEVEL="DEBUG", LOG_FORMAT="json", **settings),
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    token = settings.get("TOKEN", TOKEN)
    anna.start(bot=next(bot for bot in telegram.telegram.bots.values() if bot.token == token))
    try:
        async with asyncio.timeout(60):
            for _ in ("what Anna said", "what the bot answered"):
                while (await happenings.get())["kind"] != "message":
                    continue
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            out, err = await process.communicate()
    finally:
        happenings.close()
        if process.returncode is None:
            process.kill()
    assert (process.returncode, out) == (0, b"")
    require_no_secret(err.decode(), settings)
    return err.decode()


async def test_it_runs_and_ends_with_zero_on_sigterm(tmp_path: Path, telegram: Server) -> None:
    log = await run_until_answered(tmp_path, telegram)

    assert '"event": "stopped"' in log.splitlines()[-1]


async def test_with_a_public_address_updates_come_by_webhook_and_without_one_by_polling_again(
    tmp_path: Path, telegram: Server
) -> None:
    with listen("127.0.0.1", 0) as free:
        port = str(free.getsockname()[1])
    here = f"http://127.0.0.1:{port}"

    log = await run_until_answered(tmp_path, telegram, WEB_PORT=port, PUBLIC_URL=here, WEBHOOK_SECRET="hush-hush-hush")
    by_webhook = [call.method for call in telegram.telegram.calls]
    await run_until_answered(tmp_path, telegram)
    by_polling = [call.method for call in telegram.telegram.calls][len(by_webhook) :]

    (asked,) = [call.params for call in telegram.telegram.calls if call.method == "setWebhook"]
    assert (asked["url"], asked["secret_token"]) == (f"{here}/telegram", "hush-hush-hush")
    assert asked["allowed_updates"] == list(ALLOWED_UPDATES)
    assert "getUpdates" not in by_webhook
    assert {"deleteWebhook", "getUpdates"} <= set(by_polling)
    assert "hush-hush-hush" not in log


async def test_what_nobody_foresaw_is_one_line_with_a_reference(tmp_path: Path) -> None:
    path = await migrated(tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE groups")
    process = await asyncio.create_subprocess_exec(
        *PREWORK,
        "export",
        "out.yaml",
        cwd=tmp_path,
        env=environment(LOG_FORMAT="json"),
        stderr=asyncio.subprocess.PIPE,
    )
    _, err = await process.communicate()
    logged, *said = err.decode().splitlines()

    assert process.returncode == 1
    assert '"event": "unexpected_error"' in logged
    assert "no such table: groups" in logged
    assert len(said) == 1
    assert said[0].startswith("Unexpected error, reference ")
    require_no_secret(err.decode(), {})


def test_a_programme_with_mistakes_ends_it_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text(IMCB22.read_text().replace("zone: Asia/Manila", "zone: Atlantis"))

    ended = prework(tmp_path, "import", "broken.yaml")

    assert ended.code == 2
    assert len(ended.err.splitlines()) == 1
    assert ended.err.endswith("(ethical-recruitment): zone is not an IANA zone such as Europe/Berlin\n")
    assert not (tmp_path / "data").exists()


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    ended = prework(tmp_path, "export", "out.yaml")

    assert ended.code == 2
    assert ended.err.splitlines() == [
        "There is no database data/prework.db yet. `prework migrate` makes it, so does `prework run`."
    ]
    assert list(tmp_path.iterdir()) == []


async def test_check_says_a_line_for_each_thing_it_looked_at(tmp_path: Path, telegram: Server) -> None:
    ended = await asyncio.to_thread(prework, tmp_path, "check", API_URL=telegram.url)

    assert ended.code == 0
    assert ended.out.splitlines() == [
        "ok   settings",
        "ok   database: data/prework.db is not there yet, will be made",
        "ok   token: @prework_bot, Prework",
    ]


async def test_check_says_what_to_do_where_cards_cannot_be_shared(tmp_path: Path) -> None:
    local = LocalTelegram(WallClock())
    local.add_bot(token=TOKEN, supports_inline=False)
    server = await local.serve()

    ended = await asyncio.to_thread(prework, tmp_path, "check", API_URL=server.url)
    await server.close()

    assert ended.code == 0
    note = (
        "note sharing: cards of webinars cannot be shared into other chats. Tell BotFather /setinline and "
        "/setinlinefeedback."
    )
    assert ended.out.splitlines()[-2:] == ["ok   token: @prework_bot, Prework", note]


@pytest.mark.parametrize(
    ("rights", "code", "finding"),
    [
        (
            None,
            2,
            "BAD  channel: Telegram says: Bad Request: chat not found. Add the bot to the channel as an administrator.",
        ),
        ({}, 0, "ok   channel: results and webinars can be posted in Prework news"),
        (
            {"can_delete_messages": False, "can_edit_messages": False},
            2,
            "BAD  channel: in Prework news the bot lacks the right to edit messages, delete. Give it that right.",
        ),
    ],
)
async def test_check_says_whether_the_bot_may_post_in_the_channel(
    tmp_path: Path, rights: dict[str, bool] | None, code: int, finding: str
) -> None:
    local, channel = LocalTelegram(WallClock()), -1001000000777
    bot = local.add_bot(token=TOKEN)
    if rights is not None:
        chat = local.add_group("Prework news", kind="channel", admins=[bot.user], chat_id=channel)
        chat.members[bot.user.id].rights.update(rights)
    server = await local.serve()

    ended = await asyncio.to_thread(prework, tmp_path, "check", API_URL=server.url, PUBLISH_CHAT_ID=str(channel))
    await server.close()

    assert (ended.code, ended.out.splitlines()[-1]) == (code, finding)


async def test_check_finds_a_database_to_be_migrated_and_a_missing_telegram(tmp_path: Path) -> None:
    await migrated(tmp_path)

    ended = await asyncio.to_thread(prework, tmp_path, "check")

    assert ended.code == 4
    assert ended.out.splitlines() == [
        "ok   settings",
        "ok   database: sqlite+aiosqlite:///data/prework.db answers",
        f"ok   database: whole, schema {schema.newest()}",
        "BAD  token: http://127.0.0.1:9 does not answer (no connection: ConnectionRefusedError)",
    ]
