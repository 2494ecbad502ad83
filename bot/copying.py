"""Each hour a copy of the database, where the settings name a folder for them; those that are too old go."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot import backup
from bot.log import get_logger
from bot.turns import DATABASE_AWAY

if TYPE_CHECKING:
    from bot.turns import Turns

log = get_logger(__name__)
EVERY = timedelta(hours=1)
COPIED = "copied"  # under this name is remembered when the last copy was made


class Copier:
    """Copies in a thread of its own, so that nobody waits for it."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._last: datetime | None = None
        self._work: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Remember when it was last done."""
        last = (await self._turns.run(self._turns.facts, COPIED)).get("")
        self._last = datetime.fromisoformat(last) if last else None

    def begin_if_due(self) -> None:
        """Copy, where an hour is over; also where the clock was set back."""
        now = self._turns.clock.now()
        resting = self._last is not None and self._last <= now < self._last + EVERY
        if not resting and self._work is None:
            self._last = now
            self._work = asyncio.create_task(self._copy(now))

    async def finish(self) -> None:
        """What is being made is finished."""
        if self._work is not None:
            await self._work

    async def _copy(self, now: datetime) -> None:
        turns, folder = self._turns, self._turns.settings.backup_dir
        try:
            await asyncio.to_thread(backup.throw_away, turns.settings, now)
            if folder is None:
                return
            copy = await asyncio.to_thread(backup.make, turns.engine, turns.settings, folder, now)
            await asyncio.to_thread(backup.rotate, folder, backup.stem_of(turns.settings.database_url), now)
            await turns.run(turns.remember, {COPIED: now.isoformat()})
            log.info("the database was copied", to=copy.name)
        except (backup.NotCopiedError, OSError) as error:
            log.error("no copy of the database was made", reason=str(error))  # noqa: TRY400 – the reason says it all
        except DATABASE_AWAY as error:
            log.warning("the database is away", error=type(error).__name__)
        finally:
            self._work = None
