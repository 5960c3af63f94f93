"""What the settings accept, and the line that says what is wrong with them."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load

TOKEN = "123456789:AAtoken-that-nobody-may-ever-read"
GOOD = {"BOT_TOKEN": TOKEN, "BOT_OWNER_IDS": "5, 6"}

ADDRESS = "is not an address such as https://prework.example.org"
SCHEME = "must begin with https:// or http://"
TOKEN_SHAPE = "BOT_TOKEN is not a token; BotFather's look like 123456789:AA..."
PEOPLE = "BOT_OWNER_IDS must be the ids of people; ask @userinfobot for yours"
WHOLE = "BOT_WEBHOOK_SECRET is of no use without BOT_PUBLIC_URL: set both, or only the address"
SECRET = "BOT_WEBHOOK_SECRET must be 1 to 256 of A-Z, a-z, 0-9, _ and -: Telegram takes no others"
KIND = "BOT_DATABASE_URL must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://"
NO_NAME = "BOT_DATABASE_URL names no database, such as sqlite+aiosqlite:///data/prework.db"
NUMBER = "input should be a valid integer, unable to parse string as an integer"


@pytest.fixture(autouse=True)
def _no_settings_around(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each test says all that counts."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BOT_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def write(**changes: str | None) -> None:
    values = {**GOOD, **{f"BOT_{name}": value for name, value in changes.items()}}
    Path(".env").write_text("".join(f"{name}={value}\n" for name, value in values.items() if value is not None))


def test_two_settings_are_enough_and_the_others_have_their_defaults() -> None:
    write()

    settings = load()

    assert settings.token.get_secret_value() == TOKEN
    assert settings.owner_ids == {5, 6}
    assert settings.database_url == "sqlite+aiosqlite:///data/prework.db"
    assert (settings.timezone, settings.language, settings.uses_webhook) == ("Europe/Berlin", "en", False)


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"TOKEN": None}, "BOT_TOKEN is missing; set it in .env (see .env.example)"),
        ({"TOKEN": ""}, "BOT_TOKEN is missing; set it in .env (see .env.example)"),
        ({"TOKEN": "hello"}, f".env line 1: {TOKEN_SHAPE}"),
        ({"TOKEN": "123456789"}, f".env line 1: {TOKEN_SHAPE}"),
        ({"TOKEN": "123456789:short"}, f".env line 1: {TOKEN_SHAPE}"),
        ({"TOKEN": "12a:AAaaaaaaaaaaaaaaaaa"}, f".env line 1: {TOKEN_SHAPE}"),
        ({"OWNER_IDS": None}, "BOT_OWNER_IDS is missing; set it in .env (see .env.example)"),
        ({"OWNER_IDS": ","}, f".env line 2: {PEOPLE}"),
        ({"OWNER_IDS": "0"}, f".env line 2: {PEOPLE}"),
        ({"OWNER_IDS": "-100123"}, f".env line 2: {PEOPLE}"),
        ({"OWNER_IDS": "1087968824"}, f".env line 2: {PEOPLE}"),
        ({"OWNER_IDS": "777000"}, f".env line 2: {PEOPLE}"),
        ({"OWNER_IDS": "5,136817688"}, f".env line 2: {PEOPLE}"),
        ({"OWNER_IDS": "anna"}, f".env line 2: BOT_OWNER_IDS: {NUMBER}"),
        ({"DATABASE_URL": "data/prework.db"}, f".env line 3: {KIND}"),
        ({"DATABASE_URL": "sqlite:///data/prework.db"}, f".env line 3: {KIND}"),
        ({"DATABASE_URL": "mysql://localhost/prework"}, f".env line 3: {KIND}"),
        ({"DATABASE_URL": "sqlite+aiosqlite:///"}, f".env line 3: {NO_NAME}"),
        ({"DATABASE_URL": "sqlite+aiosqlite:///:memory:"}, f".env line 3: {NO_NAME}"),
        ({"DATABASE_URL": "postgresql+asyncpg://localhost"}, f".env line 3: {NO_NAME}"),
        ({"DATABASE_URL": "postgresql+asyncpg://localhost:many/prework"}, f".env line 3: {NO_NAME}"),
        ({"API_URL": "api.telegram.org"}, f".env line 3: BOT_API_URL {SCHEME}"),
        ({"API_URL": "ftp://api.telegram.org"}, f".env line 3: BOT_API_URL {SCHEME}"),
        ({"API_URL": "https://"}, f".env line 3: BOT_API_URL {ADDRESS}"),
        ({"API_URL": "http://localhost:port"}, f".env line 3: BOT_API_URL {ADDRESS}"),
        ({"API_URL": "http://[::1"}, f".env line 3: BOT_API_URL {ADDRESS}"),
        ({"API_URL": "http://localhost/?a=b"}, f".env line 3: BOT_API_URL {ADDRESS}"),
        ({"TIMEZONE": "Berlin"}, ".env line 3: BOT_TIMEZONE is not an IANA zone such as Europe/Berlin"),
        ({"TIMEZONE": "+01:00"}, ".env line 3: BOT_TIMEZONE is not an IANA zone such as Europe/Berlin"),
        ({"LANGUAGE": "es"}, ".env line 3: BOT_LANGUAGE must be one of en, de, fr"),
        ({"LANGUAGE": "EN"}, ".env line 3: BOT_LANGUAGE must be one of en, de, fr"),
        ({"PUBLISH_CHAT_ID": "@channel"}, f".env line 3: BOT_PUBLISH_CHAT_ID: {NUMBER}"),
        ({"WEB_PORT": "http"}, f".env line 3: BOT_WEB_PORT: {NUMBER}"),
        ({"WEB_PORT": "65536"}, ".env line 3: BOT_WEB_PORT: input should be less than or equal to 65535"),
        ({"WEB_PORT": "-1"}, ".env line 3: BOT_WEB_PORT: input should be greater than or equal to 0"),
        ({"WEBHOOK_SECRET": "abc"}, WHOLE),
        ({"PUBLIC_URL": "prework.example.org", "WEBHOOK_SECRET": "abc"}, f".env line 3: BOT_PUBLIC_URL {SCHEME}"),
        ({"PUBLIC_URL": "https://prework.example.org", "WEBHOOK_SECRET": "a b"}, f".env line 4: {SECRET}"),
        ({"PUBLIC_URL": "https://prework.example.org", "WEBHOOK_SECRET": "a" * 257}, f".env line 4: {SECRET}"),
        ({"LOG_FORMAT": "xml"}, ".env line 3: BOT_LOG_FORMAT: input should be 'console' or 'json'"),
        ({"LOG_LEVEL": "LOUD"}, ".env line 3: BOT_LOG_LEVEL: input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ({"RATE": "0"}, ".env line 3: BOT_RATE: input should be greater than 0"),
        ({"RATE": "nan"}, ".env line 3: BOT_RATE: input should be a finite number"),
        ({"RATE": "fast"}, ".env line 3: BOT_RATE: input should be a valid number, unable to parse string as a number"),
        ({"CALLS_IN_FLIGHT": "0"}, ".env line 3: BOT_CALLS_IN_FLIGHT: input should be greater than or equal to 1"),
        ({"CALLS_IN_FLIGHT": "1000"}, ".env line 3: BOT_CALLS_IN_FLIGHT: input should be less than or equal to 256"),
        ({"TOKENS": "1"}, ".env line 3: BOT_TOKENS is not a setting; see .env.example"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(changes: dict[str, str | None], finding: str) -> None:
    write(**changes)

    with pytest.raises(SettingsError) as error:
        load()

    assert str(error.value) == finding


def test_every_finding_has_a_line_of_its_own_and_none_shows_a_value() -> None:
    write(TOKEN="not-a-token-but-secret", WEB_PORT="70000", TIMEZONE="Atlantis")

    with pytest.raises(SettingsError) as error:
        load()

    assert str(error.value).splitlines() == [
        f".env line 1: {TOKEN_SHAPE}",
        ".env line 4: BOT_TIMEZONE is not an IANA zone such as Europe/Berlin",
        ".env line 3: BOT_WEB_PORT: input should be less than or equal to 65535",
    ]


def test_the_environment_comes_before_the_file_and_is_named_without_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    write(LANGUAGE="de")
    monkeypatch.setenv("BOT_LANGUAGE", "klingon")

    with pytest.raises(SettingsError) as error:
        load()

    assert str(error.value) == "BOT_LANGUAGE must be one of en, de, fr"


def test_an_unknown_name_in_the_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    monkeypatch.setenv("BOT_DATABASEURL", "sqlite+aiosqlite:///other.db")

    with pytest.raises(SettingsError) as error:
        load()

    assert str(error.value) == "BOT_DATABASEURL is not a setting; see .env.example"


def test_a_file_that_is_no_text_is_named() -> None:
    Path(".env").write_bytes(b"BOT_TOKEN=\xff\xfe\n")

    with pytest.raises(SettingsError) as error:
        load()

    assert str(error.value) == ".env cannot be read: it is not text in UTF-8"


def test_settings_never_show_their_secrets() -> None:
    write(PUBLIC_URL="https://prework.example.org", WEBHOOK_SECRET="whispered-secret")

    shown = repr(load())

    assert TOKEN not in shown
    assert "whispered-secret" not in shown


EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_the_example_lists_every_setting_with_its_default() -> None:
    lines = [line.removeprefix("#") for line in EXAMPLE.read_text().splitlines()]
    listed = dict(line.split("=", 1) for line in lines if line.startswith("BOT_"))
    defaults = {
        f"BOT_{name.upper()}": "" if field.is_required() or field.default is None else str(field.default)
        for name, field in Settings.model_fields.items()
    }

    assert listed == defaults


def test_the_example_can_be_used_as_it_is_once_the_required_ones_are_filled_in() -> None:
    text = EXAMPLE.read_text().replace("#BOT_", "BOT_")
    text = text.replace("BOT_TOKEN=\n", f"BOT_TOKEN={TOKEN}\n").replace("BOT_OWNER_IDS=\n", "BOT_OWNER_IDS=5,6\n")
    Path(".env").write_text(text)
    from_example = load()
    write()

    assert from_example == load()
