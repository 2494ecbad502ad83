"""Whatever a turn asks of the database goes wrong once: in the end everybody reads what they would have read."""

import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from bot.database import sqlite
from tests.proofs.story import Chats, Story, left_over
from tests.support.proving import Proof
from tests.support.town import open_town

BUSY, FULL, BROKEN = "database is locked", "database or disk is full", "disk I/O error"
UNHEARD = "committed, but nobody heard so"
T = TypeVar("T")


@pytest.fixture(autouse=True)
def tried_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two tries nobody waits a second."""
    monkeypatch.setattr("bot.intake.PAUSE", 0.01)
    monkeypatch.setattr("bot.outbox.PAUSE", 0.01)


class Calls:
    """Counts the statements and commits of turns; those with the numbers in `bad` fail as it says."""

    def __init__(self, bad: Mapping[int, str] | None = None) -> None:
        self.bad, self.count, self.failed = dict(bad or {}), 0, 0
        self.commits: list[int] = []  # their numbers

    def statement(self, *_: object) -> None:
        """Before one is executed."""
        if _in_a_turn() and (how := self._next()):
            if how == UNHEARD:  # only a commit can be
                self.bad[self.count + 1] = how
            else:
                self._fail(how)

    def commit(self, connection: Any) -> None:
        """Before it is done."""
        if not _in_a_turn():
            return
        how = self._next()
        self.commits.append(self.count)
        if how == UNHEARD:
            connection.connection.commit()
        if how:
            self._fail(BROKEN if how == UNHEARD else how)

    def _next(self) -> str | None:
        self.count += 1
        return self.bad.pop(self.count, None)

    def _fail(self, words: str) -> None:
        self.failed += 1
        raise OperationalError("", {}, sqlite.OperationalError(words))


def _in_a_turn() -> bool:
    """Whether it is not the test that asks."""
    return threading.current_thread() is not threading.main_thread()


@contextmanager
def counted(engine: Engine, calls: Calls) -> Iterator[None]:
    """All calls of this engine."""
    event.listen(engine, "before_cursor_execute", calls.statement)
    event.listen(engine, "commit", calls.commit)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", calls.statement)
        event.remove(engine, "commit", calls.commit)


def twice(asks: Callable[[], Awaitable[T]]) -> Callable[[], Coroutine[Any, Any, T]]:
    """The same, and once more where there was no answer."""

    async def asks_again() -> T:
        try:
            return await asks()
        except OperationalError:
            return await asks()

    return asks_again


class PersistentStory(Story):
    """The clock of the bot asks once more where it got no answer, as it does at its next tick."""

    async def until(self, moment: str) -> None:
        """The same."""
        sweeper = self.town.app.sweeper
        sweeper.next_due = twice(sweeper.next_due)  # type: ignore[method-assign]  # for this town alone
        sweeper.arrive = twice(sweeper.arrive)  # type: ignore[method-assign]  # likewise
        await super().until(moment)


async def played(folder: Path, calls: Calls) -> Chats:
    """The story in a town of its own."""
    folder.mkdir()  # noqa: ASYNC240 – one moment, and nothing else runs
    async with open_town(folder) as town:
        story = PersistentStory(town)
        await story.arrive()
        with counted(town.app.turns.engine, calls):
            await story.play()
        assert not left_over(town)
        return await story.told()


sqlite_alone = pytest.mark.sqlite("the words of its errors are SQLite's")


@sqlite_alone
async def test_where_the_database_fails_now_and_then_nothing_is_missing(tmp_path: Path) -> None:
    calls = Calls({200: BUSY, 500: FULL, 800: BROKEN, 1100: UNHEARD})
    told = await played(tmp_path / "disturbed", calls)
    assert calls.failed == 4
    assert told == await played(tmp_path / "undisturbed", Calls())


@sqlite_alone
@pytest.mark.long
@pytest.mark.parametrize("how", [BUSY, FULL, BROKEN, UNHEARD])
@pytest.mark.proof(
    "database-faults",
    promise="Whatever the database refuses, everybody reads in the end what they would have read",
    how="one story from asking to done, played anew for each statement and each commit of its turns, which fails once: "
    "held by another, full, broken, or committed without saying so",
    figure="{failed} faults, {otherwise} chats in which something was missing, doubled or different",
    goal={"failed": 0},
    only_in_full=True,
)
async def test_whatever_call_fails_nothing_is_missing(how: str, proof: Proof, tmp_path: Path) -> None:
    undisturbed = Calls()
    wanted = await played(tmp_path / "undisturbed", undisturbed)
    for bad in undisturbed.commits if how == UNHEARD else range(1, undisturbed.count + 1):
        calls = Calls({bad: how})
        told = await played(tmp_path / str(bad), calls)
        proof.count(failed=calls.failed, otherwise=sum(told[name] != wanted[name] for name in wanted))
        assert told == wanted, f"call {bad}: {how}"
