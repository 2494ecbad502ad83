"""`buren doctor`: looks at everything that must be right; a line each, and what to do where it is not."""

from __future__ import annotations

import asyncio
import shutil
import stat
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from telegram.error import InvalidToken, TelegramError

from bot.backup import copies, stem_of, too_old
from bot.commands import CannotError
from bot.commands.areas import without_coordinator
from bot.commands.asking import time_of
from bot.commands.letters import ago
from bot.commands.storage import check_sound, name_of, opened
from bot.database import SAFE_SQLITE, SQLITE, file_of
from bot.lease import Lease
from bot.settings import WrongSettingError, load
from bot.telegram_api import Client
from models import Area, DeadUpdate, Fact, Letter, LetterState, Reminder, ReminderState
from models.guard import missing
from models.letter import WAITING
from models.seen import POLLED, RESTORED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from bot.settings import Settings

OK, WARN, BAD = "ok", "warn", "bad"
ROOM, LITTLE_ROOM = 1_000_000_000, 100_000_000  # bytes on the disk
OLD_COPY = timedelta(hours=3)
POLLS = timedelta(minutes=3)  # it is written down once a minute
SLOW, STUCK = timedelta(minutes=5), timedelta(hours=1)  # for a letter that is due
OFF, WRONG = 10, 60  # seconds that a clock may differ


@dataclass(frozen=True)
class Finding:
    """One line: how it is, of what, and what to do."""

    how: str
    what: str
    words: str


def examine(say: Callable[[str], None]) -> int:
    """Look at everything; the exit code is 1 where something is bad."""
    findings = []
    for finding in _look():
        findings.append(finding)
        say(f"{finding.how:<5}{finding.what:<13}{finding.words}")
    return int(any(finding.how == BAD for finding in findings))


def _look() -> Iterator[Finding]:
    try:
        settings = load()
    except WrongSettingError as error:
        yield Finding(BAD, "settings", f"{error}.")
        return
    yield Finding(OK, "settings", "complete.")
    yield _key_file(settings)
    yield from asyncio.run(_outside(settings))
    try:
        now = time_of(settings)
        yield from _storage(settings, now)
        check_sound(settings)
        with opened(settings) as engine:
            yield Finding(OK, "database", f"{name_of(settings.database_url)} is at this version's revision.")
            yield Finding(OK, "key", "it opens this database. No backup holds it: lost key, lost data. Keep a copy.")
            yield _writable(engine)
            with Session(engine) as session, session.begin():
                yield from _inside(session, now)
    except CannotError as error:
        yield Finding(BAD, "database", str(error))
        return
    yield asyncio.run(_who_works(settings))


