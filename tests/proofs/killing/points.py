"""The named points between two steps at which the process can be killed. Only tests know them, the product does not.

`arm(point, nth)` wraps the real functions in this process: at the nth passing of `point` it kills itself with -9.
"""

import os
import signal
import threading
from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from bot import backup, gap, mailroom
from bot.app import App
from bot.clock import FollowedClock
from bot.gap import Gap
from bot.intake import Intake
from bot.lease import Lease
from bot.outbox import Outbox
from bot.telegram_api import Client
from bot.turns import Turns

# In the order in which they are passed. A transaction has three: its work is done, it is written, it is committed.
STEPS = ("done", "written", "committed")
TRANSACTIONS = (
    "turn", "refusal", "burial", "reminder", "sweep", "recovery", "claim", "settlement", "note of polling", "gap",
)  # fmt: skip
POINTS = [
    "start: Telegram reached", "start: lease taken", "start: work begun",
    "intake: before acknowledging", "intake: updates fetched", "intake: before the turn", "turn: update marked as seen",
    "intake: committed, sender not told", "intake: sender told", "intake: before answering a tap",
    "intake: tap answered", "need: before the fixed text", "need: fixed text sent",
    "sender: before the call", "sender: delivered", "sender: result in memory",
    "clock: something is due", "clock: time stepped", "copy: before", "copy: made", "copy: old ones thrown away",
    *(f"{name}: {step}" for name in TRANSACTIONS for step in STEPS),
]  # fmt: skip
AT_RANDOM = "at random"

_armed: dict[str, Any] = {"point": "", "left": 0}
_running = threading.local()  # what the transaction of this thread does


def arm(point: str, nth: int) -> None:
    """From now on this process kills itself at the `nth` passing of `point`. Raises KeyError for an unknown one."""
    if point not in {*POINTS, AT_RANDOM}:
        raise KeyError(point)
    _armed["point"], _armed["left"] = point, nth
    _wrap_start()
    _wrap_intake()
    _wrap_sender()
    _wrap_clock()
    _wrap_transactions()


def passes(point: str) -> None:
    """This point is passed."""
    if point == _armed["point"]:
        _armed["left"] -= 1
        if _armed["left"] == 0:
            os.kill(os.getpid(), signal.SIGKILL)


Sees = Callable[..., bool]


def _always(*_: Any) -> bool:
    return True


def _around(
    owner: Any, name: str, before: str = "", after: str = "", when: Sees = _always, found: Sees = _always
) -> None:
    """Pass `before` where `when(*arguments)`, and `after` where `found(result)` holds too."""
    real = getattr(owner, name)

    @wraps(real)
    async def waits(*args: Any, **more: Any) -> Any:
        concerned = when(*args)
        if concerned:
            passes(before)
        result = await real(*args, **more)
        if concerned and found(result):
            passes(after)
        return result

    @wraps(real)
    def does(*args: Any, **more: Any) -> Any:
        concerned = when(*args)
        if concerned:
            passes(before)
        result = real(*args, **more)
        if concerned and found(result):
            passes(after)
        return result

    setattr(owner, name, waits if iscoroutinefunction(real) else does)


def _wrap_start() -> None:
    _around(App, "_reach_telegram", after="start: Telegram reached")
    _around(Lease, "look", after="start: lease taken", found=bool)
    _around(App, "_begin", after="start: work begun")


def _wrap_intake() -> None:
    def acknowledges(_: Client, name: str, fields: Any) -> bool:
        return name == "getUpdates" and fields["offset"] > 0

    def fetches(_: Client, name: str, _fields: Any) -> bool:
        return name == "getUpdates"

    def answers(_: Client, name: str, _fields: Any) -> bool:
        return name == "answerCallbackQuery"

    _around(Client, "call", "intake: before acknowledging", when=acknowledges)
    _around(Client, "call", after="intake: updates fetched", when=fetches, found=bool)
    _around(Client, "call", "intake: before answering a tap", "intake: tap answered", when=answers)
    _around(Intake, "handle", "intake: before the turn")
    _around(Turns, "_first_time", after="turn: update marked as seen")
    _around(Intake, "_tell", "intake: committed, sender not told", "intake: sender told")
    _around(Client, "call", "need: before the fixed text", when=_in_need)
    _around(Intake, "_emergency", after="need: fixed text sent", found=lambda said: said == "told")


def _in_need(_: Client, name: str, fields: Any) -> bool:
    return name == "sendMessage" and "1733" in fields.get("text", "")


def _wrap_sender() -> None:
    def delivers(_: Client, name: str, _fields: Any) -> bool:
        return name.startswith(("send", "edit", "delete", "setMyCommands"))

    _around(Client, "call", "sender: before the call", "sender: delivered", when=delivers)
    _around(Outbox, "_landed", "sender: result in memory")


def _wrap_clock() -> None:
    _around(Turns, "due_reminder", after="clock: something is due", found=lambda due: due is not None)
    _around(FollowedClock, "_step", after="clock: time stepped")
    _around(backup, "make", "copy: before", "copy: made")
    _around(backup, "rotate", after="copy: old ones thrown away")


def _named(owner: Any, name: str, transaction: Callable[..., str]) -> None:
    """While this function runs, the transaction in its thread has this name."""
    real = getattr(owner, name)

    @wraps(real)
    def does(*args: Any) -> Any:
        _running.names = [transaction(*args)]
        try:
            return real(*args)
        finally:
            _running.names = []

    setattr(owner, name, does)


def _wrap_transactions() -> None:
    _named(
        Turns, "_commit", lambda _turns, _id, _given, handle, _: "refusal" if handle.__name__ == "refuse" else "turn"
    )
    _named(Turns, "bury", lambda *_: "burial")
    _named(Turns, "strike", lambda *_: "reminder")
    _named(Turns, "sweep", lambda *_: "sweep")
    _named(Turns, "remember", lambda *_: "other facts")
    _named(gap, "_note", lambda *_: "note of polling")
    _named(mailroom, "recover", lambda *_: "recovery")
    _named(Gap, "show", lambda *_: "gap")
    _name_the_rounds_of_the_sender()

    def step(words: str) -> None:
        for name in getattr(_running, "names", ()):
            passes(f"{name}: {words}")

    event.listen(Session, "before_commit", lambda _session: step("done"))
    event.listen(Engine, "commit", lambda _connection: step("written"))
    event.listen(Session, "after_commit", lambda _session: step("committed"))


def _name_the_rounds_of_the_sender() -> None:
    """One transaction may settle what arrived, and claim what goes next."""
    real, claim = mailroom.settle_and_claim, mailroom._claim

    def settle_and_claim(turns: Turns, take_results: Callable[[], Any], room: int) -> Any:
        def take() -> Any:
            results = take_results()
            _running.names = ["settlement"] if results else []
            return results

        try:
            return real(turns, take, room)
        finally:
            _running.names = []

    def claims(session: Session, found: Any, *more: Any) -> None:
        claim(session, found, *more)
        if found.envelopes:
            _running.names.append("claim")

    mailroom.settle_and_claim = settle_and_claim
    mailroom._claim = claims  # type: ignore[assignment]  # it passes on what it is given
