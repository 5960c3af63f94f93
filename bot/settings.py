"""The settings, read once from the environment and `.env`; everything else is handed its values."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from messages.languages import LANGUAGES

PREFIX = "BOT_"

NOT_PEOPLE = frozenset({777000, 1087968824, 136817688})
"""Telegram itself, anonymous admins, channels: nobody can be written to under these ids."""


class SettingsError(Exception):
    """The settings cannot be used; `str()` is one line per finding and never contains a value."""


class Settings(BaseSettings):
    """One frozen object, made in `bot/` and passed down."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        frozen=True,
        extra="forbid",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    token: SecretStr = Field(description="From BotFather.")
    owner_ids: Annotated[frozenset[int], NoDecode] = Field(description="Telegram user ids, comma separated.")
    database_url: str = Field("sqlite+aiosqlite:///data/prework.db", description="SQLite file or postgresql+asyncpg.")
    api_url: str = Field("https://api.telegram.org", description="Bot API server.")
    timezone: str = Field("Europe/Berlin", description="Zone of people who set none.")
    language: str = Field("en", description="Fallback language.")
    publish_chat_id: int | None = Field(None, description="Channel for results and webinars.")
    web_host: str = Field("127.0.0.1", description="Where webhook and health are served.")
    web_port: int = Field(8080, ge=0, le=65535, description="0 takes a free port.")
    public_url: str | None = Field(None, description="How the web side is reached from outside.")
    webhook_secret: SecretStr | None = Field(None, description="With a public URL: updates come by webhook.")
    files: Path | None = Field(None, description="Folder of published files; by default beside the database.")
    log_format: Literal["console", "json"] = Field("console", description="json for machines.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least level logged.")
    rate: float = Field(
        28.0, gt=0, le=100_000, allow_inf_nan=False, description="Messages a second overall; Telegram allows about 30."
    )
    calls_in_flight: int = Field(8, ge=1, le=256, description="Calls at once: so many may be unsure after a kill.")
    link_base: str = Field("https://t.me", description="Where links to the bot begin; another one only in the demo.")

    @field_validator("owner_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("owner_ids")
    @classmethod
    def _real_people(cls, value: frozenset[int]) -> frozenset[int]:
        if not value or any(owner <= 0 or owner in NOT_PEOPLE for owner in value):
            raise ValueError("must be the ids of people; ask @userinfobot for yours")
        return value

    @field_validator("token")
    @classmethod
    def _token_shape(cls, value: SecretStr) -> SecretStr:
        number, colon, rest = value.get_secret_value().partition(":")
        if not (number.isdecimal() and colon and len(rest) >= 10):
            raise ValueError("is not a token; BotFather's look like 123456789:AA...")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is not an IANA zone such as Europe/Berlin")
        return value

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value not in LANGUAGES:
            raise ValueError(f"must be one of {', '.join(LANGUAGES)}")
        return value

    @field_validator("api_url", "public_url", "link_base")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not value.startswith(("https://", "http://")):
            raise ValueError("must begin with https:// or http://")
        try:
            parts = urlsplit(value)
            usable = parts.hostname and parts.port != 0 and not (parts.query or parts.fragment)
        except ValueError:  # brackets or a port that are none
            usable = False
        if not usable or re.search(r"\s", value):
            raise ValueError("is not an address such as https://prework.example.org")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        try:
            name = make_url(value).database
        except (ArgumentError, ValueError):
            name = None
        if not name or name == ":memory:":
            raise ValueError("names no database, such as sqlite+aiosqlite:///data/prework.db")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("must be 1 to 256 of A-Z, a-z, 0-9, _ and -: Telegram takes no others")
        return value

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> "Settings":
        if self.public_url is None and self.webhook_secret is not None:
            raise ValueError("BOT_WEBHOOK_SECRET is of no use without BOT_PUBLIC_URL: set both, or only the address")
        return self

    @property
    def files_folder(self) -> Path:
        """Where published files lie."""
        if self.files is not None:
            return self.files
        url = make_url(self.database_url)
        is_file = url.get_backend_name() == "sqlite" and url.database
        return Path(url.database).parent / "files" if is_file and url.database else Path("data/files")

    @property
    def uses_webhook(self) -> bool:
        """Whether updates come by webhook."""
        return self.webhook_secret is not None


def load(env_file: Path = Path(".env")) -> Settings:
    """Read the settings; raise SettingsError naming each one that is missing, wrong or unknown, and its line."""
    lines = _lines(env_file)
    unknown = sorted(
        name
        for name in os.environ
        if name.startswith(PREFIX) and name[len(PREFIX) :].lower() not in Settings.model_fields
    )
    findings = [f"{name} is not a setting; see .env.example" for name in unknown]
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        findings += [_finding(one, lines) for one in error.errors()]
    if findings:
        raise SettingsError("\n".join(findings))
    return settings


def _lines(env_file: Path) -> dict[str, str]:
    """Where the file says what: ".env line 3: " by name; nothing for what the environment overrides."""
    try:
        text = env_file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise SettingsError(f"{env_file} cannot be read: {reason}") from None
    found = {}
    for number, line in enumerate(text.splitlines(), start=1):
        name = line.strip().removeprefix("export ").partition("=")[0].strip().upper()
        if name not in os.environ:
            found[name] = f"{env_file} line {number}: "
    return found


def _finding(finding: Any, lines: Mapping[str, str]) -> str:
    """One line about one setting; never its value, which may be a secret."""
    name = str(finding["loc"][0]).upper() if finding["loc"] else ""
    if name and not name.startswith(PREFIX) and finding["type"] != "extra_forbidden":
        name = PREFIX + name
    place = lines.get(name, "")
    match finding["type"]:
        case "missing":
            return f"{name} is missing; set it in .env (see .env.example)"
        case "extra_forbidden":
            return f"{place}{name} is not a setting; see .env.example"
        case "value_error":
            return f"{place}{name} {finding['ctx']['error']}".strip()
        case _:
            return f"{place}{name}: {finding['msg'][:1].lower()}{finding['msg'][1:]}"
