"""Defects that could creep in, put one by one into a copy of the tree: the simulation must see each of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
COPIED = ("bot", "handlers", "models", "locales", "simulator", "tests")
WITHIN = 200  # seeds


class Change(NamedTuple):
    """In `file`, `old` becomes `new`."""

    file: str
    old: str
    new: str


SABOTAGES: dict[str, tuple[Change, ...]] = {
    "acknowledge before the commit": (
        Change(
            "bot/intake.py",
            "                if not self.holds_back(raw):\n",
            '                self._handled.add(raw["update_id"])\n                if not self.holds_back(raw):\n',
        ),
    ),
    "keep no row of what was seen": (
        Change(
            "bot/turns.py",
            "return session.connection().execute(SEEN[self.engine.dialect.name], seen).rowcount > 0",
            "return session.connection().execute(SEEN[self.engine.dialect.name], seen).rowcount > -2",
        ),
    ),
    "do not look again who may tap": (
        Change("bot/turns.py", "if not turn.person.has(route.role):", "if turn.person is None:"),
    ),
    "do not look again whose request it is": (
        Change("handlers/resident/answering.py", "if not request.may_be_answered_by(turn.person):", "if turn is None:"),
    ),
    "send letters that wait after the task was given back": (
        Change(
            "bot/letters.py",
            "            if letter.state is LetterState.QUEUED:\n                self.cancel(letter)\n"
            "            if letter.message_id in done:",
            "            if letter.message_id in done:",
        ),
    ),
    "leave the address in the chat of who helped": (
        Change(
            "bot/letters.py",
            "or letter.message_id is not None:\n                self._blank(to, letter, left)",
            "or letter.message_id is not None:\n                pass",
        ),
    ),
    "strike a reminder in one transaction and tick it off in the next": (
        Change(
            "bot/turns.py", "            reminder.state = ReminderState.DONE\n            turn =", "            turn ="
        ),
        Change(
            "bot/turns.py",
            "            self.router.strikers[reminder.kind](turn, reminder)\n",
            "            self.router.strikers[reminder.kind](turn, reminder)\n"
            "        with self.session() as session, session.begin():\n"
            "            session.get_one(Reminder, reminder_id).state = ReminderState.DONE\n",
        ),
    ),
    "plan reminders without a unique key": (
        Change(
            "models/reminder.py",
            "return f\"{request.id}:{due.kind}:{due.side or ''}:{who}:{due.at:%Y%m%dT%H%M%S}\"",
            "return f\"{request.id}:{due.kind}:{due.side or ''}:{who}:{due.at:%Y%m%dT%H%M%S}:{id(due)}\"",
        ),
    ),
    "forget what was in flight when the process died": (
        Change("bot/outbox.py", "await self._turns.run(mailroom.recover, self._turns, self._under_way())", "pass"),
    ),
    "give up what surely did not arrive": (
        Change(
            "bot/returned.py",
            "letter.state = LetterState.UNKNOWN if result.envelope.tried else LetterState.QUEUED",
            "letter.state = LetterState.DEAD",
        ),
    ),
    "do not try again what perhaps did not arrive": (
        Change(
            "bot/returned.py",
            "letter.state, letter.not_before = LetterState.UNKNOWN, now + result.wait",
            "letter.state, letter.not_before = LetterState.DEAD, now + result.wait",
        ),
    ),
    "do not wait as long as Telegram says": (
        Change(
            "bot/returned.py",
            "letter.state, letter.not_before, letter.error = LetterState.QUEUED, now + result.wait, TOO_FAST",
            "letter.state, letter.not_before, letter.error = LetterState.QUEUED, now, TOO_FAST",
        ),
    ),
    "go on writing to who cannot be reached": (
        Change(
            "bot/returned.py",
            "return _unreachable(session, letter, result.left or now)",
            "letter.state = LetterState.DEAD",
        ),
    ),
    "drop what a wrong token kept from being sent": (
        Change(
            "bot/outbox.py",
            'self.stopped_by = error\n                return Result(envelope, "again", wait=timedelta())',
            'self.stopped_by = error\n                return Result(envelope, "refused")',
        ),
    ),
    "let an update that cannot be read stop the line": (
        Change(
            "bot/intake.py",
            "        if not isinstance(outcome.error, DATABASE_AWAY):\n            return True",
            "        if not isinstance(outcome.error, DATABASE_AWAY):\n            return False",
        ),
    ),
    "lose results while the database is away": (
        Change("bot/outbox.py", "            self._results.extendleft(reversed(taken))\n", ""),
    ),
    "do not send anew what cannot be edited any more": (
        Change(
            "bot/returned.py",
            "letter.state, letter.message_id, letter.edits = LetterState.QUEUED, None, None",
            '_drop(letter, "gone")',
        ),
    ),
    "give the task to a second one too": (
        Change(
            "handlers/volunteer/helping.py",
            "(request.state is State.OPEN and not chosen_against)",
            "not chosen_against",
        ),
        Change(
            "models/lifecycle.py",
            "    (State.TAKEN, Action.PROPOSE): State.TAKEN,\n",
            "    (State.TAKEN, Action.PROPOSE): State.TAKEN,\n    (State.TAKEN, Action.ACCEPT): State.TAKEN,\n",
        ),
    ),
}


def spoilt(name: str) -> dict[str, str]:
    """Each file with the defect in it. Raises LookupError where its place is not found exactly once."""
    texts: dict[str, str] = {}
    for change in SABOTAGES[name]:
        text = texts.get(change.file) or (ROOT / change.file).read_text(encoding="utf-8")
        if text.count(change.old) != 1:
            raise LookupError(f"{name}: {change.file} has {text.count(change.old)} times {change.old!r}")
        texts[change.file] = text.replace(change.old, change.new)
    return texts


def caught(name: str, folder: Path, within: int = WITHIN) -> str:
    """What the simulation says of it; empty where it saw nothing within so many seeds."""
    for each in COPIED:
        shutil.copytree(ROOT / each, folder / each, ignore=shutil.ignore_patterns("__pycache__", "screenshots"))
    for file, text in spoilt(name).items():
        (folder / file).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.simulation", "--seeds", str(within), "--until-broken"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": os.environ["PATH"], "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout.splitlines()[0] if done.returncode == 1 and done.stdout else ""
