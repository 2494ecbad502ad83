"""The settings: environment variables that begin with `BUREN_`, or the same names in a file `.env`."""

from __future__ import annotations

import re
from datetime import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AnyHttpUrl, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.sealing import KeyRing

# What opens databases takes most of a second to load. A missing setting is said before that.
if TYPE_CHECKING:
    from models.calendar import Calendar


FILE = "sqlite:///"


LOCAL = ("127.0.0.1", "localhost", "[::1]")  # a local Bot API server may send without TLS


class WrongSettingError(Exception):
    """A setting is missing or wrong; the text is one line that names the variable."""


def _zone(value: object) -> object:
    try:
        return ZoneInfo(value) if isinstance(value, str) else value
    except (OSError, ValueError, KeyError):
        raise ValueError("there is no such time zone") from None


def _database(value: str) -> str:
    if value.startswith(FILE):
        return value
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        backend = make_url(value).get_backend_name()
    except ArgumentError:
        backend = ""
    if backend not in {"sqlite", "postgresql"}:
        raise ValueError(f"must begin with {FILE} or postgresql://")
    return value


def _listen(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isascii() or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError("must be an address and a port, as 127.0.0.1:8080")
    return value


class Settings(BaseSettings):
    """What a deployment decides. Each field is documented in the README's table."""

    model_config = SettingsConfigDict(
        env_prefix="BUREN_", env_file=".env", extra="ignore", arbitrary_types_allowed=True
    )

    token: Annotated[SecretStr, Field(min_length=1)]
    api_url: AnyHttpUrl = AnyHttpUrl("https://api.telegram.org")
    database_url: Annotated[str, AfterValidator(_database)] = f"{FILE}buren.db"
    key: SecretStr | None = None
    key_file: Path | None = None
    timezone: Annotated[ZoneInfo, BeforeValidator(_zone)] = ZoneInfo("Europe/Brussels")
    quiet_from: time = time(21)
    quiet_until: time = time(8)
    quiet_until_holiday: time = time(10)
    language_memory: Literal["session", "remember"] = "session"
    organisation: str = "OCMW"
    organisation_fr: str = ""
    organisation_en: str = ""
    organisation_de: str = ""
    phone: str = ""
    rate_limits: bool = True
    flood_limit: Annotated[int, Field(ge=0)] = 30
    clock_url: AnyHttpUrl | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    webhook_url: AnyHttpUrl | None = None
    webhook_secret: Annotated[SecretStr, Field(min_length=16, max_length=256)] | None = None
    webhook_listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8080"
    backup_dir: Path | None = None
    health_port: Annotated[int, Field(ge=1, le=65535)] | None = None

    @model_validator(mode="after")
    def _leaves_a_day(self) -> Self:
        if self.quiet_from <= max(self.quiet_until, self.quiet_until_holiday):
            raise ValueError("BUREN_QUIET_FROM must be later on the day than the night's end, or it would never be day")
        return self

    @model_validator(mode="after")
    def _guards_its_webhook(self) -> Self:
        url, secret = self.webhook_url, self.webhook_secret
        if url is None:
            return self
        if secret is None:
            raise ValueError("BUREN_WEBHOOK_SECRET is missing: with BUREN_WEBHOOK_URL anybody could send messages")
        if not re.fullmatch(r"[A-Za-z0-9_-]+", secret.get_secret_value()):
            raise ValueError("BUREN_WEBHOOK_SECRET is wrong: it may hold letters, digits, _ and - only")
        if url.scheme != "https" and url.host not in LOCAL:
            raise ValueError("BUREN_WEBHOOK_URL is wrong: it must begin with https://")
        return self

    @model_validator(mode="after")
    def _has_a_key(self) -> Self:
        if self.key is None and self.key_file is None:
            raise ValueError("BUREN_KEY or BUREN_KEY_FILE is missing; `buren key` makes one")
        self.key_ring()
        return self

    def key_ring(self) -> KeyRing:
        """The keys, read from where they are."""
        name = "BUREN_KEY" if self.key is not None else "BUREN_KEY_FILE"
        try:
            text = self.key.get_secret_value() if self.key is not None else Path(str(self.key_file)).read_text("utf-8")
            return KeyRing(text)
        except OSError as error:
            raise ValueError(f"{name}: {error.strerror}") from None
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None

    @cached_property
    def calendar(self) -> Calendar:
        """Days and quiet hours as this deployment lives them."""
        from models.calendar import Calendar

        return Calendar(self.timezone, self.quiet_from, self.quiet_until, self.quiet_until_holiday)

    def organisation_in(self, language: str) -> str:
        """What the organisation is called in this language."""
        return getattr(self, f"organisation_{language}", "") or self.organisation

    @property
    def base_url(self) -> str:
        """Where the Bot API is, as python-telegram-bot wants it."""
        return f"{str(self.api_url).rstrip('/')}/bot"


def load(**given: object) -> Settings:
    """Read the settings; raises `WrongSettingError` with one clear line."""
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        words = first["msg"].removeprefix("Value error, ")
        if not first["loc"]:
            raise WrongSettingError(words) from None
        name = f"BUREN_{'_'.join(str(part) for part in first['loc'][:1]).upper()}"
        words = "is missing" if first["type"] == "missing" else f"is wrong: {words[:1].lower()}{words[1:]}"
        raise WrongSettingError(f"{name} {words}") from None
