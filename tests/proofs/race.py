"""Processes of the bot on one PostgreSQL, as an operator starts them, also from a copy with one line sabotaged."""

import asyncio
import json
import os
import shutil
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import create_engine

from bot.settings import Settings
from models import migrations
from tests.bot.test_webhook import free_port
from tests.support.processes import Program, begin, ending

ROOT = Path(__file__).parents[2]
PARTS = ("bot", "handlers", "models", "locales")
SECRET = "a-secret-of-telegram_and-us"


def hook() -> dict[str, object]:
    """Settings of a bot that listens for updates."""
    listen = f"127.0.0.1:{free_port()}"
    return {"webhook_url": f"http://{listen}/hook", "webhook_secret": SECRET, "webhook_listen": listen}


def migrated(settings: Settings) -> None:
    """Make the tables as `buren migrate` does."""
    engine = create_engine(settings.database_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        migrations.upgrade(connection)
    engine.dispose()


def sabotaged(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """A copy of the product in which lines of files are other ones."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file, line, instead in changes:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(line) == 1, f"{file} has changed: name another line to sabotage"
        path.write_text(text.replace(line, instead), encoding="utf-8")
    return folder


@asynccontextmanager
async def running(settings: Settings, folder: Path = ROOT) -> AsyncIterator[Process | Program]:
    """`buren run`, in a process of its own; killed at the end. Its first line is there when it works, or stands by."""
    said = json.loads(settings.model_dump_json(exclude_none=True, exclude_unset=True))
    secrets = {name: getattr(settings, name).get_secret_value() for name in ("token", "key", "webhook_secret")}
    given = {f"BUREN_{name.upper()}": str(value) for name, value in (said | secrets).items()}
    if folder == ROOT:
        nowhere = Path(os.devnull)
        begun = await begin("bot.__main__", "run", cwd=folder, env=os.environ | given, complaints=nowhere)
        async with ending(begun) as program:
            yield program
    else:
        started = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=folder, env=os.environ | given, stdout=PIPE, stderr=DEVNULL
        )
        async with ending(started) as process:
            yield process
