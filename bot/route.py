"""What people can do: one route each, and the names of commands."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cache, wraps
from typing import TYPE_CHECKING

from bot.screen import SEPARATOR, VERSION
from models.person import Role
from models.refused import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.screen import Screen
    from bot.turn import Turn

    Handler = Callable[..., Screen | None]


@cache
def _parameters(handler: Handler) -> tuple[inspect.Parameter, ...]:
    """What a handler takes besides the turn; read once, for this is slow."""
    return tuple(inspect.signature(handler).parameters.values())[1:]


def behind_a_pin(name: str, handler: Handler) -> Handler:
    """The handler of the button `name`, for who entered their PIN a moment ago; it is asked of who did not.

    What was tapped goes on by itself when the PIN was right.
    """

    @wraps(handler)
    def guarded(turn: Turn, *words: object) -> Screen | None:
        pin = turn.person.pin
        if pin is not None and pin.is_open(turn.now):
            return handler(turn, *words)
        return turn.router.special["pin"](turn, SEPARATOR.join([VERSION, name, *(str(word) for word in words)]))

    return guarded


@dataclass(frozen=True)
class Route:
    """One thing that people can do, and who may."""

    name: str
    handler: Handler
    role: Role = Role.EVERYONE

    def arguments(self, words: Sequence[str]) -> list[int | str]:
        """Read the words of a button as the handler's parameters; refuses what is forged or too old."""
        wanted = _parameters(self.handler)
        if len(words) > len(wanted) or any(each.default is each.empty for each in wanted[len(words) :]):
            raise Refused(Reason.NOT_FOUND)
        try:
            return [int(word) if each.annotation == "int" else word for word, each in zip(words, wanted, strict=False)]
        except ValueError:
            raise Refused(Reason.NOT_FOUND) from None

    def heeds(self, words: Sequence[str] | None) -> Sequence[str]:
        """Of the words that somebody wrote after a command, those that it takes: the others must not make it fail."""
        return (words or [])[: len(_parameters(self.handler))]


@dataclass(frozen=True)
class Command:
    """A command with its name in each language; `about` is what the menu says, empty: it is not in the menu."""

    route: Route
    names: dict[str, str]
    about: str
    last: bool = False

    def name(self, language: str) -> str:
        """Its name in `language`."""
        return self.names.get(language, self.names["nl"])
