"""The clock of the local Telegram: the time outside plus a difference that people can enlarge."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from simulator.errors import PeopleError


class Time(Protocol):
    """Whoever can say what time it is outside: aware, in UTC."""

    def now(self) -> datetime: ...


class RealTime:
    """The time of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Clock:
    """Runs with the time outside; jumps forwards at once, or led by a follower who visits what falls due on the way."""

    def __init__(self, outside: Time, monotonic: Callable[[], float], patience: float) -> None:
        self._outside = outside
        self._monotonic = monotonic
        self.patience = patience
        self.difference = timedelta()
        self.standing: datetime | None = None
        self.target: datetime | None = None
        self.revision = 1
        self._asked: dict[str, float] = {}

    def now(self) -> datetime:
        """The time in the local Telegram: aware, in UTC."""
        return self.standing or self._outside.now().astimezone(UTC) + self.difference

    def unix(self) -> int:
        """The same in whole seconds, as messages carry it."""
        return int(self.now().timestamp())

    def follow(self, name: str) -> None:
        """A follower asks, and is one for as long as `patience` says."""
        self._asked[name] = self._monotonic()

    def followed(self) -> bool:
        """Whether somebody would lead a jump."""
        return any(self._monotonic() - asked < self.patience for asked in self._asked.values())

    def jump(self, to: datetime) -> None:
        """Go forwards to `to`. Raises PeopleError when that is the past or a jump is under way."""
        if self.target is not None:
            raise PeopleError(409, "A jump is under way.")
        if to <= self.now():
            raise PeopleError(409, "The clock only goes forwards.")
        if self.followed():
            self.standing, self.target = self.now(), to
        else:
            self.difference += to - self.now()
        self.revision += 1

    def step(self, to: datetime) -> None:
        """The follower sets the time during a jump, at most to its target, where the jump ends."""
        if self.target is None or self.standing is None:
            raise PeopleError(409, "No jump is under way.")
        if not self.standing <= to <= self.target:
            raise PeopleError(409, "A step goes forwards, and not past the target.")
        for name in self._asked:
            self.follow(name)
        self.standing = to
        if to == self.target:
            self._arrive(to)
        self.revision += 1

    def settle(self) -> bool:
        """Complete a jump whose follower is gone. Returns whether it did."""
        if self.target is None or self.followed():
            return False
        self._arrive(self.target)
        self.revision += 1
        return True

    def describe(self) -> dict[str, Any]:
        """What `GET /api/clock` says."""
        return {
            "now": self.now().isoformat(),
            "target": self.target.isoformat() if self.target else None,
            "running": self.target is None,
            "revision": self.revision,
        }

    def record(self) -> dict[str, Any]:
        """What a restart needs to go on."""
        return {
            "difference": self.difference.total_seconds(),
            "standing": self.standing.isoformat() if self.standing else None,
            "target": self.target.isoformat() if self.target else None,
            "revision": self.revision,
        }

    def restore(self, kept: dict[str, Any]) -> None:
        """Go on where `record` was taken; a follower gets its usual patience to come back."""
        self.difference = timedelta(seconds=kept["difference"])
        self.revision = kept["revision"]
        if kept["target"]:
            self.standing = datetime.fromisoformat(kept["standing"])
            self.target = datetime.fromisoformat(kept["target"])
            self.follow("whoever led before the restart")

    def _arrive(self, at: datetime) -> None:
        self.standing = self.target = None
        self.difference += at - self.now()