def _key_file(settings: Settings) -> Finding:
    """Nobody else on this machine may read the key or the settings."""
    for file in (settings.key_file, Path(".env")):
        if file is not None and file.is_file() and stat.S_IMODE(file.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
            return Finding(WARN, "secrets", f"others on this machine may read {file}: chmod 600 {file}")
    return Finding(OK, "secrets", "nobody else on this machine may read them.")


async def _outside(settings: Settings) -> list[Finding]:
    """Telegram, and the clock on its wall."""
    found = []
    try:
        timeout = aiohttp.ClientTimeout(total=10)
        async with aiohttp.ClientSession(timeout=timeout) as http, http.head(str(settings.api_url)) as answer:
            found.append(clock_of(answer.headers.get("Date", "")))
    except (aiohttp.ClientError, TimeoutError) as error:
        return [Finding(BAD, "telegram", f"{settings.api_url} does not answer ({type(error).__name__}): the network?")]
    try:
        async with Client(settings.token.get_secret_value(), settings.base_url) as client:
            webhook = await client.call("getWebhookInfo", {})
            known = Finding(OK, "token", f"Telegram knows it as @{client.username}.")
            return [*found, known, webhook_of(settings, webhook.get("url", ""), webhook.get("last_error_message", ""))]
    except InvalidToken:
        return [*found, Finding(BAD, "token", "Telegram does not accept BUREN_TOKEN. @BotFather shows the right one.")]
    except TelegramError as error:
        return [
            *found,
            Finding(BAD, "telegram", f"it does not answer ({type(error).__name__}). Try again in a minute."),
        ]


def webhook_of(settings: Settings, url: str, error: str) -> Finding:
    """Whether Telegram brings updates where this deployment takes them."""
    wanted = str(settings.webhook_url) if settings.webhook_url is not None else ""
    if url != wanted:
        if not wanted:
            return Finding(WARN, "webhook", f"Telegram sends messages to {url}: another bot with this token?")
        where = f"to {url}" if url else "nowhere"
        return Finding(WARN, "webhook", f"Telegram sends messages {where}. A bot that starts here sets that right.")
    if error:
        return Finding(WARN, "webhook", f"Telegram could not send a message lately: {error}")
    return Finding(OK, "webhook", f"Telegram sends messages to {url}." if url else "none, messages are fetched.")


def clock_of(date: str) -> Finding:
    """How far this machine's clock is from the one that wrote `date` (as in a header of HTTP)."""
    try:
        off = abs((datetime.now(UTC) - parsedate_to_datetime(date)).total_seconds())
    except ValueError:
        return Finding(WARN, "clock", "Telegram did not tell the time, so this one could not be compared.")
    words = f"{int(off)} s from Telegram's: switch on NTP (timedatectl set-ntp true), or reminders come at wrong times."
    if off > WRONG:
        return Finding(BAD, "clock", words)
    return Finding(WARN, "clock", words) if off > OFF else Finding(OK, "clock", "it agrees with Telegram's.")


def _storage(settings: Settings, now: datetime) -> Iterator[Finding]:
    """The copies; the disk below a SQLite file, and its library."""
    yield copies_of(settings, now)
    if old := too_old(settings, now):
        words = f"{len(old)} files, such as {old[0]}: what people had erased is still in them. Delete them."
        yield Finding(WARN, "old copies", words)
    file = file_of(settings.database_url)
    if file is None:
        return
    free = shutil.disk_usage(file.resolve().parent).free if file.resolve().parent.is_dir() else 0
    how = BAD if free < LITTLE_ROOM else WARN if free < ROOM else OK
    make = "" if how == OK else " Make room: on a full disk nobody can ask for help."
    yield Finding(how, "disk", f"{free / 1_000_000_000:.1f} GB are free.{make}")
    old = SQLITE < SAFE_SQLITE
    words = f"{'.'.join(str(part) for part in SQLITE)}."
    if old:
        words += " Two programs that write at once can damage the file: install pysqlite3, or run no command beside it."
    yield Finding(WARN if old else OK, "sqlite", words)


def copies_of(settings: Settings, now: datetime) -> Finding:
    """The newest copy, where the settings name a folder for them."""
    folder = settings.backup_dir
    if folder is None:
        return Finding(WARN, "backup", "BUREN_BACKUP_DIR is not set: nobody makes copies of the database.")
    newest = next(iter(copies(folder, stem_of(settings.database_url))), None)
    if newest is None or now - newest[0] > OLD_COPY:
        age = "there is none" if newest is None else f"the newest is {ago(now - newest[0])} old"
        return Finding(WARN, "backup", f"{age} in {folder}: read the log, or buren backup")
    return Finding(OK, "backup", f"the newest is {ago(now - newest[0])} old. The key is in none of them.")


def _writable(engine: Engine) -> Finding:
    try:
        with engine.begin() as connection:  # on SQLite this takes the right to write
            connection.execute(Fact.__table__.delete().where(Fact.name == "no fact has this name"))  # type: ignore[attr-defined]  # a mapped class always has its table
    except DBAPIError as error:
        return Finding(BAD, "writing", f"the database cannot be written: {str(error.orig).splitlines()[0]}.")
    return Finding(OK, "writing", "the database can be written.")


def history_of(session: Session) -> Finding:
    """Whether nobody can change what is written down about what happened."""
    if gone := missing(session.connection()):
        words = f"what was written down could be changed ({', '.join(gone)}): somebody worked on it. buren migrate"
        return Finding(BAD, "history", words)
    return Finding(OK, "history", "what is written down about what happened can only be added to.")


def _inside(session: Session, now: datetime) -> Iterator[Finding]:
    yield history_of(session)
    if session.get(Fact, RESTORED) is not None:
        yield Finding(BAD, "restored", "it came back from a copy, and nobody is answered yet: buren release")
    else:
        yield _last_poll(session, now)
    yield _oldest_letter(session, now)
    dead = _count(session, select(func.count()).where(Letter.state == LetterState.DEAD))
    yield _none_of(dead, "dead letters", "`buren letters` shows them; replay or drop each.")
    errors = session.scalars(select(DeadUpdate.error).order_by(DeadUpdate.error)).all()
    why = ", ".join(sorted(set(errors)))
    then = f"what people sent and the bot could not handle ({why}); they were told. Report it."
    yield _none_of(len(errors), "dead updates", then)
    reminders = _count(session, select(func.count()).where(Reminder.state == ReminderState.DEAD))
    yield _none_of(reminders, "dead timers", "reminders that failed three times: read the log, and report it.")
    if session.scalars(select(Area.id).limit(1)).first() is None:
        yield Finding(WARN, "areas", "there is none yet, so nobody can ask for help: buren area add")
        return
    alone = [slug for slugs in without_coordinator(session).values() for slug in slugs]
    words = f"nobody who can be reached for {', '.join(sorted(alone))}: buren invite coordinator"
    yield Finding(WARN, "coordinators", words) if alone else Finding(OK, "coordinators", "each area has one.")


def _last_poll(session: Session, now: datetime) -> Finding:
    polled = session.get(Fact, POLLED)
    if polled is None:
        return Finding(WARN, "last poll", "nobody has fetched messages yet: buren run")
    since = now - datetime.fromisoformat(polled.value)
    if since > POLLS:
        return Finding(WARN, "last poll", f"{ago(since)} ago. Is `buren run` running? Telegram keeps messages a day.")
    return Finding(OK, "last poll", f"{ago(since)} ago.")


def _oldest_letter(session: Session, now: datetime) -> Finding:
    due = select(func.min(Letter.not_before)).where(Letter.state.in_(WAITING), Letter.not_before <= now)
    oldest = session.scalar(due)
    if oldest is None:
        return Finding(OK, "letters", "none is late.")
    waits = now - oldest
    how = BAD if waits > STUCK else WARN if waits > SLOW else OK
    return Finding(how, "letters", f"one waits for {ago(waits)}." + ("" if how == OK else " Look into the log."))


def _none_of(n: int, what: str, then: str) -> Finding:
    return Finding(WARN, what, f"{n}: {then}") if n else Finding(OK, what, "none.")


def _count(session: Session, question: object) -> int:
    return int(session.scalar(question) or 0)  # type: ignore[call-overload]  # a select of one number


async def _who_works(settings: Settings) -> Finding:
    lease = Lease(settings.database_url)
    free = await lease.look()
    await lease.release()
    if free:
        return Finding(WARN, "process", "no bot runs on this database: buren run")
    return Finding(OK, "process", "a bot runs on this database.")
