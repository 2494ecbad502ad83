"""The machine as a process of its own, to be killed: it answers, and every reminder is one message with its number."""

import asyncio
from collections.abc import Sequence

from bot.routing import Router
from bot.screen import Screen
from bot.turn import Turn
from models.reminder import Reminder, ReminderKind
from tests.bot.bare import run
from tests.bot.machine import routes


def reminding() -> Router:
    """The routes of `tests.bot.machine`, and a reminder."""
    router = routes()

    @router.due(ReminderKind.WIDEN)
    def remind(turn: Turn, reminder: Reminder) -> None:
        card = Screen(f"Herinnering {reminder.id}.").as_card("reminder", f"reminder:{reminder.id}")
        turn.tell(reminder.request.resident, card, urgent=True)

    return router


def main(_words: Sequence[str]) -> None:
    """For `tests.support.processes`."""
    asyncio.run(run(reminding()))
