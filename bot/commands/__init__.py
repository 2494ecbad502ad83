"""What the commands of `buren` do, one module a command; `bot/__main__.py` lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings


class CannotError(Exception):
    """A command cannot do what it was asked; the text is one line: why, and what to do. `code` is for the shell."""

    def __init__(self, line: str, code: int = 1) -> None:
        super().__init__(line)
        self.code = code


def settings() -> Settings:
    """The settings. Raises CannotError with the line that says which one is wrong."""
    from bot.settings import WrongSettingError, load

    try:
        return load()
    except WrongSettingError as error:
        raise CannotError(str(error), 2) from None
